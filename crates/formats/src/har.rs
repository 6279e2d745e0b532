//! A browser's recording (HAR 1.2): the requests in it that answered data.

use crate::RequestDraft;
use crate::collection::{Collection, CollectionKind, Marks, Part, Whole, merge, singular};
use crate::draft::{self, Call, connector_name, identifier, title};
use crate::tree::Tree;
use definition::model::{ConfigInput, ConfigType, Definition, FORMAT_VERSION, Http, Method};
use definition::{Problem, ProblemKind, Stage};
use url::Url;

/// How deep a list is looked for in an answer.
const DEEPEST: usize = 4;

/// What a recording comes to.
pub(crate) enum Read {
    /// One request.
    One(Box<RequestDraft>),
    /// Several to choose from.
    Many(Box<Collection>),
}

/// Whether a document is one.
pub(crate) fn is(root: &Tree) -> bool {
    root.at(&["log", "entries"]).is_some_and(|entries| matches!(entries, Tree::List(_)))
}

/// Reads a recording.
pub(crate) fn read(root: &Tree) -> Result<Read, Problem> {
    let log = root.get("log").unwrap_or(root);
    let entries = log.list("entries");
    let (mut parts, mut marks) = (Vec::new(), Marks::default());
    let mut calls = Vec::new();
    for entry in entries.iter().filter(|entry| answers_data(entry)) {
        let Some(call) = call(entry) else { continue };
        let text = entry.at(&["response", "content", "text"]).and_then(Tree::str);
        let list = text.is_none_or(holds_list);
        let mut marked = call.clone();
        marked.address = with_inputs(&call.address, &mut marks);
        if let Ok(draft) = draft::build(marked, "the recording") {
            calls.push(call);
            parts.push(Part { group: String::new(), title: String::new(), list, draft });
        }
    }
    let Some(first) = calls.first() else {
        let message =
            format!("None of the {} requests in this recording answered JSON, XML or CSV to a read.", entries.len());
        return Err(Problem::new("nothing_to_read", ProblemKind::Data, Stage::Open, message)
            .hint("Record the page again with the network panel open, until its data is there."));
    };
    let name = Url::parse(&first.address).map(|url| connector_name(&url)).unwrap_or_else(|_| "recording".to_owned());
    let definition = Definition {
        tapwright: FORMAT_VERSION,
        title: title(&name),
        name,
        version: "0.1.0".to_owned(),
        http: Some(Http::default()),
        ..Definition::default()
    };
    let left = entries.len().saturating_sub(parts.len());
    let mut losses = Vec::new();
    if left > 0 {
        losses.push(format!(
            "{left} of {} requests were left out: pages, pictures, scripts and what writes.",
            entries.len()
        ));
    }
    let whole = Whole {
        kind: CollectionKind::Har,
        format: "HAR recording".to_owned(),
        definition,
        what: "This recording",
        losses,
        notes: Vec::new(),
    };
    let only = first.clone();
    let mut collection = merge(whole, parts, &marks)?;
    if collection.endpoints.len() == 1 && calls.len() == 1 {
        return draft::build(only, "the recording").map(|mut draft| {
            draft.losses.append(&mut collection.losses);
            Read::One(Box::new(draft))
        });
    }
    // What a page shows are lists: they come first.
    collection.endpoints.sort_by_key(|one| !one.list);
    if let [one] = collection.endpoints.as_slice() {
        let name = one.stream.name.clone();
        collection.notes.push(format!("All {} requests ask for the same: `{name}`.", calls.len()));
    }
    Ok(Read::Many(Box::new(collection)))
}

