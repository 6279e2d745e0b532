//! What a record has of its file: `_path`, `_file`, `_modified`, `_line`.

use super::file::Page;
use crate::json::Members;
use crate::json::push_string;
use definition::model::{Rest, Stream};

/// The names of what a record has of its file.
pub(crate) const NAMES: [&str; 4] = ["_path", "_file", "_modified", "_line"];

/// Which of them a stream asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted([bool; 4]);

impl Wanted {
    pub(super) fn of(stream: &Stream) -> Self {
        let open = stream.fields.is_empty() || stream.rest.as_ref().is_some_and(|rest| *rest != Rest::Drop);
        let text = serde_json::to_string(stream).unwrap_or_default();
        Self(NAMES.map(|name| open || text.contains(name)))
    }

    /// None of them.
    pub(super) fn none() -> Self {
        Self([false; 4])
    }
}

/// What all records of a file have, as JSON.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    text: Vec<u8>,
    line: bool,
}

impl Own {
    pub(super) fn new(wanted: Wanted, path: &str, modified: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut text = Vec::new();
        for (index, value) in [path, name, modified].into_iter().enumerate().filter(|(index, _)| wanted.0[*index]) {
            if !text.is_empty() {
                text.push(b',');
            }
            text.extend_from_slice(format!("\"{}\":", NAMES[index]).as_bytes());
            push_string(&mut text, value);
        }
        Self { text, line: wanted.0[3] }
    }

    /// Writes the members, without what stands around them.
    pub(super) fn put(&self, line: u64, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.text);
        if self.line {
            let comma = if self.text.is_empty() { "" } else { "," };
            out.extend_from_slice(format!("{comma}\"_line\":{line}").as_bytes());
        }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.line
    }
}

/// Adds a JSON value as a record with these members. What is no object becomes its member `value`; a member of the
/// value that bears one of these names is called otherwise.
pub(super) fn with_own(value: &[u8], own: &Own, line: u64, page: &mut Page) {
    let start = page.json.len();
    let out = &mut page.json;
    out.push(b'{');
    own.put(line, out);
    let inside = value.strip_prefix(b"{").and_then(|inside| inside.strip_suffix(b"}")).map(<[u8]>::trim_ascii);
    if !own.is_empty() && inside.is_none_or(|inside| !inside.is_empty()) {
        out.push(b',');
    }
    match inside {
        None => {
            out.extend_from_slice(b"\"value\":");
            out.extend_from_slice(value);
        }
        Some(inside) if NAMES.iter().any(|name| memchr::memmem::find(inside, name.as_bytes()).is_some()) => {
            let text = std::str::from_utf8(value).unwrap_or_default();
            for (index, (name, value)) in Members::of(text).enumerate() {
                let again = if NAMES.contains(&name) { "_2" } else { "" };
                let comma = if index > 0 { "," } else { "" };
                out.extend_from_slice(format!("{comma}\"{name}{again}\":{value}").as_bytes());
            }
        }
        Some(inside) => out.extend_from_slice(inside),
    }
    out.push(b'}');
    page.records.push(start..page.json.len());
}
