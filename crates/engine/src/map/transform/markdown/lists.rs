//! Lists, in their four forms: items in a list's node (ProseMirror), items by themselves (Notion), items as data
//! (Editor.js), and a flat list whose items know their depth (Sanity).

use super::attributes::Node;
use super::blocks::{Reader, is_html};
use super::inline::Run;
use super::rich::runs;
use super::write::{Block, Item};
use serde_json::Value;

pub(super) fn is_list(kind: &str) -> bool {
    matches!(
        kind,
        "list"
            | "ul"
            | "ol"
            | "bulletlist"
            | "bulletedlist"
            | "unorderedlist"
            | "orderedlist"
            | "numberedlist"
            | "ullist"
            | "ollist"
            | "tasklist"
            | "checklist"
            | "todolist"
            | "decisionlist"
    )
}

pub(super) fn is_item(kind: &str) -> bool {
    matches!(
        kind,
        "listitem"
            | "li"
            | "item"
            | "bulletedlistitem"
            | "numberedlistitem"
            | "orderedlistitem"
            | "unorderedlistitem"
            | "todo"
            | "todoitem"
            | "checklistitem"
            | "taskitem"
            | "task"
            | "decisionitem"
    )
}

fn is_ordered(word: &str) -> bool {
    matches!(
        word,
        "ol" | "ollist"
            | "orderedlist"
            | "numberedlist"
            | "ordered"
            | "number"
            | "numbered"
            | "numberedlistitem"
            | "orderedlistitem"
    )
}

/// A list's node: its items, each as what the list is.
pub(super) fn list(reader: &Reader<'_>, node: Node<'_>, kind: &str, out: &mut Vec<Block>) {
    let style = node.text(&["listType", "style", "format", "listStyle"]).unwrap_or_default();
    let ordered = is_ordered(kind) || is_ordered(style) || node.is(&["ordered"]);
    let checks = matches!(style, "checklist" | "check") || matches!(kind, "checklist" | "tasklist" | "todolist");
    let mut items: Vec<Block> = Vec::new();
    for kid in reader.kids(node) {
        match kid {
            Value::Object(own) => {
                let under = Node::new(own);
                let kind = under.kind();
                if is_list(&kind) {
                    // A list right in a list belongs to the item before it.
                    let mut deeper = Vec::new();
                    list(reader, under, &kind, &mut deeper);
                    match items.last_mut() {
                        Some(Block::Item(last)) => last.children.extend(deeper),
                        _ => items.extend(deeper),
                    }
                } else {
                    items.push(item_of(reader, under, &kind, ordered, checks, is_html(node)));
                }
            }
            plain => items.push(Block::Item(Item { ordered, text: runs(plain, is_html(node)), ..Item::default() })),
        }
    }
    out.extend(items);
}

/// An item that stands by itself.
pub(super) fn item(reader: &Reader<'_>, node: Node<'_>, kind: &str, out: &mut Vec<Block>) {
    out.push(item_of(reader, node, kind, is_ordered(kind), false, is_html(node)));
}

fn item_of(reader: &Reader<'_>, node: Node<'_>, kind: &str, ordered: bool, checks: bool, html: bool) -> Block {
    let (text, children) = if kind.is_empty() && html {
        // Editor.js: `{content, items}`.
        let under = node.get("items").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        let under = under.map(|own| item_of(reader, Node::new(own), "", ordered, checks, true)).collect();
        (node.first(&["content", "text"]).map_or_else(Vec::new, |said| runs(said, true)), under)
    } else {
        led(reader.split(node))
    };
    let state = node.text(&["state", "status"]);
    let told = ["checked", "done", "completed"].iter().find_map(|name| node.get(name)?.as_bool());
    let meta = node.get("meta").and_then(|meta| meta.get("checked")).and_then(Value::as_bool);
    let task = checks || kind.starts_with("todo") || kind.starts_with("task") || kind.starts_with("check");
    let checked = told.or(meta).or(state.map(|state| state.eq_ignore_ascii_case("done")).filter(|_| task));
    let checked = checked.filter(|_| task || told.is_some()).or(task.then_some(false));
    Block::Item(Item { ordered, checked, text, children, level: 0 })
}

/// An item's text is its first paragraph.
fn led((said, mut under): (Vec<Run>, Vec<Block>)) -> (Vec<Run>, Vec<Block>) {
    match under.first() {
        Some(Block::Paragraph(first)) if said.iter().all(|run| run.text.trim().is_empty()) => {
            let first = first.clone();
            under.remove(0);
            (first, under)
        }
        _ => (said, under),
    }
}

/// Sanity's block: a paragraph, a heading, a quote, or an item of a flat list. Its marks may name a link.
pub(super) fn portable(node: Node<'_>, out: &mut Vec<Block>) {
    let mut text: Vec<Run> = Vec::new();
    for span in node.own.get("children").and_then(Value::as_array).into_iter().flatten() {
        let mut made = runs(span, false);
        for mark in span.get("marks").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            let defs = node.own.get("markDefs").and_then(Value::as_array).into_iter().flatten();
            let link = defs.filter(|def| def["_key"].as_str() == Some(mark)).find_map(|def| def["href"].as_str());
            if let Some(link) = link {
                made.iter_mut().for_each(|run| run.marks.link = Some(link.to_owned()));
            }
        }
        text.extend(made);
    }
    if let Some(style) = node.own.get("listItem").and_then(Value::as_str) {
        let level = node.number(&["level"]).unwrap_or(1).clamp(1, 16) as usize;
        return out.push(Block::Item(Item { ordered: is_ordered(style), text, level, ..Item::default() }));
    }
    let style = node.own.get("style").and_then(Value::as_str).unwrap_or("normal");
    out.push(match style.strip_prefix('h').and_then(|level| level.parse().ok()) {
        Some(level) => Block::Heading(level, text),
        None if style == "blockquote" => Block::Quote(vec![Block::Paragraph(text)]),
        None => Block::Paragraph(text),
    });
}

/// Items that know their depth, put under each other; an item without text that only holds items gives them away.
pub(super) fn nested(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Item(item) if item.level > 1 => under(&mut out, item, 1),
            Block::Item(item) if is_wrapper(&item) => match out.last_mut() {
                Some(Block::Item(last)) => last.children.extend(item.children),
                _ => out.push(Block::Item(item)),
            },
            other => out.push(other),
        }
    }
    out
}

fn is_wrapper(item: &Item) -> bool {
    item.checked.is_none()
        && !item.children.is_empty()
        && item.text.iter().all(|run| run.text.trim().is_empty())
        && item.children.iter().all(|child| matches!(child, Block::Item(_)))
}

fn under(blocks: &mut Vec<Block>, item: Item, depth: usize) {
    match blocks.last_mut() {
        Some(Block::Item(last)) if depth < item.level => under(&mut last.children, item, depth + 1),
        _ => blocks.push(Block::Item(item)),
    }
}
