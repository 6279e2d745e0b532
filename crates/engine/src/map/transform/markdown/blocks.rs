//! Nested blocks: Notion, Contentful, Slate, ProseMirror and Atlassian, Lexical, Strapi, Sanity, Editor.js.

use super::attributes::Node;
use super::inline::{Marks, Run};
use super::rich::{gather, is_inline, runs};
use super::write::{Block, code};
use super::{lists, tables};
use serde_json::Value;

/// Where blocks keep those under them.
const CHILDREN: &[&str] = &["children", "content", "items", "blocks", "nodes", "sections"];
/// Where what is not known may keep its text.
const SAID: &[&str] = &[
    "rich_text",
    "text",
    "title",
    "heading",
    "content",
    "body",
    "message",
    "caption",
    "value",
    "label",
    "name",
    "description",
    "summary",
    "plain_text",
    "html",
    "expression",
];

/// Reads blocks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The member that holds nested content, where it is said.
    pub children: Option<&'a str>,
}

impl Reader<'_> {
    /// The blocks of any content.
    pub fn blocks(&self, value: &Value) -> Vec<Block> {
        let mut out = Vec::new();
        match value {
            Value::Array(items) => self.sequence(items, &mut out),
            other => self.sequence(std::slice::from_ref(other), &mut out),
        }
        lists::nested(out)
    }

    /// A list of nodes: what stands in a line is gathered into paragraphs, rows into a table.
    fn sequence(&self, items: &[Value], out: &mut Vec<Block>) {
        let (mut line, mut rows): (Vec<Run>, Vec<Vec<Vec<Run>>>) = (Vec::new(), Vec::new());
        for item in items {
            if is_inline(item) && !item.is_string() {
                gather(item, &Marks::default(), false, &mut line);
                continue;
            }
            if !line.is_empty() {
                out.push(Block::Paragraph(std::mem::take(&mut line)));
            }
            let row = item.as_object().map(Node::new).filter(|node| tables::is_row(&node.kind()));
            if let Some(row) = row {
                rows.push(tables::row(row));
                continue;
            }
            if !rows.is_empty() {
                out.push(Block::Table(std::mem::take(&mut rows)));
            }
            match item {
                Value::String(text) => out.push(Block::Paragraph(vec![Run::plain(text.as_str())])),
                Value::Number(number) => out.push(Block::Paragraph(vec![Run::plain(number.to_string())])),
                Value::Array(items) => self.sequence(items, out),
                Value::Object(own) => self.node(Node::new(own), out),
                _ => {}
            }
        }
        if !line.is_empty() {
            out.push(Block::Paragraph(line));
        }
        if !rows.is_empty() {
            out.push(Block::Table(rows));
        }
    }

    fn node(&self, node: Node<'_>, out: &mut Vec<Block>) {
        let kind = node.kind();
        match kind.as_str() {
            "paragraph" | "p" | "lead" => self.paragraph(node, out),
            "title" | "subtitle" | "header" => self.heading(node, if kind == "subtitle" { 2 } else { 1 }, out),
            _ if heading(&kind).is_some() => self.heading(node, heading(&kind).unwrap_or(1), out),
            "block" if node.own.contains_key("_type") => lists::portable(node, out),
            _ if lists::is_list(&kind) => lists::list(self, node, &kind, out),
            _ if lists::is_item(&kind) => lists::item(self, node, &kind, out),
            "quote" | "blockquote" | "pullquote" => self.quote(node, &["caption", "author", "cite"], out),
            "callout" | "panel" | "alert" | "warning" | "info" | "note" | "tip" | "admonition" => {
                self.callout(node, out)
            }
            "code" | "codeblock" | "codesnippet" | "pre" | "preformatted" | "codebox" => out.push(code_block(node)),
            "divider" | "hr" | "horizontalrule" | "horizontalline" | "thematicbreak" | "delimiter" | "rule"
            | "separator" | "pagebreak" => out.push(Block::Divider),
            "equation" | "math" | "mathblock" | "latex" => self.equation(node, out),
            "table" | "basictable" => tables::table(self, node, out),
            "tableofcontents" | "breadcrumb" => {}
            _ if is_image(&kind) && node.url().is_some() => image(node, out),
            _ if is_page(&kind) && (node.url().is_some() || node.text(&["title"]).is_some()) => link(node, out),
            _ => self.other(node, out),
        }
    }

    /// A node's text, and the blocks under it.
    pub fn split(&self, node: Node<'_>) -> (Vec<Run>, Vec<Block>) {
        let mut said = node.first(&["rich_text", "text"]).map_or_else(Vec::new, |text| runs(text, is_html(node)));
        let kids = self.kids(node);
        let inline = if said.is_empty() { kids.iter().take_while(|kid| is_inline(kid)).count() } else { 0 };
        kids.iter().take(inline).for_each(|kid| gather(kid, &Marks::default(), false, &mut said));
        let mut under = Vec::new();
        self.sequence(&kids[inline..], &mut under);
        (said, lists::nested(under))
    }

    /// What stands under a node.
    pub fn kids<'v>(&self, node: Node<'v>) -> &'v [Value] {
        let named = self.children.and_then(|name| node.get(name));
        let found = named.or_else(|| CHILDREN.iter().find_map(|name| node.get(name).filter(|value| value.is_array())));
        found.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn paragraph(&self, node: Node<'_>, out: &mut Vec<Block>) {
        let (said, under) = self.split(node);
        out.push(Block::Paragraph(said));
        out.extend(under);
    }

    fn heading(&self, node: Node<'_>, level: u8, out: &mut Vec<Block>) {
        let told = node.number(&["level", "depth"]).map(|level| level.clamp(1, 6) as u8);
        let tag = node.text(&["tag", "variant"]).and_then(|tag| heading(&tag.to_lowercase()));
        let (said, under) = self.split(node);
        out.push(Block::Heading(told.or(tag).unwrap_or(level), said));
        out.extend(under);
    }

    fn quote(&self, node: Node<'_>, more: &[&str], out: &mut Vec<Block>) {
        let (said, under) = self.split(node);
        let mut inside = vec![Block::Paragraph(said)];
        inside.extend(under);
        if let Some(author) = node.first(more) {
            let mut line = vec![Run::plain("— ")];
            line.extend(runs(author, is_html(node)));
            if line.len() > 1 && line.iter().skip(1).any(|run| !run.text.trim().is_empty()) {
                inside.push(Block::Paragraph(line));
            }
        }
        out.push(Block::Quote(inside));
    }

    fn callout(&self, node: Node<'_>, out: &mut Vec<Block>) {
        let (mut said, under) = self.split(node);
        if let Some(icon) = node.get("icon").and_then(|icon| icon.get("emoji").unwrap_or(icon).as_str()) {
            said.insert(0, Run::plain(format!("{icon} ")));
        }
        let mut inside = Vec::new();
        if let Some(title) = node.first(&["title"]) {
            let bold = |mut run: Run| {
                run.marks.bold = true;
                run
            };
            inside.push(Block::Paragraph(runs(title, is_html(node)).into_iter().map(bold).collect()));
        }
        inside.push(Block::Paragraph(said));
        if let Some(message) = node.first(&["message"]) {
            inside.push(Block::Paragraph(runs(message, is_html(node))));
        }
        inside.extend(under);
        out.push(Block::Quote(inside));
    }

    fn equation(&self, node: Node<'_>, out: &mut Vec<Block>) {
        match node.text(&["expression", "latex", "math", "tex", "value", "text"]) {
            Some(text) => out.push(Block::Equation(text.to_owned())),
            None => self.other(node, out),
        }
    }

    /// What is not known keeps its text: what stands under it, or whatever reads like text.
    fn other(&self, node: Node<'_>, out: &mut Vec<Block>) {
        for inner in ["root", "document", "doc"] {
            if let Some(inner) = node.own.get(inner).filter(|inner| inner.is_object()) {
                return self.sequence(std::slice::from_ref(inner), out);
            }
        }
        let (said, under) = self.split(node);
        if !said.is_empty() || !under.is_empty() {
            if node.kind() == "toggle" || node.kind().contains("expand") {
                out.extend(node.first(&["title"]).map(|title| Block::Paragraph(runs(title, false))));
            }
            out.push(Block::Paragraph(said));
            return out.extend(under);
        }
        let found = SAID.iter().find_map(|name| {
            let text = runs(node.get(name)?, is_html(node));
            text.iter().any(|run| !run.text.trim().is_empty()).then_some(text)
        });
        out.extend(found.map(Block::Paragraph));
    }
}

