//! Rich text: runs of text with their marks, in each system's own words.

use super::attributes::Node;
use super::html;
use super::inline::{Marks, Run};
use serde_json::Value;

/// What stands in a line, not by itself.
const INLINE: &[&str] = &[
    "text",
    "span",
    "link",
    "a",
    "hyperlink",
    "entryhyperlink",
    "assethyperlink",
    "autolink",
    "mention",
    "emoji",
    "hardbreak",
    "linebreak",
    "br",
    "inlinecard",
    "inlinecode",
    "strong",
    "bold",
    "b",
    "em",
    "italic",
    "i",
    "u",
    "underline",
    "strikethrough",
    "delete",
    "s",
    "date",
    "status",
    "hashtag",
    "tag",
    "footnote",
    "wikilink",
];

/// Whether a node stands in a line.
pub(super) fn is_inline(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Object(own) => {
            let node = Node::new(own);
            let kind = node.kind();
            // Slate's leaves have no type; Notion's `equation` is a block where it has no plain text.
            INLINE.contains(&kind.as_str())
                || own.contains_key("plain_text")
                || kind.is_empty() && own.get("text").is_some_and(Value::is_string)
        }
        _ => false,
    }
}

/// The runs of a text: a text, a list of parts, or a part.
pub(super) fn runs(value: &Value, html_inside: bool) -> Vec<Run> {
    let mut out = Vec::new();
    gather(value, &Marks::default(), html_inside, &mut out);
    out
}

pub(super) fn gather(value: &Value, marks: &Marks, html_inside: bool, out: &mut Vec<Run>) {
    match value {
        Value::String(text) if html_inside => out.extend(html::runs(text).into_iter().map(|run| with(run, marks))),
        Value::String(text) => out.push(Run { text: text.clone(), marks: marks.clone() }),
        Value::Number(number) => out.push(Run { text: number.to_string(), marks: marks.clone() }),
        Value::Array(parts) => parts.iter().for_each(|part| gather(part, marks, html_inside, out)),
        Value::Object(own) => part(Node::new(own), marks, html_inside, out),
        _ => {}
    }
}

/// A run inside others' marks.
fn with(mut run: Run, marks: &Marks) -> Run {
    run.marks.bold |= marks.bold;
    run.marks.italic |= marks.italic;
    run.marks.strike |= marks.strike;
    run.marks.code |= marks.code;
    run.marks.link = run.marks.link.or_else(|| marks.link.clone());
    run
}

fn part(node: Node<'_>, outer: &Marks, html_inside: bool, out: &mut Vec<Run>) {
    let kind = node.kind();
    let mut marks = outer.clone();
    add_marks(node, &kind, &mut marks);
    let said = |names: &[&str]| node.text(names).map(str::to_owned);
    let text = match kind.as_str() {
        "hardbreak" | "linebreak" | "br" => Some("\n".to_owned()),
        "emoji" => said(&["text", "emoji", "native", "shortName"]),
        "mention" | "status" | "hashtag" if !node.own.contains_key("plain_text") => {
            said(&["text", "label", "name", "title", "username", "id"])
        }
        "date" if !node.own.contains_key("plain_text") => said(&["text", "timestamp", "date", "start"]),
        "inlinecard" => {
            marks.link = node.url().map(str::to_owned);
            node.url().map(str::to_owned)
        }
        // Notion tells each part's text as one.
        _ => node.own.get("plain_text").and_then(Value::as_str).map(str::to_owned),
    };
    if let Some(text) = text {
        return out.push(Run { text, marks });
    }
    let inside = ["text", "value", "content", "children", "rich_text", "title", "label", "name"];
    match inside.iter().find_map(|name| node.get(name).filter(|value| value.is_string() || value.is_array())) {
        Some(value) => gather(value, &marks, html_inside, out),
        // `{text: {content: …}}` without its plain text.
        None => {
            let held = node.get("text").and_then(Value::as_object);
            if let Some(text) = held.and_then(|held| held.get("content")).and_then(Value::as_str) {
                out.push(Run { text: text.to_owned(), marks });
            }
        }
    }
}

fn add_marks(node: Node<'_>, kind: &str, marks: &mut Marks) {
    set(kind, marks);
    if matches!(kind, "link" | "a" | "hyperlink" | "autolink") {
        marks.link = node.url().map(str::to_owned).or_else(|| marks.link.take());
    }
    let own = |place: &serde_json::Map<String, Value>, marks: &mut Marks| {
        for (name, on) in place {
            if on.as_bool() == Some(true) {
                set(name, marks);
            }
        }
    };
    own(node.own, marks);
    if let Some(notes) = node.own.get("annotations").and_then(Value::as_object) {
        own(notes, marks);
    }
    if let Some(bits) = node.own.get("format").and_then(Value::as_u64) {
        // Lexical's bits.
        marks.bold |= bits & 1 != 0;
        marks.italic |= bits & 2 != 0;
        marks.strike |= bits & 4 != 0;
        marks.code |= bits & 16 != 0;
    }
    for mark in node.own.get("marks").and_then(Value::as_array).into_iter().flatten() {
        let word = mark.as_str().or_else(|| mark.get("type")?.as_str()).unwrap_or_default();
        set(word, marks);
        if word == "link" {
            let held = mark.as_object().map(Node::new);
            marks.link = held.and_then(|held| held.url()).map(str::to_owned).or_else(|| marks.link.take());
        }
    }
    // Notion tells where a part leads.
    if let Some(url) = node.own.get("href").and_then(Value::as_str) {
        marks.link = Some(url.to_owned());
    } else if let Some(link) = node.own.get("text").and_then(|text| text.get("link")).and_then(|link| link.get("url")) {
        marks.link = link.as_str().map(str::to_owned);
    }
}

fn set(word: &str, marks: &mut Marks) {
    match word {
        "bold" | "strong" | "b" => marks.bold = true,
        "italic" | "em" | "i" | "emphasis" => marks.italic = true,
        "strike" | "strikethrough" | "strike-through" | "s" | "delete" | "del" => marks.strike = true,
        "code" | "inlinecode" | "inlineCode" => marks.code = true,
        _ => {}
    }
}
