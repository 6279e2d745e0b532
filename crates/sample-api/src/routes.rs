//! From a request to an answer.

use crate::auth::{Auth, KEY_HEADER, KEY_PARAMETER, SAMPLE_USER};
use crate::conn::Line;
use crate::data::Collection;
use crate::doors::Doors;
use crate::fault::{Fault, FaultKind, Faults};
use crate::library::Library;
use crate::log::{Log, Logged};
use crate::oauth::Tokens;
use crate::page::{self, Ask};
use crate::write;
use crate::{admin, broken, docs, doors, examples, query};
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The largest body that is read.
const LARGEST_BODY: usize = 1_000_000;

/// All that the server knows.
#[derive(Debug)]
pub struct Shared {
    /// The records.
    pub library: Mutex<Library>,
    /// The faults that are set.
    pub faults: Mutex<Faults>,
    /// The requests seen.
    pub log: Mutex<Log>,
    /// What the ways in remember.
    pub doors: Mutex<Doors>,
    /// What the OAuth provider has given out.
    pub tokens: Mutex<Tokens>,
}

/// Takes a lock; what a panicking holder left behind is still sample data.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request, read.
pub struct Asked {
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: String,
    /// Its parameters.
    pub query: query::Pairs,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Asked {
    async fn read(request: Request<Body>) -> Option<Self> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, LARGEST_BODY).await.ok()?;
        Some(Self {
            method: parts.method,
            path: parts.uri.path().to_owned(),
            query: query::parse(parts.uri.query().unwrap_or("")),
            headers: parts.headers,
            body: body.to_vec(),
        })
    }

    /// The server as the client named it: `http://127.0.0.1:8123`.
    pub fn base(&self) -> String {
        let host = self.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or("127.0.0.1");
        format!("http://{host}")
    }
}

/// An error with a status, as JSON.
pub fn error(status: StatusCode, code: &str, message: &str) -> Response {
    (status, axum::Json(json!({"error": {"code": code, "message": message, "docs": "/"}}))).into_response()
}

/// Answers a request.
pub async fn answer(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request<Body>,
) -> Response {
    let Some(asked) = Asked::read(request).await else {
        return error(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The body is too large, or broke off.");
    };
    let parts: Vec<&str> = asked.path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => axum::Json(docs::page(&asked.base())).into_response(),
        ["admin", rest @ ..] => admin::answer(&shared, &asked, rest),
        _ => {
            let mut logged = Logged::new(asked.method.as_str(), &asked.path, &asked.query, &asked.headers);
            let (response, reset) = collection(&shared, &asked, &parts).await;
            logged.status = if reset { 0 } else { response.status().as_u16() };
            lock(&shared.log).push(logged);
            if reset {
                line.reset();
            }
            response
        }
    }
}

/// An answer, and whether the connection is reset instead.
async fn collection(shared: &Shared, asked: &Asked, parts: &[&str]) -> (Response, bool) {
    let name = parts.get(1).copied().unwrap_or("");
    let fault = lock(&shared.faults).meet(name, &asked.path, &asked.query);
    let kind = fault.as_ref().map(|fault| fault.kind);
    match &fault {
        Some(fault) if fault.kind == FaultKind::Slow => {
            tokio::time::sleep(Duration::from_millis(fault.ms.unwrap_or(1_000))).await
        }
        Some(Fault { kind: FaultKind::Reset, .. }) => return (StatusCode::OK.into_response(), true),
        _ => {}
    }
    let right = right(shared, asked, parts, kind).unwrap_or_else(|refusal| *refusal);
    match fault {
        // Who may not in, meets no fault of the data.
        Some(fault) if right.status().is_success() => {
            let auth = parts.first().and_then(|prefix| Auth::of_prefix(prefix)).unwrap_or(Auth::Open);
            (broken::spoil(&fault, auth, right).await, false)
        }
        _ => (right, false),
    }
}

/// The answer when nothing goes wrong but perhaps the paging.
fn right(shared: &Shared, asked: &Asked, parts: &[&str], fault: Option<FaultKind>) -> Result<Response, Box<Response>> {
    if let ["redirect"] = parts {
        return redirect(asked);
    }
    let unknown = || nothing(asked);
    let prefix = parts.first().copied().unwrap_or_default();
    if let Some(answer) = doors::login(&shared.doors, asked, parts) {
        return Ok(answer);
    }
    if let Some(entered) = doors::enter(&shared.doors, asked, prefix) {
        let extra = entered?;
        return inside(shared, asked, parts, (Auth::Open, fault)).map(|response| doors::dress(response, extra));
    }
    if let ["oauth", part] = parts
        && let Some(response) = lock(&shared.tokens).answer(asked, &asked.base(), part)
    {
        return Ok(response);
    }
    let auth = Auth::of_prefix(prefix).ok_or_else(unknown)?;
    match auth {
        Auth::Token => lock(&shared.tokens).check(&asked.headers)?,
        auth => auth.check(&asked.headers, &asked.query)?,
    }
    inside(shared, asked, parts, (auth, fault))
}

