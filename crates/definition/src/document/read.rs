//! Text to data: YAML 1.2 (core schema) or JSON, within limits.

use super::numbers;
use crate::Fault;
use serde_json::Value;
use serde_saphyr::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{Budget, Error, Options};

/// The longest text that is read, in bytes: 5 MiB. The largest definitions in use have about 1.3 MB.
const MAX_BYTES: usize = 5 * 1024 * 1024;
/// How deep mappings and lists may nest.
const MAX_DEPTH: usize = 64;

/// The one document of a text.
pub(super) fn read(text: &str) -> Result<Value, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    refuse_unreadable(text)?;
    match serde_saphyr::from_str_with_options::<Value>(text, options()) {
        Ok(value) => numbers::lossy(text).map_or(Ok(value), Err),
        Err(error) => read_json(text, &error).ok_or_else(|| fault(text, &error)),
    }
}

fn refuse_unreadable(text: &str) -> Result<(), Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::new(
            "too_large",
            "",
            format!("The file has {} bytes. A definition may have {MAX_BYTES} (5 MiB).", text.len()),
        ));
    }
    if text.trim().is_empty() {
        return Err(Fault::new("empty", "", "The file is empty. A definition starts with `tapwright: 1`."));
    }
    if let Some(at) = text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')) {
        let mut fault = Fault::new("not_text", "", "The file has control characters: it is no text file.");
        fault.line = u32::try_from(text[..at].matches('\n').count() + 1).ok();
        return Err(fault);
    }
    Ok(())
}

fn options() -> Options {
    let mut budget = Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.max_events = 2_000_000;
    budget.max_nodes = 1_000_000;
    budget.max_documents = 1;
    budget.max_anchors = 1_000;
    budget.max_aliases = 10_000;
    budget.max_total_scalar_bytes = 4 * MAX_BYTES;
    let mut options = Options::default();
    options.budget = Some(budget);
    options.duplicate_keys = DuplicateKeyPolicy::Error;
    options.alias_limits.max_total_replayed_events = 200_000;
    options.strict_booleans = true;
    options.legacy_octal_numbers = false;
    options.non_finite_float_policy = NonFiniteFloatPolicy::AsString;
    options.with_snippet = false;
    options
}

/// JSON that is no YAML, such as a name of over a thousand characters. A fault that JSON hides stays a fault.
fn read_json(text: &str, error: &Error) -> Option<Value> {
    let hidden = matches!(error.without_snippet(), Error::DuplicateMappingKey { .. } | Error::Budget { .. });
    if hidden || !text.trim_start().starts_with('{') {
        return None;
    }
    serde_json::from_str(text).ok()
}

fn fault(text: &str, error: &Error) -> Fault {
    let error = error.without_snippet();
    let code = match error {
        Error::DuplicateMappingKey { .. } => "duplicate_key",
        Error::Budget { .. } => "over_limit",
        _ if is_alias_limit(error) => "over_limit",
        Error::MultipleDocuments { .. } => "several_documents",
        _ => "bad_yaml",
    };
    let message = match error {
        Error::DuplicateMappingKey { key, .. } => match key {
            Some(key) => format!("The key `{key}` stands twice in one mapping."),
            None => "A key stands twice in one mapping.".to_owned(),
        },
        Error::MultipleDocuments { .. } => "The file holds several documents; a definition is one.".to_owned(),
        _ if code == "over_limit" => format!("The file goes over a limit of what is read ({error})."),
        other => format!("The text is neither YAML nor JSON: {other}."),
    };
    let mut fault = Fault::new(code, "", message);
    if let Some(line) = tab_line(text).filter(|_| fault.message.contains(" tab")) {
        fault.message = "A tab can't indent YAML. Use spaces.".to_owned();
        fault.line = Some(line);
        return fault;
    }
    fault.line = error.location().and_then(|at| u32::try_from(at.line()).ok()).filter(|line| *line > 0);
    fault
}

/// Names that stand for parts (`&a`, `*a`) and would unfold without end.
fn is_alias_limit(error: &Error) -> bool {
    error.to_string().starts_with("alias replay") || error.to_string().starts_with("alias expansion")
}

/// The first line that a tab indents.
fn tab_line(text: &str) -> Option<u32> {
    let indented = |line: &str| {
        line.trim_start().len() < line.len() && line[..line.len() - line.trim_start().len()].contains('\t')
    };
    text.lines().position(indented).and_then(|index| u32::try_from(index + 1).ok())
}
