//! The builder: the definition as text, the list of its changes, expressions tried out on what was read.

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
