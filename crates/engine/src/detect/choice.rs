//! Taking a reading: the change that it makes to the definition.

use super::Choice;
use definition::Definition;
use definition::model::{Body, Inject, PageSize, Paginate, Request, Scalar, Stream};

/// Takes a reading for a stream. A stream of another name is left as it is.
pub fn apply(choice: &Choice, definition: &mut Definition, stream: &str) {
    let Some(stream) = definition.streams.iter_mut().find(|one| one.name == stream) else { return };
    match choice {
        Choice::Records { path } => stream.records.path = Some(path.clone()),
        Choice::Key { fields } => stream.key.clone_from(fields),
        Choice::Types { fields } => types(stream, fields),
        Choice::Cursor { incremental } => {
            if let Some(Inject::Query(name)) = incremental.as_ref().and_then(|one| one.inject.start.as_ref()) {
                stream.request.query.shift_remove(name);
            }
            stream.incremental.clone_from(incremental);
        }
        Choice::Pages { paginate } => pages(stream, paginate),
    }
}

/// New columns; a key that names a column that is gone goes with it.
fn types(stream: &mut Stream, fields: &[definition::model::Field]) {
    stream.fields = fields.to_vec();
    if !fields.is_empty() && !stream.key.iter().all(|key| fields.iter().any(|field| field.name == *key)) {
        stream.key.clear();
    }
}

/// A new paging: what it puts into the request itself must not stand there twice. What the old one put there comes back.
fn pages(stream: &mut Stream, paginate: &Paginate) {
    if let Some(PageSize { value, inject: Some(inject) }) = size(&stream.paginate) {
        put(&mut stream.request, inject, value.clone());
    }
    for inject in [position(paginate), size(paginate).and_then(|size| size.inject.as_ref())].into_iter().flatten() {
        take(&mut stream.request, inject);
    }
    stream.paginate = paginate.clone();
}

fn size(paginate: &Paginate) -> Option<&PageSize> {
    match paginate {
        Paginate::None => None,
        Paginate::Page(page) => page.size.as_ref(),
        Paginate::Offset(offset) => offset.size.as_ref(),
        Paginate::Cursor(cursor) => cursor.size.as_ref(),
        Paginate::NextUrl(next) => next.size.as_ref(),
        Paginate::LinkHeader(link) => link.size.as_ref(),
    }
}

fn position(paginate: &Paginate) -> Option<&Inject> {
    match paginate {
        Paginate::Page(page) => Some(&page.inject),
        Paginate::Offset(offset) => Some(&offset.inject),
        Paginate::Cursor(cursor) => Some(&cursor.inject),
        Paginate::None | Paginate::NextUrl(_) | Paginate::LinkHeader(_) => None,
    }
}

fn put(request: &mut Request, inject: &Inject, value: Scalar) {
    match inject {
        Inject::Query(name) => {
            request.query.entry(name.clone()).or_insert(value);
        }
        Inject::Header(name) => {
            request.headers.entry(name.clone()).or_insert(value);
        }
        Inject::Body(_) | Inject::Path => {}
    }
}

/// Takes a parameter out of the query. A body keeps its own: the value is replaced in place.
fn take(request: &mut Request, inject: &Inject) {
    match inject {
        Inject::Query(name) => {
            request.query.shift_remove(name);
        }
        Inject::Body(name) if !name.contains('.') => {
            if let Some(Body::Json(serde_json::Value::Object(members))) = &mut request.body {
                members.shift_remove(name);
            }
        }
        Inject::Body(_) | Inject::Header(_) | Inject::Path => {}
    }
}
