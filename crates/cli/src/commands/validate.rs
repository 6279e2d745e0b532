//! `validate`: every fault of a definition, with its path and line.

use crate::args::OneFile;
use crate::out::{Out, fault_line};
use crate::{exit, target};
use definition::{Definition, Document, Fault, Problem};
use serde_json::json;

/// Looks for faults.
pub fn run(out: &Out, args: &OneFile) -> Result<u8, Problem> {
    let text = target::read_text(&args.file)?;
    let document = match Document::parse(&text) {
        Ok(document) => document,
        Err(faults) => return Ok(faulty(out, args, &faults)),
    };
    let definition = document.definition();
    let faults = api::headless::compile_faults(definition);
    if !faults.is_empty() {
        return Ok(faulty(out, args, &faults));
    }
    if out.json {
        out.answer(&json!({"ok": true, "name": definition.name, "streams": names(definition), "faults": []}));
    } else {
        let asks: Vec<&str> = definition.config.iter().map(|input| input.name.as_str()).collect();
        let asks = if asks.is_empty() { "nothing".to_owned() } else { asks.join(", ") };
        out.line(&format!(
            "{} is sound: {}, streams: {}; asks for: {asks}",
            args.file.display(),
            definition.name,
            names(definition).join(", ")
        ));
    }
    Ok(exit::DONE)
}

fn names(definition: &Definition) -> Vec<&str> {
    definition.streams.iter().map(|stream| stream.name.as_str()).collect()
}

fn faulty(out: &Out, args: &OneFile, faults: &[Fault]) -> u8 {
    if out.json {
        out.answer(&json!({"ok": false, "faults": faults}));
    } else {
        let file = args.file.display();
        faults.iter().for_each(|fault| out.line(&format!("{file}: {}", fault_line(fault))));
        out.say(&format!("{} {}", faults.len(), if faults.len() == 1 { "fault" } else { "faults" }));
    }
    exit::USAGE
}
