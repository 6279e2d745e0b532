//! Record steps: changes to a whole record before its fields are read. Text to text: what a step does not touch is
//! copied, so that no digit is lost.

mod add;
mod case;
mod change;
mod keywords;
mod object;
mod remove;
mod rename;
#[cfg(test)]
mod tests;

use super::places::{Finder, Places};
use super::transform::{Context, flat};
use super::value::shorten;
use crate::expr::{Expressions, Scope};
use crate::json::to_value;
use add::Add;
use change::Change;
use definition::Fault;
use definition::model::{KeyCase, RecordStep};
use keywords::Keywords;
use remove::Remove;
use rename::Rename;
use std::borrow::Cow;

/// The compiled steps of a stream.
#[derive(Debug, Default)]
pub(super) struct Steps {
    steps: Vec<Step>,
}

/// A compiled step.
#[derive(Debug)]
enum Step {
    Add(Add),
    Remove(Remove),
    Rename(Rename),
    KeyCase(KeyCase),
    Flatten(String),
    Keywords(Keywords),
    Change(Change),
}

/// What a step could not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StepFault {
    /// The step's place.
    pub step: usize,
    /// The value as it came, shortened.
    pub value: String,
    /// The member, and why it could not be done.
    pub message: String,
}

/// The record after one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTrace {
    /// The step's word: `add`.
    pub name: String,
    /// The record after it, as JSON text.
    pub after: String,
    /// What it could not do.
    pub faults: Vec<String>,
}

/// The record under way, and what goes wrong.
struct Work<'w> {
    context: Context<'w>,
    step: usize,
    faults: &'w mut Vec<StepFault>,
}

impl Work<'_> {
    fn fault(&mut self, member: &str, value: &str, why: &str) {
        let message = format!("`{member}` {why}");
        self.faults.push(StepFault { step: self.step, value: shorten(value), message });
    }
}

impl Steps {
    /// Compiles the steps, or tells all of their faults.
    pub fn compile(steps: &[RecordStep], path: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut compiled = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            match Step::compile(step, &format!("{path}[{place}]"), expressions) {
                Ok(step) => compiled.push(step),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() { Ok(Self { steps: compiled }) } else { Err(faults) }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Adds what the steps can do on the record's text to what is looked for in it.
    pub fn look_for(&mut self, finder: &mut Finder) {
        if let [Step::Add(add)] = self.steps.as_mut_slice() {
            add.look_for(finder);
        }
    }

    /// The record after all steps, where that is had from its text alone. `None`: apply them.
    pub fn splice(&self, record: &str, places: &Places) -> Option<String> {
        match self.steps.as_slice() {
            [Step::Add(add)] => add.splice(record, places),
            _ => None,
        }
    }

    /// The record after all steps.
    pub fn apply<'r>(
        &self,
        record: &'r str,
        expressions: &Expressions,
        scope: Scope<'_>,
        faults: &mut Vec<StepFault>,
    ) -> Cow<'r, str> {
        let mut at = Cow::Borrowed(record.trim_ascii());
        for place in 0..self.steps.len() {
            if let Some(changed) = self.one(place, &at, expressions, scope, faults) {
                at = Cow::Owned(changed);
            }
        }
        at
    }

    /// The record after each step.
    pub fn trace(&self, record: &str, expressions: &Expressions, scope: Scope<'_>) -> Vec<StepTrace> {
        let mut at = record.trim_ascii().to_owned();
        let traced = self.steps.iter().enumerate().map(|(place, step)| {
            let mut faults = Vec::new();
            if let Some(changed) = self.one(place, &at, expressions, scope, &mut faults) {
                at = changed;
            }
            let faults = faults.into_iter().map(|fault| fault.message).collect();
            StepTrace { name: step.word().to_owned(), after: at.clone(), faults }
        });
        traced.collect()
    }

    /// One step. `None`: it changes nothing.
    fn one(
        &self,
        place: usize,
        record: &str,
        expressions: &Expressions,
        scope: Scope<'_>,
        faults: &mut Vec<StepFault>,
    ) -> Option<String> {
        let step = self.steps.get(place)?;
        let tree = if step.uses_record() { to_value(record) } else { None };
        let scope = Scope { record: tree.as_ref(), ..scope };
        let mut work = Work { context: Context { expressions, scope, record }, step: place, faults };
        step.apply(record, &mut work)
    }
}

impl Step {
    fn compile(step: &RecordStep, path: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        Ok(match step {
            RecordStep::Add(members) => Self::Add(Add::compile(members, path, expressions)?),
            RecordStep::Remove(paths) => Self::Remove(Remove::compile(paths, path)?),
            RecordStep::Rename(names) => Self::Rename(Rename::compile(names, path)?),
            RecordStep::KeyCase(case) => Self::KeyCase(*case),
            RecordStep::Flatten(separator) => Self::Flatten(separator.clone()),
            RecordStep::Keywords(args) => Self::Keywords(Keywords::compile(args, path)?),
            RecordStep::Change(members) => Self::Change(Change::compile(members, path, expressions)?),
        })
    }

    /// The word in the file.
    fn word(&self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::Remove(_) => "remove",
            Self::Rename(_) => "rename",
            Self::KeyCase(_) => "key_case",
            Self::Flatten(_) => "flatten",
            Self::Keywords(_) => "keywords",
            Self::Change(_) => "change",
        }
    }

    fn uses_record(&self) -> bool {
        match self {
            Self::Add(add) => add.uses_record(),
            Self::Change(change) => change.uses_record(),
            _ => false,
        }
    }

    fn apply(&self, record: &str, work: &mut Work<'_>) -> Option<String> {
        match self {
            Self::Add(add) => add.apply(record, work),
            Self::Remove(remove) => remove.apply(record),
            Self::Rename(rename) => rename.apply(record),
            Self::KeyCase(case) => Some(case::keys(record, *case)),
            Self::Flatten(separator) => record.starts_with('{').then(|| flat(record, separator)),
            Self::Keywords(keywords) => keywords.apply(record),
            Self::Change(change) => change.apply(record, work),
        }
    }
}
