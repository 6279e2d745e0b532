//! The token request and what its answer says, with the ways in which providers leave the standard.

use super::expiry;
use super::spec::Spec;
use crate::http::auth::wire::{AuthAnswer, AuthLine, AuthRequest};
use crate::http::{first_words, shown_host};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use definition::model::{CredentialPlace, Method, TokenEncoding};
use definition::{Problem, ProblemKind, Secret, Stage};
use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;
use zeroize::Zeroizing;

/// What an answer gave.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    pub access: Secret,
    pub refresh: Option<Secret>,
    pub expires_at: Option<Timestamp>,
    pub account: Option<String>,
    pub scope: Option<String>,
}

/// Parameters of a request.
pub(super) type Params = Vec<(String, Secret)>;

/// One parameter.
pub(super) fn param(name: &str, value: &str) -> (String, Secret) {
    (name.to_owned(), Secret::new(value))
}

/// Asks for a token with a grant's parameters.
pub(super) async fn ask(spec: &Spec, line: &AuthLine, params: Params) -> Result<Granted, Box<Problem>> {
    let mut params = params;
    params.extend(spec.token_params.iter().cloned());
    let send = |raw: bool| {
        let request = request(spec, "token", &spec.token_url, &params, raw);
        async move { line.send(&request, |answer| read(spec, &request, answer, line)).await }
    };
    match send(false).await {
        // Not every provider takes the percent-encoding off that RFC 6749 asks for.
        Err(problem) if problem.code == "oauth_invalid_client" && encoding_matters(spec) => send(true).await,
        done => done,
    }
}

/// A request to the provider with the client's credentials on it.
pub(super) fn request(
    spec: &Spec,
    what: &'static str,
    url: &Url,
    params: &[(String, Secret)],
    raw: bool,
) -> AuthRequest {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut pairs: Vec<(&str, &str)> = params.iter().map(|(name, value)| (name.as_str(), value.open())).collect();
    let secret = spec.client_secret.as_ref().map(Secret::open);
    match (spec.place, secret) {
        (CredentialPlace::Basic, Some(secret)) => {
            let pair = Zeroizing::new(match raw {
                true => format!("{}:{secret}", spec.client_id),
                false => format!("{}:{}", percent(&spec.client_id), percent(secret)),
            });
            headers.push(("Authorization".to_owned(), format!("Basic {}", STANDARD.encode(pair.as_bytes()))));
        }
        (_, secret) => {
            let missing = |name: &str| !params.iter().any(|(have, _)| have == name);
            if missing("client_id") {
                pairs.push(("client_id", &spec.client_id));
            }
            if let Some(secret) = secret.filter(|_| missing("client_secret")) {
                pairs.push(("client_secret", secret));
            }
        }
    }
    let (content_type, body) = match spec.encoding {
        TokenEncoding::Form => ("application/x-www-form-urlencoded", form(&pairs)),
        TokenEncoding::Json => ("application/json", json(&pairs)),
    };
    headers.push(("Content-Type".to_owned(), content_type.to_owned()));
    for (name, value) in &spec.token_headers {
        headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
        headers.push((name.clone(), value.open().to_owned()));
    }
    AuthRequest { what, method: Method::Post, url: url.clone(), headers, body: Some(body) }
}

fn encoding_matters(spec: &Spec) -> bool {
    let differs = |text: &str| percent(text) != text;
    spec.place == CredentialPlace::Basic
        && spec.client_secret.as_ref().is_some_and(|secret| differs(secret.open()) || differs(&spec.client_id))
}

fn percent(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn form(pairs: &[(&str, &str)]) -> Bytes {
    Bytes::from(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

fn json(pairs: &[(&str, &str)]) -> Bytes {
    let map: Map<String, Value> = pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
    Bytes::from(Value::Object(map).to_string())
}

/// Reads an answer: a token, or why there is none.
fn read(spec: &Spec, request: &AuthRequest, answer: &AuthAnswer, line: &AuthLine) -> Result<Granted, Problem> {
    let value = parse(answer);
    learn(&value, line);
    if let Some(problem) = refusal(request, answer, &value) {
        return Err(problem);
    }
    let text = value.to_string();
    let find = |path: &crate::json::Path| {
        let raw = path.first(&text)?;
        let found = serde_json::from_str::<Value>(raw).ok()?;
        let found = found.as_str().map(str::to_owned).or_else(|| found.is_number().then(|| found.to_string()))?;
        Some(found).filter(|found| !found.trim().is_empty())
    };
    let access = find(&spec.fields.access).ok_or_else(|| tokenless(request, answer, &value))?;
    let access = access.trim().to_owned();
    if !access.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        let message = format!("The token that {} gave can't be sent in a header.", shown_host(&request.url));
        return Err(Problem::new("bad_token", ProblemKind::Data, Stage::Auth, message));
    }
    line.learn(&access);
    let refresh = find(&spec.fields.refresh);
    if let Some(refresh) = &refresh {
        line.learn(refresh);
    }
    let expires_at = match &spec.fields.expires {
        Some(path) => path.first(&text).and_then(|raw| serde_json::from_str(raw).ok()),
        None => expiry::USUAL.iter().find_map(|name| value.get(name).filter(|found| !found.is_null()).cloned()),
    };
    let expires_at = expires_at.and_then(|found: Value| expiry::read(&found, line.now()));
    let account = value.get("id_token").and_then(Value::as_str).and_then(account);
    let scope = scope_of(&value["scope"]).map(|scope| line.parts.redactor.text(&scope));
    Ok(Granted { access: Secret::new(access), refresh: refresh.map(Secret::new), expires_at, account, scope })
}

/// The scopes of an answer: words in one text, or a list.
fn scope_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The answer as a value: JSON, or a form as some providers still answer.
pub(in crate::http::auth) fn parse(answer: &AuthAnswer) -> Value {
    if let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_slice(&answer.body) {
        return value;
    }
    let text = String::from_utf8_lossy(&answer.body);
    let text = text.trim();
    if text.starts_with(['<', '{', '[', '"']) || !text.contains('=') || text.contains(['\n', ' ']) {
        return Value::Null;
    }
    let pairs = url::form_urlencoded::parse(text.as_bytes()).into_owned();
    Value::Object(pairs.map(|(name, value)| (name, Value::String(value))).collect())
}

/// Masks every value that its name calls a token, a secret or a code, whether it is used here or not.
pub(in crate::http::auth) fn learn(value: &Value, line: &AuthLine) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                let name = name.to_ascii_lowercase();
                let secret = ["token", "secret", "assertion", "device_code", "password"];
                let plain = ["_type", "_uri", "_url", "_endpoint", "_at", "_in"];
                match value {
                    Value::String(text)
                        if secret.iter().any(|word| name.contains(word))
                            && !plain.iter().any(|tail| name.ends_with(tail)) =>
                    {
                        line.learn(text);
                    }
                    inner => learn(inner, line),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| learn(item, line)),
        _ => {}
    }
}

