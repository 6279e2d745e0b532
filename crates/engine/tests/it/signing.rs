//! Kinds of auth that sign, log in or choose, against servers that check them by the text of their standards.

use crate::server::{Reply, Request, Server};
use crate::support::{CANARY, Events, MemorySink, definition, options, plan, records};
use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use definition::{Definition, Problem, Secret};
use engine::capture::Capture;
use engine::config::ConfigValues;
use engine::event::{Outcome, RunEvent};
use engine::host::{CodePrompt, Host, MemoryHost, TokenLock, Tokens};
use engine::plan::Plan;
use engine::run::{StreamResult, read_stream};
use futures::FutureExt;
use futures::future::BoxFuture;
use md5::Digest as _;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Two records a page, five pages.
fn page(request: &Request) -> Reply {
    let page = request.number("page").unwrap_or(1);
    let items = if page <= 5 { records(page * 2, page * 2 + 2) } else { Vec::new() };
    Reply::json(&json!({"items": items}))
}

fn paged() -> Value {
    json!({"paginate": {"type": "page", "inject": {"query": "page"}, "size": {"value": 2, "inject": {"query": "size"}}}})
}

fn shared(base: &str, auth: Value) -> Definition {
    definition(base, json!({"auth": auth}), paged())
}

async fn run(definition: &Definition, host: Option<Arc<dyn Host>>) -> (StreamResult, MemorySink, Vec<RunEvent>) {
    let mut config = ConfigValues::default();
    config.secrets.insert("key".into(), Secret::new(CANARY));
    let plan = Plan::compile(definition, &config).unwrap_or_else(|faults| panic!("{faults:?}"));
    let plan = match host {
        Some(host) => plan.with_host(host),
        None => plan,
    };
    let (events, capture, sink) = (Events::default(), Capture::default(), MemorySink::default());
    let result = read_stream(Arc::new(plan), "items", Box::new(sink.clone()), options(&events, &capture)).await;
    let told = format!("{:?} {capture:?} {result:?}", events.all());
    assert!(!told.contains(CANARY), "a secret was told: {told}");
    (result, sink, events.all())
}

fn whole(result: &StreamResult, sink: &MemorySink) {
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(sink.ids(), (2..12).collect::<Vec<i64>>());
}

/// The parameters of an `Authorization: Digest`.
fn parameters(header: &str) -> BTreeMap<String, String> {
    let header = header.strip_prefix("Digest ").unwrap_or_default();
    let pairs = header.split(", ").filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned())).collect()
}

fn hash(algorithm: &str, text: &str) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match algorithm.trim_end_matches("-sess") {
        "MD5" => hex(md5::Md5::digest(text.as_bytes()).as_slice()),
        "SHA-256" => hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref()),
        other => panic!("{other}"),
    }
}

/// Whether an answer to the challenge is right, by RFC 7616, 3.4.1.
fn digest_fits(request: &Request, algorithm: &str, qop: &str, nonce: &str, count: usize) -> bool {
    let Some(header) = request.headers.get("authorization") else { return false };
    let given = parameters(header);
    let get = |name: &str| given.get(name).map(String::as_str).unwrap_or_default();
    let line = request.head.lines().next().unwrap();
    let mut words = line.split(' ');
    let (method, uri) = (words.next().unwrap(), words.next().unwrap());
    let mut a1 = hash(algorithm, &format!("ann:the realm:{CANARY}"));
    if algorithm.ends_with("-sess") {
        a1 = hash(algorithm, &format!("{a1}:{nonce}:{}", get("cnonce")));
    }
    let a2 = match qop {
        "auth-int" => format!("{method}:{uri}:{}", hash(algorithm, &request.body)),
        _ => format!("{method}:{uri}"),
    };
    let a2 = hash(algorithm, &a2);
    let expected = hash(algorithm, &format!("{a1}:{nonce}:{count:08x}:{}:{qop}:{a2}", get("cnonce")));
    get("response") == expected
        && get("uri") == uri
        && get("nc") == format!("{count:08x}")
        && get("opaque") == "a,b"
        && get("nonce") == nonce
}

