//! The lock file: each connector's version and content, so that a change of either is seen in review.

use super::Workspace;
use crate::fixtures::{bad_folder, storage};
use definition::{Document, Problem};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Its name.
pub(super) const FILE: &str = "tapwright.lock";

/// A connector as the lock file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// Its name.
    pub name: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// Its file in the workspace.
    pub file: String,
    /// The SHA-256 of its text, line ends as `\n`.
    pub sha256: String,
}

/// All connectors of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The version of this format.
    pub lock: u32,
    /// By name.
    #[serde(default)]
    pub connectors: Vec<Locked>,
}

impl Lock {
    /// The file's text.
    pub fn to_text(&self) -> String {
        let mut text =
            "# Written by `tapwright lock`. `tapwright lock --check` tells whether it is current.\nlock: 1\n"
                .to_owned();
        text.push_str(if self.connectors.is_empty() { "connectors: []\n" } else { "connectors:\n" });
        for one in &self.connectors {
            let quoted = |text: &str| serde_json::Value::from(text).to_string();
            let _ = writeln!(text, "  - name: {}", quoted(&one.name));
            let _ = writeln!(text, "    version: {}", quoted(&one.version));
            let _ = writeln!(text, "    file: {}", quoted(&one.file));
            let _ = writeln!(text, "    sha256: {}", quoted(&one.sha256));
        }
        text
    }

    /// How what is there now differs, a line a connector.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let find = |lock: &'_ Self, name: &str| lock.connectors.iter().find(|one| one.name == name).cloned();
        let mut lines = Vec::new();
        for old in &self.connectors {
            match find(now, &old.name) {
                None => lines.push(format!("- {} {} is gone", old.name, old.version)),
                Some(new) if new.version != old.version => {
                    lines.push(format!("~ {}: version {} -> {}", old.name, old.version, new.version));
                }
                Some(new) if new.sha256 != old.sha256 => {
                    lines.push(format!("~ {}: its content changed, its version ({}) did not", old.name, old.version));
                }
                Some(new) if new.file != old.file => {
                    lines.push(format!("~ {}: {} -> {}", old.name, old.file, new.file))
                }
                Some(_) => {}
            }
        }
        let added = now.connectors.iter().filter(|one| find(self, &one.name).is_none());
        lines.extend(added.map(|one| format!("+ {} {} is new", one.name, one.version)));
        lines
    }
}

impl Workspace {
    /// What the lock file should say now.
    ///
    /// # Errors
    /// Where a connector can't be read.
    pub fn lock_now(&self) -> Result<Lock, Problem> {
        let mut connectors = Vec::new();
        for file in self.connectors()? {
            let text = std::fs::read_to_string(&file.path)
                .map_err(|error| storage("workspace_unread", "read", &file.path, &error))?;
            let version = Document::parse_shape(&text).map(|document| document.definition().version.clone());
            connectors.push(Locked {
                name: file.name,
                version: version.unwrap_or_default(),
                file: self.relative(&file.path),
                sha256: hex::encode(Sha256::digest(text.replace("\r\n", "\n"))),
            });
        }
        Ok(Lock { lock: 1, connectors })
    }

    /// The lock file; an empty one where there is none.
    ///
    /// # Errors
    /// Where it is not as it should be.
    pub fn lock_file(&self) -> Result<Lock, Problem> {
        let path = self.root.join(FILE);
        match std::fs::read_to_string(&path) {
            Ok(text) => serde_saphyr::from_str(&text)
                .map_err(|error| bad_folder(format!("{} is not as it should be: {error}.", path.display()))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Lock { lock: 1, ..Lock::default() }),
            Err(error) => Err(storage("workspace_unread", "read", &path, &error)),
        }
    }

    /// Writes the lock file. Tells how it differs from the one before.
    ///
    /// # Errors
    /// Where a connector can't be read, or the disk refuses.
    pub fn write_lock(&self) -> Result<Vec<String>, Problem> {
        let now = self.lock_now()?;
        // One that can't be read is written anew.
        let before = self.lock_file().unwrap_or_default();
        let path = self.root.join(FILE);
        let is_current = std::fs::read_to_string(&path).is_ok_and(|text| text == now.to_text());
        if !is_current {
            super::write_whole(&path, &now.to_text())
                .map_err(|error| storage("lock_unwritten", "written", &path, &error))?;
        }
        Ok(before.differences(&now))
    }
}

#[cfg(test)]
mod tests {
    use crate::workspace::init;

    const TEXT: &str = "tapwright: 1\nname: acme\nversion: 0.1.0\nhttp: {base_url: 'http://a.test'}\nstreams: []\n";

    #[test]
    fn a_change_of_content_or_version_is_seen() {
        let place = tempfile::tempdir().expect("a folder");
        let workspace = init(place.path()).expect("made").workspace;
        let file = place.path().join("connectors").join("acme.connector.yaml");
        let differences = || workspace.lock_file().expect("read").differences(&workspace.lock_now().expect("read"));
        std::fs::write(&file, TEXT).expect("written");
        assert_eq!(differences(), ["+ acme 0.1.0 is new"]);
        workspace.write_lock().expect("written");
        assert!(differences().is_empty());
        std::fs::write(&file, TEXT.replace('\n', "\r\n")).expect("written");
        assert!(differences().is_empty(), "line ends do not count");
        std::fs::write(&file, TEXT.replace("a.test", "b.test")).expect("written");
        assert!(differences()[0].contains("its content changed"), "{:?}", differences());
        std::fs::write(&file, TEXT.replace("0.1.0", "0.2.0")).expect("written");
        assert_eq!(differences(), ["~ acme: version 0.1.0 -> 0.2.0"]);
        std::fs::remove_file(&file).expect("removed");
        assert_eq!(differences(), ["- acme 0.1.0 is gone"]);
    }
}
