//! What was detected, for people and as JSON.

use crate::out::Out;
use api::contract::Workbench;
use definition::Definition;
use definition::model::ConfigType;
use engine::detect::{Choice, Confidence, Detected, Part};
use serde_json::{Value, json};
use std::path::Path;

/// A part's name on screen.
pub fn part_name(part: Part) -> &'static str {
    match part {
        Part::Records => "records",
        Part::Key => "key",
        Part::Pages => "pages",
        Part::Cursor => "cursor",
        Part::Types => "types",
    }
}

fn parts(bench: &Workbench) -> &[Detected] {
    bench.detection.as_ref().map_or(&[], |detection| &detection.parts)
}

fn word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Unsure => "unsure",
        Confidence::Likely => "likely",
        Confidence::Proved => "proved",
    }
}

/// The names of the parts that are not sure, where a wrong reading loses rows or takes some for others. That all is read
/// each time loses nothing, and a column that is only null is text until it is told otherwise.
pub fn unsure(bench: &Workbench) -> Vec<&'static str> {
    let whole = |part: &Detected| {
        matches!(part.best().map(|best| &best.choice), Some(Choice::Cursor { incremental: None }))
            && part.candidates.iter().all(|other| other.confidence == Confidence::Unsure)
    };
    let types = bench.detection.iter().flat_map(|detection| &detection.types);
    let mut doubtful = types.filter(|column| column.confidence == Confidence::Unsure);
    let mixed = doubtful.any(|column| column.seen > 0);
    let is_unsure = |part: &&Detected| {
        part.best().is_some_and(|best| best.confidence == Confidence::Unsure)
            && !whole(part)
            && (part.part != Part::Types || mixed)
    };
    parts(bench).iter().filter(is_unsure).map(|part| part_name(part.part)).collect()
}

/// Everything as JSON.
pub fn answer(bench: &Workbench, file: Option<&Path>, definition: &Definition) -> Value {
    let reading = |candidate: &engine::detect::Candidate| json!({"choice": candidate.label, "evidence": candidate.evidence, "confidence": candidate.confidence});
    let detection: Vec<Value> = parts(bench)
        .iter()
        .filter_map(|part| {
            let mut value = reading(part.best()?);
            value["part"] = json!(part_name(part.part));
            value["others"] = part.candidates.iter().skip(1).map(reading).collect();
            Some(value)
        })
        .collect();
    let types = bench.detection.as_ref().map(|detection| &detection.types);
    let requests = bench.detection.as_ref().map(|detection| &detection.requests);
    json!({"file": file, "name": definition.name, "detection": detection, "unsure": unsure(bench), "types": types,
           "requests": requests, "offers": super::offers::answer(bench), "notes": notes(bench, definition),
           "definition": definition})
}

/// What the person should know besides. The window's words about the keyring do not hold here: a draft's key goes away
/// with the draft.
fn notes(bench: &Workbench, definition: &Definition) -> Vec<String> {
    let all = bench.notes.iter().chain(bench.detection.iter().flat_map(|detection| &detection.notes));
    let is_other = |note: &&String| !note.contains("keyring") && !note.starts_with("The key is not kept");
    let mut notes: Vec<String> = all.filter(is_other).cloned().collect();
    let secrets = definition.config.iter().filter(|input| input.kind == ConfigType::Secret);
    notes.extend(secrets.map(|input| {
        format!("The key was used for this call and is not kept; the definition refers to it as `{}`.", input.name)
    }));
    notes
}

/// A line for each part, and the notes. `taken`: what is not sure was taken all the same.
pub fn lines(out: &Out, bench: &Workbench, definition: &Definition, taken: bool) {
    for part in parts(bench) {
        let Some(best) = part.best() else { continue };
        let (name, sure) = (part_name(part.part), word(best.confidence));
        out.line(&format!("{name:8} {:24} {} ({sure})", best.label, best.evidence));
        if best.confidence == Confidence::Unsure {
            let others: Vec<&str> = part.candidates.iter().skip(1).map(|other| other.label.as_str()).collect();
            let or =
                if others.is_empty() { String::new() } else { format!("It could also be: {}. ", others.join(", ")) };
            let end = if taken { "The best reading was taken; look at it." } else { "" };
            out.line(format!("{:8} {or}{end}", "").trim_end());
        }
    }
    let types = bench.detection.iter().flat_map(|detection| &detection.types);
    for column in types.filter(|column| column.confidence == Confidence::Unsure) {
        out.line(&format!("{:8} {:24} {}", "", column.field, column.evidence));
    }
    super::offers::lines(out, bench);
    notes(bench, definition).iter().for_each(|note| out.say(note));
}

/// The command that reads with it.
pub fn next_step(file: &Path, definition: &Definition) -> String {
    let mut command = format!("Next: tapwright sync {} --to sqlite:{}.db", file.display(), definition.name);
    for input in definition.config.iter().filter(|input| input.default.is_none()) {
        let option = if input.kind == ConfigType::Secret { "secret" } else { "config" };
        let value = if input.kind == ConfigType::Secret { "env:VARIABLE" } else { "VALUE" };
        command.push_str(&format!(" --{option} {}={value}", input.name));
    }
    command
}
