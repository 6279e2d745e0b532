//! Themes and accessibility: axe finds nothing in any room, light and dark.

use super::looks::theme;
use super::options;
use product_tests::AppWindow;
use sample_api::SampleOptions;

async fn axe_finds_nothing(window: &AppWindow, room: &str) {
    for colours in ["light", "dark"] {
        theme(window, colours).await;
        let found = window.axe().await;
        assert!(found.is_empty(), "{room}, {colours}: {found:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_in_any_room() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    axe_finds_nothing(&window, "home").await;
    window.paste_and_enter("box", &format!("http://{}/v1/customers", server.addr)).await;
    window.wait("key-input").await;
    axe_finds_nothing(&window, "key").await;
    window.paste_and_enter("key-input", sample_api::SAMPLE_KEY).await;
    window.wait("accept").await;
    for tab in [
        "tab-records",
        "tab-mapping",
        "tab-response",
        "tab-request",
        "tab-schema",
        "tab-state",
        "tab-log",
        "view-form",
        "view-yaml",
    ] {
        window.click(tab).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        axe_finds_nothing(&window, tab).await;
    }
    window.click("settings-open").await;
    window.wait("theme-dark").await;
    axe_finds_nothing(&window, "settings").await;
    window.close().await;
}
