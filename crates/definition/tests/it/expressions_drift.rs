use std::path::Path;

const MARK: &str = "<!-- From here on written by the table in crates/definition/src/expression. -->";

/// The guide lists what the table says. `UPDATE=1 cargo nextest run -p definition` writes it anew.
#[test]
fn the_guide_lists_what_expressions_may_use() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/expressions.md");
    let committed = std::fs::read_to_string(&path).unwrap();
    let (front, _) = committed.split_once(MARK).expect("the guide has a mark");
    let now = format!("{front}{MARK}\n{}", definition::expression::markdown());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
        return;
    }
    assert!(
        committed == now,
        "docs/guide/expressions.md is not what the table says. Run `UPDATE=1 cargo nextest run -p definition` and commit it."
    );
}

#[test]
fn no_name_stands_twice() {
    let mut seen = std::collections::BTreeSet::new();
    for entry in definition::expression::catalog() {
        for name in std::iter::once(entry.name).chain(entry.aliases.iter().copied()) {
            assert!(seen.insert((entry.heading(), name)), "{name}");
        }
        assert!(!entry.words.is_empty() && !entry.signature.is_empty() && !entry.example.is_empty());
    }
}
