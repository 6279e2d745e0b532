//! Recordings in the window: made, tested, and read from when the server is gone.

use super::options;
use product_tests::AppWindow;
use sample_api::SampleOptions;

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_recorded_tested_and_previewed_offline() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &server.url("/open/customers")).await;
    window.wait("chip-pages").await;
    window.click("accept").await;
    window.click("connection-open").await;
    window.click("tab-fixtures").await;
    window.wait("fixtures-record").await;
    window.pictures("fixtures-empty").await;
    window.click("fixtures-record").await;
    window.wait_text("fixtures-summary", |text| text.contains("3 answers")).await;
    // From here on there is no server.
    server.stop();
    window.click("fixtures-test").await;
    window.wait_css("[data-testid='fixtures-report'][data-ok='true']").await;
    window.pictures("fixtures").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("fixtures-offline").await;
    window.wait_css("[data-testid='fixtures-offline']:checked:enabled").await;
    window.click("connection-connector").await;
    window.click("reread").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    assert!(!window.shows("problem").await, "the preview needs no server");
    window.close().await;
}
