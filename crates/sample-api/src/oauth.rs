//! An honest OAuth 2.0 provider, to try signing in with no account: everybody is let in, and the rules are kept.
//!
//! Codes are good for one use and one client, PKCE is asked for and proved, a refresh token is good for one use, and one
//! that is used again ends all tokens that came of the same sign-in.

use crate::query::{self, Pairs, escape};
use crate::routes::{Asked, error};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long an access token is good for, where the client does not ask for less by `life`.
const LIFE: u64 = 300;
/// How long codes are good for.
const CODES: Duration = Duration::from_secs(600);

/// All that the provider has given out.
#[derive(Debug, Default)]
pub struct Tokens {
    given: u64,
    /// Codes of the browser.
    codes: HashMap<String, Code>,
    /// Codes of devices, by the device's own.
    devices: HashMap<String, Device>,
    /// Access tokens, with their sign-in and their end.
    access: HashMap<String, (u64, Instant)>,
    /// Refresh tokens, with their sign-in, and whether they were used.
    refresh: HashMap<String, (u64, bool)>,
}

#[derive(Debug)]
struct Code {
    client: String,
    redirect: String,
    challenge: String,
    until: Instant,
}

#[derive(Debug)]
struct Device {
    user_code: String,
    allowed: Option<bool>,
    until: Instant,
}

impl Tokens {
    /// Answers a request to the provider's own pages; `None` where it is none of them.
    pub fn answer(&mut self, asked: &Asked, base: &str, part: &str) -> Option<Response> {
        Some(match (part, asked.method == Method::POST) {
            ("authorize", false) => self.authorize(&asked.query),
            ("device", true) => self.device(base),
            ("activate", _) => self.activate(asked),
            ("token", true) => self.token(&asked.headers, &form(asked)),
            ("token" | "device", false) => {
                error(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Send a POST with a form.")
            }
            _ => return None,
        })
    }

    /// Looks at a request's token.
    ///
    /// # Errors
    /// The 401 to answer with.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Box<Response>> {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = given.and_then(|value| value.strip_prefix("Bearer ")).and_then(|token| self.access.get(token));
        if token.is_some_and(|(_, end)| Instant::now() < *end) {
            return Ok(());
        }
        let message = "The access token is missing or has ended. Get one at /oauth/token.";
        let mut response = error(StatusCode::UNAUTHORIZED, "invalid_token", message);
        if let Ok(value) = "Bearer realm=\"sample\", error=\"invalid_token\"".parse() {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
        }
        Err(Box::new(response))
    }

    /// The page in the browser: allow or not.
    fn authorize(&mut self, query: &Pairs) -> Response {
        let get = |name: &str| value(query, name);
        let here = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
        if get("response_type") != "code" || get("client_id").is_empty() {
            return error(StatusCode::BAD_REQUEST, "invalid_request", "Send response_type=code and a client_id.");
        }
        if !here.iter().any(|start| get("redirect_uri").starts_with(start)) {
            return error(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "redirect_uri must be an address of this machine.",
            );
        }
        if get("code_challenge").is_empty() || get("code_challenge_method") != "S256" {
            return error(StatusCode::BAD_REQUEST, "invalid_request", "PKCE is needed: code_challenge with S256.");
        }
        let back = |pairs: String| {
            let place = format!("{}?{pairs}&state={}", get("redirect_uri"), escape(get("state")));
            (StatusCode::FOUND, [(header::LOCATION, place)]).into_response()
        };
        match get("answer") {
            "allow" => {
                let code = self.name("code");
                let [client, redirect, challenge] =
                    ["client_id", "redirect_uri", "code_challenge"].map(|name| get(name).to_owned());
                self.codes.insert(code.clone(), Code { client, redirect, challenge, until: Instant::now() + CODES });
                back(format!("code={code}"))
            }
            "deny" => back("error=access_denied&error_description=You+said+no".to_owned()),
            _ => {
                let kept: Vec<String> =
                    query.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
                page(&format!("authorize?{}&amp;", kept.join("&amp;")), "An app wants to read the sample data.")
            }
        }
    }

    /// A code for a device.
    fn device(&mut self, base: &str) -> Response {
        let code = self.name("device");
        let user_code = format!("SMPL-{:04}", self.given);
        let device = Device { user_code: user_code.clone(), allowed: None, until: Instant::now() + CODES };
        self.devices.insert(code.clone(), device);
        let place = format!("{base}/oauth/activate");
        axum::Json(json!({"device_code": code, "user_code": user_code, "verification_uri": place,
            "verification_uri_complete": format!("{place}?user_code={user_code}"), "expires_in": CODES.as_secs(), "interval": 1}))
        .into_response()
    }

    /// The page where a code is typed.
    fn activate(&mut self, asked: &Asked) -> Response {
        let pairs = form(asked);
        let user_code = value(&pairs, "user_code").trim().to_uppercase();
        if user_code.is_empty() {
            return Html("<!doctype html><title>Sample sign-in</title><form>Code: <input name=user_code> <button>Go on</button></form>")
                .into_response();
        }
        let Some(device) = self.devices.values_mut().find(|device| device.user_code == user_code) else {
            return error(StatusCode::BAD_REQUEST, "unknown_code", "There is no such code.");
        };
        match value(&pairs, "answer") {
            "allow" => device.allowed = Some(true),
            "deny" => device.allowed = Some(false),
            _ => {
                return page(
                    &format!("activate?user_code={}&amp;", escape(&user_code)),
                    "A device wants to read the sample data.",
                );
            }
        }
        Html("<!doctype html><title>Sample sign-in</title><p>Done. Go back to your device.").into_response()
    }

