//! The test panel: read further, one part alone, looked through, and what stands beside the pages.

use super::options;
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use axum::routing::get;
use product_tests::AppWindow;
use std::collections::HashMap;

fn json(body: String) -> impl IntoResponse {
    ([("content-type", "application/json")], body)
}

/// Pages of 100 items by region, twelve of them; from page 5 on with a member more.
fn items(query: &HashMap<String, String>) -> String {
    let page: u32 = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let region = query.get("region").map_or("", String::as_str);
    let item = |n: u32| {
        let id = (page - 1) * 100 + n;
        let late = if page >= 5 { format!(r#","late":"2024-01-{:02}""#, n % 28 + 1) } else { String::new() };
        format!(r#"{{"id":{id},"name":"item {:04}","region":"{region}","size":{{"w":{n}}}{late}}}"#, 9_999 - id)
    };
    let all: Vec<String> = (0..if page > 12 { 0 } else { 100 }).map(item).collect();
    format!(r#"{{"data":[{}]}}"#, all.join(","))
}

/// Serves items by region, teams and their members. Gives a definition of them.
async fn definition() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let routes = Router::new()
        .route("/items", get(async |Query(query): Query<HashMap<String, String>>| json(items(&query))))
        .route("/teams", get(async || json(r#"[{"id":"a","slug":"alpha"},{"id":"b","slug":"beta"}]"#.to_owned())))
        .route("/teams/{id}", get(async |Path(id): Path<String>| json(format!(r#"[{{"id":1,"team":"{id}"}}]"#))));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!(
        "tapwright: 1\nname: parts\nhttp: {{base_url: 'http://{address}'}}\nstreams:\n  - name: items\n    request: {{path: /items}}\n    \
         records: {{path: '$.data[*]'}}\n    key: [id]\n    paginate: {{type: page, inject: {{query: page}}}}\n    \
         partitions: [{{type: list, as: region, values: [eu, us, south africa], inject: {{query: region}}}}]\n    fields:\n      \
         - {{name: id, type: integer}}\n      - {{name: name, type: string}}\n      - {{name: region, type: string}}\n  \
         - name: members\n    request: {{path: '/teams/{{{{ partition.team }}}}'}}\n    key: [id]\n    \
         partitions: [{{type: parent, stream: teams, value: $.id, as: team}}]\n  - name: teams\n    request: {{path: /teams}}\n"
    )
}

async fn opened(window: &mut AppWindow) {
    window.click("open-file").await;
    window.click("trust-accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_read_further_looked_through_and_its_new_column_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("parts.connector.yaml");
    std::fs::write(&file, definition().await).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    opened(&mut window).await;
    window.wait_text("read-told", |text| text.contains("300 records from 3 requests")).await;
    window.click("read-more").await;
    window.wait_text("read-told", |text| text.contains("1,000 records from 10 requests, stopped at 10 pages")).await;
    window.pictures("panel-read-more").await;

    // Ordered by a head, looked through, and a record as it came.
    window.click("head-id").await;
    window.click("head-id").await;
    window.wait_css("[data-testid='head-id'][aria-sort='descending']").await;
    window.type_text("[data-testid='records-filter']", "name:item 99").await;
    window.wait_text("records-found", |text| text.contains("100 of 1,000")).await;
    window.click("records-json").await;
    window.wait_css("[data-testid='record-json'] [data-path='$.name']").await;
    window.pictures("panel-json").await;
    window.click_css("[data-testid='record-json'] [data-path='$.id']").await;
    window.wait("menu-copy-path").await;
    window.press(&["Escape"]).await;
    assert_eq!(window.axe().await, Vec::<String>::new());

    // What came with later pages is no column yet.
    window.click("tab-schema").await;
    window.wait("schema-new-late").await;
    window.pictures("panel-schema").await;
    window.click("schema-add-late").await;
    window.click("tab-records").await;
    window.wait_css("[data-testid='head-late']").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_part_is_read_alone_and_a_parent_stands_beside_the_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("parts.connector.yaml");
    std::fs::write(&file, definition().await).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    opened(&mut window).await;
    window.click("part").await;
    window.wait_css("[data-testid='part-offers'] [role='option']").await;
    let offers = "return document.querySelector(\"[data-testid='part-offers']\").textContent";
    let offers = window.session.run(offers).await.expect("the offers");
    assert_eq!(offers, "region euregion usregion south africa");
    window.pictures("panel-parts").await;
    window.type_text("[data-testid='part']", "us").await;
    window.press(&["Enter"]).await;
    window.click("tab-request").await;
    window.wait_text("request", |text| text.contains("region=us")).await;
    window.click("tab-records").await;
    window.click("part").await;
    window.press(&["Control", "a"]).await;
    window.type_text("[data-testid='part']", "mars").await;
    window.press(&["Enter"]).await;
    window.wait_text("problem", |text| text.contains("has no part with region=mars")).await;

    // The stream that is read by another one's ids.
    window.click("stream-members").await;
    window.click("tab-request").await;
    window.wait_text("asides", |text| text.contains("/teams")).await;
    window.click_css("[data-testid='aside-0'] summary").await;
    window.wait("aside-curl-0").await;
    window.click_css("[data-testid='aside-0'] [data-path='$[0].slug']").await;
    window.wait("menu-parent-id").await;
    window.pictures("panel-parent").await;
    window.click("menu-parent-id").await;
    window.click("reread").await;
    window.wait_text("request", |text| text.contains("/teams/alpha")).await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.close().await;
}
