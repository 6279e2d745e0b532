//! Every room of the window, looked at: pictures in both themes and in a small window, axe, and what is cut or too wide.

use super::batches::DESTINATIONS;
use super::forms::write;
use super::looks::look;
use super::options;
use product_tests::AppWindow;
use sample_api::{SAMPLE_KEY, SampleOptions, SampleServer};
use std::path::{Path, PathBuf};

const WEBHOOKS: &str = "
webhooks:
  - name: changes
    description: What happens to customers
    verify: {type: hmac, algorithm: sha256, header: X-Signature, prefix: 'sha256=', secret: '{{ config.key }}'}
    id: {path: $.id}
    event: {path: $.type}
    routes:
      - {event: customer.created, records: $.customer, stream: customers}
    samples:
      - name: created
        body: {id: evt_1, type: customer.created, customer: {id: 90001, name: Ann Lee, email: ann@acme.test}}
      - {name: viewed, body: {id: evt_2, type: customer.viewed}}
";

/// A connector that has a part in each room.
fn connector(server: &SampleServer, folder: &Path) -> PathBuf {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/customers-actions.connector.yaml");
    let text = std::fs::read_to_string(example).expect("the example") + DESTINATIONS + WEBHOOKS;
    let file = folder.join("customers.connector.yaml");
    std::fs::write(&file, text.replace("http://127.0.0.1:8080", server.url("").trim_end_matches('/')))
        .expect("written");
    file
}

