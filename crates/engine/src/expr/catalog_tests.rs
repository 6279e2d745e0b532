//! The table of all names is true: every example gives what it says, and nothing is left out.

use super::{Expressions, Scope};
use crate::clock::Clock;
use crate::config::ConfigValues;
use definition::Secret;
use definition::expression::{CALLED, ExpressionKind, catalog, find};
use definition::model::Template;
use serde_json::json;

fn expressions() -> Expressions {
    let mut config = ConfigValues::default();
    config.values.insert("subdomain".into(), json!("acme"));
    config.secrets.insert("token".into(), Secret::new("tok-3141592653"));
    Expressions::with_clock(&config, Clock::Fixed("2024-03-15T10:30:00Z".parse().unwrap()))
}

#[test]
fn every_example_gives_what_it_says() {
    let expressions = expressions();
    let record = json!({"id": 7, "name": "Ada Lovelace", "price": "12.50", "tags": ["red", "blue"],
        "updated_at": "2024-03-01T08:00:00Z"});
    let values = [
        json!({"name": "tickets"}),
        json!({"team": "blue"}),
        json!({"start": "2024-03-01T00:00:00Z"}),
        json!({"number": 2}),
        json!("abc"),
        json!({"meta": {"next": "abc"}}),
        json!({"x-total": "42"}),
        json!("raw"),
        json!({"id": "j1"}),
        json!({"status": "done"}),
        json!("https://files.test/1"),
        json!({"outcome": "done"}),
        json!({"code": "not_found"}),
        json!("t0k3n"),
        json!("123456"),
    ];
    let [stream, partition, interval, page, cursor, response, headers, value, job, poll, url, run, error, token, code] =
        &values;
    let (remote, params) = (json!({"id": 7}), json!({"email": "a@b.test"}));
    let [event, payload, query, body, timestamp, id] = &[
        json!("ticket.created"),
        json!({"type": "ticket.created"}),
        json!({"topic": "tickets"}),
        json!("{}"),
        json!("1614265330"),
        json!("msg_1"),
    ];
    let scope = Scope {
        event: Some(event),
        payload: Some(payload),
        query: Some(query),
        body: Some(body),
        timestamp: Some(timestamp),
        id: Some(id),
        record: Some(&record),
        last_record: Some(&record),
        stream: Some(stream),
        partition: Some(partition),
        interval: Some(interval),
        page: Some(page),
        cursor: Some(cursor),
        response: Some(response),
        headers: Some(headers),
        value: Some(value),
        job: Some(job),
        poll: Some(poll),
        url: Some(url),
        run: Some(run),
        error: Some(error),
        token: Some(token),
        code: Some(code),
        remote: Some(&remote),
        params: Some(&params),
        ..Scope::default()
    };
    for entry in catalog() {
        // `timestamp` is a function too.
        let scope = Scope { timestamp: scope.timestamp.filter(|_| entry.kind == ExpressionKind::Name), ..scope };
        let template = Template(format!("{{{{ {} }}}}", entry.example));
        let compiled = expressions.compile(&template).unwrap_or_else(|why| panic!("{}: {why}", entry.example));
        let text = compiled.text(&expressions, &scope).unwrap_or_else(|why| panic!("{}: {why}", entry.example)).text;
        if !entry.gives.is_empty() {
            assert_eq!(text, entry.gives, "{}", entry.example);
        }
    }
}

#[test]
fn the_table_names_every_function() {
    let expressions = expressions();
    for (name, _) in expressions.environment.globals() {
        let known = name == "config" || name.starts_with("__") || find(name, CALLED).is_some();
        assert!(known, "`{name}` is in no table");
    }
    for name in super::scope::NAMES {
        assert!(find(name, &[ExpressionKind::Name]).is_some(), "`{name}` is in no table");
    }
}

#[test]
fn aliases_are_the_same_thing() {
    let expressions = expressions();
    for entry in catalog().iter().filter(|entry| entry.kind != ExpressionKind::Name) {
        for alias in entry.aliases {
            let source = format!("{{{{ {} }}}}", entry.example.replace(entry.name, alias));
            let text = expressions.compile(&Template(source.clone())).unwrap();
            let text = text.text(&expressions, &Scope { record: Some(&json!({"tags": [1, 2]})), ..Scope::default() });
            assert!(text.is_ok(), "{source}: {text:?}");
        }
    }
}
