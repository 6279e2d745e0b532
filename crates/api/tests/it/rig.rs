//! A data folder with its app, and everything that it ever said.

use api::{App, AppOptions, call};
use definition::Problem;
use sample_api::{SampleOptions, SampleServer, Sizes};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// The key of the server: it may stand nowhere.
pub const CANARY: &str = sample_api::SAMPLE_KEY;

pub struct Rig {
    pub app: App,
    pub folder: TempDir,
    said: Arc<Mutex<Vec<String>>>,
}

impl Rig {
    /// An app in a fresh folder, its secrets in an encrypted file.
    pub async fn new() -> Self {
        let rig = Self::bare(tempfile::tempdir().expect("a folder")).await;
        rig.call("keyring_unlock", json!({"passphrase": "correct horse"})).await;
        rig
    }

    /// An app in a folder.
    pub async fn bare(folder: TempDir) -> Self {
        let said: Arc<Mutex<Vec<String>>> = Arc::default();
        let listener = Arc::clone(&said);
        let events = Arc::new(move |event: api::contract::AppEvent| {
            let json = serde_json::to_string(&event).expect("an event is JSON");
            assert!(json.len() < 8_192, "an event of {} bytes", json.len());
            listener.lock().expect("unpoisoned").push(json);
        });
        let options = AppOptions { data_dir: Some(folder.path().to_owned()), events };
        let app = App::open(options).await.expect("the app opens");
        Self { app, folder, said }
    }

    /// Runs a command that must do.
    pub async fn call(&self, command: &str, request: Value) -> Value {
        let answer = call(&self.app, command, request).await;
        let answer = answer.unwrap_or_else(|problem| panic!("{command}: {problem:?}"));
        self.said.lock().expect("unpoisoned").push(answer.to_string());
        answer
    }

    /// Runs a command that must not do.
    pub async fn refused(&self, command: &str, request: Value) -> Problem {
        let problem = call(&self.app, command, request).await.expect_err("a problem");
        self.said.lock().expect("unpoisoned").push(format!("{problem:?} {problem}"));
        problem
    }

    /// Waits until a run ends.
    pub async fn ended(&self, run: &Value) -> Value {
        let id = run["run"]["id"].clone();
        for _ in 0..600 {
            let view = self.call("run_get", json!({"id": id})).await;
            if !view["run"]["outcome"].is_null() {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the run did not end in 30 s");
    }

    /// Starts a sync and waits for it.
    pub async fn sync(&self, connection: &Value) -> Value {
        let run = self.call("sync_start", json!({"connection": connection})).await;
        self.ended(&run).await
    }

    /// Events of a type.
    pub fn events(&self, kind: &str) -> usize {
        let mark = format!("{{\"type\":\"{kind}\"");
        self.said.lock().expect("unpoisoned").iter().filter(|text| text.starts_with(&mark)).count()
    }

    /// A text stands in nothing that was said and in no file that was written.
    pub async fn has_nowhere(&self, text: &str) {
        for said in self.said.lock().expect("unpoisoned").iter() {
            assert!(!said.contains(text), "said: {}", &said[..said.len().min(2_000)]);
        }
        search(self.folder.path(), text);
    }
}

/// A text stands in no file of a folder.
pub fn search(folder: &Path, text: &str) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            search(&path, text);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            let found = bytes.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(!found, "{} holds it", path.display());
        }
    }
}

/// A small sample API.
pub fn server() -> SampleServer {
    let sizes =
        Sizes { customers: 450, orders: 300, events: 300, products: 40, invoices: 60, tickets: 120, shipments: 90 };
    sample_api::start(SampleOptions { sizes, ..SampleOptions::default() }).expect("the sample API starts")
}

/// Opens a collection of a server and gives the key.
pub async fn opened(rig: &Rig, server: &SampleServer, path: &str) -> Value {
    let bench = rig.call("source_open", json!({"text": server.url(path)})).await;
    if bench["stage"] == "ready" {
        return bench;
    }
    assert_eq!(bench["stage"], "key", "{bench}");
    let ask = &bench["ask"];
    let auth = json!({"kind": ask["kind"], "name": ask["name"], "in_query": ask["in_query"], "secret": CANARY});
    rig.call("auth_give", json!({"id": bench["id"], "auth": auth})).await
}

/// The field of a stream.
pub fn field<'a>(bench: &'a Value, name: &str) -> &'a Value {
    let fields = bench["definition"]["streams"][0]["fields"].as_array().expect("fields");
    fields.iter().find(|field| field["name"] == name).unwrap_or(&Value::Null)
}
