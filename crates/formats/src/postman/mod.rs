//! Postman collections, v2.0 and v2.1.

mod auth;
mod url;
mod variables;

use crate::collection::{Collection, CollectionKind, Part, Whole, merge, tidy};
use crate::draft::{self, Call, identifier, title};
use crate::har::holds_list;
use crate::tree::Tree;
use definition::Problem;
use definition::model::{Definition, FORMAT_VERSION, Http, Method};
use variables::Variables;

/// How deep folders may nest.
const DEEPEST: usize = 16;

/// Whether a document is one.
pub(crate) fn is(root: &Tree) -> bool {
    let root = whole(root);
    let schema = root.at(&["info", "schema"]).and_then(Tree::text).unwrap_or_default();
    let postman = schema.contains("postman") || root.at(&["info", "_postman_id"]).is_some();
    root.get("item").is_some_and(|items| matches!(items, Tree::List(_)))
        && (postman || root.at(&["info", "name"]).is_some())
}

/// Postman's own interface wraps a collection in a member.
fn whole(root: &Tree) -> &Tree {
    root.get("collection").filter(|inner| inner.get("item").is_some()).unwrap_or(root)
}

/// Reads a collection.
pub(crate) fn read(root: &Tree) -> Result<Collection, Problem> {
    let root = whole(root);
    let mut walk = Walk { variables: Variables::read(root), ..Walk::default() };
    walk.scripts(root);
    walk.folder(root, "", root.get("auth"), 0);
    let name = root.at(&["info", "name"]).and_then(Tree::text).unwrap_or_default();
    let short = identifier(&name, "postman").replace('_', "-");
    let short = short.trim_end_matches("-api").trim_end_matches("-collection").chars().take(40).collect::<String>();
    let mut definition = Definition {
        tapwright: FORMAT_VERSION,
        title: if name.is_empty() { title(&short) } else { tidy(&name, 60) },
        name: short.trim_matches('-').to_owned(),
        version: "0.1.0".to_owned(),
        description: tidy(&description(root.get("info").unwrap_or(root)), 300),
        http: Some(Http::default()),
        ..Definition::default()
    };
    if let Some(way) = walk.oauth.take().or_else(|| root.get("auth").cloned()) {
        auth::oauth(&way, &mut walk.variables, &mut definition);
    }
    walk.tell();
    let version = root.at(&["info", "schema"]).and_then(Tree::text).filter(|schema| schema.contains("v2.0"));
    let whole = Whole {
        kind: CollectionKind::Postman,
        format: if version.is_some() { "Postman collection v2.0" } else { "Postman collection v2.1" }.to_owned(),
        definition,
        what: "This Postman collection",
        losses: walk.losses,
        notes: Vec::new(),
    };
    merge(whole, walk.parts, &walk.variables.marks)
}

