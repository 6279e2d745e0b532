//! Health checks against APIs that are up, down, silent, slow, wrongly keyed, nearly out of quota, and off the clock.

use crate::server::{Reply, Request, Server};
use crate::support::{CANARY, definition};
use definition::{Definition, Secret};
use engine::config::ConfigValues;
use engine::health::{HealthCheck, HealthOptions, HealthReport, HealthState, HealthStreams, check};
use engine::plan::Plan;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

fn options() -> HealthOptions {
    HealthOptions { timeout: Duration::from_secs(60), streams: HealthStreams::All, http: true }
}

async fn report(definition: &Definition, options: &HealthOptions) -> HealthReport {
    let mut config = ConfigValues::default();
    config.secrets.insert("key".into(), Secret::new(CANARY));
    let report = check(Plan::compile(definition, &config).unwrap(), options).await;
    assert!(!serde_json::to_string(&report).unwrap().contains(CANARY), "{report:?}");
    report
}

fn of<'a>(report: &'a HealthReport, name: &str) -> &'a HealthCheck {
    report.check(name).unwrap_or_else(|| panic!("no {name}: {report:?}"))
}

fn state(report: &HealthReport, name: &str) -> HealthState {
    of(report, name).state
}

/// With a bearer token and a check that tells who it is.
fn keyed(base: &str) -> Definition {
    let mut made = definition(base, json!({"auth": {"type": "bearer", "token": "{{ config.key }}"}}), json!({}));
    made.check = serde_json::from_value(json!({"request": {"path": "/me"}})).unwrap();
    made
}

fn items(_: &Request) -> Reply {
    Reply::json(&json!({"items": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]}))
}

fn api(request: &Request) -> Reply {
    match request.path.as_str() {
        "/me" if request.headers.get("authorization").is_some_and(|value| value.contains(CANARY)) => {
            Reply::json(&json!({"login": "octocat", "id": 1})).header("X-OAuth-Scopes", "repo, read:org")
        }
        "/me" => Reply::text(401, "{\"message\":\"Bad credentials\"}"),
        _ => items(request),
    }
}

#[tokio::test]
async fn an_api_that_is_up_passes_and_tells_who_and_with_what() {
    let now = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let server = Server::start(move |request, _| {
        api(request)
            .header("Date", &now)
            .header("X-RateLimit-Limit", "100")
            .header("X-RateLimit-Remaining", "80")
            .header("X-RateLimit-Reset", "60")
    })
    .await;
    let report = report(&keyed(&server.url), &options()).await;
    assert_eq!(report.state, HealthState::Pass, "{report:?}");
    assert_eq!(report.identity.as_deref(), Some("octocat"));
    assert_eq!(report.scopes, ["repo", "read:org"]);
    assert_eq!(of(&report, "signed_in").detail, "Signed in as octocat, with the scopes repo, read:org.");
    assert_eq!(of(&report, "rate_limit").observed, Some(80.0));
    assert_eq!(state(&report, "clock_skew"), HealthState::Pass);
    assert_eq!(state(&report, "certificate"), HealthState::Skipped, "it is http");
    let streams = of(&report, "streams");
    assert_eq!((streams.state, streams.streams[0].records), (HealthState::Pass, 2));
    assert_eq!((server.seen().len(), report.requests), (2, 2));
    let names: Vec<&str> = report.checks.iter().map(|check| check.name.as_str()).collect();
    assert_eq!(names, ["reachable", "certificate", "signed_in", "clock_skew", "rate_limit", "streams"]);
}

