//! The ways in that remember: digest by challenge, a login with and without a second factor, and a rate limit.

use crate::auth::{Auth, SAMPLE_PASSWORD, SAMPLE_USER};
use crate::routes::{Asked, error};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The code of the second step under `/two-step`. It is published, and guards nothing.
pub const SAMPLE_CODE: &str = "424242";
/// How many requests a digest nonce is good for.
const NONCE_USES: usize = 50;
/// How long a session lives.
const SESSION: Duration = Duration::from_secs(900);
/// How many requests `/limited` takes in a window, and how long that is.
const LIMIT: (u32, Duration) = (20, Duration::from_secs(5));

/// Headers that an answer gets.
type Extra = Vec<(&'static str, String)>;

/// What the doors remember.
#[derive(Debug, Default)]
pub struct Doors {
    made: u64,
    /// The counts that each nonce was used with.
    nonces: HashMap<String, HashSet<String>>,
    sessions: HashMap<String, Instant>,
    tickets: HashSet<String>,
    window: Option<(Instant, u32)>,
}

/// A login's answer, where the path is one.
pub fn login(doors: &Mutex<Doors>, asked: &Asked, parts: &[&str]) -> Option<Response> {
    let mut doors = doors.lock().unwrap_or_else(PoisonError::into_inner);
    let body: Value = serde_json::from_slice(&asked.body).unwrap_or(Value::Null);
    let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    match parts {
        ["session" | "two-step", "login"] | ["two-step", "code"] if asked.method != Method::POST => {
            Some(error(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "A login takes POST."))
        }
        [door @ ("session" | "two-step"), "login"] => {
            if (word("user"), word("password")) != (SAMPLE_USER, SAMPLE_PASSWORD) {
                let message = "User name or password is wrong. Send {\"user\": …, \"password\": …}.";
                return Some(error(StatusCode::UNAUTHORIZED, "invalid_credentials", message));
            }
            if *door == "session" {
                return Some(doors.open());
            }
            let ticket = doors.make("ticket");
            doors.tickets.insert(ticket.clone());
            let body = json!({"mfa_required": true, "ticket": ticket, "message": "Send the code to /two-step/code."});
            Some((StatusCode::UNAUTHORIZED, axum::Json(body)).into_response())
        }
        ["two-step", "code"] => {
            if !doors.tickets.remove(word("ticket")) || word("code") != SAMPLE_CODE {
                let message = "The code or its ticket is wrong. A ticket is good for one try.";
                return Some(error(StatusCode::FORBIDDEN, "invalid_code", message));
            }
            Some(doors.open())
        }
        _ => None,
    }
}

/// Looks at a request to one of the doors: what its answer gets on top, or why it may not in. `None`: no door is here.
pub fn enter(doors: &Mutex<Doors>, asked: &Asked, prefix: &str) -> Option<Result<Extra, Box<Response>>> {
    let mut doors = doors.lock().unwrap_or_else(PoisonError::into_inner);
    let given = |name: &str| asked.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match prefix {
        "digest" => Some(doors.digest(asked, given("authorization"))),
        "session" | "two-step" => Some(doors.session(given("x-session"))),
        "limited" => Some(Auth::Bearer.check(&asked.headers, &asked.query).and_then(|()| doors.limited())),
        _ => None,
    }
}

/// Puts headers on an answer.
pub fn dress(mut response: Response, extra: Extra) -> Response {
    for (name, value) in extra {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

impl Doors {
    fn make(&mut self, what: &str) -> String {
        self.made += 1;
        format!("{what}-{:016x}", self.made.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn open(&mut self) -> Response {
        let token = self.make("session");
        self.sessions.insert(token.clone(), Instant::now() + SESSION);
        axum::Json(json!({"token": token, "expires_in": SESSION.as_secs()})).into_response()
    }

    fn session(&self, token: &str) -> Result<Extra, Box<Response>> {
        if self.sessions.get(token).is_some_and(|until| Instant::now() < *until) {
            return Ok(Vec::new());
        }
        let message = "Log in at /session/login (or /two-step/login), and send the token in the header X-Session.";
        Err(Box::new(error(StatusCode::UNAUTHORIZED, "no_session", message)))
    }

    fn limited(&mut self) -> Result<Extra, Box<Response>> {
        let now = Instant::now();
        let (start, count) = self.window.filter(|(start, _)| now < *start + LIMIT.1).unwrap_or((now, 0));
        self.window = Some((start, count + 1));
        let rest = (start + LIMIT.1).saturating_duration_since(now);
        let reset = rest.as_secs() + u64::from(rest.subsec_nanos() > 0);
        let told = vec![
            ("ratelimit-limit", LIMIT.0.to_string()),
            ("ratelimit-remaining", LIMIT.0.saturating_sub(count + 1).to_string()),
            ("ratelimit-reset", reset.to_string()),
        ];
        if count < LIMIT.0 {
            return Ok(told);
        }
        let message = format!("More than {} requests in {} seconds.", LIMIT.0, LIMIT.1.as_secs());
        let refusal = error(StatusCode::TOO_MANY_REQUESTS, "rate_limited", &message);
        Err(Box::new(dress(refusal, [told, vec![("retry-after", reset.to_string())]].concat())))
    }

    fn digest(&mut self, asked: &Asked, authorization: &str) -> Result<Extra, Box<Response>> {
        let given = parameters(authorization);
        let get = |name: &str| given.get(name).map(String::as_str).unwrap_or_default();
        let known = self.nonces.contains_key(get("nonce"));
        let right = known && is_right(asked, &get);
        if right && let Some(used) = self.nonces.get_mut(get("nonce")) {
            // Requests may overtake each other, but no count comes twice.
            if used.len() < NONCE_USES && used.insert(get("nc").to_owned()) {
                return Ok(Vec::new());
            }
        }
        let nonce = self.make("nonce");
        self.nonces.insert(nonce.clone(), HashSet::new());
        let stale = right || (!known && authorization.starts_with("Digest "));
        let message = "Send your user name and password with HTTP digest auth.";
        let mut refusal = error(StatusCode::UNAUTHORIZED, "missing_credentials", message);
        for algorithm in ["SHA-256", "MD5"] {
            let challenge = format!(
                "Digest realm=\"sample\", qop=\"auth\", algorithm={algorithm}, nonce=\"{nonce}\", stale={stale}, \
                 charset=UTF-8"
            );
            if let Ok(value) = HeaderValue::from_str(&challenge) {
                refusal.headers_mut().append(header::WWW_AUTHENTICATE, value);
            }
        }
        Err(Box::new(refusal))
    }
}

/// Whether the answer to a challenge is right (RFC 7616, 3.4.1).
fn is_right<'a>(asked: &Asked, get: &impl Fn(&str) -> &'a str) -> bool {
    let algorithm = get("algorithm");
    let secret = hash(algorithm, &format!("{SAMPLE_USER}:sample:{SAMPLE_PASSWORD}"));
    let line = hash(algorithm, &format!("{}:{}", asked.method, get("uri")));
    let (nonce, count, client) = (get("nonce"), get("nc"), get("cnonce"));
    let whole = hash(algorithm, &format!("{secret}:{nonce}:{count}:{client}:auth:{line}"));
    get("username") == SAMPLE_USER && get("response") == whole && get("uri").split('?').next() == Some(&*asked.path)
}

fn hash(algorithm: &str, text: &str) -> String {
    let bytes = if algorithm.eq_ignore_ascii_case("SHA-256") {
        <sha2::Sha256 as sha2::Digest>::digest(text).to_vec()
    } else {
        <md5::Md5 as md5::Digest>::digest(text).to_vec()
    };
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The parameters of `Authorization: Digest`.
fn parameters(authorization: &str) -> HashMap<String, String> {
    let text = authorization.strip_prefix("Digest ").unwrap_or_default();
    let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().trim_matches('"').to_owned())).collect()
}
