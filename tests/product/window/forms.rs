//! The definition by forms: a stream with a sign-in and partitions is built by them, read and synced.

use super::options;
use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use product_tests::AppWindow;
use sample_api::SampleOptions;
use std::collections::HashMap;

/// Chooses an option of a list of choices.
pub(super) async fn choose(window: &mut AppWindow, id: &str, value: &str) {
    window.wait(id).await;
    let script = format!(
        "const box = document.querySelector('[data-testid=\"{id}\"]');
         const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
         set.call(box, '{value}'); box.dispatchEvent(new Event('change', {{bubbles: true}}));"
    );
    window.session.run(&script).await.unwrap_or_else(|error| panic!("{id}: {error}"));
}

/// Writes into a field in the place of what is there.
pub(super) async fn write(window: &mut AppWindow, id: &str, text: &str) {
    window.wait(id).await;
    window.session.run(&format!("document.querySelector('[data-testid=\"{id}\"]').select()")).await.expect("select");
    window.type_text(&format!("[data-testid='{id}']"), text).await;
}

/// The text of the YAML view, once it fits. The editor draws only what is in sight: its document is asked.
pub(super) async fn yaml_text(window: &mut AppWindow, fits: impl Fn(&str) -> bool) -> String {
    window.click("view-yaml").await;
    window.wait_css(".cm-content").await;
    let mut text = String::new();
    for _ in 0..100 {
        let all = "return document.querySelector('.cm-content').cmTile.view.state.doc.toString()";
        text = window.session.run(all).await.expect("the text").as_str().unwrap_or_default().to_owned();
        if fits(&text) {
            return text;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the text never fitted: {text}");
}

async fn yaml(window: &mut AppWindow, fits: impl Fn(&str) -> bool) -> String {
    let text = yaml_text(window, fits).await;
    window.click("view-form").await;
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_changed_by_forms_and_faults_stand_at_their_fields() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/open/orders", server.addr)).await;
    window.wait("accept").await;
    window.click("section-request").await;
    window.wait("form-section-request").await;
    window.pictures("forms-request").await;

    // Pages: another kind keeps what the two share; an empty place is a fault at its field.
    window.click("section-paginate").await;
    choose(&mut window, "form-streams[0].paginate", "page").await;
    write(&mut window, "form-streams[0].paginate.inject.query", " ").await;
    window.wait_css("[data-testid^='fault-streams[0].paginate']").await;
    window.pictures("forms-fault").await;
    write(&mut window, "form-streams[0].paginate.inject.query", "page").await;
    yaml(&mut window, |text| text.contains("type: page") && text.contains("query: page")).await;

    // Undo takes the way back.
    for _ in 0..4 {
        window.press(&["Control", "z"]).await;
    }
    yaml(&mut window, |text| text.contains("type: offset")).await;

    // A secret becomes an input of its own; the definition only refers to it.
    window.click("section-auth").await;
    choose(&mut window, "form-http.auth", "bearer").await;
    choose(&mut window, "form-http.auth.token", "+").await;
    window.pictures("forms-auth").await;
    let text = yaml(&mut window, |text| text.contains("type: secret")).await;
    assert!(text.contains("config.token"), "{text}");
    choose(&mut window, "form-http.auth", "oauth2").await;
    window.pictures("forms-oauth").await;
    window.click("section-config").await;
    window.wait("trust-input-token").await;
    window.pictures("forms-inputs").await;
    window.click("section-responses").await;
    window.click("form-add-http.responses").await;
    window.pictures("forms-responses").await;
    window.close().await;
}

/// An API that gives tokens to a client, and orders by region: 30 of each, pages of 20.
async fn shop() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let routes = Router::new().route("/token", post(token)).route("/orders", get(orders));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

async fn token(headers: HeaderMap, body: String) -> Response {
    let basic = headers.contains_key("authorization");
    let fits = body.contains("grant_type=client_credentials")
        && (basic || (body.contains("client_id=shop-reader") && body.contains("client_secret=quiet-secret")));
    if !fits {
        return (StatusCode::UNAUTHORIZED, json(r#"{"error":"invalid_client"}"#)).into_response();
    }
    json(r#"{"access_token":"granted-token","token_type":"Bearer","expires_in":3600}"#).into_response()
}

async fn orders(headers: HeaderMap, Query(query): Query<HashMap<String, String>>) -> Response {
    if headers.get("authorization").is_none_or(|value| value != "Bearer granted-token") {
        let challenge = [("www-authenticate", "Bearer authorization_uri=\"https://login.acme.test/\"")];
        return (StatusCode::UNAUTHORIZED, challenge, json(r#"{"error":"no token"}"#)).into_response();
    }
    let region = query.get("region").map_or("eu", String::as_str);
    let page: usize = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let from = (page.max(1) - 1) * 20;
    let one = |n: usize| format!(r#"{{"id":"{region}-{n}","region":"{region}","amount":{n}}}"#);
    let records: Vec<String> = (from..(from + 20).min(30)).map(one).collect();
    json(&format!(r#"{{"data":[{}]}}"#, records.join(","))).into_response()
}

pub(super) fn json(text: &str) -> ([(&'static str, &'static str); 1], String) {
    ([("content-type", "application/json")], text.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_with_oauth_and_partitions_is_built_by_forms_and_synced() {
    let shop = shop().await;
    let folder = tempfile::tempdir().expect("a folder");
    let shared = folder.path().join("shop.connector.yaml");
    let mut window = AppWindow::open(&options(folder.path(), Some(&shared))).await;

    // The refusal speaks of OAuth: its form stands ready. The client's secret goes to the keyring.
    window.paste_and_enter("box", &format!("{shop}/orders?region=eu&page=1")).await;
    window.wait("form-auth.grant").await;
    choose(&mut window, "form-auth.grant", "client_credentials").await;
    write(&mut window, "form-auth.token_url", &format!("{shop}/token")).await;
    write(&mut window, "own-auth.client_id", "shop-reader").await;
    write(&mut window, "own-auth.client_secret", "quiet-secret").await;
    window.pictures("key-oauth").await;
    window.click("key-send").await;
    window.wait("accept").await;

    // Two regions: the parameter is told by the partition from now on.
    window.click("section-request").await;
    window.click_css("button[aria-label='Remove region']").await;
    window.click("section-partitions").await;
    window.click("form-add-streams[0].partitions").await;
    write(&mut window, "form-streams[0].partitions[0].as", "region").await;
    for (at, region) in ["eu", "us"].iter().enumerate() {
        window.click("form-add-streams[0].partitions[0].values").await;
        write(&mut window, &format!("form-streams[0].partitions[0].values[{at}]"), region).await;
    }
    choose(&mut window, "form-streams[0].partitions[0].inject", "query").await;
    write(&mut window, "form-streams[0].partitions[0].inject.query", "region").await;
    window.pictures("forms-partitions").await;
    window.click("form-test").await;
    // A preview stops after some pages, and says that there is more.
    window.wait_text("tab-records", |text| text.contains("30+")).await;

    window.click("accept").await;
    window.click("sync-start").await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    let counts = window.wait_text("run-counts", |text| text.contains("60")).await;
    assert!(counts.contains("60 new"), "{counts}");
    window.pictures("run-partitions").await;
    window.press(&["Control", "s"]).await;
    let shared = window.wait_text("share-text", |text| text.contains("client_credentials")).await;
    assert!(!shared.contains("quiet-secret") && !shared.contains("granted-token"), "{shared}");
    window.close().await;
}