#[tokio::test]
async fn down_silent_and_unknown_are_told_apart_and_end() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let down = report(&keyed(&format!("http://{address}")), &options()).await;
    let reachable = of(&down, "reachable");
    assert_eq!(reachable.state, HealthState::Fail);
    assert_eq!(reachable.problem.as_ref().unwrap().code, "no_answer");
    assert!(reachable.detail.starts_with("TCP: "), "{}", reachable.detail);
    for name in ["signed_in", "rate_limit", "clock_skew", "streams"] {
        assert_eq!(state(&down, name), HealthState::Skipped, "{name}");
    }
    // It takes connections and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let short = HealthOptions { timeout: Duration::from_secs(1), ..options() };
    let hung = report(&keyed(&url), &short).await;
    let reachable = of(&hung, "reachable");
    assert_eq!((reachable.state, reachable.problem.as_ref().unwrap().code.as_str()), (HealthState::Fail, "timeout"));
    assert!(reachable.detail.starts_with("HTTP: "), "{}", reachable.detail);
    assert_eq!(state(&hung, "streams"), HealthState::Skipped);
    drop(silent);
    let nowhere = report(&keyed("http://no-such-host.invalid"), &short).await;
    assert!(of(&nowhere, "reachable").detail.starts_with("DNS: "), "{nowhere:?}");
}

#[tokio::test]
async fn a_slow_answer_warns() {
    let server = Server::start(|request, _| {
        let mut reply = api(request);
        reply.delay = if request.path == "/me" { 2_300 } else { 0 };
        reply
    })
    .await;
    let report = report(&keyed(&server.url), &options()).await;
    assert_eq!(state(&report, "reachable"), HealthState::Warn, "{report:?}");
    assert_eq!((state(&report, "signed_in"), report.state), (HealthState::Pass, HealthState::Warn));
}

#[tokio::test]
async fn a_wrong_key_is_named_and_not_tried_on_every_stream() {
    let server = Server::start(|_, _| Reply::text(401, "{}").header("WWW-Authenticate", "Bearer")).await;
    let report = report(&keyed(&server.url), &options()).await;
    let signed_in = of(&report, "signed_in");
    let problem = signed_in.problem.as_ref().unwrap();
    assert_eq!((signed_in.state, problem.code.as_str()), (HealthState::Fail, "auth_rejected"));
    assert!(problem.hint.is_some());
    assert_eq!((state(&report, "reachable"), state(&report, "streams")), (HealthState::Pass, HealthState::Skipped));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(report.problem().unwrap().code, "auth_rejected");
}

#[tokio::test]
async fn a_server_in_trouble_is_not_reachable_and_is_asked_once() {
    let server = Server::start(|_, _| Reply::text(503, "busy").header("Retry-After", "600")).await;
    let report = report(&keyed(&server.url), &options()).await;
    assert_eq!(state(&report, "reachable"), HealthState::Fail, "{report:?}");
    assert_eq!(server.seen().len(), 1, "nothing is retried");
}

#[tokio::test]
async fn a_quota_that_is_nearly_used_up_warns_and_is_not_spent() {
    let server = Server::start(|request, _| {
        api(request)
            .header("X-RateLimit-Limit", "100")
            .header("X-RateLimit-Remaining", "3")
            .header("X-RateLimit-Reset", "3600")
    })
    .await;
    let mut many = keyed(&server.url);
    for name in ["b", "c", "d", "e"] {
        let mut stream = many.streams[0].clone();
        stream.name = name.to_owned();
        many.streams.push(stream);
    }
    let few = report(&many, &options()).await;
    assert_eq!(state(&few, "rate_limit"), HealthState::Warn);
    assert!(of(&few, "rate_limit").detail.starts_with("3 of 100 requests are left"), "{few:?}");
    assert_eq!((state(&few, "streams"), few.state), (HealthState::Skipped, HealthState::Warn));
    assert_eq!(server.seen().len(), 1);
    // Used up: told, and nothing waits for an hour.
    let out = Server::start(|_, _| Reply::text(429, "{}").header("Retry-After", "3600")).await;
    let out = report(&keyed(&out.url), &options()).await;
    assert_eq!(
        (state(&out, "rate_limit"), state(&out, "reachable")),
        (HealthState::Fail, HealthState::Pass),
        "{out:?}"
    );
}

#[tokio::test]
async fn a_clock_that_is_off_warns() {
    let server = Server::start(|request, _| api(request).header("Date", "Thu, 01 Jan 2015 00:00:00 GMT")).await;
    let report = report(&keyed(&server.url), &options()).await;
    assert_eq!(state(&report, "clock_skew"), HealthState::Warn);
    assert!(of(&report, "clock_skew").detail.contains("ahead of"), "{report:?}");
}

