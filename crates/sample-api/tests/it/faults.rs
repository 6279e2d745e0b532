//! Every fault is what it says.

use crate::client::{self, get};
use crate::server;
use sample_api::{Fault, FaultKind, SAMPLE_KEY};
use serde_json::Value;

#[test]
fn faults_by_query_are_real() {
    let server = server();
    let ask = |tail: &str| get(&server.url(&format!("/open/customers?per_page=20&fault={tail}")), &[]);
    let limited = ask("rate_limit&fault_seconds=3");
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("3")));
    assert_eq!(ask("429").status, 429);
    assert_eq!(ask("server_error&fault_status=503").status, 503);
    assert_eq!(ask("slow&fault_ms=5").status, 200);
    assert_eq!(ask("unauthorized").status, 401);
    assert!(ask("error_in_200").json()["error"].is_object());
    let html = ask("html");
    assert_eq!((html.status, html.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(serde_json::from_slice::<Value>(&ask("not_json").body).is_err());
    let cut = ask("truncated");
    let promised: usize = cut.header("content-length").and_then(|text| text.parse().ok()).expect("a length");
    assert!(cut.status == 200 && cut.body.len() < promised);
    assert!(client::send("GET", &server.url("/open/customers?fault=reset"), &[], "").is_none());
    assert_eq!(server.log().last().map(|line| line.status), Some(0));
}

#[test]
fn pages_that_repeat_and_pages_without_an_end() {
    let server = server();
    let get = |path: &str| get(&server.url(path), &[]);
    for (one, other) in [("customers?page=1", "customers?page=2"), ("orders?offset=0", "orders?offset=100")] {
        let first = get(&format!("/open/{one}&fault=repeat_page"));
        assert_eq!(first.body, get(&format!("/open/{other}&fault=repeat_page")).body);
    }
    let page = get("/open/customers?page=999999&fault=endless").json();
    assert_eq!(page["data"].as_array().map(Vec::len), Some(100));
}

#[test]
fn faults_that_are_set_come_when_they_are_due_and_only_to_those_who_may_in() {
    let server = server();
    let text = r#"{"collection": "events", "kind": "server_error", "every": 3, "times": 2}"#;
    assert_eq!(client::send("POST", &server.url("/admin/faults"), &[], text).expect("an answer").status, 201);
    let statuses: Vec<u16> = (0..10).map(|_| get(&server.url("/open/events?limit=1"), &[]).status).collect();
    assert_eq!(statuses, [200, 200, 500, 200, 200, 500, 200, 200, 200, 200]);
    assert_eq!(get(&server.url("/open/orders?limit=1"), &[]).status, 200);
    server.clear_faults();
    server.set_fault(Fault { at: Some(2), ..Fault::new(FaultKind::Unauthorized) });
    let key = [("Authorization", format!("Bearer {SAMPLE_KEY}"))];
    let statuses: Vec<u16> = (0..3).map(|_| get(&server.url("/v1/orders?limit=1"), &key).status).collect();
    assert_eq!(statuses, [200, 401, 200]);
    assert_eq!(
        client::send("POST", &server.url("/admin/faults"), &[], "{\"kind\": \"no\"}").expect("an answer").status,
        400
    );
}
