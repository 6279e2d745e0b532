//! Signing in by a person: in the browser, and with a second factor.

use super::forms::{choose, json, write};
use super::options;
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
    let input = window.wait("trust-input-password").await;
    window.type_text(&input, "quiet-word").await;
    window.click("trust-accept").await;
    let input = window.wait("code-input").await;
    window.pictures("code").await;
    window.type_text(&input, "246810").await;
    window.click("code-send").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.close().await;
}
