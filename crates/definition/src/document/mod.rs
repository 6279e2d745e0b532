//! The file: text in, definition out, and stable text back.

mod lines;
mod numbers;
mod read;

use crate::emit::to_yaml;
use crate::{Definition, Fault, check, shape, versions};
use lines::Lines;

/// A definition together with the text that it came from. Saving without an edit gives the same text back.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    text: String,
    definition: Definition,
}

impl Document {
    /// Reads YAML or JSON of at most 5 MiB. All faults of shape, or else all of meaning, each with its path and line.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let definition = read_shape(text)?;
        let faults = check(&definition);
        if faults.is_empty() { Ok(Self { text: text.to_owned(), definition }) } else { Err(located(text, faults)) }
    }

    /// Reads a definition that has the right shape, whatever [`check`] says about its meaning: for a draft, and for
    /// one that uses kinds which this version can't run yet.
    pub fn parse_shape(text: &str) -> Result<Self, Vec<Fault>> {
        Ok(Self { text: text.to_owned(), definition: read_shape(text)? })
    }

    /// A document made here.
    pub fn new(definition: Definition) -> Self {
        Self { text: to_yaml(&definition), definition }
    }

    /// The definition.
    pub fn definition(&self) -> &Definition {
        &self.definition
    }

    /// The text to save.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document with another definition. The text stays as it is where nothing changed.
    #[must_use]
    pub fn with(self, definition: Definition) -> Self {
        if definition == self.definition { self } else { Self::new(definition) }
    }

    /// Whether the text has comments that an edit in the app would lose. The line that names the schema is none.
    pub fn has_comments(&self) -> bool {
        lines::has_comments(&self.text)
    }

    /// The faults of a definition, with the lines of this text.
    pub fn check(&self) -> Vec<Fault> {
        located(&self.text, check(&self.definition))
    }
}

fn read_shape(text: &str) -> Result<Definition, Vec<Fault>> {
    let value = read::read(text).map_err(|fault| vec![fault])?;
    let value = versions::climb(value).map_err(|fault| located(text, vec![fault]))?;
    let faults = shape::check(&value);
    if !faults.is_empty() {
        return Err(located(text, faults));
    }
    // The shape check is stricter than serde; this catches a difference between the two rather than hide it.
    serde_json::from_value(value).map_err(|error| vec![Fault::new("bad_shape", "", error.to_string())])
}

fn located(text: &str, mut faults: Vec<Fault>) -> Vec<Fault> {
    if faults.is_empty() {
        return faults;
    }
    let lines = Lines::of(text);
    for fault in &mut faults {
        fault.line = fault.line.or_else(|| lines.line(&fault.path));
    }
    faults
}
