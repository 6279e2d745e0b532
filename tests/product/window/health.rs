//! A connection's health and what its connector says of itself, in the window.

use super::options;
use product_tests::AppWindow;
use sample_api::{SAMPLE_KEY, SampleOptions};

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_checked_while_its_api_is_up_and_when_it_is_down() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/v1/customers", server.addr)).await;
    window.wait("key-input").await;
    window.paste_and_enter("key-input", SAMPLE_KEY).await;
    window.wait("accept").await;
    window.click("accept").await;
    window.click("connection-open").await;
    window.click("tab-health").await;
    window.wait("health-run").await;
    window.pictures("health-empty").await;
    window.click("health-run").await;
    window.wait_css("[data-testid='check-reachable'][data-state='pass']").await;
    window.wait_css("[data-testid='check-signed_in'][data-state='pass']").await;
    window.wait_css("[data-testid='check-stream-customers'][data-state='pass']").await;
    window.pictures("health").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    server.stop();
    window.click("health-run").await;
    window.wait_css("[data-testid='check-reachable'][data-state='fail']").await;
    window.wait_text("check-reachable", |text| text.contains("TCP")).await;
    window.pictures("health-down").await;
    // It is kept: gone away and back, it stands there still.
    window.click("tab-about").await;
    window.wait_text("about-streams", |text| text.contains("customers")).await;
    window.pictures("about").await;
    window.click("tab-health").await;
    window.wait_css("[data-testid='health-state'][data-state='fail']").await;
    window.close().await;
}
