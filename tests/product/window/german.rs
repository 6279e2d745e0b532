//! The window in German: what it says is collected in every room, and nothing of it is English.

use super::looks::theme;
use super::rooms::{accepted, speak};
use product_tests::{AppWindow, artifacts};
use sample_api::{SampleOptions, SampleServer};
use serde_json::Value;
use std::collections::BTreeSet;

/// All words that are shown or spoken, but data: what a server, a definition or a person wrote.
const SAID: &str = "
    const said = new Set();
    const data = 'code, pre, kbd, .mono, .cm-editor, textarea, option, [role=gridcell], [role=columnheader], [role=treeitem], \
        [lang=en], script, style, .crumb, [data-own]';
    const shown = (one) => one.checkVisibility?.({ visibilityProperty: true }) !== false;
    const take = (text) => { const line = text.replace(/\\s+/g, ' ').trim(); if (line !== '') said.add(line); };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
        if (node.parentElement.closest(data) === null && shown(node.parentElement)) take(node.data);
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]'))
        if (one.closest('.cm-editor') === null && shown(one))
            for (const name of ['aria-label', 'title', 'placeholder'])
                if (!one.matches(data) && one.getAttribute(name) !== null) take(one.getAttribute(name));
    return [...said];";

/// Words that English sentences have and German ones don't.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "with", "is", "are", "were", "this", "that", "not", "from", "to", "it", "has", "have", "for",
    "by", "your", "you", "or", "be", "read", "every", "each", "its", "can", "which", "whether", "none", "where",
    "what", "when",
];

/// What stands within sentences and is nobody's to translate.
const OWN: &[&str] = &[
    // The sample API's own words, quoted where it asks for a key.
    "Credentials are missing. Send your API key as a bearer token in the header Authorization.",
    "Customers, with actions",
    "Address of the sample API",
    "What happens to customers",
    "unable to open database file",
    "„none“",
    "http://HOST:PORT",
    "The credentials are not right. Send your API key as a bearer token in the header Authorization.",
];

/// What was said so far, and what of it is English.
#[derive(Default)]
struct Heard {
    all: BTreeSet<String>,
    english: BTreeSet<String>,
    /// What the connector's author wrote.
    own: String,
}

