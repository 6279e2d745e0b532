//! The examples of mapping, as a person runs them: profiles, block content, tags, custom fields. None needs code.

use crate::run::{Place, Ran, server};
use serde_json::{Value, json};
use std::path::Path;

/// Reads an example's stream against the sample API, as JSON lines.
fn read(example: &str, stream: &str, more: &[&str]) -> (Vec<Value>, Ran) {
    let (place, server) = (Place::new(), server());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(format!("{example}.connector.yaml"));
    let base = format!("base_url={}", server.url("/open"));
    let file = file.to_string_lossy().into_owned();
    place.run(&["validate", &file]).exits(0);
    let mut args = vec!["sync", &file, "--stream", stream, "--to", "jsonl:-", "--config", &base];
    args.extend(more);
    let ran: Ran = place.command(&args).env("SALT", "grain-of-salt").output().expect("runs").into();
    let ran = ran.exits(0);
    // Numbers are compared as they were written.
    let rows = ran.stdout.lines().map(|line| serde_json::from_str(line).expect("json")).collect();
    (rows, ran)
}

fn column(rows: &[Value], name: &str) -> Value {
    rows.iter().map(|row| row[name].clone()).collect()
}

#[test]
fn profiles_are_made_alike() {
    let (rows, ran) = read("profiles", "people", &["--secret", "salt=env:SALT"]);
    assert_eq!(
        column(&rows, "full_name"),
        json!(["Ada Lovelace", "José María O'neil-Ñandú", "Grace Hopper", "Лев Толстой", "Prince"])
    );
    assert_eq!(
        column(&rows, "email"),
        json!(["ada.lovelace@example.com", "jose@example.es", null, "lev@example.ru", null])
    );
    assert_eq!(column(&rows, "phone"), json!(["+442071838750", "+34612345678", "+14155552671", "+78123456789", null]));
    assert_eq!(column(&rows, "country"), json!(["GB", "ES", "US", "RU", null]));
    assert_eq!(column(&rows, "born"), json!(["1815-12-10", "1990-02-01", "1906-12-09", null, null]));
    for digits in [
        r#""salary":1234.56,"#,
        r#""salary":1000.00,"#,
        r#""salary":12345678901234567890.12,"#,
        r#""hourly":32.92,"#,
        r#""hourly":4115226300411522630.04,"#,
    ] {
        assert!(ran.stdout.contains(digits), "{digits}: {}", ran.stdout);
    }
    assert_eq!(rows[1]["hourly"], Value::Null, "nothing can be divided by 0");
    assert_eq!(rows[0]["avatar"], "https://img.example/ada.png");
    // sha256("grain-of-salt" + "1")
    let digest = rows[0]["person_hash"].as_str().unwrap_or_default();
    assert_eq!(digest, "a015228f6eb9d84910765dbbb8e8430eabdf304ca0821bc7e94bcab3becff102");
    assert!(!format!("{ran:?}").contains("grain-of-salt"));
}

#[test]
fn block_content_becomes_markdown() {
    let (rows, _) = read("content", "pages", &[]);
    assert_eq!(
        rows[0]["blocks"],
        "# Handbook\n\nRead **this** first: [rules](https://wiki.example/rules)\n\n- Be \\*kind\\*\n  - [x] say hello\n\n\
         ```bash\nmake run\n```\n\nAn unknown block"
    );
    assert_eq!(
        rows[1]["sections"],
        "# Start\n\nInstall it.\n\n## On Linux\n\n1. Unpack\n2. Run `make`\n\n# End\n\nDone."
    );
    assert_eq!(rows[2]["document"], "## Doc\n\n> **Mind the gap**\n\n| A\\|B | C |\n| --- | --- |\n| 1 |  |");
    assert_eq!(rows[2]["sections"], Value::Null);
}

