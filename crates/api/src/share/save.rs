//! Writing a definition to a file that somebody else will read.

use super::share_of;
use crate::app::{App, blocking, storage};
use definition::{Problem, ProblemKind, Stage};
use std::io::Write;
use std::path::Path;

/// Writes a workbench's definition to a file: whole, or not at all.
///
/// # Errors
/// Where something in it looks like a secret, or the file can't be written.
pub async fn save_share(app: &App, id: &str, path: &Path) -> Result<(), Problem> {
    let share = share_of(app, id).await?;
    if let Some(first) = share.findings.first() {
        let message = format!("The definition was not saved: {} {}.", first.path, first.reason);
        return Err(Problem::new("secret_in_definition", ProblemKind::Config, Stage::Store, message)
            .hint("Put the value into a secret input and refer to it as {{ config.NAME }}.")
            .field(first.path.clone()));
    }
    let path = path.to_owned();
    blocking(move || write(&path, share.text.as_bytes())).await
}

/// Writes beside the file and renames, so that a full disk leaves the old one.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{:08x}.tmp", fastrand::u32(..)));
    let written = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&beside, path)).map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        storage("not_saved", format!("{} can't be written", path.display()), &error).hint("Choose another folder.")
    })
}
