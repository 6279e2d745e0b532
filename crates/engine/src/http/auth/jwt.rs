//! A JSON Web Token made here (RFC 7519), and a service account's, exchanged for an access token (RFC 7523).

mod exchange;
mod key;

use super::{AuthWire, Generation, Making, Refused};
use crate::expr::{Expressions, Scope};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use crate::plan::Node;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use definition::model::{JwtAlgorithm, JwtAuth};
use definition::{Fault, Problem, ProblemKind, Secret, Stage};
use exchange::Exchange;
use indexmap::IndexMap;
use jiff::{SignedDuration, Timestamp};
use key::{Account, Key};
use serde_json::{Map, Value};
use std::time::Duration;
use tokio::sync::Mutex;

/// How long a token lives, where the definition does not say.
const LIFETIME: Duration = Duration::from_secs(600);
/// Claims that are moments: texts that name one become numbers of seconds (RFC 7519, 2).
const MOMENTS: &[&str] = &["iat", "exp", "nbf", "auth_time"];

/// A token that is signed here.
#[derive(Debug)]
pub(crate) struct Jwt {
    signer: Signer,
    header: String,
    prefix: String,
    exchange: Option<Exchange>,
    held: Mutex<Held>,
}

/// What makes tokens.
#[derive(Debug)]
struct Signer {
    algorithm: JwtAlgorithm,
    key: Key,
    account: Account,
    claims: Vec<(String, Node)>,
    headers: Vec<(String, Node)>,
    lifetime: Duration,
    /// The audience, where the claims name none.
    audience: Option<String>,
}

/// The token that is sent now.
#[derive(Debug, Default)]
struct Held {
    token: Option<Secret>,
    /// When the next one is made.
    until: Option<Timestamp>,
    generation: Generation,
}

pub(super) fn compile(auth: &JwtAuth, making: &Making<'_>) -> Result<Jwt, Vec<Fault>> {
    let mut faults = Vec::new();
    let key = making.render(&auth.key, "key").and_then(|text| {
        Key::read(auth.algorithm, &text, auth.key_base64)
            .map_err(|why| vec![Fault::new("bad_key", making.at("key"), format!("The key can't sign: {why}."))])
    });
    let key = or_faults(key, &mut faults);
    let lifetime = auth.lifetime.as_ref().map_or(Ok(LIFETIME), |text| {
        text.exact().map_err(|why| vec![Fault::new("bad_duration", making.at("lifetime"), why)])
    });
    let lifetime = or_faults(lifetime, &mut faults);
    let exchange = auth.exchange.as_ref().map(|exchange| Exchange::compile(exchange, making)).transpose();
    let exchange = or_faults(exchange, &mut faults);
    let claims = or_faults(nodes(&auth.claims, "claims", making), &mut faults);
    let headers = or_faults(nodes(&auth.token_headers, "token_headers", making), &mut faults);
    let header = making.header_name(auth.header.as_deref().unwrap_or("Authorization"), "header");
    let header = or_faults(header, &mut faults);
    let (Some((key, account)), Some(lifetime), Some(exchange)) = (key, lifetime, exchange) else { return Err(faults) };
    let (Some(claims), Some(headers), Some(header)) = (claims, headers, header) else { return Err(faults) };
    let signer = Signer {
        algorithm: auth.algorithm,
        key,
        account,
        claims,
        headers,
        lifetime: lifetime.max(Duration::from_secs(1)),
        audience: exchange.as_ref().map(|exchange| exchange.token_url().to_owned()),
    };
    // Made once here, so that an expression at fault is told before anything is sent.
    signer.mint(making.expressions, Timestamp::UNIX_EPOCH).map_err(|why| {
        let message = format!("The token can't be made: {why}.");
        vec![Fault::new("bad_template", making.at("claims"), message)]
    })?;
    Ok(Jwt {
        signer,
        header,
        prefix: auth.prefix.clone().unwrap_or_else(|| "Bearer ".to_owned()),
        exchange,
        held: Mutex::default(),
    })
}

/// A part, or its faults beside those of the others.
fn or_faults<T>(part: Result<T, Vec<Fault>>, faults: &mut Vec<Fault>) -> Option<T> {
    part.map_err(|more| faults.extend(more)).ok()
}

fn nodes(given: &IndexMap<String, Value>, part: &str, making: &Making<'_>) -> Result<Vec<(String, Node)>, Vec<Fault>> {
    let compile = |(name, value): (&String, &Value)| {
        let node = Node::compile(value, &making.at(&format!("{part}.{name}")), making.expressions)?;
        Ok((name.clone(), node))
    };
    given.iter().map(compile).collect::<Result<_, Fault>>().map_err(|fault| vec![fault])
}

impl Jwt {
    /// Has a token at hand, made or asked for by one request at a time.
    pub(super) async fn prepare(&self, via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        let mut held = self.held.lock().await;
        let good = held.until.is_some_and(|until| via.line.now() < until);
        if held.token.is_some() && (good || held.until.is_none()) {
            return Ok(());
        }
        self.fill(&mut held, via).await
    }

