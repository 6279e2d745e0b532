//! The app's own SQLite and the keyring: connectors, connections, runs, state, settings, secrets.

mod actions;
mod batches;
mod connections;
mod connectors;
mod database;
mod dependents;
mod health;
mod journal;
mod metrics;
mod runs;
mod schedules;
mod secrets;
mod settings;
mod state;
mod versions;
mod webhooks;

pub use actions::ActionRow;
pub use batches::{Batch, Push};
pub use connections::Connection;
pub use connectors::Connector;
pub use database::Store;
pub use health::HealthRow;
pub use journal::{BatchRow, Entry, Journal, PushStep, PushedRow, RowState};
pub use metrics::Metric;
pub use runs::{LogLine, Run, RunFact, RunQuery, StreamRow};
pub use schedules::{Schedule, ScheduleEnd};
pub use secrets::{SecretPlace, SecretStore, SecretStoreStatus};
pub use versions::{Cause, Version};
pub use webhooks::{IDS_KEPT, KeptWebhook, SettledWebhook, WebhookRow};
