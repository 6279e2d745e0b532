//! Changes of a large definition: what differs goes over the wire, and not all that stays.

use super::Workbench;
use definition::Definition;
use definition::model::Stream;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A change of a definition: one run of streams, and all that is beside them.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DefinitionChange {
    /// Everything but the streams, as it is afterwards.
    pub rest: Definition,
    /// The place of the first stream that goes.
    pub from: u32,
    /// How many go.
    pub gone: u32,
    /// What comes in their place.
    pub streams: Vec<Stream>,
}

/// A change of a text: what stands at one place instead of what stood there. Places are counted as JavaScript does, in
/// UTF-16 units.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TextChange {
    /// Where it begins.
    pub from: u32,
    /// How much goes.
    pub gone: u32,
    /// What comes in its place.
    pub with: String,
}

/// A change of the definition.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditDefinition {
    /// The workbench.
    pub id: String,
    /// The revision that it was made to. Refused with `moved_on` where the workbench is at another one.
    pub revision: String,
    /// The change.
    pub change: DefinitionChange,
}

/// A change of the definition's text.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct EditText {
    /// The workbench.
    pub id: String,
    /// The revision that it was made to. Refused with `moved_on` where the workbench is at another one.
    pub revision: String,
    /// The change.
    pub change: TextChange,
}

/// A workbench after a change, as seen by who made it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Edited {
    /// The workbench, without its definition and its text: both are left empty.
    pub workbench: Workbench,
    /// What differs in the definition from what the caller has by now.
    pub definition: Option<DefinitionChange>,
    /// What differs in the text from what the caller has by now.
    pub text: Option<TextChange>,
}
