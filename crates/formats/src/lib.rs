//! Other people's files, one a format: in with a list of losses, out without secrets.
//!
//! [`recognise`] tells what was pasted from its content alone. What holds a request becomes a [`RequestDraft`]: a
//! definition that refers to its secrets, and the secrets beside it. A file of many requests becomes a [`Collection`],
//! from which some are taken.

mod collection;
mod curl;
mod draft;
mod fetch;
mod har;
mod openapi;
mod postman;
mod raw;
mod recognise;
mod shell;
mod tree;

use definition::{Definition, Problem, Secret};
use serde_json::Value;
use std::collections::BTreeMap;

pub use collection::{Collection, CollectionKind, Endpoint, ParentOf};
pub use recognise::recognise;

/// What a pasted text is.
#[derive(Debug, Clone, PartialEq)]
pub enum Recognised {
    /// A URL, perhaps with a method before it.
    Url(RequestDraft),
    /// A curl command.
    Curl(RequestDraft),
    /// A request as it goes over the wire.
    Raw(RequestDraft),
    /// A call of `fetch`.
    Fetch(RequestDraft),
    /// A file that describes many requests.
    Collection(Box<Collection>),
    /// A connector definition: the text itself is read with `Document::parse`.
    Definition,
    /// Nothing that can be read: what it looks like, and what to do.
    Unknown(Problem),
}

/// A request that was pasted, as the start of a connector.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestDraft {
    /// One stream with its request; the auth refers to `config`, and the inputs are declared.
    pub definition: Definition,
    /// The secrets that were found, by the input's name. They stand nowhere else in the draft.
    pub secrets: Vec<(String, Secret)>,
    /// Values of inputs that are no secrets: a user name.
    pub values: BTreeMap<String, Value>,
    /// What the person should know: where the key went, which scheme was assumed.
    pub notes: Vec<String>,
    /// What was not taken over, and why.
    pub losses: Vec<String>,
}