/// A server whose nonces are good for three requests. Counts its refusals.
async fn digest_server(algorithm: &'static str, qop: &'static str, refusals: Arc<AtomicUsize>) -> Server {
    let state = Mutex::new((0usize, 0usize));
    Server::start(move |request, _| {
        let mut state = state.lock().unwrap();
        let nonce = format!("nonce-{}", state.0);
        state.1 += 1;
        let used = request.headers.get("authorization").is_some_and(|header| header.contains("nonce-"));
        if used && state.1 <= 3 && digest_fits(request, algorithm, qop, &nonce, state.1) {
            return page(request);
        }
        let stale = used && state.1 > 3;
        refusals.fetch_add(1, Ordering::Relaxed);
        *state = (state.0 + 1, 0);
        Reply::text(401, "").header("WWW-Authenticate", "Basic realm=\"x\"").header(
            "WWW-Authenticate",
            &format!(
                "Digest realm=\"the realm\", qop=\"{qop}\", algorithm={algorithm}, nonce=\"nonce-{}\", \
                 opaque=\"a,b\", stale={stale}",
                state.0
            ),
        )
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn digest_answers_the_challenge_and_keeps_the_nonce() {
    for (algorithm, qop, method) in [
        ("MD5", "auth", "GET"),
        ("SHA-256", "auth", "GET"),
        ("MD5-sess", "auth", "GET"),
        ("SHA-256", "auth-int", "POST"),
    ] {
        let refusals = Arc::new(AtomicUsize::new(0));
        let server = digest_server(algorithm, qop, Arc::clone(&refusals)).await;
        let auth = json!({"type": "digest", "username": "ann", "password": "{{ config.key }}"});
        let mut definition = shared(&server.url, auth);
        if method == "POST" {
            let request = json!({"method": "POST", "path": "/items", "body": {"json": {"a": "ä"}}});
            definition.streams[0].request = serde_json::from_value(request).unwrap();
        }
        let (result, sink, _) = run(&definition, None).await;
        whole(&result, &sink);
        // Six pages: one refusal before the first, and one as the first nonce is used up.
        assert_eq!(refusals.load(Ordering::Relaxed), 2, "{algorithm} {qop}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn digest_tells_a_wrong_password_and_a_challenge_that_it_cannot_answer() {
    let wrong = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
    for (challenge, words, requests) in [(wrong, "refused the credentials", 2), ("Negotiate", "asks for Negotiate", 1)]
    {
        let server = Server::start(move |_, _| Reply::text(401, "").header("WWW-Authenticate", challenge)).await;
        let auth = json!({"type": "digest", "username": "ann", "password": "{{ config.key }}"});
        let (result, _, _) = run(&shared(&server.url, auth), None).await;
        let problem = result.problem.unwrap();
        assert_eq!(problem.code, "auth_rejected");
        assert!(problem.message.contains(words), "{problem:?}");
        assert_eq!(server.seen().len(), requests);
    }
}

fn claims(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

fn hs256_fits(token: &str, secret: &str) -> bool {
    let (message, signature) = token.rsplit_once('.').unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::verify(&key, message.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_signed_here_is_sent_until_it_ends() {
    let server = Server::start(|request, _| {
        let token = request.headers.get("x-token").and_then(|text| text.strip_prefix("JWT ")).unwrap_or_default();
        let fits = hs256_fits(token, CANARY) && claims(token)["sub"] == "ann" && claims(token)["n"] == 7;
        if fits { page(request) } else { Reply::text(403, "no") }
    })
    .await;
    let auth = json!({"type": "jwt", "algorithm": "HS256", "key": "{{ config.key }}", "header": "X-Token",
        "prefix": "JWT ", "claims": {"sub": "ann", "n": "{{ 3 + 4 }}"}});
    let (result, sink, _) = run(&shared(&server.url, auth), None).await;
    whole(&result, &sink);
    let mut tokens: Vec<String> = server.seen().iter().map(|request| request.headers["x-token"].clone()).collect();
    tokens.dedup();
    assert_eq!(tokens.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assertion_is_exchanged_and_a_refused_token_is_asked_for_once_more() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = Server::start(move |request, _| {
        if request.path == "/token" {
            let form: BTreeMap<String, String> =
                url::form_urlencoded::parse(request.body.as_bytes()).into_owned().collect();
            let assertion = &form["assertion"];
            assert!(hs256_fits(assertion, CANARY) && claims(assertion)["scope"] == "read");
            assert!(claims(assertion)["aud"].as_str().unwrap().ends_with("/token"));
            assert_eq!(
                (form["grant_type"].as_str(), form["more"].as_str()),
                ("urn:ietf:params:oauth:grant-type:jwt-bearer", "x")
            );
            let nth = count.fetch_add(1, Ordering::Relaxed);
            return Reply::json(&json!({"access_token": format!("access-token-{nth}"), "expires_in": "3600"}));
        }
        // The first token is revoked after the third page.
        let good = match request.headers.get("authorization").map(String::as_str) {
            Some("Bearer access-token-0") => request.number("page").unwrap_or(1) <= 3,
            Some("Bearer access-token-1") => true,
            _ => false,
        };
        if good { page(request) } else { Reply::text(401, "") }
    })
    .await;
    let auth = json!({"type": "jwt", "algorithm": "HS256", "key": "{{ config.key }}",
        "claims": {"iss": "robot@acme.test", "scope": "read"},
        "exchange": {"token_url": format!("{}/token", server.url), "token_params": {"more": "x"}}});
    let (result, sink, events) = run(&shared(&server.url, auth), None).await;
    whole(&result, &sink);
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    assert!(!format!("{events:?}").contains("access-token-"), "a token was told");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_logs_in_and_once_more_when_it_is_refused() {
    for (token, send) in [
        ("$.data.token", json!({"name": "X-Session", "prefix": "s:"})),
        ("headers.X-Login-Token", json!({"in": "query", "name": "sid"})),
        ("cookies.sid", json!({"in": "cookie", "name": "sid"})),
        ("$.data.token", json!({"name": "Authorization", "value": "Token {{ token }}"})),
    ] {
        let logins = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&logins);
        let server = Server::start(move |request, _| {
            if request.path == "/login" {
                assert_eq!(request.body, format!("user=ann&password={CANARY}"));
                assert!(!request.headers.contains_key("x-session"));
                let nth = count.fetch_add(1, Ordering::Relaxed);
                return Reply::json(&json!({"data": {"token": format!("session-{nth}")}}))
                    .header("X-Login-Token", &format!("session-{nth}"))
                    .header("Set-Cookie", "other=1")
                    .header("Set-Cookie", &format!("sid=session-{nth}; Path=/; HttpOnly"));
            }
            let sent = [
                request.headers.get("x-session").and_then(|text| text.strip_prefix("s:")),
                request.query.get("sid").map(String::as_str),
                request.headers.get("cookie").and_then(|text| text.strip_prefix("sid=")),
                request.headers.get("authorization").and_then(|text| text.strip_prefix("Token ")),
            ];
            let good = match sent.into_iter().flatten().next() {
                Some("session-0") => request.number("page").unwrap_or(1) <= 2,
                Some("session-1") => true,
                _ => false,
            };
            if good { page(request) } else { Reply::text(401, "") }
        })
        .await;
        let auth = json!({"type": "session", "token": token, "send": send, "lifetime": "1h",
            "login": {"method": "POST", "path": "/login", "body": {"form": {"user": "ann", "password": "{{ config.key }}"}}}});
        let (result, sink, events) = run(&shared(&server.url, auth), None).await;
        whole(&result, &sink);
        assert_eq!(logins.load(Ordering::Relaxed), 2, "{token}");
        assert!(!format!("{events:?}").contains("session-0"), "a token was told: {events:?}");
    }
}

/// A person who answers with a code, and a memory.
#[derive(Debug)]
struct Person {
    code: &'static str,
    asked: AtomicUsize,
    memory: MemoryHost,
}

impl Host for Person {
    fn load_tokens(&self) -> BoxFuture<'_, Result<Option<Tokens>, Problem>> {
        self.memory.load_tokens()
    }

    fn save_tokens(&self, tokens: Tokens) -> BoxFuture<'_, Result<(), Problem>> {
        self.memory.save_tokens(tokens)
    }

    fn lock_tokens(&self) -> BoxFuture<'_, Result<TokenLock, Problem>> {
        self.memory.lock_tokens()
    }

    fn ask_code(&self, prompt: CodePrompt) -> BoxFuture<'_, Result<Secret, Problem>> {
        assert_eq!(prompt.message, "The code of your app");
        self.asked.fetch_add(1, Ordering::Relaxed);
        async { Ok(Secret::new(self.code)) }.boxed()
    }
}

async fn two_step_server() -> Server {
    Server::start(|request, _| match request.path.as_str() {
        "/login" => Reply { status: 401, ..Reply::json(&json!({"mfa": true, "ticket": "t-77"})) },
        "/mfa" => {
            let body: Value = serde_json::from_str(&request.body).unwrap();
            match (body["code"].as_str(), body["ticket"].as_str()) {
                (Some("424242"), Some("t-77")) => Reply::json(&json!({"token": "second-step-token", "ttl": 3600})),
                _ => Reply::text(403, "wrong code"),
            }
        }
        _ if request.headers.get("x-session").map(String::as_str) == Some("second-step-token") => page(request),
        _ => Reply::text(401, ""),
    })
    .await
}

fn two_steps() -> Value {
    json!({"type": "session", "token": "$.token", "expires": "$.ttl", "send": {"name": "X-Session"},
        "login": {"method": "POST", "path": "/login", "body": {"json": {"password": "{{ config.key }}"}}},
        "second_factor": {"when": "{{ response.mfa }}", "prompt": "The code of your app", "request": {
            "method": "POST", "path": "/mfa", "body": {"json": {"code": "{{ code }}", "ticket": "{{ response.ticket }}"}}}}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_once_and_its_token_is_kept() {
    let server = two_step_server().await;
    let definition = shared(&server.url, two_steps());
    let person = Arc::new(Person { code: "424242", asked: AtomicUsize::new(0), memory: MemoryHost::default() });
    for _ in 0..2 {
        let (result, sink, events) = run(&definition, Some(Arc::clone(&person) as Arc<dyn Host>)).await;
        whole(&result, &sink);
        let told = format!("{events:?}");
        assert!(!told.contains("424242") && !told.contains("second-step-token"), "{told}");
    }
    assert_eq!(person.asked.load(Ordering::Relaxed), 1);
    assert!(person.memory.tokens().unwrap().expires_at.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_wrong_or_that_nobody_gives_is_told() {
    let server = two_step_server().await;
    let definition = shared(&server.url, two_steps());
    let (result, _, _) = run(&definition, None).await;
    assert_eq!(result.problem.unwrap().code, "code_needed");
    let person = Arc::new(Person { code: "111111", asked: AtomicUsize::new(0), memory: MemoryHost::default() });
    let (result, _, _) = run(&definition, Some(person)).await;
    assert_eq!(result.problem.unwrap().code, "code_refused");
    let server = Server::start(|_, _| Reply::json(&json!({"error": "bad password"}))).await;
    let (result, _, _) = run(&shared(&server.url, two_steps()), None).await;
    let problem = result.problem.unwrap();
    assert_eq!(problem.code, "no_token");
    assert!(problem.detail.unwrap().contains("bad password"));
}

/// Whether a signature is right, from what came over the wire alone.
fn aws_fits(request: &Request, service: &str) -> bool {
    let Some(header) = request.headers.get("authorization") else { return false };
    let (start, signature) = header.split_once(", Signature=").unwrap();
    let (credential, names) = start.split_once(", SignedHeaders=").unwrap();
    let credential = credential.strip_prefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/").unwrap();
    let stamp = &request.headers["x-amz-date"];
    assert_eq!(credential, format!("{}/eu-west-1/{service}/aws4_request", &stamp[..8]));
    assert!(names.split(';').any(|name| name == "host") && !request.headers["host"].is_empty());
    let target = request.head.split(' ').nth(1).unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = if service == "s3" { path.to_owned() } else { path.replace('%', "%25") };
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_unstable();
    assert!(!query.contains('+'), "{query}");
    let plain = |name: &str| request.headers[name].split_whitespace().collect::<Vec<_>>().join(" ");
    let headers: String = names.split(';').map(|name| format!("{name}:{}\n", plain(name))).collect();
    let method = request.head.split(' ').next().unwrap();
    let payload = match request.headers.get("x-amz-content-sha256").map(String::as_str) {
        Some("UNSIGNED-PAYLOAD") => "UNSIGNED-PAYLOAD".to_owned(),
        _ => hash("SHA-256", &request.body),
    };
    let canonical = format!("{method}\n{path}\n{}\n{headers}\n{names}\n{payload}", pairs.join("&"));
    let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{credential}\n{}", hash("SHA-256", &canonical));
    let mac = |key: &[u8], text: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes());
    let mut key = mac(format!("AWS4{CANARY}").as_bytes(), &stamp[..8]);
    for part in ["eu-west-1", service, "aws4_request"] {
        key = mac(key.as_ref(), part);
    }
    mac(key.as_ref(), &to_sign).as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>() == signature
}

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_signed_as_aws_wants_it() {
    for (service, unsigned) in [("execute-api", false), ("s3", false), ("s3", true)] {
        let server = Server::start(move |request, _| {
            let token = request.headers.get("x-amz-security-token").map(String::as_str) == Some("a/session+token==");
            let hashed = request.headers.contains_key("x-amz-content-sha256") == (service == "s3");
            if token && hashed && aws_fits(request, service) { page(request) } else { Reply::text(403, "no") }
        })
        .await;
        let auth = json!({"type": "aws_sigv4", "access_key_id": "AKIDEXAMPLE", "secret_access_key": "{{ config.key }}",
            "session_token": "{{ 'a/session+token==' }}", "region": "eu-west-1", "service": service,
            "unsigned_payload": unsigned});
        let mut definition = shared(&server.url, auth);
        let request = json!({"method": "POST", "path": "/a b/ü(1)/x~y", "query": {"q": "a b+c&d=ü*", "B": "", "a": "z"},
            "headers": {"X-Own": "some  text "}, "body": {"json": {"a": "ä"}}});
        definition.streams[0].request = serde_json::from_value(request).unwrap();
        let (result, sink, _) = run(&definition, None).await;
        whole(&result, &sink);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_config_value_chooses() {
    let server = Server::start(|request, _| {
        let key = request.headers.get("x-key").map(String::as_str);
        if key == Some(CANARY) { page(request) } else { Reply::text(401, "") }
    })
    .await;
    let auth = |by: &str| {
        json!({"type": "select", "by": format!("{{{{ '{by}' }}}}"), "options": {
            "none": {"type": "none"},
            "key": {"type": "api_key", "name": "X-Key", "value": "{{ config.key }}"},
            "odd.name": {"type": "bearer", "token": "{{ config.key }}"}}})
    };
    let (result, sink, _) = run(&shared(&server.url, auth("key")), None).await;
    whole(&result, &sink);
    let (result, _, _) = run(&shared(&server.url, auth("none")), None).await;
    assert_eq!(result.problem.unwrap().code, "auth_rejected");
    let plan = Plan::compile(&shared(&server.url, auth("other")), &ConfigValues::default());
    let faults = plan.unwrap_err();
    assert_eq!((faults[0].code.as_str(), faults[0].path.as_str()), ("unknown_option", "http.auth.by"), "{faults:?}");
    assert!(faults[0].message.contains("`none`, `key`, `odd.name`"), "{faults:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_goes_into_the_body() {
    let auth = json!({"type": "api_key", "in": "body", "name": "auth.key", "value": "{{ config.key }}"});
    for (body, expected) in [
        (Value::Null, json!({"auth": {"key": CANARY}}).to_string()),
        (json!({"json": {"a": 1, "auth": {"b": 2}}}), json!({"a": 1, "auth": {"b": 2, "key": CANARY}}).to_string()),
    ] {
        let server = Server::start(move |request, _| {
            let json = request.headers.get("content-type").map(String::as_str) == Some("application/json");
            if json && request.body == expected { page(request) } else { Reply::text(401, &request.body) }
        })
        .await;
        let mut definition = shared(&server.url, auth.clone());
        let mut request = json!({"method": "POST", "path": "/items"});
        if !body.is_null() {
            request["body"] = body;
        }
        definition.streams[0].request = serde_json::from_value(request).unwrap();
        let (result, sink, _) = run(&definition, None).await;
        whole(&result, &sink);
    }
    let server = Server::start(|request, _| page(request)).await;
    let mut definition = shared(&server.url, auth);
    let list = json!({"method": "POST", "path": "/items", "body": {"json": [1]}});
    definition.streams[0].request = serde_json::from_value(list).unwrap();
    let (result, _, _) = run(&definition, None).await;
    assert!(result.problem.unwrap().message.contains("can't be put at `auth.key`"));
    assert!(server.seen().is_empty());
}

/// Reads four streams at once with one plan. True where each has all its records.
async fn four_streams(mut definition: Definition) -> bool {
    let first = definition.streams.remove(0);
    for nth in 0..4 {
        let mut stream = first.clone();
        stream.name = format!("items{nth}");
        definition.streams.push(stream);
    }
    let (plan, events, capture) = (plan(&definition), Events::default(), Capture::default());
    let reads = definition.streams.iter().map(|stream| {
        let sink = Box::new(MemorySink::default());
        read_stream(Arc::clone(&plan), &stream.name, sink, options(&events, &capture))
    });
    let results = futures::future::join_all(reads).await;
    let whole = |result: &StreamResult| result.outcome == Outcome::Done && result.counts.read == 10;
    assert!(results.iter().all(whole), "{results:?}");
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_that_start_together_log_in_once_and_once_again() {
    let logins = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&logins);
    let served = AtomicUsize::new(0);
    let server = Server::start(move |request, _| {
        if request.path == "/login" {
            let nth = count.fetch_add(1, Ordering::Relaxed);
            return Reply { delay: 30, ..Reply::json(&json!({"token": format!("session-{nth}")})) };
        }
        // The first session ends in the middle of all streams.
        let now = if served.fetch_add(1, Ordering::Relaxed) < 9 { "session-0" } else { "session-1" };
        if request.headers["x-session"] == now { page(request) } else { Reply { delay: 20, ..Reply::text(401, "") } }
    })
    .await;
    let auth = json!({"type": "session", "token": "$.token", "send": {"name": "X-Session"},
        "login": {"method": "POST", "path": "/login"}});
    assert!(four_streams(shared(&server.url, auth)).await);
    assert_eq!(logins.load(Ordering::Relaxed), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_that_use_up_a_nonce_together_go_on_with_the_next() {
    let used: Mutex<BTreeMap<String, Vec<usize>>> = Mutex::default();
    let server = Server::start(move |request, nth| {
        let mut used = used.lock().unwrap();
        let given = parameters(request.headers.get("authorization").map(String::as_str).unwrap_or_default());
        let known = given.get("nonce").filter(|nonce| used.contains_key(*nonce)).cloned();
        if let Some(nonce) = &known {
            let count = usize::from_str_radix(&given["nc"], 16).unwrap();
            let seen = used.get_mut(nonce).unwrap();
            assert!(!seen.contains(&count), "a count came twice");
            seen.push(count);
            if seen.len() <= 5 && digest_fits(request, "SHA-256", "auth", nonce, count) {
                return page(request);
            }
        }
        used.insert(format!("nonce-{nth}"), Vec::new());
        let stale = known.is_some();
        Reply::text(401, "").header(
            "WWW-Authenticate",
            &format!("Digest realm=\"the realm\", qop=auth, algorithm=SHA-256, nonce=\"nonce-{nth}\", opaque=\"a,b\", stale={stale}"),
        )
    })
    .await;
    let auth = json!({"type": "digest", "username": "ann", "password": "{{ config.key }}"});
    assert!(four_streams(shared(&server.url, auth)).await);
}
