//! `check`, `describe`, `docs`, `metrics`: as people and monitors use them.

use crate::run::{Place, customers, open_customers, sample, server};
use sample_api::{Fault, FaultKind};
use serde_json::Value;

/// A check of a report, by its name.
fn check<'a>(report: &'a Value, name: &str) -> &'a Value {
    let checks = report["checks"].as_array().unwrap_or_else(|| panic!("{report}"));
    checks.iter().find(|check| check["name"] == name).unwrap_or_else(|| panic!("no {name}: {report}"))
}

#[test]
fn a_connections_checks_are_named_kept_and_end_with_a_code_for_monitors() {
    let (place, server) = (Place::new(), server());
    let text = format!("{}check: {{request: {{path: /me}}}}\n", customers(&server));
    let file = place.write("c.connector.yaml", &text);
    let key = ["--secret", "token=env:SAMPLE_KEY"];
    place.run(&["connect", &file, "--name", "mine", key[0], key[1]]).exits(0);
    let report = place.run(&["check", "mine", key[0], key[1], "--json"]).exits(0).json();
    assert_eq!((report["ok"].as_bool(), report["identity"].as_str()), (Some(true), Some("sample@example.com")));
    for (name, state) in [
        ("inputs", "pass"),
        ("reachable", "pass"),
        ("certificate", "skipped"),
        ("signed_in", "pass"),
        ("clock_skew", "pass"),
        ("streams", "pass"),
        ("last_sync", "skipped"),
    ] {
        assert_eq!(check(&report, name)["state"], state, "{name}: {report}");
        assert!(check(&report, name)["duration_ms"].is_u64() && check(&report, name)["detail"].is_string());
    }
    assert_eq!(check(&report, "streams")["streams"][0]["records"], 100);
    place.run(&["sync", "mine", key[0], key[1]]).exits(0);
    let text = place.run(&["check", "mine", key[0], key[1], "--fast"]).exits(0).stdout;
    assert!(text.contains("pass  last_sync") && text.contains("skip  streams"), "{text}");
    // Down: the network's code, and nothing more is tried.
    server.stop();
    let down = place.run(&["check", "mine", key[0], key[1], "--json", "--timeout", "5s"]).exits(4);
    assert_eq!(
        (down.problem().as_str(), check(&down.json(), "reachable")["state"].as_str()),
        ("no_answer", Some("fail"))
    );
    place.run(&["check", "mine", "--timeout", "soon"]).exits(2);
    place.run(&["check", "nobody"]).exits(2);
}

#[test]
fn a_warning_is_a_fault_only_where_it_is_asked_for() {
    let slow = Fault { ms: Some(2_200), ..Fault::new(FaultKind::Slow) };
    let (place, server) = (Place::new(), sample(20, vec![slow]));
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let warned = place.run(&["check", &file, "--json"]).exits(0).json();
    assert_eq!((warned["state"].as_str(), check(&warned, "reachable")["state"].as_str()), (Some("warn"), Some("warn")));
    place.run(&["check", &file, "--strict"]).exits(1);
}

#[test]
fn one_stream_or_each_is_read() {
    let (place, server) = (Place::new(), server());
    let more = "  - name: goods\n    request: {path: /products}\n    records: {path: \"$[*]\"}\n    key: [id]\n    fields:\n      \
                - {name: id, from: \"$.id\", type: integer}\n  - name: gone\n    request: {path: /nothing}\n";
    let file = place.write("c.connector.yaml", &format!("{}{more}", open_customers(&server)));
    let all = place.run(&["check", &file, "--json"]).exits(2).json();
    let states: Vec<_> =
        check(&all, "streams")["streams"].as_array().expect("streams").iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["pass", "pass", "fail"]);
    let one = place.run(&["check", &file, "--stream", "goods", "--json"]).exits(0).json();
    assert_eq!(
        (one["records"].as_u64(), check(&one, "streams")["streams"].as_array().map(Vec::len)),
        (Some(40), Some(1))
    );
}

#[test]
fn runs_are_counted_beyond_the_runs_and_read_by_prometheus() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let name = "quo\"ted name";
    place.run(&["connect", &file, "--name", name]).exits(0);
    place.run(&["sync", name]).exits(0);
    place.run(&["sync", name, "--full"]).exits(0);
    let all = place.run(&["metrics", "--json"]).exits(0).json();
    let one = &all["connections"][0];
    assert_eq!((one["runs"]["done"].as_u64(), one["latest"].as_array().map(Vec::len)), (Some(2), Some(2)));
    let stream = &one["streams"][0];
    assert_eq!((stream["stream"].as_str(), stream["counts"]["read"].as_u64()), (Some("customers"), Some(1200)));
    assert!(stream["counts"]["bytes"].as_u64() > Some(10_000), "{stream}");
    assert_eq!(stream["latency"]["count"], stream["counts"]["requests"]);
    assert_eq!(one["latest"][0]["streams"][0]["counts"]["read"], 600);
    assert!(one["latest"][0]["streams"][0]["latency"]["p95_ms"].is_u64());
    let text = place.run(&["metrics", name, "--prometheus"]).exits(0).stdout;
    let samples = prometheus(&text);
    let found = |metric: &str| samples.iter().filter(|(name, ..)| name == metric).collect::<Vec<_>>();
    let read = found("tapwright_records_read_total");
    assert_eq!(
        (read[0].2, read[0].1.iter().any(|(label, value)| label == "connection" && value == name)),
        (1200.0, true)
    );
    assert_eq!(found("tapwright_request_duration_seconds_bucket").len(), 13);
    assert_eq!(found("tapwright_last_run_success")[0].2, 1.0);
    let table = place.run(&["metrics"]).exits(0).stdout;
    assert!(table.contains("customers") && table.contains("1200"), "{table}");
    place.run(&["metrics", "nobody"]).exits(2);
}

