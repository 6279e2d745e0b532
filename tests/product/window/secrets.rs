//! A planted key is in no file that the window leaves behind.

use super::options;
use product_tests::AppWindow;
use sample_api::{SAMPLE_KEY, SampleOptions};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_was_typed_is_in_no_file() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    let curl = format!("curl -H 'Authorization: Bearer {SAMPLE_KEY}' http://{}/v1/customers", server.addr);
    window.paste_and_enter("box", &curl).await;
    window.wait("accept").await;
    let page = window.session.run("return document.documentElement.outerHTML").await.expect("the page");
    assert!(!page.to_string().contains(SAMPLE_KEY), "the key is on the page");
    window.click("accept").await;
    window.click("sync-start").await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    window.close().await;
    let found = files_with(folder.path(), SAMPLE_KEY.as_bytes());
    assert!(found.is_empty(), "the key is in {found:?}");
}

fn files_with(folder: &Path, needle: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, needle));
        } else if let Ok(bytes) = std::fs::read(&path)
            && bytes.windows(needle.len()).any(|window| window == needle)
        {
            found.push(path.display().to_string());
        }
    }
    found
}
