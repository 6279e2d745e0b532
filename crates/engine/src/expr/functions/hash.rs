//! Digests.

use super::{both, derived, text_of};
use crate::expr::values::bad;
use crate::http::Redactor;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, Value};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

pub(super) fn register(environment: &mut Environment<'static>, redactor: &Redactor) {
    for name in ["md5", "sha1", "sha256", "sha384", "sha512"] {
        let redactor = redactor.clone();
        both(environment, name, move |value: &Value, kwargs: Kwargs| {
            let encoding = kwargs.get::<Option<String>>("encoding")?;
            kwargs.assert_all_used()?;
            make(&redactor, name, &text_of(value)?, None, encoding.as_deref())
        });
    }
    let known = redactor.clone();
    both(environment, "hash", move |value: &Value, kind: Option<&str>, salt: Option<&Value>, kwargs: Kwargs| {
        let kind = kind.map(str::to_owned).or(kwargs.get::<Option<String>>("hash_type")?);
        let salt = salt.cloned().or(kwargs.get::<Option<Value>>("salt")?);
        let encoding = kwargs.get::<Option<String>>("encoding")?;
        kwargs.assert_all_used()?;
        let salt = salt.as_ref().map(text_of).transpose()?.unwrap_or_default();
        let text = text_of(value)? + &salt;
        make(&known, kind.as_deref().unwrap_or("md5"), &text, None, encoding.as_deref())
    });
    let known = redactor.clone();
    both(environment, "hmac", move |value: &Value, key: &Value, kind: Option<&str>, kwargs: Kwargs| {
        let kind = kind.map(str::to_owned).or(kwargs.get::<Option<String>>("hash_type")?);
        let encoding = kwargs.get::<Option<String>>("encoding")?;
        kwargs.assert_all_used()?;
        let key = text_of(key)?;
        make(&known, kind.as_deref().unwrap_or("sha256"), &text_of(value)?, Some(&key), encoding.as_deref())
    });
}

/// A digest, or a keyed one, in hexadecimal digits or in base64.
fn make(
    redactor: &Redactor,
    kind: &str,
    text: &str,
    key: Option<&str>,
    encoding: Option<&str>,
) -> Result<String, Error> {
    let bytes = match key {
        None => digest(kind, text),
        Some(key) => keyed(kind, key, text),
    };
    let bytes = bytes.ok_or_else(|| bad("the kinds of hashes are md5, sha1, sha256, sha384 and sha512"))?;
    let made = match encoding.unwrap_or("hex") {
        "hex" => hex::encode(bytes),
        "base64" => STANDARD.encode(bytes),
        "base64url" => URL_SAFE_NO_PAD.encode(bytes),
        _ => return Err(bad("the encodings of a hash are hex, base64 and base64url")),
    };
    derived(redactor, &[text, key.unwrap_or_default()], &made);
    Ok(made)
}

fn digest(kind: &str, text: &str) -> Option<Vec<u8>> {
    Some(match kind.to_ascii_lowercase().as_str() {
        "md5" => Md5::digest(text).to_vec(),
        "sha1" => Sha1::digest(text).to_vec(),
        "sha256" => Sha256::digest(text).to_vec(),
        "sha384" => Sha384::digest(text).to_vec(),
        "sha512" => Sha512::digest(text).to_vec(),
        _ => return None,
    })
}

fn keyed(kind: &str, key: &str, text: &str) -> Option<Vec<u8>> {
    fn of<M: Mac + KeyInit>(key: &str, text: &str) -> Option<Vec<u8>> {
        let mut mac = <M as KeyInit>::new_from_slice(key.as_bytes()).ok()?;
        mac.update(text.as_bytes());
        Some(mac.finalize().into_bytes().to_vec())
    }
    match kind.to_ascii_lowercase().as_str() {
        "md5" => of::<Hmac<Md5>>(key, text),
        "sha1" => of::<Hmac<Sha1>>(key, text),
        "sha256" => of::<Hmac<Sha256>>(key, text),
        "sha384" => of::<Hmac<Sha384>>(key, text),
        "sha512" => of::<Hmac<Sha512>>(key, text),
        _ => None,
    }
}
