//! What a pasted text is, told from its content.

use crate::{Collection, Recognised, curl, draft, fetch, har, openapi, postman, raw, tree};
use definition::model::Method;
use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;

/// The longest text that is looked at: 16 MiB.
const MOST_BYTES: usize = 16 << 20;

/// Tells what was pasted: a URL, a curl command, a definition, or why it is none of them.
pub fn recognise(text: &str) -> Recognised {
    if text.len() > MOST_BYTES {
        return unknown("too_long", "This is more than 16 MiB of text.", "Open a definition as a file instead.");
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return unknown("empty", "There is nothing to read.", "Paste a URL, a curl command or a connector definition.");
    }
    let bare = unwrap(text);
    let first = first_word(bare);
    if curl::is_curl(first) {
        return taken(curl::read(bare), Recognised::Curl);
    }
    let shell = ["invoke-webrequest", "invoke-restmethod", "iwr", "irm"];
    if shell.contains(&first.to_ascii_lowercase().as_str())
        || bare.starts_with("$session")
        || bare.starts_with("$headers")
    {
        return Recognised::Unknown(curl::powershell());
    }
    if let Some(call) = request_line(bare) {
        return taken(draft::build(call, "the URL"), Recognised::Url);
    }
    if raw::looks_like(bare) {
        return taken(raw::read(bare), Recognised::Raw);
    }
    if fetch::looks_like(bare) {
        return taken(fetch::read(bare), Recognised::Fetch);
    }
    file(text)
}

fn taken(draft: Result<crate::RequestDraft, Problem>, kind: fn(crate::RequestDraft) -> Recognised) -> Recognised {
    draft.map_or_else(Recognised::Unknown, kind)
}

fn unknown(code: &str, message: &str, hint: &str) -> Recognised {
    Recognised::Unknown(Problem::new(code, ProblemKind::Config, Stage::Open, message).hint(hint))
}

/// Takes off what people copy along: code fences, quotes, angle brackets, a prompt.
fn unwrap(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        if let Some(inner) = text.strip_prefix("```").and_then(|rest| rest.strip_suffix("```")) {
            let named = inner.split_once('\n').filter(|(name, _)| name.trim().chars().all(char::is_alphanumeric));
            text = named.map_or(inner, |(_, rest)| rest).trim();
        }
        for (open, close) in [('"', '"'), ('\'', '\''), ('`', '`'), ('<', '>'), ('(', ')'), ('“', '”'), ('‘', '’')]
        {
            if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
                && !inner.contains(open)
                && !inner.contains(close)
            {
                text = inner.trim();
            }
        }
        for prompt in ["$ ", "% ", "> ", "# ", "sudo ", "time "] {
            let rest = text.strip_prefix(prompt).map(str::trim_start);
            if let Some(rest) = rest.filter(|rest| curl::is_curl(first_word(rest))) {
                text = rest;
            }
        }
        if text == before {
            return text;
        }
    }
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// A URL, perhaps with a method before and a protocol behind: `GET https://… HTTP/1.1`.
fn request_line(text: &str) -> Option<draft::Call> {
    let mut words = text.split_whitespace().peekable();
    let method = match words.peek()?.trim_end_matches(':') {
        "GET" | "get" | "Get" | "URL" | "url" => Some(Method::Get),
        "POST" => Some(Method::Post),
        "PUT" => Some(Method::Put),
        "PATCH" => Some(Method::Patch),
        "DELETE" => Some(Method::Delete),
        _ => None,
    };
    if method.is_some() {
        words.next();
    }
    let address = words.next()?.trim_matches(['"', '\'', '`', '<', '>', ',', ';']);
    let rest: Vec<&str> = words.filter(|word| !word.starts_with("HTTP/")).collect();
    if !rest.is_empty() || !like_url(address) {
        return None;
    }
    Some(draft::Call { method: method.unwrap_or_default(), address: address.to_owned(), ..draft::Call::default() })
}

fn like_url(word: &str) -> bool {
    if word.contains("://") {
        return word.chars().take_while(|c| *c != ':').all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    }
    let host = word.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or(host);
    let (name, port) = host.rsplit_once(':').filter(|_| !host.ends_with(']')).unwrap_or((host, "0"));
    let port = port.bytes().all(|b| b.is_ascii_digit()) && !port.is_empty();
    let top = name.rsplit('.').next().unwrap_or_default();
    let dotted = name.contains('.') && name.split('.').all(|label| !label.is_empty()) && top.len() >= 2;
    let domain = dotted && top.chars().all(char::is_alphabetic) && !FILE_ENDS.contains(&top);
    let address = name.parse::<std::net::Ipv4Addr>().is_ok() || (name.starts_with('[') && name.ends_with(']'));
    let plain = name.chars().all(|c| c.is_alphanumeric() || "-._[]:{}<>$".contains(c));
    port && plain && (domain || address || name == "localhost")
}

/// Ends of file names: `data.json` is no host.
const FILE_ENDS: &[&str] = &["json", "yaml", "yml", "har", "csv", "xml", "txt", "html", "jsonl", "md", "zip"];

fn file(text: &str) -> Recognised {
    if text.starts_with('<') {
        return unknown(
            "html",
            "This is HTML or XML, not an address or a definition.",
            "Paste the address of the API, not its page.",
        );
    }
    let json = text.starts_with(['{', '[']);
    let has = |word: &str| {
        text.lines().any(|line| {
            let line =
                if json { line.trim_start_matches(|c: char| c.is_whitespace() || "{,\"".contains(c)) } else { line };
            line.strip_prefix(word)
                .is_some_and(|rest| rest.trim_start().trim_start_matches('"').trim_start().starts_with(':'))
        })
    };
    let root = if json { serde_json::from_str::<Value>(text).ok() } else { None };
    let member = |name: &str| root.as_ref().map_or_else(|| has(name), |root| root.get(name).is_some());
    if member("tapwright") {
        return Recognised::Definition;
    }
    let described = member("openapi") || member("swagger") || member("info") || member("collection") || member("log");
    if described && let Some(read) = tree::parse(text).as_ref().and_then(many) {
        return read;
    }
    if member("openapi") || member("swagger") {
        return unknown(
            "bad_description",
            "This looks like an API description, but it is neither JSON nor YAML to its end.",
            "Check that the whole file was copied.",
        );
    }
    if member("definitions") && member("check") || text.contains("DeclarativeSource") {
        return unknown(
            "not_read_yet",
            "This is an Airbyte manifest. It is recognised, but not read yet.",
            "Paste the URL of one of its requests, or a curl command.",
        );
    }
    if root.is_some() {
        return unknown(
            "json_data",
            "This is JSON data, but no connector definition.",
            "Paste the address that it came from.",
        );
    }
    unknown(
        "not_recognised",
        "This is no URL, no curl command and no connector definition.",
        "Paste an address such as https://api.example.com/v1/users, a curl command, or a .connector.yaml file.",
    )
}

/// A file that describes many requests. None: it is no such file.
fn many(root: &tree::Tree) -> Option<Recognised> {
    let collection = |read: Result<Collection, Problem>| match read {
        Ok(collection) => Recognised::Collection(Box::new(collection)),
        Err(problem) => Recognised::Unknown(problem),
    };
    if openapi::is(root) {
        return Some(collection(openapi::read(root)));
    }
    if postman::is(root) {
        return Some(collection(postman::read(root)));
    }
    har::is(root).then(|| match har::read(root) {
        Ok(har::Read::One(draft)) => Recognised::Raw(*draft),
        Ok(har::Read::Many(many)) => Recognised::Collection(many),
        Err(problem) => Recognised::Unknown(problem),
    })
}
