//! Whether a record is kept, without mapping it: for what is read on another stream's behalf.

use super::mapper::in_scope;
use super::{Mapper, PageScope};
use crate::expr::Expressions;
use crate::json::to_value;
use definition::{Problem, ProblemKind, Stage};

impl Mapper {
    /// Whether the stream's filter keeps a record (its JSON text).
    pub(crate) fn passes(
        &self,
        expressions: &Expressions,
        scope: &PageScope<'_>,
        record: &str,
    ) -> Result<bool, Problem> {
        let Some(filter) = self.filter.as_ref().map(|filter| &filter.slow) else { return Ok(true) };
        let tree = if filter.uses("record") { to_value(record) } else { None };
        filter.is_true(expressions, &in_scope(tree.as_ref(), scope)).map_err(|message| {
            let message = format!("The filter of a parent can't be told for a record: {message}.");
            Problem::new("filter_failed", ProblemKind::Data, Stage::Map, message)
                .hint("A member that some records lack needs a default: `{{ record.name | default('') }}`.")
        })
    }
}
