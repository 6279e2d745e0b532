//! What detection found, with its evidence: what the chips show and the command line prints.

use definition::model::{Field, FieldType, Incremental, Paginate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How sure a detection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// There are other readings, or too little to tell. The person should look.
    Unsure,
    /// The evidence speaks for it, and nothing speaks against it.
    Likely,
    /// It was proved: the second page was read, or there is no other reading.
    Proved,
}

/// The parts that are detected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Where the records are.
    Records,
    /// What tells records apart.
    Key,
    /// How there is more.
    Pages,
    /// What grows.
    Cursor,
    /// The columns.
    Types,
}

/// A way to read one part. Choosing it changes the definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Choice {
    /// The records' JSONPath.
    Records {
        /// The path.
        path: String,
    },
    /// The key's fields. Empty: none.
    Key {
        /// The fields.
        fields: Vec<String>,
    },
    /// The pagination.
    Pages {
        /// The kind with its settings.
        paginate: Paginate,
    },
    /// The incremental read, or none.
    Cursor {
        /// The setting.
        incremental: Option<Incremental>,
    },
    /// The columns.
    Types {
        /// The fields.
        fields: Vec<Field>,
    },
}

/// One reading of a part, with what speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Candidate {
    /// What it is called on a chip: `$.data[*]`, `id`, `?page=`, `updated_at`, `14 columns`.
    pub label: String,
    /// What speaks for it: `100 objects`, `unique in 200`, `page 2 fetched, 0 repeated`.
    pub evidence: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// What choosing it changes.
    pub choice: Choice,
}

/// One part with its readings, best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Detected {
    /// The part.
    pub part: Part,
    /// The reading that is used, and the others. Never empty.
    pub candidates: Vec<Candidate>,
}

impl Detected {
    /// The reading that is used.
    pub fn best(&self) -> Option<&Candidate> {
        self.candidates.first()
    }
}

/// What was seen of one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TypeEvidence {
    /// The column.
    pub field: String,
    /// The JSONPath of its values in a record.
    pub path: String,
    /// The type that was chosen.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// How dates are written.
    pub format: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// Records that have a value.
    #[ts(type = "number")]
    pub seen: u64,
    /// Records where it is null.
    #[ts(type = "number")]
    pub nulls: u64,
    /// Records without the member.
    #[ts(type = "number")]
    pub missing: u64,
    /// In words: `all 200 whole numbers`, `198 whole numbers, 2 texts`.
    pub evidence: String,
    /// Values that do not fit the greater part, at most 5.
    pub counter_examples: Vec<String>,
}

/// All that detection found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Detection {
    /// The parts, in the order of [`Part`].
    pub parts: Vec<Detected>,
    /// What was seen of each column.
    pub types: Vec<TypeEvidence>,
    /// Requests sent to find out, masked: the first page and the proofs.
    pub requests: Vec<String>,
    /// What the person should know besides.
    pub notes: Vec<String>,
    /// Segments of the path that the first record repeats: `octocat` of `/users/octocat`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub echoed: Vec<String>,
}

impl Detection {
    /// One part.
    pub fn part(&self, part: Part) -> Option<&Detected> {
        self.parts.iter().find(|detected| detected.part == part)
    }
}
