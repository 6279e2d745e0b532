//! Opening databases, folders of files and workspaces in the window.

use super::options;
use product_tests::AppWindow;
use std::path::Path;
use std::process::Command;

const SHOP: &str = "
CREATE TABLE customers (id bigint PRIMARY KEY, name text, updated_at timestamptz DEFAULT now());
CREATE TABLE orders (id bigint PRIMARY KEY, customer bigint REFERENCES customers, total numeric(12, 2), placed date);
CREATE TABLE notes (text text);
CREATE VIEW totals AS SELECT customer, sum(total) AS total FROM orders GROUP BY customer;
CREATE SCHEMA audit;
CREATE TABLE audit.log (at timestamptz, what text);
INSERT INTO customers SELECT n, 'Customer ' || n FROM generate_series(1, 1240) n;
INSERT INTO orders SELECT n, n % 1240 + 1, n * 1.25, date '2024-01-01' + (n % 300)::int FROM generate_series(1, 5000) n;
ANALYZE;";

/// A PostgreSQL database with a few tables.
fn shop() -> String {
    let server = std::env::var("TAPWRIGHT_TEST_POSTGRES")
        .expect("TAPWRIGHT_TEST_POSTGRES names no server: run the tests by tools/with-databases.sh");
    let name = format!("window_{}", std::process::id());
    let run = |url: &str, sql: &str| {
        let done = Command::new("psql").args(["-q", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]).status();
        assert!(done.expect("psql runs").success(), "{sql}");
    };
    run(&server, &format!("CREATE DATABASE {name}"));
    let url = server.rsplit_once('/').map(|(server, _)| format!("{server}/{name}")).expect("a URL");
    run(&url, SHOP);
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_a_database_are_chosen_previewed_synced_and_added_to() {
    let url = shop();
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", "postgres://me@127.0.0.1:1/shop").await;
    window.wait_css("[data-testid='problem'][data-code='unreachable']").await;
    window.pictures("database-refused").await;
    window.click_css("[data-testid='box']").await;
    window.session.run("document.querySelector('[data-testid=\"box\"]').select()").await.expect("select");
    window.paste_and_enter("box", &url).await;
    window.wait_css("[data-testid='table-public.customers'][data-chosen='true']").await;
    window.click("tables-views").await;
    window.wait_css("[data-testid='table-public.totals'][data-chosen='false']").await;
    window.pictures("database-tables").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("way-query").await;
    window.wait("query-sql").await;
    window.pictures("database-query").await;
    window.click("way-tables").await;
    window.click("tables-none").await;
    window.click_css("[data-testid='table-public.customers'] input").await;
    window.click_css("[data-testid='table-public.orders'] input").await;
    window.click("tables-take").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.pictures("database-preview").await;
    window.click("accept").await;
    window.click("sync-start").await;
    window.wait_text("run-counts", |text| text.contains("6,240 new")).await;
    window.pictures("database-synced").await;

    // More tables, later.
    window.click("nav-connector").await;
    window.click("tables-add").await;
    window.wait_css("[data-testid='table-public.orders'] input:disabled").await;
    window.click_css("[data-testid='table-audit.log'] input").await;
    window.pictures("database-add").await;
    window.click("tables-take").await;
    window.wait_css("[data-testid='stream-audit_log']").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_the_address_lacks_is_asked_for_in_place() {
    let url = std::env::var("TAPWRIGHT_TEST_MARIADB")
        .expect("TAPWRIGHT_TEST_MARIADB names no server: run the tests by tools/with-databases.sh");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &url.replace("tests:tests@", "tests@")).await;
    window.wait("database-secret").await;
    window.pictures("database-password").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.paste_and_enter("database-secret", "tests").await;
    window.wait("tables-take").await;
    window.close().await;
}

fn csv_files(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder");
    for month in 1..=3 {
        let rows: Vec<String> = (1..=40)
            .map(|row| match row {
                // A line with a value too many, as a comma in a name makes it.
                17 => format!("{month}17,Lee, Ann,12.50,2024-{month:02}-17"),
                _ => format!("{month}{row:02},Customer {row},{row}.50,2024-{month:02}-{:02}", row % 28 + 1),
            })
            .collect();
        let text = format!("id,customer,total,placed\n{}\n", rows.join("\n"));
        std::fs::write(folder.join(format!("orders-2024-{month:02}.csv")), text).expect("written");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_files_with_broken_lines_is_read_around_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("exports");
    csv_files(&data);
    let mut window = AppWindow::open(&options(folder.path(), Some(&data))).await;
    window.pictures("home-ways").await;
    window.click("open-folder").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.pictures("files-preview").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("accept").await;
    window.click("sync-start").await;
    window.wait_text("run-counts", |text| text.contains("117 new")).await;
    window.pictures("files-synced").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_lists_its_connectors_and_one_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let team = folder.path().join("integrations");
    std::fs::create_dir_all(team.join("connectors")).expect("folders");
    std::fs::create_dir_all(team.join("fixtures/acme-orders")).expect("folders");
    std::fs::write(team.join("tapwright.yaml"), "workspace: 1\n").expect("written");
    let write = |name: &str, text: &str| {
        std::fs::write(team.join("connectors").join(format!("{name}.connector.yaml")), text).expect("written");
    };
    let good = "tapwright: 1\nname: acme-orders\ntitle: Orders of Acme\nhttp: {base_url: 'https://api.acme.test'}\n\
                streams:\n  - {name: orders, request: {path: /orders}}\n  - {name: returns, request: {path: /returns}}\n";
    write("acme-orders", good);
    write(
        "half-done",
        "tapwright: 1\nname: half-done\ntitle: Half done\nstreams:\n  - {name: x, request: {pth: /x}}\n",
    );
    let mut window = AppWindow::open(&options(folder.path(), Some(&team))).await;
    window.click("open-folder").await;
    window.wait("workspace-acme-orders").await;
    window.pictures("workspace").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("workspace-acme-orders").await;
    window.wait_text("trust-hosts", |text| text.contains("api.acme.test")).await;
    window.close().await;
}
