//! Signing in by a person: in the browser, and with a second factor.

use super::forms::{choose, json, write};
use super::options;
use crate::oauth::{Browser, Provider, definition, desktop};
use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use product_tests::AppWindow;
use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

async fn serve(routes: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

async fn things(headers: HeaderMap) -> Response {
    let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if told("authorization") == "Bearer of-ann" || told("x-session") == "of-ann" {
        return json(r#"{"data":[{"id":1,"name":"one"},{"id":2,"name":"two"}]}"#).into_response();
    }
    (StatusCode::UNAUTHORIZED, [("www-authenticate", "OAuth realm=\"x\"")], json("{}")).into_response()
}

/// The person agrees at once.
async fn authorize(Query(asked): Query<HashMap<String, String>>) -> Redirect {
    let part = |name: &str| asked.get(name).cloned().unwrap_or_default();
    assert_eq!(part("code_challenge_method"), "S256");
    Redirect::to(&format!("{}?code=once&state={}", part("redirect_uri"), part("state")))
}

async fn token(body: String) -> Response {
    if !body.contains("grant_type=authorization_code")
        || !body.contains("code=once")
        || !body.contains("code_verifier=")
    {
        return (StatusCode::BAD_REQUEST, json(r#"{"error":"invalid_grant"}"#)).into_response();
    }
    json(r#"{"access_token":"of-ann","refresh_token":"next","token_type":"Bearer","expires_in":3600}"#).into_response()
}

/// A browser that opens what it is given and follows where it is sent.
fn browser(folder: &Path) -> (String, String) {
    let path = folder.join("xdg-open");
    std::fs::write(&path, "#!/bin/sh\nexec curl -sL --max-time 20 \"$1\" >/dev/null\n").expect("written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("made runnable");
    let rest = std::env::var("PATH").unwrap_or_default();
    ("PATH".to_owned(), format!("{}:{rest}", folder.display()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_with_the_browser() {
    let routes = Router::new().route("/things", get(things)).route("/authorize", get(authorize));
    let api = serve(routes.route("/token", post(token))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut with = options(folder.path(), None);
    with.environment.push(browser(folder.path()));
    let mut window = AppWindow::open(&with).await;
    window.paste_and_enter("box", &format!("{api}/things")).await;
    choose(&mut window, "form-auth.grant", "authorization_code").await;
    write(&mut window, "form-auth.token_url", &format!("{api}/token")).await;
    write(&mut window, "form-auth.authorize_url", &format!("{api}/authorize")).await;
    write(&mut window, "own-auth.client_id", "reader").await;
    window.click("key-send").await;
    window.wait("sign-in-start").await;
    window.pictures("sign-in").await;
    window.click("sign-in-start").await;
    window.wait("accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.close().await;
}

async fn login(body: String) -> Response {
    assert!(body.contains("quiet-word"), "the password did not come");
    json(r#"{"code_needed":true,"login":"l-1"}"#).into_response()
}

async fn code(body: String) -> Response {
    if !body.contains("246810") {
        return (StatusCode::FORBIDDEN, json(r#"{"error":"wrong code"}"#)).into_response();
    }
    json(r#"{"token":"of-ann"}"#).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_asked_for_in_the_window() {
    let routes = Router::new().route("/things", get(things)).route("/login", post(login));
    let api = serve(routes.route("/code", post(code))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("guarded.connector.yaml");
    let text = format!(
        r#"tapwright: 1
name: guarded
title: Guarded
config: [{{name: password, type: secret, title: Password, required: true}}]
http:
  base_url: {api}
  auth:
    type: session
    login: {{method: POST, path: /login, body: {{json: {{user: ann, password: "{{{{ config.password }}}}"}}}}}}
    token: $.token
    send: {{name: X-Session, value: "{{{{ token }}}}"}}
    second_factor:
      when: "{{{{ response.code_needed }}}}"
      request: {{method: POST, path: /code, body: {{json: {{code: "{{{{ code }}}}"}}}}}}
streams:
  - {{name: things, request: {{path: /things}}, records: {{path: "$.data[*]"}}, key: [id]}}
"#
    );
    std::fs::write(&file, text).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    window.click("open-file").await;
    window.type_text("[data-testid='trust-input-password']", "quiet-word").await;
    window.click("trust-accept").await;
    window.wait("code-input").await;
    window.pictures("code").await;
    window.type_text("[data-testid='code-input']", "246810").await;
    window.click("code-send").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.close().await;
}

/// The page that the window opened in the browser.
async fn opened(page: &Path) -> String {
    for _ in 0..400 {
        if let Ok(text) = std::fs::read_to_string(page).map(|text| text.trim().to_owned())
            && text.starts_with("http")
        {
            return text;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the window opened no page");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_from_elsewhere_signs_in_at_a_provider_and_shows_its_token_requests() {
    let provider = Provider::start();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("provider.connector.yaml");
    std::fs::write(&file, definition(&provider.origin, &desktop(&provider.origin))).expect("written");
    let (name, path) = browser(folder.path());
    let page = folder.path().join("page");
    let script = format!("#!/bin/sh\necho \"$1\" > '{}'\n", page.display());
    std::fs::write(folder.path().join("xdg-open"), script).expect("written");
    let mut with = options(folder.path(), Some(&file));
    with.environment.push((name, path));
    let mut window = AppWindow::open(&with).await;
    window.click("open-file").await;
    window.click("trust-accept").await;

    // A code for another device: it is shown, and can be copied.
    window.click("sign-in-device").await;
    let code = window.wait_text("sign-in-code", |text| text.len() > 4).await;
    window.wait("sign-in-copy").await;
    window.pictures("sign-in-device").await;
    let told = window.session.run("return document.body.innerText").await.expect("the page");
    let told = told.as_str().unwrap_or_default();
    assert!(told.contains("Nobody is signed in yet") && !told.contains("The answer was read"), "{told}");
    let mut device = Browser::default();
    let (at, text) = device.open(&format!("{}/device", provider.origin), None).await;
    let (at, text) = device.submit(&at, &text, &[("user_code", code.trim())]).await;
    let next = device.submit(&at, &text, &[]).await;
    let (_, text) = device.agree(next).await;
    assert!(text.contains("Sign-in Success"), "{text}");
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.click("section-auth").await;
    window.wait_text("sign-in-done", |text| text.contains("ann@acme.test")).await;
    window.pictures("sign-in-done").await;

    // Again, with the browser: the answer lands at the window.
    window.click("sign-in-start").await;
    let mut browser = Browser::default();
    let first = browser.open(&opened(&page).await, None).await;
    let (at, text) = browser.agree(first).await;
    assert!(at.contains("/callback?") && text.contains("You are signed in"), "{at}: {text}");
    window.wait_text("sign-in-done", |text| text.contains("ann@acme.test")).await;

    // What went out for a new token stands beside the pages, masked.
    provider.ask("end-tokens").await;
    window.click("view-table").await;
    window.click("tab-request").await;
    // The sign-in reads again by itself: what is asked for meanwhile is that read.
    for _ in 0..10 {
        window.click("reread").await;
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        if window.shows("asides").await {
            break;
        }
    }
    window.wait("asides").await;
    window.session.run("for (const each of document.querySelectorAll('details')) each.open = true").await.expect("run");
    let told = window.wait_text("asides", |text| text.contains("/token") && text.contains("grant_type")).await;
    assert!(told.contains("••••"), "{told}");
    window.pictures("sign-in-asides").await;
    window.close().await;
}
