//! What a definition wants to happen around a run.

use crate::server::{Reply, Server};
use crate::support::{Events, MemorySink, definition, options, plan, records};
use engine::capture::Capture;
use engine::event::{Counts, LogLevel, Outcome, RunEvent};
use engine::hook::{Hooks, RunEnd};
use engine::run::{StreamResult, read_stream};
use serde_json::{Value, json};
use std::sync::Arc;

/// Reads `items` with its hooks around, as a run of a connection does.
async fn run(server: &Server, hooks: Value) -> (Result<StreamResult, definition::Problem>, Vec<RunEvent>) {
    let mut definition = definition(&server.url, json!({}), json!({}));
    definition.hooks = serde_json::from_value(hooks).unwrap();
    let (events, capture) = (Events::default(), Capture::default());
    let mut options = options(&events, &capture);
    let plan = plan(&definition);
    let hooks = Hooks::new(Arc::clone(&plan), "acme", Arc::clone(&options.events));
    options.events = hooks.events();
    if let Err(problem) = hooks.before().await {
        hooks.after(&RunEnd { outcome: Outcome::Failed, counts: Counts::default(), problem: Some(&problem) }).await;
        return (Err(problem), events.all());
    }
    let sink = MemorySink::default();
    let result = read_stream(plan, "items", Box::new(sink), options).await;
    let end = RunEnd { outcome: result.outcome, counts: result.counts, problem: result.problem.as_ref() };
    hooks.after(&end).await;
    (Ok(result), events.all())
}

fn lines<'a>(events: &'a [RunEvent], wanted: LogLevel) -> Vec<&'a str> {
    let line = |event: &'a RunEvent| match event {
        RunEvent::Log { level, message, .. } if *level == wanted => Some(message),
        _ => None,
    };
    events.iter().filter_map(line).map(String::as_str).collect()
}

fn bodies(server: &Server, path: &str) -> Vec<Value> {
    let seen = server.seen();
    seen.iter()
        .filter(|request| request.path == path)
        .map(|request| serde_json::from_str(&request.body).unwrap())
        .collect()
}

#[tokio::test]
async fn a_good_run_is_told_before_and_after() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/items" => Reply::json(&json!({"items": records(0, 3)})),
        _ => Reply::json(&json!({})),
    })
    .await;
    let hooks = json!([
        {"when": "before", "do": {"request": {"method": "POST", "path": "/begin", "body": {"json": {"of": "{{ run.connector }}"}}}}},
        {"when": "after", "do": {"request": {"method": "POST", "path": "/end",
            "body": {"json": {"how": "{{ run.outcome }}", "read": "{{ run.read }}"}}}}},
        {"when": "after", "do": {"log": "{{ run.read }} came"}},
        {"when": "after", "do": {"notify": "{{ run.connector }} is {{ run.outcome }}"}},
        {"when": "error", "do": {"log": "never"}},
    ]);
    let (result, events) = run(&server, hooks).await;
    assert_eq!(result.unwrap().outcome, Outcome::Done);
    let paths: Vec<String> = server.seen().iter().map(|request| request.path.clone()).collect();
    assert_eq!(paths, ["/begin", "/items", "/end"]);
    assert_eq!(bodies(&server, "/begin"), [json!({"of": "acme"})]);
    assert_eq!(bodies(&server, "/end"), [json!({"how": "done", "read": 3})]);
    assert!(lines(&events, LogLevel::Info).contains(&"3 came"));
    let notified = events
        .iter()
        .any(|event| matches!(event, RunEvent::Notify { title, text } if title == "acme" && text == "acme is done"));
    assert!(notified, "{events:?}");
}

#[tokio::test]
async fn a_failed_run_calls_the_hooks_of_errors_first() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/items" => Reply::text(403, "{\"error\": \"no\"}"),
        _ => Reply::json(&json!({})),
    })
    .await;
    let hooks = json!([
        {"when": "after", "do": {"log": "after: {{ run.outcome }}"}},
        {"when": "error", "do": {"request": {"method": "POST", "path": "/oops", "body": {"json": {"why": "{{ error.code }}"}}}}},
        {"when": "error", "do": {"log": "error: {{ error.code }}"}},
    ]);
    let (result, events) = run(&server, hooks).await;
    let problem = result.unwrap().problem.unwrap();
    assert_eq!(bodies(&server, "/oops"), [json!({"why": problem.code})]);
    let told: Vec<&str> = lines(&events, LogLevel::Info).into_iter().filter(|line| !line.starts_with("Hook")).collect();
    assert_eq!(told, [format!("error: {}", problem.code).as_str(), "after: failed"]);
}

#[tokio::test]
async fn a_hook_that_fails_is_a_warning_unless_it_stands_before() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/items" => Reply::json(&json!({"items": records(0, 1)})),
        _ => Reply::text(404, "{}"),
    })
    .await;
    let request = json!({"request": {"path": "/missing"}});
    let (result, events) = run(&server, json!([{"when": "after", "do": request}])).await;
    assert_eq!(result.unwrap().outcome, Outcome::Done);
    assert!(lines(&events, LogLevel::Warn).iter().any(|line| line.contains("hooks[0]")), "{events:?}");
    let (result, _) =
        run(&server, json!([{"when": "before", "do": request}, {"when": "after", "do": {"log": "x"}}])).await;
    assert_eq!(result.unwrap_err().code, "not_found");
    assert_eq!(server.seen().iter().filter(|request| request.path == "/items").count(), 1, "the second did not start");
}

#[tokio::test]
async fn a_rate_limit_is_told_once() {
    let server = Server::start(|request, count| match request.path.as_str() {
        "/items" if count < 2 => Reply::text(429, "{}").header("Retry-After", "0"),
        "/items" => Reply::json(&json!({"items": records(0, 1)})),
        _ => Reply::json(&json!({})),
    })
    .await;
    let hooks = json!([{"when": "rate_limit", "do": {"notify": "slow down: {{ error.code }}"}}]);
    let (result, events) = run(&server, hooks).await;
    assert_eq!(result.unwrap().outcome, Outcome::Done);
    let count = events.iter().filter(|event| matches!(event, RunEvent::Notify { .. })).count();
    assert_eq!(count, 1, "{events:?}");
}
