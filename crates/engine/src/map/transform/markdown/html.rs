//! HTML as blocks: what a person reads, without scripts and styles.

use super::inline::{Marks, Run};
use super::write::{Block, Item};
use crate::map::transform::html::{is_hidden, tokens};
use html5gum::{StartTag, Token};

/// Elements deeper than this are read as if they stood there.
const DEEPEST: usize = 64;

/// The text of HTML in a line.
pub(super) fn runs(html: &str) -> Vec<Run> {
    let mut out = Vec::new();
    for block in blocks_of(html, true) {
        if let Block::Paragraph(runs) = block {
            if !out.is_empty() {
                out.push(Run::plain("\n"));
            }
            out.extend(runs);
        }
    }
    out
}

/// The blocks of HTML.
pub(super) fn blocks(html: &str) -> Vec<Block> {
    blocks_of(html, false)
}

fn blocks_of(html: &str, keep_space: bool) -> Vec<Block> {
    let mut page = Page { keep_space, open: vec![Frame::new(Kind::Root)], ..Page::default() };
    for token in tokens(html) {
        page.token(&token);
    }
    page.finish()
}

/// An element that holds blocks.
#[derive(Debug)]
struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    rows: Vec<Vec<Vec<Run>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    List(bool),
    Item,
    Quote,
    Table,
    Row,
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self { kind, blocks: Vec::new(), rows: Vec::new() }
    }
}

/// What was read so far.
#[derive(Debug, Default)]
struct Page {
    open: Vec<Frame>,
    line: Vec<Run>,
    marks: Vec<(Vec<u8>, Marks)>,
    heading: Option<u8>,
    code: Option<String>,
    /// The element that hides all in it, and how often it stands in itself.
    hidden: Option<(Vec<u8>, usize)>,
    keep_space: bool,
}

