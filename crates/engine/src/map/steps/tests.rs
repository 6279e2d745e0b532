use super::Steps;
use super::case::recase;
use crate::config::ConfigValues;
use crate::expr::{Expressions, Scope};
use definition::Secret;
use definition::model::KeyCase;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use serde_json::{Value, json};

fn expressions() -> Expressions {
    let mut config = ConfigValues::default();
    config.values.insert("site".into(), json!("eu"));
    config.secrets.insert("token".into(), Secret::new("hush"));
    Expressions::new(&config)
}

/// The record after the steps, and what went wrong.
fn told(steps: Value, record: &str) -> (String, Vec<String>) {
    let expressions = expressions();
    let steps: Vec<definition::model::RecordStep> = serde_json::from_value(steps).unwrap();
    let steps = Steps::compile(&steps, "steps", &expressions).unwrap();
    let partition = json!({"region": "north"});
    let scope = Scope { partition: Some(&partition), ..Scope::default() };
    let mut faults = Vec::new();
    let made = steps.apply(record, &expressions, scope, &mut faults).into_owned();
    (made, faults.into_iter().map(|fault| format!("{}: {}", fault.step, fault.message)).collect())
}

fn run(steps: Value, record: &str) -> String {
    let (made, faults) = told(steps, record);
    assert_eq!(faults, Vec::<String>::new());
    made
}

