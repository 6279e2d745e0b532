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

/// Every kind of the format has its shape here, also those that this version does not run.
#[test]
fn every_kind_has_its_shape() {
    let text = include_str!("../data/kinds.connector.yaml");
    let document = Document::parse_shape(text).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let faults = document.check();
    let others: Vec<_> = faults.iter().filter(|fault| fault.code != "not_yet").collect();
    assert!(others.is_empty(), "{others:#?}");
    assert!(faults.iter().all(|fault| fault.line.is_some()), "{faults:#?}");
    let kinds: Vec<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert!(kinds.contains(&"streams[2].source"), "{kinds:?}");
    let again = Document::parse_shape(&to_yaml(document.definition())).unwrap();
    assert_eq!(again.definition(), document.definition());
}
