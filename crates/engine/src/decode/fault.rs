//! What can be wrong with an answer's bytes, in words.

use definition::{Problem, ProblemKind, Stage};

/// Bytes that are not what the definition says.
pub(super) fn broken(code: &str, message: impl Into<String>) -> Problem {
    Problem::new(code, ProblemKind::Data, Stage::Decode, message)
}

/// An answer that stops half way: the same again may work.
pub(super) fn cut(message: impl Into<String>) -> Problem {
    broken("body_cut", message)
        .hint("The server or a proxy cut it off. Try again, or ask for smaller pages.")
        .retryable()
}

/// An answer that unpacks to more than it may.
pub(super) fn too_large(ceiling: u64) -> Problem {
    let message =
        format!("The answer unpacks to more than the ceiling of {ceiling} bytes (http.limits.response_bytes).");
    broken("too_large", message).hint("Ask for smaller pages, or raise http.limits.response_bytes.")
}

/// The first characters of a text, on one line.
pub(super) fn shown(bytes: &[u8]) -> String {
    const SHOWN: usize = 80;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN * 4)]).into_owned();
    let mut out: String = start.trim().chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if out.len() < start.trim().len() || bytes.len() > SHOWN * 4 {
        out.push('…');
    }
    out
}
