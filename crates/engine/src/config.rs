//! The values that a person gave a connection.

use crate::host::Host;
use definition::Secret;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A connection's values. Secrets are kept apart: only the sender opens them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConfigValues {
    /// Values that may be shown.
    pub values: BTreeMap<String, Value>,
    /// Values that may not.
    pub secrets: BTreeMap<String, Secret>,
    /// Where tokens that are got at run time are kept, and who is asked for codes.
    pub host: HostSlot,
}

/// The program around the engine, as far as these values need it. It does not count when values are compared.
#[derive(Debug, Clone, Default)]
pub struct HostSlot(pub Option<Arc<dyn Host>>);

impl PartialEq for HostSlot {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}
