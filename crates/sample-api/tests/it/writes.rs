//! Customers are made, changed and removed, and what can't be taken is told by its field.

use crate::client::{get, send};
use crate::server;
use serde_json::json;

#[test]
fn writes_keep_their_word() {
    let server = server();
    let ask = |method: &str, path: &str, headers: &[(&str, String)], body: &str| {
        send(method, &server.url(path), headers, body).expect("an answer")
    };
    let made = ask("POST", "/open/customers", &[], r#"{"name": "A", "email": "a@b.test"}"#);
    assert_eq!((made.status, made.json()["id"].as_u64()), (201, Some(231)));
    for (body, status) in [
        (r#"{"name": "", "email": "x", "plan": "gold", "id": 3}"#, 422),
        (r#"{"name": "B"}"#, 422),
        (r#"{"name": "B", "email": "A@b.test"}"#, 409),
        (r#"{"name": "B", "email": "customer7@example.com"}"#, 409),
        ("[]", 400),
    ] {
        assert_eq!(ask("POST", "/open/customers", &[], body).status, status, "{body}");
    }
    let wrong = ask("POST", "/open/customers", &[], r#"{"name": "", "email": "x", "plan": "gold", "id": 3}"#).json();
    assert_eq!(wrong["error"]["fields"].as_object().map(serde_json::Map::len), Some(4));
    let key = [("Idempotency-Key", "k".to_owned())];
    let body = r#"{"name": "C", "email": "c@b.test"}"#;
    let (first, again) = (ask("POST", "/open/customers", &key, body), ask("POST", "/open/customers", &key, body));
    assert_eq!((first.json()["id"].as_u64(), again.json()["id"].as_u64()), (Some(232), Some(232)));
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(ask("POST", "/open/customers", &key, r#"{"name": "D"}"#).status, 422);
    assert_eq!(ask("PATCH", "/open/customers/231", &[], r#"{"plan": "team"}"#).json()["plan"], "team");
    assert_eq!(get(&server.url("/open/customers/231"), &[]).json()["plan"], "team");
    assert_eq!(ask("DELETE", "/open/customers/231", &[], "").status, 204);
    for method in ["DELETE", "PATCH", "GET"] {
        assert_eq!(ask(method, "/open/customers/231", &[], "{}").status, 404, "{method}");
    }
    let page = get(&server.url("/open/customers?per_page=500"), &[]).json();
    assert_eq!(page["total"], json!(231));
    assert_eq!(get(&server.url("/open/customers/find?text=C@B"), &[]).json()["data"][0]["name"], "C");
    assert_eq!(send("POST", &server.url("/v1/customers"), &[], "{}").expect("an answer").status, 401);
}
