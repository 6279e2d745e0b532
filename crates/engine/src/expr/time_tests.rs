//! Moments, lengths of time and the operators between them; limits; secrets that are made of secrets.

use super::{Expressions, Scope, operators};
use crate::clock::Clock;
use crate::config::ConfigValues;
use definition::Secret;
use definition::model::Template;
use proptest::prelude::{prop_assert, proptest};
use serde_json::{Value, json};

const SECRET: &str = "kanarienvogel-42";

fn expressions() -> Expressions {
    let mut config = ConfigValues::default();
    config.values.insert("days".into(), json!(3));
    config.secrets.insert("token".into(), Secret::new(SECRET));
    Expressions::with_clock(&config, Clock::Fixed("2024-03-15T10:30:00.25Z".parse().unwrap()))
}

fn value(source: &str) -> Result<Value, String> {
    let expressions = expressions();
    expressions.compile(&Template::from(source))?.value(&expressions, &Scope::default())
}

#[test]
fn moments_are_counted_with() {
    for (source, expected) in [
        ("{{ now() - duration('P7D') }}", json!("2024-03-08T10:30:00.25Z")),
        ("{{ (now() - duration('P1M')).strftime('%Y-%m-%dT%H:%M:%SZ') }}", json!("2024-02-15T10:30:00Z")),
        ("{{ now_utc() + timedelta(hours=1.5) }}", json!("2024-03-15T12:00:00.25Z")),
        ("{{ today_utc() - duration('P1D') }}", json!("2024-03-14")),
        ("{{ today() - timedelta(days=config.days) + duration('PT1H') }}", json!("2024-03-12T01:00:00Z")),
        ("{{ datetime('2024-03-31') - duration('P1M') }}", json!("2024-02-29T00:00:00Z")),
        ("{{ now() - datetime('2024-03-15T10:29:00Z') }}", json!("PT1M0.25S")),
        ("{{ (now() - datetime('2024-03-01')).days * 2 + 1 }}", json!(29)),
        ("{{ duration('P1D') + duration('PT12H') - timedelta(minutes=30) }}", json!("P1DT11H30M")),
        ("{{ now() > datetime('2024-03-15T10:30:00Z') and today() <= now() }}", json!(true)),
        ("{{ datetime('2024-01-01T00:00:00+01:00') == datetime('2023-12-31T23:00:00Z') }}", json!(true)),
        ("{{ max(now(), datetime('2024-05-01')) }}", json!("2024-05-01T00:00:00Z")),
        ("{{ max([3, 10 - 1, 2]) + 1 - datetime(2024, 1, 31).day }}", json!(-21)),
        ("{{ datetime(1700000000) }}", json!("2023-11-14T22:13:20Z")),
        ("{{ datetime(1700000000123).microsecond }}", json!(123_000)),
        ("{{ datetime('14.03.2024', '%d.%m.%Y') }}", json!("2024-03-14T00:00:00Z")),
        ("{{ format_datetime(1700000000, '%Y-%m-%d') }}", json!("2023-11-14")),
        ("{{ format_datetime('2024-01-02', '%s') }}", json!("1704153600")),
        ("{{ format_datetime('02/01/24', '%Y-%m-%dT%H:%M:%S%z', '%d/%m/%y') }}", json!("2024-01-02T00:00:00+0000")),
        ("{{ format_datetime('1704153600', 'rfc3339', input_format='%s') }}", json!("2024-01-02T00:00:00Z")),
        ("{{ day_delta(-14) }}", json!("2024-03-01T10:30:00.250000+0000")),
        ("{{ day_delta(25, format='%Y-%m-%d') }}", json!("2024-04-09")),
        ("{{ now().strftime('%s_as_float') }}", json!("1710498600.25")),
        ("{{ now().isoformat() }}", json!("2024-03-15T10:30:00.250000+00:00")),
        ("{{ now().split('T')[0] }}", json!("2024-03-15")),
        ("{{ now() | string | length }}", json!(23)),
        ("{% set d = duration('P1D') %}{{ now().date() - d }}", json!("2024-03-14")),
        ("a-b {{ (today()-duration('P1D')).strftime('%m-%d') }} c-d", json!("a-b 03-14 c-d")),
        ("{{ {'from': now() - duration('P1D'), 'n': -1 - -2}.n }}", json!(1)),
        ("{{ 'now() - 1' ~ today().year }}", json!("now() - 12024")),
        ("{% if now() - duration('P1D') < now() %}yes{% else %}no{% endif %}", json!("yes")),
        ("{{ [today() - duration('P1D')] | join }}", json!("2024-03-14")),
    ] {
        assert_eq!(value(source), Ok(expected), "{source}");
    }
}

