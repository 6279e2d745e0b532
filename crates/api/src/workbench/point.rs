//! A value of the response becomes the records, the key, the cursor, the next page or a column. Nothing is sent.

use super::edit::change;
use super::text::readable;
use super::{Bench, State};
use crate::app::{App, blocking};
use crate::contract::{PointAt, Role, Workbench};
use crate::preview::{RecordsAt, Shown, kind, page_answer, plain, steps};
use definition::model::{
    CursorKind, CursorPaginate, Field, FieldType, Incremental, Inject, NextUrlPaginate, Paginate, Stream, Template,
};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::detect::{Detection, detect_offline};
use engine::json::{Path, Step};
use std::sync::Arc;

/// Uses a value of the response.
pub(crate) async fn point_at(app: &App, request: PointAt) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    let path = steps(&request.path)?;
    let shown = bench.with(|state| state.shown.get(&request.stream).cloned());
    let shown = shown.ok_or_else(|| refused("There is no response at hand.", "Read the stream's first pages."))?;
    if request.role == Role::Records {
        let list = enclosing_list(&shown, &path)?;
        return point_records(app, &bench, &request.stream, &list).await;
    }
    change(app, &request.id, |state| {
        readable(state)?;
        let mut definition = state.definition.clone();
        let note = point(state, &mut definition, &shown, &request, &path)?;
        state.edit(definition);
        state.note(note);
        Ok(())
    })
    .await
}

/// Changes the definition. Gives a note for the person, or nothing to say.
fn point(
    state: &State,
    definition: &mut Definition,
    shown: &Shown,
    request: &PointAt,
    path: &[Step],
) -> Result<String, Problem> {
    let unknown = || refused("There is no such stream.", "Choose another one.");
    let stream = definition.streams.iter_mut().find(|stream| stream.name == request.stream).ok_or_else(unknown)?;
    let value = value_at(shown, path).unwrap_or_default().to_owned();
    if request.role == Role::NextPage {
        return next_page(stream, path, &value);
    }
    let inside = RecordsAt::of(stream.records.path.as_deref()).within(path).map(<[Step]>::to_vec).ok_or_else(|| {
        refused(
            "This value stands outside of the records.",
            "Click a value in a record, or use its list as the records.",
        )
    })?;
    let from = Path::dotted(&inside);
    let detection = state.detections.get(&request.stream);
    match request.role {
        Role::Column => column(stream, &inside, &from, &value, detection).map(|_| String::new()),
        Role::Key => {
            let name = column(stream, &inside, &from, &value, detection)?;
            stream.key = vec![name];
            Ok(String::new())
        }
        _ => cursor(stream, from, &value),
    }
}

/// The column of a value: the one that there is, shown again, or a new one. Gives its name.
fn column(
    stream: &mut Stream,
    inside: &[Step],
    from: &str,
    value: &str,
    detection: Option<&Detection>,
) -> Result<String, Problem> {
    let same = |field: &&mut Field| {
        let path = field.from.clone().unwrap_or_else(|| format!("$.{}", field.name));
        field.template.is_none() && plain(&path).as_deref() == Some(inside)
    };
    if let Some(field) = stream.fields.iter_mut().find(same) {
        field.hidden = false;
        return Ok(field.name.clone());
    }
    let name = free_name(stream, inside);
    if name.is_empty() {
        return Err(refused("This value has no name to call a column by.", "Click a member of a record."));
    }
    let seen = detection.and_then(|detection| detection.types.iter().find(|seen| seen.path == from));
    let kind = seen.map_or_else(|| simple_type(value), |seen| seen.kind);
    let own = *from == format!("$.{name}");
    stream.fields.push(Field { name: name.clone(), from: (!own).then(|| from.to_owned()), kind, ..Field::default() });
    Ok(name)
}

/// A column's name from the last names of a path: `user.id` becomes `user_id` where `id` is taken.
fn free_name(stream: &Stream, inside: &[Step]) -> String {
    let names: Vec<String> = inside
        .iter()
        .map(|step| match step {
            Step::Key(name) => name.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect(),
            Step::Index(index) => index.to_string(),
        })
        .collect();
    let taken = |name: &String| stream.fields.iter().any(|field| field.name == *name);
    let mut candidates = (0..names.len()).rev().map(|from| names[from..].join("_"));
    let free = candidates.find(|name| !taken(name) && !name.starts_with(|c: char| c.is_ascii_digit()));
    free.unwrap_or_else(|| {
        let whole = names.join("_");
        (2..)
            .map(|next| format!("{whole}_{next}"))
            .find(|name| !taken(name))
            .filter(|_| !whole.is_empty())
            .unwrap_or_default()
    })
}

