//! Guards against reading for ever.

use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;
use std::collections::hash_map::DefaultHasher;
use std::collections::{HashSet, VecDeque};
use std::hash::{Hash, Hasher};

/// Tokens remembered. Beyond, the oldest are forgotten: memory stays bounded.
const TOKENS: usize = 100_000;

/// Remembers what was asked for and what came.
#[derive(Debug, Default)]
pub(super) struct Guard {
    tokens: HashSet<u64>,
    order: VecDeque<u64>,
    last_page: Option<u64>,
}

impl Guard {
    /// Remembers a page's body. An error: it is the one before again.
    pub(super) fn page(&mut self, body: &[u8], records: usize, number: u64, field: &str) -> Result<(), Problem> {
        let hash = hash_of(body);
        let same = records > 0 && self.last_page == Some(hash);
        self.last_page = Some(hash);
        if !same {
            return Ok(());
        }
        let message = format!("Page {number} is the same as the page before it, so the pages would never end.");
        Err(repeats(message, field))
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
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

fn repeats(message: String, field: &str) -> Problem {
    Problem::new("page_repeats", ProblemKind::Data, Stage::Paginate, message)
        .hint("What was read is kept. Check how the stream pages: the name of the parameter, or where the next page is named.")
        .field(format!("{field}.paginate"))
}

/// A ceiling of the definition was met.
pub(super) fn ceiling(name: &str, most: &str) -> Box<Problem> {
    let message = format!("The read met its ceiling of {most} (http.limits.{name}). What was read is kept.");
    let problem = Problem::new("limit_reached", ProblemKind::Config, Stage::Paginate, message)
        .hint(format!("Raise http.limits.{name} to read more; the next run goes on from here."))
        .field(format!("http.limits.{name}"));
    Box::new(problem)
}

#[cfg(test)]
mod tests {
    use super::{Guard, TOKENS};
    use serde_json::json;

    #[test]
    fn tokens_and_pages_that_come_again_are_found() {
        let mut guard = Guard::default();
        for token in [json!(1), json!(2), json!("1")] {
            guard.token(&token, 1, "streams[0]").unwrap();
        }
        assert_eq!(guard.token(&json!(2), 3, "streams[0]").unwrap_err().code, "page_repeats");
        guard.page(b"[1]", 1, 1, "").unwrap();
        guard.page(b"[2]", 1, 2, "").unwrap();
        assert!(guard.page(b"[2]", 1, 3, "").is_err());
        guard.page(b"[]", 0, 4, "").unwrap();
        guard.page(b"[]", 0, 5, "").unwrap();
    }

    #[test]
    fn memory_is_bounded() {
        let mut guard = Guard::default();
        for token in 0..TOKENS + 10 {
            guard.token(&json!(token), 1, "").unwrap();
        }
        assert_eq!((guard.tokens.len(), guard.order.len()), (TOKENS, TOKENS));
    }
}
