//! `export`: a connector's definition, to share.

use super::{Context, call, list};
use crate::{args, exit, values};
use api::contract::Share;
use definition::{Problem, ProblemKind, Stage};
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// Writes the definition, if no secret is in it.
pub async fn run(context: &Context, args: &args::Export) -> Result<u8, Problem> {
    refuse_to_overwrite(&args.out, args.force)?;
    let app = context.app().await?;
    // A connection's name is as good: it has one connector, where connectors may share a name.
    let connector = match list::find_connection(&app, &args.connector).await? {
        Some((connector, _)) => connector,
        None => list::find_connector(&app, &args.connector).await?,
    };
    let share: Share = call(&app, "share", json!({"id": connector.id})).await?;
    app.close().await;
    write_share(&args.out, &share)?;
    if context.out.json {
        context.out.answer(&json!({"file": args.out, "name": connector.name, "checked": share.checked}));
    } else {
        context.out.line(&format!(
            "{} is written to {}. Checked for secrets: {}",
            connector.name,
            args.out.display(),
            share.checked
        ));
    }
    Ok(exit::DONE)
}

/// A file that is there stays as it is.
pub fn refuse_to_overwrite(file: &Path, force: bool) -> Result<(), Problem> {
    if force || !file.exists() {
        return Ok(());
    }
    Err(values::usage(format!("The file {} is there already.", file.display()))
        .hint("Add --force to overwrite it, or take another name."))
}

/// Writes what may be shared, whole or not at all.
///
/// # Errors
/// Where something in it looks like a secret, or the file can't be written.
pub fn write_share(file: &Path, share: &Share) -> Result<(), Problem> {
    if !share.findings.is_empty() {
        let list: Vec<String> =
            share.findings.iter().map(|finding| format!("{}: {}", finding.path, finding.reason)).collect();
        let message =
            format!("Something in the definition looks like a secret, so it is not written: {}", list.join("; "));
        return Err(Problem::new("secret_in_definition", ProblemKind::Config, Stage::Store, message)
            .hint("Make it an input of type secret, and refer to it as {{ config.NAME }}."));
    }
    write_text(file, &share.text)
}

/// Writes a definition's text, whole or not at all.
///
/// # Errors
/// Where the file can't be written.
pub fn write_text(file: &Path, text: &str) -> Result<(), Problem> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = tempfile::Builder::new().prefix(".tapwright-").tempfile_in(folder).and_then(|mut beside| {
        beside.write_all(text.as_bytes())?;
        beside.as_file().sync_all()?;
        open_to_all(beside.as_file())?;
        beside.persist(file).map(|_| ()).map_err(|fault| fault.error)
    });
    written.map_err(|fault| values::usage(format!("The file {} can't be written: {fault}.", file.display())))
}

/// A temporary file is its owner's alone; a definition is no secret.
#[cfg(unix)]
fn open_to_all(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
