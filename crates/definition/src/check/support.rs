//! What this version runs. A kind that comes to the engine is taken off these lists, and nowhere else.

use crate::model::Source;

/// Where records come from.
pub(super) fn source(source: &Source) -> Option<&'static str> {
    match source {
        Source::Http | Source::Database(_) | Source::Files(_) => None,
    }
}
