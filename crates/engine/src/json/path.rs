//! JSONPath (RFC 9535). Plain paths are walked over the text; the rest go to the JSONPath library.

use super::scan::Scanner;
use super::trie::{Found, Trie, Walk};
use super::value::{locate, to_value};
use jsonpath_rust::parser::model::{JpQuery, Segment, Selector};
use jsonpath_rust::parser::parse_json_path;
use jsonpath_rust::query::js_path_process;
use std::fmt;
use std::ops::Range;

/// A compiled path.
#[derive(Debug, Clone)]
pub struct Path {
    text: String,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    /// Members and items alone.
    Plain { steps: Vec<Step>, walk: Vec<Walk>, trie: Trie },
    /// Members, items and `[*]`.
    Every { walk: Vec<Walk>, trie: Trie },
    /// Anything else.
    Query(Box<JpQuery>),
}

/// A step of a plain path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member.
    Key(String),
    /// An item; negative from the end.
    Index(i64),
}

impl Path {
    /// Compiles a path, or tells what is wrong with it. `a.b` without `$.` is taken as `$.a.b`, and a name may hold
    /// `-` without quotes (`$.page-info.next`).
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("A path can't be empty. `$` is the whole value.".to_owned());
        }
        let whole = match text.as_bytes()[0] {
            b'$' => text.to_owned(),
            b'[' => format!("${text}"),
            b'.' => format!("${text}"),
            _ => format!("$.{text}"),
        };
        let way = match parse_json_path(&whole) {
            Ok(query) => Way::of(query),
            Err(_) => Way::walked(lenient(&whole).ok_or_else(|| wrong(text))?),
        };
        let text = match &way {
            Way::Plain { walk, .. } | Way::Every { walk, .. } => written(walk),
            Way::Query(_) => whole,
        };
        Ok(Self { text, way })
    }

    /// A path of steps.
    pub fn of(steps: &[Step]) -> Self {
        let way = Way::walked(steps.iter().cloned().map(Walk::from).collect());
        Self { text: Self::dotted(steps), way }
    }

    /// A path of steps that may hold `[*]`.
    pub(crate) fn of_walk(steps: &[Walk]) -> Self {
        Self { text: written(steps), way: Way::walked(steps.to_vec()) }
    }

    /// The path to a member by its name, as it is written.
    pub(crate) fn of_name(name: &str) -> String {
        written(&[Walk::Key(name.to_owned())])
    }

    /// The steps, where the path is plain: members and items alone.
    pub fn plain(&self) -> Option<&[Step]> {
        match &self.way {
            Way::Plain { steps, .. } => Some(steps),
            _ => None,
        }
    }

    /// The steps, where the path can be walked over the text: members, items and `[*]`.
    pub(crate) fn walk(&self) -> Option<&[Walk]> {
        match &self.way {
            Way::Plain { walk, .. } | Way::Every { walk, .. } => Some(walk),
            Way::Query(_) => None,
        }
    }

    /// The path in one spelling: dotted where a name allows it, `['…']` elsewhere.
    pub fn normalised(&self) -> &str {
        &self.text
    }

    /// Writes steps as a path, dotted where a name allows it.
    pub fn dotted(steps: &[Step]) -> String {
        written(&steps.iter().cloned().map(Walk::from).collect::<Vec<_>>())
    }

    /// The JSON text of the first match. Every digit is as it came.
    pub fn first<'a>(&self, json: &'a str) -> Option<&'a str> {
        self.ranges(json).into_iter().next().and_then(|range| json.get(range))
    }

    /// The JSON text of all matches, in order.
    pub fn all<'a>(&self, json: &'a str) -> Vec<&'a str> {
        self.ranges(json).into_iter().filter_map(|range| json.get(range)).collect()
    }

    /// The places of all matches, in order.
    pub fn ranges(&self, json: &str) -> Vec<Range<usize>> {
        match &self.way {
            Way::Plain { trie, .. } | Way::Every { trie, .. } => {
                let mut found = Found::new();
                let whole = trie.walk(json, &mut Scanner::new(json), &mut found);
                whole.map_or_else(Vec::new, |()| found.into_iter().map(|(_, range)| range).collect())
            }
            Way::Query(query) => query_ranges(query, json),
        }
    }
}

