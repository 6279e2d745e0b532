use super::Fast;
use crate::config::ConfigValues;
use crate::expr::{Expressions, Scope};
use crate::json::{Path, Step, to_value};
use crate::map::Val;
use definition::Secret;
use definition::model::Template;
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Value, json};

fn expressions() -> Expressions {
    let mut config = ConfigValues::default();
    config.values.insert("site".into(), json!("acme"));
    config.values.insert("size".into(), json!(100));
    config.values.insert("list".into(), json!(["a"]));
    config.secrets.insert("token".into(), Secret::new("hush"));
    Expressions::new(&config)
}

/// Evaluates both ways; where there is a fast answer it must be the template engine's. Gives whether there was one.
fn both(source: &str, record: &str) -> bool {
    let expressions = expressions();
    let template = Template::from(source);
    let Some(fast) = Fast::compile(&template, &expressions) else { return false };
    // What the template engine refuses never comes to be evaluated.
    let Ok(slow) = expressions.compile(&template) else { return false };
    let paths: Vec<Path> =
        fast.paths().iter().map(|names| Path::of(&names.iter().cloned().map(Step::Key).collect::<Vec<_>>())).collect();
    let places = |path: usize| paths[path].first(record);
    let tree = to_value(record);
    let scope = Scope { record: tree.as_ref(), ..Scope::default() };
    let truth = fast.is_true(&places);
    if let Some(truth) = truth {
        assert_eq!(Ok(truth), slow.is_true(&expressions, &scope), "is {source} true for {record}");
    }
    let value = fast.value(&places);
    if let Some(value) = &value {
        let expected = slow.value(&expressions, &scope).map(|value| Val::from(&value));
        assert_eq!(Ok(value), expected.as_ref(), "the value of {source} for {record}");
    }
    truth.is_some() && value.is_some()
}

const RECORD: &str = r#"{"id":7,"n":null,"s":"a\"b","e":"","f":1.50,"neg":-3,"big":18446744073709551615,"t":true,
    "o":{"id":12,"items":[1,2]},"l":["x","y"],"z":-0,"date":"2024-01-01","false":"false"}"#;

#[test]
fn what_definitions_mostly_say_is_fast() {
    for source in [
        "plain",
        "{{ record.id }}",
        "{{record.id}}",
        "{{ record.o.id }}",
        "{{ record['o']['id'] }}",
        "{{ record.id > 0 }}",
        "{{ record.f >= 1 and record.f < 2.5 }}",
        "{{ record.s == 'a' or record.t }}",
        "{{ record.s != 'deleted' }}",
        "{{ not record.missing }}",
        "{{ record.missing is defined }}",
        "{{ record.n is not none }}",
        "{{ record.missing.deeper is undefined }}",
        "{{ record.n.deeper }}",
        "{{ record.s in ['a', 'b'] }}",
        "{{ record.id not in [1, 7] }}",
        "{{ 'a' in record.s }}",
        "{{ record.missing | default('none') }}",
        "{{ record.s ~ '-' ~ record.id }}",
        "{{ record.s }}:{{ record.id }}",
        "{{ config.site }}/{{ record.id }}",
        "{{ record.id == config.size }}",
        "{{ record.date >= '2023-12-31' }}",
        "{{ (record.id > 3) and not (record.t and record.e) }}",
        "{{ record.neg == -3 }}",
        "{{ record['false'] }}",
    ] {
        assert!(both(source, RECORD), "{source}");
    }
}

#[test]
fn what_is_not_certain_is_left_to_the_template_engine() {
    for source in [
        "{{ record.s | upper }}",
        "{{ record.id + 1 }}",
        "{{ 1 < record.id < 9 }}",
        "{{ record.s.upper() }}",
        "{{ record.l[0] }}",
        "{{ record.id > '3' }}",
        "{{ record.big > 3 }}",
        "{{ record.o }}",
        "{{ record }}",
        "{{ config.token }}",
        "{{ config.list }}",
        "{{ record.t == 1 }}",
        "{% if record.id %}x{% endif %}",
        "x{{ record.missing }}",
        "{{ record.f }}x",
        "{{ 'a\\'b' }}",
        "{{ record.id if record.t else 1 }}",
        "{{ now() }}",
        "{{ ['a'] }}",
        "{{ record.z }}",
    ] {
        assert!(!both(source, RECORD), "{source}");
    }
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3i64..4).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no others", |number| number.is_finite()).prop_map(Value::from),
        prop_oneof![Just(0.5), Just(-0.0), Just(1.0), Just(2e20)].prop_map(Value::from),
        "[ab1\"\\\\\n é]{0,3}".prop_map(Value::from),
        Just(Value::from("false")),
        Just(json!([1, "a"])),
    ]
}

fn record() -> impl Strategy<Value = Value> {
    let inner = prop::collection::vec(("[abc]", leaf()), 0..3);
    let object = inner.prop_map(|all| Value::Object(all.into_iter().collect()));
    prop::collection::vec(("[abc]", prop_oneof![3 => leaf(), 1 => object]), 0..4)
        .prop_map(|all| Value::Object(all.into_iter().collect()))
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "record\\.[abc]",
        "record\\.[abc]\\.[abc]",
        "record\\['[abc]'\\]",
        "-?[0-3]",
        "[0-2]\\.[05]",
        "'[ab1 é]{0,2}'",
        "true|false|none|True",
        "config\\.(site|size)",
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        prop_oneof![
            (inner.clone(), "==|!=|<|<=|>|>=|and|or|in|not in|~", inner.clone())
                .prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.clone().prop_map(|inner| format!("not {inner}")),
            (inner.clone(), "defined|not defined|undefined|none|not none")
                .prop_map(|(inner, test)| format!("{inner} is {test}")),
            (inner.clone(), inner.clone()).prop_map(|(inner, other)| format!("{inner} | default({other})")),
            (inner.clone(), prop::collection::vec(inner, 0..3))
                .prop_map(|(needle, items)| format!("{needle} in [{}]", items.join(", "))),
        ]
    })
}

proptest! {
    #[test]
    fn the_fast_way_and_the_template_engine_agree(record in record(), source in expression(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&record).unwrap() } else { record.to_string() };
        both(&format!("{{{{ {source} }}}}"), &text);
        both(&format!("x {{{{ {source} }}}}-{{{{ record.a }}}}"), &text);
    }

    #[test]
    fn no_text_breaks_the_parser(source in "[\\[\\](){}'\"|~<>=!., a-c0-9_-]{0,30}") {
        let _ = Fast::compile(&Template::from(source.as_str()), &expressions());
    }
}
