use super::Plan;
use super::request::join;
use crate::config::ConfigValues;
use definition::{Definition, Fault, Secret};
use serde_json::{Value, json};
use url::Url;

fn compile(inputs: Value, values: Value, http: Value) -> Result<Plan, Vec<Fault>> {
    let whole = json!({
        "tapwright": 1,
        "name": "test",
        "config": inputs,
        "http": http,
        "streams": [{"name": "items", "request": {"path": "/items"}}],
    });
    let definition: Definition = serde_json::from_value(whole).unwrap();
    let mut config = ConfigValues::default();
    for (name, value) in values.as_object().unwrap() {
        config.values.insert(name.clone(), value.clone());
    }
    config.secrets.insert("empty".into(), Secret::new(""));
    Plan::compile(&definition, &config)
}

#[test]
fn what_a_connection_lacks_is_told_by_its_input() {
    let http = json!({"base_url": "https://a.test"});
    for (input, given, code) in [
        (json!({"name": "site", "required": true}), json!({}), Some("missing_value")),
        (json!({"name": "site", "required": true}), json!({"site": ""}), Some("missing_value")),
        (json!({"name": "empty", "type": "secret", "required": true}), json!({}), Some("missing_value")),
        (json!({"name": "site", "pattern": "[a-z]+"}), json!({"site": "a/b"}), Some("bad_value")),
        (json!({"name": "n", "type": "integer"}), json!({"n": "12"}), None),
        (json!({"name": "n", "type": "integer"}), json!({"n": "1.5"}), Some("bad_value")),
        (json!({"name": "n", "type": "boolean"}), json!({"n": "maybe"}), Some("bad_value")),
        (json!({"name": "d", "type": "datetime"}), json!({"d": "2024-01-01"}), None),
        (json!({"name": "d", "type": "date"}), json!({"d": "tomorrow"}), Some("bad_value")),
        (json!({"name": "e", "type": "enum", "enum": ["a", "b"]}), json!({"e": "c"}), Some("bad_value")),
        (json!({"name": "site"}), json!({}), None),
    ] {
        let name = input["name"].as_str().unwrap().to_owned();
        match (compile(json!([input]), given, http.clone()), code) {
            (Ok(_), None) => {}
            (Err(faults), Some(code)) => {
                assert_eq!(
                    (faults[0].code.as_str(), faults[0].path.as_str()),
                    (code, format!("config.{name}").as_str())
                );
            }
            (result, code) => panic!("{input}: {result:?}, not {code:?}"),
        }
    }
}

#[test]
fn a_base_url_is_checked_with_the_values_in_it() {
    let inputs = || json!([{"name": "site"}]);
    for (base, site, code) in [
        ("https://{{ config.site }}.acme.test/v2", "one", None),
        ("{{ config.site }}", "ftp://a.test", Some("bad_url")),
        ("{{ config.site }}", "no address", Some("bad_url")),
        ("{{ config.site }}", "https://me:pw@a.test", Some("bad_url")),
    ] {
        let result = compile(inputs(), json!({"site": site}), json!({"base_url": base}));
        assert_eq!(result.err().map(|faults| faults[0].code.clone()).as_deref(), code, "{base} {site}");
    }
    let missing = compile(inputs(), json!({}), json!({"base_url": "https://{{ config.site }}.acme.test"})).unwrap_err();
    assert_eq!((missing[0].code.as_str(), missing[0].path.as_str()), ("missing_value", "config.site"));
    let bearer = json!({"base_url": "https://a.test", "auth": {"type": "bearer", "token": "{{ config.key }}"}});
    let missing = compile(json!([{"name": "key", "type": "secret"}]), json!({}), bearer).unwrap_err();
    assert_eq!((missing[0].code.as_str(), missing[0].path.as_str()), ("missing_value", "config.key"));
}

#[test]
fn paths_stand_behind_the_base_url() {
    for (base, path, expected) in [
        ("https://a.test/v2", "/items", "https://a.test/v2/items"),
        ("https://a.test/v2/", "items?x=1", "https://a.test/v2/items?x=1"),
        ("https://a.test/v2", "", "https://a.test/v2"),
        ("https://a.test/v2?k=1", "", "https://a.test/v2?k=1"),
        ("https://a.test/v2", "?x=1", "https://a.test/v2?x=1"),
        ("https://a.test", "https://b.test/c", "https://b.test/c"),
        ("https://a.test", "//b.test/c", "https://a.test/b.test/c"),
        ("https://a.test", "@b.test", "https://a.test/@b.test"),
    ] {
        assert_eq!(join(&Url::parse(base).unwrap(), path).unwrap().as_str(), expected, "{base} {path}");
    }
}
