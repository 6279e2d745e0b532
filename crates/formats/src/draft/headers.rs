//! Headers: credentials told from what matters, and that from a browser's noise.

use super::{Making, api_key, basic, bearer, telling, vault};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::model::{ApiKeyPlace, Auth};

/// Headers that a browser or curl adds and no API needs.
const NOISE: &[&str] = &[
    "user-agent",
    "accept-language",
    "accept-encoding",
    "referer",
    "origin",
    "dnt",
    "priority",
    "connection",
    "host",
    "content-length",
    "if-none-match",
    "if-modified-since",
    "cache-control",
    "pragma",
    "te",
    "upgrade-insecure-requests",
    "x-requested-with",
    "keep-alive",
    "transfer-encoding",
    "expect",
    "via",
    "x-forwarded-for",
    "postman-token",
    "save-data",
    "upgrade",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "x-client-data",
    "authority",
];

/// Reads the headers into auth and request. Gives the content type, which the body decides on.
pub(super) fn read(making: &mut Making, headers: &[(String, String)]) -> Option<String> {
    let mut content_type = None;
    let mut dropped: Vec<&str> = Vec::new();
    let mut cookies: Vec<&str> = Vec::new();
    for (name, value) in headers {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "authorization" => authorization(making, value),
            "cookie" => cookies.push(value),
            "content-type" => content_type = Some(value.clone()),
            "accept" if value.contains("*/*") => {}
            _ if lower.starts_with("sec-") || lower.starts_with(':') || NOISE.contains(&lower.as_str()) => {
                dropped.push(name);
            }
            _ if telling::secret(name, value) || telling::opaque(value) => key(making, name, value),
            _ => {
                making.request.headers.insert(name.clone(), vault::literal(value).as_str().into());
            }
        }
    }
    read_cookies(making, &cookies);
    if !dropped.is_empty() {
        making.losses.push(format!("Headers that only a browser needs were left out: {}.", shown(&dropped)));
    }
    content_type
}

fn shown(names: &[&str]) -> String {
    let names = names.iter().filter(|name| name.len() <= 40 && !telling::well_known(name));
    names.map(|name| name.to_ascii_lowercase()).take(20).collect::<Vec<_>>().join(", ")
}

fn key(making: &mut Making, name: &str, value: &str) {
    let (prefix, value) = scheme(value).map_or((String::new(), value), |(word, rest)| (format!("{word} "), rest));
    if let Some(template) = api_key(making, ApiKeyPlace::Header, name, &prefix, value) {
        making.request.headers.insert(name.to_owned(), (prefix + template.as_str()).as_str().into());
    }
}

/// A value such as `Token abc`: the word and the rest.
fn scheme(value: &str) -> Option<(&str, &str)> {
    let (word, rest) = value.split_once(' ')?;
    let plain = word.chars().all(|c| c.is_ascii_alphabetic() || c == '-') && word.len() <= 20;
    (plain && !rest.trim().is_empty() && !rest.contains(' ')).then_some((word, rest.trim()))
}

fn authorization(making: &mut Making, value: &str) {
    if making.auth != Auth::None {
        making.losses.push("A second way to sign in (the Authorization header) was left out.".to_owned());
        return;
    }
    match scheme(value) {
        Some((word, token)) if word.eq_ignore_ascii_case("bearer") => making.auth = bearer(making, token),
        Some((word, token)) if word.eq_ignore_ascii_case("basic") => {
            let text = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            match text.as_deref().and_then(|text| text.split_once(':')) {
                Some((user, password)) => making.auth = basic(making, user, Some(password), false),
                None => key(making, "Authorization", value),
            }
        }
        Some(_) => key(making, "Authorization", value),
        None => {
            // `Token token="abc"`, AWS signatures and bare keys: the whole value is the secret.
            api_key(making, ApiKeyPlace::Header, "Authorization", "", value);
        }
    }
}

/// Session cookies become one secret; others are left out.
fn read_cookies(making: &mut Making, headers: &[&str]) {
    let pairs: Vec<(&str, &str)> = headers
        .iter()
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .collect();
    if pairs.is_empty() {
        return;
    }
    let session: Vec<_> = pairs
        .iter()
        .filter(|(name, value)| telling::session_cookie(name) || telling::well_known(value) || pairs.len() == 1)
        .collect();
    let left = pairs.len() - session.len();
    if making.auth != Auth::None || session.is_empty() {
        making
            .losses
            .push(format!("{} cookies were left out; the request has its own key or none is a session.", pairs.len()));
        return;
    }
    if left > 0 {
        making.losses.push(format!("{left} cookies that do not look like a session were left out."));
    }
    match session.as_slice() {
        [(name, value)] => {
            api_key(making, ApiKeyPlace::Cookie, name, "", value);
        }
        all => {
            let text = all.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
            let value = making.vault.secret("session_cookie", "Session cookies", &text);
            making.auth = Auth::ApiKey(definition::model::ApiKeyAuth {
                place: ApiKeyPlace::Header,
                name: "Cookie".to_owned(),
                value,
                prefix: String::new(),
            });
        }
    }
    making.notes.push(
        "The request signs in with a browser's session cookie, which ends some day; an API key lasts longer.".into(),
    );
}
