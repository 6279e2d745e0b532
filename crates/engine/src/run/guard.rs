//! Guards against reading for ever.

use crate::event::Counts;
use crate::plan::StreamPlan;
use definition::{Problem, ProblemKind, Stage};
use foldhash::quality::FixedState;
use serde_json::Value;
use std::collections::{HashSet, VecDeque};
use std::hash::BuildHasher;
use std::ops::Range;

/// Pages remembered: a cycle of up to this many is found.
const PAGES: usize = 1_000;
/// Pages without a record that may follow each other: what a search left out may fill some.
const MOST_EMPTY: u32 = 50;
/// Tokens remembered. Beyond, the oldest are forgotten: memory stays bounded.
const TOKENS: usize = 100_000;

/// Remembers what was asked for and what came.
#[derive(Debug, Default)]
pub(super) struct Guard {
    tokens: HashSet<u64>,
    order: VecDeque<u64>,
    pages: VecDeque<u64>,
    /// The records of the page that is being read.
    hash: u64,
    records: usize,
    /// Pages without records, one after the other.
    empty: u32,
}

impl Guard {
    /// Takes a part of a page: its records, and them alone, since a body that counts its pages or tells the time is
    /// another each time.
    pub(super) fn part(&mut self, body: &[u8], records: &[Range<usize>]) {
        for range in records {
            let record = hash_of(body.get(range.clone()).unwrap_or_default());
            self.hash = (self.hash ^ record).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        }
        self.records += records.len();
    }

    /// Ends a page and remembers it. An error: its records came before. A single record that looks like an earlier one
    /// is no sign, unless it came just now.
    pub(super) fn page(&mut self, number: u64, field: &str) -> Result<(), Problem> {
        let (hash, records) = (std::mem::take(&mut self.hash), std::mem::take(&mut self.records));
        if records == 0 {
            self.empty += 1;
            if self.empty < MOST_EMPTY {
                return Ok(());
            }
            let message = format!(
                "{} pages one after the other had no records, and each names a next one, so the pages would never end.",
                self.empty
            );
            return Err(repeats(message, field));
        }
        self.empty = 0;
        let again = self.pages.back() == Some(&hash) || (records > 1 && self.pages.contains(&hash));
        if again {
            let message =
                format!("Page {number} has the same records as a page before it, so the pages would never end.");
            return Err(repeats(message, field));
        }
        self.pages.push_back(hash);
        if self.pages.len() > PAGES {
            self.pages.pop_front();
        }
        Ok(())
    }

    /// Remembers a token. An error: it was asked for before.
    pub(super) fn token(&mut self, token: &Value, number: u64, field: &str) -> Result<(), Problem> {
        let text = token.to_string();
        let hash = hash_of(text.as_bytes());
        if !self.tokens.insert(hash) {
            let shown: String = text.chars().take(120).collect();
            let message = format!(
                "Page {number} names a next page that was read before ({shown}), so the pages would never end."
            );
            return Err(repeats(message, field));
        }
        self.order.push_back(hash);
        if self.order.len() > TOKENS
            && let Some(oldest) = self.order.pop_front()
        {
            self.tokens.remove(&oldest);
        }
        Ok(())
    }
}

fn hash_of(bytes: &[u8]) -> u64 {
    FixedState::default().hash_one(bytes)
}

fn repeats(message: String, field: &str) -> Problem {
    Problem::new("page_repeats", ProblemKind::Data, Stage::Paginate, message)
        .hint("What was read is kept. Check how the stream pages: the name of the parameter, or where the next page is named.")
        .field(format!("{field}.paginate"))
}

/// Records that took the place of others of the same read: one in twenty is no change that happened meanwhile.
pub(super) fn overwritten(counts: &Counts, stream: &StreamPlan) -> Option<Problem> {
    let (updated, read) = (counts.updated, counts.read);
    if stream.key.is_empty() || updated == 0 || updated.saturating_mul(20) < read {
        return None;
    }
    let key = stream.key.join(" + ");
    let message = format!(
        "{updated} of {read} records had the key of another one of this read, and took its place: `{key}` does not tell all apart."
    );
    let problem = Problem::new("key_repeats", ProblemKind::Data, Stage::Write, message)
        .hint("Add to the key what tells them apart, such as the id of the parent or another column.")
        .field(format!("{}.key", stream.field));
    Some(problem)
}

