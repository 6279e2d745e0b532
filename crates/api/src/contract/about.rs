//! What this program is and runs on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What this program is and runs on. Nothing in it is private: it may be mailed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct About {
    /// Tapwright's version.
    pub version: String,
    /// Versions and numbers, in the order in which they are shown.
    pub facts: Vec<AboutFact>,
    /// All of it as text, to be copied into a report.
    pub text: String,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AboutFact {
    /// Its name: `SQLite`.
    pub name: String,
    /// Its value: `3.50.4`.
    pub value: String,
}

/// A link that a person agreed to follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenLink {
    /// Where the definition is.
    pub url: String,
}
