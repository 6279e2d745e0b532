//! Keys that sign tokens (RFC 7518), in the forms in which people have them.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, RsaEncoding};
use aws_lc_rs::{error::KeyRejected, hmac};
use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use definition::model::JwtAlgorithm;
use serde_json::Value;
use zeroize::Zeroizing;

/// A key, ready to sign.
pub(super) enum Key {
    Hmac(Box<hmac::Key>),
    Rsa(Box<RsaKeyPair>, &'static dyn RsaEncoding),
    Ecdsa(Box<EcdsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What a service account's JSON file says beside its key.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub email: Option<String>,
    pub key_id: Option<String>,
}

/// What the PEM label says about the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Pkcs8,
    Pkcs1,
    Sec1,
    /// No label: the bytes decide.
    Unknown,
}

impl Key {
    /// Reads a key. The words of a fault hold nothing of it.
    pub(super) fn read(algorithm: JwtAlgorithm, text: &str, is_base64: bool) -> Result<(Self, Account), String> {
        let (text, account) = of_account(text);
        if let Some(kind) = hmac_kind(algorithm) {
            let bytes = if is_base64 { base64(&text)? } else { Zeroizing::new(text.as_bytes().to_vec()) };
            if bytes.is_empty() {
                return Err("it is empty".to_owned());
            }
            return Ok((Self::Hmac(Box::new(hmac::Key::new(kind, &bytes))), account));
        }
        let (form, der) = der(&text, is_base64)?;
        Self::private(algorithm, form, &der).map(|key| (key, account))
    }

    fn private(algorithm: JwtAlgorithm, form: Form, der: &[u8]) -> Result<Self, String> {
        use JwtAlgorithm::{ES256, ES384, ES512, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512};
        let rsa = |encoding: &'static dyn RsaEncoding| {
            let read = match form {
                Form::Pkcs8 => RsaKeyPair::from_pkcs8(der),
                Form::Pkcs1 => RsaKeyPair::from_der(der),
                Form::Sec1 => return Err("it is a key for ECDSA, and the algorithm is of RSA".to_owned()),
                Form::Unknown => RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)),
            };
            read.map(|key| Self::Rsa(Box::new(key), encoding)).map_err(|why| rejected(&why, "RSA (2048 to 8192 bits)"))
        };
        let ecdsa = |curve: &'static signature::EcdsaSigningAlgorithm, name: &str| {
            if form == Form::Pkcs1 {
                return Err("it is a key for RSA, and the algorithm is of ECDSA".to_owned());
            }
            EcdsaKeyPair::from_private_key_der(curve, der)
                .map(|key| Self::Ecdsa(Box::new(key)))
                .map_err(|why| rejected(&why, name))
        };
        match algorithm {
            RS256 => rsa(&signature::RSA_PKCS1_SHA256),
            RS384 => rsa(&signature::RSA_PKCS1_SHA384),
            RS512 => rsa(&signature::RSA_PKCS1_SHA512),
            PS256 => rsa(&signature::RSA_PSS_SHA256),
            PS384 => rsa(&signature::RSA_PSS_SHA384),
            PS512 => rsa(&signature::RSA_PSS_SHA512),
            ES256 => ecdsa(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, "ECDSA on P-256"),
            ES384 => ecdsa(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, "ECDSA on P-384"),
            ES512 => ecdsa(&signature::ECDSA_P521_SHA512_FIXED_SIGNING, "ECDSA on P-521"),
            EdDSA => Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)
                .map(|key| Self::Ed25519(Box::new(key)))
                .map_err(|why| rejected(&why, "Ed25519 in PKCS#8")),
            HS256 | HS384 | HS512 => Err("a shared secret is no private key".to_owned()),
        }
    }

    /// The signature of a message, as JWS wants it (RFC 7515).
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, String> {
        let failed = |_| "the key can't sign".to_owned();
        match self {
            Self::Hmac(key) => Ok(hmac::sign(key, message).as_ref().to_vec()),
            Self::Rsa(key, encoding) => {
                let mut out = vec![0; key.public_modulus_len()];
                key.sign(*encoding, &SystemRandom::new(), message, &mut out).map_err(failed)?;
                Ok(out)
            }
            Self::Ecdsa(key) => {
                key.sign(&SystemRandom::new(), message).map(|done| done.as_ref().to_vec()).map_err(failed)
            }
            Self::Ed25519(key) => Ok(key.sign(message).as_ref().to_vec()),
        }
    }
}

