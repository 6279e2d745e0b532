//! One page at a time: the loop, and the proofs of detection, step by these.

use crate::http::{Answer, OutRequest};
use crate::json::Selected;
use crate::plan::Plan;
use definition::Problem;
use serde_json::Value;
use std::sync::Arc;

/// Reads single pages of a stream.
#[derive(Debug)]
pub struct Pager {}

/// What an answer says about itself and the next page.
#[derive(Debug, Clone)]
pub struct PageRead {
    /// Where the records are in the answer's body.
    pub selected: Selected,
    /// What comes next.
    pub next: Next,
    /// How many records there are in all, where the answer says so.
    pub total: Option<u64>,
}

/// What comes after a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Another page; the token is the paginator's memory and can be kept as state.
    Page(Value),
    /// None, and why: `no next token`, `empty page`, `short page`, `until`, `one page`.
    Done(String),
}

impl Pager {
    /// A pager of one stream of a plan.
    pub fn new(_plan: Arc<Plan>, _stream: &str) -> Result<Self, Problem> {
        Ok(Self {})
    }

    /// The first page's token.
    pub fn first(&self) -> Value {
        Value::Null
    }

    /// The request of a page.
    pub fn request(&self, _token: &Value) -> Result<OutRequest, Problem> {
        Err(Problem::new("unbuilt", definition::ProblemKind::Internal, definition::Stage::Build, ""))
    }

    /// Sends a request (with auth, retries, pacing, host policy).
    pub async fn send(&self, _request: &OutRequest) -> Result<Answer, Problem> {
        Err(Problem::new("unbuilt", definition::ProblemKind::Internal, definition::Stage::Send, ""))
    }

    /// Reads an answer: records and the next page.
    pub fn read(&self, _token: &Value, _answer: &Answer) -> Result<PageRead, Problem> {
        Err(Problem::new("unbuilt", definition::ProblemKind::Internal, definition::Stage::Decode, ""))
    }
}
