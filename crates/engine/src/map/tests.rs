use super::{FieldFault, Mapped, Mapper, PageScope, display};
use crate::batch::Batch;
use crate::config::ConfigValues;
use crate::expr::Expressions;
use definition::Secret;
use definition::model::Stream;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use serde_json::{Value, json};

fn expressions() -> Expressions {
    let mut config = ConfigValues::default();
    config.secrets.insert("token".into(), Secret::new("hush"));
    Expressions::new(&config)
}

fn stream(spec: &Value) -> Stream {
    serde_json::from_value(spec.clone()).unwrap()
}

struct Out {
    mapped: Result<Mapped, String>,
    row: Vec<Option<String>>,
    extra: Option<String>,
    faults: Vec<FieldFault>,
}

fn run(spec: &Value, record: &str) -> Out {
    let expressions = expressions();
    let mapper = Mapper::compile(&stream(spec), "streams[0]", &expressions).unwrap();
    let mut batch = Batch::new(mapper.columns().len());
    let mut faults = Vec::new();
    let mapped = mapper.map(&expressions, &PageScope::default(), record, &mut batch, &mut faults);
    let row = if batch.is_empty() { vec![] } else { batch.row(0).iter().map(|cell| display(cell, &batch)).collect() };
    let extra = if batch.is_empty() { None } else { batch.extra(0).map(str::to_owned) };
    Out { mapped: mapped.map_err(|problem| problem.code), row, extra, faults }
}

fn row(spec: &Value, record: &str) -> Vec<String> {
    run(spec, record).row.into_iter().map(|cell| cell.unwrap_or_else(|| "null".into())).collect()
}

#[test]
fn columns_come_from_paths_and_templates() {
    let spec = json!({"name": "s", "key": ["id"], "fields": [
        {"name": "id", "type": "integer"},
        {"name": "mail", "from": "$.user['e mail']", "transform": ["trim", "lower"]},
        {"name": "big", "from": "$.n.big", "type": "decimal"},
        {"name": "secret", "from": "$.x", "hidden": true},
        {"name": "tags", "from": "$.tags[*].name", "type": "json"},
        {"name": "last", "from": "$.tags[-1].name"},
        {"name": "wide", "from": "$.tags[?@.w>1].name"},
        {"name": "label", "template": "{{ record.id }}:{{ record.user['e mail'] | trim }}"},
        {"name": "when", "from": "$.t", "type": "datetime", "transform": [{"parse_date": {"format": "%d.%m.%Y"}}]},
        {"name": "again", "from": "$.id"}
    ]});
    let record = r#"{"id": 9223372036854775807, "user": {"e mail": " A@B.example "}, "n": {"big": 1.10000000000000000001},
        "tags": [{"name":"a","w":1},{"name":"b","w":2}], "t": "31.01.2024"}"#;
    let expected = [
        "9223372036854775807",
        "a@b.example",
        "1.10000000000000000001",
        r#"["a","b"]"#,
        "b",
        "b",
        "9223372036854775807:A@B.example",
        "2024-01-31T00:00:00",
        "9223372036854775807",
    ];
    assert_eq!(row(&spec, record), expected);
}

