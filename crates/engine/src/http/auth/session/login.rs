//! The requests of a login, and the token in their answers.

use super::super::digest::hex;
use super::super::oauth2::{expiry, token};
use super::super::{AuthAnswer, AuthRequest, AuthWire, Making};
use crate::expr::{Compiled, Expressions, Scope};
use crate::host::CodePrompt;
use crate::http::{OutRequest, first_words, header_values, shown_host};
use crate::json::Path;
use crate::plan::RequestPlan;
use definition::model::{Request, SecondFactor, SessionAuth};
use definition::{Fault, Problem, ProblemKind, Secret, Stage};
use serde_json::Value;
use std::time::Duration;
use url::Url;

const PROMPT: &str = "The code for the second step of the login";

/// A login, compiled.
#[derive(Debug)]
pub(super) struct Login {
    base: Url,
    request: RequestPlan,
    place: Place,
    lifetime: Option<Duration>,
    expires: Option<Path>,
    second: Option<Second>,
    mark: String,
}

#[derive(Debug)]
struct Second {
    when: Compiled,
    request: RequestPlan,
    prompt: String,
}

/// Where the token stands in an answer.
#[derive(Debug)]
enum Place {
    Body(Path),
    Header(String),
    Cookie(String),
}

/// A token, and how long it lives where that is known.
#[derive(Debug)]
pub(super) struct Token {
    pub text: Secret,
    pub lifetime: Option<Duration>,
}

/// An answer as the expressions and the token's place see it.
struct Seen {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    response: Value,
    header_map: Value,
}

impl Login {
    pub(super) fn compile(auth: &SessionAuth, making: &Making<'_>) -> Result<Self, Vec<Fault>> {
        let lifetime = auth.lifetime.as_ref().map(definition::model::Duration::exact).transpose();
        let path = |text: &str, part: &str| {
            Path::parse(text).map_err(|why| vec![Fault::new("bad_path", making.at(part), why)])
        };
        let request = plan(&auth.login, "login", making)?;
        let mark = mark(&request, making)
            .map_err(|problem| vec![Fault::new("bad_template", making.at("login"), problem.message)])?;
        Ok(Self {
            base: making.base.clone(),
            request,
            place: match (auth.token.strip_prefix("headers."), auth.token.strip_prefix("cookies.")) {
                (Some(name), _) => Place::Header(name.to_ascii_lowercase()),
                (_, Some(name)) => Place::Cookie(name.to_owned()),
                _ => Place::Body(path(&auth.token, "token")?),
            },
            lifetime: lifetime.map_err(|why| vec![Fault::new("bad_duration", making.at("lifetime"), why)])?,
            expires: auth.expires.as_deref().map(|text| path(text, "expires")).transpose()?,
            second: auth.second_factor.as_ref().map(|second| Second::compile(second, making)).transpose()?,
            mark,
        })
    }

    pub(super) fn has_second_factor(&self) -> bool {
        self.second.is_some()
    }

    /// What a token of this login is kept under: another user's or another server's is never taken for it.
    pub(super) fn mark(&self) -> &str {
        &self.mark
    }

    /// Logs in.
    pub(super) async fn ask(&self, via: &AuthWire<'_>) -> Result<Token, Box<Problem>> {
        let draft = self.request.draft(&self.base, via.expressions, &Scope::default())?;
        let request = aside("login", draft.finish());
        let host = shown_host(&request.url);
        let seen = via.line.send(&request, |answer| Ok(self.seen(answer, via))).await?;
        let Some(second) = &self.second else { return self.token(&seen, &host, via).map_err(Box::new) };
        if !second.wanted(&seen, via.expressions) {
            return self.token(&seen, &host, via).map_err(Box::new);
        }
        let prompt = CodePrompt { who: host.clone(), message: second.prompt.clone() };
        let code = via.line.host().ask_code(prompt).await?;
        via.line.learn(code.open());
        let code = Value::from(code.open().trim());
        let scope = Scope { code: Some(&code), ..seen.scope() };
        let request = aside("second factor", second.request.draft(&self.base, via.expressions, &scope)?.finish());
        let seen = via.line.send(&request, |answer| Ok(self.seen(answer, via))).await?;
        self.token(&seen, &host, via).map_err(|problem| Box::new(code_refused(problem, &seen)))
    }

    /// Reads an answer. What may be its token is masked before anything of it is shown.
    fn seen(&self, answer: &AuthAnswer, via: &AuthWire<'_>) -> Seen {
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        let response = serde_json::from_str(&body).unwrap_or(Value::Null);
        token::learn(&response, &via.line);
        let header_map = header_values(&answer.headers);
        let seen = Seen { status: answer.status, headers: answer.headers.clone(), body, response, header_map };
        if let Some(token) = self.find(&seen) {
            via.line.learn(&token);
        }
        seen
    }

