//! Whether an event proves who sent it.

use super::incoming::Parts;
use super::plan::compile;
use super::signature::{self, Content, fingerprint, items, key, same, unmade};
use super::{Refusal, moment};
use crate::expr::{Compiled, Expressions, Scope};
use crate::json::Path;
use crate::run::plain_text;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use definition::Fault;
use definition::model::{HmacAlgorithm, HmacVerify, SecretEncoding, TimestampPlace, WebhookVerify};
use jiff::Timestamp;
use serde_json::Value;
use std::time::Duration;
use zeroize::Zeroizing;

/// How far a signed moment may lie from now, where the definition does not say.
const TOLERANCE: Duration = Duration::from_secs(5 * 60);
/// The signatures of a header that are tried.
const SIGNATURES: usize = 20;

/// How events prove who sent them.
#[derive(Debug)]
pub(super) enum VerifyPlan {
    None,
    Hmac(Box<HmacPlan>),
    Token { header: String, prefix: String, value: Compiled },
    Basic { username: Compiled, password: Compiled },
}

/// A compiled keyed digest.
#[derive(Debug)]
pub(super) struct HmacPlan {
    pub rule: HmacVerify,
    pub content: Content,
    pub timestamp: Option<MomentPlace>,
    tolerance: Duration,
    secrets: Vec<Compiled>,
}

/// Where the signed moment is.
#[derive(Debug)]
pub(super) enum MomentPlace {
    Header(String),
    Item(String),
    Path(Path),
}

/// What the proof says besides.
#[derive(Debug)]
pub(super) struct Proof {
    /// A hash of what was signed.
    pub fingerprint: String,
    pub signed_at: Option<Timestamp>,
}

impl VerifyPlan {
    pub fn compile(verify: &WebhookVerify, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let at = |part: &str| format!("{field}.{part}");
        Ok(match verify {
            WebhookVerify::None => Self::None,
            WebhookVerify::Hmac(rule) => Self::Hmac(Box::new(HmacPlan::compile(rule, field, expressions)?)),
            WebhookVerify::Token { header, prefix, value } => {
                expressions.redactor().learn_place(header);
                let value = compile(value, &at("value"), expressions)?;
                Self::Token { header: header.clone(), prefix: prefix.clone(), value }
            }
            WebhookVerify::Basic { username, password } => Self::Basic {
                username: compile(username, &at("username"), expressions)?,
                password: compile(password, &at("password"), expressions)?,
            },
        })
    }

    /// What it needs of the connection. Secrets that count no more need no value.
    pub fn secrets(&self) -> Vec<&Compiled> {
        match self {
            Self::None => Vec::new(),
            Self::Hmac(hmac) => hmac.secrets.first().into_iter().collect(),
            Self::Token { value, .. } => vec![value],
            Self::Basic { username, password } => vec![username, password],
        }
    }

    pub fn word(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Hmac(_) => "hmac",
            Self::Token { .. } => "token",
            Self::Basic { .. } => "basic",
        }
    }

    /// Checks a request. `id` gives its id, where what is signed asks for it.
    pub fn check(
        &self,
        expressions: &Expressions,
        parts: &Parts<'_>,
        id: impl FnOnce(bool) -> Option<String>,
    ) -> Result<Proof, Refusal> {
        match self {
            Self::None => {}
            Self::Hmac(hmac) => return hmac.check(expressions, parts, id(hmac.content.uses("id"))),
            Self::Token { header, prefix, value } => token(expressions, parts, (header, prefix), value)?,
            Self::Basic { username, password } => basic(expressions, parts, username, password)?,
        }
        Ok(Proof { fingerprint: fingerprint(&[&parts.incoming.body]), signed_at: None })
    }
}

/// A value of the connection that a proof needs.
pub(super) fn value(expressions: &Expressions, template: &Compiled) -> Result<Zeroizing<String>, Refusal> {
    let rendered = template.text(expressions, &Scope::default());
    let text = rendered.map(|rendered| Zeroizing::new(rendered.text)).unwrap_or_default();
    if text.is_empty() {
        let name = shown(template);
        let message = format!("The secret is missing here: {name} has no value.");
        let expected = format!("Give the connection a value for {name}. The sender was told to try later.");
        return Err(Refusal::new("no_secret", 503, message, expected));
    }
    Ok(text)
}

/// What a template refers to, without its value.
fn shown(template: &Compiled) -> String {
    if template.names().is_empty() { "the secret".to_owned() } else { format!("`{}`", template.names().join("`, `")) }
}

fn missing(header: &str, expected: impl Into<String>) -> Refusal {
    Refusal::new("missing_header", 401, format!("The header {header} is missing."), expected)
}

