//! Databases: the tables that there are, and those that become streams.

use definition::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A database that was opened and whose tables are chosen from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct DatabaseAsk {
    /// Its address, with the user and without a password.
    pub address: String,
    /// What it is: `PostgreSQL`.
    pub product: String,
    /// The user.
    pub username: Option<String>,
    /// Why a password is asked for; nothing: there is a connection.
    pub password: Option<PasswordAsk>,
}

/// A password that a server asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PasswordAsk {
    /// The server's own words.
    pub reason: String,
    /// Whether a password was sent and refused.
    pub refused: bool,
}

/// The tables of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TableList {
    /// The database's address, with the user and without a password.
    pub address: String,
    /// The tables and views, by schema and name.
    pub tables: Vec<TableChoice>,
}

/// A table or a view to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TableChoice {
    /// Its name as a definition writes it: `schema.table`.
    pub name: String,
    /// Its schema, where it is not the usual one.
    pub schema: Option<String>,
    /// Its own name.
    pub table: String,
    /// Whether it is a view.
    pub view: bool,
    /// About how many rows it has, where the database knows.
    #[ts(type = "number | null")]
    pub rows: Option<u64>,
    /// How many columns it has.
    pub columns: u32,
    /// The columns of its key; empty: it has none.
    pub key: Vec<String>,
    /// The column by which only what changed is read, where one is proposed.
    pub cursor: Option<String>,
    /// Whether a stream reads it already.
    pub taken: bool,
}

/// The password of a database whose tables are chosen from.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct GivePassword {
    /// The workbench.
    pub id: String,
    /// The user, where it is another one.
    pub username: Option<String>,
    /// The password.
    #[ts(type = "string")]
    pub password: Secret,
}

/// Tables, or a query, that become streams.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TakeTables {
    /// The workbench.
    pub id: String,
    /// The tables' names, as the list has them.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Whether actions that write to the tables are wanted, too.
    #[serde(default)]
    pub actions: bool,
    /// A query.
    #[serde(default)]
    pub query: Option<TakeQuery>,
}

/// A query that becomes a stream.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TakeQuery {
    /// The stream's name.
    pub name: String,
    /// The query: it only reads.
    pub sql: String,
}

/// A folder that is looked at before it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderLook {
    /// The folder; empty: it is none.
    pub folder: String,
    /// Whether it is a workspace.
    pub workspace: bool,
    /// The connectors in it, by name.
    pub connectors: Vec<FolderConnector>,
    /// Whether it has files of data, too.
    pub data: bool,
}

/// A connector's file in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FolderConnector {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its file, from the folder on.
    pub file: String,
    /// Its file's whole path.
    pub path: String,
    /// How many streams it has.
    pub streams: u32,
    /// How many faults its definition has.
    pub faults: u32,
    /// Whether there is a recording of it.
    pub recorded: bool,
    /// Whether a connector of this name is kept here already.
    pub kept: bool,
}
