//! Where a stream's records come from, where that is not HTTP. A source gives pages as the loop knows them.

pub mod database;
pub mod files;
mod plan;

pub(crate) use plan::{DatabasePlan, ServerPlan};

use crate::expr::Expressions;
use crate::page::{PagePart, PageStream, Pager};
use definition::model::{Source, Stream};
use definition::{Fault, Problem};
use files::FilesPlan;
use futures::future::BoxFuture;
use serde_json::Value;

/// A compiled source.
#[derive(Debug)]
pub(crate) enum SourcePlan {
    /// Answers to requests.
    Http,
    /// Rows of a database.
    Database(Box<DatabasePlan>),
    /// Files of a folder.
    Files(Box<FilesPlan>),
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
            Source::Files(files) => Ok(Self::Files(Box::new(FilesPlan::compile(stream, files, field, expressions)?))),
        }
    }

    /// The files, where it is files.
    pub(crate) fn files(&self) -> Option<&FilesPlan> {
        match self {
            Self::Files(files) => Some(files),
            Self::Http | Self::Database(_) => None,
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
            Self::Database(_) | Self::Files(_) => Some(Value::Null),
        }
    }

    /// Opens a page, where the source has pages of its own.
    pub(crate) async fn open(&self, pager: &Pager, token: &Value) -> Option<Result<PageStream, Problem>> {
        match self {
            Self::Http => None,
            Self::Database(database) => Some(database.open(pager, token).await),
            Self::Files(_) => Some(pager.open_file(token).await),
        }
    }

    /// Whether a read that was cut off can go on where it stopped.
    pub(crate) fn resumes(&self) -> bool {
        match self {
            Self::Http | Self::Files(_) => true,
            Self::Database(database) => database.resumes(),
        }
    }

    /// Whether records of a page that is read again stand in the same places, so that those before may be passed over.
    pub(crate) fn passes_over(&self) -> bool {
        match self {
            Self::Http | Self::Files(_) => true,
            // Rows may have come and gone between.
            Self::Database(_) => false,
        }
    }

    /// Whether pages with the same records are a sign of paging that never ends.
    pub(crate) fn may_loop(&self) -> bool {
        match self {
            Self::Http => true,
            Self::Database(_) | Self::Files(_) => false,
        }
    }
}
