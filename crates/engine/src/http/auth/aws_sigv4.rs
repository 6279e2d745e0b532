//! AWS Signature Version 4: every request is signed by itself, in its headers.

mod sign;

use super::{AuthWire, Generation, Making, Refused};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::{AwsSigV4Auth, Template};
use definition::{Fault, Problem, Secret};
use jiff::Timestamp;
use sign::{Signable, Signer, authorization, encode, plain_paths, sha256, stamp};
use std::fmt::Write as _;
use url::Url;

/// What stands for the hash of a body that is not signed.
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
/// Headers that proxies change, or that are put on after signing.
const NOT_SIGNED: &[&str] = &[
    "authorization",
    "user-agent",
    "accept",
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "transfer-encoding",
    "x-amzn-trace-id",
];

/// Keys that sign.
#[derive(Debug)]
pub(crate) struct AwsSigV4 {
    access_key_id: String,
    secret_access_key: Secret,
    session_token: Option<Secret>,
    region: String,
    service: String,
    unsigned_payload: bool,
}

pub(super) fn compile(auth: &AwsSigV4Auth, making: &Making<'_>) -> Result<AwsSigV4, Vec<Fault>> {
    let text = |template: &Template, part: &str| {
        let value = making.header_value(&making.render(template, part)?, part)?;
        if value.is_empty() {
            let message = "The value is empty; a signature needs it.";
            return Err(vec![Fault::new("missing_value", making.at(part), message)]);
        }
        Ok(value)
    };
    let given = |template: &&Template| {
        let names = making.expressions.compile(template).map(|compiled| compiled.names().to_vec()).unwrap_or_default();
        names.iter().all(|name| making.expressions.has(name))
    };
    let token = auth.session_token.as_ref().filter(given).map(|template| text(template, "session_token"));
    Ok(AwsSigV4 {
        access_key_id: text(&auth.access_key_id, "access_key_id")?,
        secret_access_key: Secret::new(text(&auth.secret_access_key, "secret_access_key")?),
        session_token: token.transpose()?.map(Secret::new),
        region: text(&auth.region, "region")?,
        service: text(&auth.service, "service")?,
        unsigned_payload: auth.unsigned_payload,
    })
}

impl AwsSigV4 {
    #[expect(clippy::unused_async, reason = "as the other kinds")]
    pub(super) async fn put_on(&self, wire: &mut WireRequest, via: &AuthWire<'_>) -> Result<Generation, Box<Problem>> {
        self.sign(wire, via.line.now());
        Ok(0)
    }

    /// The keys are what they are: there is nothing to renew.
    #[expect(clippy::unused_async, reason = "as the other kinds")]
    pub(super) async fn renew(&self, _refused: &Refused<'_>, _via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        Ok(false)
    }

    pub(super) fn teach(&self, redactor: &Redactor) {
        redactor.learn(self.secret_access_key.open());
        if let Some(token) = &self.session_token {
            redactor.learn(token.open());
        }
        redactor.learn_place("X-Amz-Security-Token");
    }

    /// Signs a request for this moment. Its path and its query are written anew in the one way that the signature and
    /// every server agree on.
    fn sign(&self, wire: &mut WireRequest, now: Timestamp) {
        let query = rewrite(&mut wire.url);
        let hash =
            if self.unsigned_payload { UNSIGNED.to_owned() } else { sha256(wire.body.as_deref().unwrap_or(b"")) };
        let mut set = |name: &str, value: String| {
            wire.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
            wire.headers.push((name.to_owned(), value));
        };
        set("X-Amz-Date", stamp(now));
        if self.unsigned_payload || plain_paths(&self.service) || matches!(self.service.as_str(), "aoss" | "glacier") {
            set("X-Amz-Content-Sha256", hash.clone());
        }
        if let Some(token) = &self.session_token {
            set("X-Amz-Security-Token", token.open().to_owned());
        }
        let signed = |name: &str| !NOT_SIGNED.contains(&name.to_ascii_lowercase().as_str());
        let mut headers: Vec<_> = wire.headers.iter().filter(|(name, _)| signed(name)).cloned().collect();
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            headers.push(("host".to_owned(), host(&wire.url)));
        }
        let signer = Signer {
            access_key_id: &self.access_key_id,
            secret_access_key: self.secret_access_key.open(),
            region: &self.region,
            service: &self.service,
            at: now,
        };
        let request = Signable {
            method: wire.method.as_str(),
            path: wire.url.path(),
            query: &query,
            headers: &headers,
            payload: &hash,
        };
        let value = authorization(&signer, &request);
        wire.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
        wire.headers.push(("Authorization".to_owned(), value));
    }
}

/// The value of `Host` as the transport writes it.
fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// Encodes path and query strictly, spaces as `%20`. Gives the query's parameters.
fn rewrite(url: &mut Url) -> Vec<(String, String)> {
    let strict = |segment: &str| {
        let bytes: Vec<u8> = percent_decode(segment.as_bytes());
        bytes.iter().fold(String::new(), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
                out.push(char::from(*byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
            out
        })
    };
    let path = url.path().split('/').map(strict).collect::<Vec<_>>().join("/");
    url.set_path(&path);
    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if !query.is_empty() {
        let pairs = query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        url.set_query(Some(&pairs.collect::<Vec<_>>().join("&")));
    }
    query
}

fn percent_decode(text: &[u8]) -> Vec<u8> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(text.len()), 0);
    while let Some(byte) = text.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}
