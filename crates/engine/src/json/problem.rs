//! What is wrong with a page, in words.

use super::scan::{MAX_DEPTH, members};
use super::{Path, unescape};
use definition::{Problem, ProblemKind, Stage};

fn problem(code: &str, stage: Stage, message: String) -> Problem {
    Problem::new(code, ProblemKind::Data, stage, message)
}

/// The first characters of a text, on one line.
pub fn shorten(text: &str, characters: usize) -> String {
    let mut out: String = text.chars().take(characters).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(characters).is_some() {
        out.push('…');
    }
    out
}

/// Text that `serde_json` refused.
pub fn not_json(page: &str, error: &serde_json::Error) -> Problem {
    let start = page.trim_start();
    if start.is_empty() {
        return problem("not_json", Stage::Decode, "The answer is empty; JSON was expected.".to_owned()).hint(
            "Check the path: an address that only confirms answers so. Where it means that there are no records, say so \
             by a rule in `responses` that ignores it.",
        );
    }
    if let Some(html) = html(start) {
        return html;
    }
    let place = format!("line {}, column {}", error.line(), error.column());
    if error.is_eof() {
        let message = format!("The answer stops in the middle of its JSON ({place}).");
        return problem("not_json", Stage::Decode, message)
            .hint("The server or a proxy cut it off. Try again, or ask for smaller pages.")
            .detail(shorten(start, 80))
            .retryable();
    }
    let hint = match start.starts_with('<') {
        true => {
            "It looks like XML. Set the stream's `decode`, or ask for JSON with the header `Accept: application/json`."
        }
        false => {
            "Check the address and that it answers with JSON. CSV, XML and text are read, too: set the stream's `decode`."
        }
    };
    problem("not_json", Stage::Decode, format!("The answer is not JSON ({place}). It starts: {}", shorten(start, 80)))
        .hint(hint)
        .detail(error.to_string())
}

fn html(start: &str) -> Option<Problem> {
    let head: String = start.chars().take(4096).collect();
    let lower = head.to_ascii_lowercase();
    if !["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| lower.starts_with(tag)) {
        return None;
    }
    let title = lower.find("<title").and_then(|open| {
        let from = open + lower[open..].find('>')? + 1;
        let to = from + lower[from..].find("</title")?;
        Some(shorten(head.get(from..to)?.trim(), 80))
    });
    let titled = title.filter(|title| !title.is_empty()).map(|title| format!(" titled “{title}”")).unwrap_or_default();
    let message = format!("The answer is a web page{titled}, not JSON.");
    Some(
        problem("html_not_json", Stage::Decode, message)
            .hint("The address may be of the site rather than of its API, or the page asks to sign in."),
    )
}

/// JSON nested deeper than we read.
pub fn too_deep(depth: usize) -> Problem {
    let message = format!("The answer nests {depth} levels deep; {MAX_DEPTH} are read.");
    problem("too_deep", Stage::Decode, message)
}

/// The records' path leads nowhere.
pub fn no_records(page: &str, path: Option<&Path>) -> Problem {
    let there = describe(page);
    let message = match path {
        Some(path) => format!("There is nothing at `{path}`. The answer is {there}."),
        None => format!("The answer holds no records: it is {there}."),
    };
    let field = "records.path";
    problem("no_records_path", Stage::Select, message).hint("Choose where the records are in the answer.").field(field)
}

/// The records' path leads to something that can't hold records.
pub fn not_list(value: &str, path: &Path) -> Problem {
    let message = format!("What `{path}` asks for is not a list of records: there is {}.", describe(value));
    problem("records_not_list", Stage::Select, message)
        .hint("Choose where the records are in the answer.")
        .field("records.path")
}

/// A value in words: an object by its first names, the rest by its kind.
fn describe(json: &str) -> String {
    let json = json.trim();
    match json.as_bytes().first() {
        Some(b'{') => {
            let all = members(json).unwrap_or_default();
            let names: Vec<_> = all.iter().take(8).map(|(name, _)| format!("`{}`", shorten(name, 40))).collect();
            let more = if all.len() > 8 { ", …" } else { "" };
            match names.is_empty() {
                true => "an empty object".to_owned(),
                false => format!("an object with {}{more}", names.join(", ")),
            }
        }
        Some(b'[') => "an array".to_owned(),
        Some(b'"') => format!("the text “{}”", shorten(&unescape(json.trim_matches('"')), 80)),
        Some(b'n') => "null".to_owned(),
        Some(b't' | b'f') => json.to_owned(),
        _ => format!("the number {}", shorten(json, 40)),
    }
}
