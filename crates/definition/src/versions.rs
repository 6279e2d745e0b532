//! The versions of the format. A file of an older version climbs step by step, by pure functions over its data.

use crate::Fault;
use crate::model::FORMAT_VERSION;
use serde_json::Value;

/// One climb, from a version to the next: the first entry leads from 1 to 2. Version 1 is the only one so far.
const STEPS: &[fn(Value) -> Value] = &[];

/// The file's data in the newest version, or why its version can't be read.
pub(crate) fn climb(value: Value) -> Result<Value, Fault> {
    let version = version(&value)?;
    let skip = usize::try_from(version.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut value = STEPS.iter().skip(skip).fold(value, |value, up| up(value));
    if !STEPS.is_empty()
        && let Some(field) = value.get_mut("tapwright")
    {
        *field = Value::from(FORMAT_VERSION);
    }
    Ok(value)
}

fn version(value: &Value) -> Result<u64, Fault> {
    let Some(map) = value.as_object() else {
        return Err(Fault::new(
            "not_a_definition",
            "",
            "A connector definition is a mapping that starts with `tapwright: 1`. This is something else.",
        ));
    };
    let Some(version) = map.get("tapwright") else {
        return Err(Fault::new(
            "missing_version",
            "tapwright",
            "`tapwright`, the version of the format, is missing. The file must say `tapwright: 1`.",
        ));
    };
    match version.as_u64() {
        Some(number) if number > u64::from(FORMAT_VERSION) => Err(Fault::new(
            "newer_version",
            "tapwright",
            format!(
                "The file is of format version {number}; this program reads up to {FORMAT_VERSION}. \
                 Update Tapwright to open it."
            ),
        )),
        Some(number) if number >= 1 => Ok(number),
        _ => Err(Fault::new(
            "unknown_version",
            "tapwright",
            format!("There is no format version {version}. The only one is {FORMAT_VERSION}."),
        )
        .suggest(FORMAT_VERSION.to_string())),
    }
}
