//! OpenAPI 3.0 and 3.1, and Swagger 2.0: read by a tolerant walk, so that one odd part spoils nothing else.

mod endpoints;
mod paging;
mod params;
mod refs;
mod schema;
mod security;
mod servers;

use crate::collection::{Collection, CollectionKind, finish, tidy};
use crate::draft::{connector_name, identifier, title};
use crate::tree::Tree;
use definition::Problem;
use definition::model::{Definition, FORMAT_VERSION, Http};
use refs::Document;

/// Whether a document is one.
pub(crate) fn is(root: &Tree) -> bool {
    root.word("openapi").is_some() || root.word("swagger").is_some()
}

/// Reads a description.
pub(crate) fn read(root: &Tree) -> Result<Collection, Problem> {
    let document = Document::new(root);
    let version = root.word("openapi").or_else(|| root.word("swagger")).unwrap_or_default();
    let format =
        if root.get("swagger").is_some() { format!("Swagger {version}") } else { format!("OpenAPI {version}") };
    let info = root.get("info").unwrap_or(&Tree::Null);
    let mut collection = Collection { kind: CollectionKind::Openapi, format, ..Collection::default() };
    let servers = servers::read(&document);
    let mut config = servers.inputs;
    collection.relative = servers.relative.filter(|path| path.len() > 1);
    if let Some(path) = collection.relative.as_ref().filter(|_| servers.urls.is_empty()) {
        collection.notes.push(format!("The file names no host, only the path `{path}`."));
    }
    let found = security::read(&document, &mut config);
    collection.notes.extend(found.notes);
    collection.losses.extend(found.losses);
    let mut http = Http { auth: found.auth, headers: found.headers, query: found.query, ..Http::default() };
    if let Some(first) = servers.urls.first() {
        http.base_url = first.as_str().into();
    }
    let own = info.word("title").map(|text| named(&text)).filter(|name| name != "api");
    let name = own.or_else(|| servers.urls.first().and_then(|url| host_name(url))).unwrap_or_else(|| "api".to_owned());
    collection.definition = Definition {
        tapwright: FORMAT_VERSION,
        title: info.word("title").map_or_else(|| title(&name), |text| tidy(&text, 60)),
        name,
        version: "0.1.0".to_owned(),
        description: tidy(&info.word("description").unwrap_or_default(), 300),
        docs: root
            .at(&["externalDocs", "url"])
            .and_then(Tree::text)
            .filter(|url| url.starts_with("http"))
            .unwrap_or_default(),
        config,
        http: Some(http),
        ..Definition::default()
    };
    collection.servers = servers.urls;
    let walked = endpoints::read(&document, &collection.definition.config, found.signs);
    collection.endpoints = walked.endpoints;
    if walked.writes > 0 {
        collection
            .losses
            .push(format!("Requests that write were left out: {}. Only what reads is listed.", walked.writes));
    }
    if walked.plain > 0 {
        collection
            .losses
            .push(format!("Requests that answer files, pages or nothing were left out: {}.", walked.plain));
    }
    if document.lost.get() > 0 {
        collection.losses.push(
            "Some parts stand in other files, or nowhere; the fields there are told from the first answer.".to_owned(),
        );
    }
    finish(collection, "This API description")
}

/// A connector's name from a title: `Acme Tickets API` → `acme-tickets`.
fn named(text: &str) -> String {
    let plain = identifier(text, "api").replace('_', "-");
    let plain = plain.strip_prefix("the-").unwrap_or(&plain);
    let ends = ["-api", "-rest", "-rest-api", "-openapi", "-swagger", "-public", "-documentation", "-specification"];
    let mut name = plain.to_owned();
    while let Some(short) = ends.iter().find_map(|end| name.strip_suffix(end)) {
        name = short.to_owned();
    }
    name.chars().take(40).collect::<String>().trim_matches('-').to_owned()
}

fn host_name(base: &str) -> Option<String> {
    base.parse().ok().map(|url| connector_name(&url))
}
