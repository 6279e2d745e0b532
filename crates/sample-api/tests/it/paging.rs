//! Walks every paging to its end.

use crate::client::{self, Answer, get};
use crate::server;
use sample_api::{Collection, SampleServer};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Walks from a first URL; `next` gives an answer's records and the next URL.
fn walk(first: String, next: impl Fn(&Answer, usize) -> (Vec<Value>, Option<String>)) -> Vec<Value> {
    let (mut all, mut url, mut pages) = (Vec::new(), Some(first), 0);
    while let Some(at) = url {
        let answer = get(&at, &[]);
        assert_eq!(answer.status, 200, "{at}: {}", String::from_utf8_lossy(&answer.body));
        let (records, following) = next(&answer, all.len());
        all.extend(records);
        url = following;
        pages += 1;
        assert!(pages < 100, "no end");
    }
    all
}

fn rows(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn all_once(records: &[Value], key: &str, count: usize) {
    let ids: BTreeSet<String> = records.iter().map(|record| record[key].to_string()).collect();
    assert_eq!((records.len(), ids.len()), (count, count));
}

fn walk_collection(server: &SampleServer, collection: Collection, query: &str) -> Vec<Value> {
    let at = |tail: String| server.url(&format!("/open/{}?{query}&{tail}", collection.name()));
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match collection {
        Collection::Customers => walk(at("per_page=100".into()), |answer, _| {
            let body = answer.json();
            let (page, pages) = (body["page"].as_u64().expect("a page"), body["total_pages"].as_u64().expect("pages"));
            (rows(&body["data"]), (page < pages).then(|| at(format!("per_page=100&page={}", page + 1))))
        }),
        Collection::Orders => walk(at("limit=100".into()), |answer, seen| {
            let records = rows(&answer.json()["items"]);
            let next = (records.len() == 100).then(|| at(format!("limit=100&offset={}", seen + 100)));
            (records, next)
        }),
        Collection::Events => walk(at("limit=100".into()), |answer, _| {
            let body = answer.json();
            assert_eq!(body["has_more"], body["next_cursor"].is_string());
            (rows(&body["results"]), text(&body["next_cursor"]).map(|cursor| at(format!("limit=100&cursor={cursor}"))))
        }),
        Collection::Products => walk(at(String::new()), |answer, _| (rows(&answer.json()), None)),
        Collection::Invoices => walk(at(String::new()), |answer, _| {
            let body = answer.json();
            let next =
                text(&body["links"]["next"]).map(|next| if next.starts_with('/') { server.url(&next) } else { next });
            (rows(&body["data"]), next)
        }),
        Collection::Tickets => walk(at(String::new()), |answer, _| {
            let link = answer
                .header("link")
                .unwrap_or("")
                .split(", ")
                .find(|part| part.ends_with("rel=\"next\""))
                .map(str::to_owned);
            let url = link.and_then(|link| link.split(['<', '>']).nth(1).map(str::to_owned));
            (rows(&answer.json()), url)
        }),
        Collection::Shipments => walk(at("page_size=100".into()), |answer, seen| {
            let result = answer.json()["response"]["result"].clone();
            let records = rows(&result["rows"]);
            let next = (!records.is_empty()).then(|| at(format!("page_size=100&page={}", seen / 100 + 2)));
            (records, next)
        }),
    }
}

#[test]
fn every_paging_gives_every_record_once() {
    let server = server();
    for collection in Collection::ALL {
        let key = if collection == Collection::Shipments { "shipment_id" } else { "id" };
        let count = if collection == Collection::Products { 40 } else { 230 };
        let records = walk_collection(&server, collection, "x=1");
        all_once(&records, key, count);
        assert!(
            records.iter().all(|record| record.as_object().is_some_and(|fields| fields.len() >= 15)),
            "{collection:?}"
        );
    }
    all_once(&walk_collection(&server, Collection::Invoices, "links=relative"), "id", 230);
}

#[test]
fn updated_since_gives_what_was_changed_since_in_every_paging() {
    let server = server();
    for collection in Collection::ALL {
        let records = walk_collection(&server, collection, "x=1");
        let middle = &records[records.len() / 2]["updated_at"];
        let since = format!("updated_since={}", middle.as_str().expect("a time"));
        assert_eq!(
            walk_collection(&server, collection, &since),
            records[records.len() / 2..].to_vec(),
            "{collection:?}"
        );
    }
}

#[test]
fn a_search_pages_by_a_cursor_in_its_body() {
    let server = server();
    let (mut records, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let body = json!({"collection": "orders", "limit": 100, "cursor": cursor}).to_string();
        let answer = client::send("POST", &server.url("/open/search"), &[], &body).expect("an answer").json();
        records.extend(rows(&answer["results"]));
        cursor = answer["next_cursor"].clone();
        if cursor.is_null() {
            break;
        }
    }
    all_once(&records, "id", 230);
}

#[test]
fn a_touched_and_an_added_record_are_the_only_new_ones() {
    let server = server();
    let last = walk_collection(&server, Collection::Customers, "x=1").pop().expect("records");
    assert_eq!(server.touch(Collection::Customers, "7").expect("a record")["id"], 7);
    let added = client::send("POST", &server.url("/admin/customers"), &[], "").expect("an answer");
    assert_eq!((added.status, added.json()["id"].clone()), (201, json!(231)));
    let since = format!("updated_since={}", last["updated_at"].as_str().expect("a time"));
    let ids: Vec<Value> =
        walk_collection(&server, Collection::Customers, &since).iter().map(|record| record["id"].clone()).collect();
    assert_eq!(ids, [json!(7), json!(230), json!(231)]);
    let one = get(&server.url("/open/customers/7"), &[]).json();
    assert!(one["updated_at"].as_str() > last["updated_at"].as_str());
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let server = server();
    for path in [
        "/open/customers?page=0",
        "/open/customers?page=x",
        "/open/orders?limit=0",
        "/open/events?cursor=zzz",
        "/open/events?updated_since=soon",
    ] {
        assert_eq!(get(&server.url(path), &[]).status, 400, "{path}");
    }
    assert_eq!(get(&server.url("/open/nothing"), &[]).status, 404);
    assert_eq!(client::send("DELETE", &server.url("/open/customers"), &[], "").expect("an answer").status, 405);
}