/// A ceiling of the definition was met.
pub(super) fn ceiling(name: &str, most: &str) -> Box<Problem> {
    let message = format!("The read met its ceiling of {most} (http.limits.{name}). What was read is kept.");
    let problem = Problem::new("limit_reached", ProblemKind::Config, Stage::Paginate, message)
        .hint(format!("Raise http.limits.{name} to read more."))
        .field(format!("http.limits.{name}"));
    Box::new(problem)
}

/// Says what the next run does where a ceiling was met: it goes on only where the state is kept with the records.
pub(super) fn goes_on(mut problem: Problem, keeps_state: bool) -> Problem {
    if problem.code == "limit_reached"
        && let Some(hint) = problem.hint.take()
    {
        let more = hint.trim_end_matches('.');
        problem.hint = Some(if keeps_state {
            format!("{more}; the next run goes on from here.")
        } else {
            format!("{more}. Nothing is kept here to go on from: the next run begins anew.")
        });
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::{Guard, TOKENS, ceiling, goes_on};
    use serde_json::json;

    #[test]
    fn tokens_that_come_again_are_found() {
        let mut guard = Guard::default();
        for token in [json!(1), json!(2), json!("1")] {
            guard.token(&token, 1, "streams[0]").unwrap();
        }
        assert_eq!(guard.token(&json!(2), 3, "streams[0]").unwrap_err().code, "page_repeats");
    }

    #[test]
    fn only_what_keeps_the_state_goes_on() {
        let told = |keeps| goes_on(*ceiling("records", "10 records"), keeps).hint.unwrap_or_default();
        assert_eq!(told(true), "Raise http.limits.records to read more; the next run goes on from here.");
        assert!(told(false).ends_with("the next run begins anew."), "{}", told(false));
    }

    #[test]
    fn memory_is_bounded() {
        let mut guard = Guard::default();
        for token in 0..TOKENS + 10 {
            guard.token(&json!(token), 1, "").unwrap();
        }
        assert_eq!((guard.tokens.len(), guard.order.len()), (TOKENS, TOKENS));
    }

    /// The records of a page: its second and third part of `counter|a|b`.
    fn page(guard: &mut Guard, body: &str, number: u64) -> bool {
        let starts: Vec<usize> = body.match_indices('|').map(|(at, _)| at + 1).collect();
        let ends = starts.iter().skip(1).map(|start| start - 1).chain([body.len()]);
        let records: Vec<_> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
        guard.part(body.as_bytes(), &records);
        guard.page(number, "streams[0]").is_ok()
    }

    #[test]
    fn the_same_records_behind_a_changing_counter_are_found() {
        let mut guard = Guard::default();
        assert!(page(&mut guard, "1|a|b", 1));
        assert!(!page(&mut guard, "2|a|b", 2));
    }

    #[test]
    fn a_cycle_of_pages_is_found() {
        let mut guard = Guard::default();
        assert!(page(&mut guard, "1|a|b", 1));
        assert!(page(&mut guard, "2|c|d", 2));
        assert!(!page(&mut guard, "3|a|b", 3));
    }

    #[test]
    fn pages_that_stay_empty_end() {
        let mut guard = Guard::default();
        assert!((1..super::MOST_EMPTY).all(|number| page(&mut guard, "x", u64::from(number))));
        assert!(page(&mut guard, "x|a|b", 50));
        assert!((1..super::MOST_EMPTY).all(|number| page(&mut guard, "x", u64::from(number))));
        assert!(!page(&mut guard, "x", 100));
    }

    #[test]
    fn empty_pages_and_single_records_that_come_back_later_are_no_loop() {
        let mut guard = Guard::default();
        assert!(page(&mut guard, "1", 1) && page(&mut guard, "1", 2));
        assert!(page(&mut guard, "1|a", 3) && page(&mut guard, "2|b", 4) && page(&mut guard, "3|a", 5));
    }
}
