//! Names: quoted always, so that reserved words and any script are ordinary names.

use definition::{Problem, ProblemKind, Stage};

/// A name as an identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names as a list of identifiers.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

/// The table that a full read of a keyless stream goes to.
pub(super) fn staging(stream: &str) -> String {
    format!("_tapwright_new_{stream}")
}

/// Refuses names that SQLite, or this sink, keeps for itself.
pub(super) fn check_stream(name: &str) -> Result<(), Problem> {
    let lower = name.to_lowercase();
    if name.is_empty() || name.contains('\0') || lower.starts_with("sqlite_") || lower.starts_with("_tapwright") {
        let message = format!("A table cannot be named {name:?}.");
        let problem = Problem::new("bad_name", ProblemKind::Config, Stage::Write, message);
        return Err(problem.hint("Rename the stream: no empty name, none that begins with sqlite_ or _tapwright."));
    }
    Ok(())
}

/// A name for a column that none of `taken` bears. SQLite does not tell upper case from lower case, so `Id` beside
/// `id` becomes `Id_2`.
pub(super) fn free_column(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let name = if name.is_empty() { "_".to_owned() } else { name.replace('\0', "_") };
    let mut free = name.clone();
    let mut number = 2;
    while taken(&free) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}

/// Whether SQLite takes both for one name: it folds A to Z alone.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}
