//! Texts for other programs, and usage.

use crate::run::Place;

#[test]
fn help_schema_completions_and_manual_are_printed() {
    let place = Place::new();
    assert!(place.run(&["--version"]).exits(0).stdout.starts_with("tapwright "));
    let help = place.run(&["--help"]).exits(0).stdout;
    for word in [
        "new",
        "validate",
        "check",
        "preview",
        "schema",
        "kinds",
        "expressions",
        "sample-api",
        "sync",
        "connect",
        "list",
        "show",
        "logs",
        "delete",
        "import",
        "export",
        "completions",
        "man",
    ] {
        assert!(help.contains(word), "{word}");
    }
    let schema = place.run(&["schema"]).exits(0).json();
    assert!(schema["$schema"].is_string() && schema["properties"]["streams"].is_object());
    let kinds = place.run(&["kinds"]).exits(0).stdout;
    assert!(kinds.contains("aws_sigv4") && kinds.contains("link_header"), "{kinds}");
    let auth = place.run(&["kinds", "auth", "--json"]).exits(0).json();
    assert_eq!(auth["kinds"][1]["type"], "bearer");
    let paginate = place.run(&["kinds", "paginate"]).exits(0).stdout;
    assert!(paginate.contains("(required)") && paginate.contains("example: {\"type\":\"offset\""), "{paginate}");
    assert!(place.run(&["kinds", "pagination"]).exits(2).stderr.contains("paginate"));
    let expressions = place.run(&["expressions"]).exits(0).stdout;
    assert!(expressions.contains("now() - duration('P7D')  →  "), "{expressions}");
    assert!(!place.run(&["expressions", "base64"]).exits(0).stdout.contains("regex"));
    let all = place.run(&["expressions", "--json"]).exits(0).json();
    assert!(
        all.as_array().unwrap().iter().any(|entry| entry["name"] == "hmac" && entry["kind"] == "filter_or_function")
    );
    assert!(place.run(&["completions", "bash"]).exits(0).stdout.contains("complete -F"));
    let manual = place.run(&["man"]).exits(0).stdout;
    assert!(manual.starts_with(".ie") || manual.contains(".TH tapwright"));
    assert!(
        manual.contains("max_attempts") || manual.contains("\\-\\-secret"),
        "the manual names the options of each command"
    );
}

#[test]
fn what_cannot_be_meant_is_a_fault_of_usage() {
    let place = Place::new();
    for args in [
        &["nothing"][..],
        &["sync"],
        &["sync", "missing.connector.yaml", "--to", "sqlite:x.db"],
        &["sync", "missing.connector.yaml", "--to", "postgres"],
        &["validate", "missing.yaml"],
        &["preview", "x.yaml", "--limit", "0"],
        &["list", "--quiet", "--verbose"],
    ] {
        place.run(args).exits(2);
    }
}

#[test]
fn faults_of_a_definition_come_all_at_once_with_their_lines() {
    let place = Place::new();
    let text = "tapwright: 1\nname: acme\nhttp:\n  base_url: https://acme.test\n  timeuot: 3s\nstreams:\n  - name: a\n    reqest: {path: /a}\n";
    place.write("a.connector.yaml", text);
    let ran = place.run(&["validate", "a.connector.yaml", "--json"]).exits(2);
    let faults = ran.json()["faults"].as_array().cloned().expect("faults");
    assert!(faults.len() >= 2, "{faults:?}");
    let at = |path: &str| faults.iter().find(|fault| fault["path"].as_str().is_some_and(|given| given.contains(path)));
    assert_eq!(at("timeuot").expect("the first")["line"], 5);
    assert_eq!(at("reqest").expect("the second")["line"], 8);
    let shown = place.run(&["validate", "a.connector.yaml"]).exits(2).stdout;
    assert!(shown.contains("line 5") && shown.contains("timeout"), "{shown}");
    // The same faults keep a sync from beginning.
    place.run(&["sync", "a.connector.yaml", "--to", "jsonl:-"]).exits(2);
}