/// A window in which the connector is accepted.
pub(super) async fn accepted(server: &SampleServer, folder: &Path) -> AppWindow {
    let file = connector(server, folder);
    let mut window = AppWindow::open(&options(folder, Some(&file))).await;
    window.paste_and_enter("box", &file.display().to_string()).await;
    window.type_text("[data-testid='trust-input-key']", SAMPLE_KEY).await;
    window.click("trust-accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.click("accept").await;
    window.wait("connection-open").await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn each_part_of_a_connection_is_fit_to_be_seen_before_and_after_it_is_used() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = accepted(&server, folder.path()).await;
    window.click("connection-open").await;
    for (tab, shows) in [
        ("runs", "sync-start"),
        ("data", "connection-room"),
        ("actions", "action-run"),
        ("batches", "batch-path"),
        ("push", "push-diff"),
        ("webhooks", "listen-start"),
        ("schedule", "schedule-tried"),
        ("health", "health-run"),
        ("fixtures", "fixtures-record"),
        ("about", "about-readme"),
        ("settings", "destination-save"),
    ] {
        window.click(&format!("tab-{tab}")).await;
        window.wait(shows).await;
        look(&mut window, &format!("{tab}-first")).await;
    }

    window.click("tab-webhooks").await;
    write(&mut window, "listen-port", "0").await;
    window.click("listen-start").await;
    window.wait_text("listen-status", |text| text.contains("http://127.0.0.1:")).await;
    for sample in ["created", "viewed"] {
        super::webhooks::send(&mut window, "changes", sample).await;
        window.press(&["Escape"]).await;
    }
    window.wait_css(".webhook-event[data-status='unknown']").await;
    look(&mut window, "webhooks").await;

    window.click("tab-schedule").await;
    window.wait("schedule-tried").await;
    window.click("schedule-save").await;
    window.wait("schedule-upcoming").await;
    look(&mut window, "schedule").await;

    window.click("tab-health").await;
    window.click("health-run").await;
    window.wait("health-state").await;
    look(&mut window, "health").await;

    window.click("sync-start").await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    look(&mut window, "run").await;
    window.click("browse-data").await;
    window.wait_css("[data-testid='data-grid'] [role='gridcell']").await;
    look(&mut window, "data").await;
    window.click("nav-home").await;
    window.wait("connectors").await;
    look(&mut window, "home").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_view_of_the_builder_is_fit_to_be_seen() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.wait("example-github").await;
    look(&mut window, "home-first").await;
    window.paste_and_enter("box", &format!("http://{}/v1/customers", server.addr)).await;
    window.wait("key-input").await;
    look(&mut window, "key").await;
    window.paste_and_enter("key-input", SAMPLE_KEY).await;
    window.wait("accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.wait("connector-tree").await;
    for tab in ["records", "mapping", "response", "request", "schema", "state", "log"] {
        window.click(&format!("tab-{tab}")).await;
        window.wait_css(&format!("[data-testid='tab-{tab}'][aria-selected='true']")).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        look(&mut window, tab).await;
    }
    window.click("tab-records").await;
    for section in ["about", "auth", "request", "records"] {
        if window.shows(&format!("section-{section}")).await {
            window.click(&format!("section-{section}")).await;
            look(&mut window, &format!("form-{section}")).await;
        }
    }
    window.press(&["Control", "k"]).await;
    window.wait("palette").await;
    look(&mut window, "palette").await;
    window.press(&["Escape"]).await;
    window.press(&["Control", "/"]).await;
    window.wait_css(".keys").await;
    look(&mut window, "keys").await;
    window.press(&["Escape"]).await;
    window.click("view-yaml").await;
    window.wait_css(".cm-line").await;
    // The editor's own style sheet is let in: its lines keep their indents and stand beside their numbers.
    let kept = window.session.run("return getComputedStyle(document.querySelector('.cm-content')).whiteSpace").await;
    assert!(kept.expect("a style").as_str().is_some_and(|style| style.contains("pre") || style == "break-spaces"));
    window.wait_css(".cm-lineNumbers").await;
    look(&mut window, "yaml").await;
    window.click("settings-open").await;
    window.wait("theme-dark").await;
    look(&mut window, "settings").await;
    window.close().await;
}

/// Chooses a language in the settings: the page loads anew.
pub(super) async fn speak(window: &mut AppWindow, language: &str) {
    window.click("settings-open").await;
    window.click(&format!("language-{language}")).await;
    window.wait_css(&format!("[data-testid='language-{language}'][aria-checked='true']")).await;
    window.click("nav-home").await;
    window.wait("box").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rooms_speak_german_and_stand_at_twice_the_size() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = accepted(&server, folder.path()).await;
    speak(&mut window, "de").await;
    // Twice the size, by the keys that every browser has.
    for twice in [false, true] {
        let size = if twice { "twice" } else { "german" };
        if twice {
            for _ in 0..5 {
                window.press(&["Control", "="]).await;
            }
            let wide = window.session.run("return innerWidth").await.expect("a width");
            assert!(wide.as_u64().is_some_and(|wide| wide < 700), "the page is drawn larger: {wide}");
        }
        go(&mut window, "nav-home").await;
        window.wait("connectors").await;
        seen(&mut window, &format!("home-{size}")).await;
        go(&mut window, "connector-customers-actions").await;
        window.wait("connection-open").await;
        seen(&mut window, &format!("table-{size}")).await;
        go(&mut window, "view-form").await;
        seen(&mut window, &format!("form-{size}")).await;
        go(&mut window, "view-table").await;
        go(&mut window, "connection-open").await;
        for tab in ["runs", "actions", "batches", "webhooks", "schedule", "health", "fixtures", "about", "settings"] {
            go(&mut window, &format!("tab-{tab}")).await;
            window.wait_css(&format!("[data-testid='tab-{tab}'][aria-selected='true']")).await;
            seen(&mut window, &format!("{tab}-{size}")).await;
        }
        go(&mut window, "settings-open").await;
        window.wait("theme-dark").await;
        seen(&mut window, &format!("settings-all-{size}")).await;
    }
    window.press(&["Control", "0"]).await;
    let wide = window.session.run("return innerWidth").await.expect("a width");
    assert!(wide.as_u64().is_some_and(|wide| wide > 1000), "{wide}");
    window.close().await;
}

/// Presses a button by the page itself: the driver aims past what is drawn larger.
async fn go(window: &mut AppWindow, id: &str) {
    window.wait(id).await;
    let press = format!("document.querySelector(\"[data-testid='{id}']\").click()");
    window.session.run(&press).await.unwrap_or_else(|error| panic!("{id}: {error}"));
}

/// One picture of a room in which nothing is wrong.
async fn seen(window: &mut AppWindow, room: &str) {
    window.picture(&format!("room-{room}")).await;
    assert_eq!(window.axe().await, Vec::<String>::new(), "{room}");
    assert_eq!(super::looks::flaws(window).await, Vec::<String>::new(), "{room}");
}
