//! Rough input: a large answer, and a definition with faults.

use super::forms::{write, yaml_text};
use super::options;
use axum::Router;
use axum::routing::get;
use product_tests::AppWindow;

/// Serves one answer of so many records, about 500 bytes each. Gives its address.
async fn large_answer(records: u32) -> String {
    let record = |n: u32| {
        format!(r#"{{"id":{n},"name":"Größe {n}","text":"{}"}}"#, "x".repeat(if records > 100_000 { 210 } else { 460 }))
    };
    let body = format!(r#"{{"data":[{}]}}"#, (1..=records).map(record).collect::<Vec<_>>().join(","));
    let answer = move || async move { ([("content-type", "application/json")], body) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/things", get(answer))).await });
    format!("http://{address}/things")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_response_of_10_mb_is_a_table_and_a_tree_and_the_window_goes_on_painting() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    let url = large_answer(20_000).await;
    window.paste_and_enter("box", &url).await;
    window.wait("accept").await;
    // The longest time between two frames is kept as an artifact; it decides nothing.
    let watch = "window.__gap = 0; let last = performance.now();
        const tick = (now) => { window.__gap = Math.max(window.__gap, now - last); last = now; requestAnimationFrame(tick); };
        requestAnimationFrame(tick);";
    window.session.run(watch).await.expect("the watch");
    window.click("tab-response").await;
    window.wait_css("[data-path='$.data[3]']").await;
    window.click("tab-records").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    let gap = window.session.run("return window.__gap").await.expect("the gap");
    let _ = std::fs::write(product_tests::artifacts().join("longest-frame-10mb.txt"), format!("{gap} ms\n"));
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_response_of_50_mb_is_shown_in_part_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    let url = large_answer(200_000).await;
    window.paste_and_enter("box", &url).await;
    window.wait("accept").await;
    window.wait_text("read-told", |text| text.contains("500 of 200,000 records")).await;
    window.click("tab-response").await;
    window.wait_css("[data-path='$.data[3]']").await;
    window.pictures("response-50mb").await;
    window.click("tab-records").await;
    window.click("read-more").await;
    window.wait_text("read-told", |text| text.contains("5,000 of 200,000 records")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_a_definition_is_shown_with_its_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("faulty.connector.yaml");
    let text = "tapwright: 1\nname: faulty\nhttp: {base_url: 'https://api.acme.test', retires: 3}\n\
        streams:\n  - {name: a, request: {path: /a}}\n  - {name: a, request: {path: /b}, paginat: {type: page}}\n";
    std::fs::write(&file, text).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    window.click("open-file").await;
    let shown = window.wait_text("problem", |text| text.contains("retires")).await;
    assert!(shown.contains("paginat"), "{shown}");
    window.pictures("faults").await;
    window.close().await;
}

/// A definition of 2,000 streams, about 1.4 MB, of an API at `address`.
fn large_definition(address: std::net::SocketAddr) -> String {
    let fields = (0..8).map(|n| format!("      - {{name: field_{n}, from: '$.attributes.field_{n}', type: string}}\n"));
    let fields: String = fields.collect();
    let stream = |n: u32| {
        format!(
            "  - name: stream_{n}\n    request: {{path: /v1/things/{n}, query: {{limit: '100', sort: created}}}}\n    \
             records: {{path: '$.data[*]'}}\n    key: [id]\n    fields:\n{fields}      - {{name: id, type: integer}}\n"
        )
    };
    let streams: String = (0..2_000).map(stream).collect();
    format!("tapwright: 1\nname: large\nhttp: {{base_url: 'http://{address}'}}\nstreams:\n{streams}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definition_of_2000_streams_is_edited_as_text_and_by_forms() {
    let answer =
        async || ([("content-type", "application/json")], r#"{"data":[{"id":1,"attributes":{"field_1":"a"}}]}"#);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("large.connector.yaml");
    std::fs::write(&file, large_definition(address)).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    window.click("open-file").await;
    window.click("trust-accept").await;
    window.wait("connector-tree").await;
    window.pictures("large").await;

    // Text, a form, and text again: each has what the other was given.
    window.click("view-yaml").await;
    window.wait_css(".cm-content").await;
    window.press(&["Control", "End"]).await;
    window.type_text(".cm-content", "\n# mine").await;
    window.click("section-about").await;
    window.click("view-form").await;
    write(&mut window, "form-title", "Large one").await;
    yaml_text(&mut window, |text| text.contains("Large one") && text.contains("# mine")).await;
    window.close().await;
}
