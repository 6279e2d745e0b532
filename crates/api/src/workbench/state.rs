//! What a workbench holds.

use crate::contract::{AuthAsk, PasswordAsk, WorkbenchStage};
use crate::preview::Shown;
use definition::difference::{Change, ChangeKind, difference};
use definition::{Definition, Document, Fault, Problem};
use engine::detect::Detection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Edits that can be taken back.
const UNDO: usize = 200;

/// A definition with its text: undoing gives back comments, too.
#[derive(Debug, Clone)]
pub(crate) struct Edition {
    pub definition: Definition,
    pub text: String,
    /// What became different after it, in words.
    pub why: String,
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

/// What was typed last, so that the next key of the same word is no step of its own.
#[derive(Debug, Clone)]
struct Typed {
    path: String,
    at: Instant,
}

/// Keys of one word follow each other within this time.
const ONE_WORD: Duration = Duration::from_millis(1500);

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
    /// What was detected, by stream.
    pub detections: BTreeMap<String, Detection>,
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
    typed: Option<Typed>,
    /// The text as it was typed and why it is no definition, while it is none.
    pub draft: Option<(String, Vec<Fault>)>,
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
        let faults = faults_of(&definition, &text);
        Self {
            stage,
            definition,
            text,
            faults,
            connection: None,
            ask: None,
            prefix: String::new(),
            detections: BTreeMap::new(),
            notes: Vec::new(),
            problem: None,
            values: BTreeMap::new(),
            given: Vec::new(),
            origin: String::new(),
            database: None,
            catalogue: None,
            undo: VecDeque::new(),
            redo: Vec::new(),
            typed: None,
            draft: None,
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
        let text = std::mem::take(&mut self.text);
        let document = Document::kept(text, std::mem::take(&mut self.definition)).rewritten(definition);
        self.text = document.text().to_owned();
        self.definition = document.definition().clone();
        self.faults = faults_of(&self.definition, &self.text);
    }

    /// Puts another definition in, as a step that can be taken back.
    pub fn edit(&mut self, definition: Definition) {
        if definition == self.definition {
            return;
        }
        self.step(told(&difference(&self.definition, &definition)));
        self.put(definition);
    }

    /// The same for what comes key by key: a word is one step.
    pub fn type_in(&mut self, definition: Definition) {
        if definition == self.definition {
            return;
        }
        let changes = difference(&self.definition, &definition);
        let path = match changes.as_slice() {
            [one] if one.kind == ChangeKind::Changed => one.path.clone(),
            _ => String::new(),
        };
        let now = Instant::now();
        let goes_on = self.typed.take().is_some_and(|typed| {
            !path.is_empty() && typed.path == path && now.duration_since(typed.at) < ONE_WORD && self.redo.is_empty()
        });
        match self.undo.back_mut().filter(|_| goes_on) {
            Some(before) => before.why = told(&difference(&before.definition, &definition)),
            None => self.step(told(&changes)),
        }
        self.typed = Some(Typed { path, at: now });
        self.put(definition);
    }

    /// Keeps what stands now, to be gone back to.
    fn step(&mut self, why: String) {
        if self.undo.len() == UNDO {
            self.undo.pop_front();
        }
        self.typed = None;
        self.undo.push_back(self.edition(why));
        self.redo.clear();
    }

    /// Puts another text in, with its comments, as a step that can be taken back.
    pub fn edit_text(&mut self, definition: Definition, text: String) {
        if text == self.text {
            return;
        }
        let changes = difference(&self.definition, &definition);
        self.step(if changes.is_empty() { "the text".to_owned() } else { told(&changes) });
        self.set(definition, text);
    }

    /// Takes back the last edit, or text that could not be read. Whether there was one.
    pub fn undo(&mut self) -> bool {
        if self.draft.take().is_some() {
            return true;
        }
        let Some(before) = self.undo.pop_back() else { return false };
        self.redo.push(self.edition(before.why));
        self.set(before.definition, before.text);
        true
    }

    /// Does it again. Whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push_back(self.edition(after.why));
        self.set(after.definition, after.text);
        true
    }

    /// Takes an edit back that is refused, whether it went on or back: so many steps could be taken back before it.
    pub fn back_to(&mut self, steps: usize) {
        let now = self.undo.len();
        if now < steps {
            (now..steps).all(|_| self.redo());
        } else {
            // Letters of one word are one step.
            (0..(now - steps).max(1)).all(|_| self.undo());
        }
    }

    /// What was detected of the stream that stands first.
    pub fn first_detection(&self) -> Option<&Detection> {
        self.definition.streams.first().and_then(|stream| self.detections.get(&stream.name))
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

    fn edition(&self, why: String) -> Edition {
        Edition { definition: self.definition.clone(), text: self.text.clone(), why }
    }

    fn set(&mut self, definition: Definition, text: String) {
        self.typed = None;
        self.faults = faults_of(&definition, &text);
        self.definition = definition;
        self.text = text;
    }
}

/// What is wrong with a definition, and the keys of its text that nobody knows, each with its line.
fn faults_of(definition: &Definition, text: &str) -> Vec<Fault> {
    let unknown = if Document::is_stable(text, definition) {
        Vec::new()
    } else {
        Document::parse_loose(text).map(|(_, unknown)| unknown).unwrap_or_default()
    };
    let mut faults = Document::kept(text.to_owned(), definition.clone()).check();
    faults.extend(unknown);
    faults
}

/// Changes in a line: the first, and how many more.
fn told(changes: &[Change]) -> String {
    let first = changes.first().map(|change| change.words.clone()).unwrap_or_default();
    match changes.len() {
        0 | 1 => first,
        2 => format!("{first}, and 1 more"),
        more => format!("{first}, and {} more", more - 1),
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

    #[test]
    fn a_word_that_is_typed_is_one_step_and_each_step_says_what_it_was() {
        let mut state = State::new(titled(""), "# mine\ntapwright: 1\nname: a\n".to_owned(), WorkbenchStage::Ready);
        for word in ["S", "Sh", "Shop"] {
            state.type_in(titled(word));
        }
        let whys: Vec<_> = state.undo.iter().map(|edition| edition.why.as_str()).collect();
        assert_eq!(whys.len(), 2, "the first key adds the title, the others change it: {whys:?}");
        assert!(whys.iter().all(|why| why.contains("title")), "{whys:?}");
        assert!(state.text.starts_with("# mine\n"), "{}", state.text);
        assert!(state.undo() && state.undo() && !state.undo());
        assert_eq!(state.definition.title, "");
    }

    #[test]
    fn text_that_can_not_be_read_is_taken_back_first() {
        let mut state = State::new(titled("0"), String::new(), WorkbenchStage::Ready);
        state.edit(titled("1"));
        state.draft = Some(("tapwright: [".to_owned(), Vec::new()));
        assert!(state.undo());
        assert_eq!((state.definition.title.as_str(), state.draft.is_none()), ("1", true));
        assert!(state.undo());
        assert_eq!(state.definition.title, "0");
    }
}
