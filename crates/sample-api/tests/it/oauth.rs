//! The provider keeps the rules.

use crate::client::{Answer, get, send};
use crate::server;
use serde_json::Value;

fn post(url: &str, form: &str) -> Answer {
    let kind = [("Content-Type", "application/x-www-form-urlencoded".to_owned())];
    send("POST", url, &kind, form).expect("an answer")
}

fn field(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_code_is_good_for_one_use_and_a_refresh_token_too() {
    let server = server();
    let (authorize, token) = (server.url("/oauth/authorize"), server.url("/oauth/token"));
    // RFC 7636, appendix B.
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let ask =
        format!("{authorize}?response_type=code&client_id=app&redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2Fcb&state=s1");
    assert_eq!(get(&ask, &[]).status, 400, "PKCE is needed");
    let ask = format!("{ask}&code_challenge={challenge}&code_challenge_method=S256");
    assert!(String::from_utf8_lossy(&get(&ask, &[]).body).contains("Allow"));
    let back = get(&format!("{ask}&answer=deny"), &[]);
    assert!(back.header("location").is_some_and(|place| place.contains("access_denied") && place.contains("state=s1")));
    let code = |verifier: &str| {
        let back = get(&format!("{ask}&answer=allow"), &[]);
        let place = back.header("location").expect("a place").to_owned();
        let code = place.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("a code").to_owned();
        format!(
            "grant_type=authorization_code&client_id=app&redirect_uri=http://127.0.0.1:9/cb&code={code}&code_verifier={verifier}"
        )
    };
    assert_eq!(field(&post(&token, &code("another")), "error"), "invalid_grant");
    let form = code(verifier);
    let first = post(&token, &form);
    assert_eq!(field(&post(&token, &form), "error"), "invalid_grant", "a code is good for one use");
    let with = |answer: &Answer| [("Authorization", format!("Bearer {}", field(answer, "access_token")))];
    assert_eq!(get(&server.url("/oauth/customers"), &with(&first)).status, 200);
    assert_eq!(get(&server.url("/oauth/customers"), &[]).status, 401);
    let again = |answer: &Answer| {
        post(
            &token,
            &format!("grant_type=refresh_token&client_id=app&refresh_token={}", field(answer, "refresh_token")),
        )
    };
    let second = again(&first);
    assert_eq!(second.status, 200);
    assert_eq!(field(&again(&first), "error"), "invalid_grant", "a refresh token is good for one use");
    assert_eq!(get(&server.url("/oauth/me"), &with(&second)).status, 401, "and used again, it ends them all");
}

#[test]
fn a_device_waits_for_its_person() {
    let server = server();
    let token = server.url("/oauth/token");
    let begun = post(&server.url("/oauth/device"), "client_id=app").json();
    let text = |name: &str| begun[name].as_str().map(str::to_owned).unwrap_or_default();
    let form = format!(
        "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=app&device_code={}",
        text("device_code")
    );
    assert_eq!(field(&post(&token, &form), "error"), "authorization_pending");
    let page = get(&text("verification_uri_complete"), &[]);
    assert!(String::from_utf8_lossy(&page.body).contains("Allow"));
    get(&format!("{}&answer=allow", text("verification_uri_complete")), &[]);
    assert!(matches!(post(&token, &form).json()["access_token"], Value::String(_)));
    assert_eq!(field(&post(&token, &form), "error"), "expired_token");
}
