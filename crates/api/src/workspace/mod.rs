//! Workspaces: a folder of connectors and their recordings, made for Git. What belongs to one person or one machine
//! (state, databases, logs) lies in `.tapwright/`, which Git does not see; secrets lie in none of it.

mod init;
mod lock;

pub use init::{Begun, init};
pub use lock::{Lock, Locked};

use crate::fixtures::{bad_folder, storage};
use definition::{Document, Problem};
use serde::Deserialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The file that makes a folder a workspace.
pub const FILE: &str = "tapwright.yaml";
/// The folder of what is not shared.
const STATE: &str = ".tapwright";
/// The version of workspaces.
const VERSION: u32 = 1;

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    workspace: u32,
    #[serde(default = "connectors_folder")]
    connectors: String,
    #[serde(default = "fixtures_folder")]
    fixtures: String,
}

fn connectors_folder() -> String {
    "connectors".to_owned()
}

fn fixtures_folder() -> String {
    "fixtures".to_owned()
}

/// A connector's file in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectorFile {
    /// The name that the definition says; the file's own where it has faults.
    pub name: String,
    /// The file.
    pub path: PathBuf,
}

impl Workspace {
    /// The workspace that a folder or file lies in: the nearest one upwards.
    pub fn find(from: &Path) -> Option<Self> {
        let from = std::path::absolute(from).ok()?;
        let root = from.ancestors().find(|folder| folder.join(FILE).is_file())?;
        Some(Self { root: root.to_owned() })
    }

    /// The workspace that the program was started in.
    pub fn here() -> Option<Self> {
        Self::find(&std::env::current_dir().ok()?)
    }

    /// The place of state, databases and logs.
    pub fn state(&self) -> PathBuf {
        self.root.join(STATE)
    }

    /// The recording of a connector.
    pub fn fixtures(&self, connector: &str) -> PathBuf {
        let folder = self.file().map_or_else(|_| fixtures_folder(), |file| file.fixtures);
        self.root.join(folder).join(connector)
    }

    /// The connectors' files, by name.
    ///
    /// # Errors
    /// Where the workspace's file is not as it should be, or a folder can't be read.
    pub fn connectors(&self) -> Result<Vec<ConnectorFile>, Problem> {
        connectors_in(&self.root.join(self.file()?.connectors))
    }

    /// The file of a connector.
    ///
    /// # Errors
    /// Where the workspace can't be read, or two files have the name.
    pub fn connector(&self, name: &str) -> Result<Option<PathBuf>, Problem> {
        let mut fitting: Vec<_> = self.connectors()?.into_iter().filter(|file| file.name == name).collect();
        if fitting.len() > 1 {
            let files: Vec<String> = fitting.iter().map(|file| file.path.display().to_string()).collect();
            return Err(bad_folder(format!(
                "Several files of the workspace are the connector {name}: {}.",
                files.join(", ")
            )));
        }
        Ok(fitting.pop().map(|file| file.path))
    }

    /// A path as it stands in the workspace: `connectors/acme.connector.yaml`.
    pub fn relative(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    fn file(&self) -> Result<File, Problem> {
        let path = self.root.join(FILE);
        let text =
            std::fs::read_to_string(&path).map_err(|error| storage("workspace_unread", "read", &path, &error))?;
        let file: File = serde_saphyr::from_str(&text).map_err(|error| {
            bad_folder(format!("{} is not as it should be: {error}.", path.display()))
                .hint("It says `workspace: 1`, and may say `connectors: FOLDER` and `fixtures: FOLDER`.")
        })?;
        if file.workspace > VERSION {
            let message = format!("{} is of a newer version of Tapwright.", path.display());
            return Err(bad_folder(message).hint("Install the newest one."));
        }
        Ok(file)
    }
}

/// The connectors' files of a folder and its folders, by name. Files without `.connector.` in their names are none.
///
/// # Errors
/// Where the folder can't be read.
pub fn connectors_in(folder: &Path) -> Result<Vec<ConnectorFile>, Problem> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(storage("workspace_unread", "read", &folder, &error)),
        };
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !name.starts_with('.') && name != "node_modules" && name != "target" {
                open.push(entry.path());
            } else if !is_folder {
                found.extend(connector_file(&name, entry.path()));
            }
        }
    }
    found.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    Ok(found)
}

/// The connectors' files right in a folder.
pub(crate) fn connectors_of(folder: &Path) -> Result<Vec<ConnectorFile>, Problem> {
    let entries = std::fs::read_dir(folder).map_err(|error| storage("workspace_unread", "read", folder, &error))?;
    let files = entries.filter_map(Result::ok).filter(|entry| entry.path().is_file());
    Ok(files.filter_map(|entry| connector_file(&entry.file_name().to_string_lossy(), entry.path())).collect())
}

fn connector_file(name: &str, path: PathBuf) -> Option<ConnectorFile> {
    let stem = connector_stem(name)?;
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let said = Document::parse_shape(&text).ok().map(|document| document.definition().name.clone());
    Some(ConnectorFile { name: said.unwrap_or_else(|| stem.to_owned()), path })
}

fn connector_stem(name: &str) -> Option<&str> {
    ["yaml", "yml", "json"].iter().find_map(|end| name.strip_suffix(end)?.strip_suffix(".connector."))
}

/// Writes a file: whole, or not at all.
pub(crate) fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}-new", std::process::id()));
    let written = std::fs::File::create(&beside)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
