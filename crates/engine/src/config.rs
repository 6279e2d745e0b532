//! The values that a person gave a connection.

use definition::Secret;
use serde_json::Value;
use std::collections::BTreeMap;

/// A connection's values. Secrets are kept apart: only the sender opens them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfigValues {
    /// Values that may be shown.
    pub values: BTreeMap<String, Value>,
    /// Values that may not.
    pub secrets: BTreeMap<String, Secret>,
}