#[derive(Default)]
struct Walk<'a> {
    variables: Variables,
    parts: Vec<Part>,
    losses: Vec<String>,
    /// The first OAuth that a request or a folder names.
    oauth: Option<Tree>,
    writes: usize,
    scripts: bool,
    broken: usize,
    unread: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn scripts(&mut self, item: &Tree) {
        let written = |event: &Tree| {
            event.at(&["script", "exec"]).is_some_and(|lines| {
                lines.items().iter().any(|line| line.str().is_some_and(|line| !line.trim().is_empty()))
                    || lines.str().is_some_and(|text| !text.trim().is_empty())
            })
        };
        self.scripts |= item.list("event").iter().any(written);
    }

    fn folder(&mut self, folder: &'a Tree, group: &str, auth: Option<&'a Tree>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for item in folder.list("item") {
            self.scripts(item);
            let own = item.get("auth").or(auth);
            let name = item.word("name").unwrap_or_default();
            if item.get("item").is_some() {
                let inner = if group.is_empty() { name } else { format!("{group} / {name}") };
                self.folder(item, &inner, own, depth + 1);
            } else if let Some(request) = item.get("request") {
                self.request(item, request, &name, group, own);
            }
        }
    }

    fn request(&mut self, item: &'a Tree, request: &'a Tree, name: &str, group: &str, auth: Option<&'a Tree>) {
        let mut call = Call::default();
        let method = request.word("method").unwrap_or_else(|| "GET".to_owned()).to_ascii_uppercase();
        let body = request.get("body").filter(|body| !body.is("disabled"));
        match method.as_str() {
            "GET" => {}
            "POST" if searches(request) => {
                call.method = Method::Post;
                self.body(&mut call, body);
            }
            _ => {
                self.writes += 1;
                return;
            }
        }
        let url = if request.str().is_some() { request } else { request.get("url").unwrap_or(&Tree::Null) };
        let Some(address) = self.url(url) else {
            self.broken += 1;
            return;
        };
        call.address = address;
        for header in request.list("header").iter().filter(|header| !header.is("disabled")) {
            if let (Some(key), Some(value)) = (header.word("key"), header.word("value")) {
                let value = self.variables.header(&key, &value);
                call.headers.push((key, value));
            }
        }
        if let Some(way) = request.get("auth").or(auth) {
            self.auth(&mut call, way);
        }
        let answers = item.list("response").iter().filter_map(|answer| answer.get("body").and_then(Tree::str));
        let mut answers = answers.peekable();
        let told = answers.peek().is_some();
        let variable =
            call.address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').rsplit('/').next();
        let single = variable.is_some_and(|last| last.starts_with("twvar"));
        let list = if told { answers.any(holds_list) } else { !single };
        match draft::build(call, "the collection") {
            Ok(draft) => self.parts.push(Part { group: group.to_owned(), title: tidy(name, 120), list, draft }),
            Err(_) => self.broken += 1,
        }
    }

    fn body(&mut self, call: &mut Call, body: Option<&Tree>) {
        let Some(body) = body else { return };
        match body.word("mode").as_deref() {
            Some("raw") => call.data = body.get("raw").and_then(Tree::str).map(|text| self.variables.fill(text)),
            Some("urlencoded") => {
                let mut form = ::url::form_urlencoded::Serializer::new(String::new());
                for pair in body.list("urlencoded").iter().filter(|pair| !pair.is("disabled")) {
                    if let Some(key) = pair.word("key") {
                        form.append_pair(&key, &self.variables.fill(&pair.word("value").unwrap_or_default()));
                    }
                }
                call.data = Some(form.finish());
            }
            Some("graphql") => {
                let query = body.at(&["graphql", "query"]).and_then(Tree::text).unwrap_or_default();
                let variables = body.at(&["graphql", "variables"]).and_then(Tree::text).unwrap_or_default();
                let variables =
                    serde_json::from_str(&self.variables.fill(&variables)).unwrap_or(serde_json::Value::Null);
                let mut data = serde_json::json!({"query": self.variables.fill(&query)});
                if variables.is_object() {
                    data["variables"] = variables;
                }
                call.json = true;
                call.data = Some(data.to_string());
            }
            _ => {}
        }
    }

    /// What is told of what was left out.
    fn tell(&mut self) {
        if self.writes > 0 {
            self.losses.push(format!("Requests that write were left out: {}. Only what reads is listed.", self.writes));
        }
        if self.scripts {
            self.losses
                .push("Postman's scripts were left out: they are programs, and no part of a connector.".to_owned());
        }
        if self.broken > 0 {
            self.losses.push(format!("Requests without an address that can be read were left out: {}.", self.broken));
        }
        self.unread.dedup();
        for kind in &self.unread {
            self.losses
                .push(format!("The way to sign in `{kind}` is not read: it is asked for when the server wants it."));
        }
    }
}

/// Whether a POST reads, by its address or as it asks by GraphQL.
fn searches(request: &Tree) -> bool {
    let url = request.get("url").map(|url| url.text().or_else(|| url.word("raw")).unwrap_or_default());
    let path = url.unwrap_or_default().split('?').next().unwrap_or_default().to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    let reads = ["search", "query", "graphql", "list", "filter", "find", "lookup", "report"];
    let mutates = request
        .at(&["body", "graphql", "query"])
        .and_then(Tree::text)
        .is_some_and(|query| query.starts_with("mutation"));
    !mutates && (reads.iter().any(|word| last.contains(word)) || request.at(&["body", "graphql"]).is_some())
}

fn description(tree: &Tree) -> String {
    tree.word("description").or_else(|| tree.at(&["description", "content"]).and_then(Tree::text)).unwrap_or_default()
}
