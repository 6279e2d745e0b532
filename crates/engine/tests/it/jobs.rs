//! Exports that are created, waited for and downloaded.

use crate::server::{Reply, Request, Server};
use crate::support::{CANARY, Events, MemorySink, definition, options, plan, read};
use engine::capture::Capture;
use engine::event::{Outcome, RunEvent};
use engine::run::{ReadLimits, read_stream};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The parts of a stream with a job.
fn job() -> Value {
    json!({
        "request": {"method": "POST", "path": "/exports", "body": {"json": {"of": "{{ stream.name }}"}}},
        "job": {
            "poll": {
                "request": {"path": "/exports/{{ job.id }}"},
                "every": "5ms",
                "timeout": "2s",
                "ready": "{{ response.status == 'done' }}",
                "failed": "{{ response.status == 'failed' }}",
            },
            "download": {"urls": "$.files[*].url"},
            "cleanup": {"method": "DELETE", "path": "/exports/{{ job.id }}"},
        },
        "records": {"path": "$.items[*]"},
    })
}

fn auth() -> Value {
    json!({"auth": {"type": "bearer", "token": "{{ config.key }}"}})
}

/// Answers a request of which so many came before.
type Other = dyn Fn(&Request, usize) -> Option<Reply> + Send + Sync;

/// An API with exports that are ready after some polls, with two files.
struct Exports {
    created: AtomicUsize,
    polls: AtomicUsize,
    ready_after: usize,
    /// Whole answers by path, before all else.
    other: Box<Other>,
}

impl Exports {
    async fn start(
        ready_after: usize,
        other: impl Fn(&Request, usize) -> Option<Reply> + Send + Sync + 'static,
    ) -> Server {
        let api =
            Self { created: AtomicUsize::new(0), polls: AtomicUsize::new(0), ready_after, other: Box::new(other) };
        Server::start(move |request, _| api.answer(request)).await
    }

    fn answer(&self, request: &Request) -> Reply {
        let polls = self.polls.load(Ordering::Relaxed);
        if let Some(reply) = (self.other)(request, polls) {
            return reply;
        }
        let method = request.head.split(' ').next().unwrap();
        match (method, request.path.as_str()) {
            ("POST", "/exports") => {
                let number = self.created.fetch_add(1, Ordering::Relaxed) + 1;
                Reply::json(&json!({"id": format!("x{number}"), "status": "new"}))
            }
            ("GET", path) if path.starts_with("/exports/") => {
                let done = self.polls.fetch_add(1, Ordering::Relaxed) >= self.ready_after;
                let files = json!([{"url": "/files/0"}, {"url": "/files/1"}]);
                Reply::json(
                    &json!({"status": if done { "done" } else { "running" }, "files": if done { files } else { json!([]) }}),
                )
            }
            ("GET", "/files/0") => Reply::json(&json!({"items": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]})),
            ("GET", "/files/1") => Reply::json(&json!({"items": [{"id": 3, "name": "c"}]})),
            ("DELETE", _) => Reply::text(204, ""),
            _ => Reply::text(404, "{}"),
        }
    }
}

/// What was asked for: `POST /exports`.
fn asked(server: &Server) -> Vec<String> {
    let line = |request: &Request| {
        let method = request.head.split(' ').next().unwrap().to_owned();
        format!("{method} {}", request.path)
    };
    server.seen().iter().map(line).collect()
}

