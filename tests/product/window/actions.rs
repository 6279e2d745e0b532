//! Actions in the window: a form, its faults, a dry run, a call, the history, and the question before a removal.

use super::forms::{choose, write};
use super::options;
use product_tests::AppWindow;
use sample_api::{SAMPLE_KEY, SampleOptions};

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_is_made_and_removed_in_the_window() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/customers-actions.connector.yaml");
    let text = std::fs::read_to_string(example).expect("the example");
    let text = text.replace("http://127.0.0.1:8080", server.url("").trim_end_matches('/'));
    let file = folder.path().join("c.connector.yaml");
    std::fs::write(&file, text).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    window.click("open-file").await;
    window.wait("trust-accept").await;
    window.type_text("[data-testid='trust-input-key']", SAMPLE_KEY).await;
    window.click("trust-accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.click("accept").await;
    window.click("connection-open").await;
    window.click("tab-actions").await;

    // What is wrong stands at its field, and nothing is sent.
    window.click("action-create_customer").await;
    write(&mut window, "param-email", "nobody").await;
    server.clear_log();
    window.click("action-run").await;
    window.wait_css(".action-form .field .error").await;
    assert!(server.log().is_empty(), "something was sent");
    window.pictures("actions-faults").await;

    write(&mut window, "param-name", "Ann O'Hara").await;
    write(&mut window, "param-email", "ann@acme.test").await;
    choose(&mut window, "param-plan", "team").await;
    window.click("action-dry-run").await;
    let shown = window.wait_text("action-request", |text| text.contains("POST")).await;
    assert!(
        shown.contains("\"plan\":\"team\"") && shown.contains("Bearer ••••") && !shown.contains(SAMPLE_KEY),
        "{shown}"
    );
    assert!(server.log().is_empty(), "something was sent");
    window.pictures("actions-dry-run").await;

    window.click("action-run").await;
    let records = window.wait_text("action-records", |text| text.contains("ann@acme.test")).await;
    assert!(records.contains("12001"), "{records}");
    window.wait("action-past").await;
    window.pictures("actions-answer").await;
    let found = window.axe().await;
    assert!(found.is_empty(), "{found:#?}");

    // A removal asks first.
    window.click("action-delete_customer").await;
    write(&mut window, "param-id", "12001").await;
    server.clear_log();
    window.click("action-run").await;
    window.wait("action-confirm").await;
    assert!(server.log().is_empty(), "something was sent");
    window.pictures("actions-confirm").await;
    window.click("action-confirm").await;
    window.wait_css("[data-testid='action-answer'] [data-outcome='done']").await;

    // The call before fills the form again.
    window.click_css("li:nth-child(2) > [data-testid='action-past']").await;
    window.click("action-again").await;
    window.wait_css("[data-testid='param-email']").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_and_webhooks_are_tried_beside_their_form() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = super::rooms::accepted(&server, folder.path()).await;
    window.click("view-form").await;
    window.click("actions-create_customer").await;
    window.wait("try-actions").await;
    write(&mut window, "param-name", "Ann O'Hara").await;
    write(&mut window, "param-email", "ann@acme.test").await;
    server.clear_log();
    window.click("action-dry-run").await;
    let shown = window.wait_text("action-request", |text| text.contains("POST")).await;
    assert!(shown.contains("Bearer ••••") && !shown.contains(SAMPLE_KEY), "{shown}");
    assert!(server.log().is_empty(), "something was sent");
    window.pictures("try-action").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("action-run").await;
    window.wait_text("action-records", |text| text.contains("ann@acme.test")).await;

    window.click("webhooks-changes").await;
    window.wait("try-webhooks").await;
    write(&mut window, "listen-port", "0").await;
    window.click("listen-start").await;
    window.wait_text("listen-status", |text| text.contains("http://127.0.0.1:")).await;
    super::webhooks::send(&mut window, "changes", "created").await;
    window.press(&["Escape"]).await;
    window.wait_css("[data-testid='webhook-events'] .webhook-event").await;
    window.pictures("try-webhook").await;
    assert_eq!(window.axe().await, Vec::<String>::new());

    // A column's source is completed from the last answer.
    window.click("view-table").await;
    window.click("tab-mapping").await;
    window.session.run("document.querySelector('[data-testid=\"field-from-0\"]').select()").await.expect("selected");
    window.type_text("[data-testid='field-from-0']", "$.").await;
    window.wait_css("[data-testid='source-offers'] [role='option']").await;
    window.pictures("source-offers").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.close().await;
}
