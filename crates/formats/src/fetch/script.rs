//! As much of JavaScript as the arguments of a call are written in: literals, `JSON.stringify(…)`, text that is joined.

use serde_json::{Map, Value};

/// How deep objects and lists may nest.
const DEEPEST: usize = 64;

/// A value as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Text(String),
    /// A number, true or false.
    Plain(Value),
    Null,
    List(Vec<Piece>),
    Map(Vec<(String, Piece)>),
    /// A function and its arguments.
    Call(String, Vec<Piece>),
}

impl Piece {
    /// The text that it is.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Plain(value) => Some(value.to_string()),
            _ => None,
        }
    }

    /// A member of an object.
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Map(members) = self else { return None };
        members.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The same as JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::Plain(value) => value.clone(),
            Self::Null => Value::Null,
            Self::List(items) => items.iter().map(Self::json).collect(),
            Self::Map(members) => {
                Value::Object(members.iter().map(|(name, value)| (name.clone(), value.json())).collect::<Map<_, _>>())
            }
            Self::Call(_, inner) => inner.first().map_or(Value::Null, Self::json),
        }
    }
}

/// The arguments of a call, up to its closing bracket. What is cut off behind the last whole argument is no fault.
pub(super) fn arguments(text: &str) -> Option<Vec<Piece>> {
    let mut reader = Reader { rest: text, depth: 0 };
    reader.list(')')
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.space();
        self.rest.chars().next()
    }

    fn take(&mut self, c: char) -> bool {
        let taken = self.peek() == Some(c);
        if taken {
            self.rest = &self.rest[c.len_utf8()..];
        }
        taken
    }

    /// Goes over white space and comments.
    fn space(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix("//") {
                self.rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
            } else if let Some(rest) = self.rest.strip_prefix("/*") {
                self.rest = rest.split_once("*/").map_or("", |(_, rest)| rest);
            } else {
                return;
            }
        }
    }

    fn list(&mut self, end: char) -> Option<Vec<Piece>> {
        let mut items = Vec::new();
        while !self.take(end) {
            items.push(self.value()?);
            if !self.take(',') {
                return self.take(end).then_some(items);
            }
        }
        Some(items)
    }

    /// A value, with what is joined to it by `+`.
    fn value(&mut self) -> Option<Piece> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut piece = self.one()?;
        while self.take('+') {
            let next = self.one()?;
            let text = |piece: &Piece| piece.text().or_else(|| named(piece));
            piece = Piece::Text(text(&piece)? + &text(&next)?);
        }
        self.depth -= 1;
        Some(named(&piece).map_or(piece, Piece::Text))
    }

    fn one(&mut self) -> Option<Piece> {
        let c = self.peek()?;
        match c {
            '"' | '\'' | '`' => self.quoted(c).map(Piece::Text),
            '[' => {
                self.take('[');
                self.list(']').map(Piece::List)
            }
            '{' => {
                self.take('{');
                self.map().map(Piece::Map)
            }
            '(' => {
                self.take('(');
                let inner = self.value();
                self.take(')').then_some(inner).flatten()
            }
            _ => self.word(),
        }
    }

    fn map(&mut self) -> Option<Vec<(String, Piece)>> {
        let mut members = Vec::new();
        while !self.take('}') {
            let name = match self.peek()? {
                c @ ('"' | '\'' | '`') => self.quoted(c)?,
                _ => self.name(),
            };
            if name.is_empty() {
                return None;
            }
            let value = if self.take(':') { self.value()? } else { Piece::Text(format!("${name}")) };
            members.push((name, value));
            if !self.take(',') {
                return self.take('}').then_some(members);
            }
        }
        Some(members)
    }

    fn name(&mut self) -> String {
        self.space();
        let fits = |c: char| c.is_alphanumeric() || "_$.-".contains(c);
        let end = self.rest.find(|c: char| !fits(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        name.to_owned()
    }

    /// A number, a word, or a call.
    fn word(&mut self) -> Option<Piece> {
        let mut name = self.name();
        if name == "new" || name == "await" {
            name = self.name();
        }
        if name.is_empty() {
            return None;
        }
        if self.take('(') {
            return self.list(')').map(|inner| Piece::Call(name, inner));
        }
        Some(match name.as_str() {
            "null" | "undefined" => Piece::Null,
            "true" => Piece::Plain(Value::Bool(true)),
            "false" => Piece::Plain(Value::Bool(false)),
            _ => match serde_json::from_str::<Value>(&name) {
                Ok(value) if value.is_number() => Piece::Plain(value),
                _ => Piece::Call(name, Vec::new()),
            },
        })
    }

    /// Text in quotes. An expression in it becomes a word that stands for its value.
    fn quoted(&mut self, quote: char) -> Option<String> {
        let mut chars = self.rest.char_indices().skip(1);
        let mut out = String::new();
        while let Some((at, c)) = chars.next() {
            match c {
                '$' if quote == '`' && self.rest[at..].starts_with("${") => {
                    // What stands there is a value of the script: a word in its place.
                    let inner: String = chars.by_ref().map(|(_, c)| c).skip(1).take_while(|c| *c != '}').collect();
                    out.push('$');
                    out.push_str(&inner.replace(|c: char| !c.is_ascii_alphanumeric(), "_"));
                }
                _ if c == quote => {
                    self.rest = &self.rest[at + c.len_utf8()..];
                    return Some(out);
                }
                '\\' => {
                    let (_, escaped) = chars.next()?;
                    match escaped {
                        'n' => out.push('\n'),
                        'r' => out.push('\r'),
                        't' => out.push('\t'),
                        'b' => out.push('\u{8}'),
                        'f' => out.push('\u{c}'),
                        'v' => out.push('\u{b}'),
                        '0' => out.push('\0'),
                        '\n' => {}
                        'x' => out.push(code(&mut chars.by_ref().map(|(_, c)| c).take(2))?),
                        'u' => {
                            let digits: String = chars.by_ref().map(|(_, c)| c).take(4).collect();
                            out.push(unit(&digits, &mut chars.by_ref().map(|(_, c)| c))?);
                        }
                        other => out.push(other),
                    }
                }
                _ => out.push(c),
            }
        }
        None
    }
}

/// A value that a script has under a name: `token` stands for it as `$token`.
fn named(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Call(name, inner) if inner.is_empty() => {
            Some(format!("${}", name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")))
        }
        _ => None,
    }
}

fn code(digits: &mut dyn Iterator<Item = char>) -> Option<char> {
    let digits: String = digits.collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

/// A `\uXXXX`, with its second half where it is one of a pair, or the rest of `\u{X…}`.
fn unit(digits: &str, rest: &mut dyn Iterator<Item = char>) -> Option<char> {
    if let Some(start) = digits.strip_prefix('{') {
        let all: String = match start.split_once('}') {
            // What stands behind a short one was read along: it is lost, and rare.
            Some((all, _)) => all.to_owned(),
            None => start.chars().chain(rest.take_while(|c| *c != '}')).collect(),
        };
        return char::from_u32(u32::from_str_radix(&all, 16).ok()?);
    }
    let first = u32::from_str_radix(digits, 16).ok()?;
    if !(0xD800..0xDC00).contains(&first) {
        return Some(char::from_u32(first).unwrap_or('\u{fffd}'));
    }
    let second: String = rest.take(6).collect();
    let low = second.strip_prefix("\\u").and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let whole = low.and_then(|low| low.checked_sub(0xDC00)).map(|low| 0x10000 + ((first - 0xD800) << 10) + low);
    Some(whole.and_then(char::from_u32).unwrap_or('\u{fffd}'))
}