    pub(super) async fn put_on(&self, wire: &mut WireRequest, via: &AuthWire<'_>) -> Result<Generation, Box<Problem>> {
        self.prepare(via).await?;
        let held = self.held.lock().await;
        let token = held.token.as_ref().map(Secret::open).unwrap_or_default();
        wire.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(&self.header));
        wire.headers.push((self.header.clone(), format!("{}{token}", self.prefix)));
        Ok(held.generation)
    }

    pub(super) async fn renew(&self, refused: &Refused<'_>, via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        let mut held = self.held.lock().await;
        if refused.generation < held.generation {
            return Ok(true);
        }
        let old = held.token.take();
        self.fill(&mut held, via).await?;
        // The same token again would be refused again.
        Ok(old.as_ref().map(Secret::open) != held.token.as_ref().map(Secret::open))
    }

    async fn fill(&self, held: &mut Held, via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        let now = via.line.now();
        let signed = self.signer.mint(via.expressions, now).map_err(|why| Box::new(unmade(&why)))?;
        via.line.learn(&signed);
        let (token, lifetime) = match &self.exchange {
            Some(exchange) => exchange.ask(&signed, via).await?,
            None => (Secret::new(signed), Some(self.signer.lifetime)),
        };
        held.until = lifetime.map(|lifetime| renewal(now, lifetime));
        held.token = Some(token);
        held.generation += 1;
        Ok(())
    }

    pub(super) fn teach(&self, redactor: &Redactor) {
        redactor.learn_place(&self.header);
    }
}

/// When to renew what lives so long: a tenth ahead of its end, a minute at most.
pub(super) fn renewal(now: Timestamp, lifetime: Duration) -> Timestamp {
    let ahead = (lifetime / 10).min(Duration::from_secs(60));
    let rest = SignedDuration::try_from(lifetime.saturating_sub(ahead)).unwrap_or(SignedDuration::MAX);
    now.saturating_add(rest).unwrap_or(Timestamp::MAX)
}

fn unmade(why: &str) -> Problem {
    let message = format!("The token for the API can't be made: {why}.");
    Problem::new("bad_token", ProblemKind::Config, Stage::Auth, message)
        .hint("Check the claims of http.auth and the values that they use.")
        .field("http.auth.claims")
}

impl Signer {
    /// A signed token.
    fn mint(&self, expressions: &Expressions, now: Timestamp) -> Result<String, String> {
        let mut header = Map::new();
        header.insert("alg".to_owned(), Value::from(name(self.algorithm)));
        header.insert("typ".to_owned(), Value::from("JWT"));
        if let Some(id) = &self.account.key_id {
            header.insert("kid".to_owned(), Value::from(id.as_str()));
        }
        fill(&mut header, &self.headers, expressions)?;
        let mut claims = Map::new();
        if let Some(email) = &self.account.email {
            claims.insert("iss".to_owned(), Value::from(email.as_str()));
        }
        if let Some(audience) = &self.audience {
            claims.insert("aud".to_owned(), Value::from(audience.as_str()));
        }
        let lifetime = i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX);
        claims.insert("iat".to_owned(), Value::from(now.as_second()));
        claims.insert("exp".to_owned(), Value::from(now.as_second().saturating_add(lifetime)));
        fill(&mut claims, &self.claims, expressions)?;
        for name in MOMENTS {
            if let Some(value) = claims.get_mut(*name) {
                *value = moment(value).ok_or_else(|| format!("`{name}` is no moment: {value}"))?;
            }
        }
        let part = |map: Map<String, Value>| URL_SAFE_NO_PAD.encode(Value::Object(map).to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let signature = self.key.sign(message.as_bytes())?;
        Ok(format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// Adds what the definition says; null takes a default out.
fn fill(map: &mut Map<String, Value>, nodes: &[(String, Node)], expressions: &Expressions) -> Result<(), String> {
    for (name, node) in nodes {
        let value = node.render(expressions, &Scope::default()).map_err(|why| format!("`{name}`: {why}"))?;
        if value.is_null() {
            map.shift_remove(name);
        } else {
            map.insert(name.clone(), value);
        }
    }
    Ok(())
}

/// A moment as seconds since 1970.
fn moment(value: &Value) -> Option<Value> {
    let Some(text) = value.as_str() else { return value.is_number().then(|| value.clone()) };
    let text = text.trim();
    let number = text.parse::<i64>().ok();
    number.or_else(|| text.parse::<Timestamp>().ok().map(Timestamp::as_second)).map(Value::from)
}

fn name(algorithm: JwtAlgorithm) -> &'static str {
    use JwtAlgorithm::{ES256, ES384, ES512, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512};
    match algorithm {
        HS256 => "HS256",
        HS384 => "HS384",
        HS512 => "HS512",
        RS256 => "RS256",
        RS384 => "RS384",
        RS512 => "RS512",
        PS256 => "PS256",
        PS384 => "PS384",
        PS512 => "PS512",
        ES256 => "ES256",
        ES384 => "ES384",
        ES512 => "ES512",
        EdDSA => "EdDSA",
    }
}

#[cfg(test)]
mod tests;
