use super::{Path, Scanner, Selector, Step, to_value};
use jsonpath_rust::JsonPath;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use serde_json::Value;

fn all<'a>(path: &str, json: &'a str) -> Vec<&'a str> {
    Path::parse(path).unwrap().all(json)
}

#[test]
fn paths_lead_to_the_text_as_it_came() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("$", " [1] ", &["[1]"]),
        ("a.b[0]", r#"{"a":{"b":[9223372036854775808,1]}}"#, &["9223372036854775808"]),
        ("a", r#"{"a": 1.10 }"#, &["1.10"]),
        ("$['a b'].c", r#"{"a b":{"c":1e400}}"#, &["1e400"]),
        ("$.a[-1]", r#"{"a":[1,[2]]}"#, &["[2]"]),
        ("$.a[-3]", r#"{"a":[1,2]}"#, &[]),
        ("$.é", r#"{"\u00e9":"x"}"#, &["\"x\""]),
        ("$.a", r#"{"a":1,"a":2}"#, &["2"]),
        ("$.a.b", r#"{"a":{"b":1},"a":{}}"#, &[]),
        ("$.data[*].id", r#"{"data":[{"id":1},{},{"id":3}]}"#, &["1", "3"]),
        ("$.a[*].b[*]", r#"{"a":[{"b":[1,2]},{"b":[3]}]}"#, &["1", "2", "3"]),
        ("$[*]", r#"{"x":1,"y":2,"x":3}"#, &["3", "2"]),
        ("$..id", r#"{"id":12345678901234567890,"b":{"id":1.10}}"#, &["12345678901234567890", "1.10"]),
        ("$.a[?@.x==1].y", r#"{"a":[{"x":1,"y":1.0},{"x":2,"y":2}]}"#, &["1.0"]),
        ("$.a[1:]", r#"{"a":[1,2.50,3]}"#, &["2.50", "3"]),
        ("$..x", r#"{"n":1e999,"s":"\ud800","x":7}"#, &["7"]),
        ("$.page-info.next", r#"{"page-info":{"next":"n"}}"#, &["\"n\""]),
        ("a", "3", &[]),
        ("a", "", &[]),
        ("a", r#"{"a":"#, &[]),
    ];
    for (path, json, expected) in cases {
        assert_eq!(&all(path, json), expected, "{path} in {json}");
    }
}

#[test]
fn a_path_has_one_spelling() {
    for (given, expected) in [
        ("a.b[0]", "$.a.b[0]"),
        ("$['a']['b c']", "$.a['b c']"),
        ("$.data.[*]", "$.data[*]"),
        ("$['it\\'s']", "$['it\\'s']"),
        ("[0]", "$[0]"),
        ("a b", "$['a b']"),
        ("$.2024", "$['2024']"),
    ] {
        let path = Path::parse(given).unwrap();
        assert_eq!(path.to_string(), expected);
        assert_eq!(Path::parse(expected).unwrap().to_string(), expected);
    }
    assert_eq!(Path::dotted(&[Step::Key("a".into()), Step::Index(-1)]), "$.a[-1]");
    for wrong in ["", "$.", "$.a[", "$.a[(@.length-1)]", "$[", "$$"] {
        assert!(Path::parse(wrong).is_err(), "{wrong}");
    }
}

fn select(path: Option<&str>, page: &str) -> Result<Vec<String>, String> {
    let path = path.map(|path| Path::parse(path).unwrap());
    let selected = Selector::new(path.as_ref(), &[]).select(page).map_err(|problem| problem.code)?;
    Ok(selected.records.into_iter().map(|range| page[range].to_owned()).collect())
}

#[test]
fn records_are_found_or_the_fault_is_named() {
    type Expected = Result<&'static [&'static str], &'static str>;
    let cases: &[(Option<&str>, &str, Expected)] = &[
        (None, " [1, {} ] ", Ok(&["1", "{}"])),
        (None, "\u{feff}{\"a\":1}", Ok(&["{\"a\":1}"])),
        (None, "7", Err("no_records_path")),
        (None, "null", Err("no_records_path")),
        (Some("$.d[*]"), r#"{"d":[{"a":1},2]}"#, Ok(&["{\"a\":1}", "2"])),
        (Some("$.d"), r#"{"d":[{"a":1},2]}"#, Ok(&["{\"a\":1}", "2"])),
        (Some("$.d[*]"), r#"{"d":[]}"#, Ok(&[])),
        (Some("$.d[*]"), r#"{"d":null}"#, Ok(&[])),
        (Some("$.d[*]"), r#"{"e":[]}"#, Err("no_records_path")),
        (Some("$.d[*]"), r#"{"d":"none"}"#, Err("records_not_list")),
        (Some("$.d[*]"), r#"{"d":{"id":1}}"#, Err("records_not_list")),
        (Some("$.d[*]"), r#"{"d":{"x":{"id":1}}}"#, Ok(&["{\"id\":1}"])),
        (Some("$.d[*].node"), r#"{"d":[{"node":1}]}"#, Ok(&["1"])),
        (Some("$.d[*].node"), r#"{"d":[{}]}"#, Err("no_records_path")),
        (Some("$.d[?@.a>1]"), r#"{"d":[{"a":1},{"a":2}]}"#, Ok(&["{\"a\":2}"])),
        (Some("$.d[?@.a>9]"), r#"{"d":[{"a":1}]}"#, Ok(&[])),
        (Some("$.d[*]"), "", Err("not_json")),
        (Some("$.d[*]"), r#"{"d":[1"#, Err("not_json")),
        (Some("$.d[*]"), "<!DOCTYPE html><title>Sign in</title>", Err("html_not_json")),
        (Some("$.d[*]"), "<rss/>", Err("not_json")),
    ];
    for (path, page, expected) in cases {
        let expected = expected.map(|all| all.iter().map(ToString::to_string).collect()).map_err(str::to_owned);
        assert_eq!(select(*path, page), expected, "{path:?} in {page}");
    }
    let bomb = "[".repeat(200_000) + &"]".repeat(200_000);
    assert_eq!(select(None, &bomb), Err("too_deep".to_owned()));
    assert_eq!(select(Some("$..a"), &bomb), Err("too_deep".to_owned()));
}

#[test]
fn facts_come_in_the_same_pass() {
    let facts = ["$.meta.next", "$.none", "$..total"].map(|path| Path::parse(path).unwrap());
    let page = r#"{"meta":{"next":"c2","total":12345678901234567890},"d":[1]}"#;
    let selected = Selector::new(Some(&Path::parse("$.d[*]").unwrap()), &facts).select(page).unwrap();
    let texts: Vec<_> = selected.facts.into_iter().map(|fact| fact.map(|range| &page[range])).collect();
    assert_eq!(texts, [Some("\"c2\""), None, Some("12345678901234567890")]);
}

#[test]
fn behind_a_list_one_object_is_a_record_and_nothing_is_no_records() {
    let names = ["nr".to_owned(), "partner".to_owned(), "sum".to_owned()];
    let select = |path: &str, page: &str, before: bool| {
        let found =
            Selector::new(Some(&Path::parse(path).unwrap()), &[]).select_after(page, before.then_some(&names[..]));
        let texts =
            found.map(|found| found.records.into_iter().map(|range| page[range].to_owned()).collect::<Vec<_>>());
        texts.map_err(|problem| problem.code)
    };
    let path = "$.r.items.item[*]";
    let one = r#"{"r":{"items":{"item":{"nr":1,"partner":"x"}}}}"#;
    assert_eq!(select(path, one, true).unwrap(), [r#"{"nr":1,"partner":"x"}"#]);
    assert_eq!(select(path, one, false).unwrap_err(), "records_not_list");
    for nothing in [r#"{"r":{"items":""}}"#, r#"{"r":{"items":{"item":""}}}"#, r#"{"r":null}"#] {
        assert_eq!(select(path, nothing, true).unwrap(), [""; 0], "{nothing}");
        assert_eq!(select("$.r.items.item", r#"{"r":{"items":""}}"#, true).unwrap(), [""; 0]);
        assert!(select(path, nothing, false).is_err(), "{nothing}");
    }
    for other in
        [r#"{"r":{"items":{"item":{"code":7,"said":"no"}}}}"#, r#"{"r":{"items":"gone"}}"#, r#"{"error":"no"}"#]
    {
        assert!(select(path, other, true).is_err(), "{other}");
    }
}

#[test]
fn problems_say_what_is_there() {
    let path = Path::parse("$.items[*]").unwrap();
    let message = |page: &str| Selector::new(Some(&path), &[]).select(page).unwrap_err().message;
    assert!(message(r#"{"data":[],"meta":{}}"#).contains("an object with `data`, `meta`"));
    assert!(message("<html><TITLE>Log in</TITLE>").contains("titled “Log in”"));
    assert!(message("{\"a\":\n oops}").contains("line 2"));
}

fn arbitrary_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[abé\"\\\\ ]{1,2}", inner), 0..5)
                .prop_map(|all| Value::Object(all.into_iter().collect())),
        ]
    })
}

fn arbitrary_path() -> impl Strategy<Value = String> {
    let step = prop_oneof![
        "[abé]{1,2}".prop_map(|name| format!("['{name}']")),
        (-3i64..4).prop_map(|index| format!("[{index}]")),
        Just("[*]".to_owned()),
        Just("['\"']".to_owned()),
        Just("['\\\\']".to_owned()),
    ];
    prop::collection::vec(step, 0..4).prop_map(|steps| format!("${}", steps.concat()))
}

proptest! {
    #[test]
    fn a_walk_finds_what_the_library_finds(value in arbitrary_json(), path in arbitrary_path(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&value)? } else { value.to_string() };
        let walked: Vec<Value> =
            all(&path, &text).iter().map(|raw| serde_json::from_str(raw).unwrap()).collect();
        let expected: Vec<Value> = value.query(&path).unwrap().into_iter().cloned().collect();
        prop_assert_eq!(walked, expected);
    }

    #[test]
    fn a_query_is_found_in_the_text(value in arbitrary_json()) {
        let text = value.to_string();
        for path in ["$..a", "$..*", "$[0:2]", "$[?@.a]", "$['a','b']"] {
            let found: Vec<Value> = all(path, &text).iter().map(|raw| serde_json::from_str(raw).unwrap()).collect();
            let expected: Vec<Value> = value.query(path).unwrap().into_iter().cloned().collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn text_of_any_kind_is_survived(text in "[\\[\\]{}\":,\\\\ua1.e\\-é ]{0,40}", path in arbitrary_path()) {
        all(&path, &text);
        to_value(&text);
        let _ = select(Some(&path), &text);
        let _ = select(None, &text);
    }

    #[test]
    fn a_page_is_refused_where_serde_refuses_it(
        value in arbitrary_json(), path in arbitrary_path(), pretty: bool, at: prop::sample::Index,
        change in "[\\[\\]{}\":,\\\\ua1.e+\\-\t\n nt]{0,3}", cut in 0usize..3,
    ) {
        let mut text = if pretty { serde_json::to_string_pretty(&value)? } else { value.to_string() };
        agree(&text, &path);
        let start = (0..=text.len()).rev().find(|place| *place <= at.index(text.len() + 1) && text.is_char_boundary(*place));
        let start = start.unwrap_or(0);
        let end = (start..=text.len()).find(|end| *end >= start + cut && text.is_char_boundary(*end));
        text.replace_range(start..end.unwrap_or(text.len()), &change);
        agree(&text, &path);
    }

    #[test]
    fn text_of_any_kind_is_refused_where_serde_refuses_it(text in "[\\[\\]{}\":,\\\\ua1.eE0+\\-\u{1}\t é]{0,24}") {
        agree(&text, "$");
        agree(&format!("{{\"a\":{text}}}"), "$['a']");
        agree(&format!("[{text}]"), "$[*]");
        agree(&format!("\"{text}\""), "$");
    }
}

/// Whether the strict scanner, alone and on the way along a path, takes what `serde_json` takes, and nothing else.
fn agree(text: &str, path: &str) {
    let expected = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let mut scanner = Scanner::strict(text);
    assert_eq!(scanner.skip().is_some() && scanner.is_done(), expected, "{text}");
    let code = Selector::new(Some(&Path::parse(path).unwrap()), &[]).select(text).err().map(|problem| problem.code);
    let refused = matches!(code.as_deref(), Some("not_json" | "html_not_json"));
    assert_eq!(!refused, expected, "{text} along {path}");
}
