//! What becomes of a row's columns.

use super::{ParamFrom, ParamGiven, RowPlan, row_of_json};
use crate::config::ConfigValues;
use crate::plan::Plan;
use definition::Definition;
use definition::model::Template;
use serde_json::json;

fn plan() -> Plan {
    let definition: Definition = serde_json::from_value(json!({
        "tapwright": 1, "name": "x", "http": {"base_url": "http://127.0.0.1:9"},
        "config": [{"name": "site", "type": "string", "default": "north"}, {"name": "key", "type": "secret"}],
        "streams": [{"name": "s", "request": {"path": "/"}}],
    }))
    .expect("a definition");
    let mut config = ConfigValues::default();
    config.secrets.insert("key".to_owned(), definition::Secret::new("s3cret-value"));
    Plan::compile(&definition, &config).expect("a plan")
}

fn given(param: &str, from: ParamFrom, transform: serde_json::Value) -> ParamGiven {
    ParamGiven { param: param.to_owned(), from, transform: serde_json::from_value(transform).expect("transforms") }
}

#[test]
fn columns_templates_and_values_become_parameters() {
    let plan = plan();
    let column = |name: &str| ParamFrom::Column(name.to_owned());
    let template = |text: &str| ParamFrom::Template(Template(text.to_owned()));
    let rows = RowPlan::compile(
        &plan,
        &[
            given("email", column("E-Mail"), json!(["trim", "lower"])),
            given("name", template("{{ record.first }} {{ record.last }}"), json!([])),
            given("site", template("{{ config.site }}"), json!([])),
            given("role", ParamFrom::Value(json!("user")), json!([])),
            given("none", column("nothing"), json!([])),
            given("id", template("{{ remote.id }}"), json!([])),
            given("big", column("big"), json!(["trim"])),
        ],
        "params",
    )
    .expect("a plan");
    let row = row_of_json(r#"{"E-Mail":" A@B.C ","first":"Ann","last":"Lee","big":12345678901234567890123.25}"#);
    let (values, faults) = rows.values(&plan, &row.expect("a row"), Some(&json!({"id": 7})));
    assert_eq!(faults, []);
    assert_eq!(
        serde_json::Value::Object(values),
        json!({"email": "a@b.c", "name": "Ann Lee", "site": "north", "role": "user", "id": 7,
            "big": "12345678901234567890123.25"})
    );
    let columns: Vec<String> = rows.columns().expect("known columns").into_iter().collect();
    assert_eq!(columns, ["E-Mail", "big", "first", "last", "nothing"]);
}

#[test]
fn a_secret_and_a_wrong_template_are_told_at_once() {
    let plan = plan();
    let template = |text: &str| ParamFrom::Template(Template(text.to_owned()));
    let faults = RowPlan::compile(
        &plan,
        &[
            given("a", template("{{ config.key }}"), json!([])),
            given("b", template("{{ nowhere.x }}"), json!([])),
            given("c", ParamFrom::Column("c".to_owned()), json!([{"regex": {"pattern": "("}}])),
        ],
        "params",
    );
    let codes: Vec<String> =
        faults.expect_err("faults").into_iter().map(|fault| format!("{} {}", fault.path, fault.code)).collect();
    assert_eq!(
        codes,
        ["params.a secret_in_record", "params.b bad_template", "params.c.transform[0].regex.pattern bad_regex"]
    );
}

#[test]
fn a_line_that_is_no_object_is_no_row() {
    for text in ["", "1", "[1]", "null", "{\"a\":1", "{\"a\":1}}"] {
        assert!(row_of_json(text).is_none(), "{text}");
    }
}