impl Heard {
    async fn listen(&mut self, window: &AppWindow, room: &str) {
        // What is asked for comes in its own time: all was said once nothing is added any more.
        let mut said = Value::Null;
        for _ in 0..40 {
            let now = window.session.run(SAID).await.unwrap_or_else(|error| panic!("{error}"));
            let rests = now == said;
            said = now;
            if rests {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        }
        for line in said.as_array().into_iter().flatten().filter_map(Value::as_str) {
            // What the connector's author and the database wrote stands as it is, also within a sentence.
            let mine = OWN.iter().fold(line.to_owned(), |line, own| line.replace(own, ""));
            if self.own.contains(line) {
                continue;
            }
            let words = mine.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            if words.map(str::to_lowercase).any(|word| ENGLISH.contains(&word.as_str())) {
                self.english.insert(format!("{room}: {line}"));
            }
            self.all.insert(line.to_owned());
        }
    }

    fn keep(&self) {
        let list = |lines: &BTreeSet<String>| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let text = format!("# English\n{}\n# All\n{}", list(&self.english), list(&self.all));
        let _ = std::fs::write(artifacts().join("german.txt"), text);
    }
}

/// The test ids that begin so, of what is shown.
async fn ids(window: &AppWindow, start: &str) -> Vec<String> {
    let script =
        format!("return [...document.querySelectorAll('[data-testid^=\"{start}\"]')].map((one) => one.dataset.testid)");
    let found = window.session.run(&script).await.unwrap_or_default();
    found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Presses a button by the page itself.
async fn press(window: &mut AppWindow, id: &str) {
    window.wait(id).await;
    let script = format!("document.querySelector('[data-testid=\"{id}\"]').click()");
    window.session.run(&script).await.unwrap_or_else(|error| panic!("{id}: {error}"));
}

/// The test panel, the forms of all parts, the text, and what stands over them.
async fn bench(window: &mut AppWindow, heard: &mut Heard) {
    for tab in ["records", "mapping", "response", "request", "schema", "state", "log"] {
        press(window, &format!("tab-{tab}")).await;
        heard.listen(window, tab).await;
    }
    press(window, "view-form").await;
    window.wait("builder-pane").await;
    let mut parts = ids(window, "section-").await;
    for list in ["actions-", "webhooks-", "destinations-"] {
        parts.extend(ids(window, list).await);
    }
    for id in parts {
        press(window, &id).await;
        let open = "document.querySelectorAll('[data-testid=\"builder-pane\"] details').forEach((one) => { one.open = true; })";
        window.session.run(open).await.expect("opened");
        heard.listen(window, &id).await;
    }
    press(window, "view-yaml").await;
    window.wait_css(".cm-content").await;
    heard.listen(window, "yaml").await;
    press(window, "view-table").await;
    for (id, room) in [("sync-limit", "limits"), ("share-open", "share"), ("versions-open", "versions")] {
        press(window, id).await;
        heard.listen(window, room).await;
        window.press(&["Escape"]).await;
    }
    for (keys, room) in [(["Control", "k"], "palette"), (["Control", "/"], "keys")] {
        window.press(&keys).await;
        heard.listen(window, room).await;
        window.press(&["Escape"]).await;
    }
}

/// The parts of the connection, used where that says more, its runs and its data.
async fn connection(window: &mut AppWindow, heard: &mut Heard) {
    press(window, "connection-open").await;
    for tab in [
        "runs", "data", "actions", "batches", "push", "webhooks", "schedule", "health", "fixtures", "about", "settings",
    ] {
        press(window, &format!("tab-{tab}")).await;
        window.wait_css(&format!("[data-testid='tab-{tab}'][aria-selected='true']")).await;
        heard.listen(window, &format!("connection {tab}")).await;
    }
    press(window, "tab-health").await;
    press(window, "health-run").await;
    window.wait("health-state").await;
    heard.listen(window, "health").await;
    press(window, "tab-fixtures").await;
    press(window, "fixtures-record").await;
    window.wait("fixtures-test").await;
    press(window, "fixtures-test").await;
    window.wait_css("[data-testid^='check-']").await;
    heard.listen(window, "fixtures").await;
    press(window, "sync-start").await;
    window.wait_css("[data-testid='run-outcome'][data-outcome='done']").await;
    press(window, "sync-lines-open").await;
    heard.listen(window, "run").await;
    press(window, "sync-start").await;
    window.wait("run-proof").await;
    heard.listen(window, "run again").await;
    press(window, "browse-data").await;
    window.wait_css("[data-testid='data-grid'] [role='gridcell']").await;
    heard.listen(window, "data").await;
}

/// The settings.
async fn settings(window: &mut AppWindow, heard: &mut Heard) {
    press(window, "settings-open").await;
    for id in ids(window, "settings-").await.into_iter().filter(|id| id != "settings-open") {
        press(window, &id).await;
        heard.listen(window, &id).await;
    }
}

/// What is said of what can't be opened, of keys, and of what was found.
async fn opening(window: &mut AppWindow, heard: &mut Heard, server: &SampleServer) {
    press(window, "nav-home").await;
    for (text, shows) in [
        ("postgres://me@127.0.0.1:1/shop", "[data-testid='problem']"),
        ("mysql://me@127.0.0.1:1/shop", "[data-testid='problem']"),
        ("sqlite:/nowhere/at/all.db", "[data-testid='problem']"),
        ("/nowhere/at/all", "[data-testid='problem']"),
        ("not a thing", "[data-testid='problem']"),
        ("http://127.0.0.1:1/x", "[data-testid='problem']"),
    ] {
        window.wait_css("[data-testid='box']").await;
        window.session.run("document.querySelector('[data-testid=\"box\"]').select()").await.expect("select");
        window.paste_and_enter("box", text).await;
        window.wait_css(shows).await;
        heard.listen(window, text).await;
        press(window, "nav-home").await;
    }
    window.session.run("document.querySelector('[data-testid=\"box\"]').select()").await.expect("select");
    window.paste_and_enter("box", &server.url("/v1/customers")).await;
    window.wait("key-input").await;
    heard.listen(window, "key").await;
    window.paste_and_enter("key-input", "wrong").await;
    window.wait("key-input").await;
    heard.listen(window, "wrong key").await;
    press(window, "nav-home").await;
    window.session.run("document.querySelector('[data-testid=\"box\"]').select()").await.expect("select");
    window.paste_and_enter("box", &server.url("/open/customers")).await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    heard.listen(window, "found").await;
    for id in ids(window, "chip-").await {
        press(window, &id).await;
        heard.listen(window, &id).await;
        window.press(&["Escape"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_the_german_window_is_english() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = accepted(&server, folder.path()).await;
    let own = std::fs::read_to_string(folder.path().join("customers.connector.yaml")).expect("the definition");
    let mut heard = Heard { own, ..Heard::default() };
    speak(&mut window, "de").await;
    theme(&window, "light").await;
    heard.listen(&window, "home").await;
    press(&mut window, "connector-customers-actions").await;
    window.wait("connection-open").await;
    bench(&mut window, &mut heard).await;
    connection(&mut window, &mut heard).await;
    settings(&mut window, &mut heard).await;
    opening(&mut window, &mut heard, &server).await;
    heard.keep();
    assert!(heard.english.is_empty(), "{:#?}", heard.english);
    window.close().await;
}
