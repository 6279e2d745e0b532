//! Where records go. Sinks live in their own crate; the engine knows this trait alone.

use crate::batch::{Batch, Column};
use crate::state::StreamState;
use definition::Problem;
use definition::model::Deletions;

/// What a sink is told about a stream before its first page.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamShape {
    /// The stream's name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The key's columns, in order. Empty: records can't be told apart, so a full read replaces them all.
    pub key: Vec<String>,
    /// Whether members that no column took come along (`rest: keep`).
    pub extras: bool,
    /// Whether the person asked for everything anew: saved state is not used.
    pub full: bool,
    /// Whether the stream reads only what changed. A keyless stream that does is appended to, not replaced.
    pub incremental: bool,
    /// What becomes of records that a whole read did not meet.
    pub deletions: Deletions,
}

/// What one write, or all of them, did to the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Records that were not there.
    pub new: u64,
    /// Records that were there and differed.
    pub updated: u64,
    /// Records that were there and did not differ.
    pub unchanged: u64,
    /// Records that were there and are gone.
    pub deleted: u64,
}

impl std::ops::AddAssign for Written {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.deleted += other.deleted;
    }
}

/// What becomes of records of parts (files) that are read anew or are gone. A record's part stands in its column
/// [`Parts::COLUMN`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// The read's name.
    pub read: String,
    /// Whether records of parts that are read anew come with the next write.
    pub anew: bool,
    /// Parts that the next write ends: what they had before and this read did not bring is gone.
    pub ended: Vec<String>,
    /// What becomes of it.
    pub how: Deletions,
    /// Parts that are gone with all of their records, told before the end of the read.
    pub gone: Vec<String>,
    /// All parts that there are, where it is not known what there was before: all others are gone.
    pub there: Option<Vec<String>>,
}

impl Parts {
    /// The column with a record's part.
    pub const COLUMN: &str = "_path";

    /// With what comes behind it, of the same read.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        if self.is_empty() {
            return later;
        }
        self.anew |= later.anew;
        self.ended.extend(later.ended);
        self
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        !self.anew && self.ended.is_empty() && self.gone.is_empty() && self.there.is_none()
    }
}

/// Where records go. Called from one thread of its own, in order; may block.
pub trait Sink: Send {
    /// Makes ready for a stream (creates or widens its table). Gives back the state that stands with the records
    /// already there, if this sink keeps it.
    fn open(&mut self, shape: &StreamShape) -> Result<Option<StreamState>, Problem>;

    /// Whether it keeps the state, so that the next read goes on where this one stops.
    fn keeps_state(&self) -> bool {
        false
    }

    /// Writes a page's records and the state after them, in one transaction. An empty batch still commits the state.
    fn write(&mut self, batch: &Batch, state: &StreamState) -> Result<Written, Problem>;

    /// Writes several small batches and the state after them, in one transaction. A sink that has none writes one after
    /// the other.
    fn write_together(&mut self, batches: &[Batch], state: &StreamState) -> Result<Written, Problem> {
        let mut written = Written::default();
        for batch in batches {
            written += self.write(batch, state)?;
        }
        Ok(written)
    }

    /// Told before the first write of a read that covers everything there is: what its writes, and those of its parts
    /// before a kill, do not bring is gone when it finishes. `read` names the read. A sink that can't tell ignores it.
    fn mirror(&mut self, read: &str) -> Result<(), Problem> {
        let _ = read;
        Ok(())
    }

    /// Told before a write, or before the end, that touches parts which were read before. What it says happens in the
    /// transaction of that write. A sink that can't tell ignores it.
    fn parts(&mut self, parts: Parts) -> Result<(), Problem> {
        let _ = parts;
        Ok(())
    }

    /// Ends the stream: all pages were read. `state` is what the next run starts from. What is given back is added
    /// to the writes' counts (a keyless table is compared and swapped only here).
    fn finish(&mut self, state: &StreamState) -> Result<Written, Problem>;

    /// Told where a limit ended the read: what was written is all that comes of it. A sink whose records show only at
    /// the end, and that can't go on later since it keeps no state, shows what it has.
    fn limited(&mut self) -> Result<(), Problem> {
        Ok(())
    }
}

/// Takes records and keeps none: for what looks at them on their way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn open(&mut self, _: &StreamShape) -> Result<Option<StreamState>, Problem> {
        Ok(None)
    }

    fn write(&mut self, _: &Batch, _: &StreamState) -> Result<Written, Problem> {
        Ok(Written::default())
    }

    fn finish(&mut self, _: &StreamState) -> Result<Written, Problem> {
        Ok(Written::default())
    }
}
