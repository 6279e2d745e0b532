//! The kinds that put the same on every request.

use super::{Authenticator, Making, compile, take_off};
use crate::config::ConfigValues;
use crate::expr::Expressions;
use crate::http::transport::WireRequest;
use definition::Secret;
use definition::model::{Auth, Http, Method};
use serde_json::json;
use url::Url;

fn sent(auth: serde_json::Value, secret: &str) -> Result<(String, Vec<(String, String)>), String> {
    let mut config = ConfigValues::default();
    config.secrets.insert("key".into(), Secret::new(secret));
    let auth: Auth = serde_json::from_value(auth).unwrap();
    let url = Url::parse("http://a.test/x?a=1&k=old").unwrap();
    let (expressions, http) = (Expressions::new(&config), Http::default());
    let making = Making { expressions: &expressions, http: &http, base: &url.clone(), field: "http.auth".into() };
    let made = compile(&auth, &making).map_err(|faults| faults[0].to_string())?;
    let Authenticator::Fixed(credentials) = made else { panic!("{made:?}") };
    let headers = vec![("cookie".to_owned(), "own=1".to_owned())];
    let mut wire = WireRequest { method: Method::Get, url, headers, body: None };
    credentials.put_on(&mut wire).unwrap();
    let shown = wire.url.to_string();
    take_off(&mut wire.url, credentials.query_names());
    assert!(!wire.url.as_str().contains(secret));
    Ok((shown, wire.headers))
}

#[test]
fn every_kind_is_put_where_it_belongs() {
    let last = |auth, secret| sent(auth, secret).unwrap().1.pop().unwrap();
    let (name, value) = last(json!({"type": "bearer", "token": "{{ config.key }}"}), "tok\n");
    assert_eq!((name.as_str(), value.as_str()), ("Authorization", "Bearer tok"));
    let (_, value) = last(json!({"type": "basic", "username": "jörg", "password": "{{ config.key }}"}), "pä:ss");
    assert_eq!(value, "Basic asO2cmc6cMOkOnNz");
    let key = json!({"type": "api_key", "name": "X-Key", "value": "{{ config.key }}", "prefix": "Token "});
    assert_eq!(last(key, "abc").1, "Token abc");
    let cookie = json!({"type": "api_key", "in": "cookie", "name": "sid", "value": "{{ config.key }}"});
    assert_eq!(last(cookie, "abc").1, "own=1; sid=abc");
    let query = json!({"type": "api_key", "in": "query", "name": "k", "value": "{{ config.key }}"});
    assert_eq!(sent(query, "n w").unwrap().0, "http://a.test/x?a=1&k=n+w");
}

#[test]
fn a_key_may_be_the_user_name_with_no_password() {
    let basic = json!({"type": "basic", "username": "{{ config.key }}", "password": "{{ config.password }}"});
    assert_eq!(sent(basic, "key").unwrap().1.pop().unwrap().1, "Basic a2V5Og==");
}

#[test]
fn what_cannot_be_sent_is_told_without_the_value() {
    for secret in ["line\nbreak", "ümlaut-secret"] {
        let error = sent(json!({"type": "bearer", "token": "{{ config.key }}"}), secret).unwrap_err();
        assert!(error.contains("can't be sent") && !error.contains(secret), "{error}");
    }
    let error = sent(json!({"type": "bearer", "token": "{{ config.other }}"}), "abcdefgh").unwrap_err();
    assert!(error.starts_with("config.other"), "{error}");
}
