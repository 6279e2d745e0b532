//! The field's words: how APIs call their parts, and how counts are told.

use super::node::Node;

/// `1 record`, `1,240 records`, `2 numbers in text`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    let end = [" in ", " with ", " beyond "].iter().find_map(|word| noun.find(word)).unwrap_or(noun.len());
    let (first, rest) = noun.split_at(end);
    format!("{} {first}{plural}{rest}", grouped(number as u64))
}

/// `1240` → `1,240`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// What a value is, in words.
pub(super) fn kind(node: &Node) -> &'static str {
    match node {
        Node::Null => "null",
        Node::Bool(_) => "true or false",
        Node::Number(_) => "a number",
        Node::Text(_) => "a text",
        Node::List(_) => "a list",
        Node::Object(_) => "an object",
    }
}

/// A name in lower case without anything between its words: `nextPage`, `next_page` and `next-page` are one.
pub(super) fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || *c == '@').flat_map(char::to_lowercase).collect()
}

/// Whether a member speaks of the answer, not of a record.
pub(super) fn envelope(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "page",
        "total",
        "count",
        "next",
        "previous",
        "prev",
        "limit",
        "offset",
        "status",
        "message",
        "success",
        "code",
        "version",
        "hasmore",
        "object",
        "url",
        "error",
        "errors",
        "ok",
        "took",
        "timedout",
        "perpage",
        "pagesize",
        "meta",
        "links",
        "totalpages",
        "totalcount",
        "cursor",
        "nextcursor",
        "self",
        "first",
        "last",
        "jsonapi",
        "apiversion",
        "kind",
        "etag",
        "pages",
        "size",
        "skip",
        "start",
        "requestid",
        "timestamp",
        "nextpagetoken",
        "warnings",
    ];
    name.starts_with('@') || NAMES.contains(&plain_name(name).as_str())
}

/// Whether a name is that of an id. `stream` is the stream's name, in whose singular ids are often called.
pub(super) fn id_name(name: &str, stream: &str) -> bool {
    let plain = plain_name(name);
    if ["id", "uuid", "guid", "key", "pk", "oid", "gid", "uid", "objectid", "recordid", "rowid", "identifier"]
        .contains(&plain.as_str())
    {
        return true;
    }
    let one = singular(&plain_name(stream));
    !one.is_empty() && ["id", "uuid", "key", "number", "code", "no"].iter().any(|end| plain == format!("{one}{end}"))
}

/// `customers` → `customer`, `entries` → `entry`.
pub(super) fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for end in ["sses", "xes", "ches", "shes"] {
        if name.ends_with(end) {
            return name[..name.len() - 2].to_owned();
        }
    }
    if name.ends_with("ss") { name.to_owned() } else { name.strip_suffix('s').unwrap_or(name).to_owned() }
}

/// Whether a count is one that a page is cut at.
pub(super) fn round(number: usize) -> bool {
    [5, 10, 12, 15, 16, 20, 24, 25, 30, 40, 50, 60, 64, 75, 80, 96, 100, 120, 128, 150, 200, 250, 256, 300, 400, 500]
        .contains(&number)
        || (number >= 500 && number.is_multiple_of(100))
        || [512, 1024, 2048, 4096].contains(&number)
}
