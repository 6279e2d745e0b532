//! Webhooks in the window: started, tried, refused, kept and worked on again.

use super::forms::write;
use super::options;
use product_tests::AppWindow;
use sample_api::SampleOptions;

/// Orders that also come as events.
fn connector(address: &str) -> String {
    format!(
        r#"tapwright: 1
name: shop-orders
title: Orders of the shop
config:
  - {{name: webhook_secret, title: Webhook secret, type: secret, required: true}}
http: {{base_url: "http://{address}/open"}}
streams:
  - name: orders
    request: {{path: /orders}}
    records: {{path: "$.items[*]"}}
    key: [id]
    fields:
      - {{name: id, type: integer, required: true}}
      - {{name: status}}
      - {{name: note}}
webhooks:
  - name: events
    description: What happens to orders
    verify: {{type: hmac, algorithm: sha256, header: X-Signature, prefix: "sha256=", secret: "{{{{ config.webhook_secret }}}}"}}
    id: {{path: $.id}}
    event: {{path: $.type}}
    routes:
      - {{event: order.deleted, records: $.order, stream: orders, then: delete}}
      - {{event: "order.*", records: $.order, stream: orders}}
    samples:
      - name: created
        body: {{id: evt_1, type: order.created, order: {{id: 90001, status: open, note: by event}}}}
      - {{name: cart, body: {{id: evt_2, type: cart.viewed, cart: 7}}}}
      - {{name: no-id, body: {{id: evt_3, type: order.created, order: {{status: open}}}}}}
"#
    )
}

/// Sends a sample as a test event.
pub(super) async fn send(window: &mut AppWindow, webhook: &str, sample: &str) {
    window.click(&format!("webhook-test-{webhook}")).await;
    super::forms::choose(window, "webhook-sample", sample).await;
    window.click("webhook-send").await;
    window.wait_css("[data-testid='webhook-tested'][data-status='200']").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_taken_refused_explained_and_replayed() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("shop.connector.yaml");
    std::fs::write(&file, connector(&server.addr.to_string())).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &file.display().to_string()).await;
    window.type_text("[data-testid='trust-input-webhook_secret']", "It's a Secret to Everybody").await;
    window.click("trust-accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.click("accept").await;
    window.click("connection-open").await;
    window.click("tab-webhooks").await;
    window.wait("listen-start").await;
    window.pictures("webhooks-off").await;
    write(&mut window, "listen-port", "0").await;
    window.click("listen-start").await;
    window.wait_text("listen-status", |text| text.contains("http://127.0.0.1:")).await;
    let url = window.wait_text("webhook-url-events", |text| text.starts_with("http://")).await;

    send(&mut window, "events", "created").await;
    window.pictures("webhooks-test").await;
    window.press(&["Escape"]).await;
    window.wait_css("[data-status='done']").await;
    send(&mut window, "events", "cart").await;
    window.press(&["Escape"]).await;
    send(&mut window, "events", "no-id").await;
    window.press(&["Escape"]).await;
    window.wait_css("[data-status='unknown']").await;
    window.wait_css("[data-status='dead'][data-code='key_missing']").await;

    // One that was changed on its way is refused, and it is told why.
    let client = reqwest();
    let tampered = client
        .post(&url)
        .header("X-Signature", format!("sha256={}", "0".repeat(64)))
        .body(r#"{"id": "evt_9", "type": "order.created", "order": {"id": 1}}"#)
        .send()
        .await
        .expect("an answer");
    assert_eq!(tampered.status().as_u16(), 401);
    window.wait_css(".webhook-event[data-status='refused']").await;
    window.pictures("webhooks").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click_css(".webhook-event[data-status='refused']").await;
    window.wait_text("webhook-reason", |text| text.contains("signature")).await;
    window.pictures("webhooks-refused").await;
    window.press(&["Escape"]).await;

    window.click("webhook-dead").await;
    window.wait_css(".webhook-event[data-status='dead']").await;
    window.pictures("webhooks-dead").await;
    window.click("webhook-replay-all").await;
    window.wait_css(".webhook-event[data-status='dead']").await;
    window.click("webhook-all").await;
    window.click_css(".webhook-event[data-status='done']").await;
    window.click("webhook-replay").await;
    window.wait_text("webhook-detail", |text| text.contains("1 unchanged")).await;
    window.close().await;
}

fn reqwest() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().expect("a client")
}
