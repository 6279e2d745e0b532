//! A file that describes many requests: those that read are chosen from, and become the streams of one connector.

mod merge;
mod names;
mod parents;
mod take;

pub(crate) use merge::{Marks, Part, Whole, merge};
pub(crate) use names::{finish, singular, tidy};
pub(crate) use take::reference;

use definition::model::{ConfigInput, Stream};
use definition::{Definition, Secret};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CollectionKind {
    /// An OpenAPI description, or a Swagger one.
    #[default]
    Openapi,
    /// A Postman collection.
    Postman,
    /// A browser's recording.
    Har,
}

/// Many requests of one system.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Collection {
    /// What the file is.
    pub kind: CollectionKind,
    /// The file's own words for that: `OpenAPI 3.0.3`.
    pub format: String,
    /// The connector without streams: its names, its address, how it signs in, and the inputs for that.
    pub definition: Definition,
    /// The addresses that the file names. The first stands in the definition; none: one is asked for.
    pub servers: Vec<String>,
    /// The path that requests begin with, where the file names no host.
    pub relative: Option<String>,
    /// What can be read.
    pub endpoints: Vec<Endpoint>,
    /// The secrets that stood in the file, by the input's name.
    #[serde(skip)]
    pub secrets: Vec<(String, Secret)>,
    /// Values that stood in the file and are no secrets.
    pub values: BTreeMap<String, Value>,
    /// What the person should know.
    pub notes: Vec<String>,
    /// What was not taken over, and why.
    pub losses: Vec<String>,
}

/// One request that reads.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Endpoint {
    /// The file's group: a tag, a folder, a host.
    pub group: String,
    /// The file's words for it.
    pub title: String,
    /// The path as the file has it: `/customers/{id}/orders`.
    pub path: String,
    /// Whether it answers a list.
    pub list: bool,
    /// Whether it needs a key, as far as the file tells.
    pub signed: bool,
    /// The stream that reads it. Its name is the endpoint's.
    pub stream: Stream,
    /// The inputs that it needs beside the connector's own.
    pub inputs: Vec<ConfigInput>,
    /// Where the values of its inputs could come from.
    pub parents: Vec<ParentOf>,
}

/// Another endpoint that lists the values of an input.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentOf {
    /// The input.
    pub input: String,
    /// The endpoint, by its stream's name.
    pub endpoint: String,
    /// The member of its records that has the value.
    pub field: String,
}

impl Endpoint {
    /// Its name: the stream's.
    pub fn name(&self) -> &str {
        &self.stream.name
    }
}