type Sample = (String, Vec<(String, String)>, f64);

/// Reads the text format as strictly as Prometheus does: types before samples, legal names, escaped labels, histograms
/// that grow and end with `+Inf` as their count.
fn prometheus(text: &str) -> Vec<Sample> {
    let mut typed: Vec<(String, String)> = Vec::new();
    let mut samples: Vec<Sample> = Vec::new();
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, kind) = rest.split_once(' ').expect("a type");
            assert!(["counter", "gauge", "histogram"].contains(&kind) && !typed.iter().any(|(have, _)| have == name));
            typed.push((name.to_owned(), kind.to_owned()));
        } else if !line.starts_with("# HELP ") {
            let sample = sample_line(line);
            let (family, _) = typed.last().expect("a type first");
            assert!(sample.0.starts_with(family.as_str()), "{line} under {family}");
            assert!(!samples.iter().any(|have| have.0 == sample.0 && have.1 == sample.1), "twice: {line}");
            samples.push(sample);
        }
    }
    let buckets: Vec<_> = samples.iter().filter(|(name, ..)| name.ends_with("_bucket")).collect();
    for pair in buckets.windows(2).filter(|pair| pair[0].1[..2] == pair[1].1[..2]) {
        assert!(pair[0].2 <= pair[1].2, "{pair:?}");
    }
    for count in samples.iter().filter(|(name, ..)| name.ends_with("_seconds_count")) {
        let last = buckets.iter().find(|(_, labels, _)| labels[..2] == count.1[..] && labels[2].1 == "+Inf");
        assert_eq!(last.map(|bucket| bucket.2), Some(count.2));
    }
    samples
}

fn sample_line(line: &str) -> Sample {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = line.find(|c: char| !legal(c)).expect("a value");
    let (name, mut rest) = line.split_at(end);
    let mut labels = Vec::new();
    if let Some(inside) = rest.strip_prefix('{') {
        rest = inside;
        while !rest.starts_with('}') {
            let (label, after) = rest.split_once("=\"").expect("a label");
            assert!(label.chars().all(legal), "{line}");
            let mut value = String::new();
            let mut chars = after.char_indices();
            let close = loop {
                match chars.next().expect("the quote's end") {
                    (place, '"') => break place,
                    (_, '\\') => match chars.next().expect("an escape").1 {
                        'n' => value.push('\n'),
                        c @ ('\\' | '"') => value.push(c),
                        c => panic!("\\{c}"),
                    },
                    (_, c) => value.push(c),
                }
            };
            labels.push((label.to_owned(), value));
            rest = after[close + 1..].trim_start_matches(',');
        }
        rest = &rest[1..];
    }
    let value = rest.strip_prefix(' ').expect("a space").parse().expect("a number");
    (name.to_owned(), labels, value)
}

#[test]
fn a_connector_describes_itself_and_gets_its_readme() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &customers(&server));
    let of_file = place.run(&["describe", &file, "--json"]).exits(0).json();
    assert_eq!(
        (of_file["auth"][0]["kind"].as_str(), of_file["streams"][0]["name"].as_str()),
        (Some("bearer"), Some("customers"))
    );
    assert_eq!(of_file["streams"][0]["incremental"]["cursor"], "$.updated_at");
    place.run(&["import", &file]).exits(0);
    assert_eq!(place.run(&["describe", "sample-customers", "--json"]).exits(0).json(), of_file);
    assert!(place.run(&["describe", &file]).exits(0).stdout.contains("Bearer token"));
    let readme = place.run(&["docs", &file]).exits(0).stdout;
    assert!(readme.contains("| `account_no` | integer |") && readme.contains("--secret token=env:TOKEN"), "{readme}");
    place.run(&["docs", &file, "--out", "README.md"]).exits(0);
    place.run(&["docs", &file, "--out", "README.md"]).exits(2);
    place.run(&["docs", &file, "--out", "README.md", "--force"]).exits(0);
    assert_eq!(std::fs::read_to_string(place.path("README.md")).expect("a file"), readme);
    place.run(&["describe", "nobody"]).exits(2);
}