/// Whether a node's text is HTML: Editor.js keeps it so, in `data`.
pub(super) fn is_html(node: Node<'_>) -> bool {
    node.data.is_some() && !node.own.contains_key("nodeType")
}

/// The level of `heading_2`, `heading-2`, `h2`.
fn heading(kind: &str) -> Option<u8> {
    let level =
        kind.strip_prefix("heading").or_else(|| kind.strip_prefix("header")).or_else(|| kind.strip_prefix('h'))?;
    match level {
        "" if kind.len() > 1 => Some(1),
        "one" => Some(1),
        "two" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        "five" => Some(5),
        "six" => Some(6),
        digit => digit.parse().ok().filter(|level| (1..=6).contains(level)),
    }
}

fn is_image(kind: &str) -> bool {
    matches!(
        kind,
        "image"
            | "img"
            | "figure"
            | "picture"
            | "media"
            | "mediasingle"
            | "simpleimage"
            | "photo"
            | "embeddedassetblock"
    )
}

fn is_page(kind: &str) -> bool {
    matches!(
        kind,
        "bookmark"
            | "embed"
            | "video"
            | "audio"
            | "file"
            | "pdf"
            | "attaches"
            | "linkpreview"
            | "linktool"
            | "blockcard"
            | "embedcard"
            | "childpage"
            | "childdatabase"
            | "attachment"
    )
}