fn hmac_kind(algorithm: JwtAlgorithm) -> Option<hmac::Algorithm> {
    match algorithm {
        JwtAlgorithm::HS256 => Some(hmac::HMAC_SHA256),
        JwtAlgorithm::HS384 => Some(hmac::HMAC_SHA384),
        JwtAlgorithm::HS512 => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

fn rejected(why: &KeyRejected, wanted: &str) -> String {
    format!("it is no private key for {wanted} ({why})")
}

/// The key of a service account's whole JSON file, or the text as it is.
fn of_account(text: &str) -> (Zeroizing<String>, Account) {
    let text = text.trim();
    if text.starts_with('{')
        && let Ok(Value::Object(file)) = serde_json::from_str::<Value>(text)
        && let Some(key) = file.get("private_key").and_then(Value::as_str)
    {
        let word = |name: &str| file.get(name).and_then(Value::as_str).map(str::to_owned);
        let account = Account { email: word("client_email"), key_id: word("private_key_id") };
        return (Zeroizing::new(key.to_owned()), account);
    }
    (Zeroizing::new(text.to_owned()), Account::default())
}

/// A private key's bytes: from PEM, also with `\n` for its line breaks or with none left; from base64 of either.
fn der(text: &str, is_base64: bool) -> Result<(Form, Zeroizing<Vec<u8>>), String> {
    let text = Zeroizing::new(text.replace("\\r", "").replace("\\n", "\n"));
    if text.contains("-----BEGIN") {
        return pem(&text);
    }
    let bytes = base64(&text).map_err(|why| {
        if is_base64 { why } else { "it is no PEM (there is no `-----BEGIN … PRIVATE KEY-----`)".to_owned() }
    })?;
    match std::str::from_utf8(&bytes) {
        Ok(inner) if inner.contains("-----BEGIN") => pem(inner),
        _ => Ok((Form::Unknown, bytes)),
    }
}

fn pem(text: &str) -> Result<(Form, Zeroizing<Vec<u8>>), String> {
    let mut found = Err("its PEM holds no private key".to_owned());
    for block in text.split("-----BEGIN ").skip(1) {
        let Some((label, rest)) = block.split_once("-----") else { continue };
        let Some((body, _)) = rest.split_once("-----END") else { continue };
        let form = match label.trim() {
            "PRIVATE KEY" => Form::Pkcs8,
            "RSA PRIVATE KEY" => Form::Pkcs1,
            "EC PRIVATE KEY" => Form::Sec1,
            "ENCRYPTED PRIVATE KEY" => {
                found = Err("it is encrypted: take the passphrase off first".to_owned());
                continue;
            }
            "PUBLIC KEY" | "RSA PUBLIC KEY" | "CERTIFICATE" => {
                found = Err("it is a public key, and signing needs the private one".to_owned());
                continue;
            }
            _ => continue,
        };
        if body.contains("Proc-Type:") {
            return Err("it is encrypted: take the passphrase off first".to_owned());
        }
        return base64(body).map(|bytes| (form, bytes)).map_err(|_| "its PEM is damaged".to_owned());
    }
    found
}

/// Base64 in either alphabet, with or without padding, white space in it.
fn base64(text: &str) -> Result<Zeroizing<Vec<u8>>, String> {
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const BASE64: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        })
        .collect();
    let plain = Zeroizing::new(plain);
    BASE64.decode(plain.as_bytes()).map(Zeroizing::new).map_err(|_| "it is no base64".to_owned())
}

#[cfg(test)]
mod tests;
