//! The values that a person gave a connection.

use crate::host::Host;
use crate::http::Reuse;
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
    /// Answers that just came, to be given once more.
    pub reuse: ReuseSlot,
}

/// The program around the engine, as far as these values need it. It does not count when values are compared.
#[derive(Debug, Clone, Default)]
pub struct HostSlot(pub Option<Arc<dyn Host>>);

/// Answers that just came. They do not count when values are compared.
#[derive(Debug, Clone, Default)]
pub struct ReuseSlot(pub Option<Arc<Reuse>>);

impl ReuseSlot {
    /// A place for answers.
    pub fn fresh() -> Self {
        Self(Some(Arc::default()))
    }
}

impl PartialEq for ReuseSlot {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl PartialEq for HostSlot {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}
