//! Looking after what is there: a connection's settings and schedule, versions, a newer definition, deleting.

use super::options;
use product_tests::AppWindow;
use sample_api::SampleOptions;

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_set_scheduled_copied_and_deleted() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/open/orders", server.addr)).await;
    window.click("accept").await;
    window.click("connection-open").await;

    window.click("tab-schedule").await;
    window.wait_text("schedule-tried", |text| text.contains("every 15 minutes")).await;
    window.click("schedule-save").await;
    window.wait("schedule-upcoming").await;
    window.pictures("schedule").await;
    window.click("schedule-kind-cron").await;
    window.wait_text("schedule-tried", |text| text.contains("cron 0 6 * * 1-5")).await;
    window.click("schedule-save").await;
    window.wait_text("schedule-standing", |text| text.contains("cron 0 6 * * 1-5")).await;

    window.click("tab-settings").await;
    window.wait("settings-name").await;
    window.pictures("connection-settings").await;
    window.click("connection-duplicate").await;
    window.click("duplicate-confirm").await;
    window.wait_css("[data-testid='settings-name'][value$='-2']").await;
    window.click("connection-delete").await;
    window.wait_text("delete-goes", |text| text.contains("Nothing was synced")).await;
    window.pictures("delete-connection").await;
    window.click("delete-confirm").await;
    window.wait("connectors").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_definition_updates_the_connector_and_a_version_takes_it_back() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.connector.yaml");
    let text = |path: &str| {
        format!(
            "tapwright: 1\nname: acme\ntitle: Acme\nhttp: {{base_url: 'http://{}/open'}}\nstreams:\n  - name: orders\n    \
             request: {{path: {path}}}\n    records: {{path: '$.items[*]'}}\n    key: [id]\n",
            server.addr
        )
    };
    std::fs::write(&file, text("/orders")).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    window.click("open-file").await;
    window.click("trust-accept").await;
    window.click("accept").await;
    window.wait("sync-start").await;

    std::fs::write(&file, text("/orders?page=1")).expect("written");
    window.click("nav-home").await;
    window.click("open-file").await;
    window.wait_text("update-offer", |text| text.contains("path changed from /orders to /orders?page=1")).await;
    window.pictures("update-offer").await;
    window.click("update-apply").await;
    window.wait("sync-start").await;

    window.click("versions-open").await;
    // Two versions: the second is as it is now.
    window.wait("version-back-1").await;
    window.wait_text("changes", |text| text.contains("/orders?page=1")).await;
    window.pictures("versions").await;
    window.click("version-back-1").await;
    // The roll back is a version of its own.
    window.wait("version-back-2").await;
    window.close().await;
}
