use super::IncrementalPlan;
use crate::config::ConfigValues;
use crate::expr::Expressions;
use crate::page::Interval;
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use serde_json::{Value, json};

fn plan(incremental: Value) -> IncrementalPlan {
    let mut whole = json!({"cursor": "$.at"});
    whole.as_object_mut().unwrap().extend(incremental.as_object().unwrap().clone());
    let incremental = serde_json::from_value(whole).unwrap();
    IncrementalPlan::compile(&incremental, "streams[0].incremental", &Expressions::new(&ConfigValues::default()))
        .unwrap()
}

fn shown(incremental: Value, since: &str, end: &str) -> Vec<String> {
    let plan = plan(incremental);
    let text = |window: Interval| {
        let (start, end) = plan.sent_window(&window).unwrap();
        format!("{start} {end}").replace('"', "")
    };
    plan.windows(Some(since), Some(end)).unwrap().map(text).collect()
}

#[test]
fn a_span_is_cut_into_steps() {
    for (incremental, since, end, expected) in [
        (json!({}), "2024-01-01", "2024-03-01T00:00:00Z", vec!["2024-01-01T00:00:00Z 2024-03-01T00:00:00Z"]),
        (
            json!({"step": "P1M", "granularity": "P1D", "formats": ["date"]}),
            "2024-01-01",
            "2024-03-15T10:00:00Z",
            vec!["2024-01-01 2024-01-31", "2024-02-01 2024-02-29", "2024-03-01 2024-03-15"],
        ),
        (
            json!({"step": "P30D", "granularity": "PT1S", "lookback": "PT1H"}),
            "2024-01-01T00:00:00Z",
            "2024-02-01T00:00:00Z",
            vec!["2023-12-31T23:00:00Z 2024-01-30T22:59:59Z", "2024-01-30T23:00:00Z 2024-02-01T00:00:00Z"],
        ),
        (
            json!({"step": "P1D", "formats": ["epoch", "rfc3339"]}),
            "2024-01-01T00:00:00Z",
            "2024-01-03T00:00:00Z",
            vec!["1704067200 1704153600", "1704153600 1704240000"],
        ),
        (
            json!({"step": "P1D", "granularity": "PT1S"}),
            "2024-01-01T00:00:00Z",
            "2024-01-02T00:00:00Z",
            vec!["2024-01-01T00:00:00Z 2024-01-01T23:59:59Z", "2024-01-02T00:00:00Z 2024-01-02T00:00:00Z"],
        ),
        (
            json!({"step": "P1D"}),
            "2024-05-01T00:00:00Z",
            "2024-01-02T00:00:00Z",
            vec!["2024-01-02T00:00:00Z 2024-01-02T00:00:00Z"],
        ),
        (
            json!({"type": "integer", "step": 100, "granularity": 1, "lookback": 10}),
            "110",
            "350",
            vec!["100 199", "200 299", "300 350"],
        ),
        (json!({"type": "text"}), "m", "z", vec!["m z"]),
    ] {
        assert_eq!(shown(incremental.clone(), since, end), expected, "{incremental}");
    }
}

#[test]
fn every_format_is_sent_as_the_server_writes_it() {
    for (format, expected) in [
        ("%Y-%m-%dT%H:%M:%S.%fZ", json!("2024-02-29T12:30:00.250000Z")),
        ("%Y-%m-%dT%H:%M:%SZ", json!("2024-02-29T12:30:00Z")),
        ("%Y-%m-%d %H:%M:%S", json!("2024-02-29 12:30:00")),
        ("%Y-%m-%dT%H:%M:%S%z", json!("2024-02-29T12:30:00+0000")),
        ("%Y-%m-%dT%H:%M:%S.%_ms%:z", json!("2024-02-29T12:30:00.250+00:00")),
        ("%Y%m%d", json!("20240229")),
        ("date", json!("2024-02-29")),
        ("%s", json!(1_709_209_800)),
        ("%ms", json!(1_709_209_800_250_i64)),
        ("%epoch_microseconds", json!(1_709_209_800_250_000_i64)),
        ("%s_as_float", json!("1709209800.25")),
        ("created:>%Y-%m-%d", json!("created:>2024-02-29")),
    ] {
        let plan = plan(json!({"formats": [format, "rfc3339"]}));
        assert_eq!(plan.sent_start("2024-02-29 12:30:00.25").unwrap(), expected, "{format}");
        let text = expected.as_str().map_or_else(|| expected.to_string(), str::to_owned);
        assert_eq!(plan.sent_start(&text).unwrap(), expected, "{format} as it came");
    }
    assert!(plan(json!({})).sent_start("soon").is_err());
}

#[test]
fn what_is_left_out_here_is_what_the_server_is_not_told() {
    let inject = json!({"start": {"query": "since"}, "end": {"query": "until"}});
    for (incremental, floor, ceiling) in [
        (json!({}), true, false),
        (json!({"end": "2024-12-31"}), true, true),
        (json!({"end": "2024-12-31", "inject": inject}), false, false),
    ] {
        let plan = plan(incremental.clone());
        assert_eq!(plan.floor(Some("2024-01-01")).is_some(), floor, "{incremental}");
        assert_eq!(plan.ceiling(Some("2024-12-31")).is_some(), ceiling, "{incremental}");
    }
}

proptest! {
    /// Windows follow each other without a gap and without overlap, whatever the numbers.
    #[test]
    fn steps_cover_every_number_once(start in 0_i64..2000, length in 0_i64..2000, step in 1_i64..400) {
        let plan = plan(json!({"type": "integer", "step": step, "granularity": 1}));
        let end = start + length;
        let mut next = start;
        for window in plan.windows(Some(&start.to_string()), Some(&end.to_string())).unwrap() {
            let [from, to] = [window.start, window.end].map(|text| text.unwrap().parse::<i64>().unwrap());
            prop_assert_eq!(from, next);
            prop_assert!(to >= from && to - from < step);
            next = to + 1;
        }
        prop_assert_eq!(next, end + 1);
    }
}