    /// Gives tokens.
    fn token(&mut self, headers: &HeaderMap, pairs: &Pairs) -> Response {
        let get = |name: &str| value(pairs, name);
        let basic = headers.get(header::AUTHORIZATION).is_some_and(|value| value.as_bytes().starts_with(b"Basic "));
        if get("client_id").is_empty() && !basic {
            return refuse(StatusCode::UNAUTHORIZED, "invalid_client", "Send a client_id.");
        }
        let life = get("life").parse().unwrap_or(LIFE).min(LIFE);
        match get("grant_type") {
            "client_credentials" => self.grant(None, life, false),
            "password" if get("username") == crate::SAMPLE_USER && get("password") == crate::SAMPLE_PASSWORD => {
                self.grant(None, life, true)
            }
            "authorization_code" => self.by_code(pairs, life),
            "refresh_token" => self.by_refresh(get("refresh_token"), life),
            "urn:ietf:params:oauth:grant-type:device_code" => self.by_device(get("device_code"), life),
            "password" => refuse(StatusCode::BAD_REQUEST, "invalid_grant", "The user name or the password is wrong."),
            _ => refuse(StatusCode::BAD_REQUEST, "unsupported_grant_type", "See / for the grants."),
        }
    }

    fn by_code(&mut self, pairs: &Pairs, life: u64) -> Response {
        let get = |name: &str| value(pairs, name);
        // Looked up is used up, whoever asks.
        let code = self.codes.remove(get("code")).filter(|code| Instant::now() < code.until);
        let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(get("code_verifier").as_bytes()));
        match code {
            Some(code)
                if code.client == get("client_id")
                    && code.redirect == get("redirect_uri")
                    && code.challenge == proof =>
            {
                self.grant(None, life, true)
            }
            Some(_) => {
                refuse(StatusCode::BAD_REQUEST, "invalid_grant", "The client, the address or the verifier is another.")
            }
            None => refuse(StatusCode::BAD_REQUEST, "invalid_grant", "The code is unknown or used up."),
        }
    }

    fn by_refresh(&mut self, token: &str, life: u64) -> Response {
        match self.refresh.get_mut(token) {
            Some((sign_in, used @ false)) => {
                *used = true;
                let sign_in = *sign_in;
                self.grant(Some(sign_in), life, true)
            }
            Some((sign_in, true)) => {
                let sign_in = *sign_in;
                self.access.retain(|_, (of, _)| *of != sign_in);
                self.refresh.retain(|_, (of, _)| *of != sign_in);
                refuse(
                    StatusCode::BAD_REQUEST,
                    "invalid_grant",
                    "The refresh token was used before: all tokens are revoked.",
                )
            }
            None => refuse(StatusCode::BAD_REQUEST, "invalid_grant", "The refresh token is unknown or revoked."),
        }
    }

    fn by_device(&mut self, code: &str, life: u64) -> Response {
        let state = self.devices.get(code).map(|device| (device.allowed, Instant::now() < device.until));
        let (word, told) = match state {
            None | Some((_, false)) => ("expired_token", "The code is unknown or no longer good."),
            Some((None, true)) => ("authorization_pending", "Nobody typed the code yet."),
            Some((Some(allowed), true)) => {
                self.devices.remove(code);
                if allowed {
                    return self.grant(None, life, true);
                }
                ("access_denied", "The person said no.")
            }
        };
        refuse(StatusCode::BAD_REQUEST, word, told)
    }

    fn grant(&mut self, sign_in: Option<u64>, life: u64, refresh: bool) -> Response {
        let access = self.name("access");
        let sign_in = sign_in.unwrap_or(self.given);
        self.access.insert(access.clone(), (sign_in, Instant::now() + Duration::from_secs(life)));
        let mut answer = json!({"access_token": access, "token_type": "Bearer", "expires_in": life});
        if refresh {
            let token = self.name("refresh");
            answer["refresh_token"] = Value::from(token.as_str());
            self.refresh.insert(token, (sign_in, false));
        }
        ([(header::CACHE_CONTROL, "no-store")], axum::Json(answer)).into_response()
    }

    /// A new name. Not to be guessed from outside by chance, and guarding nothing.
    fn name(&mut self, kind: &str) -> String {
        self.given += 1;
        let seed = format!("{kind} {} {:?}", self.given, std::time::SystemTime::now());
        format!("sample-{kind}-{}", URL_SAFE_NO_PAD.encode(&Sha256::digest(seed.as_bytes())[..15]))
    }
}

/// The parameters of a form, or of the query where there is none.
fn form(asked: &Asked) -> Pairs {
    let mut pairs = query::parse(&String::from_utf8_lossy(&asked.body));
    pairs.extend(asked.query.iter().cloned());
    pairs
}

fn value<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

fn refuse(status: StatusCode, word: &str, told: &str) -> Response {
    (status, axum::Json(json!({"error": word, "error_description": told}))).into_response()
}

fn page(link: &str, text: &str) -> Response {
    Html(format!(
        "<!doctype html><title>Sample sign-in</title><p>{text} It guards nothing.\
         <p><a href=\"{link}answer=allow\">Allow</a> <a href=\"{link}answer=deny\">Deny</a>"
    ))
    .into_response()
}
