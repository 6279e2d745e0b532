//! The trust sheet: whom a definition calls, what it asks for and where each value may go. Nothing is sent for it.

use crate::contract::{InputAsk, TrustSheet};
use definition::model::{ApiKeyPlace, Auth, ConfigInput, ConfigType, Http};
use definition::model::{DatabaseSource, Source};
use definition::{Definition, to_yaml};
use regex::Regex;
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::net::IpAddr;
use std::sync::LazyLock;

/// The sheet of a definition. `given` are the names of secrets that are kept already.
pub(crate) fn trust_sheet(definition: &Definition, given: &[String], values: &BTreeMap<String, Value>) -> TrustSheet {
    let hosts = hosts(definition);
    let text = OnceCell::new();
    let ask = |input: &ConfigInput| ask(input, (definition, &text), &hosts, given, values);
    TrustSheet {
        title: if definition.title.is_empty() { definition.name.clone() } else { definition.title.clone() },
        description: definition.description.clone(),
        bundled: false,
        docs: definition.docs.clone(),
        requests: requests(definition),
        asks: definition.config.iter().map(ask).collect(),
        warnings: warnings(definition, &hosts),
        hosts,
    }
}

/// The hosts that credentials and requests may go to. `{subdomain}.acme.test` hangs on a value.
fn hosts(definition: &Definition) -> Vec<String> {
    let mut hosts = Vec::new();
    let mut add = |host: String| {
        if !host.is_empty() && !hosts.contains(&host) {
            hosts.push(host);
        }
    };
    if let Some(http) = &definition.http {
        add(host_of(http.base_url.as_str()));
        http.hosts.iter().for_each(|host| add(braces(host.as_str())));
        provider_urls(&http.auth).into_iter().for_each(|url| add(host_of(url)));
    }
    for stream in &definition.streams {
        match &stream.source {
            Source::Http => add(host_of(stream.request.path.as_str())),
            Source::Database(database) => add(database_place(database)),
            Source::Files(_) => {}
        }
    }
    hosts
}

/// The server of a database, or the file that is one.
fn database_place(database: &DatabaseSource) -> String {
    match host_of(database.url.as_str()) {
        host if host.is_empty() => braces(database.url.as_str()),
        host => host,
    }
}

/// Where an auth sends secrets or people to, beside the API itself.
fn provider_urls(auth: &Auth) -> Vec<&str> {
    match auth {
        Auth::OAuth2(oauth) => {
            let more = [&oauth.authorize_url, &oauth.device_url].into_iter().flatten();
            more.chain([&oauth.token_url]).map(|url| url.as_str()).collect()
        }
        Auth::Jwt(jwt) => jwt.exchange.iter().map(|exchange| exchange.token_url.as_str()).collect(),
        Auth::Session(session) => {
            let second = session.second_factor.iter().map(|second| second.request.path.as_str());
            second.chain([session.login.path.as_str()]).collect()
        }
        Auth::Select(select) => select.options.values().flat_map(provider_urls).collect(),
        Auth::None | Auth::ApiKey(_) | Auth::Basic(_) | Auth::Bearer(_) | Auth::Digest(_) | Auth::AwsSigV4(_) => {
            Vec::new()
        }
    }
}

/// The host and port of a URL whose expressions are shown in braces.
fn host_of(url: &str) -> String {
    let url = braces(url);
    let Some((_, rest)) = url.split_once("://") else { return String::new() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_owned()
}

/// `{{ config.subdomain }}` as `{subdomain}`, any other expression as `{…}`.
fn braces(text: &str) -> String {
    static EXPRESSION: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{\{\s*(.*?)\s*\}\}").ok());
    let Some(expression) = EXPRESSION.as_ref().filter(|_| text.contains("{{")) else { return text.to_owned() };
    let shown = |found: &regex::Captures<'_>| {
        let inner = found.get(1).map(|inner| inner.as_str()).unwrap_or_default();
        let name =
            inner.strip_prefix("config.").filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        name.map_or_else(|| "{…}".to_owned(), |name| format!("{{{name}}}"))
    };
    expression.replace_all(text, shown).into_owned()
}

fn requests(definition: &Definition) -> Vec<String> {
    let base = definition.http.as_ref().map(|http| braces(http.base_url.as_str())).unwrap_or_default();
    let base = base.trim_end_matches('/');
    let line = |request: &definition::model::Request| {
        let path = braces(request.path.as_str());
        let url = match path.as_str() {
            "" => base.to_owned(),
            whole if whole.contains("://") => whole.to_owned(),
            path => format!("{base}/{}", path.trim_start_matches('/')),
        };
        format!("{} {url}", request.method.as_str())
    };
    let check = definition.check.iter().map(|check| line(&check.request));
    let of_stream = |stream: &definition::model::Stream| match &stream.source {
        Source::Database(database) => {
            let what =
                database.table.as_deref().map_or_else(|| "a query".to_owned(), |table| format!("the table {table}"));
            format!("SELECT {what} from {}", database_place(database))
        }
        Source::Files(files) => {
            let glob = if files.glob.is_empty() { "data files" } else { &files.glob };
            format!("READ {glob} in {}", braces(files.folder.as_str()))
        }
        Source::Http => line(&stream.request),
    };
    let mut told = HashSet::new();
    let all = check.chain(definition.streams.iter().map(of_stream));
    all.filter(|text| told.insert(text.clone())).collect()
}

