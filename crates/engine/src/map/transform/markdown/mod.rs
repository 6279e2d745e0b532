//! `markdown`: nested content as Markdown (CommonMark, with the tables and the task lists of GitHub).
//!
//! Content of all systems becomes the same few blocks ([`write`]), and the blocks become text. Text is escaped; what
//! can't be told is kept as a paragraph.

mod attributes;
mod blocks;
mod html;
mod inline;
mod lists;
mod rich;
mod sections;
mod tables;
#[cfg(test)]
mod tests;
mod write;

use crate::json::to_value;
use crate::map::value::Val;
use blocks::Reader;
use definition::model::{MarkdownArgs, MarkdownShape};
use serde_json::Value;
use write::{Block, markdown};

/// The compiled reading.
#[derive(Debug)]
pub(crate) struct Markdown {
    shape: MarkdownShape,
    children: Option<String>,
}

impl Markdown {
    pub fn new(args: &MarkdownArgs) -> Self {
        Self { shape: args.shape, children: args.children.clone() }
    }

    /// The content as Markdown. Content in a text is read as JSON where it is some.
    pub fn apply(&self, value: &Val<'_>) -> Result<Val<'static>, String> {
        if self.shape == MarkdownShape::Html {
            return match value {
                Val::Json(_) => Err(format!("is {}, not text", value.kind())),
                other => Ok(Val::text(markdown(&html::blocks(&other.plain())))),
            };
        }
        let tree = match value {
            Val::Text(text) => packed(text).unwrap_or_else(|| Value::from(text.as_ref())),
            Val::Json(text) => to_value(text).ok_or("is nested too deeply")?,
            other => return Err(format!("is {}, not content", other.kind())),
        };
        let reader = Reader { children: self.children.as_deref() };
        let blocks: Vec<Block> = match self.shape {
            MarkdownShape::Sections => sections::blocks(&tree, &reader),
            _ => reader.blocks(&tree),
        };
        Ok(Val::text(markdown(&blocks)))
    }
}

/// Content that was packed into a text.
fn packed(text: &str) -> Option<Value> {
    let text = text.trim();
    if text.starts_with(['{', '[']) {
        to_value(text).filter(|value| value.is_object() || value.is_array())
    } else {
        None
    }
}
