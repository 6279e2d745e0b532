//! Looking after connectors, connections and schedules.

use super::{Delete, Named, Values};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `connector`.
#[derive(Debug, Subcommand)]
pub enum Connector {
    /// Lists connectors with their connections
    List,
    /// Shows a connector's definition
    Show(Named),
    /// Gives a connector another short name, or with --title another title
    Rename(RenameConnector),
    /// Makes another connector with the same definition, without connections
    Duplicate(Duplicate),
    /// Deletes a connector with its connections; says what depends on it first
    Delete(Delete),
    /// Lists a connector's versions, newest first
    Versions(Named),
    /// Tells what is different between two versions, in words
    Diff(Diff),
    /// Goes back to a version. It becomes the newest one; nothing is lost
    Rollback(Rollback),
    /// Replaces a connector's definition by a newer one; says what changes for each connection first
    Update(Update),
}

/// `connection`.
#[derive(Debug, Subcommand)]
pub enum Connection {
    /// Lists connections
    List,
    /// Shows a connection: values, secrets (never their text), database, schedule, runs
    Show(Named),
    /// Gives a connection another name
    Rename(Rename),
    /// Makes another connection with the same values and a database of its own
    Duplicate(DuplicateConnection),
    /// Changes values, secrets, the name or the database of a connection
    Set(SetConnection),
    /// Deletes a connection; says what depends on it first
    Delete(Delete),
}

/// `connector rename`.
#[derive(Debug, Args)]
pub struct RenameConnector {
    /// The connector's name or id
    pub name: String,
    /// The new short name: small letters, digits, - and _
    #[arg(required_unless_present = "title")]
    pub new: Option<String>,
    /// The new title, which people see
    #[arg(long)]
    pub title: Option<String>,
}

/// `connection rename`.
#[derive(Debug, Args)]
pub struct Rename {
    /// The connection's name or id
    pub name: String,
    /// The new name
    pub new: String,
}

/// `connector duplicate`.
#[derive(Debug, Args)]
pub struct Duplicate {
    /// The connector's name or id
    pub name: String,
    /// The copy's short name [default: the old one with a number]
    #[arg(long = "name", value_name = "NAME")]
    pub new: Option<String>,
}

/// `connection duplicate`.
#[derive(Debug, Args)]
pub struct DuplicateConnection {
    /// The connection's name or id
    pub name: String,
    /// The copy's name [default: the old one with a number]
    #[arg(long = "name", value_name = "NAME")]
    pub new: Option<String>,
    /// Copies the secrets, too. Tokens of a sign-in are never copied
    #[arg(long)]
    pub with_secrets: bool,
}

/// `connection set`.
#[derive(Debug, Args)]
pub struct SetConnection {
    /// The connection's name or id
    pub name: String,
    /// Values and secrets
    #[command(flatten)]
    pub values: Values,
    /// Takes a value or a secret away (repeatable)
    #[arg(long, value_name = "NAME")]
    pub unset: Vec<String>,
    /// The SQLite file that its records go to from now on. What was read stays in the old one
    #[arg(long, value_name = "FILE")]
    pub destination: Option<String>,
    /// Another name
    #[arg(long = "name", value_name = "NAME")]
    pub new: Option<String>,
}

/// `connector diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The connector's name or id
    pub name: String,
    /// The old version's number [default: the one before the newest]
    pub from: Option<u32>,
    /// The new version's number [default: the connector as it is now]
    pub to: Option<u32>,
    /// Shows the lines that differ, too
    #[arg(long)]
    pub lines: bool,
}

/// `connector rollback`.
#[derive(Debug, Args)]
pub struct Rollback {
    /// The connector's name or id
    pub name: String,
    /// The version's number
    pub version: u32,
}

/// `update`.
#[derive(Debug, Args)]
pub struct Update {
    /// The connector's name or id
    pub connector: String,
    /// The newer definition
    pub file: PathBuf,
    /// Says what would change, and changes nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Without asking. New hosts are not allowed by it
    #[arg(long, short)]
    pub yes: bool,
    /// Allows requests and keys to go to a new host (repeatable)
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// Values of new inputs, for all of its connections
    #[command(flatten)]
    pub values: super::Values,
    /// Only this connection gets them (repeatable)
    #[arg(long, value_name = "NAME")]
    pub connection: Vec<String>,
}

/// `schedule`.
#[derive(Debug, Subcommand)]
pub enum Schedule {
    /// Gives a connection a schedule, or another one
    Set(SetSchedule),
    /// Lists all schedules, the next due first
    List,
    /// Shows a connection's schedule and its last run
    Show(Named),
    /// Takes a connection's schedule away
    Remove(Named),
    /// Starts nothing until `resume`
    Pause(Named),
    /// Goes on from now; what was due during the pause is not made up
    Resume(Named),
    /// Shows when the next runs are due
    Next(Named),
}

/// `schedule set`.
#[derive(Debug, Args)]
pub struct SetSchedule {
    /// The connection's name or id
    pub name: String,
    /// Every so long: 15m, 2h, 1d
    #[arg(long, value_name = "TIME", required_unless_present = "cron", conflicts_with = "cron")]
    pub every: Option<String>,
    /// When the clock shows it: minute, hour, day of the month, month, day of the week. "0 6 * * 1-5" is 6:00, Monday to Friday
    #[arg(long, value_name = "EXPRESSION")]
    pub cron: Option<String>,
    /// The time zone of --cron, like Europe/Zurich [default: the system's]
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Starts nothing until `schedule resume`
    #[arg(long)]
    pub paused: bool,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Starts what is due now, waits for it and ends
    #[arg(long, conflicts_with = "listen")]
    pub once: bool,
    /// Takes webhooks' events too, and answers /health and /metrics: at a port, an address, or both
    #[arg(long, value_name = "ADDRESS:PORT", num_args = 0..=1, default_missing_value = "127.0.0.1")]
    pub listen: Option<String>,
    /// Allows an address that other computers reach, such as 0.0.0.0
    #[arg(long, requires = "listen")]
    pub allow_remote: bool,
    /// How many scheduled syncs go on at the same time [default: the window's setting, 4]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=64))]
    pub at_once: Option<u32>,
}
