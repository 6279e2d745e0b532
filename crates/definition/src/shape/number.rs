//! The ranges of numbers.

use serde_json::{Map, Number, Value};

/// Why a number does not fit its field, if it does not.
pub(super) fn fault(schema: &Map<String, Value>, number: &Number) -> Option<String> {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or("");
    let (least, most) = match format {
        "uint16" => (0_i128, i128::from(u16::MAX)),
        "uint32" => (0, i128::from(u32::MAX)),
        "uint64" => (0, i128::from(u64::MAX)),
        "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "int64" => (i128::from(i64::MIN), i128::from(i64::MAX)),
        _ => return None,
    };
    let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match whole {
        Some(whole) if (least..=most).contains(&whole) => None,
        Some(whole) => Some(format!("This must be a whole number from {least} to {most}, not {whole}.")),
        None => Some(format!("This must be a whole number, not {number}.")),
    }
}
