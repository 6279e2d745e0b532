//! The file: text in, definition out, and stable text back.

mod change;
mod lines;
mod numbers;
mod parts;
#[cfg(test)]
mod parts_tests;
mod patch;
mod read;
mod tree;

use crate::emit::to_yaml;
use crate::{Definition, Fault, check, shape, versions};
pub use change::{Patch, TextPatch};
use lines::Lines;
pub use parts::{Places, Reread};
use serde_json::Value;

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

    /// Reads a definition past keys that this version does not know: they are told as faults, and stay in the text.
    pub fn parse_loose(text: &str) -> Result<(Self, Vec<Fault>), Vec<Fault>> {
        let (definition, faults) = read_loose(text)?;
        Ok((Self { text: text.to_owned(), definition }, faults))
    }

    /// Writes another definition into the text: only the lines of what changed are new. Comments, the order of keys and
    /// keys that this version does not know stay.
    #[must_use]
    pub fn rewritten(&self, definition: Definition) -> Self {
        self.rewritten_at(definition, &mut Places::default())
    }

    /// The same where it is known where the text's streams stand: a large text is not read again for one of them. The
    /// places become those of the new text.
    #[must_use]
    pub fn rewritten_at(&self, definition: Definition, places: &mut Places) -> Self {
        if definition == self.definition {
            return self.clone();
        }
        let part =
            places.rewrite(&self.text, &self.definition, &definition, |text, old, new| written(&text, &old, &new));
        if let Some((text, moved)) = part {
            *places = moved;
            return Self { text, definition };
        }
        let text = written(&self.text, &self.definition, &definition).unwrap_or_else(|| to_yaml(&definition));
        *places = Places::of(&text);
        Self { text, definition }
    }

    /// A text with the definition that was read from it before.
    pub fn kept(text: String, definition: Definition) -> Self {
        Self { text, definition }
    }

    /// Whether a text is the stable one of a definition: nothing in it is a person's own.
    pub fn is_stable(text: &str, definition: &Definition) -> bool {
        text == to_yaml(definition)
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

    /// The text and the definition.
    pub fn into_parts(self) -> (String, Definition) {
        (self.text, self.definition)
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

/// All faults of a definition, with the lines of its text, found where its streams are known to stand.
pub fn check_at(text: &str, definition: &Definition, places: &Places) -> Vec<Fault> {
    let mut faults = check(definition);
    if faults.is_empty() {
        return faults;
    }
    let Some(around) = places.around(text, &faults) else { return located(text, faults) };
    let lines = Lines::of(&around.text);
    for fault in &mut faults {
        fault.line = fault.line.or_else(|| lines.line(&around.path(&fault.path)).map(|line| around.line(line)));
    }
    faults
}

/// The text with another definition written into it; nothing where it can't be told how.
fn written(text: &str, old: &Definition, new: &Definition) -> Option<String> {
    if text == to_yaml(old) {
        return Some(to_yaml(new));
    }
    let value = |definition: &Definition| serde_json::to_value(definition).ok();
    // What was written is read again: a text that means something else is none.
    value(old)
        .zip(value(new))
        .and_then(|(old, new)| patch::patch(text, &old, &new))
        .filter(|text| read_loose(text).is_ok_and(|(read, _)| read == *new))
}

fn read_shape(text: &str) -> Result<Definition, Vec<Fault>> {
    let (value, faults) = read_value(text)?;
    if !faults.is_empty() {
        return Err(faults);
    }
    from_value(value)
}

fn read_loose(text: &str) -> Result<(Definition, Vec<Fault>), Vec<Fault>> {
    let (mut value, faults) = read_value(text)?;
    if faults.iter().any(|fault| fault.code != "unknown_key") {
        return Err(faults);
    }
    for fault in &faults {
        take_away(&mut value, &fault.path);
    }
    // Keys behind the most that is told, and ways that can't be told apart without them.
    let rest = shape::check(&value);
    if !rest.is_empty() {
        return Err(located(text, rest));
    }
    Ok((from_value(value)?, faults))
}

/// Takes the member at a path away.
fn take_away(value: &mut Value, path: &str) {
    let steps = crate::path::steps(path);
    let Some((last, parents)) = steps.split_last() else { return };
    let mut at = Some(value);
    for step in parents {
        at = at.and_then(|value| match value {
            Value::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
            other => other.get_mut(step.as_str()),
        });
    }
    if let Some(Value::Object(map)) = at {
        map.remove(last);
    }
}

/// The data of a text, and the faults of its shape.
fn read_value(text: &str) -> Result<(Value, Vec<Fault>), Vec<Fault>> {
    let value = read::read(text).map_err(|fault| vec![fault])?;
    let value = versions::climb(value).map_err(|fault| located(text, vec![fault]))?;
    let faults = located(text, shape::check(&value));
    Ok((value, faults))
}

fn from_value(value: Value) -> Result<Definition, Vec<Fault>> {
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
