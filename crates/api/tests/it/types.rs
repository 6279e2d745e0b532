//! The generated TypeScript is the one that is committed.

use std::path::Path;

#[test]
fn typescript_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/api/types.gen.ts");
    let fresh = api::typescript();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder made");
        std::fs::write(&path, &fresh).expect("file written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == fresh,
        "ui/src/api/types.gen.ts differs from the Rust types. `UPDATE=1 cargo nextest run -p api` writes it anew."
    );
}

#[test]
fn commands_have_names_of_their_own() {
    let mut names = api::COMMANDS.to_vec();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), api::COMMANDS.len());
}
