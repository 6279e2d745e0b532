//! `validate`: every fault of definitions, with its path and line.

use crate::args::fixtures::Validate;
use crate::out::{Out, fault_line};
use crate::values::usage;
use crate::{exit, target};
use api::workspace::Workspace;
use definition::{Definition, Document, Fault, Problem};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Looks for faults.
pub fn run(out: &Out, args: &Validate) -> Result<u8, Problem> {
    let files = files(args)?;
    let mut answers = Vec::new();
    let mut code = exit::DONE;
    for file in &files {
        let text = target::read_text(file)?;
        let faults = match Document::parse(&text) {
            Ok(document) => {
                let faults = api::headless::compile_faults(document.definition());
                if faults.is_empty() {
                    answers.push(sound(out, file, document.definition()));
                    continue;
                }
                faults
            }
            Err(faults) => faults,
        };
        code = exit::USAGE;
        answers.push(faulty(out, file, &faults));
    }
    if out.json {
        match answers.as_slice() {
            // The answer of one file that was named.
            [one] if args.files.len() == 1 => out.answer(one),
            _ => out.answer(&json!({"ok": code == exit::DONE, "files": answers})),
        }
    }
    Ok(code)
}

/// Those that are named, or all of the workspace.
fn files(args: &Validate) -> Result<Vec<PathBuf>, Problem> {
    if args.files.is_empty() {
        let Some(workspace) = Workspace::here() else {
            return Err(usage("Which definition? This folder is in no workspace.")
                .hint("Name the file; or make a workspace with `tapwright init`."));
        };
        let files: Vec<PathBuf> = workspace.connectors()?.into_iter().map(|file| file.path).collect();
        if files.is_empty() {
            return Err(usage("There are no connectors in this workspace.")
                .hint("They stand in connectors/, one NAME.connector.yaml a system."));
        }
        return Ok(files);
    }
    let mut files = Vec::new();
    for file in &args.files {
        files.push(match target::file_of(&file.to_string_lossy())? {
            Some(found) => found,
            None => file.clone(),
        });
    }
    Ok(files)
}

fn names(definition: &Definition) -> Vec<&str> {
    definition.streams.iter().map(|stream| stream.name.as_str()).collect()
}

fn sound(out: &Out, file: &Path, definition: &Definition) -> Value {
    if !out.json {
        let asks: Vec<&str> = definition.config.iter().map(|input| input.name.as_str()).collect();
        let asks = if asks.is_empty() { "nothing".to_owned() } else { asks.join(", ") };
        out.line(&format!(
            "{} is sound: {}, streams: {}; asks for: {asks}",
            file.display(),
            definition.name,
            names(definition).join(", ")
        ));
    }
    json!({"ok": true, "file": file, "name": definition.name, "streams": names(definition), "faults": []})
}

fn faulty(out: &Out, file: &Path, faults: &[Fault]) -> Value {
    if !out.json {
        let name = file.display();
        faults.iter().for_each(|fault| out.line(&format!("{name}: {}", fault_line(fault))));
        out.say(&format!("{} {}", faults.len(), if faults.len() == 1 { "fault" } else { "faults" }));
    }
    json!({"ok": false, "file": file, "faults": faults})
}
