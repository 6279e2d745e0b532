//! What a command is about: a definition's file, or a connection.

use crate::args::Values;
use crate::host;
use crate::values::{self, usage};
use api::App;
use api::fixtures::Offline;
use api::workspace::Workspace;
use definition::{Document, Problem, Secret};
use engine::config::ConfigValues;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A definition with the values to run it.
#[derive(Debug)]
pub struct Target {
    /// The definition.
    pub definition: definition::Definition,
    /// Its values.
    pub config: ConfigValues,
    /// The connection, where it is one.
    pub connection: Option<Kept>,
}

/// What is known of a connection.
#[derive(Debug)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// Where its records go, as it is kept.
    pub destination: String,
    /// The password of that place, where it has one.
    pub destination_password: Option<Secret>,
    /// Secrets that were given for this call, or asked for.
    pub fresh: BTreeMap<String, Secret>,
}

/// Reads a definition's file.
///
/// # Errors
/// Where it can't be read, or has faults: all of them.
pub fn read_document(file: &Path) -> Result<Document, Problem> {
    let text = read_text(file)?;
    Document::parse(&text).map_err(|faults| {
        let mut problem = Problem::faulty(faults);
        problem.request = None;
        problem
    })
}

/// Reads a text file.
///
/// # Errors
/// Where it can't be read, or is no text.
pub fn read_text(file: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(file).map_err(|fault| {
        let problem = usage(format!("The file {} can't be read: {fault}.", file.display()));
        if fault.kind() == std::io::ErrorKind::NotFound { problem.hint("Is the path right?") } else { problem }
    })
}

/// Whether a word means a file: it is one, or looks like a path.
pub fn is_file(word: &str) -> bool {
    let path = Path::new(word);
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    path.is_file() || word.contains(std::path::MAIN_SEPARATOR) || matches!(extension, "yaml" | "yml" | "json")
}

/// The definition's file that a word means: its path, or a connector of this workspace by its name.
///
/// # Errors
/// Where the workspace can't be read.
pub fn file_of(word: &str) -> Result<Option<PathBuf>, Problem> {
    if is_file(word) && !Path::new(word).is_dir() {
        return Ok(Some(PathBuf::from(word)));
    }
    match Workspace::here() {
        Some(workspace) if !Path::new(word).is_dir() => workspace.connector(word),
        _ => Ok(None),
    }
}

impl From<Offline> for Target {
    fn from(offline: Offline) -> Self {
        Self { definition: offline.definition, config: offline.config, connection: None }
    }
}

/// A definition's file or a connection's definition, with a recording in place of the network. Nothing is asked for.
///
/// # Errors
/// Where there is no such thing, or no recording.
pub async fn load_offline(
    word: &str,
    given: &Values,
    fixtures: &Path,
    app: impl AsyncFnOnce() -> Result<App, Problem>,
) -> Result<Offline, Problem> {
    let given = values::read(given)?;
    let definition = if let Some(file) = file_of(word)? {
        read_document(&file)?.definition().clone()
    } else {
        let app = app().await?;
        let kept = api::headless::connection(&app, word).await?;
        app.close().await;
        kept.definition
    };
    let folder = crate::commands::named_folder(fixtures, &definition.name);
    Offline::open(&definition, &folder, &given.values)
}

/// Reads the definition and settles its values; asks for what is missing.
///
/// # Errors
/// Where there is no such thing, or values are missing.
pub async fn load(
    word: &str,
    given: &Values,
    data_dir: Option<PathBuf>,
    app: impl AsyncFnOnce() -> Result<App, Problem>,
) -> Result<Target, Problem> {
    let code = given.code.clone();
    let given = values::read(given)?;
    if let Some(file) = file_of(word)? {
        let definition = read_document(&file)?.definition().clone();
        let mut config = values::resolve(&definition, given)?;
        let tokens = if api::headless::keeps_tokens(&definition) {
            Some(api::headless::file_host(data_dir, &file).await?)
        } else {
            None
        };
        config.host = host::around(tokens, code);
        return Ok(Target { definition, config, connection: None });
    }
    let app = app().await?;
    let kept = api::headless::connection(&app, word).await?;
    app.close().await;
    let known = kept.config.secrets.clone();
    // What is given for this call goes before what is kept.
    let mut all = values::Given { values: kept.config.values, secrets: kept.config.secrets };
    all.values.extend(given.values);
    all.secrets.extend(given.secrets);
    let locked = kept.locked;
    let tokens = kept.config.host.0;
    let mut config = values::resolve(&kept.definition, all).map_err(|problem| match locked {
        Some(locked) if problem.code == "secret_missing" => problem.detail(locked.to_string()),
        _ => problem,
    })?;
    config.host = host::around(tokens, code);
    let mut fresh = config.secrets.clone();
    fresh.retain(|name, secret| known.get(name) != Some(secret));
    Ok(Target {
        definition: kept.definition,
        config,
        connection: Some(Kept {
            id: kept.id,
            destination: kept.destination.display().to_string(),
            destination_password: kept.destination_password,
            fresh,
        }),
    })
}
