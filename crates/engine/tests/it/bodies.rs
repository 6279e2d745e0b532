//! Bodies of requests, and GraphQL.

use crate::server::{Reply, Request, Server};
use crate::support::{CANARY, MemorySink, definition, read};
use engine::event::{Outcome, RunEvent};
use serde_json::{Value, json};

/// The first request of a stream with this body.
async fn sent(body: Value, paginate: Value) -> Request {
    let server = Server::start(|_, _| Reply::json(&json!({"items": [{"id": 1}]}))).await;
    let request = json!({"method": "POST", "path": "/items", "body": body});
    let stream = json!({"request": request, "paginate": paginate});
    let (result, _) = read(&definition(&server.url, json!({}), stream), &MemorySink::default()).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    server.seen().remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_sent_as_they_are_said() {
    let none = json!({"type": "none"});
    let json_body = sent(json!({"json": {"a": [1, "{{ 2 + 1 }}", "{{ 'x' }}y"]}}), none.clone()).await;
    assert_eq!(json_body.headers["content-type"], "application/json");
    assert_eq!(json_body.body, "{\"a\":[1,3,\"xy\"]}");
    let form = json!({"form": {"filter[state]": "open now", "key": "{{ config.key }}", "n": 1}});
    let form = sent(form, json!({"type": "page", "start": 3, "inject": {"body": "p"}, "size": {"value": 9}})).await;
    assert_eq!(form.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(form.body, format!("filter%5Bstate%5D=open+now&key={CANARY}&n=1&p=3"));
    let text = sent(json!({"text": "a {{ 1 + 1 }}"}), none.clone()).await;
    assert_eq!((text.headers["content-type"].as_str(), text.body.as_str()), ("text/plain; charset=utf-8", "a 2"));
    let parts = json!({"multipart": [
        {"name": "kind", "value": "{{ 'x' }}"},
        {"name": "file", "value": "a,b", "file_name": "q.csv", "content_type": "text/csv"},
    ]});
    let parts = sent(parts, json!({"type": "offset", "inject": {"body": "from"}, "size": {"value": 9}})).await;
    let boundary = parts.headers["content-type"].strip_prefix("multipart/form-data; boundary=").unwrap().to_owned();
    let found: Vec<&str> = parts.body.split(&format!("--{boundary}")).collect();
    assert_eq!(found.len(), 5);
    assert_eq!(found[1], "\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nx\r\n");
    let head =
        "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"q.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    assert_eq!(found[2], format!("{head}a,b\r\n"));
    assert_eq!(found[3], "\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\n0\r\n");
    assert_eq!(found[4], "--\r\n");
}

/// A connection of 25 users behind a query of GraphQL, as Relay wants it.
fn relay(request: &Request) -> Value {
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let variables = &body["variables"];
    if !body["query"].as_str().unwrap().contains("users(first: $first, after: $after)") {
        return json!({"errors": [{"message": "Cannot query field"}]});
    }
    let from =
        variables["after"].as_str().map_or(0, |after| after.strip_prefix("c").unwrap().parse::<usize>().unwrap() + 1);
    let to = (from + usize::try_from(variables["first"].as_u64().unwrap()).unwrap()).min(25);
    let edges: Vec<Value> = (from..to)
        .map(|id| json!({"cursor": format!("c{id}"), "node": {"id": id, "name": format!("n{id}")}}))
        .collect();
    let end = (to > from).then(|| format!("c{}", to - 1));
    json!({"data": {"users": {"edges": edges, "pageInfo": {"hasNextPage": to < 25, "endCursor": end}}}})
}

fn graphql(base: &str) -> definition::Definition {
    let query = "query ($first: Int!, $after: String) {\n  users(first: $first, after: $after) {\n    edges { node { id name } }\n    pageInfo { hasNextPage endCursor }\n  }\n}";
    definition(
        base,
        json!({}),
        json!({
            "request": {"path": "/graphql", "body": {"graphql": {"query": query, "variables": {"x": "{{ 1 + 1 }}"}}}},
            "records": {"path": "$.data.users.edges[*].node"},
            "paginate": {
                "type": "cursor",
                "next": "$.data.users.pageInfo.endCursor",
                "until": "{{ not response.data.users.pageInfo.hasNextPage }}",
                "inject": {"body": "variables.after"},
                "size": {"value": 10, "inject": {"body": "variables.first"}},
            },
        }),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_connection_is_read_to_its_end() {
    // The second request meets trouble on the wire: a query may be sent again though it is posted.
    let server = Server::start(|request, nth| match nth {
        1 => Reply { cut: true, ..Reply::json(&relay(request)) },
        2 => Reply::text(502, "down"),
        _ => Reply::json(&relay(request)),
    })
    .await;
    let sink = MemorySink::default();
    let (result, _) = read(&graphql(&server.url), &sink).await;
    assert_eq!(result.outcome, Outcome::Done, "{:?}", result.problem);
    assert_eq!(sink.ids(), (0..25).collect::<Vec<i64>>());
    let seen = server.seen();
    assert_eq!((seen.len(), result.counts.pages), (5, 3));
    assert!(seen.iter().all(|request| request.head.starts_with("POST /graphql")));
    let variables: Vec<Value> =
        seen.iter().map(|request| serde_json::from_str::<Value>(&request.body).unwrap()["variables"].clone()).collect();
    assert_eq!(variables[0], json!({"x": 2, "first": 10}));
    assert_eq!(variables[4], json!({"x": 2, "first": 10, "after": "c19"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_graphql_are_failures_unless_there_is_data() {
    let server =
        Server::start(|_, _| Reply::json(&json!({"data": {"users": null}, "errors": [{"message": "no rights"}]})))
            .await;
    let (result, _) = read(&graphql(&server.url), &MemorySink::default()).await;
    let problem = result.problem.unwrap();
    assert_eq!((result.outcome, problem.code.as_str()), (Outcome::Failed, "graphql_error"));
    assert!(problem.message.contains("no rights"), "{}", problem.message);
    assert_eq!(server.seen().len(), 1);

    let server = Server::start(|request, _| {
        let mut answer = relay(request);
        answer["errors"] = json!([{"message": format!("one is hidden by {CANARY}"), "path": ["users", 3]}]);
        Reply::json(&answer)
    })
    .await;
    let sink = MemorySink::default();
    let (result, events) = read(&graphql(&server.url), &sink).await;
    assert_eq!((result.outcome, sink.ids().len()), (Outcome::Done, 25), "{:?}", result.problem);
    let told = events.iter().any(
        |event| matches!(event, RunEvent::Log { message, .. } if message.contains("users.3: one is hidden by ••••")),
    );
    assert!(told, "{events:?}");

    let server = Server::start(|request, nth| match nth {
        0 => Reply::json(&json!({"errors": [{"message": "slow down", "extensions": {"code": "THROTTLED"}}]})),
        _ => Reply::json(&relay(request)),
    })
    .await;
    let (result, _) = read(&graphql(&server.url), &MemorySink::default()).await;
    assert_eq!((result.outcome, result.counts.retries), (Outcome::Done, 1), "{:?}", result.problem);
}
