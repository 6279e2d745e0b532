//! What an expression may use: one table of names, functions, filters, tests and methods. The checks, the guide and
//! the completions of the app are made of it; the engine's tests evaluate every example.

mod filters;
mod functions;
mod methods;
mod names;
mod used;

pub use used::{Used, used};

use serde::Serialize;
use std::sync::OnceLock;
use ts_rs::TS;

/// One thing that an expression may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ExpressionEntry {
    /// Its name: `now`, `record`, `base64encode`.
    pub name: &'static str,
    /// What it is.
    pub kind: ExpressionKind,
    /// What it is about.
    pub group: &'static str,
    /// How it is written: `datetime(text, format)`, `value | join(', ')`.
    pub signature: &'static str,
    /// What it is or does, in a sentence or two.
    pub words: &'static str,
    /// An expression that uses it.
    pub example: &'static str,
    /// What the example gives, as text. Empty where that differs each time.
    pub gives: &'static str,
    /// Other names of the same thing.
    pub aliases: &'static [&'static str],
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExpressionKind {
    /// A value at hand: `config`, `record`.
    Name,
    /// Called with arguments in parentheses: `now()`.
    Function,
    /// Behind a bar: `value | lower`.
    Filter,
    /// Behind a bar, or called with the value first: `value | sha256`, `sha256(value)`.
    FilterOrFunction,
    /// Behind `is`: `value is none`.
    Test,
    /// Behind a point, of a value of the kind that the group names: `text.split(',')`.
    Method,
}

/// The whole table, by kind and group.
pub fn catalog() -> &'static [ExpressionEntry] {
    static ALL: OnceLock<Vec<ExpressionEntry>> = OnceLock::new();
    ALL.get_or_init(|| {
        let parts =
            [names::NAMES, functions::FUNCTIONS, functions::BOTH, filters::FILTERS, filters::TESTS, methods::METHODS];
        parts.concat()
    })
}

/// The entry of a name, or of one of its aliases, among kinds.
pub fn find(name: &str, kinds: &[ExpressionKind]) -> Option<&'static ExpressionEntry> {
    let named = |entry: &&ExpressionEntry| entry.name == name || entry.aliases.contains(&name);
    catalog().iter().filter(|entry| kinds.contains(&entry.kind)).find(named)
}

/// All names of some kinds, aliases included.
pub fn names(kinds: &[ExpressionKind]) -> impl Iterator<Item = &'static str> {
    let entries = catalog().iter().filter(move |entry| kinds.contains(&entry.kind));
    entries.flat_map(|entry| std::iter::once(entry.name).chain(entry.aliases.iter().copied()))
}

/// What can be called.
pub const CALLED: &[ExpressionKind] = &[ExpressionKind::Function, ExpressionKind::FilterOrFunction];
/// What can stand behind a bar.
pub const PIPED: &[ExpressionKind] = &[ExpressionKind::Filter, ExpressionKind::FilterOrFunction];

/// An entry: name, group, signature, words, example, what it gives, aliases.
const fn entry(
    kind: ExpressionKind,
    [name, group, signature, words, example, gives]: [&'static str; 6],
    aliases: &'static [&'static str],
) -> ExpressionEntry {
    ExpressionEntry { name, kind, group, signature, words, example, gives, aliases }
}

impl ExpressionEntry {
    /// The heading that it stands under: `Functions: time`.
    pub fn heading(&self) -> String {
        let kind = match self.kind {
            ExpressionKind::Name => "Names",
            ExpressionKind::Function => "Functions",
            ExpressionKind::Filter => "Filters",
            ExpressionKind::FilterOrFunction => "Filters that can be called",
            ExpressionKind::Test => return "Tests".to_owned(),
            ExpressionKind::Method => "Methods",
        };
        format!("{kind}: {}", self.group)
    }
}

/// The table as a part of the guide, in Markdown.
pub fn markdown() -> String {
    use std::fmt::Write as _;
    let code = |text: &str| match text.is_empty() {
        true => String::new(),
        // A bar would end the cell.
        false => format!("`{}`", text.replace('|', "\\|").replace('\n', "⏎")),
    };
    let (mut out, mut heading) = (String::new(), String::new());
    for entry in catalog() {
        let now = entry.heading();
        if now != heading {
            let _ = write!(out, "\n## {now}\n| written | what it is | example | gives |\n| --- | --- | --- | --- |\n");
            heading = now;
        }
        let aliases: Vec<String> = entry.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        let also = if aliases.is_empty() { String::new() } else { format!(" Also {}.", aliases.join(", ")) };
        let words = entry.words.replace('|', "\\|");
        let (written, example, gives) = (code(entry.signature), code(entry.example), code(entry.gives));
        let _ = writeln!(out, "| {written} | {words}{also} | {example} | {gives} |");
    }
    out
}
