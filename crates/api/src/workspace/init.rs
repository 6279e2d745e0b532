//! A new workspace.

use super::{FILE, STATE, Workspace, connectors_in};
use crate::fixtures::storage;
use definition::Problem;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

const WORKSPACE: &str = "\
# This folder is a Tapwright workspace.
# Commands that are given here find connectors by their names.
workspace: 1
connectors: connectors
fixtures: fixtures
";

const IGNORE: &[&str] = &[
    "# State, databases, logs and recordings in the making: of one machine, not of the project.",
    ".tapwright/",
    "*.db",
    "*.db-wal",
    "*.db-shm",
    "*.tapwright-run",
    ".*.recording-*",
    ".*.replaced-*",
    "# Keys belong into the keyring or into the environment.",
    ".env",
    ".env.*",
];

const README: &str = "\
# Connectors

A workspace of Tapwright.

- `connectors/` holds the definitions, one `NAME.connector.yaml` a system.
- `fixtures/` holds recorded answers of each, without secrets, and what is expected of them.
- `tapwright.lock` names each connector's version and content; `tapwright lock --check` tells whether it is current.
- `.tapwright/` holds state, databases and logs of this machine; Git does not see it.

    tapwright validate            # every definition
    tapwright record NAME         # records answers of the real API
    tapwright test                # proves every connector, with no network
    tapwright preview NAME --fixtures fixtures/NAME
    tapwright sync NAME --to sqlite:NAME.db
";

/// What was made.
#[derive(Debug, PartialEq, Eq)]
pub struct Begun {
    /// The workspace.
    pub workspace: Workspace,
    /// The files that were made.
    pub made: Vec<String>,
    /// The files that were there and stay as they are.
    pub kept: Vec<String>,
}

/// Makes a folder a workspace. What is there stays as it is; `.gitignore` is added to.
///
/// # Errors
/// Where the disk refuses.
pub fn init(folder: &Path) -> Result<Begun, Problem> {
    let root = std::path::absolute(folder).map_err(|error| storage("workspace_unmade", "found", folder, &error))?;
    let bad = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| storage("workspace_unmade", "made", &path, &error)
    };
    for name in ["connectors", "fixtures", STATE] {
        std::fs::create_dir_all(root.join(name)).map_err(bad(&root.join(name)))?;
    }
    let mut begun = Begun { workspace: Workspace { root: root.clone() }, made: Vec::new(), kept: Vec::new() };
    let gitkeep = |name: &'static str| {
        connectors_in(&root.join("connectors")).is_ok_and(|found| found.is_empty()).then_some((name, ""))
    };
    let files = [(FILE, WORKSPACE), ("README.md", README)].into_iter();
    for (name, text) in files.chain(gitkeep("connectors/.gitkeep")).chain(gitkeep("fixtures/.gitkeep")) {
        let path = root.join(name);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
        {
            Ok(()) => begun.made.push(name.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => begun.kept.push(name.to_owned()),
            Err(error) => return Err(bad(&path)(error)),
        }
    }
    ignore(&root.join(".gitignore"), &mut begun).map_err(bad(&root.join(".gitignore")))?;
    if root.join(super::lock::FILE).exists() {
        begun.kept.push(super::lock::FILE.to_owned());
    } else {
        begun.workspace.write_lock()?;
        begun.made.push(super::lock::FILE.to_owned());
    }
    Ok(begun)
}

/// Adds the lines that are not there.
fn ignore(path: &Path, begun: &mut Begun) -> std::io::Result<()> {
    let old = match std::fs::read_to_string(path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let mut text = old.clone().unwrap_or_default();
    for line in IGNORE {
        if !text.lines().any(|have| have.trim() == *line) {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    let name = ".gitignore".to_owned();
    if old.as_deref() == Some(text.as_str()) {
        begun.kept.push(name);
        return Ok(());
    }
    super::write_whole(path, &text)?;
    begun.made.push(name);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::init;
    use crate::workspace::Workspace;

    #[test]
    fn a_folder_becomes_a_workspace_and_nothing_in_it_is_changed() {
        let place = tempfile::tempdir().expect("a folder");
        std::fs::write(place.path().join("README.md"), "mine").expect("written");
        std::fs::write(place.path().join(".gitignore"), "target").expect("written");
        let begun = init(place.path()).expect("made");
        assert!(
            begun.made.contains(&"tapwright.yaml".to_owned()) && begun.kept.contains(&"README.md".to_owned()),
            "{begun:?}"
        );
        let ignored = std::fs::read_to_string(place.path().join(".gitignore")).expect("read");
        assert!(ignored.starts_with("target\n") && ignored.contains("\n.tapwright/\n"), "{ignored}");
        assert_eq!(std::fs::read_to_string(place.path().join("README.md")).expect("read"), "mine");
        let again = init(place.path()).expect("made");
        assert!(again.made.is_empty(), "{again:?}");
        let inside = place.path().join("connectors").join("deep");
        std::fs::create_dir_all(&inside).expect("made");
        assert_eq!(Workspace::find(&inside), Some(begun.workspace));
        assert_eq!(Workspace::find(&std::env::temp_dir()), None);
    }
}
