//! `new` from a file of many requests, and from requests that are no curl commands.

use crate::run::{Place, server};
use sample_api::SAMPLE_KEY;
use serde_json::Value;

fn description(base: &str) -> String {
    serde_json::json!({
        "openapi": "3.1.0", "info": {"title": "Sample shop API"}, "servers": [{"url": base}],
        "security": [{"bearer": []}],
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/v1/customers": {"get": {"summary": "List customers", "responses": {"200": {"description": "ok"}}}},
            "/v1/customers/{id}": {"get": {"parameters": [{"name": "id", "in": "path", "required": true}], "responses": {"200": {"description": "ok"}}}},
            "/open/products": {"get": {"security": [], "responses": {"200": {"description": "ok"}}}},
        }
    })
    .to_string()
}

/// How many records the streams of a file have.
fn read_all(place: &Place, file: &str, streams: &[&str]) -> usize {
    let one = |stream: &&str| {
        let args = ["sync", file, "--to", "jsonl:-", "--stream", stream, "--secret", "api_token=env:SAMPLE_KEY"];
        place.run(&args).exits(0).stdout.lines().count()
    };
    streams.iter().map(one).sum()
}

#[test]
fn a_description_lists_what_it_has_and_takes_what_is_named() {
    let (place, server) = (Place::new(), server());
    let base = server.url("");
    let file = place.write("shop.json", &description(base.trim_end_matches('/')));
    let out = ["--out", "c.connector.yaml", "--yes"];
    let run = |more: &[&str]| place.run(&[&["new", &file][..], &out, more].concat());
    let listed = run(&[]).exits(2);
    for word in ["customers", "/v1/customers/{id}", "List customers", "--stream customers"] {
        assert!(listed.stdout.contains(word) || listed.stderr.contains(word), "{word}: {listed:?}");
    }
    let listed = run(&["--json"]).exits(2);
    let names: Vec<Value> =
        listed.json()["endpoints"].as_array().expect("a list").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["customers", "customer", "products"]);
    assert!(server.log().is_empty() && !place.path("c.connector.yaml").exists());
    let wrong = run(&["--stream", "custommers"]).exits(2);
    assert!(wrong.stderr.contains("customers"), "{wrong:?}");
    let lacking = run(&["--stream", "customer", "--secret", "api_token=env:SAMPLE_KEY"]).exits(2);
    assert!(lacking.stderr.contains("--config id=VALUE"), "{lacking:?}");
    run(&["--stream", "customers"]).exits(3);

    let ran = run(&["--stream", "customers", "--stream", "products", "--secret", "api_token=env:SAMPLE_KEY", "--json"])
        .exits(0);
    let answer = ran.json();
    let streams: Vec<&str> = answer["definition"]["streams"]
        .as_array()
        .expect("streams")
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!((answer["name"].as_str(), streams), (Some("sample-shop"), vec!["customers", "products"]), "{answer}");
    let text = std::fs::read_to_string(place.path("c.connector.yaml")).expect("a file");
    assert!(!text.contains(SAMPLE_KEY) && text.contains("{{ config.api_token }}"), "{text}");
    place.run(&["validate", "c.connector.yaml"]).exits(0);
    assert_eq!(read_all(&place, "c.connector.yaml", &["customers", "products"]), 640);
    // A key under another name is the one that is asked for, and everything is taken from standard input.
    let text = description(base.trim_end_matches('/'));
    let all =
        ["new", "-", "--out", "d.connector.yaml", "--yes", "--stream", "customers", "--secret", "token=env:SAMPLE_KEY"];
    place.run_with(&all, &text).exits(0);
    assert!(std::fs::read_to_string(place.path("d.connector.yaml")).expect("a file").contains("{{ config.token }}"));
}

#[test]
fn postman_and_recordings_are_taken_and_their_keys_stay_out() {
    let (place, server) = (Place::new(), server());
    let base = server.url("");
    let base = base.trim_end_matches('/');
    let postman = serde_json::json!({
        "info": {"name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": SAMPLE_KEY}]},
        "item": [{"name": "All customers", "request": {"method": "GET", "url": "{{baseUrl}}/v1/customers"}},
                 {"name": "Orders", "request": {"method": "GET", "url": {"raw": "{{baseUrl}}/v1/orders"}}}]
    });
    place.write("shop.postman_collection.json", &postman.to_string());
    let args = ["new", "shop.postman_collection.json", "--out", "p.connector.yaml", "--yes", "--all"];
    let open = place.run(&args).exits(2);
    assert!(open.stderr.contains("--base-url"), "{open:?}");
    place.run(&[&args[..], &["--base-url", base]].concat()).exits(0);
    let entry = |path: &str| {
        serde_json::json!({"request": {"method": "GET", "url": format!("{base}{path}"), "headers": [{"name": "Authorization", "value": format!("Bearer {SAMPLE_KEY}")}]},
                           "response": {"status": 200, "content": {"mimeType": "application/json", "text": "[{\"id\": 1}]"}}})
    };
    let har = serde_json::json!({"log": {"entries": [entry("/v1/customers?page=1"), entry("/v1/orders")]}});
    place.write("page.har", &har.to_string());
    place.run(&["new", "page.har", "--out", "h.connector.yaml", "--yes", "--all"]).exits(0);
    for file in ["p.connector.yaml", "h.connector.yaml"] {
        let text = std::fs::read_to_string(place.path(file)).expect("a file");
        assert!(!text.contains(SAMPLE_KEY) && text.contains("{{ config.api_token }}"), "{text}");
        assert_eq!(read_all(&place, file, &["customers", "orders"]), 900, "{file}");
    }
}

#[test]
fn fetch_and_raw_requests_are_taken_as_curl_is() {
    let (place, server) = (Place::new(), server());
    let url = server.url("/v1/customers");
    let host = url.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
    for text in [
        format!(
            "fetch(\"{url}\", {{\"headers\": {{\"authorization\": \"Bearer {SAMPLE_KEY}\"}}, \"method\": \"GET\"}});"
        ),
        format!("GET /v1/customers HTTP/1.1\nHost: {host}\nAuthorization: Bearer {SAMPLE_KEY}\n"),
    ] {
        place.run_with(&["new", "-", "--out", "f.connector.yaml", "--yes", "--force"], &text).exits(0);
        let written = std::fs::read_to_string(place.path("f.connector.yaml")).expect("a file");
        assert!(!written.contains(SAMPLE_KEY) && written.contains("path: /customers"), "{written}");
        assert_eq!(read_all(&place, "f.connector.yaml", &["customers"]), 600);
    }
}
