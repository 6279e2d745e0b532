//! `hash`.

use super::Context;
use super::number::canonical;
use crate::expr::{Compiled, Expressions};
use crate::json::{MAX_DEPTH, Scanner, items_at, members};
use crate::map::value::Val;
use definition::model::{HashAlgorithm, HashArgs};
use definition::{Fault, Secret};
use md5::Md5;
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::sync::OnceLock;

/// A compiled digest.
#[derive(Debug)]
pub(crate) struct Hashing {
    algorithm: HashAlgorithm,
    salt: Option<Salt>,
}

#[derive(Debug)]
struct Salt {
    template: Compiled,
    /// A salt that no record changes is made once.
    fixed: Option<OnceLock<Secret>>,
}

impl Hashing {
    pub fn compile(args: &HashArgs, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let salt = args.salt.as_ref().map(|salt| {
            let template = expressions
                .compile(salt)
                .map_err(|message| Fault::new("bad_template", format!("{path}.hash.salt"), message))?;
            let fixed = template.names().iter().all(|name| name == "config" || name.starts_with("config."));
            Ok(Salt { template, fixed: fixed.then(OnceLock::new) })
        });
        Ok(Self { algorithm: args.algorithm, salt: salt.transpose()? })
    }

    pub fn uses_record(&self) -> bool {
        self.salt.as_ref().is_some_and(|salt| salt.template.uses("record"))
    }

    /// The digest of the salt and the value. What can't be made of the salt is told without it.
    pub fn apply(&self, value: &Val<'_>, context: &Context<'_>) -> Result<Val<'static>, String> {
        let salt = self.salt.as_ref().map(|salt| salt.text(context)).transpose()?;
        let salt = salt.as_ref().map_or("", Secret::open);
        let text = plain(value);
        Ok(Val::text(match self.algorithm {
            HashAlgorithm::Sha256 => digest::<Sha256>(salt, &text),
            HashAlgorithm::Sha512 => digest::<Sha512>(salt, &text),
            HashAlgorithm::Sha1 => digest::<Sha1>(salt, &text),
            HashAlgorithm::Md5 => digest::<Md5>(salt, &text),
        }))
    }
}

impl Salt {
    fn text(&self, context: &Context<'_>) -> Result<Secret, String> {
        if let Some(salt) = self.fixed.as_ref().and_then(OnceLock::get) {
            return Ok(salt.clone());
        }
        let made = self.template.text(context.expressions, &context.scope);
        let salt =
            made.map(|salt| Secret::new(salt.text)).map_err(|why| format!("has no digest: in its salt {why}"))?;
        Ok(self.fixed.as_ref().map_or_else(|| salt.clone(), |fixed| fixed.get_or_init(|| salt.clone()).clone()))
    }
}

fn digest<D: Digest>(salt: &str, text: &str) -> String {
    let made = D::new().chain_update(salt.as_bytes()).chain_update(text.as_bytes()).finalize();
    made.iter().fold(String::with_capacity(2 * made.len()), |mut out, byte| {
        out.extend([byte >> 4, byte & 15].map(|half| char::from_digit(u32::from(half), 16).unwrap_or('0')));
        out
    })
}

/// The one text of a value: equal values have equal texts.
fn plain(value: &Val<'_>) -> String {
    match value {
        Val::Number(digits) => canonical(digits),
        Val::Json(json) => {
            let mut out = String::with_capacity(json.len());
            sorted(json, 0, &mut out);
            out
        }
        other => other.plain().into_owned(),
    }
}

/// JSON without white space, members sorted by name, numbers in one spelling.
fn sorted(json: &str, depth: usize, out: &mut String) {
    match json.as_bytes().first() {
        Some(b'{') if depth < MAX_DEPTH => {
            let mut all = members(json).unwrap_or_default();
            all.sort_by(|(one, _), (other, _)| one.cmp(other));
            out.push('{');
            for (place, (name, range)) in all.into_iter().enumerate() {
                out.push_str(if place > 0 { "," } else { "" });
                out.push_str(&Value::from(name).to_string());
                out.push(':');
                sorted(json.get(range).unwrap_or_default(), depth + 1, out);
            }
            out.push('}');
        }
        Some(b'[') if depth < MAX_DEPTH => {
            out.push('[');
            for (place, range) in items_at(&mut Scanner::new(json)).unwrap_or_default().into_iter().enumerate() {
                out.push_str(if place > 0 { "," } else { "" });
                sorted(json.get(range).unwrap_or_default(), depth + 1, out);
            }
            out.push(']');
        }
        _ => match Val::from_raw(json) {
            Val::Number(digits) => out.push_str(&canonical(&digits)),
            other => out.push_str(&other.to_json()),
        },
    }
}