#[test]
fn records_need_not_be_objects() {
    let spec = json!({"name": "s", "fields": [{"name": "v", "from": "$", "type": "json"}, {"name": "x"}]});
    for (record, whole) in [("3", "3"), (r#""a""#, r#""a""#), ("[1]", "[1]"), ("null", "null")] {
        assert_eq!(row(&spec, record), [whole, "null"]);
    }
    let spec = json!({"name": "s"});
    assert_eq!(run(&spec, "7").extra.as_deref(), Some(r#"{"value":7}"#));
}

#[test]
fn the_last_of_equal_names_counts() {
    let spec = json!({"name": "s", "fields": [{"name": "a"}, {"name": "b", "from": "$.o.b"}], "rest": "keep"});
    let out = run(&spec, r#"{"a":1,"o":{"b":1},"\u0061":2,"o":{},"z":1,"z":2}"#);
    assert_eq!(out.row, [Some("2".into()), None]);
    assert_eq!(out.extra.as_deref(), Some(r#"{"o":{},"z":2}"#));
}

#[test]
fn the_rest_is_dropped_kept_or_one_column() {
    let record = "{\"id\": 1, \"n\": 1.10,\n \"u\":{\"a\":1}}";
    let spec = |rest: Value| {
        let fields = json!([{"name": "id"}, {"name": "ua", "from": "$.u.a"}]);
        json!({"name": "s", "fields": fields, "rest": rest})
    };
    assert_eq!(run(&spec(json!("drop")), record).extra, None);
    assert_eq!(run(&spec(json!("keep")), record).extra.as_deref(), Some(r#"{"n": 1.10,"u":{"a":1}}"#));
    let as_column = run(&spec(json!({"as": "_rest"})), record);
    assert_eq!(as_column.row[2].as_deref(), Some(r#"{"n": 1.10,"u":{"a":1}}"#));
    // Without fields a record passes as it came: the key's columns are beside it.
    let bare = run(&json!({"name": "s", "key": ["id"]}), record);
    assert_eq!((bare.row, bare.extra.as_deref()), (vec![Some("1".into())], Some(r#"{"id":1,"n":1.10,"u":{"a":1}}"#)));
    assert_eq!(run(&json!({"name": "s"}), r#" {"a":1} "#).extra.as_deref(), Some(r#"{"a":1}"#));
}

#[test]
fn filters_keep_what_is_true() {
    let spec = |filter: &str| json!({"name": "s", "records": {"filter": filter}, "fields": [{"name": "id"}]});
    let record = r#"{"id":1,"status":"open"}"#;
    assert_eq!(run(&spec("{{ record.status == 'open' }}"), record).mapped, Ok(Mapped::Kept));
    assert_eq!(run(&spec("{{ record.status != 'open' }}"), record).mapped, Ok(Mapped::Filtered));
}

#[test]
fn a_misfit_goes_the_way_of_on_error() {
    let spec = |on_error: &str| json!({"name": "s", "fields": [{"name": "a"}, {"name": "n", "type": "integer", "on_error": on_error}]});
    let record = r#"{"a":1,"n":"éx"}"#;
    let null = run(&spec("null"), record);
    assert_eq!((null.mapped, null.row), (Ok(Mapped::Kept), vec![Some("1".into()), None]));
    assert_eq!((null.faults[0].column, null.faults[0].value.as_str()), (1, "éx"));
    assert_eq!(run(&spec("raw"), record).row[1].as_deref(), Some("éx"));
    let skip = run(&spec("skip"), record);
    assert_eq!((skip.mapped, skip.row.len(), skip.faults.len()), (Ok(Mapped::Skipped), 0, 1));
    assert_eq!(run(&spec("fail"), record).mapped, Err("value_unfit".into()));
    let long = run(&spec("null"), &format!(r#"{{"n":"{}"}}"#, "é".repeat(500)));
    assert_eq!(long.faults[0].value.chars().count(), 120);
}

#[test]
fn a_key_must_have_a_value() {
    let spec = |on_error: &str| {
        let field = json!({"name": "id", "type": "integer", "on_error": on_error});
        json!({"name": "s", "key": ["id"], "fields": [field, {"name": "r", "required": true}]})
    };
    for record in ["{}", r#"{"id":null}"#, r#"{"id":"x"}"#, "3"] {
        assert_eq!(run(&spec("null"), record).mapped, Err("key_missing".into()), "{record}");
        assert_eq!(run(&spec("skip"), record).mapped, Ok(Mapped::Skipped), "{record}");
    }
    let required = run(&spec("null"), r#"{"id":1}"#);
    assert!(required.faults[0].message.contains("required"));
}

#[test]
fn every_fault_of_a_mapping_is_told_with_its_place() {
    let spec = json!({"name": "s", "records": {"filter": "{{ nope( }}"}, "fields": [
        {"name": "a", "from": "$.["}, {"name": "b", "template": "{{ config.token }}"},
        {"name": "c", "transform": ["trim", {"regex": {"pattern": "("}}, {"phone": {"region": "QQ"}}]}
    ]});
    let faults = Mapper::compile(&stream(&spec), "streams[3]", &expressions()).unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| (fault.code.as_str(), fault.path.as_str())).collect();
    let expected = [
        ("bad_template", "streams[3].records.filter"),
        ("bad_path", "streams[3].fields[0].from"),
        ("secret_in_record", "streams[3].fields[1].template"),
        ("bad_regex", "streams[3].fields[2].transform[1].regex.pattern"),
        ("bad_region", "streams[3].fields[2].transform[2].phone.region"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_trace_shows_before_and_after_of_every_field() {
    let spec = json!({"name": "s", "fields": [
        {"name": "m", "hidden": true, "transform": ["trim", "upper"]},
        {"name": "n", "type": "integer"}, {"name": "t", "template": "{{ record.m }}!"}
    ]});
    let expressions = expressions();
    let mapper = Mapper::compile(&stream(&spec), "s", &expressions).unwrap();
    let traces = mapper.explain(&expressions, &PageScope::default(), r#"{"m":" a ","n":"x"}"#);
    assert_eq!(traces[0].before.as_deref(), Some(" a "));
    assert_eq!(traces[0].steps, [Some("a".to_owned()), Some("A".to_owned())]);
    assert_eq!(traces[0].after, Ok(Some("A".to_owned())));
    assert!(traces[1].after.is_err());
    assert_eq!(traces[2].after, Ok(Some(" a !".to_owned())));
}

fn arbitrary_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("2024-01-31T10:00:00Z")),
    ];
    leaf.prop_recursive(3, 30, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[abcé]", inner), 0..5).prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

const KINDS: [&str; 11] =
    ["string", "integer", "number", "decimal", "boolean", "date", "datetime", "time", "json", "array", "object"];

proptest! {
    #[test]
    fn the_text_and_the_tree_map_alike(record in arbitrary_json(), kind in 0usize..11) {
        let kind = KINDS[kind];
        let direct = json!({"name": "s", "fields": [{"name": "v", "from": "$.a", "type": kind}]});
        let tree = json!({"name": "s", "fields": [{"name": "v", "template": "{{ record.a }}", "type": kind}]});
        if record.get("a").is_some_and(|value| !value.is_number()) {
            prop_assert_eq!(run(&direct, &record.to_string()).row, run(&tree, &record.to_string()).row);
        }
    }

    #[test]
    fn no_record_breaks_the_mapper(record in arbitrary_json(), text in "[\\[\\]{}\":,\\\\ua1.e\\-é ]{0,40}") {
        let fields: Vec<_> = KINDS.iter().map(|kind| json!({"name": kind, "from": "$.a", "type": kind})).collect();
        let mut fields = fields;
        for (place, step) in [
            json!("trim"), json!("title"), json!({"split": ""}), json!({"join": ","}), json!({"nth": -1}),
            json!({"slice": {"from": -3, "to": 2}}), json!({"flatten": {}}), json!("strip_html"), json!("json"),
            json!({"base64": "decode"}), json!({"arithmetic": {"op": "round", "by": 3}}),
            json!({"arithmetic": {"op": "divide", "by": "{{ record.b }}"}}), json!({"hash": {}}),
            json!({"phone": {"region": "US"}}), json!({"entries": {"key": "a"}}), json!({"pairs": {}}),
            json!({"each": ["trim", {"phone": {}}]}), json!("unique"), json!({"coalesce": ["$.b", "$..a"]}),
            json!({"parse_date": {"format": "%d.%m.%Y %z"}}), json!({"format_date": "%f %Q"}),
        ].into_iter().enumerate() {
            fields.push(json!({"name": format!("t{place}"), "from": "$.a", "transform": [step]}));
        }
        let spec = json!({"name": "s", "fields": fields, "rest": "keep"});
        run(&spec, &record.to_string());
        run(&spec, &format!("{{\"a\":{record}}}"));
        run(&spec, &text);
    }
}
