use definition::{Document, Fault};

fn one(text: &str) -> Fault {
    let mut faults = Document::parse(text).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

const HEAD: &str = "tapwright: 1\nname: a\n";

#[test]
fn text_that_is_no_definition_gets_one_fault() {
    let deep = format!("{HEAD}title: {}1{}\n", "[".repeat(2000), "]".repeat(2000));
    let deep_blocks = (0..3000).fold(HEAD.to_owned(), |text, level| text + &" ".repeat(level) + "a:\n");
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        laughs.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    let cases = [
        ("", "empty", None),
        ("  \n\n", "empty", None),
        ("tapwright: 1\nname: a\u{0}b\n", "not_text", Some(2)),
        ("tapwright: 1\n\tname: a\n", "bad_yaml", Some(2)),
        ("tapwright: 1\nhttp:\n\tbase_url: a\n", "bad_yaml", Some(3)),
        ("tapwright: 1\nname: [a\n", "bad_yaml", None),
        ("tapwright: 1\nname: a\nname: b\n", "duplicate_key", Some(3)),
        ("{\"tapwright\": 1, \"name\": \"a\", \"name\": \"b\"}", "duplicate_key", Some(1)),
        ("tapwright: 1\nname: a\n---\ntapwright: 1\nname: b\n", "*", None),
        ("- a\n- b\n", "not_a_definition", Some(1)),
        ("just text", "not_a_definition", Some(1)),
        ("<html><body>Not found</body></html>", "not_a_definition", Some(1)),
        ("name: a\n", "missing_version", Some(1)),
        ("tapwright: 2\nname: a\nnew: thing\n", "newer_version", Some(1)),
        ("tapwright: 0\nname: a\n", "unknown_version", Some(1)),
        ("tapwright: one\nname: a\n", "unknown_version", Some(1)),
        ("tapwright: *nothing\n", "bad_yaml", Some(1)),
        ("tapwright: 1\nname: a\ntitle: 0755\n", "ambiguous_number", Some(3)),
        ("tapwright: 1\nname: a\ntitle: 123456789012345678901\n", "ambiguous_number", Some(3)),
        (deep.as_str(), "*", None),
        (deep_blocks.as_str(), "*", None),
        (laughs.as_str(), "over_limit", None),
    ];
    for (text, code, line) in cases {
        let fault = one(text);
        let shown: String = text.chars().take(80).collect();
        assert!(code == "*" || fault.code == code, "{shown:?}: {fault:?}");
        assert!(line.is_none() || fault.line == line, "{shown:?}: {fault:?}");
        assert!(fault.message.len() < 400 && !fault.message.contains("serde"), "{shown:?}: {fault:?}");
    }
}

#[test]
fn too_long_a_text_is_refused_unread() {
    let text = format!("{HEAD}description: {}\n", "a".repeat(5 * 1024 * 1024));
    assert_eq!(one(&text).code, "too_large");
}

#[test]
fn a_mark_at_the_start_and_line_ends_of_windows_do_not_matter() {
    let text = "\u{feff}tapwright: 1\r\nname: a\r\ndescription: |\r\n  one\r\n  two\r\n";
    let document = Document::parse(text).unwrap();
    assert_eq!(document.definition().description, "one\ntwo\n");
    assert_eq!(document.text(), text);
}

#[test]
fn words_of_yaml_1_1_stay_text() {
    let text = format!("{HEAD}config:\n  - {{name: a, type: list, default: [yes, no, on, off, 2024-01-31, 1:30]}}\n");
    let document = Document::parse(&text).unwrap();
    let default = document.definition().config[0].default.clone().unwrap();
    assert_eq!(default.to_string(), r#"["yes","no","on","off","2024-01-31","1:30"]"#);
}

#[test]
fn a_large_definition_is_read() {
    let fields: String =
        (0..60).map(|n| format!("      - {{name: f{n}, from: \"$.a.f{n}\", transform: [trim]}}\n")).collect();
    let streams: String =
        (0..400).map(|n| format!("  - name: s{n}\n    request: {{path: /s}}\n    fields:\n{fields}")).collect();
    let text = format!("{HEAD}http: {{base_url: https://a.test}}\nstreams:\n{streams}");
    assert!(text.len() > 1_200_000, "{}", text.len());
    assert_eq!(Document::parse(&text).unwrap().definition().streams.len(), 400);
    let faulty = text.replace("transform: [trim]", "transfrm: [trim]");
    let faults = Document::parse(&faulty).unwrap_err();
    assert_eq!(faults.len(), 200, "the list of faults is cut");
    assert!(faults.iter().all(|fault| fault.line.is_some()));
}

#[test]
fn anchors_and_merges_are_read() {
    let text = format!(
        "{HEAD}http: &shared\n  base_url: https://a.test\n  headers: &h {{Accept: a}}\nstreams:\n  - name: s\n    \
         request: {{path: /s, headers: {{<<: *h, B: b}}}}\n"
    );
    let document = Document::parse(&text).unwrap();
    assert_eq!(document.definition().streams[0].request.headers.len(), 2);
}

/// Chains that make a parser call itself, `length` links long.
fn chains(length: usize) -> Vec<String> {
    let many = |part: &str| part.repeat(length);
    vec![
        format!("filter: '{{{{ {} }}}}'", many("(")),
        format!("filter: '{{{{ {}1 }}}}'", many("-")),
        format!("filter: '{{{{ {}1{} }}}}'", many("["), many("]")),
        format!("filter: '{}'", many("{% if a %}")),
        format!("filter: '{{{{ record{} }}}}'", many(".b")),
        format!("filter: '{{{{ {} 1 }}}}'", many("not ")),
        format!("filter: '{{{{ 1 {} }}}}'", many("+1")),
        format!("filter: '{{{{ 1 {} }}}}'", many("**1")),
        format!("filter: '{{{{ 1 {} }}}}'", many("if 1 else 2 ")),
        format!("filter: '{{{{ 1 {} }}}}'", many("|f")),
        format!("filter: '{{% if 1 %}}{}{{% endif %}}'", many("{% elif 1 %}")),
        format!("path: '$[?{}@.a{}]'", many("("), many(")")),
        format!("path: '$[?{}@.a]'", many("!")),
        format!("path: '$[?{}@.b]'", many("@.a && ")),
        format!("path: '$[?@.a=={}1{}]'", many("length("), many(")")),
        format!("path: '${}'", many("[")),
    ]
}

#[test]
fn hostile_expressions_and_paths_are_faults() {
    for length in [50, 148, 290, 560, 5_000, 50_000] {
        for records in chains(length) {
            let http = "http: {base_url: https://a.test}";
            let text = format!("{HEAD}{http}\nstreams: [{{name: s, records: {{{records}}}}}]\n");
            let faults = Document::parse(&text).err().unwrap_or_default();
            assert!(length < 600 || !faults.is_empty(), "{records:.100}");
            assert!(faults.iter().all(|fault| fault.message.len() < 1000), "{faults:?}");
        }
    }
}

#[test]
fn hostile_patterns_are_faults() {
    let nested = format!("{HEAD}config: [{{name: a, pattern: \"{}\"}}]\n", "(".repeat(100_000));
    assert_eq!(one(&nested).code, "bad_pattern");
    let large = format!("{HEAD}config: [{{name: a, pattern: \"(a{{1000}}){{1000}}\"}}]\n");
    assert_eq!(one(&large).code, "bad_pattern");
}
