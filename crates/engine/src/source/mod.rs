//! Where a stream's records come from, where that is not HTTP. A source gives pages as the loop knows them.

pub mod database;
mod plan;

pub(crate) use plan::DatabasePlan;

use crate::expr::Expressions;
use crate::page::{PagePart, PageStream, Pager};
use definition::model::{Source, Stream};
use definition::{Fault, Problem};
use futures::future::BoxFuture;
use serde_json::Value;

/// A compiled source.
#[derive(Debug)]
pub(crate) enum SourcePlan {
    /// Answers to requests.
    Http,
    /// Rows of a database.
    Database(Box<DatabasePlan>),
}

/// A page's parts, one after the other, as a source makes them. The last has `end`.
pub(crate) trait Parts: Send + std::fmt::Debug {
    /// The next part. Nothing comes behind the last.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<PagePart>, Problem>>;
}

impl SourcePlan {
    /// Compiles a stream's source; `field` is the stream's path in the definition.
    pub(crate) fn compile(stream: &Stream, field: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        match &stream.source {
            Source::Http => Ok(Self::Http),
            Source::Database(database) => {
                let plan = DatabasePlan::compile(database, stream, &format!("{field}.source"), expressions)?;
                Ok(Self::Database(Box::new(plan)))
            }
            Source::Files(_) => {
                let message = "This version of Tapwright can't run files as a source yet.";
                Err(vec![Fault::new("not_yet", format!("{field}.source"), message)])
            }
        }
    }

    /// Whether the records are answers to requests.
    pub(crate) fn is_http(&self) -> bool {
        matches!(self, Self::Http)
    }

    /// The first page's token, where the source has pages of its own.
    pub(crate) fn first(&self) -> Option<Value> {
        match self {
            Self::Http => None,
            Self::Database(_) => Some(Value::Null),
        }
    }

    /// Opens a page, where the source has pages of its own.
    pub(crate) async fn open(&self, pager: &Pager, token: &Value) -> Option<Result<PageStream, Problem>> {
        match self {
            Self::Http => None,
            Self::Database(database) => Some(database.open(pager, token).await),
        }
    }

    /// Whether a read that was cut off can go on where it stopped.
    pub(crate) fn resumes(&self) -> bool {
        match self {
            Self::Http => true,
            Self::Database(database) => database.resumes(),
        }
    }

    /// Whether records of a page that is read again stand in the same places, so that those before may be passed over.
    pub(crate) fn passes_over(&self) -> bool {
        match self {
            Self::Http => true,
            // Rows may have come and gone between.
            Self::Database(_) => false,
        }
    }

    /// Whether pages with the same records are a sign of paging that never ends.
    pub(crate) fn may_loop(&self) -> bool {
        match self {
            Self::Http => true,
            Self::Database(_) => false,
        }
    }
}
