//! Members of records that come and go nowhere: they are told when they are new, and once.

use crate::event::{EventSink, LogLevel, NewField, RunEvent};
use crate::json::{Members, Path, unescape};
use crate::map::Listed;
use definition::model::FieldType;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Records of a read that are looked at one by one, and of how many later ones one is.
const EACH: u64 = 1_000;
const STEP: u64 = 32;
/// Names that are kept. Records with more have their data in their names.
const MOST: usize = 1_000;
/// Names that a line tells.
const TOLD: usize = 8;

/// What was found. The run and the mapping share it.
pub(super) type Found = Arc<Mutex<Vec<NewField>>>;

/// What is found of a read.
pub(super) fn taken(found: &Found) -> Vec<NewField> {
    std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Looks for members that no column takes.
pub(super) struct Unmapped {
    /// Whether nothing is known of what came before.
    first: bool,
    /// Whether what is found is kept, so that it is told once.
    keeps: bool,
    /// Names that came before this read, or that a column takes.
    known: HashMap<String, bool>,
    fresh: BTreeMap<String, Seen>,
    passed: u64,
    looked: u64,
    with: u64,
    /// Whether the first page is past.
    past: bool,
    grown: bool,
}

struct Seen {
    records: u64,
    kind: Option<FieldType>,
}

impl Unmapped {
    /// `seen`: the names of the reads before. `keeps`: whether the sink keeps a state.
    pub(super) fn new(seen: &[String], keeps: bool) -> Self {
        let known = seen.iter().map(|name| (name.clone(), false)).collect();
        let (fresh, first) = (BTreeMap::new(), seen.is_empty());
        Self { first, keeps, known, fresh, passed: 0, looked: 0, with: 0, past: false, grown: false }
    }

    /// Whether the next record is looked at.
    pub(super) fn is_due(&mut self) -> bool {
        self.passed += 1;
        (self.passed <= EACH || self.passed.is_multiple_of(STEP)) && self.known.len() + self.fresh.len() < MOST
    }

    /// Looks at a record, as the columns see it.
    pub(super) fn look(&mut self, record: &str, listed: &Listed) {
        self.looked += 1;
        let mut any = false;
        for (name, value) in Members::of(record) {
            let name = unescape(name);
            if self.known.contains_key(name.as_ref()) {
                continue;
            }
            if listed.has(&name) {
                self.known.insert(name.into_owned(), true);
                self.grown = true;
                continue;
            }
            any = true;
            let kind = kind_of(value);
            match self.fresh.get_mut(name.as_ref()) {
                Some(seen) => {
                    seen.records += 1;
                    seen.kind = joined(seen.kind, kind);
                }
                None => {
                    self.fresh.insert(name.into_owned(), Seen { records: 1, kind });
                    self.grown = true;
                }
            }
        }
        self.with += u64::from(any);
    }

    /// A page ends. What a first read meets on its first page stood there when the definition was made; where nothing
    /// is kept it could not be told once.
    pub(super) fn page_ends(&mut self) {
        if std::mem::replace(&mut self.past, true) || !self.first || self.keeps {
            return;
        }
        let stood = std::mem::take(&mut self.fresh);
        self.known.extend(stood.into_keys().map(|name| (name, false)));
        self.with = 0;
    }

    /// The names for the state, where they are more than before.
    pub(super) fn names(&mut self) -> Option<Vec<String>> {
        if !std::mem::take(&mut self.grown) {
            return None;
        }
        let mut names: Vec<String> = self.known.keys().chain(self.fresh.keys()).cloned().collect();
        names.sort_unstable();
        Some(names)
    }

    /// Tells what was found.
    pub(super) fn tell(self, stream: &str, read: u64, events: &EventSink, found: &Found) {
        if self.fresh.is_empty() {
            return;
        }
        let mut names: Vec<&str> = self.fresh.keys().take(TOLD).map(String::as_str).collect();
        let more = (self.fresh.len() - names.len()).to_string();
        if more != "0" {
            names.extend(["…", "+", &more]);
        }
        let names = names.join(", ").replace("…, +, ", "… +");
        let (with, looked) = (self.with, self.looked);
        let of =
            if looked < read { format!("{looked} records that were looked at") } else { format!("{looked} records") };
        let message = match self.first && self.keeps {
            true => format!("In {with} of {of}, but in no column: {names}."),
            false => format!("New in {with} of {of}, and in no column: {names}."),
        };
        events(RunEvent::Log { level: LogLevel::Warn, stream: Some(stream.to_owned()), message });
        let fields = self.fresh.into_iter().map(|(name, seen)| NewField {
            path: Path::of_name(&name),
            name,
            kind: seen.kind.unwrap_or_default(),
            records: seen.records,
            of: looked,
        });
        *found.lock().unwrap_or_else(PoisonError::into_inner) = fields.collect();
    }
}

/// What a column of such values would be. `None`: null says nothing.
fn kind_of(value: &str) -> Option<FieldType> {
    Some(match value.trim_start().bytes().next()? {
        b'"' => FieldType::String,
        b't' | b'f' => FieldType::Boolean,
        b'[' => FieldType::Array,
        b'{' => FieldType::Json,
        b'n' => return None,
        _ if value.contains(['.', 'e', 'E']) => FieldType::Number,
        _ => FieldType::Integer,
    })
}

fn joined(one: Option<FieldType>, other: Option<FieldType>) -> Option<FieldType> {
    match (one, other) {
        (None, kind) | (kind, None) => kind,
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(FieldType::Integer | FieldType::Number), Some(FieldType::Integer | FieldType::Number)) => {
            Some(FieldType::Number)
        }
        _ => Some(FieldType::Json),
    }
}
