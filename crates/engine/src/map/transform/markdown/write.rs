//! Blocks, and how they are written.

use super::inline::{Run, plain, write as inline};

/// A piece of content.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Paragraph(Vec<Run>),
    Heading(u8, Vec<Run>),
    Item(Item),
    Quote(Vec<Block>),
    Code {
        language: String,
        text: String,
    },
    Divider,
    /// Rows of cells; the first is the head.
    Table(Vec<Vec<Vec<Run>>>),
    Equation(String),
}

/// An item of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Item {
    /// Whether it has a number.
    pub ordered: bool,
    /// Whether it is done, where it can be.
    pub checked: Option<bool>,
    pub text: Vec<Run>,
    /// What stands under it.
    pub children: Vec<Block>,
    /// How deep it stands, where a flat list says so (from 1).
    pub level: usize,
}

/// All blocks as one text, without an end of line behind the last.
pub(super) fn markdown(blocks: &[Block]) -> String {
    lines(blocks).join("\n")
}

/// The lines of blocks: an empty one between them, but not between the items of a list.
fn lines(blocks: &[Block]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut before: Option<&Block> = None;
    let mut number = 0usize;
    for block in blocks {
        number = match (block, before) {
            (Block::Item(item), Some(Block::Item(last))) if item.ordered && last.ordered => number + 1,
            _ => 1,
        };
        let made = block_lines(block, number);
        if made.is_empty() {
            continue;
        }
        if let Some(last) = before {
            out.extend(gap(last, block));
        }
        out.extend(made);
        before = Some(block);
    }
    out
}

/// What stands between two blocks.
fn gap(last: &Block, next: &Block) -> Vec<String> {
    match (last, next) {
        (Block::Item(last), Block::Item(next)) if last.ordered == next.ordered => Vec::new(),
        // Two lists in a row, a bullet list and a numbered one.
        _ => vec![String::new()],
    }
}

fn block_lines(block: &Block, number: usize) -> Vec<String> {
    match block {
        Block::Paragraph(runs) => text_lines(runs),
        Block::Heading(level, runs) => {
            let text = inline(runs, " ");
            let level = usize::from((*level).clamp(1, 6));
            if text.is_empty() { Vec::new() } else { vec![format!("{} {text}", "#".repeat(level))] }
        }
        Block::Item(item) => item_lines(item, number),
        Block::Quote(blocks) => {
            let quoted = |line: String| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
            lines(blocks).into_iter().map(quoted).collect()
        }
        Block::Code { language, text } => code_lines(language, text),
        Block::Divider => vec!["---".to_owned()],
        Block::Table(rows) => table_lines(rows),
        Block::Equation(text) => vec!["$$".to_owned(), text.trim().to_owned(), "$$".to_owned()],
    }
}

/// A paragraph's lines; a break in the text is two spaces at the end of a line.
fn text_lines(runs: &[Run]) -> Vec<String> {
    let text = inline(runs, "  \n");
    if text.is_empty() { Vec::new() } else { text.split('\n').map(str::to_owned).collect() }
}

fn item_lines(item: &Item, number: usize) -> Vec<String> {
    let mut mark = if item.ordered { format!("{number}. ") } else { "- ".to_owned() };
    let indent = " ".repeat(mark.len());
    if let Some(done) = item.checked {
        mark.push_str(if done { "[x] " } else { "[ ] " });
    }
    let mut text = text_lines(&item.text).into_iter();
    let mut out = vec![format!("{mark}{}", text.next().unwrap_or_default()).trim_end().to_owned()];
    out.extend(text.map(|line| format!("{indent}{line}")));
    let under = lines(&item.children);
    if !under.is_empty() && !matches!(item.children.first(), Some(Block::Item(_))) {
        out.push(String::new());
    }
    out.extend(under.into_iter().map(|line| if line.is_empty() { line } else { format!("{indent}{line}") }));
    out
}

/// A fence is longer than any in the text.
fn code_lines(language: &str, text: &str) -> Vec<String> {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language: String = language.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '`').collect();
    let mut out = vec![format!("{fence}{language}")];
    out.extend(text.trim_end_matches('\n').split('\n').map(|line| line.trim_end_matches('\r').to_owned()));
    out.push(fence);
    out
}

fn table_lines(rows: &[Vec<Vec<Run>>]) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return Vec::new();
    }
    let line = |cells: &[Vec<Run>]| {
        let cell =
            |place: usize| cells.get(place).map_or_else(String::new, |runs| inline(runs, "<br>").replace('|', "\\|"));
        format!("| {} |", (0..width).map(cell).collect::<Vec<_>>().join(" | "))
    };
    let mut out = Vec::with_capacity(rows.len() + 1);
    for (place, row) in rows.iter().enumerate() {
        out.push(line(row));
        if place == 0 {
            out.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    out
}

/// The plain text of a block's runs, for code.
pub(super) fn code(runs: &[Run]) -> String {
    plain(runs)
}