impl Page {
    fn token(&mut self, token: &Token) {
        if let Some((name, depth)) = &mut self.hidden {
            match token {
                Token::StartTag(tag) if **tag.name == **name => *depth += 1,
                Token::EndTag(tag) if **tag.name == **name => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        match token {
            Token::StartTag(tag) if is_hidden(&tag.name) && !tag.self_closing => {
                self.hidden = Some((tag.name.to_vec(), 1))
            }
            Token::StartTag(tag) => self.start(tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::String(text) => self.text(&String::from_utf8_lossy(text)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            return code.push_str(text);
        }
        let marks = self.marks.last().map(|(_, marks)| marks.clone()).unwrap_or_default();
        let text = if self.keep_space { text.to_owned() } else { spaced(text) };
        self.line.push(Run { text, marks });
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        match name {
            b"br" => match &mut self.code {
                Some(code) => code.push('\n'),
                None => self.line.push(Run::plain("\n")),
            },
            b"hr" => {
                self.flush();
                self.push(Block::Divider);
            }
            b"img" => self.image(tag),
            b"pre" => {
                self.flush();
                self.code = Some(String::new());
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                self.flush();
                self.heading = Some(name[1] - b'0');
            }
            b"ul" | b"ol" => self.enter(Kind::List(name == b"ol")),
            b"li" => {
                self.leave(Kind::Item, &[Kind::List(false), Kind::List(true), Kind::Table]);
                self.enter(Kind::Item);
            }
            b"blockquote" => self.enter(Kind::Quote),
            b"table" => self.enter(Kind::Table),
            b"tr" => {
                self.leave(Kind::Row, &[Kind::Table]);
                self.enter(Kind::Row);
            }
            b"td" | b"th" => self.cell(),
            _ if is_block(name) => self.flush(),
            _ => self.mark(name, tag),
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"pre" => {
                if let Some(text) = self.code.take() {
                    let text = text.strip_prefix('\n').map(str::to_owned).unwrap_or(text);
                    self.push(Block::Code { language: String::new(), text });
                }
            }
            b"ul" | b"ol" => self.leave(Kind::List(name == b"ol"), &[]),
            b"li" => self.leave(Kind::Item, &[Kind::List(false), Kind::List(true)]),
            b"blockquote" => self.leave(Kind::Quote, &[]),
            b"table" => self.leave(Kind::Table, &[]),
            b"tr" => self.leave(Kind::Row, &[Kind::Table]),
            b"td" | b"th" => self.cell(),
            _ if is_block(name) || name.len() == 2 && name[0] == b'h' && name[1].is_ascii_digit() => self.flush(),
            _ => {
                if let Some(place) = self.marks.iter().rposition(|(open, _)| open == name) {
                    self.marks.truncate(place);
                }
            }
        }
    }

    fn mark(&mut self, name: &[u8], tag: &StartTag<()>) {
        if tag.self_closing || self.marks.len() >= DEEPEST {
            return;
        }
        let mut marks = self.marks.last().map(|(_, marks)| marks.clone()).unwrap_or_default();
        match name {
            b"b" | b"strong" => marks.bold = true,
            b"i" | b"em" => marks.italic = true,
            b"s" | b"del" | b"strike" => marks.strike = true,
            b"code" | b"kbd" | b"samp" | b"tt" => marks.code = true,
            b"a" => marks.link = attribute(tag, b"href").or(marks.link),
            _ => return,
        }
        self.marks.push((name.to_vec(), marks));
    }

    fn image(&mut self, tag: &StartTag<()>) {
        if let Some(url) = attribute(tag, b"src") {
            let text = attribute(tag, b"alt").unwrap_or_default();
            self.line.push(Run { text, marks: Marks { image: Some(url), ..Marks::default() } });
        }
    }

    /// Ends the line: what was gathered becomes a block.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let heading = self.heading.take();
        if line.iter().all(|run| run.text.trim().is_empty() && run.marks.image.is_none()) {
            return;
        }
        self.push(heading.map_or_else(|| Block::Paragraph(line.clone()), |level| Block::Heading(level, line.clone())));
    }

    fn push(&mut self, block: Block) {
        if let Some(frame) = self.open.last_mut() {
            frame.blocks.push(block);
        }
    }

    fn cell(&mut self) {
        let line = std::mem::take(&mut self.line);
        let said = line.iter().any(|run| !run.text.trim().is_empty() || run.marks.image.is_some());
        let Some(frame) = self.open.last_mut().filter(|frame| frame.kind == Kind::Row) else {
            self.line = line;
            return self.flush();
        };
        if let Some(row) = frame.rows.last_mut().filter(|_| said || !frame.blocks.is_empty()) {
            row.push(line);
        }
    }

    fn enter(&mut self, kind: Kind) {
        self.flush();
        if self.open.len() < DEEPEST {
            let mut frame = Frame::new(kind);
            frame.rows.extend((kind == Kind::Row).then(Vec::new));
            self.open.push(frame);
        }
    }

    /// Leaves the nearest element of a kind, and all in it; not beyond those that bound it.
    fn leave(&mut self, kind: Kind, bounds: &[Kind]) {
        if kind == Kind::Row {
            self.cell();
        } else {
            self.flush();
        }
        let found = self.open.iter().rposition(|frame| frame.kind == kind || bounds.contains(&frame.kind));
        let Some(place) = found.filter(|place| self.open[*place].kind == kind) else { return };
        while self.open.len() > place && self.open.len() > 1 {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        let ordered = self.open.iter().rev().find_map(|frame| match frame.kind {
            Kind::List(ordered) => Some(ordered),
            _ => None,
        });
        match frame.kind {
            Kind::Root | Kind::List(_) => frame.blocks.into_iter().for_each(|block| self.push(block)),
            Kind::Quote => self.push(Block::Quote(frame.blocks)),
            Kind::Table if frame.rows.is_empty() => frame.blocks.into_iter().for_each(|block| self.push(block)),
            Kind::Table => self.push(Block::Table(frame.rows)),
            Kind::Row => {
                let target = self.open.iter_mut().rev().find(|frame| frame.kind == Kind::Table);
                if let Some(table) = target {
                    table.rows.extend(frame.rows.into_iter().filter(|row| !row.is_empty()));
                }
            }
            Kind::Item => {
                let mut blocks = frame.blocks;
                let text = match blocks.first() {
                    Some(Block::Paragraph(text)) => text.clone(),
                    _ => Vec::new(),
                };
                if !text.is_empty() {
                    blocks.remove(0);
                }
                let item = Item { ordered: ordered.unwrap_or(false), text, children: blocks, ..Item::default() };
                self.push(Block::Item(item));
            }
        }
    }

    fn finish(mut self) -> Vec<Block> {
        if let Some(text) = self.code.take() {
            self.push(Block::Code { language: String::new(), text });
        }
        self.flush();
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().map(|frame| frame.blocks).unwrap_or_default()
    }
}

fn attribute(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    Some(String::from_utf8_lossy(value).into_owned()).filter(|value| !value.is_empty())
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"section"
            | b"article"
            | b"header"
            | b"footer"
            | b"main"
            | b"aside"
            | b"nav"
            | b"address"
            | b"figure"
            | b"figcaption"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"form"
            | b"fieldset"
            | b"details"
            | b"summary"
            | b"body"
            | b"html"
            | b"center"
            | b"caption"
            | b"thead"
            | b"tbody"
            | b"tfoot"
    )
}

/// White space as a browser shows it: one space for any.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let space = matches!(c, ' ' | '\n' | '\r' | '\t');
        if !space {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}
