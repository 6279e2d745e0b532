//! The builder: the definition as text, the list of its changes, expressions tried out on what was read.

use super::DataSort;
use definition::model::Field;
use engine::detect::TypeEvidence;
use engine::state::StreamState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The definition as text.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SetText {
    /// The workbench.
    pub id: String,
    /// The text, with its comments. One that is no definition is kept as it is, and its faults are told.
    pub text: String,
}

/// The changes of a workbench, in words, that can be taken back and done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EditList {
    /// Those that were made, the oldest first.
    pub done: Vec<String>,
    /// Those that were taken back, the next to do again first.
    pub undone: Vec<String>,
}

/// How many changes are taken back.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UndoMany {
    /// The workbench.
    pub id: String,
    /// How many; below 0: how many are done again.
    pub steps: i32,
}

/// A stream to be read from a state.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PreviewFrom {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// The state to start from; none: from the beginning.
    pub state: Option<StreamState>,
    /// How many pages, at most 1,000; 3 where it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub pages: Option<u32>,
    /// How many records, at most 100,000; 500 where it is left out.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub records: Option<u32>,
    /// The one part to read, of a stream with partitions: its values by name, as JSON.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub part: Option<String>,
}

/// What is looked for among a preview's records.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct FindRows {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// Which records, and how they are ordered.
    pub look: RowsLook,
}

/// Which records of a preview are shown, and how they are ordered.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, TS)]
pub struct RowsLook {
    /// What a cell has in it; `column:text` for one column. Empty: all records.
    #[serde(default)]
    pub filter: String,
    /// The order; none: as they came.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sort: Option<DataSort>,
}

/// How many records of a preview are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RowsFound {
    /// How many.
    pub rows: u32,
}

/// What the records at hand are like, whatever is declared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SchemaSeen {
    /// Records that were looked at.
    pub records: u32,
    /// Records at hand.
    pub of: u32,
    /// The columns that they would have.
    pub fields: Vec<Field>,
    /// What each column's type is told by.
    pub types: Vec<TypeEvidence>,
}

/// An expression to be tried out on what was read.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TryExpression {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// Text with expressions.
    pub text: String,
}

/// What an expression gives for the first record of what was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields = nullable)]
pub struct ExpressionTried {
    /// The value as JSON, shortened. None where there is none to show.
    pub value: Option<String>,
    /// Whether a secret goes into it: it is not shown.
    pub secret: bool,
    /// Names in it that are known only later: during a sync, in an action.
    pub later: Vec<String>,
    /// Why it gives nothing.
    pub problem: Option<String>,
}

/// A name of an expression, and where to look for what it holds.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskMembers {
    /// The workbench.
    pub id: String,
    /// The stream.
    pub stream: String,
    /// The name with its members: `record`, `response.data`, `headers`, `partition`.
    pub path: String,
}

/// A member of what was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// `object`, `array`, `string`, `number`, `boolean` or `null`.
    pub kind: String,
    /// Its value in the first record, shortened. Empty for objects and arrays.
    pub value: String,
}
