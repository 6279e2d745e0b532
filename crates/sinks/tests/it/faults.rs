//! A fault at every request of a run: however the run ends, the runs after it end with the table of a quiet one.

use definition::Definition;
use engine::config::ConfigValues;
use engine::event::Outcome;
use engine::plan::Plan;
use engine::run::{ReadLimits, RunOptions, StreamResult, read_stream};
use rusqlite::Connection;
use serde_json::{Value, json};
use sinks::sqlite::SqliteSink;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// The connection ends without an answer.
    Reset,
    /// Half of the body.
    Truncated,
    /// No answer in time.
    Stall,
    /// 429, more often than a request is repeated.
    Storm,
    /// 500, more often than a request is repeated.
    Down,
    /// 401, once.
    Unauthorized,
}

/// Requests that a storm lasts.
const STORM: usize = 3;

/// What an API answers: a path and its query.
type Answers = fn(&str, &BTreeMap<String, String>) -> Value;

#[derive(Default)]
struct World {
    requests: usize,
    fault: Option<(usize, Kind)>,
}

/// An API on loopback, with a thread a request. Stops when dropped.
struct Api {
    url: String,
    world: Arc<Mutex<World>>,
    stop: Arc<AtomicBool>,
}

impl Api {
    fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (world, stop): (Arc<Mutex<World>>, Arc<AtomicBool>) = Default::default();
        let (shared, stopped) = (Arc::clone(&world), Arc::clone(&stop));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let world = Arc::clone(&shared);
                std::thread::spawn(move || serve(stream, &world, answers));
            }
        });
        Self { url, world, stop }
    }

    /// Counts anew, with a fault at a request.
    fn begin(&self, fault: Option<(usize, Kind)>) {
        *self.world.lock().unwrap() = World { requests: 0, fault };
    }

    fn requests(&self) -> usize {
        self.world.lock().unwrap().requests
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

fn serve(mut stream: TcpStream, world: &Mutex<World>, answers: Answers) {
    let mut head = Vec::new();
    let mut some = [0; 4096];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut some) {
            Ok(read) if read > 0 => head.extend_from_slice(&some[..read]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let target = head.split(' ').nth(1).unwrap_or("/");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(name, value)| (name.to_owned(), value.replace("%3A", ":"))).collect();
    let fault = {
        let mut world = world.lock().unwrap();
        let nth = world.requests;
        world.requests += 1;
        world.fault.filter(|(at, kind)| {
            let lasts = if matches!(kind, Kind::Storm | Kind::Down) { STORM } else { 1 };
            (*at..at + lasts).contains(&nth)
        })
    };
    let body = answers(path, &query).to_string();
    let (status, body, length) = match fault.map(|(_, kind)| kind) {
        None => (200, body.as_str(), body.len()),
        Some(Kind::Reset) => return,
        Some(Kind::Stall) => {
            std::thread::sleep(Duration::from_millis(600));
            return;
        }
        Some(Kind::Truncated) => (200, &body[..body.len() / 2], body.len()),
        Some(Kind::Storm) => (429, "{}", 2),
        Some(Kind::Down) => (500, "{}", 2),
        Some(Kind::Unauthorized) => (401, "{}", 2),
    };
    let retry = if status == 429 { "Retry-After: 0\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{retry}Connection: close\r\nContent-Length: {length}\r\n\r\n"
    );
    let _ = stream.write_all(&[head.as_bytes(), body.as_bytes()].concat());
}

fn plan(url: &str, streams: &Value) -> Arc<Plan> {
    let definition: Definition = serde_json::from_value(json!({
        "tapwright": 1, "name": "test",
        "http": {
            "base_url": url, "timeout": "250ms",
            "retry": {"max_attempts": 2, "backoff": {"type": "constant", "wait": "1ms"}},
        },
        "streams": streams,
    }))
    .unwrap();
    Arc::new(Plan::compile(&definition, &ConfigValues::default()).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn run(runtime: &tokio::runtime::Runtime, plan: &Arc<Plan>, file: &Path) -> StreamResult {
    let options = RunOptions {
        limits: ReadLimits::default(),
        full: false,
        state: None,
        capture: None,
        part: None,
        events: Arc::new(|_| {}),
        cancel: CancellationToken::new(),
    };
    let sink = Box::new(SqliteSink::new(file.to_owned()));
    runtime.block_on(read_stream(Arc::clone(plan), "items", sink, options))
}

fn rows(file: &Path) -> Vec<String> {
    let connection = Connection::open(file).unwrap();
    let mut statement = connection.prepare("SELECT id || ':' || coalesce(name, '') FROM items ORDER BY 1").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(|row| row.unwrap()).collect()
}

/// Runs with each fault at each request, until a run is done; the table and the state are those of a quiet run.
fn every_fault(answers: Answers, streams: Value) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let api = Api::start(answers);
    let plan = plan(&api.url, &streams);
    let folder = tempfile::tempdir().unwrap();
    let quiet = folder.path().join("quiet.db");
    api.begin(None);
    let calm = run(&runtime, &plan, &quiet);
    assert_eq!(calm.outcome, Outcome::Done, "{:?}", calm.problem);
    let (requests, expected) = (api.requests(), rows(&quiet));
    assert!(requests >= 5 && !expected.is_empty(), "{requests} {expected:?}");
    let mut partial = 0;
    for at in 0..requests {
        for kind in [Kind::Reset, Kind::Truncated, Kind::Storm, Kind::Down, Kind::Unauthorized, Kind::Stall] {
            if kind == Kind::Stall && at % 4 != 1 {
                continue;
            }
            let file = folder.path().join(format!("{at}{kind:?}.db"));
            api.begin(Some((at, kind)));
            let mut result = run(&runtime, &plan, &file);
            let mut runs = 1;
            while result.outcome != Outcome::Done {
                assert!(runs < 6, "{kind:?} at {at}: {:?}", result.problem);
                partial += 1;
                result = run(&runtime, &plan, &file);
                runs += 1;
            }
            assert_eq!(rows(&file), expected, "{kind:?} at {at} after {runs} runs");
            assert_eq!(result.state.cursor, calm.state.cursor, "{kind:?} at {at}");
            let cursors = |result: &StreamResult| -> Vec<_> {
                result.state.partitions.iter().map(|(key, one)| (key.clone(), one.cursor.clone())).collect()
            };
            assert_eq!(cursors(&result), cursors(&calm), "{kind:?} at {at}");
        }
    }
    assert!(partial > 0, "no run was cut off");
}

fn items(from: usize, to: usize) -> Vec<Value> {
    (from..to).map(|id| json!({"id": id, "name": format!("n{id}")})).collect()
}

fn number(query: &BTreeMap<String, String>, name: &str) -> usize {
    query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn stream(more: Value) -> Value {
    let mut stream = json!({
        "name": "items",
        "request": {"path": "/items"},
        "records": {"path": "$.items[*]"},
        "key": ["id"],
        "fields": [{"name": "id", "from": "$.id", "type": "string"}, {"name": "name", "from": "$.name", "type": "string"}],
    });
    for (name, value) in more.as_object().unwrap() {
        stream[name] = value.clone();
    }
    stream
}

fn by_cursor(_: &str, query: &BTreeMap<String, String>) -> Value {
    let from = number(query, "after");
    let next = if from + 3 < 18 { json!((from + 3).to_string()) } else { Value::Null };
    json!({"items": items(from, from + 3), "next": next})
}

fn cursor() -> Value {
    json!({"type": "cursor", "next": "$.next", "inject": {"query": "after"}})
}

#[test]
fn cursor_paging() {
    every_fault(by_cursor, json!([stream(json!({"paginate": cursor()}))]));
}

#[test]
fn keyless_streams() {
    every_fault(by_cursor, json!([stream(json!({"paginate": cursor(), "key": []}))]));
}

fn by_page(_: &str, query: &BTreeMap<String, String>) -> Value {
    let from = (number(query, "page").max(1) - 1) * 3;
    json!({"items": items(from.min(20), (from + 3).min(20))})
}

fn by_page_with_total(path: &str, query: &BTreeMap<String, String>) -> Value {
    let mut page = by_page(path, query);
    page["total"] = json!(20);
    page
}

fn pages(key: Value) -> Value {
    let paginate = json!({"type": "page", "inject": {"query": "page"}, "size": {"value": 3}});
    json!([stream(json!({"paginate": paginate, "key": key}))])
}

#[test]
fn pages_fetched_ahead() {
    every_fault(by_page, pages(json!(["id"])));
}

#[test]
fn pages_fetched_ahead_with_a_total_and_without_a_key() {
    every_fault(by_page_with_total, pages(json!([])));
}

fn by_parent(path: &str, query: &BTreeMap<String, String>) -> Value {
    let page = number(query, "page").max(1);
    if path == "/parents" {
        let ids = (2 * (page - 1)..2 * page).filter(|id| *id < 5);
        return json!({"items": ids.map(|id| json!({"id": id})).collect::<Vec<_>>()});
    }
    let parent: usize = path.split('/').nth(2).and_then(|id| id.parse().ok()).unwrap_or(0);
    let ids = (2 * (page - 1)..2 * page).filter(|id| *id < parent);
    let at = "2024-01-01T00:00:00Z";
    json!({"items": ids.map(|id| json!({"id": format!("{parent}.{id}"), "name": at})).collect::<Vec<_>>()})
}

fn with_parents(more: Value) -> Value {
    let paginate = json!({"type": "page", "inject": {"query": "page"}, "size": {"value": 2}});
    let mut child = json!({
        "paginate": paginate,
        "request": {"path": "/parents/{{ partition.parent_id }}/items"},
        "partitions": [{"type": "parent", "stream": "parents", "value": "$.id", "as": "parent_id"}],
    });
    for (name, value) in more.as_object().unwrap() {
        child[name] = value.clone();
    }
    let parents = json!({
        "name": "parents", "request": {"path": "/parents"}, "records": {"path": "$.items[*]"}, "paginate": paginate,
    });
    json!([stream(child), parents])
}

#[test]
fn partitions_with_parents() {
    every_fault(by_parent, with_parents(json!({})));
}

#[test]
fn partitions_with_parents_and_without_a_key() {
    every_fault(by_parent, with_parents(json!({"key": []})));
}

#[test]
fn partitions_with_parents_and_a_cursor() {
    let incremental = json!({"cursor": "$.name", "inject": {"start": {"query": "since"}}});
    every_fault(by_parent, with_parents(json!({"incremental": incremental})));
}

fn by_day(_: &str, query: &BTreeMap<String, String>) -> Value {
    let (since, until) = (&query["since"], &query["until"]);
    let page = number(query, "page").max(1);
    let days = (1..=20).map(|day| (day, format!("2024-01-{day:02}"))).filter(|(_, at)| at >= since && at <= until);
    let items: Vec<Value> = days.map(|(day, at)| json!({"id": day, "name": at})).collect();
    json!({"items": items.chunks(2).nth(page - 1).unwrap_or_default()})
}

fn days(key: Value) -> Value {
    let incremental = json!({
        "cursor": "$.name", "formats": ["date"], "start": "2024-01-01", "end": "2024-01-20", "step": "P5D",
        "granularity": "P1D", "inject": {"start": {"query": "since"}, "end": {"query": "until"}},
    });
    let paginate = json!({"type": "page", "inject": {"query": "page"}, "size": {"value": 2}});
    json!([stream(json!({"paginate": paginate, "incremental": incremental, "key": key}))])
}

#[test]
fn incremental_windows() {
    every_fault(by_day, days(json!(["id"])));
}

#[test]
fn incremental_windows_without_a_key() {
    every_fault(by_day, days(json!([])));
}
