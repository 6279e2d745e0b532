//! The operations that read.

use super::refs::Document;
use super::{paging, params, schema, security};
use crate::collection::{Endpoint, tidy};
use crate::draft::stream_name;
use crate::tree::Tree;
use definition::model::{ConfigInput, Decode, Paginate, Request, Stream};

/// What the walk over the paths found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub endpoints: Vec<Endpoint>,
    /// How many operations write.
    pub writes: usize,
    /// How many answer nothing that has records.
    pub plain: usize,
}

/// Walks over all paths.
pub(super) fn read(document: &Document<'_>, own: &[ConfigInput], signs: bool) -> Walked {
    let mut walked = Walked::default();
    let Some(paths) = document.root.get("paths") else { return walked };
    for (path, item) in paths.members().filter(|(path, _)| path.starts_with('/')) {
        let item = document.real(item);
        for (method, operation) in item.members() {
            match method {
                "get" => match one(document, own, signs, path, item, operation) {
                    Some(endpoint) => walked.endpoints.push(endpoint),
                    None => walked.plain += 1,
                },
                "post" | "put" | "patch" | "delete" => walked.writes += 1,
                _ => {}
            }
        }
    }
    walked
}

fn one<'a>(
    document: &Document<'a>,
    own: &[ConfigInput],
    signs: bool,
    path: &str,
    item: &'a Tree,
    operation: &'a Tree,
) -> Option<Endpoint> {
    let mut request = Request { path: path.into(), ..Request::default() };
    let params = params::read(document, item, operation, own, &mut request);
    let (kind, body) = answer(document, operation)?;
    let scalar = |schema| matches!(document.flat(schema).kind.as_str(), "string" | "integer" | "number" | "boolean");
    if params.body || (kind == Kind::Json && body.is_some_and(scalar)) {
        return None;
    }
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && !part.contains('{')).collect();
    let name = stream_name(&segments);
    let single = path.trim_end_matches('/').ends_with('}');
    let mut found = body.map(|body| schema::answer(document, body, &name)).unwrap_or_default();
    if !found.told || kind != Kind::Json {
        // Nothing is told: a path that ends with a name is most likely that of a list.
        found = schema::Answer { list: !single, ..schema::Answer::default() };
    }
    let paginate = if found.list { paging::read(&params, &found, &request) } else { Paginate::None };
    if kind == Kind::Csv {
        request.headers.insert("Accept".to_owned(), "text/csv".into());
    }
    let group = operation.list("tags").first().and_then(Tree::text).unwrap_or_default();
    let title = operation.word("summary").or_else(|| operation.word("description"));
    let title = title.or_else(|| item.word("summary")).or_else(|| operation.word("operationId")).unwrap_or_default();
    let title = tidy(&title, 120);
    let mut title = title;
    if operation.is("deprecated") {
        title = format!("{title} (deprecated)").trim().to_owned();
    }
    let signed = match operation.get("security") {
        Some(Tree::List(ways)) => security::wanted(ways),
        _ => signs,
    };
    let description = operation.word("description").or_else(|| operation.word("summary")).unwrap_or_default();
    let stream = Stream {
        description: tidy(&description, 200),
        request,
        decode: Decode::default(),
        records: found.records,
        paginate,
        key: found.key,
        fields: found.fields,
        ..Stream::default()
    };
    Some(Endpoint {
        group,
        title,
        path: path.to_owned(),
        list: found.list,
        signed,
        stream,
        inputs: params.inputs,
        ..Endpoint::default()
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Csv,
    Other,
}

/// What a good answer is, and its schema. None: it has no records.
fn answer<'a>(document: &Document<'a>, operation: &'a Tree) -> Option<(Kind, Option<&'a Tree>)> {
    let responses = operation.get("responses")?;
    let good = |code: &str| code.starts_with('2') && code != "204" || code == "default";
    let mut all: Vec<(&str, &Tree)> = responses.members().filter(|(code, _)| good(code)).collect();
    all.sort_by_key(|(code, _)| (*code != "200", *code == "default"));
    let (code, response) = all.first()?;
    let response = document.real(response);
    if let Some(content) = response.get("content") {
        return of_content(document, content);
    }
    let produces = operation.get("produces").or_else(|| document.root.get("produces"));
    let kinds: Vec<String> = produces.map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text).collect();
    let kind = if kinds.is_empty() {
        Kind::Json
    } else {
        kinds.iter().filter_map(|kind| kind_of(kind)).min_by_key(|kind| *kind as u8)?
    };
    let schema = response.get("schema");
    let kind_of_schema = schema.map(|schema| document.flat(schema).kind).unwrap_or_default();
    if kind_of_schema == "file" {
        return None;
    }
    // Swagger always names a schema where there is something; 3.x may leave it out.
    (schema.is_some() || *code != "default").then_some((kind, schema))
}

fn of_content<'a>(document: &Document<'a>, content: &'a Tree) -> Option<(Kind, Option<&'a Tree>)> {
    let mut kinds: Vec<(Kind, &'a Tree)> =
        content.members().filter_map(|(kind, body)| Some((kind_of(kind)?, body))).collect();
    kinds.sort_by_key(|(kind, _)| *kind as u8);
    let (kind, body) = kinds.first()?;
    let schema = document.real(body).get("schema");
    let binary = schema.is_some_and(|schema| document.real(schema).word("format").as_deref() == Some("binary"));
    (!binary).then_some((*kind, schema))
}

/// A media type that can be read.
fn kind_of(media: &str) -> Option<Kind> {
    let media = media.split(';').next().unwrap_or(media).trim().to_ascii_lowercase();
    match media.as_str() {
        _ if media.ends_with("json") || media == "*/*" || media == "application/*" => Some(Kind::Json),
        "text/csv" | "application/csv" => Some(Kind::Csv),
        _ if media.ends_with("/xml") || media.ends_with("+xml") && !media.contains("svg") => Some(Kind::Other),
        _ if media.contains("ndjson") || media.contains("jsonl") || media == "text/json" => Some(Kind::Other),
        _ => None,
    }
}