fn token(
    expressions: &Expressions,
    parts: &Parts<'_>,
    (header, prefix): (&str, &str),
    template: &Compiled,
) -> Result<(), Refusal> {
    let expected = format!("The value of {} in the header {header}.", shown(template));
    let right = value(expressions, template)?;
    let given = parts.incoming.header(header).ok_or_else(|| missing(header, expected.clone()))?;
    let fits = given.strip_prefix(prefix).is_some_and(|given| same(given.trim().as_bytes(), right.trim().as_bytes()));
    if fits { Ok(()) } else { Err(Refusal::new("bad_token", 401, "The token does not fit.", expected)) }
}

fn basic(
    expressions: &Expressions,
    parts: &Parts<'_>,
    username: &Compiled,
    password: &Compiled,
) -> Result<(), Refusal> {
    let expected = format!("Basic auth with the password of {}.", shown(password));
    let right = Zeroizing::new(format!("{}:{}", *value(expressions, username)?, *value(expressions, password)?));
    let given = parts.incoming.header("authorization").ok_or_else(|| missing("Authorization", expected.clone()))?;
    let coded = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    let given = coded.and_then(|(_, coded)| STANDARD.decode(coded.trim()).ok()).map(Zeroizing::new);
    let fits = given.is_some_and(|given| same(&given, right.as_bytes()));
    if fits { Ok(()) } else { Err(Refusal::new("bad_token", 401, "User name or password does not fit.", expected)) }
}

impl HmacPlan {
    fn compile(rule: &HmacVerify, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let at = |part: &str| format!("{field}.{part}");
        let content = rule.content.as_ref();
        let mut secrets = vec![compile(&rule.secret, &at("secret"), expressions)?];
        for (index, old) in rule.old_secrets.iter().enumerate() {
            secrets.push(compile(old, &at(&format!("old_secrets[{index}]")), expressions)?);
        }
        let timestamp = match &rule.timestamp {
            None => None,
            Some(TimestampPlace::Header(name)) => Some(MomentPlace::Header(name.clone())),
            Some(TimestampPlace::Item(prefix)) => Some(MomentPlace::Item(prefix.clone())),
            Some(TimestampPlace::Path(path)) => {
                let bad = |why| Fault::new("bad_path", at("timestamp.path"), why);
                Some(MomentPlace::Path(Path::parse(path).map_err(bad)?))
            }
        };
        let tolerance = rule.tolerance.as_ref().map(|tolerance| tolerance.exact()).transpose();
        let bad = |why| Fault::new("bad_duration", at("tolerance"), why);
        Ok(Self {
            content: content.map_or_else(
                || Ok(Content::body()),
                |content| Content::compile(content, &at("content"), expressions),
            )?,
            timestamp,
            tolerance: tolerance.map_err(bad)?.unwrap_or(TOLERANCE),
            secrets,
            rule: rule.clone(),
        })
    }

