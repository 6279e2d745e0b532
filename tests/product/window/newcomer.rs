//! The first hour with APIs that nobody prepared for: lists side by side, GraphQL, searches by POST, refusals.

use super::forms::json;
use super::options;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use product_tests::AppWindow;
use serde_json::Value;
use std::time::Duration;

async fn serve(routes: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

/// Two days by the hour, a list for each thing that is measured.
async fn weather() -> Response {
    let hours: Vec<String> =
        (0..48).map(|hour| format!("\"2025-01-{:02}T{:02}:00\"", hour / 24 + 1, hour % 24)).collect();
    let degrees: Vec<String> =
        (0..48).map(|hour| if hour == 5 { "null".to_owned() } else { format!("{hour}.5") }).collect();
    json(&format!(
        r#"{{"latitude":52.5,"timezone":"GMT","hourly_units":{{"time":"iso8601","temperature":"°C"}},
            "hourly":{{"time":[{}],"temperature":[{}]}}}}"#,
        hours.join(","),
        degrees.join(",")
    ))
    .into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_side_by_side_become_rows_in_three_actions() {
    let api = serve(Router::new().route("/v1/forecast", get(weather))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("{api}/v1/forecast?latitude=52.5&hourly=temperature")).await;
    window.says("chip-records", &["$.hourly[*]"]).await;
    window.says("chip-key", &["time"]).await;
    window.pictures("newcomer-lists").await;
    window.click("accept").await;
    window.click("sync-start").await;
    window.wait_text("run-counts", |text| text.contains("48 new")).await;
    assert_eq!(window.actions(), 3, "actions from a URL to rows");
    window.close().await;
}

const REPOSITORIES: usize = 23;

/// A connection as Relay lays it out, its cursor in a variable that the query declares.
async fn graphql(headers: HeaderMap, body: String) -> Response {
    if headers.get("authorization").is_none_or(|value| value != "Bearer gql-token-1") {
        return (StatusCode::UNAUTHORIZED, json(r#"{"message":"Bad credentials"}"#)).into_response();
    }
    let asked: Value = serde_json::from_str(&body).unwrap_or_default();
    let after = asked["variables"]["after"].as_str().and_then(|cursor| cursor.strip_prefix('c'));
    let from: usize = after.and_then(|number| number.parse().ok()).unwrap_or(0);
    let to = (from + 10).min(REPOSITORIES);
    let edges: Vec<String> = (from..to)
        .map(|n| {
            format!(
                r#"{{"cursor":"c{}","node":{{"id":"R_{n}","name":"repository {n}","owner":{{"login":"acme"}}}}}}"#,
                n + 1
            )
        })
        .collect();
    json(&format!(
        r#"{{"data":{{"viewer":{{"repositories":{{"edges":[{}],"pageInfo":{{"hasNextPage":{},"endCursor":"c{to}"}}}}}}}}}}"#,
        edges.join(","),
        to < REPOSITORIES
    ))
    .into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_of_graphql_reads_all_pages_by_the_variable_that_it_declares() {
    let api = serve(Router::new().route("/graphql", post(graphql))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    let query = "query($first: Int, $after: String) { viewer { repositories(first: $first, after: $after) { \
                 edges { cursor node { id name owner { login } } } pageInfo { hasNextPage endCursor } } } }";
    let curl = format!(
        "curl {api}/graphql -H 'Authorization: Bearer gql-token-1' -H 'Content-Type: application/json' \
         -d '{{\"query\":\"{query}\",\"variables\":{{\"first\":10}}}}'"
    );
    window.paste_and_enter("box", &curl).await;
    window.says("chip-pages", &["variables.after", "proved"]).await;
    window.pictures("newcomer-graphql").await;
    window.click("accept").await;
    window.click("sync-start").await;
    window.wait_text("run-counts", |text| text.contains("23 new")).await;
    assert_eq!(window.actions(), 3, "actions from a curl command to rows");
    window.close().await;
}

async fn contacts() -> Response {
    json(r#"{"results":[{"id":"1","email":"ann@acme.test"},{"id":"2","email":"bob@acme.test"}]}"#).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_wants_post_is_one_click_away() {
    let api = serve(Router::new().route("/contacts/search", post(contacts))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("{api}/contacts/search")).await;
    window.wait_text("problem", |text| text.contains("405") && text.contains("It takes POST")).await;
    window.pictures("newcomer-post").await;
    window.click("failed-post").await;
    window.says("chip-records", &["$.results[*]"]).await;
    assert_eq!(window.actions(), 2, "actions from a search's URL to records");
    window.close().await;
}

/// Waits until a field has the focus.
async fn focused(window: &AppWindow, id: &str) {
    for _ in 0..200 {
        let at = window.session.run("return document.activeElement?.dataset.testid ?? ''").await.expect("the focus");
        if at.as_str() == Some(id) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{id} never had the focus");
}

async fn refused() -> Response {
    (StatusCode::BAD_REQUEST, json(r#"{"error":{"message":"Unknown parameter: colour"}}"#)).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_says_why_and_leads_to_the_field() {
    let page =
        || async { (StatusCode::NOT_FOUND, [("content-type", "text/html")], "<!doctype html><title>Lost</title>") };
    let api = serve(Router::new().route("/lost", get(page)).route("/things", get(refused))).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("{api}/things?colour=red")).await;
    window
        .wait_text("problem", |text| text.contains("Unknown parameter: colour") && text.contains("/things?colour=red"))
        .await;
    window.pictures("newcomer-refused").await;
    window.click("back").await;
    window.session.run("document.querySelector('[data-testid=\"box\"]').select()").await.expect("select");
    window.paste_and_enter("box", &format!("{api}/lost")).await;
    window.wait_css("[data-testid='problem'][data-code='not_found']").await;
    window.click("problem-field").await;
    focused(&window, "form-streams[0].request.path").await;
    window.pictures("newcomer-field").await;
    window.close().await;
}
