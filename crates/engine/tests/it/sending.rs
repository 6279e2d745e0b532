//! What goes wrong on the wire, and what the person is told.

use crate::server::{Reply, Server};
use crate::support::{MemorySink, definition, read, records};
use definition::{Problem, ProblemKind};
use engine::event::Outcome;
use serde_json::{Value, json};

fn items() -> Reply {
    Reply::json(&json!({"items": records(0, 2)}))
}

/// Reads from a server that always answers so.
async fn problem_of(reply: Reply, http: Value) -> Problem {
    let server = Server::start(move |_, _| reply.clone()).await;
    let (result, _) = read(&definition(&server.url, http, json!({})), &MemorySink::default()).await;
    assert_eq!(result.outcome, Outcome::Failed);
    result.problem.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_pass_is_tried_again() {
    let broken = [
        Reply { cut: true, ..items() },
        Reply::text(500, "oops"),
        Reply::text(408, ""),
        Reply { status: 0, ..Reply::default() },
        Reply::text(503, "").header("Retry-After", "0"),
    ];
    for first in broken {
        let shown = format!("{first:?}");
        let server = Server::start(move |_, nth| if nth == 0 { first.clone() } else { items() }).await;
        let sink = MemorySink::default();
        let (result, _) = read(&definition(&server.url, json!({}), json!({})), &sink).await;
        assert_eq!(result.outcome, Outcome::Done, "{shown}: {:?}", result.problem);
        assert_eq!((result.counts.requests, result.counts.retries), (2, 1), "{shown}");
        assert_eq!(sink.ids(), [0, 1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_answer_has_its_own_words() {
    let html = "<!DOCTYPE html><html><head><title>Sign in to\n Acme</title></head><body>…</body></html>";
    let huge = format!("{{\"items\": [\"{}\"]}}", "x".repeat(5000));
    let cases = [
        (
            Reply::text(401, "{\"error\":\"no key\"}").header("WWW-Authenticate", "Bearer"),
            "auth_rejected",
            ProblemKind::Auth,
            "WWW-Authenticate: Bearer",
        ),
        (Reply::text(403, "no"), "auth_rejected", ProblemKind::Auth, "403"),
        (Reply::text(404, "no"), "not_found", ProblemKind::Config, "404"),
        (Reply::text(422, "bad"), "request_rejected", ProblemKind::Config, "422"),
        (Reply::text(429, "no"), "rate_limited", ProblemKind::RateLimit, "3 times"),
        (Reply::text(502, "no"), "server_error", ProblemKind::Server, "3 times"),
        (Reply::text(429, "no").header("Retry-After", "3600"), "rate_limited", ProblemKind::RateLimit, "60 minutes"),
        (Reply::text(200, html), "html_not_json", ProblemKind::Data, "Sign in to Acme"),
        (Reply::text(200, "id,name\n1,a"), "not_json", ProblemKind::Data, ""),
        (Reply::text(200, &huge), "too_large", ProblemKind::Data, "response_bytes"),
        (Reply { cut: true, ..items() }, "body_cut", ProblemKind::Network, "half way"),
        (Reply { delay: 5000, ..items() }, "timeout", ProblemKind::Network, "longer than"),
        (Reply::text(302, "").header("Location", "/items"), "too_many_redirects", ProblemKind::Server, "10 times"),
        (Reply::text(302, "").header("Location", "ftp://a.test/"), "bad_redirect", ProblemKind::Server, "ftp"),
    ];
    for (reply, code, kind, words) in cases {
        let shown = format!("{} {code}", reply.status);
        let http = json!({"limits": {"response_bytes": 2000}, "timeout": "700ms"});
        let problem = problem_of(reply, http).await;
        assert_eq!((problem.code.as_str(), problem.kind), (code, kind), "{shown}: {problem:?}");
        assert!(problem.message.contains(words), "{shown}: {}", problem.message);
        assert!(problem.hint.is_some() && problem.request.is_some(), "{shown}: {problem:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_do_not_answer_are_told_apart() {
    for (base, code) in [
        ("http://127.0.0.1:1", "no_answer"),
        ("http://no-such-host.invalid", "unknown_host"),
        ("http://169.254.169.254", "forbidden_address"),
    ] {
        let (result, _) = read(&definition(base, json!({}), json!({})), &MemorySink::default()).await;
        let problem = result.problem.unwrap();
        assert_eq!(problem.code, code, "{base}: {problem:?}");
        assert_eq!(problem.kind, ProblemKind::Network);
    }
    let server = Server::start(|_, _| items()).await;
    let (result, _) =
        read(&definition(&server.url.replace("http:", "https:"), json!({}), json!({})), &MemorySink::default()).await;
    assert_eq!(result.problem.unwrap().code, "tls_failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_decide_before_the_usual_meaning() {
    let error = Reply::json(&json!({"error": {"code": "quota", "text": "Quota is used up"}}));
    let rule = |then: &str| {
        json!({"responses": [{"when": {"status": [200], "expr": "{{ response.error is defined }}"},
        "then": then, "message": "{{ response.error.text }}"}]})
    };
    for (then, code) in [("fail", "response_rule"), ("rate_limited", "rate_limited"), ("refresh_auth", "auth_rejected")]
    {
        let problem = problem_of(error.clone(), rule(then)).await;
        assert_eq!(problem.code, code, "{problem:?}");
        assert!(problem.message.contains("Quota is used up"), "{}", problem.message);
    }
    let server = Server::start(|_, _| Reply::text(404, "{\"reason\": \"no items yet\"}")).await;
    let ignore = json!({"responses": [{"when": {"status": [404], "contains": "no items"}, "then": "ignore"}]});
    let (result, _) = read(&definition(&server.url, ignore, json!({})), &MemorySink::default()).await;
    assert_eq!((result.outcome, result.counts.read), (Outcome::Done, 0));
    let server = Server::start(|_, nth| if nth == 0 { Reply::text(400, "wait 0.01 s") } else { items() }).await;
    let retry =
        json!({"responses": [{"when": {"status": [400]}, "then": "retry", "wait": {"regex": "wait ([0-9.]+)"}}]});
    let (result, _) = read(&definition(&server.url, retry, json!({})), &MemorySink::default()).await;
    assert_eq!((result.outcome, result.counts.retries), (Outcome::Done, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_reads_is_repeated_and_one_that_writes_is_not() {
    let search = json!({"json": {"a": 1}});
    let mutation = json!({"graphql": {"query": "mutation { touch { id } }"}});
    let cases = [(&search, 500, 3), (&mutation, 500, 1), (&mutation, 503, 3), (&mutation, 429, 3)];
    for (body, status, requests) in cases {
        let server = Server::start(move |_, _| Reply::text(status, "").header("Retry-After", "0")).await;
        let stream = json!({"request": {"method": "POST", "path": "/items", "body": body}});
        let _ = read(&definition(&server.url, json!({}), stream), &MemorySink::default()).await;
        assert_eq!(server.seen().len(), requests, "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_signed_is_refused_and_nothing_is_sent() {
    use tokio::io::AsyncReadExt;
    use tokio_rustls::rustls::{ServerConfig, crypto, pki_types::PrivateKeyDer};
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(crypto::aws_lc_rs::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(std::sync::Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let received = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        if let Ok(mut stream) = acceptor.accept(stream).await {
            let _ = stream.read_to_end(&mut bytes).await;
        }
        bytes.len()
    });
    let base = format!("https://localhost:{port}");
    let (result, _) = read(&definition(&base, json!({}), json!({})), &MemorySink::default()).await;
    let problem = result.problem.unwrap();
    assert_eq!((problem.code.as_str(), problem.kind), ("bad_certificate", ProblemKind::Network), "{problem:?}");
    assert!(problem.message.contains("has signed it"), "{}", problem.message);
    assert_eq!((received.await.unwrap(), result.counts.retries), (0, 0));
}
