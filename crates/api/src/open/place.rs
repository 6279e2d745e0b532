//! What a path leads to: data, a database, a connector, a folder of connectors.

use crate::app::{App, blocking};
use crate::contract::{FolderConnector, FolderLook, OpenSource};
use crate::workspace::{self, ConnectorFile, Workspace, connectors_in};
use definition::{Document, Problem, ProblemKind, Stage};
use engine::source::files::{has_data, looks_like_data};
use formats::{Recognised, recognise};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The longest path that is looked for.
const LONGEST: usize = 4096;
/// The largest file that is read as text that may be opened, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;
/// How every file of SQLite begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// What a path leads to.
#[derive(Debug)]
pub(super) enum Place {
    /// A folder or a file of data.
    Data(PathBuf),
    /// A file that is a database.
    Database(String),
    /// The text of a definition, or of a request.
    Text(String),
}

/// What a text leads to, where it is a path. An error: it is a path, and nothing is there.
pub(super) fn place(text: &str) -> Result<Option<Place>, Problem> {
    let Some((path, sure)) = path_of(text) else { return Ok(None) };
    if path.is_file() {
        if is_sqlite(&path) {
            return Ok(Some(Place::Database(format!("sqlite:{}", path.display()))));
        }
        if let Some(text) = text_in(&path) {
            return Ok(Some(Place::Text(text)));
        }
    }
    if looks_like_data(&path) {
        return Ok(Some(Place::Data(path)));
    }
    if sure && !path.exists() {
        let message = format!("There is no file or folder {}.", path.display());
        return Err(Problem::new("no_folder", ProblemKind::Config, Stage::Open, message)
            .hint("Check the path. A folder is read with all data files in it."));
    }
    if sure && path.is_file() {
        let message = format!("{} is neither data nor a connector.", path.display());
        return Err(Problem::new("unknown_file", ProblemKind::Data, Stage::Open, message)
            .hint("CSV, TSV, JSON and JSON lines are read, also packed with gzip or zstd, and SQLite's files."));
    }
    Ok(None)
}

/// The path that a text may be, and whether it is surely meant as one.
fn path_of(text: &str) -> Option<(PathBuf, bool)> {
    let text = text.trim().trim_matches(['"', '\'']);
    if text.is_empty() || text.len() > LONGEST || text.contains(['\n', '{', '\0']) {
        return None;
    }
    let bare = text.strip_prefix("file://").unwrap_or(text);
    let path = match bare.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(bare),
    };
    let like_path = bare != text || ["/", "./", "../", "~/"].iter().any(|start| bare.starts_with(start));
    let sure = like_path && (!bare.contains(' ') || path.exists());
    Some((path, sure))
}

fn is_sqlite(path: &Path) -> bool {
    let mut head = [0; 16];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == SQLITE
}

/// The text of a file that holds a definition, or something else that is opened by its content.
fn text_in(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let written = [".yaml", ".yml"].iter().any(|end| name.ends_with(end)) || name.contains(".connector.");
    let unsure = !written && !name.ends_with(".json") && looks_like_data(path);
    if unsure || std::fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    let text = std::fs::read_to_string(path).ok()?;
    // A faulty connector is opened with its faults; a JSON document is data unless it says that it is something else.
    let told = written
        || match recognise(&text) {
            Recognised::Unknown(problem) => problem.code == "not_read_yet",
            _ => true,
        };
    told.then_some(text)
}

/// What a chosen or dropped file or folder is opened by: its text where that tells what it is, or the path.
#[must_use]
pub fn openable(path: &Path) -> String {
    text_in(path).unwrap_or_else(|| path.display().to_string())
}

/// Looks at a folder before it is opened: its connectors, and whether it has data.
pub(crate) async fn look(app: &App, request: OpenSource) -> Result<FolderLook, Problem> {
    let kept: Vec<String> = app.store().connectors().await?.into_iter().map(|connector| connector.name).collect();
    blocking(move || {
        let none = FolderLook { folder: String::new(), workspace: false, connectors: Vec::new(), data: false };
        let Some((folder, _)) = path_of(request.text.open()) else { return Ok(none) };
        if !folder.is_dir() {
            return Ok(none);
        }
        let root = std::path::absolute(&folder).unwrap_or(folder);
        let space = Some(Workspace { root: root.clone() }).filter(|space| space.root.join(workspace::FILE).is_file());
        let files = match &space {
            Some(space) => space.connectors()?,
            None => loose(&root)?,
        };
        let space = space.is_some();
        let connectors: Vec<FolderConnector> = files.iter().map(|file| one(&root, space, file, &kept)).collect();
        Ok(FolderLook { folder: root.display().to_string(), workspace: space, data: has_data(&root), connectors })
    })
    .await
}

/// The connectors of a folder that is no workspace: those in it and in its folder `connectors`.
fn loose(folder: &Path) -> Result<Vec<ConnectorFile>, Problem> {
    let mut found = connectors_in(&folder.join("connectors"))?;
    found.extend(workspace::connectors_of(folder)?);
    found.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    Ok(found)
}

fn one(root: &Path, workspace: bool, file: &ConnectorFile, kept: &[String]) -> FolderConnector {
    let text = std::fs::read_to_string(&file.path).unwrap_or_default();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let (title, streams, faults) = match Document::parse_shape(&text) {
        Ok(document) => {
            let definition = document.definition();
            (definition.title.clone(), count(definition.streams.len()), count(document.check().len()))
        }
        Err(faults) => (String::new(), 0, count(faults.len())),
    };
    let space = Workspace { root: root.to_owned() };
    FolderConnector {
        title: if title.is_empty() { file.name.clone() } else { title },
        file: space.relative(&file.path),
        path: file.path.display().to_string(),
        streams,
        faults,
        recorded: workspace && space.fixtures(&file.name).is_dir(),
        kept: kept.contains(&file.name),
        name: file.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, openable, place};

    #[test]
    fn a_path_leads_to_what_the_file_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.csv"), "id\n1\n").unwrap();
        std::fs::write(at("b.json"), "[{\"id\": 1}]").unwrap();
        std::fs::write(at("c.connector.yaml"), "tapwright: 1\nname: c\n").unwrap();
        std::fs::write(at("d.db"), b"SQLite format 3\0and more").unwrap();
        std::fs::write(at("e.png"), [0x89, b'P', b'N', b'G']).unwrap();
        let told = |name: &str| place(&at(name).display().to_string());
        assert!(matches!(told("a.csv"), Ok(Some(Place::Data(_)))));
        assert!(matches!(told("b.json"), Ok(Some(Place::Data(_)))));
        assert!(matches!(told("c.connector.yaml"), Ok(Some(Place::Text(text))) if text.contains("name: c")));
        assert!(matches!(told("d.db"), Ok(Some(Place::Database(url))) if url.starts_with("sqlite:/")));
        assert_eq!(told("e.png").unwrap_err().code, "unknown_file");
        assert_eq!(told("f.csv").unwrap_err().code, "no_folder");
        assert!(matches!(place(&folder.path().display().to_string()), Ok(Some(Place::Data(_)))));
        assert!(matches!(place("https://api.test/x"), Ok(None)));
        assert!(openable(&at("c.connector.yaml")).starts_with("tapwright: 1"));
        assert_eq!(openable(&at("a.csv")), at("a.csv").display().to_string());
    }
}
