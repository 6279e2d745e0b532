//! Actions against real servers: what goes out, what comes back, and what is never sent twice.

use crate::server::{Reply, Server};
use crate::support::{CANARY, plan};
use definition::Definition;
use engine::action::{ActionAnswer, Params};
use engine::http::{LastAnswer, SendWatch};
use engine::plan::Plan;
use serde_json::{Map, Value, json};
use std::sync::Arc;

fn connector(base: &str, http: Value, actions: Value) -> Definition {
    let mut whole = json!({
        "tapwright": 1, "name": "test",
        "config": [{"name": "key", "type": "secret"}],
        "http": {"base_url": base, "auth": {"type": "bearer", "token": "{{ config.key }}"},
            "retry": {"max_attempts": 3, "backoff": {"type": "constant", "wait": "1ms"}}},
        "actions": actions,
    });
    for (name, value) in http.as_object().unwrap() {
        whole["http"][name] = value.clone();
    }
    serde_json::from_value(whole).unwrap()
}

fn one(base: &str, action: Value) -> Arc<Plan> {
    let mut action = action;
    action["name"] = json!("act");
    plan(&connector(base, json!({}), json!([action])))
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn params(plan: &Plan, given: Value) -> Params {
    plan.action_params("act", &object(given)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

async fn act(plan: &Plan, given: Value) -> Result<ActionAnswer, definition::Problem> {
    plan.act("act", &params(plan, given), None, &SendWatch::default()).await
}

#[tokio::test]
async fn an_action_sends_its_parameters_and_maps_the_answer() {
    let server = Server::start(|_, _| Reply::json(&json!({"user": {"id": "7", "e": "A@B", "x": 1}}))).await;
    let plan = one(
        &server.url,
        json!({
            "kind": "create",
            "params": [{"name": "email", "required": true}, {"name": "age", "type": "integer"}, {"name": "vip", "type": "boolean", "default": false},
                {"name": "tags", "type": "array"}, {"name": "price", "type": "decimal"}, {"name": "note"}],
            "request": {"method": "POST", "path": "/users", "query": {"note": "{{ params.note }}", "vip": "{{ params.vip }}"},
                "headers": {"X-Note": "{{ params.note }}"},
                "body": {"json": {"user": {"email": "{{ params.email }}", "age": "{{ params.age }}", "tags": "{{ params.tags }}",
                    "price": "{{ params.price }}", "note": "{{ params.note }}", "hi": "Hi {{ params.email }}"}}}},
            "response": {"path": "$.user", "fields": [{"name": "id", "from": "$.id", "type": "integer"},
                {"name": "email", "from": "$.e", "type": "string", "transform": ["lower"]}]},
        }),
    );
    let answer = act(&plan, json!({"email": "a@b", "age": "041", "tags": "x, y", "price": "12.50"})).await.unwrap();
    assert_eq!(answer.records, [json!({"id": 7, "email": "a@b"})]);
    let seen = &server.seen()[0];
    assert_eq!(seen.body, r#"{"user":{"email":"a@b","age":41,"tags":["x","y"],"price":12.50,"hi":"Hi a@b"}}"#);
    assert_eq!((seen.query.len(), seen.query["vip"].as_str()), (1, "false"));
    assert!(!seen.headers.contains_key("x-note"), "{:?}", seen.headers);
    assert!(seen.head.starts_with("POST /users"));
    assert!(seen.headers["authorization"].contains(CANARY));
    assert!(!format!("{answer:?}").contains(CANARY));
}

#[tokio::test]
async fn null_is_sent_where_it_is_given_and_left_out_where_it_is_not() {
    let server = Server::start(|_, _| Reply::text(204, "")).await;
    let plan = one(
        &server.url,
        json!({
            "params": [{"name": "a"}, {"name": "b"}, {"name": "c", "type": "object"}],
            "request": {"method": "PATCH", "path": "/x", "query": {"a": "{{ params.a }}"},
                "body": {"json": {"a": "{{ params.a }}", "b": "{{ params.b }}", "in": {"b": "{{ params.b }}"}, "c": "{{ params.c }}", "up": "{{ params.b | upper }}", "list": ["{{ params.b }}", 1]}}},
        }),
    );
    let answer = act(&plan, json!({"a": null, "c": "{\"k\": [1, 2]}"})).await.unwrap();
    assert_eq!((answer.status, answer.records.len()), (Some(204), 0));
    let seen = &server.seen()[0];
    assert_eq!(seen.body, r#"{"a":null,"in":{},"c":{"k":[1,2]},"list":[1]}"#);
    assert!(seen.query.is_empty());
}

#[tokio::test]
async fn every_fault_of_the_parameters_is_told_and_nothing_is_sent() {
    let server = Server::start(|_, _| Reply::json(&json!({}))).await;
    let plan = one(
        &server.url,
        json!({
            "params": [
                {"name": "email", "required": true, "pattern": "[^@]+@[^@]+"}, {"name": "age", "type": "integer", "min": 0, "max": 150},
                {"name": "role", "enum": ["user", "admin"]}, {"name": "born", "type": "date"}, {"name": "at", "type": "datetime"},
                {"name": "ok", "type": "boolean"}, {"name": "sum", "type": "decimal"}, {"name": "meta", "type": "object"},
                {"name": "list", "type": "array"}, {"name": "need", "required": true}, {"name": "n", "type": "number"}],
            "request": {"method": "POST", "path": "/x"},
        }),
    );
    let given = json!({"email": "nobody", "age": "200", "role": "boss", "born": "31.31.2024", "at": "soon", "ok": "maybe",
        "sum": "1,5", "meta": "[1]", "list": "{\"a\":1}", "need": "", "n": "x", "emial": 1});
    let faults = plan.action_params("act", &object(given)).unwrap_err();
    let names: Vec<&str> = faults.iter().map(|fault| fault.param.as_str()).collect();
    assert_eq!(names, ["email", "age", "role", "born", "at", "ok", "sum", "meta", "list", "need", "n", "emial"]);
    assert!(faults[1].message.contains("greatest is 150") && faults[11].message.contains("`email`"), "{faults:?}");
    assert!(server.seen().is_empty());
    assert!(plan.action_params("acts", &Map::new()).unwrap_err()[0].message.contains("Did you mean `act`"));
}

#[test]
fn text_becomes_its_type_and_typed_values_stay() {
    let kinds = |kind: &str| {
        one("http://127.0.0.1:1", json!({"params": [{"name": "v", "type": kind}], "request": {"path": "/x"}}))
    };
    for (kind, given, wanted) in [
        ("integer", json!("12"), json!(12)),
        ("integer", json!(12.0), json!(12)),
        ("integer", json!("9007199254740993"), json!(9_007_199_254_740_993_i64)),
        ("number", json!("1.5"), json!(1.5)),
        ("decimal", json!("0.1000000000000000000001"), json!("0.1000000000000000000001")),
        ("boolean", json!("yes"), json!(true)),
        ("date", json!("2024-02-29"), json!("2024-02-29")),
        ("datetime", json!("2024-02-29T10:00:00+02:00"), json!("2024-02-29T08:00:00Z")),
        ("json", json!("{\"a\": 1}"), json!({"a": 1})),
        ("json", json!("plain"), json!("plain")),
        ("array", json!("a,b"), json!(["a", "b"])),
        ("array", json!([1, {"x": 2}]), json!([1, {"x": 2}])),
        ("object", json!({"x": 2}), json!({"x": 2})),
        ("string", json!(12), json!("12")),
        ("string", json!(""), json!("")),
    ] {
        let plan = kinds(kind);
        assert_eq!(params(&plan, json!({"v": given})).values()["v"], wanted, "{kind} {given}");
    }
    let plan = kinds("integer");
    assert_eq!(params(&plan, json!({"v": " "})).values(), &json!({}));
}

#[tokio::test]
async fn a_value_in_the_path_can_not_lead_elsewhere() {
    let server = Server::start(|_, _| Reply::json(&json!({}))).await;
    for path in ["/users/{{ params.id }}/x", "/users/{{ params.id | urlencode }}/x"] {
        let plan = one(
            &server.url,
            json!({"kind": "delete", "params": [{"name": "id"}], "request": {"method": "DELETE", "path": path}}),
        );
        for id in ["a/b", "../../admin", "a?x=1", "a#b", "ä b", "a%2Fb", "..\\x"] {
            if let Err(problem) = act(&plan, json!({"id": id})).await {
                assert_eq!(problem.code, "bad_request", "{id}");
                assert!(path.contains("urlencode"), "{id}: {problem:?}");
            }
        }
        for id in ["..", ".", "", " "] {
            assert_eq!(act(&plan, json!({"id": id})).await.unwrap_err().code, "bad_request", "{id:?}");
        }
        assert_eq!(act(&plan, json!({})).await.unwrap_err().code, "bad_request");
    }
    for seen in server.seen() {
        assert!(
            seen.path.starts_with("/users/") && seen.path.ends_with("/x") && seen.path.matches('/').count() == 3,
            "{}",
            seen.path
        );
        assert!(seen.query.is_empty());
    }
    assert!(server.seen().len() >= 7);
}

#[tokio::test]
async fn a_write_that_may_have_been_done_is_not_repeated() {
    // What the server does with the first try, and how often a POST, a keyed POST, a PUT and a DELETE are sent.
    for (first, post, safe) in [
        (Reply::text(500, "boom"), 1, 2),
        (Reply::text(502, "boom"), 1, 2),
        (Reply::text(503, "busy"), 1, 2),
        (Reply::text(503, "busy").header("Retry-After", "0"), 2, 2),
        (Reply::text(429, "slow").header("Retry-After", "0"), 2, 2),
        (Reply { cut: true, ..Reply::json(&json!({"id": 1, "long": "xxxxxxxxxxxxxxxxxxxxxxxxx"})) }, 1, 2),
        (Reply::text(422, "{\"errors\": []}"), 1, 1),
    ] {
        for (method, keyed, wanted) in [
            ("POST", false, post),
            ("PATCH", false, post),
            ("POST", true, safe),
            ("PUT", false, safe),
            ("DELETE", false, safe),
        ] {
            let reply = first.clone();
            let server = Server::start(
                move |_, before| if before == 0 { reply.clone() } else { Reply::json(&json!({"id": 1})) },
            )
            .await;
            let mut action = json!({"request": {"method": method, "path": "/x", "body": {"json": {"a": 1}}}});
            if keyed {
                action["idempotency_header"] = json!("Idempotency-Key");
            }
            let result = act(&one(&server.url, action), json!({})).await;
            let seen = server.seen();
            assert_eq!(seen.len(), wanted, "{method} {keyed} {first:?}");
            assert_eq!(result.is_ok(), wanted == 2, "{method} {keyed} {first:?} {result:?}");
            if keyed {
                assert!(seen.iter().all(|one| one.headers["idempotency-key"] == seen[0].headers["idempotency-key"]));
                assert!(seen[0].headers["idempotency-key"].len() >= 32);
            }
            if let Err(problem) = result {
                assert!(!problem.retry, "{problem:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_shared_rule_does_not_repeat_a_write_and_its_own_does() {
    for (shared, wanted) in [(true, 1), (false, 2)] {
        let server = Server::start(|_, before| match before {
            0 => Reply::text(500, "{}"),
            _ => Reply::json(&json!({})),
        })
        .await;
        let rules = json!([{"when": {"status": [500]}, "then": "retry"}]);
        let (http, own) = if shared { (json!({"responses": rules}), json!([])) } else { (json!({}), rules) };
        let action = json!([{"name": "act", "request": {"method": "POST", "path": "/x"}, "responses": own}]);
        let plan = plan(&connector(&server.url, http, action));
        let result = act(&plan, json!({})).await;
        assert_eq!((server.seen().len(), result.is_ok()), (wanted, wanted == 2));
    }
}

#[tokio::test]
async fn nothing_listens_so_nothing_was_done() {
    let plan = one("http://127.0.0.1:9", json!({"request": {"method": "POST", "path": "/x"}}));
    let problem = act(&plan, json!({})).await.unwrap_err();
    assert_eq!(problem.code, "no_answer");
}

#[tokio::test]
async fn a_refused_call_keeps_its_answer() {
    let server = Server::start(|_, _| Reply::text(422, "{\"errors\":{\"email\":\"is taken\"}}")).await;
    let plan = one(&server.url, json!({"request": {"method": "POST", "path": "/x"}}));
    let watch = SendWatch { last: Some(LastAnswer::default()), ..SendWatch::default() };
    let problem = plan.act("act", &params(&plan, json!({})), None, &watch).await.unwrap_err();
    assert!(problem.detail.unwrap().contains("is taken"));
    let last = watch.last.unwrap().take().unwrap();
    assert_eq!((last.response.status, &last.body[..9]), (422, &b"{\"errors\""[..]));
}

#[tokio::test]
async fn statuses_and_rules_say_what_a_success_is() {
    for (status, response, responses, fine) in [
        (200, json!({"statuses": [201]}), json!([]), false),
        (201, json!({"statuses": [201]}), json!([]), true),
        (404, json!({"statuses": [204, 404]}), json!([]), true),
        (404, json!({}), json!([{"when": {"status": [404]}, "then": "ignore"}]), true),
        (
            200,
            json!({}),
            json!([{"when": {"expr": "{{ response.ok == false }}"}, "then": "fail", "message": "{{ response.why }}"}]),
            false,
        ),
    ] {
        let server =
            Server::start(move |_, _| Reply { status, ..Reply::json(&json!({"ok": false, "why": "no"})) }).await;
        let plan = one(
            &server.url,
            json!({"request": {"method": "POST", "path": "/x"}, "response": response, "responses": responses}),
        );
        assert_eq!(act(&plan, json!({})).await.is_ok(), fine, "{status} {response} {responses}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_that_is_not_as_declared_does_not_undo_the_call() {
    let server = Server::start(|_, _| Reply::text(200, "OK")).await;
    let plan = one(&server.url, json!({"request": {"method": "POST", "path": "/x"}, "response": {"path": "$.user"}}));
    let answer = act(&plan, json!({})).await.unwrap();
    assert!(answer.records.is_empty() && answer.problem.unwrap().hint.unwrap().contains("it was done"));
    let plan = one(&server.url, json!({"request": {"method": "POST", "path": "/x"}}));
    assert!(act(&plan, json!({})).await.unwrap().problem.is_none());
}

#[tokio::test]
async fn a_dry_run_shows_what_would_go_out_and_sends_nothing() {
    let server = Server::start(|_, _| Reply::json(&json!({}))).await;
    let plan = one(
        &server.url,
        json!({
            "params": [{"name": "id"}, {"name": "password", "secret": true}],
            "request": {"method": "PUT", "path": "/users/{{ params.id }}", "query": {"p": "{{ params.password }}"},
                "body": {"json": {"password": "{{ params.password }}", "id": "{{ params.id }}"}}},
            "idempotency_header": "Idempotency-Key",
        }),
    );
    let given = params(&plan, json!({"id": "a b", "password": "s3cr3t"}));
    let request = plan.action_request("act", &given, Some("k-1")).unwrap();
    assert_eq!((request.method.as_str(), request.body.as_deref()), ("PUT", Some(r#"{"password":"••••","id":"a b"}"#)));
    assert!(request.url.contains("/users/a%20b?p=") && !request.url.contains("s3cr3t"), "{}", request.url);
    let header = |name: &str| request.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str());
    assert_eq!((header("Authorization"), header("Idempotency-Key")), (Some("Bearer ••••"), Some("k-1")));
    assert!(server.seen().is_empty());
    let answer = plan.act("act", &given, Some("k-1"), &SendWatch::default()).await.unwrap();
    assert!(server.seen()[0].body.contains("s3cr3t") && !format!("{answer:?}").contains("s3cr3t"), "{answer:?}");
    assert_eq!(answer.request.headers, request.headers);
    assert_eq!(given.shown()["password"], json!("••••"));
}

#[tokio::test]
async fn a_write_is_not_redirected_into_a_read() {
    for (status, fine) in [(301, false), (302, false), (303, true), (307, true), (308, true)] {
        let server = Server::start(move |request, _| match request.path.as_str() {
            "/x" => Reply::text(status, "").header("Location", "/y"),
            _ => Reply::json(&json!({})),
        })
        .await;
        let plan = one(&server.url, json!({"request": {"method": "POST", "path": "/x", "body": {"json": {"a": 1}}}}));
        let result = act(&plan, json!({})).await;
        assert_eq!(result.is_ok(), fine, "{status}");
        if let Err(problem) = result {
            assert_eq!(problem.code, "redirected_write");
        } else if status > 303 {
            assert_eq!(server.seen()[1].body, "{\"a\":1}");
        }
    }
    let (here, there) = (Server::start(|_, _| Reply::json(&json!({}))).await, ());
    let _: () = there;
    let away = here.url.replace("127.0.0.1", "localhost");
    let server = Server::start(move |_, _| Reply::text(307, "").header("Location", &format!("{away}/y"))).await;
    let plan = one(&server.url, json!({"request": {"method": "POST", "path": "/x"}}));
    assert_eq!(act(&plan, json!({})).await.unwrap_err().code, "redirected_write");
    assert!(here.seen().is_empty());
}

#[tokio::test]
async fn a_removal_that_came_through_at_the_first_try_is_done() {
    let server = Server::start(|_, before| match before {
        0 => Reply { cut: true, ..Reply::text(200, "{\"long\": \"aaaaaaaaaaaaaaaaaaaaaaaaaa\"}") },
        _ => Reply::text(404, ""),
    })
    .await;
    let action = json!({"request": {"method": "DELETE", "path": "/x"}});
    assert_eq!(act(&one(&server.url, action.clone()), json!({})).await.unwrap().status, Some(404));
    // A first try that finds nothing is told.
    assert_eq!(act(&one(&server.url, action), json!({})).await.unwrap_err().code, "not_found");
}

#[test]
fn an_action_with_faults_tells_all_of_them() {
    let definition = connector(
        "http://127.0.0.1:1",
        json!({}),
        json!([
            {"name": "a b", "params": [{"name": "x-y"}, {"name": "n", "type": "integer", "default": "one", "min": 3, "max": 1}, {"name": "s", "min": 1, "pattern": "("}],
             "request": {"path": "/{{ params.m }}"}, "response": {"path": "user", "statuses": [20]}, "idempotency_header": "a b"},
            {"name": "two", "stream": "none", "request": {"path": "/", "query": {"q": "{{ record.id }}"}}},
        ]),
    );
    let faults = definition::check(&definition);
    let paths: Vec<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
    for wanted in [
        "actions[0].name",
        "actions[0].params[0].name",
        "actions[0].params[1].default",
        "actions[0].params[1].max",
        "actions[0].params[2].min",
        "actions[0].params[2].pattern",
        "actions[0].request.path",
        "actions[0].response.path",
        "actions[0].response.statuses[0]",
        "actions[0].idempotency_header",
        "actions[1].stream",
        "actions[1].request.query.q",
    ] {
        assert!(paths.contains(&wanted), "{wanted}: {paths:?}");
    }
    assert!(Plan::compile(&definition, &engine::config::ConfigValues::default()).is_err());
}
