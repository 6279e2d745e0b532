//! What a node of a response is to the definition.

use crate::contract::{Mark, Role};
use definition::model::{Paginate, Stream};
use engine::json::{Path, Step};

/// The places that the definition names.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    pub records: RecordsAt,
    columns: Vec<(Vec<Step>, String)>,
    key: Vec<String>,
    cursor: Option<Vec<Step>>,
    next: Option<Vec<Step>>,
}

/// Where the records are: the items of a list, or one value.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct RecordsAt {
    /// The list, or the one record.
    pub base: Vec<Step>,
    /// Whether `base` is a list. `None`: it depends on the answer (the definition names no path).
    pub each: Option<bool>,
    /// Whether the path is too rich to be marked.
    pub other: bool,
}

impl RecordsAt {
    /// Of a records path.
    pub fn of(path: Option<&str>) -> Self {
        let Some(path) = path else { return Self::default() };
        let (list, each) = match path.strip_suffix("[*]").or_else(|| path.strip_suffix(".*")) {
            Some(list) => (list, true),
            None => (path, false),
        };
        match plain(list) {
            Some(base) => Self { base, each: Some(each), other: false },
            None => Self { other: true, ..Self::default() },
        }
    }

    /// The place of a node within its record. `None`: it is in no record.
    pub fn within<'a>(&self, steps: &'a [Step]) -> Option<&'a [Step]> {
        let rest = steps.strip_prefix(self.base.as_slice()).filter(|_| !self.other)?;
        let indexed = matches!(rest.first(), Some(Step::Index(_)));
        match self.each {
            Some(true) => rest.split_first().map(|(_, rest)| rest),
            None if indexed => Some(&rest[1..]),
            _ => Some(rest),
        }
    }
}

/// The steps of a plain path.
pub(crate) fn plain(path: &str) -> Option<Vec<Step>> {
    Path::parse(path).ok()?.plain().map(<[Step]>::to_vec)
}

impl Marks {
    /// Of a stream.
    pub fn of(stream: Option<&Stream>) -> Self {
        let Some(stream) = stream else { return Self::default() };
        let column = |field: &definition::model::Field| {
            let path =
                field.from.clone().map_or_else(|| Some(vec![Step::Key(field.name.clone())]), |path| plain(&path))?;
            field.template.is_none().then(|| (path, field.name.clone()))
        };
        let next = match &stream.paginate {
            Paginate::Cursor(cursor) if cursor.next.0.starts_with('$') => plain(&cursor.next.0),
            Paginate::NextUrl(next) => plain(&next.next),
            _ => None,
        };
        Self {
            records: RecordsAt::of(stream.records.path.as_deref()),
            columns: stream.fields.iter().filter(|field| !field.hidden).filter_map(column).collect(),
            key: stream.key.clone(),
            cursor: stream.incremental.as_ref().and_then(|incremental| plain(&incremental.cursor)),
            next,
        }
    }

    /// What the node at these steps is.
    pub fn at(&self, steps: &[Step]) -> Vec<Mark> {
        let mark = |role, name: &str| Mark { role, name: name.to_owned() };
        let mut marks = Vec::new();
        if steps == self.records.base && !self.records.other && !steps.is_empty() {
            marks.push(mark(Role::Records, ""));
        }
        if let Some(inside) = self.records.within(steps) {
            for (_, name) in self.columns.iter().filter(|(path, _)| path == inside) {
                if self.key.contains(name) {
                    marks.push(mark(Role::Key, name));
                }
                marks.push(mark(Role::Column, name));
            }
            if self.cursor.as_deref() == Some(inside) {
                marks.push(mark(Role::Cursor, ""));
            }
        }
        if self.next.as_deref() == Some(steps) {
            marks.push(mark(Role::NextPage, ""));
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::{Marks, RecordsAt, plain};
    use crate::contract::Role;
    use definition::model::{CursorPaginate, Field, Inject, Paginate, Records, Stream};

    #[test]
    fn nodes_are_what_the_definition_says() {
        let stream = Stream {
            records: Records { path: Some("$.data[*]".into()), filter: None },
            key: vec!["id".into()],
            fields: vec![
                Field { name: "id".into(), ..Field::default() },
                Field { name: "user".into(), from: Some("$.user.name".into()), ..Field::default() },
            ],
            paginate: Paginate::Cursor(CursorPaginate {
                next: "$.meta.next".into(),
                inject: Inject::Query("cursor".into()),
                size: None,
                until: None,
            }),
            ..Stream::default()
        };
        let marks = Marks::of(Some(&stream));
        let roles =
            |path: &str| marks.at(&plain(path).expect("plain")).iter().map(|mark| mark.role).collect::<Vec<_>>();
        assert_eq!(roles("$.data"), [Role::Records]);
        assert_eq!(roles("$.data[7].id"), [Role::Key, Role::Column]);
        assert_eq!(roles("$.data[7].user.name"), [Role::Column]);
        assert_eq!(roles("$.meta.next"), [Role::NextPage]);
        assert!(roles("$.meta.id").is_empty() && roles("$.data[7]").is_empty());
    }

    #[test]
    fn without_a_path_items_of_a_list_and_a_lone_object_are_records() {
        let none = RecordsAt::of(None);
        assert_eq!(none.within(&plain("$[3].a").expect("plain")), plain("$.a").as_deref());
        assert_eq!(none.within(&plain("$.a").expect("plain")), plain("$.a").as_deref());
        assert!(RecordsAt::of(Some("$..x")).within(&[]).is_none());
    }
}
