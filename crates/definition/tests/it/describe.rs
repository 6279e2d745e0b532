use definition::Document;
use definition::describe::{describe, markdown};
use serde_json::json;

fn examples() -> Vec<(String, Document)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".connector.yaml"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.file_name().unwrap().to_string_lossy().into_owned(), Document::parse_shape(&text).unwrap())
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!all.is_empty());
    all
}

#[test]
fn every_example_is_described_with_all_its_parts_and_the_same_text_each_time() {
    for (file, document) in examples() {
        let definition = document.definition();
        let about = describe(definition);
        assert_eq!(about.streams.len(), definition.streams.len(), "{file}");
        let text = markdown(definition, &file);
        assert_eq!(text, markdown(&document.definition().clone(), &file), "{file}");
        assert!(text.starts_with("# ") && text.ends_with("```\n") && !text.contains("\n\n\n"), "{file}: {text}");
        assert!(text.contains(&format!("tapwright connect {file}")), "{file}");
        for stream in &definition.streams {
            assert!(text.contains(&format!("| `{}` |", stream.name)), "{file}: {}", stream.name);
            for field in stream.fields.iter().filter(|field| !field.hidden) {
                assert!(text.contains(&format!("| `{}` | ", field.name)), "{file}: {}", field.name);
            }
        }
        for input in &definition.config {
            assert!(text.contains(&format!("| `{}` |", input.name)), "{file}: {}", input.name);
        }
        // Every table has as many cells in each row as in its head.
        let mut cells = None;
        for line in text.lines() {
            let here = line.starts_with('|').then(|| line.replace("\\|", "").matches('|').count());
            assert!(cells.is_none() || here.is_none() || cells == here, "{file}: {line}");
            cells = here;
        }
    }
}

#[test]
fn what_stands_in_the_definition_is_told() {
    let definition = serde_json::from_value(json!({
        "tapwright": 1,
        "name": "acme",
        "title": "Acme | <Tickets>",
        "docs": "https://docs.acme.test/api",
        "config": [
            {"name": "sub", "required": true, "description": "Your `subdomain` | the first part"},
            {"name": "token", "type": "secret", "required": true},
            {"name": "signing", "type": "secret"},
        ],
        "http": {
            "base_url": "https://{{ config.sub }}.acme.test/v2",
            "auth": {"type": "select", "by": "{{ config.sub }}", "options": {
                "a": {"type": "bearer", "token": "{{ config.token }}"},
                "b": {"type": "oauth2", "grant": "authorization_code", "token_url": "https://login.acme.test/token",
                      "authorize_url": "https://login.acme.test/authorize", "client_id": "x", "scopes": ["read"]},
            }},
            "rate_limit": [{"requests": 10, "per": "1s"}, {"requests": 500, "per": "10m"}],
            "concurrency": 2,
        },
        "check": {"request": {"path": "/me"}},
        "streams": [
            {"name": "tickets", "request": {"path": "/tickets"}, "key": ["id"], "deletions": "mark",
             "incremental": {"cursor": "$.updated_at", "inject": {"start": {"query": "since"}}},
             "fields": [{"name": "id", "type": "integer"}, {"name": "hid", "hidden": true}]},
            {"name": "comments", "partitions": [{"type": "parent", "stream": "tickets", "value": "$.id", "as": "t"}],
             "request": {"path": "/t/{{ partition.t }}"}},
        ],
        "actions": [{"name": "create", "kind": "create", "request": {"method": "POST", "path": "/tickets"},
                     "params": [{"name": "subject", "required": true}, {"name": "tags", "type": "array", "default": []}]}],
        "webhooks": [{"name": "events", "verify": {"type": "hmac", "algorithm": "sha256", "header": "X-S", "secret": "{{ config.signing }}"},
                      "routes": [{"event": "ticket.*", "stream": "tickets"}]}],
    }))
    .unwrap();
    let about = describe(&definition);
    assert_eq!(
        about.capabilities,
        ["read", "incremental", "deletions", "partitions", "actions", "webhooks", "check", "sign_in"]
    );
    assert_eq!(about.hosts, ["{{ config.sub }}.acme.test", "login.acme.test"]);
    let ways: Vec<_> = about.auth.iter().map(|way| (way.kind.as_str(), way.when.as_deref(), way.person)).collect();
    assert_eq!(ways, [("bearer", Some("a"), false), ("oauth2", Some("b"), true)]);
    assert_eq!(about.rate_limits, ["10 requests per 1s", "500 requests per 10m"]);
    assert_eq!(about.streams[0].fields.len(), 1, "a hidden column is not told");
    assert_eq!(about.streams[1].partitions, ["each record of tickets"]);
    assert_eq!(about.webhooks[0].inputs, ["signing"]);
    let text = markdown(&definition, "acme.connector.yaml");
    for part in [
        "# Acme \\| \\<Tickets\\>\n",
        "Your \\`subdomain\\` \\| the first part",
        "tapwright sign-in NAME",
        "--secret token=env:TOKEN",
        "tapwright action NAME create --param subject=STRING",
        "/hooks/NAME/events",
        "`ticket.*`",
        "- At most 500 requests per 10m.",
        "Records that are gone are marked",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}
