//! Credentials stay with their hosts, and secrets out of everything that is told.

use crate::server::{Reply, Server};
use crate::support::{CANARY, Events, MemorySink, definition, options, plan, read, records};
use engine::capture::Capture;
use engine::event::{Outcome, RunEvent};
use engine::run::read_stream;
use serde_json::{Value, json};

/// All kinds of auth that carry the canary.
fn auths() -> Vec<Value> {
    vec![
        json!({"type": "bearer", "token": "{{ config.key }}"}),
        json!({"type": "basic", "username": "me", "password": "{{ config.key }}"}),
        json!({"type": "api_key", "name": "X-Key", "value": "{{ config.key }}"}),
        json!({"type": "api_key", "in": "query", "name": "api_key", "value": "{{ config.key }}"}),
        json!({"type": "api_key", "in": "cookie", "name": "sid", "value": "{{ config.key }}"}),
    ]
}

/// The canary in every form that auth gives it.
fn is_free_of_it(text: &str) -> bool {
    use base64::Engine;
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("me:{CANARY}"));
    !text.contains(CANARY) && !text.contains(&basic)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_to_another_origin_gets_no_credentials() {
    for auth in auths() {
        let foreign = Server::start(|_, _| Reply::json(&json!({"items": records(0, 1)}))).await;
        let target = format!("{}/items", foreign.url);
        let server = Server::start(move |_, _| Reply::text(302, "").header("Location", &target)).await;
        let http = json!({"auth": auth, "headers": {"X-Also": "a {{ config.key }}", "X-Plain": "b"}});
        let (result, _) = read(&definition(&server.url, http, json!({})), &MemorySink::default()).await;
        assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
        let (own, other) = (server.seen().remove(0), foreign.seen().remove(0));
        assert!(!is_free_of_it(&own.head), "{}", own.head);
        assert!(is_free_of_it(&other.head), "{}", other.head);
        assert_eq!(other.headers.get("x-plain").map(String::as_str), Some("b"));
        assert!(!other.headers.contains_key("x-also"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_within_the_origin_keeps_them() {
    for auth in auths() {
        let server = Server::start(|request, _| match request.path.as_str() {
            "/items" => Reply::text(301, "").header("Location", "/moved?x=1"),
            _ => Reply::json(&json!({"items": records(0, 1)})),
        })
        .await;
        let (result, _) =
            read(&definition(&server.url, json!({"auth": auth}), json!({})), &MemorySink::default()).await;
        assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
        assert!(!is_free_of_it(&server.seen()[1].head));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_next_link_to_another_host_is_not_followed_until_it_is_named() {
    let foreign = Server::start(|_, _| Reply::json(&json!({"items": records(1, 2)}))).await;
    let next = format!("{}/more", foreign.url);
    let server = Server::start(move |_, _| Reply::json(&json!({"items": records(0, 1), "next": next}))).await;
    let paginate = json!({"paginate": {"type": "next_url", "next": "$.next"}});
    let auth = json!({"type": "bearer", "token": "{{ config.key }}"});
    let (result, _) =
        read(&definition(&server.url, json!({"auth": auth}), paginate.clone()), &MemorySink::default()).await;
    assert_eq!(result.outcome, Outcome::Partial);
    let problem = result.problem.unwrap();
    assert_eq!(problem.code, "foreign_host");
    assert!(problem.hint.unwrap().contains("http.hosts"));
    assert!(foreign.seen().is_empty());
    let hosts = [server.url.replace("http://", ""), foreign.url.replace("http://", "")];
    let sink = MemorySink::default();
    let (result, _) = read(&definition(&server.url, json!({"auth": auth, "hosts": hosts}), paginate), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(sink.ids(), [0, 1]);
    assert!(!is_free_of_it(&foreign.seen()[0].head));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_holds_a_secret_does_not_go_elsewhere() {
    let foreign = Server::start(|_, _| Reply::json(&json!({"items": []}))).await;
    for request in [
        json!({"path": format!("{}/items", foreign.url), "query": {"k": "{{ config.key }}"}}),
        json!({"path": format!("{}/{{{{ config.key }}}}", foreign.url)}),
        json!({"path": format!("{}/items", foreign.url), "method": "POST", "body": {"json": {"k": "{{ config.key }}"}}}),
    ] {
        let definition = definition("http://127.0.0.1:9", json!({}), json!({"request": request}));
        let (result, _) = read(&definition, &MemorySink::default()).await;
        let problem = result.problem.unwrap();
        assert_eq!(problem.code, "foreign_host", "{problem:?}");
        assert!(is_free_of_it(&format!("{problem:?}")));
    }
    assert!(foreign.seen().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_sends_the_key_back_does_not_spread_it() {
    for auth in auths() {
        for status in [200, 401, 500, 429, 400] {
            let server = Server::start(move |request, _| {
                let echo = format!("{} {CANARY}", request.head.replace('\r', ""));
                let body = json!({"items": [{"id": 1, "name": echo}], "error": echo, "next": CANARY});
                let location = format!("/x?api_key={CANARY}");
                let reply =
                    Reply::json(&body).header("X-Echo", CANARY).header("Link", &format!("<{location}>; rel=next"));
                Reply { status, ..reply }
            })
            .await;
            let http = json!({"auth": auth, "responses": [{"when": {"status": [400]}, "then": "fail", "message": "{{ response.error }}"}]});
            let stream = json!({
                "request": {"path": "/items", "query": {"q": "{{ config.key }}"}, "headers": {"X-Also": "{{ config.key }}"}},
                "paginate": {"type": "link_header"},
            });
            let definition = definition(&server.url, http, stream);
            let (events, capture, sink) = (Events::default(), Capture::default(), MemorySink::default());
            let result =
                read_stream(plan(&definition), "items", Box::new(sink.clone()), options(&events, &capture)).await;
            let told = format!("{result:?} {:?} {:?} {:?}", events.all(), capture.pages(), sink.table());
            assert!(is_free_of_it(&told), "{auth} {status}: {told}");
            assert!(is_free_of_it(&format!("{:?}", plan(&definition))));
            if status == 200 {
                let warned = events.all().iter().filter(|event| matches!(event, RunEvent::Log { .. })).count();
                assert_eq!(warned, 1);
                assert!(capture.pages()[0].request.url.contains("••••"), "{told}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_in_the_query_are_on_every_page_once_and_not_in_the_state() {
    let own = json!({"auth": {"type": "api_key", "in": "query", "name": "k", "value": "{{ config.key }}"}});
    for (http, query) in [(own, json!({})), (json!({}), json!({"k": "{{ config.key }}"}))] {
        let server = Server::start(|request, nth| {
            let next = format!("?k={}&after={nth}", request.query["k"]);
            let status = if nth == 2 { 500 } else { 200 };
            Reply { status, ..Reply::json(&json!({"items": records(nth, nth + 1), "next": next})) }
        })
        .await;
        let mut http = http;
        http["retry"] = json!({"max_attempts": 1});
        let stream =
            json!({"request": {"path": "/items", "query": query}, "paginate": {"type": "next_url", "next": "$.next"}});
        let (result, _) = read(&definition(&server.url, http, stream), &MemorySink::default()).await;
        assert_eq!(result.outcome, Outcome::Partial, "{:?}", result.problem);
        for request in server.seen() {
            assert_eq!(request.head.matches("k=").count(), 1, "{}", request.head);
            assert_eq!(request.query["k"], CANARY);
        }
        let page = result.state.read.unwrap().page;
        assert_eq!(page, json!(format!("{}/items?after=1", server.url)));
    }
}
