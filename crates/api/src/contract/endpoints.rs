//! Files of many requests: what there is, and what becomes streams.

use super::InputAsk;
use definition::Secret;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// A file whose requests are chosen from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndpointsAsk {
    /// What it describes: `Acme Shop`.
    pub title: String,
    /// What it is: `OpenAPI 3.0.3`.
    pub format: String,
    /// Its own words.
    pub description: String,
    /// How many requests in it read.
    pub count: u32,
}

/// The requests of a file, and what they ask for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct EndpointList {
    /// The address that all begin with; empty: it is asked for.
    pub base_url: String,
    /// The addresses that the file names.
    pub servers: Vec<String>,
    /// The inputs of the way to sign in.
    pub auth_inputs: Vec<String>,
    /// All inputs; those of requests are asked for where one of them is chosen.
    pub inputs: Vec<InputAsk>,
    /// The requests, as the file has them.
    pub endpoints: Vec<EndpointChoice>,
}

/// A request to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EndpointChoice {
    /// Its name: the stream's.
    pub name: String,
    /// The file's group.
    pub group: String,
    /// The file's words for it.
    pub title: String,
    /// The method.
    pub method: String,
    /// The path: `/customers/{id}/orders`.
    pub path: String,
    /// Whether it answers a list.
    pub list: bool,
    /// Whether it needs a key.
    pub signed: bool,
    /// How many fields the file names.
    pub fields: u32,
    /// The inputs that it needs.
    pub inputs: Vec<String>,
    /// Inputs whose values another request lists: the input and that request's name.
    pub parents: Vec<(String, String)>,
}

/// Requests that become streams.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TakeEndpoints {
    /// The workbench.
    pub id: String,
    /// The requests' names.
    pub endpoints: Vec<String>,
    /// Another address than the file's.
    #[serde(default)]
    pub base_url: Option<String>,
    /// Values of inputs that are no secrets.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Secrets.
    #[serde(default)]
    #[ts(type = "Record<string, string>")]
    pub secrets: BTreeMap<String, Secret>,
}
