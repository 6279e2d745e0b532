//! The one path that the product exists for, its actions counted.

use super::options;
use product_tests::AppWindow;
use sample_api::{SAMPLE_KEY, SampleOptions};

#[tokio::test(flavor = "multi_thread")]
async fn from_a_url_and_a_key_to_a_table_a_database_and_a_file_in_five_actions() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let shared = folder.path().join("customers.connector.yaml");
    let mut window = AppWindow::open(&options(folder.path(), Some(&shared))).await;
    window.pictures("home-empty").await;

    // 1: paste and Enter. The server asks for a key, and the kind is preselected.
    window.paste_and_enter("box", &format!("http://{}/v1/customers", server.addr)).await;
    window.wait("key-input").await;
    window.pictures("key").await;
    // 2: the key and Enter. The answer is a table.
    window.paste_and_enter("key-input", SAMPLE_KEY).await;
    window.wait("chip-pages").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.pictures("records").await;
    for part in ["records", "key", "pages", "cursor", "types"] {
        window.wait(&format!("chip-{part}")).await;
    }
    // 3: it looks right.
    window.click("accept").await;
    window.wait("sync-start").await;
    assert_eq!(window.actions(), 3, "actions to an accepted table");

    // 4: into the local database.
    window.click("sync-start").await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    let counts = window.wait_text("run-counts", |text| text.contains("12,000")).await;
    assert!(counts.contains("new"), "{counts}");
    window.pictures("run-done").await;

    // 5: a file to share. Ctrl+S opens the sheet and, as nothing is found in it, the dialog.
    window.press_as_action(&["Control", "s"]).await;
    window.wait_text("share-text", |text| text.contains("tapwright: 1")).await;
    window.pictures("share").await;
    let saved = wait_for_file(&shared).await;
    assert!(saved.contains("tapwright: 1") && !saved.contains(SAMPLE_KEY), "{saved}");
    assert_eq!(window.actions(), 5, "actions to a shared file");
    window.close().await;

    // On another machine: the trust sheet, the key, the same records.
    let other = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(other.path(), Some(&shared))).await;
    window.click("open-file").await;
    window.wait("trust-accept").await;
    window.pictures("trust").await;
    window.type_text("[data-testid^='trust-input-']", SAMPLE_KEY).await;
    window.click("trust-accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.close().await;
}

async fn wait_for_file(path: &std::path::Path) -> String {
    for _ in 0..400 {
        if let Ok(text) = std::fs::read_to_string(path) {
            return text;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{} was not saved", path.display());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_is_one_click_away_and_a_second_sync_finds_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.click("try-sample").await;
    window.wait("key-send").await;
    window.click("key-send").await;
    window.wait("accept").await;
    window.press(&["Control", "Enter"]).await;
    window.wait("sync-start").await;
    window.press(&["Control", "Enter"]).await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    window.click("sync-start").await;
    window.wait_css("[data-testid='run-counts'][data-new='0'][data-updated='0']").await;

    window.click("browse-data").await;
    window.wait_css("[data-testid='data-grid'] [role='gridcell']").await;
    window.pictures("data").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_tab_of_the_test_panel_shows_what_it_names() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/open/orders", server.addr)).await;
    window.wait("accept").await;
    for tab in ["records", "mapping", "response", "request", "schema", "state", "log"] {
        window.click(&format!("tab-{tab}")).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        window.pictures(&format!("panel-{tab}")).await;
    }
    // In the mapping a new name shows in the table at once, without the network.
    window.click("tab-mapping").await;
    window.wait("field-name-0").await;
    window.session.run("document.querySelector('[data-testid=field-name-0]').select()").await.expect("select");
    window.type_text("[data-testid='field-name-0']", "number").await;
    window.click("tab-records").await;
    window.wait_text("records-grid", |text| text.contains("number")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_host_is_told_in_place_and_the_text_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", "http://127.0.0.1:9/nothing").await;
    let text = window.wait_text("problem", |text| !text.is_empty()).await;
    assert!(text.contains("127.0.0.1:9"), "{text}");
    window.pictures("problem").await;
    window.close().await;
}