#[tokio::test]
async fn each_stream_is_told_of_and_a_parents_part_is_read_once() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/broken" => Reply::text(404, "{}"),
        "/web" => Reply::text(200, "<!doctype html><title>Log in</title>"),
        path if path.starts_with("/items/") => Reply::json(&json!({"items": [{"id": 7}]})),
        _ => api(request),
    })
    .await;
    let mut made = keyed(&server.url);
    for (name, path) in [("broken", "/broken"), ("web", "/web"), ("parts", "/items/{{ partition.item }}")] {
        let mut stream = serde_json::to_value(&made.streams[0]).unwrap();
        stream["name"] = json!(name);
        stream["request"]["path"] = json!(path);
        if name == "parts" {
            stream["partitions"] = json!([{"type": "parent", "stream": "items", "value": "$.id", "as": "item"}]);
        }
        made.streams.push(serde_json::from_value(stream).unwrap());
    }
    let all = report(&made, &options()).await;
    let streams = &of(&all, "streams").streams;
    let told: Vec<_> = streams.iter().map(|one| (one.stream.as_str(), one.state, one.records)).collect();
    assert_eq!(
        told,
        [
            ("items", HealthState::Pass, 2),
            ("broken", HealthState::Fail, 0),
            ("web", HealthState::Fail, 0),
            ("parts", HealthState::Pass, 1),
        ]
    );
    assert_eq!(all.problem().unwrap().code, "not_found");
    let one = HealthOptions { streams: HealthStreams::One("parts".to_owned()), ..options() };
    let one = report(&made, &one).await;
    assert_eq!((one.state, of(&one, "streams").streams.len()), (HealthState::Pass, 1), "{one:?}");
    let before = server.seen().len();
    let none = HealthOptions { streams: HealthStreams::None, ..options() };
    let none = report(&made, &none).await;
    assert_eq!((none.state, state(&none, "streams")), (HealthState::Pass, HealthState::Skipped));
    assert_eq!(server.seen().len() - before, 1);
}

#[tokio::test]
async fn without_a_check_the_first_stream_proves_the_key() {
    let server = Server::start(|request, _| items(request)).await;
    let mut made = keyed(&server.url);
    made.check = None;
    let keyed = report(&made, &options()).await;
    assert_eq!(state(&keyed, "signed_in"), HealthState::Pass, "{keyed:?}");
    assert_eq!(server.seen().len(), 1);
    made.http.as_mut().unwrap().auth = definition::model::Auth::None;
    let open = report(&made, &options()).await;
    assert_eq!((open.state, state(&open, "signed_in")), (HealthState::Pass, HealthState::Skipped));
}

/// A TLS server with a certificate of its own making, which this computer does not trust.
async fn tls_server(not_after: (i32, u8, u8)) -> String {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.not_before = rcgen::date_time_ymd(2020, 1, 1);
    params.not_after = rcgen::date_time_ymd(not_after.0, not_after.1, not_after.2);
    let certificate = params.self_signed(&key).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let private = rustls::pki_types::PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let _ = acceptor.accept(stream).await;
            });
        }
    });
    url
}

#[tokio::test]
async fn a_certificate_is_told_of_though_it_is_not_trusted() {
    let soon = jiff::Zoned::now().checked_add(jiff::Span::new().days(5)).unwrap();
    let soon = (i32::from(soon.year()), soon.month().unsigned_abs(), soon.day().unsigned_abs());
    for (until, state_then) in
        [((2021, 1, 1), HealthState::Fail), (soon, HealthState::Warn), ((2100, 1, 1), HealthState::Pass)]
    {
        let report = report(&keyed(&tls_server(until).await), &options()).await;
        let reachable = of(&report, "reachable");
        assert_eq!(reachable.problem.as_ref().unwrap().code, "bad_certificate");
        assert!(reachable.detail.starts_with("TLS: "), "{}", reachable.detail);
        assert_eq!(state(&report, "certificate"), state_then, "{report:?}");
    }
}
