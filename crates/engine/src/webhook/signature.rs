//! Keyed digests over what was signed, byte by byte as it came.

use super::Refusal;
use super::incoming::Parts;
use crate::expr::{Compiled, Expressions, Scope};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use definition::Fault;
use definition::model::{Encoding, HmacAlgorithm, SecretEncoding, Template};
use hmac::{Hmac, KeyInit, Mac};
use regex::bytes::Regex;
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

/// What is signed, in parts: so that the raw body goes in as its bytes, whatever they are.
#[derive(Debug)]
pub(super) struct Content(Vec<Part>);

#[derive(Debug)]
enum Part {
    Body,
    Text(Compiled),
}

impl Content {
    /// The raw body alone.
    pub fn body() -> Self {
        Self(vec![Part::Body])
    }

    pub fn compile(template: &Template, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let compile = |text: &str| expressions.compile(&Template(text.to_owned()));
        let whole = |why| Fault::new("bad_template", field, why);
        // The body alone in its braces, where all between is whole in itself.
        let parts = Regex::new(r"\{\{\s*body\s*\}\}").ok().and_then(|braces| {
            let mut parts = Vec::new();
            for (place, text) in braces.split(template.as_str().as_bytes()).enumerate() {
                if place > 0 {
                    parts.push(Part::Body);
                }
                if !text.is_empty() {
                    parts.push(Part::Text(compile(std::str::from_utf8(text).ok()?).ok()?));
                }
            }
            Some(parts)
        });
        match parts {
            Some(parts) => Ok(Self(parts)),
            None => Ok(Self(vec![Part::Text(expressions.compile(template).map_err(whole)?)])),
        }
    }

    /// Whether it asks for a name.
    pub fn uses(&self, name: &str) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Text(text) if text.uses(name)))
    }

    /// The bytes that are signed, part by part.
    pub fn bytes<'p>(
        &self,
        expressions: &Expressions,
        parts: &'p Parts<'_>,
        (id, timestamp): (Option<&Value>, Option<&Value>),
    ) -> Result<Vec<std::borrow::Cow<'p, [u8]>>, String> {
        let raw: &'p [u8] = &parts.incoming.body;
        let text;
        let mut scope = Scope { id, timestamp, ..parts.scope(|_| false) };
        if self.uses("body") {
            let whole = std::str::from_utf8(raw).map_err(|_| "the body is no text".to_owned())?;
            text = Value::String(whole.to_owned());
            scope.body = Some(&text);
        }
        let part = |part: &Part| match part {
            Part::Body => Ok(raw.into()),
            Part::Text(text) => text.text(expressions, &scope).map(|rendered| rendered.text.into_bytes().into()),
        };
        self.0.iter().map(part).collect()
    }
}

/// The digest of some bytes.
pub(super) fn sign(algorithm: HmacAlgorithm, key: &[u8], content: &[impl AsRef<[u8]>]) -> Vec<u8> {
    fn of<M: Mac + KeyInit>(key: &[u8], content: &[impl AsRef<[u8]>]) -> Vec<u8> {
        // A key of any length will do: RFC 2104.
        let Ok(mut mac) = <M as KeyInit>::new_from_slice(key) else { return Vec::new() };
        content.iter().for_each(|part| mac.update(part.as_ref()));
        mac.finalize().into_bytes().to_vec()
    }
    match algorithm {
        HmacAlgorithm::Sha1 => of::<Hmac<Sha1>>(key, content),
        HmacAlgorithm::Sha256 => of::<Hmac<Sha256>>(key, content),
        HmacAlgorithm::Sha512 => of::<Hmac<Sha512>>(key, content),
    }
}

/// Whether a signature is right, in a time that does not tell how much of it is.
pub(super) fn is_right(algorithm: HmacAlgorithm, key: &[u8], content: &[impl AsRef<[u8]>], given: &[u8]) -> bool {
    same(&sign(algorithm, key, content), given)
}

/// Whether two texts are the same, in a time that depends on neither: their digests under a key of chance are compared,
/// each byte of them.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    let mut key = [0_u8; 32];
    if getrandom::fill(&mut key).is_err() {
        return false;
    }
    let sum = |text: &[u8]| <Hmac<Sha256> as KeyInit>::new_from_slice(&key).map(|mac| mac.chain_update(text));
    let (Ok(one), Ok(other)) = (sum(one), sum(other)) else { return false };
    one.verify(&other.finalize().into_bytes()).is_ok()
}

/// A signature's bytes.
pub(super) fn decode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Hex => hex::decode(text).ok(),
        Encoding::Base64 => base64(text),
    }
}

/// A signature's text.
pub(super) fn encode(bytes: &[u8], encoding: Encoding) -> String {
    match encoding {
        Encoding::Hex => hex::encode(bytes),
        Encoding::Base64 => STANDARD.encode(bytes),
    }
}

/// A secret's key.
pub(super) fn key(secret: &str, prefix: &str, encoding: SecretEncoding) -> Option<Zeroizing<Vec<u8>>> {
    let secret = secret.strip_prefix(prefix).unwrap_or(secret);
    match encoding {
        SecretEncoding::Text => Some(secret.as_bytes().to_vec()),
        SecretEncoding::Base64 => base64(secret),
        SecretEncoding::Hex => hex::decode(secret).ok(),
    }
    .map(Zeroizing::new)
}

fn base64(text: &str) -> Option<Vec<u8>> {
    [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD].iter().find_map(|engine| engine.decode(text).ok())
}

/// The hash that stands for an event without an id.
pub(super) fn fingerprint(content: &[impl AsRef<[u8]>]) -> String {
    let mut hash = Sha256::new();
    content.iter().for_each(|part| hash.update(part.as_ref()));
    format!("sha256:{}", hex::encode(hash.finalize()))
}

/// The signature's header, item by item; those that hold a signature come without the text before it.
pub(super) fn items<'h>(values: impl Iterator<Item = &'h str>, separator: &str) -> Vec<&'h str> {
    let mut items = Vec::new();
    for value in values {
        match separator {
            "" => items.push(value.trim()),
            separator => items.extend(value.split(separator).map(str::trim).filter(|item| !item.is_empty())),
        }
    }
    items
}

/// A content that can't be made.
pub(super) fn unmade(why: &str) -> Refusal {
    Refusal::new(
        "no_content",
        401,
        format!("What was signed can't be told: {why}."),
        "Everything that `content` names: see the webhook's `id`, `timestamp` and headers.",
    )
}