fn ask(
    input: &ConfigInput,
    of: (&Definition, &OnceCell<String>),
    hosts: &[String],
    given: &[String],
    values: &BTreeMap<String, Value>,
) -> InputAsk {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    InputAsk {
        name: input.name.clone(),
        title: if input.title.is_empty() { input.name.clone() } else { input.title.clone() },
        description: input.description.clone(),
        kind: input.kind,
        required: input.required,
        default: values.get(&input.name).or(input.default.as_ref()).map(text),
        options: input.options.clone(),
        goes_to: goes_to(input, of, hosts),
        given: given.contains(&input.name) || values.contains_key(&input.name),
    }
}

/// Where a value may go, in words. The definition's text without its inputs is written once for all of them.
fn goes_to(input: &ConfigInput, (definition, text): (&Definition, &OnceCell<String>), hosts: &[String]) -> String {
    let only = match hosts {
        // The address itself is asked for.
        [] => "to the host of the address that you give".to_owned(),
        [one] => format!("to {one} only"),
        many => format!("to {}", many.join(", ")),
    };
    if let Some(place) = definition.http.as_ref().and_then(|http| place(input, http)) {
        return format!("{place}, {only}");
    }
    let reference = Regex::new(&format!(r"config\.{}\b", regex::escape(&input.name)));
    let used = |text: &str| reference.as_ref().is_ok_and(|reference| reference.is_match(text));
    if definition.http.as_ref().is_some_and(|http| used(http.base_url.as_str())) {
        return "the address itself".to_owned();
    }
    let text = text.get_or_init(|| {
        let mut rest = definition.clone();
        rest.config.clear();
        to_yaml(&rest)
    });
    if used(text) { format!("the requests, {only}") } else { "nowhere: it is not used".to_owned() }
}

/// The place of a credential that the auth refers to.
fn place(input: &ConfigInput, http: &Http) -> Option<String> {
    let refers = |text: &str| text.contains(&format!("config.{}", input.name));
    match &http.auth {
        Auth::Bearer(bearer) if refers(bearer.token.as_str()) => Some("the header Authorization".to_owned()),
        Auth::Basic(basic) if refers(basic.username.as_str()) || refers(basic.password.as_str()) => {
            Some("the header Authorization".to_owned())
        }
        Auth::ApiKey(key) if refers(key.value.as_str()) => Some(match key.place {
            ApiKeyPlace::Header => format!("the header {}", key.name),
            ApiKeyPlace::Query => format!("the parameter {} of the address", key.name),
            ApiKeyPlace::Cookie => format!("the cookie {}", key.name),
            ApiKeyPlace::Body => format!("{} in the body", key.name),
        }),
        _ => None,
    }
}

fn warnings(definition: &Definition, hosts: &[String]) -> Vec<String> {
    let mut warnings = Vec::new();
    let base = definition.http.as_ref().map(|http| http.base_url.as_str()).unwrap_or_default();
    let local = |host: &str| is_private(host);
    if base.starts_with("http://") && !local(&host_of(base)) {
        warnings.push("It sends over http: what it sends and reads can be seen by others on the way.".to_owned());
    }
    for host in hosts.iter().filter(|host| local(host)) {
        warnings.push(format!("It calls {host}, an address on this machine or in its own network."));
    }
    if hosts.len() > 1 && definition.config.iter().any(|input| input.kind == ConfigType::Secret) {
        warnings.push(format!("Your key may go to {} hosts: {}.", hosts.len(), hosts.join(", ")));
    }
    let writes = definition.streams.iter().any(|stream| {
        use definition::model::Method;
        matches!(stream.request.method, Method::Put | Method::Patch | Method::Delete)
    });
    if writes {
        warnings.push("A stream changes something on the server when it is read.".to_owned());
    }
    if hosts.iter().any(|host| host.starts_with('{')) {
        warnings.push("The host is a value that you give: your key goes wherever it says.".to_owned());
    }
    warnings
}

/// Whether a host is this machine or a private network.
fn is_private(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
        Err(_) => name == "localhost" || name.ends_with(".localhost") || name.ends_with(".local"),
    }
}

#[cfg(test)]
mod tests {
    use super::{braces, trust_sheet};
    use definition::Document;
    use std::collections::BTreeMap;

    #[test]
    fn the_sheet_says_who_is_called_and_where_values_go() {
        let text = r#"
tapwright: 1
name: acme
config:
  - {name: subdomain, required: true}
  - {name: api_token, type: secret}
  - {name: start}
http:
  base_url: "https://{{ config.subdomain }}.acme.test/api"
  auth: {type: bearer, token: "{{ config.api_token }}"}
streams:
  - {name: a, request: {path: /a}}
  - {name: b, request: {path: "/b/{{ partition.x }}"}}
"#;
        let document = Document::parse_shape(text).expect("a definition");
        let sheet = trust_sheet(document.definition(), &["api_token".to_owned()], &BTreeMap::new());
        assert_eq!(sheet.hosts, ["{subdomain}.acme.test"]);
        assert_eq!(
            sheet.requests,
            ["GET https://{subdomain}.acme.test/api/a", "GET https://{subdomain}.acme.test/api/b/{…}"]
        );
        let told: Vec<_> = sheet.asks.iter().map(|ask| (ask.goes_to.as_str(), ask.given)).collect();
        assert_eq!(
            told,
            [
                ("the address itself", false),
                ("the header Authorization, to {subdomain}.acme.test only", true),
                ("nowhere: it is not used", false)
            ]
        );
        assert!(sheet.warnings.iter().any(|warning| warning.contains("The host is a value")));
        assert_eq!(braces("{{ now() }}/x"), "{…}/x");
    }
}
