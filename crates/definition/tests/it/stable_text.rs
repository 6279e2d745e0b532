use definition::{Document, to_yaml};

const TEXT: &str = "tapwright: 1\nname: a\ntitle: 'A # B'\n";

#[test]
fn nothing_edited_nothing_changed() {
    let document = Document::parse(TEXT).unwrap();
    let same = document.definition().clone();
    assert_eq!(document.with(same).text(), TEXT);
}

#[test]
fn an_edit_gives_the_stable_text() {
    let document = Document::parse(TEXT).unwrap();
    let mut other = document.definition().clone();
    other.title = "C".to_owned();
    let edited = document.with(other);
    let expected = "# yaml-language-server: $schema=connector-1.schema.json\ntapwright: 1\nname: a\ntitle: C\n";
    assert_eq!(edited.text(), expected);
}

#[test]
fn comments_are_told_from_text() {
    let cases = [
        (TEXT.to_owned(), false),
        (format!("# yaml-language-server: $schema=x.json\n{TEXT}"), false),
        (format!("# mine\n{TEXT}"), true),
        (format!("{TEXT}version: 1.0.0 # mine\n"), true),
        (format!("{TEXT}description: |\n  # no comment\n  in here\n"), false),
        (format!("{TEXT}docs: https://a.test/#part\n"), false),
        ("{\"tapwright\": 1, \"name\": \"a#b\"}".to_owned(), false),
    ];
    for (text, expected) in cases {
        assert_eq!(Document::parse_shape(&text).unwrap().has_comments(), expected, "{text}");
    }
}

#[test]
fn text_is_quoted_only_where_yaml_would_read_something_else() {
    let cases = [
        ("plain words", "plain words"),
        ("What's new, really?", "What's new, really?"),
        ("https://a.test/x", "https://a.test/x"),
        ("0.1.0", "0.1.0"),
        ("30s", "30s"),
        ("yes", "\"yes\""),
        ("Off", "\"Off\""),
        ("null", "\"null\""),
        ("~", "\"~\""),
        ("12", "\"12\""),
        ("1e3", "\"1e3\""),
        ("1_000", "\"1_000\""),
        ("0x1F", "\"0x1F\""),
        ("12:30:45", "\"12:30:45\""),
        ("2024-01-31", "\"2024-01-31\""),
        (".5", "\".5\""),
        ("- a", "\"- a\""),
        ("a: b", "\"a: b\""),
        ("a #b", "\"a #b\""),
        ("a:", "\"a:\""),
        ("{{ a }}", "\"{{ a }}\""),
        (" a", "\" a\""),
        ("a ", "\"a \""),
        ("tab\there", "\"tab\\there\""),
        ("*x", "\"*x\""),
        ("&x", "\"&x\""),
        ("<<", "\"<<\""),
        ("Überschrift – größer", "Überschrift – größer"),
        ("one\ntwo", "|-\n  one\n  two"),
        ("one\n\n  two\n", "|\n  one\n\n    two"),
    ];
    let base = Document::parse(TEXT).unwrap();
    for (title, expected) in cases {
        let mut definition = base.definition().clone();
        definition.title = title.to_owned();
        let text = to_yaml(&definition);
        assert!(text.ends_with(&format!("title: {expected}\n")), "{title:?} became {text}");
        assert_eq!(Document::parse(&text).unwrap().definition().title, title);
    }
}