fn simple_type(value: &str) -> FieldType {
    match kind(value) {
        "object" => FieldType::Object,
        "array" => FieldType::Array,
        "boolean" => FieldType::Boolean,
        "number" if value.contains(['.', 'e', 'E']) => FieldType::Number,
        "number" => FieldType::Integer,
        _ => FieldType::String,
    }
}

fn cursor(stream: &mut Stream, cursor: String, value: &str) -> Result<String, Problem> {
    let text: String = serde_json::from_str(value).unwrap_or_else(|_| value.to_owned());
    let kind = match kind(value) {
        "number" if !value.contains(['.', 'e', 'E']) => CursorKind::Integer,
        "string" if text.parse::<jiff::Timestamp>().is_ok() => CursorKind::Datetime,
        "string" => CursorKind::Text,
        other => {
            let message = format!("A value of kind {other} does not grow from record to record.");
            return Err(refused(&message, "Click a time or a number that grows, such as updated_at."));
        }
    };
    // Where the API takes such a value is kept: it may be known already.
    let inject = stream.incremental.take().map(|old| old.inject).unwrap_or_default();
    let local = inject.start.is_none();
    stream.incremental = Some(Incremental {
        cursor,
        kind,
        formats: Vec::new(),
        start: None,
        end: None,
        step: None,
        granularity: None,
        lookback: None,
        inject,
        data_feed: false,
    });
    let note = "A sync reads all pages and keeps what is newer than the last one: which parameter asks for changes alone is not known.";
    Ok(if local { note.to_owned() } else { String::new() })
}

fn next_page(stream: &mut Stream, path: &[Step], value: &str) -> Result<String, Problem> {
    let next = Path::dotted(path);
    if matches!(kind(value), "object" | "array" | "boolean") {
        return Err(refused(
            "The next page is named by a text or a number.",
            "Click the token or the URL of the next page.",
        ));
    }
    let text: String = serde_json::from_str(value).unwrap_or_else(|_| value.to_owned());
    let size = match &stream.paginate {
        Paginate::Cursor(old) => old.size.clone(),
        Paginate::NextUrl(old) => old.size.clone(),
        Paginate::LinkHeader(old) => old.size.clone(),
        Paginate::Page(old) => old.size.clone(),
        Paginate::Offset(old) => old.size.clone(),
        Paginate::None => None,
    };
    if text.starts_with("http://") || text.starts_with("https://") || text.starts_with('/') || text.starts_with('?') {
        stream.paginate = Paginate::NextUrl(NextUrlPaginate { next, size, until: None });
        return Ok(
            "The next page is read from the URL in the answer. It is not proved yet: read the pages again.".to_owned()
        );
    }
    let parameter = parameter(path, stream);
    let note =
        format!("The next page is asked for with `{parameter}`, which is a guess. Read the pages again to prove it.");
    let next = Template(next);
    stream.paginate = Paginate::Cursor(CursorPaginate { next, inject: Inject::Query(parameter), size, until: None });
    Ok(note)
}

/// The parameter that likely takes a token: one that the request has, or the token's own name without `next`.
fn parameter(path: &[Step], stream: &Stream) -> String {
    let own = path.iter().rev().find_map(|step| if let Step::Key(name) = step { Some(name.as_str()) } else { None });
    let own = own.unwrap_or_default();
    let known = ["cursor", "page_token", "pageToken", "after", "starting_after", "offset"];
    if let Some(name) = stream.request.query.keys().find(|name| known.contains(&name.as_str())) {
        return name.clone();
    }
    let bare = own.strip_prefix("next_").unwrap_or(own);
    match bare {
        "" | "next" => "cursor".to_owned(),
        "nextPageToken" => "pageToken".to_owned(),
        bare => bare.to_owned(),
    }
}

/// Takes a list as the records: columns and key are detected again, the paging stays.
pub(super) async fn point_records(
    app: &App,
    bench: &Arc<Bench>,
    stream: &str,
    path: &str,
) -> Result<Workbench, Problem> {
    let (definition, shown) = bench.with(|state| (state.definition.clone(), state.shown.get(stream).cloned()));
    let answer = shown.as_ref().and_then(|shown| shown.pages.first()).and_then(page_answer);
    let answer = answer.ok_or_else(|| refused("There is no response at hand.", "Read the stream's first pages."))?;
    let Some(place) = definition.streams.iter().position(|one| one.name == stream) else {
        return Err(refused("There is no such stream.", "Choose another one."));
    };
    // Detection looks at one stream.
    let mut draft = definition.clone();
    draft.streams = vec![definition.streams[place].clone()];
    let list = path.to_owned();
    let (found, detection) = blocking(move || detect_offline(draft, &answer, Some(&list))).await?;
    change(app, bench.id(), |state| {
        readable(state)?;
        let mut definition = state.definition.clone();
        if let (Some(old), Some(new)) = (definition.streams.get_mut(place), found.streams.into_iter().next()) {
            *old = new;
        }
        state.edit(definition);
        let old = state.detections.remove(stream);
        state.detections.insert(stream.to_owned(), merge(old, detection));
        Ok(())
    })
    .await
}

