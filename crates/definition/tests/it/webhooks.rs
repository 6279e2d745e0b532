//! Every fault of a webhook, with its path.

use definition::Document;

fn faults(webhook: &str) -> Vec<(String, String)> {
    let text = format!(
        "tapwright: 1\nname: w\nconfig:\n  - {{name: s, type: secret}}\nhttp: {{base_url: \"https://a.test\"}}\nstreams:\n  \
         - {{name: items, request: {{path: /i}}, key: [id]}}\n  - {{name: lines, request: {{path: /l}}}}\nwebhooks:\n  - {webhook}\n"
    );
    match Document::parse(&text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|fault| (fault.code, fault.path)).collect(),
    }
}

#[test]
fn each_fault_has_its_place() {
    let hmac = |rest: &str| {
        format!(
            "{{name: a, verify: {{type: hmac, algorithm: sha256, header: X, secret: \"{{{{ config.s }}}}\"{rest}}}}}"
        )
    };
    for (webhook, code, path) in [
        (hmac(", tolerance: 5m"), "no_timestamp", "verify.tolerance"),
        (hmac(", timestamp: {header: At}, content: \"{{ body }}\""), "unsigned_timestamp", "verify.timestamp"),
        (
            hmac(", timestamp: {item: \"t=\"}, content: \"{{ timestamp }}{{ body }}\""),
            "no_separator",
            "verify.timestamp.item",
        ),
        (hmac(", content: \"{{ timestamp }}\""), "unsigned_body", "verify.content"),
        (hmac(", content: \"{{ payload.id }}{{ body }}\""), "unknown_name", "verify.content"),
        (hmac(", old_secrets: [plain]"), "literal_secret", "verify.old_secrets[0]"),
        ("{name: a, verify: {type: token, header: X, value: plain}}".into(), "literal_secret", "verify.value"),
        ("{name: a, verify: {type: basic, username: u, password: plain}}".into(), "literal_secret", "verify.password"),
        (
            "{name: a, verify: {type: token, header: \"X Y\", value: \"{{ config.s }}\"}}".into(),
            "bad_header",
            "verify.header",
        ),
        ("{name: a, challenge: {type: query, param: x, token_param: y}}".into(), "half_a_token", "challenge"),
        ("{name: a, challenge: {type: body, when: ping}}".into(), "not_an_expression", "challenge.when"),
        ("{name: a, body_bytes: 0}".into(), "out_of_range", "body_bytes"),
        ("{name: a, answer: {status: 302}}".into(), "out_of_range", "answer.status"),
        ("{name: a, event: {path: \"$[\"}}".into(), "bad_path", "event.path"),
        ("{name: a, routes: [{event: x, stream: items}]}".into(), "no_event_name", "routes[0].event"),
        ("{name: a, routes: [{event: \"*\", stream: nothing}]}".into(), "unknown_stream", "routes[0].stream"),
        ("{name: a, routes: [{event: \"*\", stream: lines, then: delete}]}".into(), "no_key", "routes[0].then"),
        ("{name: a, samples: [{name: x, body: 1}, {name: X, body: 2}]}".into(), "duplicate_name", "samples[1].name"),
    ] {
        let found = faults(&webhook);
        let wanted = (code.to_owned(), format!("webhooks[0].{path}"));
        assert_eq!(found, [wanted], "{webhook}");
    }
    assert_eq!(faults("{name: a, routes: [{event: \"*\", stream: items}]}"), []);
}