/// What an answer refuses, if it does: by its status, or with an error inside a 200.
pub(in crate::http::auth) fn refusal(request: &AuthRequest, answer: &AuthAnswer, value: &Value) -> Option<Problem> {
    let good = (200..300).contains(&answer.status);
    let error = match value.get("error") {
        Some(Value::String(word)) if !word.is_empty() => Some(word.clone()),
        Some(Value::Object(inner)) => {
            let word = ["code", "type", "status", "message"].iter().find_map(|name| inner.get(*name)?.as_str());
            Some(word.unwrap_or("error").to_owned())
        }
        _ => None,
    };
    if good && error.is_none() {
        return None;
    }
    let host = shown_host(&request.url);
    let Some(word) = error else {
        return Some(by_status(request.what, &host, answer));
    };
    let told = ["error_description", "error_message", "message", "detail"];
    let told =
        told.iter().find_map(|name| value.get(name)?.as_str()).or_else(|| value.get("error")?.get("message")?.as_str());
    let told = told.filter(|told| *told != word).map(|told| format!(" ({})", shorten(told))).unwrap_or_default();
    let word = shorten(&word);
    let message = format!("{host} refused the {} request: {word}{told}.", request.what);
    let code: String = word.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect();
    let mut problem = Problem::new(&format!("oauth_{code}"), ProblemKind::Auth, Stage::Auth, message);
    if let Some(hint) = hint(&word) {
        problem = problem.hint(hint);
    }
    Some(problem)
}

fn hint(error: &str) -> Option<&'static str> {
    Some(match error {
        "invalid_client" => {
            "Check the client id and the client secret, and whether the provider wants them in the body or as basic \
             auth (http.auth.credentials)."
        }
        "invalid_grant" => "What was given is mistyped, used up, or no longer good.",
        "unauthorized_client" => {
            "The provider does not let this client use this grant: look at the app's registration."
        }
        "unsupported_grant_type" => "The provider does not know this grant: choose another in http.auth.grant.",
        "invalid_scope" => {
            "The provider does not know a scope, or does not give it to this client: see http.auth.scopes."
        }
        "access_denied" => "The sign-in was refused. Sign in again, and allow the access.",
        "invalid_request" => "The provider misses something in the request, or does not take a part of it.",
        _ => return None,
    })
}

fn by_status(what: &str, host: &str, answer: &AuthAnswer) -> Problem {
    let message = format!("{host} answered the {what} request with {}.", answer.status);
    let detail = first_words(&answer.body);
    let make = |code: &str, kind: ProblemKind, hint: &str| {
        Problem::new(code, kind, Stage::Auth, message.clone()).hint(hint).detail(detail.clone())
    };
    match answer.status {
        429 => make("rate_limited", ProblemKind::RateLimit, "Try again later.").retryable(),
        500..=599 => make("server_error", ProblemKind::Server, "Try again later.").retryable(),
        404 | 405 | 410 => make("token_url", ProblemKind::Config, "Check the address in http.auth."),
        _ => make("oauth_refused", ProblemKind::Auth, "Check the client id, the client secret and the grant."),
    }
}

fn tokenless(request: &AuthRequest, answer: &AuthAnswer, value: &Value) -> Problem {
    let host = shown_host(&request.url);
    let message = format!("The answer of {host} to the token request has no token where it should be.");
    let names = value.as_object().map(|map| map.keys().map(|key| shorten(key)).collect::<Vec<_>>().join(", "));
    let problem = Problem::new("no_token", ProblemKind::Data, Stage::Auth, message)
        .hint("Name its place in http.auth.access_token_field.")
        .field("http.auth.access_token_field");
    match names.filter(|names| !names.is_empty()) {
        Some(names) => problem.detail(format!("The answer has: {names}.")),
        None => problem.detail(first_words(&answer.body)),
    }
}

/// Who signed in, by an ID token. It came from the token URL itself, so its signature need not be checked (OpenID
/// Connect Core, 3.1.3.7).
fn account(token: &str) -> Option<String> {
    let claims = token.split('.').nth(1)?.trim_end_matches('=');
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let names = ["email", "preferred_username", "name", "sub"];
    names.iter().find_map(|name| claims.get(name)?.as_str()).filter(|name| !name.is_empty()).map(shorten)
}

fn shorten(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    clean.trim().trim_end_matches('.').to_owned()
}
