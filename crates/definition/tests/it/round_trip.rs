use definition::{Document, to_yaml};

const SAMPLE: &str = include_str!("../data/sample.connector.yaml");

#[test]
fn the_sample_round_trips() {
    let document = Document::parse_shape(SAMPLE).unwrap();
    let text = to_yaml(document.definition());
    println!("{text}");
    let again = Document::parse_shape(&text).unwrap();
    assert_eq!(again.definition(), document.definition());
    assert_eq!(to_yaml(again.definition()), text);
    assert!(document.has_comments());
    assert!(!again.has_comments());
}