    fn check(&self, expressions: &Expressions, parts: &Parts<'_>, id: Option<String>) -> Result<Proof, Refusal> {
        let header = &self.rule.header;
        let values = || parts.incoming.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(header));
        if values().next().is_none() {
            return Err(missing(header, self.expected()));
        }
        let items = items(values().map(|(_, value)| value.as_str()), &self.rule.separator);
        let moment = self.moment(parts, &items)?;
        let given = self.signatures(&items)?;
        let (id, timestamp) = (id.map(Value::String), moment.as_ref().map(|text| Value::String(text.clone())));
        let content = self.content.bytes(expressions, parts, (id.as_ref(), timestamp.as_ref()));
        let content = content.map_err(|why| unmade(&why))?;
        let mut right = false;
        for key in self.keys(expressions)? {
            for given in &given {
                right |= signature::is_right(self.rule.algorithm, &key, &content, given);
            }
        }
        if !right {
            let message = format!("The signature in {header} does not fit what came.");
            return Err(Refusal::new("bad_signature", 401, message, self.expected() + WHY));
        }
        let signed_at = moment.map(|text| self.in_time(&text, parts.incoming.at)).transpose()?;
        Ok(Proof { fingerprint: fingerprint(&content), signed_at })
    }

    /// The signed moment as it was sent.
    fn moment(&self, parts: &Parts<'_>, items: &[&str]) -> Result<Option<String>, Refusal> {
        let Some(place) = &self.timestamp else { return Ok(None) };
        let (found, whence) = match place {
            MomentPlace::Header(name) => (parts.incoming.header(name).map(str::to_owned), format!("the header {name}")),
            MomentPlace::Item(prefix) => (
                items.iter().find_map(|item| item.strip_prefix(prefix.as_str())).map(str::to_owned),
                format!("an item `{prefix}…` of the header {}", self.rule.header),
            ),
            MomentPlace::Path(path) => (
                parts.text().and_then(|text| path.first(text)).map(|raw| plain_text(raw).into_owned()),
                format!("{} of the body", path.normalised()),
            ),
        };
        let expected = format!("The moment of the signature in {whence}: Unix seconds, milliseconds or RFC 3339.");
        let found = found.filter(|text| !text.is_empty());
        found.map(Some).ok_or_else(|| {
            let code = if matches!(place, MomentPlace::Header(_)) { "missing_header" } else { "no_timestamp" };
            Refusal::new(code, 401, format!("The signed moment is missing: {whence}."), expected)
        })
    }

    fn in_time(&self, text: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
        let at = moment::parse(text).ok_or_else(|| {
            let text: String = text.chars().take(40).collect();
            let expected = "Unix seconds, milliseconds or RFC 3339.";
            Refusal::new("bad_timestamp", 400, format!("The signed moment `{text}` can't be read."), expected)
        })?;
        moment::near(at, now, self.tolerance).map(|()| at)
    }

    /// The signatures of the header, decoded.
    fn signatures(&self, items: &[&str]) -> Result<Vec<Vec<u8>>, Refusal> {
        let refused = |message: String| Refusal::new("bad_signature_form", 401, message, self.expected());
        let fitting = items.iter().filter_map(|item| item.strip_prefix(self.rule.prefix.as_str()));
        let fitting: Vec<&str> = fitting.take(SIGNATURES).collect();
        if fitting.is_empty() {
            let prefix = &self.rule.prefix;
            return Err(refused(format!("The header {} holds nothing that begins with `{prefix}`.", self.rule.header)));
        }
        let length = self.rule.algorithm.bytes();
        let decoded: Vec<Vec<u8>> = fitting
            .iter()
            .filter_map(|text| signature::decode(text.trim(), self.rule.encoding))
            .filter(|bytes| bytes.len() == length)
            .collect();
        if decoded.is_empty() {
            let form = self.form();
            return Err(refused(format!("The signature in {} is not {form}.", self.rule.header)));
        }
        Ok(decoded)
    }

    /// The keys of all secrets that have a value.
    pub fn keys(&self, expressions: &Expressions) -> Result<Vec<Zeroizing<Vec<u8>>>, Refusal> {
        let mut keys = Vec::new();
        for (place, secret) in self.secrets.iter().enumerate() {
            let text = match value(expressions, secret) {
                Ok(text) => text,
                Err(_) if place > 0 => continue,
                Err(refusal) => return Err(refusal),
            };
            let found = key(text.trim(), &self.rule.secret_prefix, self.rule.secret_encoding);
            keys.push(found.ok_or_else(|| self.unreadable(secret))?);
        }
        Ok(keys)
    }

    fn unreadable(&self, secret: &Compiled) -> Refusal {
        let form = match self.rule.secret_encoding {
            SecretEncoding::Hex => "hexadecimal",
            SecretEncoding::Base64 | SecretEncoding::Text => "base64",
        };
        let message = format!("The value of {} is not {form}.", shown(secret));
        Refusal::new("bad_secret", 503, message, "`secret_encoding` says how the secret is written.")
    }

    fn form(&self) -> String {
        let encoding = match self.rule.encoding {
            definition::model::Encoding::Hex => "hexadecimal",
            definition::model::Encoding::Base64 => "base64",
        };
        format!("{} bytes in {encoding}", self.rule.algorithm.bytes())
    }

    /// What is expected, in words that help nobody to forge it.
    fn expected(&self) -> String {
        let algorithm = match self.rule.algorithm {
            HmacAlgorithm::Sha1 => "SHA-1",
            HmacAlgorithm::Sha256 => "SHA-256",
            HmacAlgorithm::Sha512 => "SHA-512",
        };
        let content = match &self.rule.content {
            None => "the raw body".to_owned(),
            Some(content) => format!("`{}`", content.as_str()),
        };
        let prefix = match self.rule.prefix.as_str() {
            "" => String::new(),
            prefix => format!(" after `{prefix}`"),
        };
        let secrets: Vec<String> = self.secrets.iter().map(shown).collect();
        format!(
            "In the header {}{prefix}: the HMAC with {algorithm} of {content}, {}, with the key {}.",
            self.rule.header,
            self.form(),
            secrets.join(" or "),
        )
    }
}

/// Why a signature does not fit, mostly.
const WHY: &str = " Either what was signed was changed on the way, or the secret here is not the sender's.";