/// Whether an entry is a read that answered data.
fn answers_data(entry: &Tree) -> bool {
    let good = matches!(entry.at(&["response", "status"]), Some(Tree::Whole(200..=299)));
    let media =
        entry.at(&["response", "content", "mimeType"]).and_then(Tree::text).unwrap_or_default().to_ascii_lowercase();
    let media = media.split(';').next().unwrap_or_default().trim();
    let told =
        media.ends_with("json") || media.ends_with("/xml") || media.ends_with("/csv") || media.contains("ndjson");
    let data = told && !media.contains("manifest") && !media.contains("svg");
    let url = entry.at(&["request", "url"]).and_then(Tree::text).unwrap_or_default();
    let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let reads = match entry.at(&["request", "method"]).and_then(Tree::text).as_deref() {
        Some("GET") => true,
        Some("POST") => {
            let last = path.rsplit('/').next().unwrap_or_default();
            let body = entry.at(&["request", "postData", "text"]).and_then(Tree::text).unwrap_or_default();
            let mutates = body.contains("\"mutation") || body.contains("query\":\"mutation");
            ["search", "query", "graphql", "list", "filter", "find"].iter().any(|word| last.contains(word)) && !mutates
        }
        _ => false,
    };
    let page = [".js", ".css", ".map", "manifest.json", "/site.webmanifest"].iter().any(|end| path.ends_with(end));
    good && data && reads && !page && url.starts_with("http")
}

fn call(entry: &Tree) -> Option<Call> {
    let request = entry.get("request")?;
    let mut call = Call { address: request.word("url")?, ..Call::default() };
    for header in request.list("headers") {
        if let (Some(name), Some(value)) = (header.word("name"), header.word("value")) {
            call.headers.push((name, value));
        }
    }
    let has_cookies = call.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("cookie"));
    let cookies: Vec<String> = request
        .list("cookies")
        .iter()
        .filter_map(|cookie| Some(format!("{}={}", cookie.word("name")?, cookie.word("value")?)))
        .collect();
    if !has_cookies && !cookies.is_empty() {
        call.headers.push(("Cookie".to_owned(), cookies.join("; ")));
    }
    if request.word("method").as_deref() == Some("POST") {
        call.method = Method::Post;
        call.data = request.at(&["postData", "text"]).and_then(Tree::text);
    }
    Some(call)
}

/// An address whose ids became inputs.
fn with_inputs(address: &str, marks: &mut Marks) -> String {
    let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
    let start = path.find("://").map_or(0, |at| at + 3);
    let (head, rest) = path.split_at(start);
    let parts: Vec<&str> = rest.split('/').collect();
    let mut out: Vec<String> = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).filter(|before| *before > 0).and_then(|before| parts.get(before)).copied();
        match before.filter(|before| at > 1 && is_id(part) && !is_id(before) && before.contains(char::is_alphabetic)) {
            Some(before) => {
                let name = format!("{}_id", singular(&identifier(before, "record")));
                let input = ConfigInput {
                    title: title(&name),
                    name,
                    kind: ConfigType::String,
                    required: true,
                    ..ConfigInput::default()
                };
                out.push(marks.input(input, Some(part)));
            }
            None => out.push((*part).to_owned()),
        }
    }
    let path = format!("{head}{}", out.join("/"));
    query.map_or(path.clone(), |query| format!("{path}?{query}"))
}

/// Whether a part of a path is the id of one thing.
fn is_id(part: &str) -> bool {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let number = digits == part.len() && part.len() >= 2;
    let hex = part.len() >= 16 && digits > 0 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let opaque = part.len() >= 18 && digits >= 3 && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    number || hex || opaque
}

/// Whether an answer's body holds a list of records.
pub(crate) fn holds_list(body: &str) -> bool {
    match serde_json::from_str::<Tree>(body) {
        Ok(tree) => list_in(&tree, 0),
        // XML and CSV, or a body that was cut off.
        Err(_) => !body.trim_start().starts_with('{'),
    }
}

fn list_in(tree: &Tree, depth: usize) -> bool {
    match tree {
        Tree::List(items) => items.is_empty() || items.iter().any(|item| matches!(item, Tree::Map(_))),
        Tree::Map(members) if depth < DEEPEST => {
            let is_record = members.contains_key("id");
            let inner = |value: &Tree| match value {
                Tree::List(items) => !is_record && items.iter().any(|item| matches!(item, Tree::Map(_))),
                other => list_in(other, depth + 1),
            };
            members.values().any(inner)
        }
        _ => false,
    }
}
