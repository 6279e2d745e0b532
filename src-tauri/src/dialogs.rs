//! The system's dialogs and clipboard. Behind the file dialogs stands one seam, so that a test can answer them.

use api::App;
use definition::{Problem, ProblemKind, Stage};
use rfd::AsyncFileDialog;
use std::path::PathBuf;
use tauri::State;

/// Ends of files that can be opened.
const SOURCES: &[&str] =
    &["yaml", "yml", "json", "jsonl", "ndjson", "csv", "tsv", "txt", "gz", "zst", "db", "sqlite", "sqlite3"];

/// Answers the next dialogs instead of a person: a path, or empty for "cancelled". Only tests set it.
const ANSWER: &str = "TAPWRIGHT_DIALOG_ANSWER";

/// Lets the person choose a file and gives what it is opened by: a connector's text, or the path of data. `None`: they
/// chose none.
#[tauri::command]
pub async fn pick_source() -> Result<Option<String>, Problem> {
    let dialog = AsyncFileDialog::new()
        .set_title("Open a connector or data")
        .add_filter("Connectors and data", SOURCES)
        .add_filter("Any file", &["*"]);
    let path = match answer() {
        Some(path) => path,
        None => dialog.pick_file().await.map(|file| file.path().to_owned()),
    };
    Ok(path.map(|path| api::openable(&path)))
}

/// Lets the person choose a folder and gives its path. `None`: they chose none.
#[tauri::command]
pub async fn pick_folder() -> Result<Option<String>, Problem> {
    let dialog = AsyncFileDialog::new().set_title("Open a folder of data or connectors");
    let path = match answer() {
        Some(path) => path,
        None => dialog.pick_folder().await.map(|folder| folder.path().to_owned()),
    };
    Ok(path.map(|path| path.display().to_string()))
}

/// Lets the person choose where a definition goes, and saves it there. `None`: they chose nowhere.
#[tauri::command]
pub async fn save_share(app: State<'_, App>, id: String) -> Result<Option<String>, Problem> {
    let share = api::share_of(&app, &id).await?;
    let dialog = AsyncFileDialog::new()
        .set_title("Save the connector")
        .set_file_name(&share.file_name)
        .add_filter("Connector", &["yaml"]);
    let path = match answer() {
        Some(path) => path,
        None => dialog.save_file().await.map(|file| file.path().to_owned()),
    };
    let Some(path) = path else { return Ok(None) };
    api::save_share(&app, &id, &path).await?;
    Ok(Some(path.display().to_string()))
}

/// Lets the person choose a file of rows and gives its path. `None`: they chose none.
#[tauri::command]
pub async fn pick_rows() -> Result<Option<String>, Problem> {
    let dialog = AsyncFileDialog::new()
        .set_title("Choose a file of rows")
        .add_filter("Rows", &["csv", "tsv", "txt", "jsonl", "ndjson"])
        .add_filter("Any file", &["*"]);
    let path = match answer() {
        Some(path) => path,
        None => dialog.pick_file().await.map(|file| file.path().to_owned()),
    };
    Ok(path.map(|path| path.display().to_string()))
}

/// Lets the person choose a file of certificates and gives its path. `None`: they chose none.
#[tauri::command]
pub async fn pick_certificate() -> Result<Option<String>, Problem> {
    let dialog = AsyncFileDialog::new()
        .set_title("Choose a file of certificates")
        .add_filter("Certificates", &["pem", "crt", "cer"])
        .add_filter("Any file", &["*"]);
    let path = match answer() {
        Some(path) => path,
        None => dialog.pick_file().await.map(|file| file.path().to_owned()),
    };
    Ok(path.map(|path| path.display().to_string()))
}

/// Lets the person choose where rows are written and gives the path. `None`: they chose nowhere.
#[tauri::command]
pub async fn save_rows(name: String) -> Result<Option<String>, Problem> {
    let dialog = AsyncFileDialog::new().set_title("Save the rows").set_file_name(&name).add_filter("CSV", &["csv"]);
    let dialog = dialog.add_filter("JSON lines", &["jsonl"]);
    let path = match answer() {
        Some(path) => path,
        None => dialog.save_file().await.map(|file| file.path().to_owned()),
    };
    Ok(path.map(|path| path.display().to_string()))
}

/// Opens a page in the person's browser. Nothing but web pages: never a file, never a program.
#[tauri::command]
pub fn open_url(url: String) -> Result<(), Problem> {
    let refused = |why: String| {
        Problem::new("no_browser", ProblemKind::Config, Stage::Open, format!("The browser did not open: {why}"))
            .hint("Copy the address and open it yourself.")
    };
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(refused("this is no address of a web page.".to_owned()));
    }
    open::that_detached(url).map_err(|error| refused(error.to_string()))
}

/// Puts text on the clipboard.
#[tauri::command]
pub fn copy_text(text: String) -> Result<(), Problem> {
    arboard::Clipboard::new().and_then(|mut clipboard| clipboard.set_text(text)).map_err(|error| {
        Problem::new("no_clipboard", ProblemKind::Storage, Stage::Store, format!("The clipboard refused: {error}"))
    })
}

/// Says why the app can't start, in a dialog and on standard error, and ends it.
pub fn refuse_to_start(problem: &Problem) -> ! {
    eprintln!("Tapwright can't start: {problem}");
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Tapwright can't start")
        .set_description(problem.to_string())
        .show();
    std::process::exit(1)
}

fn answer() -> Option<Option<PathBuf>> {
    let path = std::env::var_os(ANSWER)?;
    Some((!path.is_empty()).then(|| PathBuf::from(path)))
}
