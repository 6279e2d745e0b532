//! Connections: a connector with one person's values.

use crate::Store;
use definition::Problem;
use serde_json::Value;
use std::collections::BTreeMap;

/// A connection. Its secrets are in the keyring under its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    /// Its id: 16 hex digits, made by chance.
    pub id: String,
    /// Its name, the only one of it.
    pub name: String,
    /// Its connector's id.
    pub connector: String,
    /// Its values that are no secrets.
    pub values: BTreeMap<String, Value>,
    /// The names of the secrets that were given.
    pub secret_names: Vec<String>,
    /// Where its records go: an absolute path of a SQLite file.
    pub destination: String,
    /// When it was made, RFC 3339.
    pub created_at: String,
}

impl Store {
    /// Keeps a connection: makes it, or replaces the one with its id.
    pub async fn put_connection(&self, _connection: &Connection) -> Result<(), Problem> {
        todo!()
    }
    /// One connection, by id or by name.
    pub async fn connection(&self, _id_or_name: &str) -> Result<Option<Connection>, Problem> {
        todo!()
    }
    /// All, by name.
    pub async fn connections(&self) -> Result<Vec<Connection>, Problem> {
        todo!()
    }
    /// Deletes it with its runs and state.
    pub async fn delete_connection(&self, _id: &str) -> Result<(), Problem> {
        todo!()
    }
}
