//! Tables: rows of cells, the first row the head.

use super::attributes::Node;
use super::blocks::{Reader, is_html};
use super::inline::Run;
use super::rich::runs;
use super::write::Block;
use serde_json::Value;

pub(super) fn is_row(kind: &str) -> bool {
    matches!(kind, "tablerow" | "tr" | "row")
}

/// A table's node: rows under it, perhaps in a head and a body, or Editor.js's lists of cells.
pub(super) fn table(reader: &Reader<'_>, node: Node<'_>, out: &mut Vec<Block>) {
    let mut rows = Vec::new();
    if let Some(lists) = node.get("content").and_then(Value::as_array).filter(|rows| rows.iter().all(Value::is_array)) {
        for cells in lists.iter().filter_map(Value::as_array) {
            rows.push(cells.iter().map(|cell| runs(cell, is_html(node))).collect());
        }
    } else {
        gather(reader, node, 0, &mut rows);
    }
    if !rows.is_empty() {
        out.push(Block::Table(rows));
    }
}

fn gather(reader: &Reader<'_>, node: Node<'_>, depth: usize, rows: &mut Vec<Vec<Vec<Run>>>) {
    for own in reader.kids(node).iter().filter_map(Value::as_object) {
        let under = Node::new(own);
        if is_row(&under.kind()) {
            rows.push(row(under));
        } else if depth < 3 {
            gather(reader, under, depth + 1, rows);
        }
    }
}

/// A row: Notion's lists of rich text, or a node for each cell.
pub(super) fn row(node: Node<'_>) -> Vec<Vec<Run>> {
    let cells = node.first(&["cells", "children", "content"]).and_then(Value::as_array);
    cells.into_iter().flatten().map(cell).collect()
}

/// The text of a cell. Its paragraphs become lines of it.
fn cell(value: &Value) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let parts = value.as_object().map(Node::new).and_then(|node| node.first(&["content", "children", "text", "value"]));
    match parts {
        Some(Value::Array(parts)) if parts.iter().any(super::rich::is_inline) => {
            return parts.iter().flat_map(|part| runs(part, false)).collect();
        }
        Some(Value::Array(parts)) => {
            for part in parts {
                if !out.is_empty() {
                    out.push(Run::plain("\n"));
                }
                out.extend(runs(part, false));
            }
        }
        Some(other) => out = runs(other, false),
        None => out = runs(value, false),
    }
    out
}
