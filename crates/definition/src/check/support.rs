//! What this version runs. A kind that comes to the engine is taken off these lists, and nowhere else.

use crate::model::{Partition, Source};

/// The parts of a stream.
pub(super) fn partition(partition: &Partition) -> &'static str {
    match partition {
        Partition::List(_) => "a partition by a list",
        Partition::Parent(_) => "a partition by another stream's records",
        Partition::Window(_) => "a partition by dates",
    }
}

/// Where records come from.
pub(super) fn source(source: &Source) -> Option<&'static str> {
    match source {
        Source::Http => None,
        Source::Database(_) => Some("a database as a source"),
        Source::Files(_) => Some("files as a source"),
    }
}
