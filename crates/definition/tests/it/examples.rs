use definition::{Document, to_yaml};
use std::path::{Path, PathBuf};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.to_string_lossy().ends_with(".connector.yaml")).collect()
}

#[test]
fn every_example_loads_and_round_trips() {
    let all = examples();
    assert!(all.len() >= 6, "{all:?}");
    for path in all {
        let text = std::fs::read_to_string(&path).unwrap();
        let document = Document::parse(&text).unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()));
        assert_eq!(document.text(), text);
        let again = Document::parse(&to_yaml(document.definition())).unwrap();
        assert_eq!(again.definition(), document.definition(), "{}", path.display());
    }
}

/// Every kind of the format has its shape here.
#[test]
fn every_kind_has_its_shape() {
    let text = include_str!("../data/kinds.connector.yaml");
    let document = Document::parse_shape(text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let faults = document.check();
    assert!(faults.is_empty(), "{faults:#?}");
    let again = Document::parse_shape(&to_yaml(document.definition())).unwrap();
    assert_eq!(again.definition(), document.definition());
}
