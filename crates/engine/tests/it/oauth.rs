//! OAuth 2.0 against a provider that counts, rotates and revokes.

use crate::server::{Reply, Request, Server};
use crate::support::{Events, MemorySink, definition, options};
use definition::{Problem, Secret};
use engine::capture::Capture;
use engine::config::{ConfigValues, HostSlot};
use engine::event::{Outcome, RunEvent};
use engine::health::{self, HealthOptions, HealthStreams};
use engine::host::{Host, MemoryHost};
use engine::plan::Plan;
use engine::run::{StreamResult, check, read_stream};
use engine::sign_in::{SignIn, SignInPrompt};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the provider knows.
#[derive(Default)]
struct Provider {
    /// The access token that is good now.
    access: Mutex<String>,
    /// The refresh token that is good now.
    refresh: Mutex<String>,
    count: AtomicUsize,
    /// The challenge of the sign-in.
    challenge: Mutex<String>,
    polls: AtomicUsize,
}

fn form(body: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(body.as_bytes()).into_owned().collect()
}

fn refuse(error: &str) -> Reply {
    Reply { status: 400, ..Reply::json(&json!({"error": error, "error_description": format!("no: {error}")})) }
}

impl Provider {
    fn grant(&self) -> Value {
        let n = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        *self.access.lock().unwrap() = format!("access-token-{n}-xyz");
        *self.refresh.lock().unwrap() = format!("refresh-token-{n}-xyz");
        json!({"access_token": format!("access-token-{n}-xyz"), "refresh_token": format!("refresh-token-{n}-xyz"),
               "expires_in": "3600", "token_type": "bearer"})
    }

    fn token(&self, request: &Request) -> Reply {
        let form = form(&request.body);
        let get = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if get("client_id") != "app" {
            return Reply { status: 401, ..refuse("invalid_client") };
        }
        match get("grant_type") {
            "client_credentials" | "password" => Reply::json(&self.grant()),
            "refresh_token" if get("refresh_token") == *self.refresh.lock().unwrap() => Reply::json(&self.grant()),
            "authorization_code" if get("code") == "the-code" => {
                use base64::Engine as _;
                use sha2::Digest as _;
                let digest = sha2::Sha256::digest(get("code_verifier").as_bytes());
                let proof = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest);
                if proof == *self.challenge.lock().unwrap() {
                    Reply::json(&self.grant())
                } else {
                    refuse("invalid_grant")
                }
            }
            "urn:ietf:params:oauth:grant-type:device_code" => match self.polls.fetch_add(1, Ordering::SeqCst) {
                0 => refuse("authorization_pending"),
                1 => Reply::text(200, "error=authorization_pending&error_description=wait"),
                _ => Reply::json(&self.grant()),
            },
            _ => refuse("invalid_grant"),
        }
    }

    fn items(&self, request: &Request) -> Reply {
        let sent = request.headers.get("authorization").cloned().unwrap_or_default();
        if sent != format!("Bearer {}", self.access.lock().unwrap()) {
            return Reply { status: 401, ..Reply::json(&json!({"error": "expired"})) };
        }
        Reply::json(&json!({"items": [{"id": 1, "name": "a"}], "me": "ann@acme.test"}))
    }

    fn answer(&self, request: &Request) -> Reply {
        match request.path.as_str() {
            "/token" => self.token(request),
            "/device" => Reply::json(&json!({"device_code": "dev-code-secret", "user_code": "ABCD",
                "verification_uri": "http://x.test/activate", "expires_in": 600, "interval": 0})),
            _ => self.items(request),
        }
    }
}

async fn provider() -> (Arc<Provider>, Server) {
    let provider = Arc::new(Provider::default());
    let answering = Arc::clone(&provider);
    (provider, Server::start(move |request, _| answering.answer(request)).await)
}

fn auth(base: &str, more: Value) -> Value {
    let mut auth = json!({"type": "oauth2", "grant": "client_credentials", "token_url": format!("{base}/token"),
                          "client_id": "app", "client_secret": "{{ config.key }}"});
    for (name, value) in more.as_object().unwrap() {
        auth[name] = value.clone();
    }
    json!({"auth": auth, "limits": {}})
}