fn query_ranges(query: &JpQuery, json: &str) -> Vec<Range<usize>> {
    let Some(root) = to_value(json) else { return Vec::new() };
    let Ok(matches) = js_path_process(query, &root) else { return Vec::new() };
    let nodes: Vec<_> = matches.into_iter().map(|one| one.val).collect();
    locate(json, &root, &nodes)
}

impl Way {
    fn of(query: JpQuery) -> Self {
        let walk: Option<Vec<Walk>> = query.segments.iter().map(step).collect();
        walk.map_or_else(|| Self::Query(Box::new(query)), Self::walked)
    }

    fn walked(walk: Vec<Walk>) -> Self {
        let mut trie = Trie::default();
        trie.add(&walk, 0);
        let steps: Option<Vec<Step>> = walk.iter().map(plain).collect();
        match steps {
            Some(steps) => Self::Plain { steps, walk, trie },
            None => Self::Every { walk, trie },
        }
    }
}

impl From<Step> for Walk {
    fn from(step: Step) -> Self {
        match step {
            Step::Key(name) => Self::Key(name),
            Step::Index(index) => Self::Index(index),
        }
    }
}

fn plain(walk: &Walk) -> Option<Step> {
    match walk {
        Walk::Key(name) => Some(Step::Key(name.clone())),
        Walk::Index(index) => Some(Step::Index(*index)),
        Walk::Every => None,
    }
}

fn step(segment: &Segment) -> Option<Walk> {
    match segment {
        Segment::Selector(Selector::Name(name)) => Some(Walk::Key(name.clone())),
        Segment::Selector(Selector::Index(index)) => Some(Walk::Index(*index)),
        Segment::Selector(Selector::Wildcard) => Some(Walk::Every),
        _ => None,
    }
}

fn wrong(text: &str) -> String {
    if text.contains("[(") {
        return format!("`{text}` is not a JSONPath of RFC 9535: there is no script in it. The last item is `[-1]`.");
    }
    format!("`{text}` is not a JSONPath. A path looks like `$.data[*]`, `$.user.name` or `$['a name'][0]`.")
}

/// Dotted names that RFC 9535 wants in quotes: `$.page-info.next`, `$.2024.total`, `$.data.[*]`.
fn lenient(text: &str) -> Option<Vec<Walk>> {
    let mut steps = Vec::new();
    for part in text.strip_prefix("$.")?.split('.') {
        let (name, mut places) = part.split_at(part.find('[').unwrap_or(part.len()));
        // An attribute of XML is an ordinary name here: `$.link.@href`.
        let plain = name.strip_prefix('@').unwrap_or(name);
        if name.is_empty() && places.is_empty() || plain.contains(|c| " \t\r\n'\"*?@()[],|&=<>!\\$".contains(c)) {
            return None;
        }
        if !name.is_empty() {
            steps.push(Walk::Key(name.to_owned()));
        }
        while !places.is_empty() {
            let (place, rest) = places.strip_prefix('[')?.split_once(']')?;
            steps.push(if place == "*" { Walk::Every } else { Walk::Index(place.parse().ok()?) });
            places = rest;
        }
    }
    Some(steps)
}

fn written(steps: &[Walk]) -> String {
    let mut out = String::from("$");
    for step in steps {
        match step {
            Walk::Every => out.push_str("[*]"),
            Walk::Index(index) => out.push_str(&format!("[{index}]")),
            Walk::Key(name) if is_shorthand(name) => {
                out.push('.');
                out.push_str(name);
            }
            Walk::Key(name) => quote(name, &mut out),
        }
    }
    out
}

fn is_shorthand(name: &str) -> bool {
    let first = |c: char| c.is_ascii_alphabetic() || c == '_' || !c.is_ascii();
    name.starts_with(first) && name.chars().all(|c| first(c) || c.is_ascii_digit()) && name.trim() == name
}

fn quote(name: &str, out: &mut String) {
    out.push_str("['");
    for c in name.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push_str("']");
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
