//! Each answer names the next page by a token.

use super::{PageFacts, Placed, done, token_text};
use crate::expr::{Compiled, Expressions};
use crate::json::Path;
use crate::page::Next;
use definition::Fault;
use definition::model::{CursorPaginate, Inject};
use serde_json::Value;

/// A token from the answer goes into the next request.
#[derive(Debug)]
pub(crate) struct Cursor {
    source: Source,
    inject: Inject,
}

#[derive(Debug)]
enum Source {
    Path(Path),
    Expression(Compiled),
}

impl Cursor {
    pub(super) fn compile(cursor: &CursorPaginate, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let field = || format!("{path}.next");
        let source = if cursor.next.is_literal() {
            Source::Path(Path::parse(cursor.next.as_str()).map_err(|why| Fault::new("bad_path", field(), why))?)
        } else {
            let compiled = expressions.compile(&cursor.next);
            Source::Expression(compiled.map_err(|why| Fault::new("bad_template", field(), why))?)
        };
        Ok(Self { source, inject: cursor.inject.clone() })
    }

    pub(super) fn path(&self) -> Option<&Path> {
        if let Source::Path(path) = &self.source { Some(path) } else { None }
    }

    pub(super) fn expression(&self) -> Option<&Compiled> {
        if let Source::Expression(expression) = &self.source { Some(expression) } else { None }
    }

    pub(super) fn place(&self, token: &Value) -> Placed<'_> {
        if token.is_null() { Placed::Nothing } else { Placed::At(&self.inject, token.clone()) }
    }

    pub(super) fn next(&self, facts: &PageFacts<'_>) -> Next {
        token_text(facts.next.as_ref()).map_or_else(|| done("no next token"), |token| Next::Page(Value::String(token)))
    }
}