#[tokio::test]
async fn an_export_is_created_waited_for_read_and_removed() {
    let server = Exports::start(2, |_, _| None).await;
    let sink = MemorySink::default();
    let (result, _) = read(&definition(&server.url, auth(), job()), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(sink.ids(), [1, 2, 3]);
    let get = "GET /exports/x1";
    let all = ["POST /exports", get, get, get, "GET /files/0", "GET /files/1", "DELETE /exports/x1"];
    assert_eq!(asked(&server), all);
    assert!(server.seen().iter().all(|request| request.headers.contains_key("authorization")));
    assert_eq!(server.seen()[0].body, "{\"of\":\"items\"}");
    assert!(sink.table().state.unwrap().read.is_none(), "the read is finished");
}

#[tokio::test]
async fn a_run_that_was_cut_off_goes_on_with_its_job() {
    let broken = AtomicUsize::new(0);
    let server = Exports::start(0, move |request, _| {
        let cut = request.path == "/files/1" && broken.fetch_add(1, Ordering::Relaxed) == 0;
        cut.then(|| Reply::text(403, "{}"))
    })
    .await;
    let (definition, sink) = (definition(&server.url, auth(), job()), MemorySink::default());
    let (result, _) = read(&definition, &sink).await;
    assert_eq!((result.outcome, sink.ids()), (Outcome::Partial, vec![1, 2]));
    let (result, _) = read(&definition, &sink).await;
    assert_eq!((result.outcome, sink.ids()), (Outcome::Done, vec![1, 2, 3]), "{:?}", result.problem);
    let asked = asked(&server);
    assert_eq!(asked.iter().filter(|line| *line == "POST /exports").count(), 1, "{asked:?}");
    assert_eq!(asked.iter().filter(|line| *line == "GET /files/0").count(), 1, "{asked:?}");
    assert_eq!(sink.table().written, 3);
}

#[tokio::test]
async fn a_job_that_failed_is_removed_and_created_anew_by_the_next_run() {
    let failing = Mutex::new(true);
    let server = Exports::start(0, move |request, _| {
        if request.path == "/exports/x1" && request.head.starts_with("GET") {
            let mut failing = failing.lock().unwrap();
            let reply = if *failing {
                Reply::json(&json!({"status": "failed", "why": "too much"}))
            } else {
                Reply::text(404, "{}")
            };
            *failing = false;
            return Some(reply);
        }
        None
    })
    .await;
    let (definition, sink) = (definition(&server.url, auth(), job()), MemorySink::default());
    let (result, _) = read(&definition, &sink).await;
    let problem = result.problem.unwrap();
    assert_eq!(problem.code, "job_failed");
    assert!(problem.detail.unwrap().contains("too much"));
    assert_eq!(asked(&server).last().map(String::as_str), Some("DELETE /exports/x1"));
    let (result, _) = read(&definition, &sink).await;
    assert_eq!((result.outcome, sink.ids()), (Outcome::Done, vec![1, 2, 3]), "{:?}", result.problem);
    assert!(asked(&server).contains(&"GET /exports/x2".to_owned()));
}

#[tokio::test]
async fn a_job_that_never_ends_is_given_up() {
    let server = Exports::start(usize::MAX, |_, _| None).await;
    let mut parts = job();
    parts["job"]["poll"]["timeout"] = json!("60ms");
    let (result, _) = read(&definition(&server.url, auth(), parts), &MemorySink::default()).await;
    assert_eq!(result.problem.unwrap().code, "job_timeout");
    assert_eq!(asked(&server).last().map(String::as_str), Some("DELETE /exports/x1"));
}

#[tokio::test]
async fn a_foreign_address_gets_nothing_of_ours() {
    let storage = Server::start(|_, _| Reply::json(&json!({"items": [{"id": 9, "name": "z"}]}))).await;
    // Another name of this machine is another host.
    let foreign = format!("{}/bucket/1?X-Sig=abcdefghijklmnop", storage.url.replace("127.0.0.1", "localhost"));
    let url = foreign.clone();
    let server = Exports::start(0, move |request, _| {
        (request.path == "/exports/x1" && request.head.starts_with("GET"))
            .then(|| Reply::json(&json!({"status": "done", "files": [{"url": url}]})))
    })
    .await;
    let mut http = auth();
    http["headers"] = json!({"X-Team": "blue", "X-Key": "{{ config.key }}"});
    let sink = MemorySink::default();
    let (events, capture) = (Events::default(), Capture::default());
    let plan = plan(&definition(&server.url, http, job()));
    let result = read_stream(plan, "items", Box::new(sink.clone()), options(&events, &capture)).await;
    assert_eq!((result.outcome, sink.ids()), (Outcome::Done, vec![9]), "{:?}", result.problem);
    let seen = storage.seen();
    assert_eq!(seen.len(), 1);
    assert!(!seen[0].head.contains(CANARY) && !seen[0].head.to_lowercase().contains("x-team"), "{}", seen[0].head);
    let shown = format!("{:?}{:?}{:?}", capture.pages().last(), events.all(), sink.table().state);
    assert!(!shown.contains("abcdefghijklmnop"), "{shown}");
}

#[tokio::test]
async fn a_request_reads_the_file_and_a_wait_is_kept_to() {
    let server = Exports::start(0, |request, polls| match (request.path.as_str(), polls) {
        ("/exports/x1/data", _) => {
            Some(Reply::json(&json!({"items": [{"id": 4, "name": request.query["part"].clone()}]})))
        }
        _ => None,
    })
    .await;
    let mut parts = job();
    parts["job"]["download"] =
        json!({"request": {"path": "/exports/{{ job.id }}/data", "query": {"part": "{{ poll.status }}"}}});
    let sink = MemorySink::default();
    let (result, _) = read(&definition(&server.url, auth(), parts), &sink).await;
    assert_eq!((result.outcome, sink.ids()), (Outcome::Done, vec![4]), "{:?}", result.problem);
}

#[tokio::test]
async fn a_preview_removes_its_job() {
    let server = Exports::start(0, |_, _| None).await;
    let (events, capture) = (Events::default(), Capture::default());
    let mut options = options(&events, &capture);
    options.limits = ReadLimits { records: Some(1), ..ReadLimits::default() };
    let plan = plan(&definition(&server.url, auth(), job()));
    let result = read_stream(plan, "items", Box::new(MemorySink::default()), options).await;
    assert_eq!(result.outcome, Outcome::Limited);
    assert_eq!(asked(&server).last().map(String::as_str), Some("DELETE /exports/x1"));
    assert!(!events.all().iter().any(|event| matches!(event, RunEvent::Fault { .. })));
}
