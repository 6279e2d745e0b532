//! The records as they stand: the seed's, with what was changed and added since.

use crate::data::{self, Collection, Place, Sizes};
use crate::write::Written;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// All collections.
#[derive(Debug)]
pub struct Library {
    seed: u64,
    sizes: Sizes,
    added: BTreeMap<Collection, u64>,
    /// When a record was changed or added, in seconds since 1970, and how often it was changed.
    changed: BTreeMap<(Collection, u64), (i64, u32)>,
    /// What clients wrote.
    pub(crate) written: Written,
}

/// Which records are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    /// Only records changed at or after this, in seconds since 1970.
    pub since: Option<i64>,
    /// Only records changed before this.
    pub until: Option<i64>,
}

impl Library {
    /// The records of a seed.
    pub fn new(seed: u64, sizes: Sizes) -> Self {
        Self { seed, sizes, added: BTreeMap::new(), changed: BTreeMap::new(), written: Written::default() }
    }

    /// How many records there are.
    pub fn len(&self, collection: Collection) -> u64 {
        collection.size(&self.sizes) + self.added.get(&collection).copied().unwrap_or(0)
    }

    fn updated(&self, collection: Collection, index: u64) -> (i64, u32) {
        let first = || (data::first_update(collection, &self.sizes, self.seed, index), 0);
        self.changed.get(&(collection, index)).copied().unwrap_or_else(first)
    }

    /// A record, whether it exists or not.
    pub fn record(&self, collection: Collection, index: u64) -> Value {
        let (updated, revision) = self.updated(collection, index);
        let record = data::record(collection, &Place { seed: self.seed, sizes: &self.sizes, index, updated, revision });
        self.written.over(collection, index, record)
    }

    /// The places of the records that are asked for, in order. `None`: all, from 0.
    pub fn matching(&self, collection: Collection, span: Span) -> Option<Vec<u64>> {
        if span.since.is_none() && span.until.is_none() && !self.written.has_gaps(collection) {
            return None;
        }
        let fits = |index: &u64| {
            if self.written.is_gone(collection, *index) {
                return false;
            }
            let (updated, _) = self.updated(collection, *index);
            span.since.is_none_or(|since| updated >= since) && span.until.is_none_or(|until| updated < until)
        };
        Some((0..self.len(collection)).filter(fits).collect())
    }

    /// The place of a record by its number or its id.
    pub fn find(&self, collection: Collection, id: &str) -> Option<u64> {
        let len = self.len(collection);
        let digits = id.strip_prefix("inv_").unwrap_or(id);
        if let Ok(number) = digits.parse::<u64>() {
            let is_there = |index: &u64| *index < len && !self.written.is_gone(collection, *index);
            return number.checked_sub(1).filter(is_there);
        }
        (0..len).find(|index| self.record(collection, *index).get("id").and_then(Value::as_str) == Some(id))
    }

    /// Changes a record: `updated_at` is now, or a second after the last change.
    pub fn touch(&mut self, collection: Collection, index: u64) -> Value {
        let (updated, revision) = self.updated(collection, index);
        let now = self.now(collection).max(updated + 1);
        self.changed.insert((collection, index), (now, revision + 1));
        self.record(collection, index)
    }

    /// Adds a record at the end.
    pub fn add(&mut self, collection: Collection) -> Value {
        let index = self.len(collection);
        let now = self.now(collection);
        *self.added.entry(collection).or_default() += 1;
        self.changed.insert((collection, index), (now, 0));
        self.record(collection, index)
    }

    /// Takes back all changes.
    pub fn reset(&mut self) {
        self.added.clear();
        self.changed.clear();
        self.written = Written::default();
    }

    /// Now; on a machine whose clock is far behind, after the seed's last record.
    fn now(&self, collection: Collection) -> i64 {
        let last = collection.size(&self.sizes).saturating_sub(1);
        Timestamp::now().as_second().max(data::first_update(collection, &self.sizes, self.seed, last) + 1)
    }
}