#[test]
fn members_are_added_with_their_types() {
    let add = json!([{"add": {"n": "{{ record.a + 1 }}", "t": "{{ record.a }}-{{ partition.region }}", "l": "{{ [config.site] }}", "c": "plain"}}]);
    let made = run(add, r#" {"a": 1, "big": 12345678901234567890.10} "#);
    assert_eq!(made, r#"{"a": 1, "big": 12345678901234567890.10,"n":2,"t":"1-north","l":["eu"],"c":"plain"}"#);
    // Each sees those before it, and one that is there is replaced in its place.
    let add =
        json!([{"add": {"a": "{{ record.a * 2 }}", "b": "{{ record.a + 1 }}"}}, {"add": {"c": "{{ record.b }}"}}]);
    assert_eq!(run(add, r#"{"a":5,"z":0}"#), r#"{"a":10,"z":0,"b":11,"c":11}"#);
    assert_eq!(run(json!([{"add": {"x": "1"}}]), "{}"), r#"{"x":"1"}"#);
    assert_eq!(run(json!([{"add": {"x": "1"}}]), "3"), r#"{"value":3,"x":"1"}"#);
    // What has no value is null: quietly as a whole expression, told where it stands in text.
    assert_eq!(run(json!([{"add": {"x": "{{ record.none }}"}}]), "{}"), r#"{"x":null}"#);
    let (made, faults) = told(json!([{"key_case": "snake"}, {"add": {"x": "a {{ record.none }}"}}]), "{}");
    assert_eq!((made.as_str(), faults.len()), (r#"{"x":null}"#, 1));
    assert!(faults[0].starts_with("1: `x`") && faults[0].contains("record.none"), "{faults:?}");
}

#[test]
fn members_and_items_are_removed_by_path() {
    let record = r#"{"a":1,"b":{"c":2.10,"d":[{"e":1,"f":2},{"e":3}]},"l":[1,2,3,4],"é":null}"#;
    for (paths, expected) in [
        (json!(["$.a", "$['é']"]), r#"{"b":{"c":2.10,"d":[{"e":1,"f":2},{"e":3}]},"l":[1,2,3,4]}"#),
        (json!(["$.b.d[*].e"]), r#"{"a":1,"b":{"c":2.10,"d":[{"f":2},{}]},"l":[1,2,3,4],"é":null}"#),
        (json!(["$.l[0]", "$.l[-1]", "$.b"]), r#"{"a":1,"l":[2,3],"é":null}"#),
        (json!(["$.l[?@>2]", "$..e", "$.b.c"]), r#"{"a":1,"b":{"d":[{"f":2},{}]},"l":[1,2],"é":null}"#),
        (json!(["$.none", "$.a.b"]), record),
        (json!(["$"]), record),
    ] {
        assert_eq!(run(json!([{"remove": paths}]), record), expected, "{paths}");
    }
    assert_eq!(run(json!([{"remove": ["$.a"]}]), "[1]"), "[1]");
}

#[test]
fn members_get_other_names() {
    for (names, record, expected) in [
        (json!({"Old Name": "new"}), r#"{"x":1,"Old Name":2}"#, r#"{"x":1,"new":2}"#),
        (json!({"a": "b", "b": "a"}), r#"{"a":1,"b":2}"#, r#"{"b":1,"a":2}"#),
        (json!({"a": "b"}), r#"{"b":1,"a":2}"#, r#"{"b_2":1,"b":2}"#),
        (json!({"$.u.n": "name", "u": "user"}), r#"{"u":{"n":1}}"#, r#"{"user":{"name":1}}"#),
        (json!({"$.l[*].k": "key"}), r#"{"l":[{"k":1},{"k":2},3]}"#, r#"{"l":[{"key":1},{"key":2},3]}"#),
        (json!({"none": "x"}), r#"{"a":1}"#, r#"{"a":1}"#),
    ] {
        assert_eq!(run(json!([{"rename": names}]), record), expected, "{names}");
    }
    assert_eq!(run(json!([{"rename": {"a": "b"}}]), "[1]"), "[1]");
}

#[test]
fn names_change_their_case() {
    for (name, snake, camel, kebab) in [
        ("userId", "user_id", "userId", "user-id"),
        ("HTTPServer", "http_server", "httpServer", "http-server"),
        ("parseURL2", "parse_url2", "parseUrl2", "parse-url2"),
        ("Address2Line", "address2_line", "address2Line", "address2-line"),
        ("2FA enabled?", "2fa_enabled", "2faEnabled", "2fa-enabled"),
        ("_id", "_id", "_id", "_id"),
        ("__typeName", "__type_name", "__typeName", "__type-name"),
        ("user-first name", "user_first_name", "userFirstName", "user-first-name"),
        ("größeÜber", "größe_über", "größeÜber", "größe-über"),
        ("हिन्दी नाम", "हिन्दी_नाम", "हिन्दीनाम", "हिन्दी-नाम"),
        ("ID", "id", "id", "id"),
        ("user_iD", "user_i_d", "userId", "user-i-d"),
        ("$", "$", "$", "$"),
        ("", "", "", ""),
    ] {
        assert_eq!(recase(name, KeyCase::Snake), snake, "{name}");
        assert_eq!(recase(name, KeyCase::Camel), camel, "{name}");
        assert_eq!(recase(name, KeyCase::Kebab), kebab, "{name}");
    }
    assert_eq!(recase("User Id", KeyCase::Lower), "user id");
    let record = r#"{"userId":1,"Items":[{"unitPrice":1.10,"N":{"deepKey":null}}],"user_id":2,"UserID":3}"#;
    let expected = r#"{"user_id_2":1,"items":[{"unit_price":1.10,"n":{"deep_key":null}}],"user_id":2,"user_id_3":3}"#;
    assert_eq!(run(json!([{"key_case": "snake"}]), record), expected);
    assert_eq!(run(json!([{"key_case": "camel"}]), r#"{"user_id":1,"userId":2}"#), r#"{"userId2":1,"userId":2}"#);
}

#[test]
fn objects_are_flattened_without_loss() {
    let record = r#"{"a":{"b":{"c":1.10},"d":[{"e":1}]},"a_d":2,"f":{},"g":null}"#;
    assert_eq!(run(json!([{"flatten": "_"}]), record), r#"{"a_b_c":1.10,"a_d_2":[{"e":1}],"a_d":2,"f":{},"g":null}"#);
    assert_eq!(run(json!([{"flatten": "."}]), "[1]"), "[1]");
}

#[test]
fn words_are_found_in_texts() {
    let record = r#"{"title":"The Quick Brown fox","body":{"text":["Fox & hound's house","a fox, isn't it? été ÉTÉ 42"]},"x":"other"}"#;
    let made = run(json!([{"keywords": {"from": ["title", "$.body.text"]}}]), record);
    let words: Value = serde_json::from_str(&made).unwrap();
    let expected = json!(["fox", "été", "quick", "brown", "hound's", "house"]);
    assert_eq!(words["keywords"], expected, "{made}");
    let made = run(
        json!([{"keywords": {"from": ["title"], "as": "w", "limit": 2, "min_length": 4, "languages": [], "stop_words": ["Quick"]}}]),
        record,
    );
    assert!(made.ends_with(r#","w":["brown"]}"#), "{made}");
    assert_eq!(run(json!([{"keywords": {"from": ["none"]}}]), "{}"), r#"{"keywords":[]}"#);
    let german = run(json!([{"keywords": {"from": ["t"], "languages": ["de"]}}]), r#"{"t":"Der Hund und die Katze"}"#);
    assert!(german.ends_with(r#"["hund","katze"]}"#), "{german}");
}

#[test]
fn members_are_changed_in_place() {
    let record = r#"{"f":[{"id":"a","value":1.10}],"tags":[" X ","x"],"n":{"m":"5"},"k":1}"#;
    let change = json!([{"change": {
        "f": [{"entries": {"key": "id"}}], "$.tags": [{"each": ["trim", "lower"]}, "unique"],
        "$.n.m": [{"arithmetic": {"op": "multiply", "by": "{{ record.k + 1 }}"}}], "none": ["trim"]
    }}]);
    assert_eq!(run(change, record), r#"{"f":{"a":1.10},"tags":["x"],"n":{"m":10},"k":1}"#);
    let (made, faults) = told(json!([{"change": {"$.tags[*]": ["json"]}}]), r#"{"tags":["1","x","[2]"]}"#);
    assert_eq!(made, r#"{"tags":[1,null,[2]]}"#);
    assert_eq!(faults, ["0: `$.tags[*]` is not JSON"]);
}

#[test]
fn faults_are_told_with_their_places() {
    let steps = json!([{"add": {"x": "{{ config.token }}", "y": "{{ nope( }}"}}, {"remove": ["$.["]},
        {"rename": {"$..a": "b"}}, {"keywords": {"from": ["$.["], "languages": ["qq"]}}, {"change": {"a": [{"regex": {"pattern": "("}}]}}]);
    let steps: Vec<definition::model::RecordStep> = serde_json::from_value(steps).unwrap();
    let faults = Steps::compile(&steps, "steps", &expressions()).unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| (fault.code.as_str(), fault.path.as_str())).collect();
    let expected = [
        ("secret_in_record", "steps[0].add.x"),
        ("bad_template", "steps[0].add.y"),
        ("bad_path", "steps[1].remove[0]"),
        ("bad_path", "steps[2].rename.$..a"),
        ("bad_path", "steps[3].keywords.from[0]"),
        ("bad_language", "steps[3].keywords.languages[0]"),
        ("bad_regex", "steps[4].change.a[0].regex.pattern"),
    ];
    assert_eq!(told, expected);
}

fn arbitrary_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("[abA_.É ]{0,3}", inner), 0..6)
                .prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

/// What stands at the ends of nested objects, as text, sorted. Empty objects are ends too.
fn leaves(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(members) if !members.is_empty() => members.values().for_each(|value| leaves(value, out)),
        other => out.push(other.to_string()),
    }
}

proptest! {
    #[test]
    fn no_record_breaks_a_step(record in arbitrary_json(), text in "[\\[\\]{}\":,\\\\ua1.e\\-é ]{0,40}") {
        let steps = json!([
            {"change": {"$..a": [{"entries": {}}], "b": [{"flatten": {}}], "$[*][0]": ["trim"]}},
            {"rename": {"a": "b", "$.b.a": "A", "$.a[*].b": "a"}}, {"key_case": "camel"}, {"key_case": "kebab"},
            {"keywords": {"from": ["a", "$.b[*]"]}}, {"add": {"z": "{{ record.a }}", "a": "{{ record.z }}"}},
            {"flatten": "_"}, {"remove": ["$.a", "$..b", "$[0]"]}
        ]);
        let (made, _) = told(steps.clone(), &record.to_string());
        serde_json::from_str::<Value>(&made).unwrap();
        told(steps, &text);
    }

    #[test]
    fn a_case_is_taken_once(name in "\\PC{0,16}", record in arbitrary_json()) {
        for (case, word) in [(KeyCase::Snake, "snake"), (KeyCase::Camel, "camel"), (KeyCase::Kebab, "kebab"), (KeyCase::Lower, "lower")] {
            let once = recase(&name, case);
            prop_assert_eq!(recase(&once, case), once);
            let once = run(json!([{"key_case": word}]), &record.to_string());
            prop_assert_eq!(run(json!([{"key_case": word}]), &once), once);
        }
    }

    #[test]
    fn nothing_is_lost_by_new_names(record in arbitrary_json()) {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        leaves(&record, &mut before);
        for step in [json!([{"flatten": "_"}]), json!([{"flatten": ""}])] {
            after.clear();
            leaves(&serde_json::from_str(&run(step, &record.to_string())).unwrap(), &mut after);
            before.sort();
            after.sort();
            prop_assert_eq!(&before, &after);
        }
    }
}
