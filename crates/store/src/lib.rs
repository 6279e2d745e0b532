//! The app's own SQLite and the keyring: connectors, connections, runs, state, settings, secrets.

mod connections;
mod connectors;
mod database;
mod runs;
mod secrets;
mod settings;
mod state;

pub use connections::Connection;
pub use connectors::Connector;
pub use database::Store;
pub use runs::{LogLine, Run, StreamRow};
pub use secrets::{SecretPlace, SecretStore, SecretStoreStatus};
