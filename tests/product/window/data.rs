//! Synced data in the window: a million rows sorted and filtered, a value opened, SQL, an export.

use super::options;
use product_tests::AppWindow;
use rusqlite::Connection;
use sample_api::SampleOptions;
use std::path::{Path, PathBuf};

/// The database of the only connection.
fn database(folder: &Path) -> PathBuf {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "tapwright.db")
                && path.extension().is_some_and(|extension| extension == "db" || extension == "sqlite")
            {
                found.push(path);
            }
        }
    }
    found.pop().expect("a database")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_million_rows_are_sorted_filtered_asked_and_written_to_a_file() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("few.csv");
    let mut window = AppWindow::open(&options(folder.path(), Some(&csv))).await;
    window.paste_and_enter("box", &format!("http://{}/open/products", server.addr)).await;
    window.click("accept").await;
    window.click("connection-open").await;
    window.click("tab-data").await;
    window.wait("data-sync").await;
    window.pictures("data-empty").await;
    window.click("data-sync").await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    Connection::open(database(&folder.path().join("data")))
        .expect("a database")
        .execute_batch(
            "CREATE TABLE visits (id INTEGER PRIMARY KEY, customer TEXT, total REAL, at TEXT, doc TEXT);
             WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000000)
             INSERT INTO visits SELECT x, 'Customer ' || (x * 7919 % 100000), (x * 31 % 9973) / 10.0,
               '2026-11-' || printf('%02d', x % 28 + 1) || 'T10:00:00Z',
               CASE x % 9 WHEN 0 THEN NULL ELSE '{\"tags\": [\"a\", \"b\"], \"visit\": ' || x || '}' END FROM c;",
        )
        .expect("rows");
    window.click("browse-data").await;
    window.wait("data-table").await;
    // The table that came later is chosen by its name.
    window.click_css("[data-testid='data-table'] option[value='visits']").await;
    window.wait_css("[data-testid='data-total'][data-total='1000000']").await;
    window.wait_css("[data-testid='data-rows'] [role='gridcell']").await;
    window.pictures("data-rows").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    // By keys alone: to the last row, back, up to the heads, and sorted by the first column, greatest first.
    window.click_css("[data-testid='data-rows'] [role='gridcell']").await;
    window.press(&["Control", "End"]).await;
    window.wait_css("[data-testid='data-rows'] [role='row'][aria-rowindex='1000001'] [role='gridcell']").await;
    window.press(&["Control", "Home"]).await;
    window.press(&["ArrowUp"]).await;
    window.press(&["Enter"]).await;
    window.wait_css("[role='columnheader'][aria-sort='ascending']").await;
    window.press(&["Enter"]).await;
    window.wait_css("[role='columnheader'][aria-sort='descending']").await;
    // A filter.
    window.click("filter-open").await;
    window.click_css("[data-testid='filter-column'] option[value='customer']").await;
    window.click_css("[data-testid='filter-op'] option[value='equals']").await;
    window.type_text("[data-testid='filter-value']", "Customer 7919").await;
    window.click("filter-add").await;
    window.wait_css("[data-testid='data-total'][data-total='10']").await;
    window.pictures("data-filter").await;
    // What the filter leaves goes to a file, where the dialog says.
    window.click("export-open").await;
    window.click("menu-export-csv").await;
    window.wait_css("[data-testid='export-bar'][data-outcome='done']").await;
    window.pictures("data-export").await;
    let text = std::fs::read_to_string(&csv).expect("a file");
    assert_eq!(text.lines().count(), 11, "{text}");
    assert!(text.starts_with("id,customer,total,at,doc\n"), "{text}");

    window.click("data-view-sql").await;
    window.wait("sql-text").await;
    window.click("sql-run").await;
    window.wait_css("[data-testid='sql-rows'] [role='gridcell']").await;
    window.pictures("data-sql").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("sql-text").await;
    window.press(&["Control", "a"]).await;
    window.type_text("[data-testid='sql-text']", "DELETE FROM visits").await;
    window.press(&["Control", "Enter"]).await;
    window.wait_css("[data-testid='sql-problem'] [data-code='only_reads']").await;
    window.pictures("data-sql-refused").await;
    window.close().await;
}
