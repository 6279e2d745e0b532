//! `fetch(…)` as DevTools copies it, and as documentation writes it.

mod script;

use crate::RequestDraft;
use crate::draft::{self, Call};
use definition::model::Method;
use definition::{Problem, ProblemKind, Stage};
use script::Piece;
use url::form_urlencoded;

/// Whether a text calls `fetch`.
pub(crate) fn looks_like(text: &str) -> bool {
    start(text).is_some()
}

/// The text behind `fetch(`.
fn start(text: &str) -> Option<&str> {
    let at = text.find("fetch(").or_else(|| text.find("fetch ("))?;
    let before = text[..at].trim();
    let before = before.strip_suffix("window.").or(before.strip_suffix("globalThis.")).unwrap_or(before);
    let known = |word: &str| {
        matches!(word, "await" | "return" | "const" | "let" | "var" | "=" | "void")
            || word.chars().all(|c| c.is_alphanumeric() || "_$=,{}:()>;".contains(c))
    };
    let short = before.len() <= 200 && before.split_whitespace().all(known);
    short.then(|| text[at..].split_once('(').map(|(_, rest)| rest)).flatten()
}

/// Reads a call of `fetch`.
pub(crate) fn read(text: &str) -> Result<RequestDraft, Problem> {
    let Some(pieces) = start(text).and_then(script::arguments) else {
        return Err(problem("bad_fetch", "This call of fetch can't be read to its end.")
            .hint("Copy the whole call, or choose \"Copy as cURL (bash)\" in the browser."));
    };
    let mut pieces = pieces.into_iter();
    let address = pieces.next().map(|piece| address(&piece)).unwrap_or_default();
    if address.starts_with('/') || address.starts_with('.') {
        return Err(problem("no_host", "The address of this call has no host.")
            .hint("Put the whole address in, such as https://api.example.com/v1/users."));
    }
    if !address.contains('.') && !address.contains("://") {
        return Err(problem("no_url", "This call of fetch names no address.")
            .hint("Paste the whole call, with the address that starts with https://."));
    }
    let mut call = Call { address, ..Call::default() };
    if let Some(options) = pieces.next() {
        read_options(&mut call, &options);
    }
    draft::build(call, "the call of fetch")
}

fn problem(code: &str, message: &str) -> Problem {
    Problem::new(code, ProblemKind::Config, Stage::Open, message)
}

/// An address: text, or `new URL("…")`.
fn address(piece: &Piece) -> String {
    match piece {
        Piece::Call(name, inner) if name.ends_with("URL") => {
            let path = inner.first().map(address).unwrap_or_default();
            let base = inner.get(1).map(address).unwrap_or_default();
            if base.is_empty() { path } else { format!("{}{path}", base.trim_end_matches('/')) }
        }
        Piece::Call(_, inner) => inner.first().map(address).unwrap_or_default(),
        other => other.text().unwrap_or_default(),
    }
}

fn read_options(call: &mut Call, options: &Piece) {
    let word = |name: &str| options.member(name).and_then(Piece::text);
    for (name, value) in options.member("headers").map(pairs).unwrap_or_default() {
        if !value.is_empty() {
            call.headers.push((name, value));
        }
    }
    match options.member("body") {
        None | Some(Piece::Null) => {}
        Some(Piece::Call(name, inner)) if name == "JSON.stringify" => {
            call.json = true;
            call.data = inner.first().map(|piece| piece.json().to_string());
        }
        Some(Piece::Call(name, inner)) if name.ends_with("URLSearchParams") => {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(inner.first().map(pairs).unwrap_or_default());
            call.data = Some(form.finish());
        }
        Some(other) => match other.text() {
            Some(text) => call.data = Some(text),
            None => call.losses.push("The body is made by a script, so it was left out.".to_owned()),
        },
    }
    let default = if call.data.is_some() { Method::Post } else { Method::Get };
    call.method = match word("method").map(|word| word.to_ascii_uppercase()).as_deref() {
        None => default,
        Some("GET") => Method::Get,
        Some("POST") => Method::Post,
        Some("PUT") => Method::Put,
        Some("PATCH") => Method::Patch,
        Some("DELETE") => Method::Delete,
        Some(_) => {
            call.losses.push("The call's method does not read records; the request is sent as GET.".to_owned());
            Method::Get
        }
    };
    let signs = call.headers.iter().any(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name == "cookie" || name == "authorization"
    });
    if !signs && word("credentials").is_some_and(|word| word == "include") {
        call.losses.push(
            "The browser sends its cookies with this request, and they do not stand in it. \
             \"Copy as fetch (Node.js)\" and \"Copy as cURL\" have them."
                .to_owned(),
        );
    }
}

/// Members of an object, a list of pairs, or `new Headers(…)` of either.
fn pairs(piece: &Piece) -> Vec<(String, String)> {
    match piece {
        Piece::Map(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), value.text().unwrap_or_else(|| value.json().to_string())))
            .collect(),
        Piece::List(items) => items
            .iter()
            .filter_map(|item| match item {
                Piece::List(pair) => Some((pair.first()?.text()?, pair.get(1)?.text()?)),
                _ => None,
            })
            .collect(),
        Piece::Call(_, inner) => inner.first().map(pairs).unwrap_or_default(),
        Piece::Text(text) => form_urlencoded::parse(text.as_bytes()).into_owned().collect(),
        _ => Vec::new(),
    }
}