fn code_block(node: Node<'_>) -> Block {
    let language = node.text(&["language", "lang", "params", "mode"]).unwrap_or_default();
    let language = if matches!(language, "plain text" | "plaintext" | "auto" | "text") { "" } else { language };
    let said = node.first(&["rich_text", "text", "code", "content", "children", "value"]);
    let text = match said {
        // Slate keeps a node for each line of code.
        Some(Value::Array(lines))
            if lines.iter().any(|line| line["type"].as_str().is_some_and(|kind| kind.contains("line"))) =>
        {
            lines.iter().map(|line| code(&runs(line, false))).collect::<Vec<_>>().join("\n")
        }
        Some(said) => code(&runs(said, false)),
        None => String::new(),
    };
    Block::Code { language: language.to_owned(), text }
}

fn image(node: Node<'_>, out: &mut Vec<Block>) {
    let caption = node.first(&["caption", "alt", "altText", "alternativeText", "description", "title"]);
    let described =
        node.first(&["file", "image", "target"]).and_then(|inner| inner.get("fields").unwrap_or(inner).get("title"));
    let nested = node.get("image").and_then(|image| image.get("alternativeText"));
    let text = caption.or(nested).or(described).map(|caption| code(&runs(caption, is_html(node)))).unwrap_or_default();
    let url = node.url().unwrap_or_default().to_owned();
    out.push(Block::Paragraph(vec![Run { text, marks: Marks { image: Some(url), ..Marks::default() } }]));
}

fn link(node: Node<'_>, out: &mut Vec<Block>) {
    let url = node.url().map(str::to_owned);
    let said = node.first(&["caption", "title", "name"]).map(|text| code(&runs(text, is_html(node))));
    let meta = node.get("meta").and_then(|meta| meta.get("title")).and_then(Value::as_str).map(str::to_owned);
    let text = said.filter(|text| !text.trim().is_empty()).or(meta).or_else(|| url.clone()).unwrap_or_default();
    out.push(Block::Paragraph(vec![Run { text, marks: Marks { link: url, ..Marks::default() } }]));
}
