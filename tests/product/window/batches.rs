//! Batches and pushes in the window.

use super::forms::write;
use super::options;
use product_tests::AppWindow;
use sample_api::{SAMPLE_KEY, SampleOptions, SampleServer};
use std::path::Path;

pub(super) const DESTINATIONS: &str = "
destinations:
  - name: customers
    key: [email]
    create: {action: create_customer, params: {name: name}}
    update: {action: update_customer, params: {id: \"{{ remote.id }}\", name: name}}
    delete: {action: delete_customer, params: {id: \"{{ remote.id }}\"}}
";

const PEOPLE: &str = "Name,E-Mail,Plan
Ann Lee,ann@acme.test,team
Bob Roe,nobody,free
 Cy Ray ,cy@acme.test,business
Di Poe,di@acme.test,golden
,eve@acme.test,free
Fay Moe,fay@acme.test,free
";

/// A window at the room of a connection that can write.
async fn room(server: &SampleServer, folder: &Path, answer: &Path) -> AppWindow {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/customers-actions.connector.yaml");
    let text = std::fs::read_to_string(example).expect("the example") + DESTINATIONS;
    let text = text.replace("http://127.0.0.1:8080", server.url("").trim_end_matches('/'));
    let file = folder.join("c.connector.yaml");
    std::fs::write(&file, text).expect("written");
    let mut window = AppWindow::open(&options(folder, Some(answer))).await;
    window.paste_and_enter("box", &file.display().to_string()).await;
    window.type_text("[data-testid='trust-input-key']", SAMPLE_KEY).await;
    window.click("trust-accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.click("accept").await;
    window.click("connection-open").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_checked_sent_and_its_bad_rows_are_saved() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let rows = folder.path().join("people.csv");
    std::fs::write(&rows, PEOPLE).expect("written");
    let failed = folder.path().join("failed.csv");
    let mut window = room(&server, folder.path(), &failed).await;
    window.click("tab-batches").await;
    write(&mut window, "batch-path", &rows.display().to_string()).await;
    window.pictures("batches-empty").await;
    window.click("batch-look").await;
    window.wait("batch-mapping").await;
    window.click("add-transform-name").await;
    window.click("transform-trim").await;
    server.clear_log();
    window.click("batch-check").await;
    window.wait_text("batch-checked", |text| text.contains("3 rows fit, 3 don't")).await;
    assert!(server.log().is_empty(), "something was sent");
    window.pictures("batches-checked").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("batch-skip").await;
    write(&mut window, "batch-concurrency", "2").await;
    window.click("batch-start").await;
    window.wait_css("[data-testid='batch'][data-outcome='partial']").await;
    window.wait_text("batch-counts", |text| text.contains("3 of 6 sent")).await;
    window.pictures("batches-done").await;
    window.click("batch-failed-to").await;
    window.wait("toast").await;
    let text = std::fs::read_to_string(&failed).expect("the file");
    assert!(text.contains("nobody") && text.contains("golden") && text.contains("_error"), "{text}");
    assert!(!text.contains("ann@acme.test"), "{text}");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_shows_the_difference_first() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let rows = folder.path().join("people.csv");
    std::fs::write(&rows, "email,name\nann@acme.test,Ann Lee\ncy@acme.test,Cy Ray\n").expect("written");
    let mut window = room(&server, folder.path(), &rows).await;
    window.click("tab-push").await;
    write(&mut window, "batch-path", &rows.display().to_string()).await;
    server.clear_log();
    window.click("push-diff").await;
    window.wait_text("push-difference", |text| text.contains("2 to create")).await;
    assert!(server.log().is_empty(), "something was sent");
    window.pictures("push").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("push-start").await;
    window.wait_css("[data-testid='push-card'][data-outcome='done']").await;
    std::fs::write(&rows, "email,name\nann@acme.test,Ann Lee\ncy@acme.test,Cyrus Ray\n").expect("written");
    window.click("push-diff").await;
    window.wait_text("push-difference", |text| text.contains("1 to update") && text.contains("1 as they were")).await;
    window.pictures("push-again").await;
    window.close().await;
}