fn plan_with(base: &str, more: Value, host: &Arc<MemoryHost>, key: &str) -> Arc<Plan> {
    let definition = definition(base, auth(base, more), json!({}));
    let mut config = ConfigValues::default();
    config.secrets.insert("key".into(), Secret::new(key));
    config.host = HostSlot(Some(Arc::clone(host) as Arc<dyn Host>));
    Arc::new(Plan::compile(&definition, &config).unwrap_or_else(|faults| panic!("{faults:?}")))
}

async fn run(plan: &Arc<Plan>) -> (StreamResult, Vec<RunEvent>, Capture) {
    let (events, capture) = (Events::default(), Capture::default());
    let sink = Box::new(MemorySink::default());
    let result = read_stream(Arc::clone(plan), "items", sink, options(&events, &capture)).await;
    (result, events.all(), capture)
}

fn tokens_asked(server: &Server) -> usize {
    server.seen().iter().filter(|request| request.path == "/token").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_streams_share_one_token_request_and_nothing_shows_it() {
    let (_, server) = provider().await;
    let host = Arc::new(MemoryHost::default());
    let plan = plan_with(&server.url, json!({"scopes": ["a", "b"]}), &host, "the-client-secret");
    let runs = futures::future::join_all((0..8).map(|_| run(&plan))).await;
    for (result, events, capture) in &runs {
        assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
        let shown = format!("{events:?} {:?} {:?}", capture.pages(), capture.asides());
        for secret in ["access-token-1", "refresh-token-1", "the-client-secret"] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
    assert_eq!(tokens_asked(&server), 1);
    let asides: Vec<_> = runs.iter().flat_map(|(_, _, capture)| capture.asides()).collect();
    assert_eq!(asides.len(), 1);
    assert_eq!((asides[0].what.as_str(), asides[0].response.as_ref().unwrap().status), ("token", 200));
    assert!(asides[0].request.body.as_ref().unwrap().contains("scope=a+b"));
    // Another program with the same host finds the token.
    // A check tells the scopes of a token that was got before: this provider says none, so those that were asked for.
    let kept = plan_with(&server.url, json!({"scopes": ["a", "b"]}), &host, "the-client-secret");
    let options = HealthOptions { timeout: Duration::from_secs(60), streams: HealthStreams::All, http: true };
    let report = health::check(Arc::into_inner(kept).unwrap(), &options).await;
    assert_eq!((report.scopes.join(" "), tokens_asked(&server)), ("a b".to_owned(), 1), "{report:?}");
    assert!(report.check("signed_in").unwrap().detail.contains("with the scopes a, b"), "{report:?}");
    let again = plan_with(&server.url, json!({"scopes": ["a", "b"]}), &host, "the-client-secret");
    assert_eq!(run(&again).await.0.outcome, Outcome::Done);
    assert_eq!(tokens_asked(&server), 1);
    // Another secret is another client: its credentials are proved.
    let other = plan_with(&server.url, json!({"scopes": ["a", "b"]}), &host, "another-secret");
    assert_eq!(run(&other).await.0.outcome, Outcome::Done);
    assert_eq!(tokens_asked(&server), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_401_renews_once_and_repeats_once() {
    let (provider, server) = provider().await;
    let host = Arc::new(MemoryHost::default());
    let plan = plan_with(&server.url, json!({}), &host, "the-client-secret");
    assert_eq!(run(&plan).await.0.outcome, Outcome::Done);
    *provider.access.lock().unwrap() = "revoked".into();
    let (result, ..) = run(&plan).await;
    assert_eq!((result.outcome, result.counts.retries), (Outcome::Done, 1));
    assert_eq!(tokens_asked(&server), 2);
    // A server that refuses whatever it gets is believed after the second time.
    let refusing = Server::start(|request, _| match request.path.as_str() {
        "/token" => Reply::json(&json!({"access_token": "abcdefghij", "token_type": "MAC"})),
        _ => Reply::text(401, "{}"),
    })
    .await;
    let plan = plan_with(&refusing.url, json!({}), &Arc::new(MemoryHost::default()), "the-client-secret");
    let problem = run(&plan).await.0.problem.unwrap();
    assert_eq!(problem.code, "auth_rejected");
    let asked = refusing.seen().iter().filter(|request| request.path != "/token").count();
    assert_eq!((asked, tokens_asked(&refusing)), (2, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_time_refresh_tokens_are_stored_before_they_are_used_up() {
    let (provider, server) = provider().await;
    *provider.refresh.lock().unwrap() = "given-by-hand-1".into();
    let host = Arc::new(MemoryHost::default());
    let more = json!({"grant": "refresh_token", "refresh_token": "{{ config.key }}", "client_secret": null});
    let plan = |host: &Arc<MemoryHost>| plan_with(&server.url, more.clone(), host, "given-by-hand-1");
    let first = plan(&host);
    assert_eq!(run(&first).await.0.outcome, Outcome::Done);
    assert_eq!(host.tokens().unwrap().refresh, Some(Secret::new("refresh-token-1-xyz")));
    // Killed at any point, the next program goes on with what is stored, though its own value is used up.
    *provider.access.lock().unwrap() = "revoked".into();
    assert_eq!(run(&plan(&host)).await.0.outcome, Outcome::Done);
    assert_eq!(host.tokens().unwrap().refresh, Some(Secret::new("refresh-token-2-xyz")));
    // Two programs at once spend none twice: the first one's token is a later one's by now.
    *provider.access.lock().unwrap() = "revoked".into();
    let others: Vec<_> = (0..6).map(|_| plan(&host)).chain([first]).collect();
    for (result, ..) in futures::future::join_all(others.iter().map(run)).await {
        assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    }
    assert_eq!(tokens_asked(&server), 3);
    // Used up elsewhere: the person is told.
    *provider.refresh.lock().unwrap() = "somebody else's".into();
    *provider.access.lock().unwrap() = "revoked".into();
    let problem = run(&plan(&host)).await.0.problem.unwrap();
    assert_eq!(problem.code, "oauth_invalid_grant");
    assert!(problem.hint.unwrap().contains("Get a new one") && problem.request.unwrap().ends_with("/token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_leave_the_standard_are_read() {
    let form = Reply::text(200, "access_token=good-token-1&scope=repo%2Cuser&token_type=bearer");
    let cases: Vec<(Reply, Value)> = vec![
        (Reply::json(&json!({"access_token": "good-token-1", "scope": ["a"], "expires_in": "3599"})), json!({})),
        (
            Reply::json(&json!({"access_token": "good-token-1", "scope": "a,b", "token_type": "x", "expires_in": 0})),
            json!({}),
        ),
        (form.header("Content-Type", "application/x-www-form-urlencoded"), json!({})),
        (
            Reply::json(&json!({"data": {"t": "good-token-1", "till": "2099-01-01T00:00:00Z"}})),
            json!({"access_token_field": "data.t", "expires_in_field": "$.data.till"}),
        ),
        (Reply::json(&json!([{"token": "good-token-1"}])), json!({"access_token_field": "$[0].token"})),
        (
            Reply::json(&json!({"access_token": "good-token-1", "error": null, "ok": true})),
            json!({"credentials": "basic"}),
        ),
        (
            Reply::json(&json!({"access_token": "good-token-1"})),
            json!({"encoding": "json", "token_params": {"audience": "x"}}),
        ),
    ];
    for (reply, more) in cases {
        let shown = reply.body.clone();
        let server = Server::start(move |request, _| match request.path.as_str() {
            "/token" => reply.clone(),
            _ if request.headers.get("authorization").is_some_and(|sent| sent == "Bearer good-token-1") => {
                Reply::json(&json!({"items": []}))
            }
            _ => Reply::text(401, "{}"),
        })
        .await;
        let plan = plan_with(&server.url, more.clone(), &Arc::new(MemoryHost::default()), "s e:cret");
        let (result, ..) = run(&plan).await;
        assert_eq!(result.outcome, Outcome::Done, "{shown} {:?}", result.problem);
        let asked = server.seen().into_iter().find(|request| request.path == "/token").unwrap();
        if more.get("credentials").is_some() {
            assert_eq!(asked.headers["authorization"], "Basic YXBwOnMrZSUzQWNyZXQ=");
            assert!(!asked.body.contains("client_secret"));
        }
        if more.get("encoding").is_some() {
            let body: Value = serde_json::from_str(&asked.body).unwrap();
            assert_eq!((&body["audience"], &body["client_secret"]), (&json!("x"), &json!("s e:cret")));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_say_what_the_provider_said() {
    let refusal = |status, body: Value| Reply { status, ..Reply::json(&body) };
    for (reply, code, word) in [
        (
            refusal(401, json!({"error": "invalid_client", "error_description": "Unknown app"})),
            "oauth_invalid_client",
            "Unknown app",
        ),
        (refusal(200, json!({"error": "invalid_scope"})), "oauth_invalid_scope", "invalid_scope"),
        (
            refusal(200, json!({"ok": false, "error": "bad_client_secret"})),
            "oauth_bad_client_secret",
            "bad_client_secret",
        ),
        (refusal(400, json!({"error": {"code": "x_y", "message": "Broken app"}})), "oauth_x_y", "Broken app"),
        (Reply::text(404, "<html><title>Nope</title>"), "token_url", "404"),
        (Reply::text(302, "").header("Location", "http://evil.test/"), "auth_redirected", "redirects"),
        (refusal(200, json!({"token": "sécret-in-an-odd-place"})), "no_token", "no token"),
    ] {
        let body = reply.body.clone();
        let server = Server::start(move |_, _| reply.clone()).await;
        let plan = plan_with(&server.url, json!({}), &Arc::new(MemoryHost::default()), "the-client-secret");
        let (result, events, capture) = run(&plan).await;
        let problem = result.problem.unwrap();
        assert_eq!(problem.code, code, "{body}");
        assert!(problem.message.contains(word), "{problem}");
        assert!(problem.request.as_ref().unwrap().ends_with("/token"));
        assert!(!format!("{problem:?} {events:?} {:?}", capture.asides()).contains("sécret-in"), "{problem:?}");
        assert_eq!(tokens_asked(&server), server.seen().len(), "no request goes out without a token");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_in_the_middle_and_is_renewed_ahead() {
    let provider = Arc::new(Provider::default());
    let answering = Arc::clone(&provider);
    // Each token lives for one second; every page takes as long.
    let server = Server::start(move |request, _| match request.path.as_str() {
        "/token" => {
            let mut granted = answering.grant();
            granted["expires_in"] = json!(1);
            Reply::json(&granted)
        }
        _ => Reply { delay: 1_000, ..answering.items(request) },
    })
    .await;
    let plan = plan_with(&server.url, json!({}), &Arc::new(MemoryHost::default()), "the-client-secret");
    for _ in 0..3 {
        let (result, ..) = run(&plan).await;
        assert_eq!((result.outcome, result.counts.retries), (Outcome::Done, 0), "{:?}", result.problem);
    }
    assert_eq!(tokens_asked(&server), 3);
}

/// The browser: what it gets from an address.
async fn get(url: &str) -> (u16, String) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let url = url::Url::parse(url).unwrap();
    let address = (url.host_str().unwrap(), url.port().unwrap());
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    (text[9..12].parse().unwrap(), text)
}

fn browser(base: &str) -> Value {
    json!({"grant": "authorization_code", "authorize_url": format!("{base}/authorize?tenant=1"), "scopes": ["read"],
           "client_secret": null, "authorize_params": {"prompt": "consent"}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_with_the_browser() {
    let (provider, server) = provider().await;
    let host = Arc::new(MemoryHost::default());
    let plan = plan_with(&server.url, browser(&server.url), &host, "unused");
    let problem = run(&plan).await.0.problem.unwrap();
    assert_eq!(problem.code, "sign_in_needed");
    assert!(server.seen().is_empty(), "nothing is sent before");

    let sign_in = SignIn::begin(Arc::clone(&plan), false).await.unwrap();
    let SignInPrompt::Browser { url, .. } = sign_in.prompt() else { panic!("a browser") };
    let url = url::Url::parse(&url).unwrap();
    let asked: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    for (name, value) in [
        ("tenant", "1"),
        ("response_type", "code"),
        ("client_id", "app"),
        ("scope", "read"),
        ("prompt", "consent"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(asked[name], value);
    }
    *provider.challenge.lock().unwrap() = asked["code_challenge"].clone();
    let back = asked["redirect_uri"].clone();
    assert!(back.starts_with("http://127.0.0.1:") && back.ends_with("/callback"), "{back}");
    let waiting = tokio::spawn(sign_in.finish());
    assert_eq!(get(&back.replace("/callback", "/favicon.ico")).await.0, 404);
    let (status, page) = get(&format!("{back}?code=the-code&state=not-ours")).await;
    assert!(status == 400 && page.contains("another sign-in"), "{page}");
    let (status, page) = get(&format!("{back}?code=the-code&state={}", asked["state"])).await;
    assert!(status == 200 && page.contains("You are signed in"), "{page}");
    waiting.await.unwrap().unwrap();
    assert!(
        tokio::net::TcpStream::connect(back.trim_start_matches("http://").split('/').next().unwrap()).await.is_err()
    );
    assert_eq!(run(&plan).await.0.outcome, Outcome::Done);
    // The next program is signed in, too; and renews, when the token is refused.
    *provider.access.lock().unwrap() = "revoked".into();
    let next = plan_with(&server.url, browser(&server.url), &host, "unused");
    assert_eq!(run(&next).await.0.outcome, Outcome::Done);
    // Tokens that another client got are not used.
    let mut other = browser(&server.url);
    other["client_id"] = json!("other");
    assert_eq!(run(&plan_with(&server.url, other, &host, "unused")).await.0.problem.unwrap().code, "sign_in_needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_says_so_here_and_in_the_browser() {
    let (_, server) = provider().await;
    let plan = plan_with(&server.url, browser(&server.url), &Arc::new(MemoryHost::default()), "unused");
    for (answer, code, shown) in [
        ("error=access_denied&error_description=The+%3Cb%3Euser%3C%2Fb%3E+said+no", "sign_in_refused", "&lt;b&gt;user"),
        ("code=wrong-code", "oauth_invalid_grant", "Not signed in"),
    ] {
        let sign_in = SignIn::begin(Arc::clone(&plan), false).await.unwrap();
        let SignInPrompt::Browser { url, .. } = sign_in.prompt() else { panic!("a browser") };
        let asked: BTreeMap<String, String> = url::Url::parse(&url).unwrap().query_pairs().into_owned().collect();
        let waiting = tokio::spawn(sign_in.finish());
        let (status, page) = get(&format!("{}?{answer}&state={}", asked["redirect_uri"], asked["state"])).await;
        assert!(status == 400 && page.contains(shown), "{page}");
        let problem: Problem = waiting.await.unwrap().unwrap_err();
        assert_eq!(problem.code, code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_on_another_device() {
    let (provider, server) = provider().await;
    let host = Arc::new(MemoryHost::default());
    let device = json!({"grant": "device_code", "device_url": "/device", "client_secret": null});
    let plan = plan_with(&server.url, device, &host, "unused");
    let sign_in = SignIn::begin(Arc::clone(&plan), false).await.unwrap();
    let SignInPrompt::Device { user_code, verification_uri, .. } = sign_in.prompt() else { panic!("a code") };
    assert_eq!((user_code.as_str(), verification_uri.as_str()), ("ABCD", "http://x.test/activate"));
    sign_in.finish().await.unwrap();
    assert_eq!(provider.polls.load(Ordering::SeqCst), 3);
    assert_eq!(run(&plan).await.0.outcome, Outcome::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_names_the_account_that_signed_in() {
    let (_, server) = provider().await;
    let host = Arc::new(MemoryHost::default());
    let mut whole = serde_json::to_value(definition(&server.url, auth(&server.url, json!({})), json!({}))).unwrap();
    whole["check"] = json!({"request": {"path": "/me"}, "identity": "$.me"});
    let definition = serde_json::from_value(whole).unwrap();
    let mut config = ConfigValues::default();
    config.secrets.insert("key".into(), Secret::new("the-client-secret"));
    config.host = HostSlot(Some(Arc::clone(&host) as Arc<dyn Host>));
    let plan = Arc::new(Plan::compile(&definition, &config).unwrap());
    assert_eq!(check(plan).await.unwrap().as_deref(), Some("ann@acme.test"));
}
