//! What this version runs. A kind that comes to the engine is taken off these lists, and nowhere else.

use crate::model::{Body, Decode, Partition, Source};

/// The body of a request that reads.
pub(super) fn body(body: &Body) -> Option<&'static str> {
    match body {
        Body::Json(_) => None,
        Body::Form(_) => Some("a form body"),
        Body::Multipart(_) => Some("a multipart body"),
        Body::Text(_) => Some("a text body"),
        Body::Graphql(_) => Some("a GraphQL body"),
    }
}

/// The bytes of an answer.
pub(super) fn decode(decode: &Decode) -> Option<&'static str> {
    match decode {
        Decode::Json { compression: None } => None,
        Decode::Json { .. } => Some("an extra layer of compression"),
        Decode::Jsonl { .. } => Some("JSON lines"),
        Decode::Csv(_) => Some("CSV"),
        Decode::Xml(_) => Some("XML"),
        Decode::Text { .. } => Some("text"),
    }
}

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
