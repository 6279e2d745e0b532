//! Every auth: without, with a wrong one, with the right one.

use crate::client::get;
use crate::server;
use sample_api::{SAMPLE_KEY, SAMPLE_PASSWORD, SAMPLE_USER};

fn basic(user: &str, password: &str) -> String {
    use base64::Engine as _;
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}")))
}

#[test]
fn every_auth_tells_what_is_missing_and_lets_the_right_key_in() {
    let server = server();
    let cases: [(&str, &str, String, String); 3] = [
        ("v1", "Authorization", format!("Bearer {SAMPLE_KEY}"), "Bearer ".to_owned()),
        ("header", "X-Api-Key", SAMPLE_KEY.to_owned(), "ApiKey ".to_owned()),
        ("basic", "Authorization", basic(SAMPLE_USER, SAMPLE_PASSWORD), "Basic ".to_owned()),
    ];
    for (prefix, header, right, challenge) in cases {
        for path in ["customers", "events", "me"] {
            let url = server.url(&format!("/{prefix}/{path}"));
            let bare = get(&url, &[]);
            assert_eq!(bare.status, 401, "{url}");
            assert!(bare.header("www-authenticate").is_some_and(|value| value.starts_with(&challenge)), "{url}");
            assert_eq!(bare.json()["error"]["code"], "missing_credentials");
            let wrong = get(&url, &[(header, format!("{right}x"))]);
            assert_eq!(wrong.status, 401, "{url}");
            assert_eq!(get(&url, &[(header, right.clone())]).status, 200, "{url}");
        }
    }
    assert_eq!(get(&server.url("/query/orders"), &[]).status, 401);
    assert_eq!(get(&server.url("/query/orders?api_key=no"), &[]).json()["error"]["code"], "invalid_credentials");
    assert_eq!(get(&server.url(&format!("/query/orders?api_key={SAMPLE_KEY}")), &[]).status, 200);
    assert_eq!(get(&server.url("/open/me"), &[]).status, 200);
}

#[test]
fn the_log_names_credentials_and_does_not_keep_them() {
    let server = server();
    get(&server.url("/open/customers?per_page=1"), &[("Authorization", format!("Bearer {SAMPLE_KEY}"))]);
    get(&server.url(&format!("/query/orders?api_key={SAMPLE_KEY}&limit=1")), &[]);
    let answer = get(&server.url("/admin/log"), &[]);
    assert!(!String::from_utf8_lossy(&answer.body).contains(SAMPLE_KEY));
    let lines = answer.json()["requests"].clone();
    assert_eq!(lines[0]["credentials"], serde_json::json!(["authorization"]));
    assert_eq!(lines[1]["credentials"], serde_json::json!(["?api_key"]));
    assert_eq!(lines.as_array().map(Vec::len), Some(2));
    // A next URL has no key in it.
    let page = get(&server.url(&format!("/query/invoices?api_key={SAMPLE_KEY}")), &[]).json();
    assert!(!page["links"].to_string().contains(SAMPLE_KEY));
}
