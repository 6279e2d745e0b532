use super::{Expressions, Scope};
use crate::config::ConfigValues;
use definition::Secret;
use definition::model::Template;
use serde_json::{Value, json};

fn expressions() -> Expressions {
    let mut config = ConfigValues::default();
    config.values.insert("site".into(), json!("acme"));
    config.values.insert("size".into(), json!(100));
    config.values.insert("flag".into(), json!(true));
    config.secrets.insert("token".into(), Secret::new("s3cr3t-value"));
    Expressions::new(&config)
}

fn value(text: &str, scope: &Scope<'_>) -> Result<Value, String> {
    let expressions = expressions();
    expressions.compile(&Template::from(text))?.value(&expressions, scope)
}

fn text(text: &str, scope: &Scope<'_>) -> Result<String, String> {
    let expressions = expressions();
    expressions.compile(&Template::from(text))?.text(&expressions, scope).map(|rendered| rendered.text)
}

#[test]
fn a_whole_expression_keeps_its_type() {
    let record = json!({"id": 9_223_372_036_854_775_807_i64, "big": 18_446_744_073_709_551_615_u64, "tags": ["a"]});
    let scope = Scope { record: Some(&record), ..Scope::default() };
    for (source, expected) in [
        ("{{ config.size }}", json!(100)),
        (" {{- config.size -}} ", json!(100)),
        ("{{ config.size }}0", json!("1000")),
        ("{{ config.size }}{{ config.size }}", json!("100100")),
        ("{{ record.id }}", json!(9_223_372_036_854_775_807_i64)),
        ("{{ record.big }}", json!(18_446_744_073_709_551_615_u64)),
        ("{{ record.tags }}", json!(["a"])),
        ("{{ record.missing.deeper }}", Value::Null),
        ("{{ config.flag }}", json!(true)),
        ("{{ '}}' }}", json!("}}")),
        ("{{ config.site.upper() }}", json!("ACME")),
        ("{{ record.get('none', 'x') }}", json!("x")),
        ("plain", json!("plain")),
    ] {
        assert_eq!(value(source, &scope), Ok(expected), "{source}");
    }
}

#[test]
fn text_is_what_goes_over_the_wire() {
    let scope = Scope::default();
    for (source, expected) in [
        ("a={{ config.flag }}", "a=true"),
        ("{{ config.flag }}", "true"),
        ("{{ none }}", ""),
        ("{{ [1, 'a'] }}", "[1,\"a\"]"),
        ("https://{{ config.site }}.test", "https://acme.test"),
        ("{{ 'a b' | urlencode }}", "a%20b"),
    ] {
        assert_eq!(text(source, &scope).as_deref(), Ok(expected), "{source}");
    }
}

#[test]
fn what_is_undefined_is_named() {
    for (source, name) in [
        ("{{ config.nothing }}", "config.nothing"),
        ("x{{ record.id }}", "record.id"),
        ("/a/{{ partition.team.id }}", "partition.team.id"),
    ] {
        let error = text(source, &Scope::default()).unwrap_err();
        assert!(error.contains(name), "{source}: {error}");
    }
    let error = value("{{ recrd.id }}", &Scope::default()).unwrap_err();
    assert!(error.contains("`recrd`"), "{error}");
}

#[test]
fn missing_parts_are_false() {
    let response = json!({"meta": {}, "say": "false"});
    let expressions = expressions();
    let scope = Scope { response: Some(&response), ..Scope::default() };
    for (source, expected) in [
        ("{{ response.meta.has_more }}", false),
        ("{{ not response.meta.has_more }}", true),
        ("{{ response.paging.deep.more }}", false),
        ("{{ response.say }}", false),
        ("{{ response.error is defined }}", false),
        ("{% if response.meta is defined %}true{% endif %}", true),
        ("false", false),
        ("true", true),
    ] {
        let compiled = expressions.compile(&Template::from(source)).unwrap();
        assert_eq!(compiled.is_true(&expressions, &scope), Ok(expected), "{source}");
    }
}

#[test]
fn a_loop_without_end_and_a_flood_are_errors() {
    let error =
        value("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", &Scope::default());
    assert!(error.unwrap_err().contains("steps"));
    let error = text("{% for a in range(3000) %}{{ 'x' * 1000 }}{% endfor %}", &Scope::default());
    assert!(error.unwrap_err().contains("bytes of text"));
    let error = value("{{ 'x' * 100000000000 }}", &Scope::default());
    assert!(error.is_err());
}

#[test]
fn bad_syntax_is_told_without_made_up_names() {
    let expressions = expressions();
    for source in ["{{ a b }}", "{{ config.site", "{% if %}", "{{ config.site | nothing }}"] {
        let error = expressions
            .compile(&Template::from(source))
            .and_then(|compiled| compiled.text(&expressions, &Scope::default()))
            .unwrap_err();
        assert!(!error.contains("template-"), "{error}");
    }
    assert!(value("{% include 'template-0' %}", &Scope::default()).is_err());
}

#[test]
fn a_secret_marks_what_it_goes_into() {
    let expressions = expressions();
    for (source, secret) in [
        ("Token {{ config.token }}", true),
        ("{{ config.token }}", true),
        ("{{ config['token'] }}", true),
        ("{{ config | tojson }}", true),
        ("{{ config.site }}", false),
        ("{% set c = config %}{{ c.token }}", true),
    ] {
        let compiled = expressions.compile(&Template::from(source)).unwrap();
        assert_eq!(compiled.text(&expressions, &Scope::default()).unwrap().secret, secret, "{source}");
    }
    assert!(!format!("{expressions:?}").contains("s3cr3t"));
    let broken = expressions.compile(&Template::from("{{ config.token + 1 }}")).unwrap();
    assert!(!broken.text(&expressions, &Scope::default()).unwrap_err().contains("s3cr3t"));
}

#[test]
fn a_slice_finds_its_value() {
    let record = json!({"name": "Ada Lovelace", "tags": ["a", "b", "c"]});
    let scope = Scope { record: Some(&record), ..Scope::default() };
    for (source, expected) in [
        ("{{ record.name[:3] }}", json!("Ada")),
        ("{{ record.tags[1:] }}", json!(["b", "c"])),
        ("{{ config.site[0] ~ record.name[-1:] }}", json!("ae")),
    ] {
        assert_eq!(value(source, &scope), Ok(expected), "{source}");
    }
}
