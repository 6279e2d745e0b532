//! Whatever a server sends, detection ends, and what it makes compiles.

use definition::Definition;
use engine::capture::{RequestSnapshot, ResponseSnapshot};
use engine::config::ConfigValues;
use engine::detect::{Confidence, Part, detect_offline};
use engine::http::Answer;
use engine::plan::Plan;
use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use proptest::prop_assert;
use serde_json::{Value, json};

fn draft() -> Definition {
    serde_json::from_value(json!({
        "tapwright": 1, "name": "test", "http": {"base_url": "http://127.0.0.1:9"},
        "streams": [{"name": "items", "request": {"path": "/items", "query": {"limit": "10", "page": "1"}}}],
    }))
    .unwrap()
}

fn answer(body: String, headers: &[(&str, &str)]) -> Answer {
    Answer {
        status: 200,
        headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        body: body.into(),
        url: "http://127.0.0.1:9/items".parse().unwrap(),
        request: RequestSnapshot::default(),
        response: ResponseSnapshot::default(),
        ignored: false,
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z_]{1,6}",
        ".{0,8}",
        Just("id".to_owned()),
        Just("next".to_owned()),
        Just("data".to_owned()),
        Just("has_more".to_owned()),
        Just("total".to_owned()),
        Just("next_cursor".to_owned()),
        Just("updated_at".to_owned()),
        Just("page".to_owned()),
    ]
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        proptest::bool::ANY.prop_map(Value::from),
        proptest::num::i64::ANY.prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("2024-01-31T10:00:00Z")),
        Just(json!("/items?page=2")),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            proptest::collection::vec((name(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_answer_makes_a_definition_that_compiles(value in json_value()) {
        let first = answer(value.to_string(), &[("link", "<x>; rel=next, <"), ("x-total-count", "7")]);
        let detected = detect_offline(draft(), &first, None);
        if value.is_null() {
            // There is nothing in it, and that is told.
            prop_assert!(detected.is_err_and(|problem| problem.code == "not_json"));
            return Ok(());
        }
        let (definition, detection) = detected.unwrap();
        let plan = Plan::compile(&definition, &ConfigValues::default());
        prop_assert!(plan.is_ok(), "{value} {:?}", plan.err());
        for part in [Part::Records, Part::Key, Part::Pages, Part::Cursor, Part::Types] {
            prop_assert!(detection.part(part).is_some_and(|part| !part.candidates.is_empty()));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = detect_offline(draft(), &answer(text, &[]), None);
    }
}

#[test]
fn odd_answers() {
    let cases = [
        (r#"{"größen":[{"ключ":1,"名":"a"},{"ключ":2,"名":"b"}]}"#, "$.größen[*]", 2),
        (r#"[{"id":9223372036854775807,"v":null},{"id":9223372036854775806,"v":null}]"#, "$[*]", 2),
        (r#"[{"id":18446744073709551615},{"id":1}]"#, "$[*]", 1),
        (
            r#"{"data":[{"id":"1","type":"a","attributes":{"name":"x"}},{"id":"2","type":"a","attributes":{"name":"y"}}],"jsonapi":{"version":"1.0"}}"#,
            "$.data[*]",
            3,
        ),
        (r#"[{"a b":1,"a.b":2,"a'b":3,"a\"b":4}]"#, "$[*]", 4),
    ];
    for (body, path, columns) in cases {
        let (definition, detection) = detect_offline(draft(), &answer(body.to_owned(), &[]), None).unwrap();
        assert_eq!(definition.streams[0].records.path.as_deref(), Some(path), "{body}");
        assert_eq!(definition.streams[0].fields.len(), columns, "{body} {:?}", definition.streams[0].fields);
        let plan = Plan::compile(&definition, &ConfigValues::default());
        assert!(plan.is_ok(), "{body} {:?}", plan.err());
        let nulls = detection.types.iter().filter(|one| one.seen == 0);
        assert!(nulls.clone().all(|one| one.confidence == Confidence::Unsure), "{body}");
    }
}

#[test]
fn another_list_can_be_pointed_at() {
    let body = r#"{"users":[{"id":1},{"id":2}],"orders":[{"nr":"a","sum":1.5},{"nr":"b","sum":2}]}"#;
    let (definition, detection) = detect_offline(draft(), &answer(body.to_owned(), &[]), Some("$.orders[*]")).unwrap();
    let stream = &definition.streams[0];
    assert_eq!(stream.records.path.as_deref(), Some("$.orders[*]"));
    assert_eq!(stream.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["nr", "sum"]);
    let labels: Vec<_> = detection.parts[0].candidates.iter().map(|one| one.label.as_str()).collect();
    assert_eq!(labels, ["$.orders[*]", "$.users[*]"]);
}
