//! The command line against a REST server of a public package (npm's `json-server`): pages by number, by offset and by
//! the Link header.

use product_tests::program;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// The server, until it is dropped.
struct Server {
    child: Child,
    origin: String,
    /// Kept open: the server would end where nobody reads what it says.
    _says: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("servers");
        assert!(folder.join("node_modules").exists(), "run the tests by `make test`, which installs the servers");
        let mut command = Command::new("node");
        command.arg("json-server.mjs").current_dir(folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("node");
        let mut says = BufReader::new(child.stdout.take().expect("its output"));
        let mut origin = String::new();
        while !origin.starts_with("http://127.0.0.1:") {
            origin.clear();
            assert!(says.read_line(&mut origin).expect("text") > 0, "the server ended");
        }
        Self { child, origin: origin.trim().to_owned(), _says: says }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a stream of a definition whose streams are these lines of YAML.
fn read(server: &Server, stream: &str, streams: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("tapwright: 1\nname: rest\nhttp: {{base_url: \"{}\"}}\nstreams:\n{streams}", server.origin);
    std::fs::write(folder.path().join("rest.connector.yaml"), text).expect("written");
    let output = Command::new(program("tapwright"))
        .args(["sync", "rest.connector.yaml", "--stream", stream, "--to", "jsonl:-"])
        .current_dir(folder.path())
        .env("TAPWRIGHT_DATA_DIR", folder.path().join("data"))
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .output()
        .expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn ids(rows: &[Value]) -> Vec<u64> {
    rows.iter().filter_map(|row| row["id"].as_u64()).collect()
}

#[test]
fn every_way_of_paging_reads_all_of_it_once() {
    let server = Server::start();
    let all: Vec<u64> = (1..=257).collect();
    for paginate in [
        "{type: page, start: 1, inject: {query: _page}, size: {value: 50, inject: {query: _limit}}}",
        "{type: offset, inject: {query: _start}, size: {value: 60, inject: {query: _limit}}}",
        "{type: link_header}",
    ] {
        // The first link is asked for by the page's size.
        let query = if paginate.contains("link_header") { "{_page: 1, _limit: 40}" } else { "{}" };
        let stream = format!(
            "  - name: posts\n    request: {{path: /posts, query: {query}}}\n    paginate: {paginate}\n    key: [id]\n    \
             fields: [{{name: id, type: integer}}, {{name: author, from: $.author.name, transform: [trim]}}, \
             {{name: tags, from: \"$.tags[*].name\", type: array}}]\n"
        );
        let rows = read(&server, "posts", &stream);
        assert_eq!(ids(&rows), all, "{paginate}");
        assert_eq!(rows[0]["author"], "Author 0");
        assert_eq!(rows[1]["tags"], serde_json::json!(["t1", "all"]));
    }
}
