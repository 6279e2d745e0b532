//! Keys in every form that people have them in; signatures proved with the public key.

use super::{Account, Key};
use aws_lc_rs::encoding::{AsDer, EcPrivateKeyRfc5915Der, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair, UnparsedPublicKey, VerificationAlgorithm};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use definition::model::JwtAlgorithm::{self, ES256, ES384, EdDSA, HS256, PS256, RS256, RS384};

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn proves(algorithm: JwtAlgorithm, text: &str, base64: bool, public: &[u8], with: &'static dyn VerificationAlgorithm) {
    let (key, _) = Key::read(algorithm, text, base64).unwrap_or_else(|why| panic!("{algorithm:?}: {why}"));
    let signature = key.sign(b"a message").unwrap();
    UnparsedPublicKey::new(with, public).verify(b"a message", &signature).unwrap();
}

#[test]
fn rsa_keys_are_read_in_every_form() {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
    let public = pair.public_key().as_ref();
    let pkcs8 = pem("PRIVATE KEY", der.as_ref());
    // The PKCS#8 of an RSA key of 2048 bits is 26 bytes around the PKCS#1.
    let pkcs1 = pem("RSA PRIVATE KEY", &der.as_ref()[26..]);
    let escaped = pkcs8.replace('\n', "\\n");
    let one_line = pkcs1.replace('\n', " ");
    let windows = pkcs8.replace('\n', "\r\n");
    let with = &signature::RSA_PKCS1_2048_8192_SHA256;
    for text in [&pkcs8, &pkcs1, &escaped, &one_line, &windows] {
        proves(RS256, text, false, public, with);
    }
    for text in [STANDARD.encode(&pkcs8), STANDARD.encode(der.as_ref()), URL_SAFE_NO_PAD.encode(&pkcs1)] {
        proves(RS256, &text, true, public, with);
    }
    proves(RS384, &pkcs8, false, public, &signature::RSA_PKCS1_2048_8192_SHA384);
    proves(PS256, &pkcs8, false, public, &signature::RSA_PSS_2048_8192_SHA256);
    let file = serde_json::json!({"type": "service_account", "private_key": pkcs8, "private_key_id": "k1",
        "client_email": "robot@acme.test"});
    let (_, account) = Key::read(RS256, &file.to_string(), false).unwrap();
    assert_eq!(account, Account { email: Some("robot@acme.test".into()), key_id: Some("k1".into()) });
    proves(RS256, &file.to_string(), false, public, with);
    let why = Key::read(ES256, &pkcs1, false).unwrap_err();
    assert!(why.contains("key for RSA"), "{why}");
}

#[test]
fn elliptic_keys_are_read_in_every_form() {
    for (algorithm, signing, with) in [
        (
            ES256,
            &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
            &signature::ECDSA_P256_SHA256_FIXED as &'static dyn VerificationAlgorithm,
        ),
        (ES384, &signature::ECDSA_P384_SHA384_FIXED_SIGNING, &signature::ECDSA_P384_SHA384_FIXED),
    ] {
        let pair = EcdsaKeyPair::generate(signing).unwrap();
        let pkcs8 = pair.to_pkcs8v1().unwrap();
        let sec1 = AsDer::<EcPrivateKeyRfc5915Der<'_>>::as_der(&pair.private_key()).unwrap();
        let public = pair.public_key().as_ref();
        proves(algorithm, &pem("PRIVATE KEY", pkcs8.as_ref()), false, public, with);
        proves(algorithm, &pem("EC PRIVATE KEY", sec1.as_ref()), false, public, with);
        // As openssl writes it, with the curve before the key.
        let both = format!("{}{}", pem("EC PARAMETERS", b"x"), pem("EC PRIVATE KEY", sec1.as_ref()));
        proves(algorithm, &both, false, public, with);
    }
    let pair = Ed25519KeyPair::generate().unwrap();
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    assert!(Key::read(EdDSA, &pem("PRIVATE KEY", pkcs8.as_ref()), false).is_ok());
    let der = pair.to_pkcs8().unwrap();
    proves(EdDSA, &pem("PRIVATE KEY", der.as_ref()), false, pair.public_key().as_ref(), &signature::ED25519);
}

/// RFC 7515, A.1.
#[test]
fn a_shared_secret_signs_as_the_rfc_has_it() {
    let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let message = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt\
                   cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let (key, _) = Key::read(HS256, key, true).unwrap();
    let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes()).unwrap());
    assert_eq!(signature, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

#[test]
fn what_is_no_key_is_told_without_showing_it() {
    let encrypted = pem("ENCRYPTED PRIVATE KEY", b"kanarienvogel");
    let public = pem("PUBLIC KEY", b"kanarienvogel");
    let garbage = pem("PRIVATE KEY", b"kanarienvogel");
    for (text, base64, words) in [
        (encrypted.as_str(), false, "passphrase"),
        (&public, false, "private one"),
        (&garbage, false, "no private key for RSA"),
        ("kanarienvogel!", false, "no PEM"),
        ("kanarienvogel!", true, "no base64"),
        ("-----BEGIN PRIVATE KEY-----", false, "no private key"),
        ("", false, "no private key"),
    ] {
        let why = Key::read(RS256, text, base64).unwrap_err();
        assert!(why.contains(words) && !why.contains("kanarien"), "{text}: {why}");
    }
    assert!(Key::read(HS256, "", false).is_err());
}