#[test]
fn tags_keywords_and_relations() {
    let (rows, _) = read("tags", "articles", &[]);
    assert_eq!(column(&rows, "tags"), json!([["energy", "roof"], ["heating"], null]));
    assert_eq!(column(&rows, "tag_text"), json!(["energy, roof", "heating", null]));
    assert_eq!(column(&rows, "labels"), json!([["news", "energy", ""], null, null]));
    assert_eq!(rows[0]["keywords"], json!(["solar", "roof", "explained", "costs"]));
    assert_eq!(rows[1]["keywords"][0], "pumps");
    assert_eq!(
        rows[0]["_relations"],
        json!([
            {"type": "reference", "to": "users", "key": "1", "name": "author"},
            {"type": "reference", "to": "articles", "key": "11", "name": "related"},
            {"type": "reference", "to": "articles", "key": "12", "name": "related"},
            {"type": "tag", "to": "tags", "key": "energy"},
            {"type": "tag", "to": "tags", "key": "roof"}
        ])
    );
    assert_eq!(rows[2]["_relations"], json!([{"type": "parent", "to": "articles", "key": "10"}]));
}

#[test]
fn custom_fields_become_columns() {
    let (rows, ran) = read("custom-fields", "deals", &[]);
    assert!(ran.stdout.contains(r#""custom_budget_eur":12500.50"#), "{}", ran.stdout);
    assert!(ran.stdout.contains(r#""custom_budget_eur":900719925474099312345"#), "{}", ran.stdout);
    assert_eq!(rows[0]["custom_regions"], json!(["north", "south"]));
    assert_eq!(rows[0]["custom_decision_maker_name"], "Jo");
    assert_eq!(rows[0]["address_billing_city"], "Köln");
    assert_eq!(rows[0]["stage_history"], json!([{"stage_id": 1, "entered_at": "2024-01-01T10:00:00Z"}]));
    assert_eq!(column(&rows, "label"), json!(["Roof (d-1)", "Solar (d-2)", "Pump (d-3)"]));
    assert!(!ran.stdout.contains("internal") && !ran.stdout.contains("notes"));
    let (rows, ran) = read("custom-fields", "budgets", &[]);
    assert!(ran.stdout.contains(r#""budget":900719925474099312345"#), "{}", ran.stdout);
    assert_eq!(rows[1]["custom"]["504"], true);
    assert_eq!(rows[2]["custom"], json!({}));
}

/// Relations in a database: asked for with SQLite's own functions.
#[test]
fn relations_are_asked_for_in_the_database() {
    let (place, server) = (Place::new(), server());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tags.connector.yaml");
    let base = format!("base_url={}", server.url("/open"));
    place.run(&["sync", &file.to_string_lossy(), "--to", "sqlite:out.db", "--config", &base]).exits(0);
    let database = rusqlite::Connection::open(place.path("out.db")).expect("a database");
    let sql = "SELECT a.title FROM articles AS a, json_each(a._relations) AS r \
               WHERE r.value ->> 'type' = 'parent' AND r.value ->> 'key' = '10' ORDER BY a.id";
    let mut asked = database.prepare(sql).expect("sound");
    let titles: Vec<String> =
        asked.query_map([], |row| row.get(0)).expect("asked").map(|row| row.expect("a row")).collect();
    assert_eq!(titles, ["Heat pumps", "Nothing to tag"]);
}

#[test]
fn a_preview_for_programs_keeps_every_digit() {
    let place = Place::new();
    place.write("a.jsonl", "{\"id\": 1, \"n\": 1234567890123456789012345678901234567890.0123456789, \"m\": 0.10}\n");
    let file = place.write(
        "d.connector.yaml",
        "tapwright: 1\nname: d\nconfig: [{name: folder}]\nstreams:\n  - name: s\n    source: {type: files, folder: '{{ config.folder }}', \
         glob: a.jsonl}\n    key: [_path, _line]\n    fields: [{name: n, from: $.n, type: decimal}, {name: m, from: $.m, type: decimal}]\n",
    );
    let folder = format!("folder={}", place.path("").display());
    let ran = place.run(&["preview", &file, "--config", &folder, "--json"]).exits(0);
    for digits in ["\"n\":1234567890123456789012345678901234567890.0123456789", "\"m\":0.10"] {
        assert!(ran.stdout.contains(digits), "{digits}: {}", ran.stdout);
    }
}
