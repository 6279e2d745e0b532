//! What a workbench holds.

use crate::contract::{AuthAsk, PasswordAsk, WorkbenchStage};
use crate::preview::Shown;
use definition::{Definition, Fault, Problem, to_yaml};
use engine::detect::Detection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

/// Edits that can be taken back.
const UNDO: usize = 200;

/// A definition with its text: undoing gives back comments, too.
#[derive(Debug, Clone)]
pub(crate) struct Edition {
    pub definition: Definition,
    pub text: String,
}

/// A database whose tables are chosen from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OpenedDatabase {
    /// Its address, without a user and a password.
    pub url: String,
    pub username: Option<String>,
    /// A short name for it.
    pub name: String,
    /// Why a password is asked for.
    pub password: Option<PasswordAsk>,
}

/// What a workbench holds.
pub(crate) struct State {
    pub stage: WorkbenchStage,
    /// The definition as it stands, faulty or not.
    pub definition: Definition,
    /// Its text, as it would be saved.
    pub text: String,
    pub faults: Vec<Fault>,
    /// The connection, once accepted.
    pub connection: Option<String>,
    pub ask: Option<AuthAsk>,
    /// Text before the key that the server asked for: `Token `.
    pub prefix: String,
    pub detection: Option<Detection>,
    pub notes: Vec<String>,
    pub problem: Option<Problem>,
    /// Values of inputs that are no secrets.
    pub values: BTreeMap<String, Value>,
    /// The names of secrets that were given.
    pub given: Vec<String>,
    /// The text of the draft before anything was learned: pasting the same again goes on with this draft.
    pub origin: String,
    /// The database, while its tables are chosen from.
    pub database: Option<OpenedDatabase>,
    /// Its tables, as they were told last.
    pub catalogue: Option<Arc<sources::Catalogue>>,
    pub undo: VecDeque<Edition>,
    pub redo: Vec<Edition>,
    /// Previews by stream.
    pub shown: HashMap<String, Arc<Shown>>,
    /// The last preview's version.
    pub version: u32,
    /// The connector's newest version that this workbench knows of.
    pub seen: u32,
}

impl State {
    /// A state of a definition, nothing else known.
    pub fn new(definition: Definition, text: String, stage: WorkbenchStage) -> Self {
        let faults = definition::check(&definition);
        Self {
            stage,
            definition,
            text,
            faults,
            connection: None,
            ask: None,
            prefix: String::new(),
            detection: None,
            notes: Vec::new(),
            problem: None,
            values: BTreeMap::new(),
            given: Vec::new(),
            origin: String::new(),
            database: None,
            catalogue: None,
            undo: VecDeque::new(),
            redo: Vec::new(),
            shown: HashMap::new(),
            version: 0,
            seen: 0,
        }
    }

    /// Puts another definition in, without a step to take back: what the app itself learned.
    pub fn put(&mut self, definition: Definition) {
        if definition == self.definition {
            return;
        }
        self.text = to_yaml(&definition);
        self.faults = definition::check(&definition);
        self.definition = definition;
    }

    /// Puts another definition in, as a step that can be taken back.
    pub fn edit(&mut self, definition: Definition) {
        if definition == self.definition {
            return;
        }
        if self.undo.len() == UNDO {
            self.undo.pop_front();
        }
        self.undo.push_back(self.edition());
        self.redo.clear();
        self.put(definition);
    }

    /// Puts another text in, with its comments, as a step that can be taken back.
    pub fn edit_text(&mut self, definition: Definition, text: String) {
        if text == self.text {
            return;
        }
        if self.undo.len() == UNDO {
            self.undo.pop_front();
        }
        self.undo.push_back(self.edition());
        self.redo.clear();
        self.set(Edition { definition, text });
    }

    /// Takes back the last edit. Whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(before) = self.undo.pop_back() else { return false };
        self.redo.push(self.edition());
        self.set(before);
        true
    }

    /// Does it again. Whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push_back(self.edition());
        self.set(after);
        true
    }

    /// A version for a new preview.
    pub fn next_version(&mut self) -> u32 {
        self.version += 1;
        self.version
    }

    /// Adds a note, once.
    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !note.is_empty() && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn edition(&self) -> Edition {
        Edition { definition: self.definition.clone(), text: self.text.clone() }
    }

    fn set(&mut self, edition: Edition) {
        self.faults = definition::check(&edition.definition);
        self.definition = edition.definition;
        self.text = edition.text;
    }
}

#[cfg(test)]
mod tests {
    use super::State;
    use crate::contract::WorkbenchStage;
    use definition::Definition;

    fn titled(title: &str) -> Definition {
        Definition { name: "a".to_owned(), title: title.to_owned(), ..Definition::default() }
    }

    #[test]
    fn a_hundred_edits_are_taken_back_and_done_again() {
        let mut state = State::new(titled("0"), "# a comment\n".to_owned(), WorkbenchStage::Ready);
        for step in 1..=100 {
            state.edit(titled(&step.to_string()));
        }
        while state.undo() {}
        assert_eq!((state.definition.title.as_str(), state.text.as_str()), ("0", "# a comment\n"));
        while state.redo() {}
        assert_eq!(state.definition.title, "100");
        state.undo();
        state.edit(titled("other"));
        assert!(!state.redo(), "an edit ends what could be done again");
    }

    #[test]
    fn an_edit_that_changes_nothing_keeps_the_text() {
        let mut state = State::new(titled("0"), "# mine\n".to_owned(), WorkbenchStage::Ready);
        state.edit(titled("0"));
        assert_eq!(state.text, "# mine\n");
        assert!(!state.undo());
    }
}
