//! From a call to a draft: names, the auth with its secrets taken out, the rest of the request.

mod address;
mod body;
mod headers;
mod names;
mod query;
mod telling;
mod vault;

use crate::RequestDraft;
use definition::Problem;
use definition::model::{
    ApiKeyAuth, ApiKeyPlace, Auth, BasicAuth, BearerAuth, Body, Definition, DigestAuth, Duration, FORMAT_VERSION, Http,
    Method, Request, Stream, Template,
};
use vault::Vault;

pub(crate) use names::{connector as connector_name, identifier, stream as stream_name, title};
pub(crate) use telling::secret as is_secret;
pub(crate) use vault::literal;

/// A call that was pasted, before its secrets are told from the rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call {
    /// The method.
    pub method: Method,
    /// The URL as it was written.
    pub address: String,
    /// More of the query, encoded.
    pub query: String,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub data: Option<String>,
    /// Whether the body was said to be JSON.
    pub json: bool,
    /// The user name, and the password where it was given.
    pub user: Option<(String, Option<String>)>,
    /// Whether the user name goes by challenge.
    pub digest: bool,
    /// The whole time of a request, in seconds.
    pub timeout: Option<u32>,
    /// What was not taken over.
    pub losses: Vec<String>,
}

/// What is being made.
#[derive(Debug, Default)]
struct Making {
    vault: Vault,
    auth: Auth,
    request: Request,
    notes: Vec<String>,
    losses: Vec<String>,
}

/// Makes the draft. `source` names what was pasted, for the notes: `the URL`, `the curl command`.
pub(crate) fn build(call: Call, source: &str) -> Result<RequestDraft, Problem> {
    let (mut url, note) = address::read(&call.address)?;
    let mut making = Making { notes: note.into_iter().collect(), losses: call.losses, ..Making::default() };
    making.request.method = call.method;
    if let Some((user, password)) = call.user.or_else(|| address::user(&url)) {
        making.auth = basic(&mut making, &user, password.as_deref(), call.digest);
    }
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    if !call.query.is_empty() {
        let joined = url.query().filter(|query| !query.is_empty()).map(|query| format!("{query}&{}", call.query));
        url.set_query(Some(joined.as_deref().unwrap_or(&call.query)));
    }
    let content_type = headers::read(&mut making, &call.headers);
    let repeated = query::read(&mut making, &url);
    if let Some(data) = call.data {
        making.request.body = Some(body::read(&mut making, data, content_type.as_deref(), call.json));
    }
    let segments: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
    let stream = body::graphql_name(making.request.body.as_ref()).unwrap_or_else(|| names::stream(&segments));
    let (base_url, path) = address::split(&mut making, &url, &segments);
    making.request.path = Template(path + &repeated);
    let http = Http {
        base_url: base_url.into(),
        auth: std::mem::take(&mut making.auth),
        timeout: call.timeout.map(|seconds| Duration(format!("{seconds}s"))),
        ..Http::default()
    };
    Ok(finish(making, http, names::connector(&url), stream, source))
}

fn finish(mut making: Making, http: Http, name: String, stream: String, source: &str) -> RequestDraft {
    match making.vault.secrets.len() {
        0 => {}
        1 => making.notes.push(format!("The key in {source} went to the keyring; the definition only refers to it.")),
        n => {
            making.notes.push(format!("{n} keys in {source} went to the keyring; the definition only refers to them."))
        }
    }
    for input in &making.vault.unnamed {
        making.notes.push(format!("The value of `{input}` does not stand in {source}; you will be asked for it."));
    }
    let title = names::title(&name);
    let definition = Definition {
        tapwright: FORMAT_VERSION,
        title,
        name,
        version: "0.1.0".to_owned(),
        description: String::new(),
        docs: String::new(),
        config: making.vault.inputs,
        http: Some(http),
        check: None,
        streams: vec![Stream { name: stream, request: making.request, ..Stream::default() }],
        actions: Vec::new(),
        webhooks: Vec::new(),
        destinations: Vec::new(),
        hooks: Vec::new(),
    };
    RequestDraft {
        definition,
        secrets: making.vault.secrets,
        values: making.vault.values,
        notes: making.notes,
        losses: making.losses,
    }
}

/// User name and password. A user name with no real password is itself the key.
fn basic(making: &mut Making, user: &str, password: Option<&str>, digest: bool) -> Auth {
    const STAND_INS: &[&str] = &["x", "X", "api_token", "x-oauth-basic", "any", "anything", "-", "unused"];
    let password = password.map(str::to_owned);
    let (username, password) = match password.as_deref() {
        Some(stand_in) if (stand_in.is_empty() || STAND_INS.contains(&stand_in)) && !user.is_empty() => {
            (making.vault.secret("api_key", "API key", user), vault::literal(stand_in).into())
        }
        given => {
            let key = telling::well_known(user) || (telling::opaque(user) && !user.contains('@'));
            let username = match (user.is_empty(), key) {
                (true, _) => Template::default(),
                (_, true) => making.vault.secret("username", "User name", user),
                (_, false) => making.vault.value("username", "User name", user),
            };
            (username, making.vault.secret("password", "Password", given.unwrap_or_default()))
        }
    };
    if digest { Auth::Digest(DigestAuth { username, password }) } else { Auth::Basic(BasicAuth { username, password }) }
}

fn bearer(making: &mut Making, token: &str) -> Auth {
    Auth::Bearer(BearerAuth { token: making.vault.secret("api_token", "API token", token) })
}

/// A key at a place: the connector's auth if it has none yet. What is left is to be put where it was by the caller.
fn api_key(making: &mut Making, place: ApiKeyPlace, name: &str, prefix: &str, value: &str) -> Option<Template> {
    let wanted = telling::plain_name(name);
    let free = making.auth == Auth::None;
    let generic = ["key", "token", "auth", "authorization", "apikey", "appid"].contains(&wanted.as_str());
    let (wanted, title) = match place {
        ApiKeyPlace::Cookie => ("session_cookie".to_owned(), "Session cookie".to_owned()),
        _ if generic => ("api_key".to_owned(), "API key".to_owned()),
        _ => (wanted, name.to_owned()),
    };
    let template = making.vault.secret(&wanted, &title, value);
    if !free {
        return Some(template);
    }
    making.auth = Auth::ApiKey(ApiKeyAuth { place, name: name.to_owned(), value: template, prefix: prefix.to_owned() });
    None
}

/// Whether a body is JSON.
fn is_json(body: &Body) -> bool {
    matches!(body, Body::Json(_))
}