/// The new readings; what was proved by requests about pages and cursor stays.
fn merge(old: Option<Detection>, mut new: Detection) -> Detection {
    use engine::detect::Part;
    let Some(old) = old else { return new };
    for part in &mut new.parts {
        if part.part == Part::Pages
            && let Some(proved) = old.part(Part::Pages)
        {
            *part = proved.clone();
        }
    }
    new.requests = old.requests;
    new.notes.extend(old.notes);
    new.notes.dedup();
    new
}

/// The path of the nearest list at or around a node.
fn enclosing_list(shown: &Shown, path: &[Step]) -> Result<String, Problem> {
    let list = (0..=path.len())
        .rev()
        .find(|length| shown.trees.value(0, &path[..*length]).is_some_and(|value| kind(value) == "array"));
    let length =
        list.ok_or_else(|| refused("There is no list around this value.", "Click a list, or a value in one."))?;
    Ok(format!("{}[*]", Path::dotted(&path[..length])))
}

fn value_at<'a>(shown: &'a Shown, path: &[Step]) -> Option<&'a str> {
    (0..shown.pages.len()).find_map(|page| shown.trees.value(page, path))
}

fn refused(message: &str, hint: &str) -> Problem {
    Problem::new("can_not_point", ProblemKind::Config, Stage::Select, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::{cursor, free_name, next_page, parameter, simple_type};
    use definition::model::{CursorKind, Field, FieldType, Inject, Paginate, Stream};
    use engine::json::Step;

    fn key(name: &str) -> Step {
        Step::Key(name.to_owned())
    }

    #[test]
    fn a_new_column_takes_the_shortest_free_name() {
        let mut stream = Stream::default();
        assert_eq!(free_name(&stream, &[key("user"), key("id")]), "id");
        stream.fields.push(Field { name: "id".into(), ..Field::default() });
        assert_eq!(free_name(&stream, &[key("user"), key("id")]), "user_id");
        stream.fields.push(Field { name: "user_id".into(), ..Field::default() });
        assert_eq!(free_name(&stream, &[key("user"), key("id")]), "user_id_2");
        assert_eq!(free_name(&stream, &[key("tags"), Step::Index(0)]), "tags_0");
        assert_eq!(free_name(&stream, &[]), "");
    }

    #[test]
    fn values_have_simple_types() {
        for (value, kind) in [
            ("1", FieldType::Integer),
            ("1.5", FieldType::Number),
            ("\"x\"", FieldType::String),
            ("true", FieldType::Boolean),
            ("[]", FieldType::Array),
            ("{}", FieldType::Object),
            ("null", FieldType::String),
        ] {
            assert_eq!(simple_type(value), kind, "{value}");
        }
    }

    #[test]
    fn a_url_is_followed_and_a_token_is_sent() {
        let mut stream = Stream::default();
        next_page(&mut stream, &[key("links"), key("next")], "\"https://a.test/x?page=2\"").expect("a URL");
        assert!(matches!(&stream.paginate, Paginate::NextUrl(next) if next.next == "$.links.next"));
        next_page(&mut stream, &[key("next_cursor")], "\"abc\"").expect("a token");
        assert!(matches!(&stream.paginate, Paginate::Cursor(next) if next.inject == Inject::Query("cursor".into())));
        assert!(next_page(&mut stream, &[key("data")], "[]").is_err());
        assert_eq!(parameter(&[key("nextPageToken")], &Stream::default()), "pageToken");
    }

    #[test]
    fn a_cursor_is_a_time_a_number_or_a_text() {
        for (value, kind) in [
            ("17", CursorKind::Integer),
            ("\"2024-01-31T10:00:00Z\"", CursorKind::Datetime),
            ("\"a7\"", CursorKind::Text),
        ] {
            let mut stream = Stream::default();
            cursor(&mut stream, "$.x".into(), value).expect("a cursor");
            assert_eq!(stream.incremental.map(|incremental| incremental.kind), Some(kind), "{value}");
        }
        assert!(cursor(&mut Stream::default(), "$.x".into(), "{}").is_err());
    }
}
