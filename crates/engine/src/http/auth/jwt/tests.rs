//! What a token holds.

use super::super::Making;
use super::{Jwt, compile, moment, renewal};
use crate::clock::Clock;
use crate::config::ConfigValues;
use crate::expr::Expressions;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use definition::Secret;
use definition::model::{Http, JwtAuth};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::time::Duration;

fn made(auth: &Value) -> Result<(Jwt, Expressions), String> {
    let mut config = ConfigValues::default();
    config.secrets.insert("key".into(), Secret::new("a shared secret"));
    config.values.insert("team".into(), json!(42));
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let expressions = Expressions::with_clock(&config, Clock::Fixed(now));
    let base = url::Url::parse("http://a.test").unwrap();
    let making = Making { expressions: &expressions, http: &Http::default(), base: &base, field: "http.auth".into() };
    let mut whole = json!({"algorithm": "HS256", "key": "{{ config.key }}"});
    for (name, value) in auth.as_object().unwrap() {
        whole[name] = value.clone();
    }
    let auth: JwtAuth = serde_json::from_value(whole).unwrap();
    let jwt = compile(&auth, &making).map_err(|faults| faults[0].to_string())?;
    Ok((jwt, expressions))
}

fn parts(auth: &Value) -> (Value, Value) {
    let (jwt, expressions) = made(auth).unwrap();
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let token = jwt.signer.mint(&expressions, now).unwrap();
    let part = |at| {
        let text: &str = token.split('.').nth(at).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
    };
    (part(0), part(1))
}

#[test]
fn claims_keep_their_types_and_have_their_defaults() {
    let (header, claims) = parts(&json!({
        "claims": {"iss": "{{ config.team }}", "sub": "team-{{ config.team }}", "admin": true, "n": 1.5,
            "aud": ["a", "{{ config.team }}"], "nested": {"x": null}, "nbf": "2026-01-01T00:00:01Z"},
        "token_headers": {"kid": "k1"}, "lifetime": "5m",
    }));
    assert_eq!(header, json!({"alg": "HS256", "typ": "JWT", "kid": "k1"}));
    assert_eq!(
        claims,
        json!({"iat": 1_767_225_600, "exp": 1_767_225_900, "iss": 42, "sub": "team-42", "admin": true, "n": 1.5,
            "aud": ["a", 42], "nested": {"x": null}, "nbf": 1_767_225_601})
    );
    let (_, claims) = parts(&json!({"claims": {"iat": null, "exp": "1800000000"}}));
    assert_eq!(claims, json!({"exp": 1_800_000_000}));
    let (_, claims) = parts(&json!({"exchange": {"token_url": "https://id.test/token"}}));
    assert_eq!(claims["aud"], "https://id.test/token");
}

#[test]
fn faults_are_found_before_anything_is_sent() {
    for (auth, words) in [
        (json!({"claims": {"exp": "soon"}}), "`exp` is no moment"),
        (json!({"algorithm": "RS256"}), "no PEM"),
        (json!({"claims": {"a": "{{ config.team + }}"}}), "http.auth.claims.a"),
        (json!({"exchange": {"token_url": "id.test/token"}}), "http.auth.exchange.token_url"),
        (json!({"header": "a b"}), "no header name"),
    ] {
        let why = made(&auth).err().unwrap();
        assert!(why.contains(words) && !why.contains("shared secret"), "{why}");
    }
    assert_eq!(moment(&json!("2026-01-01T00:00:00+01:00")), Some(json!(1_767_222_000)));
    assert_eq!(moment(&json!({})), None);
}

#[test]
fn a_token_is_renewed_ahead_of_its_end() {
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let ahead = |seconds: u64| renewal(now, Duration::from_secs(seconds)).duration_since(now).as_secs();
    assert_eq!((ahead(10), ahead(600), ahead(3600)), (9, 540, 3540));
    let _ = renewal(now, Duration::MAX);
}
