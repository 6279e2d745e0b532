//! The addresses that requests begin with, and what they ask for.

use super::refs::Document;
use crate::collection::reference;
use crate::draft::{identifier, title};
use crate::tree::Tree;
use definition::model::{ConfigInput, ConfigType};
use serde_json::Value;

#[derive(Debug, Default)]
pub(super) struct Servers {
    /// Templates; the first is the usual one.
    pub urls: Vec<String>,
    pub inputs: Vec<ConfigInput>,
    /// The path of one without a host.
    pub relative: Option<String>,
}

/// Reads `servers`, or a Swagger's `schemes`, `host` and `basePath`.
pub(super) fn read(document: &Document<'_>) -> Servers {
    let root = document.root;
    let mut servers = Servers::default();
    if root.get("swagger").is_some() {
        swagger(root, &mut servers);
    } else {
        for server in root.list("servers") {
            one(server, &mut servers);
        }
    }
    // The first is the one that is meant where they differ by more than their variables.
    servers.urls.dedup();
    servers
}

fn swagger(root: &Tree, servers: &mut Servers) {
    let base = root.word("basePath").unwrap_or_default();
    let base = base.trim_end_matches('/');
    let Some(host) = root.word("host") else {
        servers.relative = Some(base.to_owned());
        return;
    };
    let schemes: Vec<String> = root.list("schemes").iter().filter_map(Tree::text).collect();
    let local = host.starts_with("localhost") || host.starts_with("127.");
    let default = if local { "http" } else { "https" };
    let scheme = match () {
        () if schemes.is_empty() || schemes.iter().any(|scheme| scheme == "https") && !local => default,
        () if schemes.iter().any(|scheme| scheme == "http") => "http",
        () => "https",
    };
    let slash = if base.is_empty() || base.starts_with('/') { "" } else { "/" };
    servers.urls.push(format!("{scheme}://{host}{slash}{base}"));
}

fn one(server: &Tree, servers: &mut Servers) {
    let Some(url) = server.word("url") else { return };
    let mut url = url.trim_end_matches('/').to_owned();
    if url.is_empty() || url.starts_with('/') {
        servers.relative.get_or_insert(url);
        return;
    }
    if !url.contains("://") {
        url =
            if let Some(rest) = url.strip_prefix("//") { format!("https://{rest}") } else { format!("https://{url}") };
    }
    let variables = server.get("variables");
    let mut out = String::new();
    let mut rest = url.as_str();
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        out.push_str(before);
        let told = variables.and_then(|all| all.get(name)).unwrap_or(&Tree::Null);
        out.push_str(&reference(&input(servers, name, told)));
        rest = after;
    }
    out.push_str(rest);
    if !servers.urls.contains(&out) {
        servers.urls.push(out);
    }
}

/// The input of a server's variable.
fn input(servers: &mut Servers, variable: &str, told: &Tree) -> String {
    let name = identifier(variable, "server");
    if servers.inputs.iter().any(|input| input.name == name) {
        return name;
    }
    let options: Vec<String> = told.list("enum").iter().filter_map(Tree::text).collect();
    // A default that only shows where a person's own goes is none.
    let default = told.word("default").filter(|text| {
        let plain = text.to_ascii_lowercase();
        !plain.starts_with("your") && !plain.contains("example") && !text.contains(['<', '{'])
    });
    servers.inputs.push(ConfigInput {
        title: title(&name),
        description: crate::collection::tidy(&told.word("description").unwrap_or_default(), 200),
        kind: if options.is_empty() { ConfigType::String } else { ConfigType::Enum },
        required: true,
        default: default.filter(|text| options.is_empty() || options.contains(text)).map(Value::from),
        options,
        name: name.clone(),
        ..ConfigInput::default()
    });
    name
}
