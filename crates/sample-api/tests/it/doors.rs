//! The ways in that remember.

use crate::client::{get, send};
use sample_api::{SAMPLE_CODE, SAMPLE_KEY, SAMPLE_PASSWORD, SAMPLE_USER};
use serde_json::json;

#[test]
fn a_login_opens_a_session_and_a_second_step_asks_for_its_code() {
    let server = crate::server();
    let post =
        |path: &str, body: serde_json::Value| send("POST", &server.url(path), &[], &body.to_string()).expect("one");
    let who = json!({"user": SAMPLE_USER, "password": SAMPLE_PASSWORD});
    assert_eq!(get(&server.url("/session/products"), &[]).status, 401);
    assert_eq!(post("/session/login", json!({"user": SAMPLE_USER})).status, 401);
    let token = post("/session/login", who.clone()).json()["token"].as_str().map(str::to_owned).expect("a token");
    assert_eq!(get(&server.url("/session/products"), &[("X-Session", token)]).status, 200);
    let first = post("/two-step/login", who);
    assert_eq!((first.status, first.json()["mfa_required"].as_bool()), (401, Some(true)));
    let code = |code: &str| post("/two-step/code", json!({"ticket": first.json()["ticket"], "code": code}));
    assert_eq!((code("000000").status, code(SAMPLE_CODE).status), (403, 403), "a ticket is good for one try");
}

#[test]
fn a_limit_is_told_and_kept() {
    let server = crate::server();
    let key = [("Authorization", format!("Bearer {SAMPLE_KEY}"))];
    let answers: Vec<_> = (0..21).map(|_| get(&server.url("/limited/products"), &key)).collect();
    assert_eq!(answers[0].header("ratelimit-remaining"), Some("19"));
    let last = &answers[20];
    assert_eq!((last.status, last.header("ratelimit-remaining")), (429, Some("0")));
    assert!(last.header("retry-after").is_some());
    assert_eq!(get(&server.url("/limited/products"), &[]).status, 401);
}

#[test]
fn digest_challenges_with_a_new_nonce_each_time() {
    let server = crate::server();
    let nonces: Vec<String> = (0..2)
        .map(|_| {
            let refusal = get(&server.url("/digest/products"), &[]);
            assert_eq!(refusal.status, 401);
            let challenges: Vec<_> =
                refusal.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("www-authenticate")).collect();
            assert!(challenges.len() == 2 && challenges[0].1.contains("SHA-256") && challenges[1].1.contains("MD5"));
            challenges[0].1.clone()
        })
        .collect();
    assert_ne!(nonces[0], nonces[1]);
}