#[test]
fn what_can_not_be_counted_is_told() {
    for (source, word) in [
        ("{{ now() + now() }}", "two moments"),
        ("{{ now() - 7 }}", "duration"),
        ("{{ now() - 'P7D' }}", "duration"),
        ("{{ duration('soon') }}", "soon"),
        ("{{ datetime('yesterday') }}", "yesterday"),
        ("{{ now() + duration('P9999Y') }}", "9999"),
        ("{{ today_with_timezone('Nowhere/At_All') }}", "time zone"),
        ("{{ now().strftime('%Y' * 1000) }}", "format"),
        ("{{ datetime(2024, 2, 30) }}", "moment"),
        ("{{ 'a' | regex_search('(') }}", "pattern"),
        ("{{ 'a' | regex_search('(a{500}){500}') }}", "pattern"),
        ("{{ 'a' | hash('md6') }}", "md5"),
        ("{{ '%%%' | base64decode }}", "base64"),
        ("{{ ('x' * 900000) | base64encode }}", "bytes of text"),
        ("{{ ('x' * 900000) | regex_replace('x', 'yy') }}", "bytes of text"),
    ] {
        let why = value(source).unwrap_err();
        assert!(why.contains(word), "{source}: {why}");
    }
}

#[test]
fn templates_without_moments_stay_as_they_are() {
    for source in ["{{ record.a - record.b }}", "{{ config.today - 1 }}", "now() - x", "{{ now() }}"] {
        let rewritten = operators::rewrite(source);
        assert!(rewritten.is_none() || rewritten.as_deref() == Some(source), "{source}: {rewritten:?}");
    }
}

#[test]
fn what_is_made_of_a_secret_is_one() {
    for source in [
        "{{ config.token | sha256 }}",
        "{{ ('x' ~ config.token) | hmac('key') }}",
        "{{ 'data' | hmac(config.token, encoding='base64') }}",
        "{{ (config.token ~ ':') | base64encode }}",
        "{{ config.token | hexencode }}",
        "{{ config.token | md5 | sha1 }}",
        "{{ config.token[:10] }}",
        "{{ config.token | upper }}",
    ] {
        let expressions = expressions();
        let made = expressions.compile(&Template::from(source)).unwrap();
        assert!(made.secret(), "{source}");
        let text = made.text(&expressions, &Scope::default()).unwrap().text;
        let shown = expressions.redactor().text(&format!("before {text} after"));
        assert!(shown.contains("••••") && !shown.contains(&text), "{source}: {shown}");
    }
    // What is not made of one stays.
    let expressions = expressions();
    let made = expressions.compile(&Template::from("{{ 'abc' | sha256 }}")).unwrap();
    let text = made.text(&expressions, &Scope::default()).unwrap().text;
    assert_eq!(expressions.redactor().text(&text), text);
}

#[test]
fn signatures_without_end_do_not_fill_the_memory() {
    let expressions = expressions();
    let compiled = expressions.compile(&Template::from("{{ record.n | hmac(config.token) }}")).unwrap();
    for n in 0..300 {
        let record = json!({"n": n});
        let scope = Scope { record: Some(&record), ..Scope::default() };
        let text = compiled.text(&expressions, &scope).unwrap().text;
        assert!(!expressions.redactor().text(&text).contains(&text));
    }
    let shown = format!("{:?}", expressions.redactor());
    let forms: usize = shown.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
    assert!(forms < 400, "{shown}");
    assert!(!expressions.redactor().text(SECRET).contains(SECRET), "the secret itself stays known");
}

proptest! {
    #[test]
    fn rewriting_keeps_what_numbers_give(a in 0_i64..50, b in 0_i64..50, c in 1_i64..9, sign in "[-+] ?") {
        let plain = format!("{{{{ {a} {sign}{b} * -{c} - (3 {sign} {c})  + [1, {b}{sign}1][1] if {a} - 1 < {b} else -{c} }}}}");
        // Any function of moments makes the operators calls.
        let called = plain.replace("{{ ", "{{ 0 * today().year + ");
        let plain = plain.replace("{{ ", "{{ 0 + ");
        prop_assert!(operators::rewrite(&called).is_some());
        prop_assert!(value(&called) == value(&plain), "{called}: {:?} {:?}", value(&called), value(&plain));
    }

    #[test]
    fn nothing_makes_rewriting_panic(text in "(\\{\\{|\\{%|[-+()'a ]|now\\(\\)|%\\}|\\}\\}|\\PC){0,30}") {
        let _ = operators::rewrite(&text);
        let _ = definition::expression::used(&text);
    }
}
