//! Where a connection's records go.

use definition::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A new place for a connection's records.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SetDestination {
    /// The connection.
    pub connection: String,
    /// `sqlite:FILE`, `csv:FOLDER`, `parquet:FOLDER` or `postgres://USER@HOST/DATABASE?schema=SCHEMA`; empty for a
    /// database of its own on this machine.
    pub destination: String,
    /// The password of that place. It is kept in the keyring.
    #[ts(type = "string | null")]
    pub password: Option<Secret>,
}

/// Where records go from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DestinationSet {
    /// The place, as it is kept.
    pub destination: String,
    /// Why the password is known to this program alone, where it could not be kept.
    pub not_kept: Option<String>,
}
