//! Connectors: definitions that are kept here.

use crate::Store;
use definition::Problem;

/// A connector that is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connector {
    /// Its id: 16 hex digits, made by chance.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// The text of its definition. May be faulty while it is a draft.
    pub text: String,
    /// Whether it was not accepted yet.
    pub draft: bool,
    /// What the app keeps beside a draft (detection, notes, the trust stage), as JSON.
    pub extra: String,
    /// When it was last changed, RFC 3339.
    pub changed_at: String,
}

impl Store {
    /// Keeps a connector: makes it, or replaces the one with its id. Sets `changed_at`.
    pub async fn put_connector(&self, _connector: &Connector) -> Result<(), Problem> {
        todo!()
    }
    /// One connector.
    pub async fn connector(&self, _id: &str) -> Result<Option<Connector>, Problem> {
        todo!()
    }
    /// All, the last changed first.
    pub async fn connectors(&self) -> Result<Vec<Connector>, Problem> {
        todo!()
    }
    /// Deletes it with its connections, their runs and state. Secrets and data files are the caller's.
    pub async fn delete_connector(&self, _id: &str) -> Result<(), Problem> {
        todo!()
    }
}
