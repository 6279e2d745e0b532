//! What a workbench holds.

use crate::contract::{AuthAsk, PasswordAsk, WorkbenchStage};
use crate::preview::Shown;
use definition::difference::{Change, ChangeKind, difference};
use definition::{Definition, Document, Fault, Patch, Places, Problem, Reread, TextPatch, check_at};
use engine::detect::Detection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Edits that can be taken back.
const UNDO: usize = 200;

/// What takes an edit back, its comments, too. Small where the edit is: a large definition has many.
#[derive(Debug, Clone)]
pub(crate) struct Edition {
    definition: Patch,
    text: TextPatch,
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
    /// Where its streams stand in the text.
    places: Places,
    /// The keys of the text that nobody knows.
    unknown: Vec<Fault>,
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
    /// The file of many requests, while some of them are chosen.
    pub collection: Option<Arc<formats::Collection>>,
    /// Streams of such a file that were not read yet, behind the first. It goes as soon as they are.
    pub unread: Vec<String>,
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
        let unknown = unknown_of(&definition, &text);
        Self::read(definition, text, unknown, stage)
    }

    /// The same where the keys that nobody knows are known.
    pub fn read(definition: Definition, text: String, unknown: Vec<Fault>, stage: WorkbenchStage) -> Self {
        let places = Places::of(&text);
        let mut faults = check_at(&text, &definition, &places);
        faults.extend(unknown.iter().cloned());
        Self {
            stage,
            definition,
            text,
            places,
            unknown,
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
            collection: None,
            unread: Vec::new(),
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
        if definition != self.definition {
            self.rewrite(definition);
        }
    }

    /// Puts another definition in, as a step that can be taken back.
    pub fn edit(&mut self, definition: Definition) {
        if definition == self.definition {
            return;
        }
        let back = self.rewrite(definition);
        self.step(back);
    }

    /// The same for what comes key by key: a word is one step.
    pub fn type_in(&mut self, definition: Definition) {
        if definition == self.definition {
            return;
        }
        let back = self.rewrite(definition);
        self.typed_step(back);
    }

    /// Reads another text: what changed of it, where that can be told.
    pub fn reread(&self, text: &str) -> Result<Reread, Vec<Fault>> {
        match self.places.reread(&self.text, (&self.definition, &self.unknown), text) {
            Some(read) => read,
            None => Document::parse_loose(text).map(|(document, unknown)| Reread {
                patch: Patch::between(&self.definition, document.definition()),
                unknown,
                places: Places::of(text),
                read: text.len(),
            }),
        }
    }

    /// Puts another text in, with its comments, as a step that can be taken back.
    pub fn edit_text(&mut self, definition: Definition, text: String) {
        if text == self.text {
            return;
        }
        let read = Reread {
            patch: Patch::between(&self.definition, &definition),
            unknown: unknown_of(&definition, &text),
            places: Places::of(&text),
            read: text.len(),
        };
        let back = self.take_text(read, text);
        self.step(back);
    }

    /// The same for text that is typed and was read: a word is one step.
    pub fn type_text(&mut self, read: Reread, text: String) {
        if text == self.text {
            return;
        }
        let back = self.take_text(read, text);
        self.typed_step(back);
    }

    fn take_text(&mut self, read: Reread, text: String) -> Edition {
        let back = Edition {
            text: TextPatch::between(&text, &self.text),
            definition: read.patch.apply(&mut self.definition),
            why: String::new(),
        };
        (self.text, self.places, self.unknown) = (text, read.places, read.unknown);
        self.look();
        back
    }

    /// Writes another definition into the text. Gives what takes it back.
    fn rewrite(&mut self, definition: Definition) -> Edition {
        let back = Patch::between(&definition, &self.definition);
        let document = Document::kept(std::mem::take(&mut self.text), std::mem::take(&mut self.definition));
        let (text, definition) = document.rewritten_at(definition, &mut self.places).into_parts();
        let back = Edition { definition: back, text: TextPatch::between(&text, document.text()), why: String::new() };
        // Nothing that is written here is unknown.
        self.unknown = if self.unknown.is_empty() { Vec::new() } else { unknown_of(&definition, &text) };
        (self.text, self.definition) = (text, definition);
        self.look();
        back
    }

    /// Looks for faults.
    fn look(&mut self) {
        self.faults = check_at(&self.text, &self.definition, &self.places);
        self.faults.extend(self.unknown.iter().cloned());
    }

    /// What an edit made different.
    fn changes(&self, back: &Edition) -> Vec<Change> {
        let (after, before) = back.definition.sides(&self.definition);
        difference(&before, &after)
    }

    /// Keeps what takes an edit back.
    fn step(&mut self, mut back: Edition) {
        let changes = self.changes(&back);
        back.why = if changes.is_empty() { "the text".to_owned() } else { told(&changes) };
        self.push(back);
    }

    /// The same for what comes key by key: a word is one step.
    fn typed_step(&mut self, back: Edition) {
        let changes = self.changes(&back);
        let path = match changes.as_slice() {
            [one] if one.kind == ChangeKind::Changed => one.path.clone(),
            _ => String::new(),
        };
        let now = Instant::now();
        let goes_on = self.typed.take().is_some_and(|typed| {
            !path.is_empty() && typed.path == path && now.duration_since(typed.at) < ONE_WORD && self.redo.is_empty()
        });
        match self.undo.back().filter(|_| goes_on).and_then(|before| self.joined(before, &back)) {
            Some(both) => {
                self.undo.pop_back();
                self.undo.push_back(both);
            }
            None => self.step(back),
        }
        self.typed = Some(Typed { path, at: now });
    }

    /// One step of two.
    fn joined(&self, before: &Edition, back: &Edition) -> Option<Edition> {
        let definition = before.definition.behind(&back.definition)?;
        let mut text = self.text.clone();
        back.text.clone().apply(&mut text);
        before.text.clone().apply(&mut text);
        let mut both = Edition { definition, text: TextPatch::between(&self.text, &text), why: String::new() };
        both.why = told(&self.changes(&both));
        Some(both)
    }

    fn push(&mut self, back: Edition) {
        if self.undo.len() == UNDO {
            self.undo.pop_front();
        }
        self.typed = None;
        self.undo.push_back(back);
        self.redo.clear();
    }

    /// Takes back the last edit, or text that could not be read. Whether there was one.
    pub fn undo(&mut self) -> bool {
        if self.draft.take().is_some() {
            return true;
        }
        let Some(back) = self.undo.pop_back() else { return false };
        let again = self.go(back);
        self.redo.push(again);
        true
    }

    /// Does it again. Whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(again) = self.redo.pop() else { return false };
        let back = self.go(again);
        self.undo.push_back(back);
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

    /// The text as it is seen: as it was typed, while that is no definition.
    pub fn shown_text(&self) -> &str {
        self.draft.as_ref().map_or(&self.text, |(text, _)| text)
    }

    /// Tells the text that is seen from any other.
    pub fn revision(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.shown_text().hash(&mut hasher);
        format!("{:016x}", hasher.finish())
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

    /// Goes back or on by an edit. Gives what leads to where it was.
    fn go(&mut self, edition: Edition) -> Edition {
        self.typed = None;
        let mut text = self.text.clone();
        let back = edition.text.apply(&mut text);
        let read = self.places.reread(&self.text, (&self.definition, &self.unknown), &text).and_then(Result::ok);
        let definition = edition.definition.apply(&mut self.definition);
        self.text = text;
        (self.places, self.unknown) = match read {
            Some(read) => (read.places, read.unknown),
            None => (Places::of(&self.text), unknown_of(&self.definition, &self.text)),
        };
        self.look();
        Edition { definition, text: back, why: edition.why }
    }
}

/// The keys of a text that nobody knows, each with its line.
fn unknown_of(definition: &Definition, text: &str) -> Vec<Fault> {
    if Document::is_stable(text, definition) {
        return Vec::new();
    }
    Document::parse_loose(text).map(|(_, unknown)| unknown).unwrap_or_default()
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
    use definition::{Definition, Document};

    /// A connector of many streams with comments.
    fn large() -> String {
        let mut text = "tapwright: 1\nname: a\nhttp: {base_url: 'https://api.acme.test'}\nstreams:\n".to_owned();
        for at in 0..600 {
            text.push_str(&format!("  # the {at}th\n  - name: s{at}\n    request: {{path: /things/{at}}}\n"));
        }
        text
    }

    fn opened(text: &str) -> State {
        let (document, unknown) = Document::parse_loose(text).expect("a definition");
        let (text, definition) = document.into_parts();
        State::read(definition, text, unknown, WorkbenchStage::Ready)
    }

    #[test]
    fn a_letter_in_a_large_text_reads_a_small_part_and_is_taken_back() {
        let text = large();
        let mut state = opened(&text);
        let mut typed = text.clone();
        for more in ["/things/300x", "/things/300xy", "/things/300xyz"] {
            let next = text.replace("/things/300}", &format!("{more}}}"));
            let read = state.reread(&next).expect("a definition");
            assert!(read.read * 20 < text.len(), "{} of {} bytes", read.read, text.len());
            state.type_text(read, next.clone());
            typed = next;
        }
        assert_eq!(state.definition, *Document::parse_shape(&typed).expect("a definition").definition());
        assert!(!state.undo.is_empty());
        while state.undo() {}
        assert_eq!((state.text.as_str(), state.definition.streams[300].request.path.as_str()), (&*text, "/things/300"));
        while state.redo() {}
        assert_eq!(state.text, typed);
    }

    #[test]
    fn what_takes_an_edit_of_a_large_connector_back_is_small() {
        let mut state = opened(&large());
        for at in 0..50 {
            let mut next = state.definition.clone();
            next.streams[at * 7].description = format!("{at}");
            state.edit(next);
        }
        let kept = format!("{:?}", state.undo);
        assert!(state.undo.len() == 50 && kept.len() < 4 * state.text.len(), "{} bytes", kept.len());
        assert_eq!(state.text.matches("th\n").count(), 600, "comments stay");
        while state.undo() {}
        assert_eq!(state.text, large());
    }

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
