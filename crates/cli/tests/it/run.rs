//! Runs the program in a folder of its own, without a keyring.

use sample_api::{Fault, SampleOptions, SampleServer, Sizes};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A place to work in: a folder for files and a data folder.
pub struct Place {
    pub folder: TempDir,
}

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|fault| panic!("{fault}: {self:?}"))
    }

    /// The last line of standard error as JSON.
    pub fn last_note(&self) -> Value {
        let line = self.stderr.lines().last().unwrap_or("");
        serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {self:?}"))
    }

    /// The problem's code on standard error.
    pub fn problem(&self) -> String {
        let line =
            self.stderr.lines().find(|line| line.starts_with("{\"problem\"")).unwrap_or_else(|| panic!("{self:?}"));
        let value: Value = serde_json::from_str(line).expect("json");
        value["problem"]["code"].as_str().unwrap_or("").to_owned()
    }

    /// Expects an exit code.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file; gives its name.
    pub fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).expect("written");
        name.to_owned()
    }

    /// The program with arguments, ready to start in this place.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tapwright"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        // No session bus: no keyring.
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").env("HOME", self.folder.path());
        command.env("TAPWRIGHT_DATA_DIR", self.path("data")).env("SAMPLE_KEY", sample_api::SAMPLE_KEY);
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().expect("runs").into()
    }

    /// Runs with something on standard input.
    pub fn run_with(&self, args: &[&str], input: &str) -> Ran {
        use std::io::Write;
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("starts");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
        child.wait_with_output().expect("ends").into()
    }

    /// Every file in the place, with its bytes.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut all = Vec::new();
        walk(self.folder.path(), &mut all);
        all
    }
}

fn walk(folder: &Path, all: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, all);
        } else if let Ok(bytes) = std::fs::read(&path) {
            all.push((path, bytes));
        }
    }
}

/// A server with few records.
pub fn server() -> SampleServer {
    sample(600, Vec::new())
}

/// A server with so many customers and events, and with faults.
pub fn sample(records: u64, faults: Vec<Fault>) -> SampleServer {
    let sizes = Sizes {
        customers: records,
        orders: 300,
        events: records,
        products: 40,
        invoices: 120,
        tickets: 120,
        shipments: 120,
    };
    sample_api::start(SampleOptions { sizes, faults, ..SampleOptions::default() }).expect("starts")
}

/// A definition of the customers, with a bearer token.
pub fn customers(server: &SampleServer) -> String {
    definition(&server.url("/v1"), "{type: bearer, token: \"{{ config.token }}\"}")
}

/// A definition of the customers that needs no key.
pub fn open_customers(server: &SampleServer) -> String {
    definition(&server.url("/open"), "{type: none}")
        .replace("  - {name: token, type: secret, required: true}\n", "")
        .replace("config:\n", "")
}

fn definition(base: &str, auth: &str) -> String {
    format!(
        r#"tapwright: 1
name: sample-customers
config:
  - {{name: token, type: secret, required: true}}
http:
  base_url: "{base}"
  auth: {auth}
  retry: {{max_attempts: 3, backoff: {{type: exponential, initial: 10ms, max: 20ms}}}}
streams:
  - name: customers
    request: {{path: /customers}}
    records: {{path: "$.data[*]"}}
    paginate:
      type: page
      start: 1
      inject: {{query: page}}
      size: {{value: 100, inject: {{query: per_page}}}}
    incremental:
      cursor: "$.updated_at"
      inject: {{start: {{query: updated_since}}}}
    key: [id]
    fields:
      - {{name: id, from: "$.id", type: integer, required: true}}
      - {{name: account_no, from: "$.account_no", type: integer}}
      - {{name: name, from: "$.name", type: string}}
      - {{name: balance, from: "$.balance", type: decimal}}
      - {{name: city, from: "$.address.city", type: string}}
      - {{name: updated_at, from: "$.updated_at", type: datetime}}
    rest: drop
"#
    )
}
