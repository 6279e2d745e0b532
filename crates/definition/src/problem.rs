//! The one error that a person can meet, in every crate and over every boundary.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// What a problem is about, and so what to do about it. The command line's exit codes follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The definition, a setting or an argument is at fault.
    Config,
    /// The credentials are missing, wrong or not enough.
    Auth,
    /// The server asks for fewer requests.
    RateLimit,
    /// The server was not reached, or the connection broke.
    Network,
    /// The server answered with an error of its own.
    Server,
    /// The answer is not what the definition says.
    Data,
    /// A file, a database or the keyring refused.
    Storage,
    /// The person stopped it.
    Cancelled,
    /// A fault of this program.
    Internal,
}

/// Where on the way of the data it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading what was pasted or opened.
    Open,
    /// Compiling the definition.
    Plan,
    /// Making a request from templates.
    Build,
    /// Credentials.
    Auth,
    /// Sending and receiving.
    Send,
    /// Telling what an answer means.
    Respond,
    /// Reading the bytes.
    Decode,
    /// Finding the records.
    Select,
    /// Turning a page into the next.
    Paginate,
    /// Mapping records.
    Map,
    /// Writing records.
    Write,
    /// The app's own store.
    Store,
}

/// What happened, where, why, and what to do. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Problem {
    /// A stable word for programs: `auth_rejected`, `not_json`, `page_repeats`.
    pub code: String,
    /// What it is about.
    pub kind: ProblemKind,
    /// Where it happened.
    pub stage: Stage,
    /// Whether the same again may work.
    pub retry: bool,
    /// What happened and why, in a sentence.
    pub message: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The field of the definition at fault: `streams[0].paginate.next`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The request at fault, its secrets masked: `GET https://…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// More, for the curious: the answer's first lines, the library's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Every fault, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<crate::Fault>,
}

impl Problem {
    /// A problem that the same again does not mend.
    pub fn new(code: &str, kind: ProblemKind, stage: Stage, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            kind,
            stage,
            retry: false,
            message: message.into(),
            hint: None,
            field: None,
            request: None,
            detail: None,
            faults: Vec::new(),
        }
    }

    /// The same again may work.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.retry = true;
        self
    }

    /// What to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The field of the definition at fault.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The request at fault, masked by the caller.
    #[must_use]
    pub fn request(mut self, request: impl Into<String>) -> Self {
        self.request = Some(request.into());
        self
    }

    /// More, for the curious.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// A definition with faults.
    pub fn faulty(faults: Vec<crate::Fault>) -> Self {
        let message = match faults.as_slice() {
            [one] => one.to_string(),
            many => format!("The definition has {} faults. The first: {}", many.len(), many[0]),
        };
        let mut problem = Self::new("faulty_definition", ProblemKind::Config, Stage::Plan, message);
        problem.field = faults.first().map(|fault| fault.path.clone());
        problem.faults = faults;
        problem
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
