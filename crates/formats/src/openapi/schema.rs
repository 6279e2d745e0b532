//! From an answer's schema to records: where they are, their columns and their key.

use super::refs::{Document, Flat};
use crate::collection::tidy;
use crate::tree::Tree;
use definition::member_path;
use definition::model::{Field, FieldType, Records};

/// The most columns of a stream.
const MOST_FIELDS: usize = 500;
/// How deep the list is looked for.
const DEEPEST: usize = 4;
/// What a list in an answer is called, the surest first.
const LISTS: [&str; 14] = [
    "data",
    "items",
    "results",
    "records",
    "value",
    "entries",
    "list",
    "rows",
    "content",
    "hits",
    "docs",
    "elements",
    "objects",
    "resources",
];

/// What an answer holds.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// Whether it is a list of records.
    pub list: bool,
    /// Whether its schema says anything.
    pub told: bool,
    pub records: Records,
    pub fields: Vec<Field>,
    pub key: Vec<String>,
    /// Members of the answer around the records, by their path.
    pub around: Vec<(String, String)>,
}

/// Reads an answer's schema. `name` is what the path calls the records.
pub(super) fn answer<'a>(document: &Document<'a>, schema: &'a Tree, name: &str) -> Answer {
    let flat = document.flat(schema);
    let mut answer = Answer { told: !flat.kind.is_empty(), ..Answer::default() };
    let mut around = Vec::new();
    let found = list(document, &flat, "$", name, 0, &mut around);
    let (path, record) = match found {
        Some((path, items)) => {
            answer.list = true;
            (Some(path), document.flat(items))
        }
        None => wrapped(document, flat),
    };
    answer.around = around;
    answer.records.path = path;
    answer.key = key(&record, name);
    answer.fields = fields(document, &record);
    answer
}

/// The list of records in an answer, and its items.
fn list<'a>(
    document: &Document<'a>,
    flat: &Flat<'a>,
    at: &str,
    name: &str,
    depth: usize,
    around: &mut Vec<(String, String)>,
) -> Option<(String, &'a Tree)> {
    if flat.kind == "array" {
        return flat.items.map(|items| (format!("{at}[*]"), items));
    }
    if depth >= DEEPEST || flat.properties.is_empty() {
        return None;
    }
    let known = |member: &str| LISTS.iter().position(|word| member.eq_ignore_ascii_case(word));
    let like = |member: &str| plain(member) == plain(name);
    let is_record = flat.properties.keys().any(|member| matches!(*member, "id" | "uuid" | "_id" | "self_link"));
    let mut lists: Vec<(usize, &str, &'a Tree)> = Vec::new();
    let mut inner: Vec<(&str, Flat<'a>)> = Vec::new();
    for (member, schema) in &flat.properties {
        let own = document.flat(schema);
        match own.kind.as_str() {
            "array" => {
                let Some(items) = own.items else { continue };
                let record = document.flat(items);
                let objects = record.kind == "object" || record.kind.is_empty();
                let rank = match () {
                    () if like(member) => 0,
                    () => known(member).map_or(if objects { 50 } else { 100 }, |at| at + 1),
                };
                if objects || rank < 50 {
                    lists.push((rank, member, items));
                }
            }
            "object" => inner.push((member, own)),
            kind => around.push((member_path(at, member), kind.to_owned())),
        }
    }
    lists.sort_by_key(|(rank, ..)| *rank);
    let best = lists.first().filter(|(rank, ..)| *rank < 50 || (lists.len() == 1 && !is_record));
    if let Some((_, member, items)) = best.filter(|(rank, ..)| !is_record || *rank == 0) {
        for (outer, own) in &inner {
            for (member, schema) in &own.properties {
                around.push((member_path(&member_path(at, outer), member), document.flat(schema).kind));
            }
        }
        return Some((format!("{}[*]", member_path(at, member)), items));
    }
    if is_record {
        return None;
    }
    let wraps =
        ["data", "result", "response", "_embedded", "payload", "body", "d", "hits", "results", "page", "content"];
    inner
        .iter()
        .filter(|(member, _)| wraps.contains(&member.to_ascii_lowercase().as_str()) || like(member))
        .find_map(|(member, own)| list(document, own, &member_path(at, member), name, depth + 1, around))
}

/// The one record of an answer, where it stands in a member of its own.
fn wrapped<'a>(document: &Document<'a>, flat: Flat<'a>) -> (Option<String>, Flat<'a>) {
    if let Some((member, schema)) = flat.properties.iter().next().filter(|_| flat.properties.len() == 1) {
        let own = document.flat(schema);
        if own.kind == "object" && !own.properties.is_empty() {
            return (Some(member_path("$", member)), own);
        }
    }
    (None, flat)
}

fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The members that tell a record.
fn key(record: &Flat<'_>, name: &str) -> Vec<String> {
    let one = plain(&crate::collection::singular(name));
    let scalar = |member: &str| {
        record.properties.get(member).is_some_and(|schema| {
            let kind = schema.word("type").unwrap_or_default();
            kind != "array" && kind != "object"
        })
    };
    let members: Vec<&str> = record.properties.keys().copied().collect();
    let named =
        |wanted: &str| members.iter().copied().filter(|member| scalar(member)).find(|member| plain(member) == wanted);
    let own = [format!("{one}id"), format!("{one}uuid")];
    let found = named("id").or_else(|| own.iter().find_map(|wanted| named(wanted)));
    let required = |wanted: &str| named(wanted).filter(|member| record.required.contains(member));
    let found = found.or_else(|| ["uuid", "guid", "key", "slug", "code"].iter().find_map(|word| required(word)));
    found.map(|member| vec![member.to_owned()]).unwrap_or_default()
}

fn fields<'a>(document: &Document<'a>, record: &Flat<'a>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (name, schema) in record.properties.iter().take(MOST_FIELDS) {
        let flat = document.flat(schema);
        let hidden = document.real(schema).is("writeOnly");
        let good = !name.trim().is_empty() && name.chars().count() <= 63 && !name.chars().any(char::is_control);
        if hidden || !good || fields.iter().any(|field| field.name.eq_ignore_ascii_case(name)) {
            continue;
        }
        fields.push(Field {
            name: (*name).to_owned(),
            from: Some(member_path("$", name)),
            kind: kind(&flat),
            description: tidy(&flat.description, 200),
            ..Field::default()
        });
    }
    fields
}

fn kind(flat: &Flat<'_>) -> FieldType {
    match (flat.kind.as_str(), flat.format.as_str()) {
        ("string", "date-time") => FieldType::Datetime,
        ("string", "date") => FieldType::Date,
        ("string", "decimal") | ("number", "decimal") => FieldType::Decimal,
        ("string" | "file", _) => FieldType::String,
        ("integer", _) => FieldType::Integer,
        ("number", _) => FieldType::Number,
        ("boolean", _) => FieldType::Boolean,
        ("array", _) => FieldType::Array,
        ("object", _) => FieldType::Object,
        _ => FieldType::Json,
    }
}