/// The answer to who may in.
fn inside(
    shared: &Shared,
    asked: &Asked,
    parts: &[&str],
    (auth, fault): (Auth, Option<FaultKind>),
) -> Result<Response, Box<Response>> {
    let unknown = || nothing(asked);
    let name = parts.get(1).ok_or_else(unknown)?;
    let kept: query::Pairs = asked.query.iter().filter(|(name, _)| name != KEY_PARAMETER).cloned().collect();
    let base = asked.base();
    if let Some(answer) = write::answer(&mut lock(&shared.library), asked, &parts[1..]) {
        return Ok(answer);
    }
    let library = lock(&shared.library);
    let ask = |collection, query| Ask { collection, query, path: &asked.path, base: &base, fault, library: &library };
    match (&parts[1..], Collection::named(name)) {
        (["examples", name], _) => {
            only(asked, &Method::GET)?;
            examples::answer(name).ok_or_else(unknown)
        }
        (["me"], _) => Ok(axum::Json(identity(auth)).into_response()),
        (["search"], _) => {
            only(asked, &Method::POST)?;
            let (collection, query) = read_search(&asked.body)?;
            page::search(&Ask { query: &query, ..ask(collection, &[]) })
        }
        ([_], Some(collection)) => {
            only(asked, &Method::GET)?;
            // The next page's URL has no key in it: each request brings its own.
            page::page(&ask(collection, &kept))
        }
        ([_, id], Some(collection)) => {
            only(asked, &Method::GET)?;
            let index = library.find(collection, id).ok_or_else(unknown)?;
            Ok(axum::Json(library.record(collection, index)).into_response())
        }
        _ => Err(unknown()),
    }
}

fn nothing(asked: &Asked) -> Box<Response> {
    let message = format!("There is nothing at {}. The list of everything is at /.", asked.path);
    Box::new(error(StatusCode::NOT_FOUND, "not_found", &message))
}

fn only(asked: &Asked, method: &Method) -> Result<(), Box<Response>> {
    if asked.method == *method || (*method == Method::GET && asked.method == Method::HEAD) {
        return Ok(());
    }
    let message = format!("{} takes {method}, not {}.", asked.path, asked.method);
    let mut response = error(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", &message);
    if let Ok(value) = method.as_str().parse() {
        response.headers_mut().insert(header::ALLOW, value);
    }
    Err(Box::new(response))
}

fn redirect(asked: &Asked) -> Result<Response, Box<Response>> {
    let to = asked.query.iter().find(|(name, _)| name == "to").map(|(_, value)| value.as_str()).unwrap_or("");
    if to.is_empty() || to.chars().any(char::is_control) {
        return Err(Box::new(page::bad_request("Say where to: /redirect?to=URL.")));
    }
    Ok((StatusCode::FOUND, [(header::LOCATION, to)]).into_response())
}

fn identity(auth: Auth) -> Value {
    let with = match auth {
        Auth::Open => "nothing".to_owned(),
        Auth::Bearer => "a bearer token".to_owned(),
        Auth::Header => format!("the header {KEY_HEADER}"),
        Auth::Query => format!("the parameter {KEY_PARAMETER}"),
        Auth::Basic => "user name and password".to_owned(),
        Auth::Token => "an access token".to_owned(),
    };
    json!({"id": 1, "user": SAMPLE_USER, "email": "sample@example.com", "name": "Sämple Üser", "signed_in_with": with})
}

/// A search's body: `{"collection": "customers", "cursor": null, "limit": 100, "updated_since": null}`.
fn read_search(body: &[u8]) -> Result<(Collection, query::Pairs), Box<Response>> {
    let bad = |message: &str| Box::new(page::bad_request(message));
    let value: Value = serde_json::from_slice(body).map_err(|fault| bad(&format!("The body is not JSON: {fault}")))?;
    let object = value.as_object().ok_or_else(|| bad("The body must be a JSON object."))?;
    let name = object.get("collection").and_then(Value::as_str).unwrap_or("customers");
    let collection = Collection::named(name).ok_or_else(|| bad(&format!("There is no collection `{name}`.")))?;
    let query = object.iter().filter_map(|(name, value)| match value {
        Value::String(text) => Some((name.clone(), text.clone())),
        Value::Number(number) => Some((name.clone(), number.to_string())),
        _ => None,
    });
    Ok((collection, query.collect()))
}
