//! One pass over a page: where the records are, and the facts that the paging needs.

use super::scan::{MAX_DEPTH, Scanner, items_at, members_at};
use super::trie::{Found, Trie, Walk};
use super::{Path, problem};
use definition::Problem;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::ops::Range;

/// What to find in a page.
#[derive(Debug, Clone)]
pub struct Selector {
    records: Option<Path>,
    facts: Vec<Path>,
    trie: Trie,
}

/// What was found: places in the page's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// The records.
    pub records: Vec<Range<usize>>,
    /// The facts, in the order asked for.
    pub facts: Vec<Option<Range<usize>>>,
}

/// The slots of the one pass: the records, what holds them (before the first `[*]`), then the facts.
const RECORDS: u32 = 0;
const HOLDER: u32 = 1;
const FACTS: u32 = 2;

impl Selector {
    /// Prepares: the records' path (`None`: the items of an array, or the one object) and the facts' paths.
    /// A plain path that leads to an array stands for its items.
    pub fn new(records: Option<&Path>, facts: &[Path]) -> Self {
        let mut trie = Trie::default();
        match records.map(Path::walk) {
            None => trie.add(&[], HOLDER),
            Some(None) => {}
            Some(Some(walk)) => {
                let wild = walk.iter().position(|step| *step == Walk::Every);
                if wild.is_some() {
                    trie.add(walk, RECORDS);
                }
                trie.add(&walk[..wild.unwrap_or(walk.len())], HOLDER);
            }
        }
        for (slot, fact) in (FACTS..).zip(facts) {
            if let Some(walk) = fact.walk() {
                trie.add(walk, slot);
            }
        }
        Self { records: records.cloned(), facts: facts.to_vec(), trie }
    }

    /// Reads a page in one pass where the paths are plain. Text that is not JSON is a problem `not_json` with the place
    /// and the first words (`html_not_json` for a web page, `too_deep` for JSON nested deeper than 128); a records path
    /// that leads nowhere is `no_records_path`, one that leads to a single value `records_not_list`. A null where the
    /// records should be counts as no records.
    pub fn select(&self, page: &str) -> Result<Selected, Problem> {
        self.select_after(page, None)
    }

    /// The same for a page behind one whose first record had these members. What was XML once names one record where there
    /// would be a list of them, and nothing (`""`, null) where there are none: such an object is a record if it has half of
    /// the members, and such a nothing has no records.
    pub fn select_after(&self, page: &str, before: Option<&[String]>) -> Result<Selected, Problem> {
        let body = page.strip_prefix('\u{feff}').unwrap_or(page);
        let mut scanner = Scanner::strict(body);
        let mut found = Found::new();
        let whole = self.trie.walk(body, &mut scanner, &mut found).is_some() && scanner.is_done();
        if !whole || scanner.deepest > MAX_DEPTH {
            return Err(refused(body));
        }
        let mut selected = Selected { records: self.records(body, &found, before)?, facts: self.facts(body, &found) };
        let mark = page.len() - body.len();
        if mark > 0 {
            selected.records.iter_mut().chain(selected.facts.iter_mut().flatten()).for_each(|range| {
                *range = range.start + mark..range.end + mark;
            });
        }
        Ok(selected)
    }

    fn facts(&self, body: &str, found: &Found) -> Vec<Option<Range<usize>>> {
        let mut facts = vec![None; self.facts.len()];
        for (slot, range) in found.iter().filter(|(slot, _)| *slot >= FACTS) {
            if let Some(fact) = facts.get_mut((slot - FACTS) as usize) {
                fact.get_or_insert_with(|| range.clone());
            }
        }
        for (fact, path) in facts.iter_mut().zip(&self.facts).filter(|(_, path)| path.walk().is_none()) {
            *fact = path.ranges(body).into_iter().next();
        }
        facts
    }

    fn records(&self, body: &str, found: &Found, before: Option<&[String]>) -> Result<Vec<Range<usize>>, Problem> {
        let walk = match &self.records {
            // A filter or a search that finds nothing has found nothing: no fault.
            Some(path) if path.walk().is_none() => return Ok(path.ranges(body)),
            Some(path) => path.walk(),
            None => None,
        };
        let Some((_, holder)) = found.iter().find(|(slot, _)| *slot == HOLDER) else {
            let nothing = before.is_some() && walk.is_some_and(|walk| ends_in_nothing(body, walk));
            return if nothing { Ok(Vec::new()) } else { Err(problem::no_records(body, self.records.as_ref())) };
        };
        let wild = walk.and_then(|walk| walk.iter().position(|step| *step == Walk::Every).map(|at| &walk[at + 1..]));
        let text = &body[holder.clone()];
        match (wild, text.as_bytes().first()) {
            (_, Some(b'n')) if self.records.is_some() => Ok(Vec::new()),
            (None, Some(b'[')) => Ok(items_at(&mut Scanner::at(body, holder.start)).unwrap_or_default()),
            (None, Some(b'{')) => Ok(vec![holder.clone()]),
            (Some(after), Some(b'[')) => {
                let records: Vec<_> = of_slot(found, RECORDS).collect();
                let empty = text.trim_start_matches('[').trim_start().starts_with(']');
                match records.is_empty() && !empty && !after.is_empty() && !after.contains(&Walk::Every) {
                    true => Err(problem::no_records(body, self.records.as_ref())),
                    false => Ok(records),
                }
            }
            (Some(_), Some(b'{')) if is_map_of_objects(body, holder.start) => Ok(of_slot(found, RECORDS).collect()),
            (Some([]), Some(b'{')) if before.is_some_and(|names| is_like(body, holder.start, names)) => {
                Ok(vec![holder.clone()])
            }
            (Some(_), Some(b'"')) if before.is_some() && text == "\"\"" => Ok(Vec::new()),
            _ => Err(match &self.records {
                Some(path) => problem::not_list(text, path),
                None => problem::no_records(body, None),
            }),
        }
    }
}

/// Why a page can't be read.
fn refused(body: &str) -> Problem {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(body) {
        return problem::not_json(body, &error);
    }
    let mut scanner = Scanner::new(body);
    let _ = scanner.skip();
    problem::too_deep(scanner.deepest)
}

fn of_slot(found: &Found, wanted: u32) -> impl Iterator<Item = Range<usize>> + '_ {
    found.iter().filter(move |(slot, _)| *slot == wanted).map(|(_, range)| range.clone())
}

/// An object can hold records by their ids, and then its values are objects. A single record can't: its values aren't.
fn is_map_of_objects(body: &str, at: usize) -> bool {
    let entries = members_at(&mut Scanner::at(body, at)).unwrap_or_default();
    entries.iter().all(|(_, range)| matches!(body.as_bytes().get(range.start), Some(b'{' | b'[')))
}

/// Whether an object has half of these members.
fn is_like(body: &str, at: usize, names: &[String]) -> bool {
    let entries = members_at(&mut Scanner::at(body, at)).unwrap_or_default();
    let same = entries.iter().filter(|(name, _)| names.iter().any(|known| known == name)).count();
    same > 0 && same * 2 >= names.len()
}

/// Whether the way to the records stops at a null or an empty text.
fn ends_in_nothing(body: &str, walk: &[Walk]) -> bool {
    let root = serde_json::from_str(body).unwrap_or(Value::Bool(false));
    let mut at = &root;
    for step in walk {
        let Walk::Key(name) = step else { return false };
        match at.get(name) {
            Some(Value::Null) => return true,
            Some(Value::String(text)) if text.is_empty() => return true,
            Some(inner) => at = inner,
            None => return false,
        }
    }
    false
}
