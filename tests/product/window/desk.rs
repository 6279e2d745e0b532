//! The window as a citizen of the desktop: examples on Home, second starts, links, settings, a page that stays blank.

use super::options;
use axum::Router;
use axum::routing::get;
use product_tests::{AppWindow, program};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Starts the program a second time, as a file manager or a browser would, and waits until it ended well.
async fn second_start(data: &Path, word: &str) {
    let mut command = Command::new(program("tapwright-app"));
    command.arg(word).env("TAPWRIGHT_DATA_DIR", data).env_remove("TAURI_WEBVIEW_AUTOMATION");
    let ended = tokio::task::spawn_blocking(move || command.status()).await.expect("it ran").expect("it started");
    assert!(ended.success(), "{word}: {ended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_finds_examples_and_nothing_is_sent_by_looking_at_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.wait("example-github").await;
    window.pictures("home").await;
    window.click("examples-free").await;
    window.wait("example-hacker-news").await;
    assert!(!window.shows("example-stripe").await, "Stripe needs a key");
    window.click("examples-all").await;
    window.click("example-stripe").await;
    window.wait_css("[data-testid='trust-lead'][data-bundled='true']").await;
    window.wait_text("trust-hosts", |text| text.contains("api.stripe.com")).await;
    window.pictures("example").await;

    // Looking twice leaves one draft.
    for drafts in [1, 2] {
        window.click("nav-home").await;
        // What was opened last stands in the list: nothing moves any more under what is clicked.
        let row = format!("document.querySelectorAll('[data-connector]').length === {drafts}");
        window.wait("connector-stripe").await;
        for _ in 0..200 {
            if window.session.run(&format!("return {row}")).await.is_ok_and(|there| there == true) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        // Beside other work only a few cards show.
        window.click("examples-more").await;
        window.click("example-slack").await;
        window.wait_text("trust-hosts", |text| text.contains("slack.com")).await;
    }
    window.click("nav-home").await;
    let drafts = window.session.run("return document.querySelectorAll('[data-connector]').length").await;
    assert_eq!(drafts.expect("a number"), 2);
    window.type_text("[data-testid='home-search']", "earthq").await;
    window.wait("example-usgs-earthquakes").await;
    assert!(!window.shows("connector-stripe").await, "the search is for both");
    window.pictures("home-search").await;
    window.press(&["Control", "k"]).await;
    window.type_text("[data-testid='palette']", "weather").await;
    window.wait_css("[role='option']").await;
    window.press(&["Enter"]).await;
    window.wait_text("trust-hosts", |text| text.contains("openweathermap")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_opens_its_file_in_the_first_window_and_a_link_asks_first() {
    let asked = Arc::new(AtomicU32::new(0));
    let counter = Arc::clone(&asked);
    let definition = "tapwright: 1\nname: linked\ntitle: Linked\nhttp: {base_url: 'https://api.linked.test'}\n\
        streams:\n  - {name: things, request: {path: /things}}\n";
    let serve = move || async move {
        counter.fetch_add(1, Ordering::SeqCst);
        definition
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/a.connector.yaml", get(serve))).await });

    let folder = tempfile::tempdir().expect("a folder");
    let options = options(folder.path(), None);
    let file = folder.path().join("mine.connector.yaml");
    std::fs::write(&file, definition.replace("linked", "given").replace("Linked", "Given")).expect("written");
    let mut window = AppWindow::open(&options).await;
    second_start(&options.data_dir, &file.display().to_string()).await;
    window.wait_text("trust-hosts", |text| text.contains("api.given.test")).await;
    window.pictures("second-start").await;

    let link = format!("tapwright://open?url=http%3A%2F%2F{address}%2Fa.connector.yaml");
    second_start(&options.data_dir, &link).await;
    window.wait_text("link-url", |text| text.contains("/a.connector.yaml")).await;
    window.pictures("link").await;
    assert_eq!(asked.load(Ordering::SeqCst), 0, "a link that was followed fetches nothing by itself");
    window.click("link-follow").await;
    window.wait_text("trust-hosts", |text| text.contains("api.linked.test")).await;
    assert_eq!(asked.load(Ordering::SeqCst), 1);

    let unsafe_link = "tapwright://open?url=http%3A%2F%2Facme.test%2Fa.yaml";
    second_start(&options.data_dir, unsafe_link).await;
    window.click("link-follow").await;
    window.wait_text("problem", |text| text.contains("https only")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_hold_the_network_and_shortcuts_and_say_what_this_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.click("settings-open").await;
    window.wait_text("about", |text| text.contains("WebKitGTK") && text.contains("SQLite")).await;
    window.pictures("settings").await;
    window.type_text("[data-testid='proxy']", "http://ann:hunter2@proxy.test:3128").await;
    window.click("network-save").await;
    window.wait_text("problem", |text| text.contains("no passwords")).await;
    window.type_text("[data-testid='certificate']", "/nowhere/ca.pem").await;
    window.click("certificate-add").await;
    window.wait_text("problem", |text| text.contains("/nowhere/ca.pem")).await;

    // New keys for the palette; then those of another command, which are told and taken.
    window.click("shortcut-palette").await;
    window.press(&["Control", "p"]).await;
    window.wait("shortcut-reset-palette").await;
    window.click("shortcut-new").await;
    window.press(&["Control", "p"]).await;
    window.wait("shortcut-conflict").await;
    window.pictures("shortcuts").await;
    window.click("shortcut-take").await;
    window.press(&["Control", "p"]).await;
    // Ctrl+P is now "new connector": the box.
    window.wait("box").await;
    window.click("settings-open").await;
    window.click("shortcuts-reset").await;
    window.press(&["Control", "k"]).await;
    window.wait("palette").await;
    window.close().await;
    let kept = rusqlite::Connection::open(folder.path().join("data/tapwright.db")).ok().and_then(|database| {
        database.query_row("SELECT value FROM settings WHERE name = 'settings'", [], |row| row.get::<_, String>(0)).ok()
    });
    assert!(!kept.unwrap_or_default().contains("hunter2"), "a refused proxy is not kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_stays_blank_starts_again_drawn_in_software() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut command = Command::new(program("tapwright-app"));
    command
        .env("TAPWRIGHT_DATA_DIR", &data)
        .env("TAPWRIGHT_PAINT_SECONDS", "2")
        .env("TAPWRIGHT_SEEM_BLANK", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the window");
    let said = BufReader::new(child.stderr.take().expect("standard error"));
    let said = tokio::task::spawn_blocking(move || {
        let mut lines = Vec::new();
        for line in said.lines().map_while(Result::ok) {
            let safe = line.contains("Safe rendering is on");
            lines.push(line);
            if safe {
                break;
            }
        }
        lines
    });
    let said = tokio::time::timeout(std::time::Duration::from_secs(120), said).await.expect("in time").expect("read");
    child.kill().expect("it still runs: the same process went on");
    child.wait().expect("ended");
    assert!(said.iter().any(|line| line.contains("starting again with safe rendering")), "{said:?}");
    assert!(data.join("safe-rendering").exists(), "it is remembered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_process_died_is_loaded_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(program("tapwright-app"));
    command
        .env("TAPWRIGHT_DATA_DIR", folder.path().join("data"))
        .env("TAPWRIGHT_PAINT_SECONDS", "0")
        .env("TAPWRIGHT_START_TIMES", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().expect("the window");
    let id = child.id();
    let mut lines = BufReader::new(child.stdout.take().expect("standard output")).lines().map_while(Result::ok);
    let told = tokio::task::spawn_blocking(move || {
        let ready = |line: &String| line.starts_with("ready");
        lines.find(ready)?;
        for page in pages_of(id) {
            Command::new("kill").args(["-9", &page.to_string()]).status().ok()?;
        }
        lines.find(ready)
    });
    let told = tokio::time::timeout(std::time::Duration::from_secs(120), told).await;
    child.kill().expect("it still runs");
    child.wait().expect("ended");
    assert!(told.expect("in time").expect("read").is_some(), "the page came again");
}

/// The processes of a window's page: WebKit's, whose parent it is.
fn pages_of(window: u32) -> Vec<u32> {
    let all = std::fs::read_dir("/proc").expect("processes").flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let found: Vec<u32> = ids
        .filter(|id: &u32| {
            let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
            let of = |name: &str| status.lines().find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()));
            of("Name:").is_some_and(|name| name.starts_with("WebKitWeb")) && of("PPid:") == Some(window.to_string())
        })
        .collect();
    assert!(!found.is_empty(), "no page of {window}");
    found
}