    fn find(&self, seen: &Seen) -> Option<String> {
        match &self.place {
            Place::Body(path) => text_at(path, &seen.body),
            Place::Header(name) => {
                seen.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.trim().to_owned())
            }
            Place::Cookie(name) => {
                seen.headers.iter().filter(|(have, _)| have == "set-cookie").find_map(|(_, value)| {
                    let (have, value) = value.split(';').next()?.split_once('=')?;
                    (have.trim() == name).then(|| value.trim().trim_matches('"').to_owned())
                })
            }
        }
        .filter(|token| !token.is_empty())
    }

    fn token(&self, seen: &Seen, host: &str, via: &AuthWire<'_>) -> Result<Token, Problem> {
        if !(200..400).contains(&seen.status) {
            let (status, said) = (seen.status, first_words(seen.body.as_bytes()));
            let message = format!("{host} refused the login (status {status}).");
            let problem = Problem::new("login_refused", ProblemKind::Auth, Stage::Auth, message).detail(said);
            return Err(problem.hint("Check the user name and the password, and the login request of http.auth."));
        }
        let Some(text) = self.find(seen) else {
            let place = match &self.place {
                Place::Body(path) => path.normalised().to_owned(),
                Place::Header(name) => format!("headers.{name}"),
                Place::Cookie(name) => format!("cookies.{name}"),
            };
            let message = format!("The login's answer from {host} has no token at {place}.");
            return Err(Problem::new("no_token", ProblemKind::Auth, Stage::Auth, message)
                .hint("Look at the login's answer: the token may stand elsewhere, or the login failed with status 200.")
                .field("http.auth.token")
                .detail(first_words(seen.body.as_bytes())));
        };
        let said = self.expires.as_ref().and_then(|path| text_at(path, &seen.body));
        let now = via.line.now();
        let said = said.and_then(|text| expiry::read(&Value::from(text), now)).map(|end| end.duration_since(now));
        let said = said.and_then(|length| Duration::try_from(length).ok());
        Ok(Token { text: Secret::new(text), lifetime: said.or(self.lifetime) })
    }
}

impl Second {
    fn compile(second: &SecondFactor, making: &Making<'_>) -> Result<Self, Vec<Fault>> {
        let when = making.expressions.compile(&second.when);
        let when = when.map_err(|why| vec![Fault::new("bad_template", making.at("second_factor.when"), why)])?;
        let request = plan(&second.request, "second_factor.request", making)?;
        Ok(Self { when, request, prompt: second.prompt.clone().unwrap_or_else(|| PROMPT.to_owned()) })
    }

    /// Whether the answer asks for a code. An expression that has nothing to look at does not.
    fn wanted(&self, seen: &Seen, expressions: &Expressions) -> bool {
        self.when.is_true(expressions, &seen.scope()).unwrap_or(false)
    }
}

impl Seen {
    fn scope(&self) -> Scope<'_> {
        Scope { response: Some(&self.response), headers: Some(&self.header_map), ..Scope::default() }
    }
}

fn plan(request: &Request, part: &str, making: &Making<'_>) -> Result<RequestPlan, Vec<Fault>> {
    let shared = (&making.http.query, &making.http.headers);
    RequestPlan::compile(request, shared, &making.at(part), making.expressions)
}

/// A mark of the server and of what is sent to it; nothing of that can be read from it.
fn mark(request: &RequestPlan, making: &Making<'_>) -> Result<String, Problem> {
    let out = request.draft(making.base, making.expressions, &Scope::default())?.finish();
    let whole = [out.url.as_str().as_bytes(), b"\n", out.body.as_deref().unwrap_or_default()].concat();
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &whole);
    Ok(format!("session {} {}", shown_host(&out.url), hex(hash.as_ref())))
}

fn aside(what: &'static str, request: OutRequest) -> AuthRequest {
    let OutRequest { method, url, headers, body, .. } = request;
    AuthRequest { what, method, url, headers, body }
}

fn code_refused(mut problem: Problem, seen: &Seen) -> Problem {
    if !(200..400).contains(&seen.status) {
        problem.code = "code_refused".to_owned();
        problem.message = format!("The code of the second step was refused (status {}).", seen.status);
        problem.hint = Some("Codes are good for a short time and for one use: run it again with a new one.".to_owned());
    }
    problem
}

/// The text or the number at a place.
fn text_at(path: &Path, body: &str) -> Option<String> {
    let found: Value = serde_json::from_str(path.first(body)?).ok()?;
    match found {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
