//! The published JSON Schema.

/// The JSON Schema of the definition file, generated from the types.
pub fn schema() -> serde_json::Value {
    serde_json::to_value(schemars::schema_for!(crate::Definition)).unwrap_or_default()
}
