//! Expressions that most records meet, evaluated on the record's text: no tree, no template engine.
//!
//! Comparisons, `and`, `or`, `not`, `in`, `is defined`, `is none`, `default`, `~`, literals, paths into the record.
//! What is made is exactly what the template engine makes. Wherever that is not certain (another filter, numbers and
//! texts compared, a float in a text) there is no answer here, and the template engine is asked.

mod fact;
mod parse;
#[cfg(test)]
mod tests;

use super::Expressions;
use crate::map::Val;
use definition::model::Template;
use fact::Fact;
use parse::{Compare, Node, Parsed};
use std::borrow::Cow;

/// More text than this is left to the template engine, which knows its limit.
const LONGEST: usize = 64 * 1024;

/// A compiled expression over a record.
#[derive(Debug)]
pub(crate) struct Fast {
    shape: Shape,
    paths: Vec<Vec<String>>,
}

#[derive(Debug)]
enum Shape {
    /// One whole expression.
    Whole(Node),
    /// Text with expressions in it.
    Text(Vec<Piece>),
}

#[derive(Debug)]
enum Piece {
    Literal(String),
    Value(Node),
}

impl Fast {
    /// Compiles a template, if all of it is of the kinds that are known here.
    pub(crate) fn compile(template: &Template, expressions: &Expressions) -> Option<Self> {
        let source = template.as_str();
        let mut paths = Vec::new();
        let mut parse = |text: &str| {
            let Parsed { node, paths: known } = parse::expression(text, std::mem::take(&mut paths), expressions)?;
            paths = known;
            Some(node)
        };
        let whole = source.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let shape = match whole.filter(|inner| !inner.contains("}}") && !inner.contains("{{")) {
            Some(inner) => Shape::Whole(parse(inner)?),
            None => Shape::Text(pieces(source, parse)?),
        };
        Some(Self { shape, paths })
    }

    /// The members that it reads: names from the record downwards.
    /// The place of each is what its values are asked for by.
    pub(crate) fn paths(&self) -> &[Vec<String>] {
        &self.paths
    }

    /// Whether it is true. `None`: ask the template engine.
    pub(crate) fn is_true<'s: 'r, 'r>(&'s self, record: &impl Fn(usize) -> Option<&'r str>) -> Option<bool> {
        let says_true = |text: &str| !matches!(text.trim(), "" | "false" | "False");
        match &self.shape {
            Shape::Whole(node) => match node.eval(record)? {
                Fact::Text(text) => Some(says_true(&text)),
                other => other.is_true(),
            },
            Shape::Text(pieces) => text(pieces, record).map(|text| says_true(&text)),
        }
    }

    /// Its value, as it goes to a column or a member. `None`: ask the template engine.
    pub(crate) fn value<'s: 'r, 'r>(&'s self, record: &impl Fn(usize) -> Option<&'r str>) -> Option<Val<'r>> {
        match &self.shape {
            Shape::Whole(node) => node.eval(record)?.into_val(),
            Shape::Text(pieces) => text(pieces, record).map(Val::Text),
        }
    }
}

/// Cuts a text at its expressions.
fn pieces(source: &str, mut parse: impl FnMut(&str) -> Option<Node>) -> Option<Vec<Piece>> {
    // Comments, blocks and the trimming of white space are the template engine's; so is a text's last line break.
    if source.contains("{%") || source.contains("{#") || source.contains("{{-") || source.contains("-}}") {
        return None;
    }
    if source.ends_with(['\n', '\r']) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inner, behind) = after.split_once("}}")?;
        if !before.is_empty() {
            pieces.push(Piece::Literal(before.to_owned()));
        }
        pieces.push(Piece::Value(parse(inner)?));
        rest = behind;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    Some(pieces)
}

fn text<'s: 'r, 'r>(pieces: &'s [Piece], record: &impl Fn(usize) -> Option<&'r str>) -> Option<Cow<'r, str>> {
    if let [Piece::Literal(only)] = pieces {
        return Some(Cow::Borrowed(only));
    }
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Value(node) => out.push_str(&node.eval(record)?.wire()?),
        }
    }
    (out.len() <= LONGEST).then_some(Cow::Owned(out))
}

impl Node {
    fn eval<'s: 'r, 'r>(&'s self, record: &impl Fn(usize) -> Option<&'r str>) -> Option<Fact<'r>> {
        Some(match self {
            Self::Literal(value) => Fact::of_value(value)?,
            Self::Path(path) => record(*path).map_or(Fact::Undefined, Fact::of_raw),
            Self::Not(inner) => Fact::Bool(!inner.eval(record)?.is_true()?),
            Self::And(left, right) => {
                let left = left.eval(record)?;
                if left.is_true()? { right.eval(record)? } else { left }
            }
            Self::Or(left, right) => {
                let left = left.eval(record)?;
                if left.is_true()? { left } else { right.eval(record)? }
            }
            Self::Compare(how, left, right) => Fact::Bool(compare(*how, &left.eval(record)?, &right.eval(record)?)?),
            Self::In(needle, hay) => Fact::Bool(is_in(&needle.eval(record)?, hay, record)?),
            Self::Defined(inner) => Fact::Bool(!matches!(inner.eval(record)?, Fact::Undefined)),
            Self::IsNone(inner) => Fact::Bool(matches!(inner.eval(record)?, Fact::Null)),
            // Both are evaluated, whichever is taken: so does the template engine, and one may fail.
            Self::Default(inner, other) => match (inner.eval(record)?, other.eval(record)?) {
                (Fact::Undefined, other) => other,
                (value, _) => value,
            },
            Self::List(_) => return None,
            Self::Concat(parts) => {
                let mut out = String::new();
                for part in parts {
                    out.push_str(&part.eval(record)?.shown()?);
                }
                if out.len() > LONGEST {
                    return None;
                }
                Fact::Text(Cow::Owned(out))
            }
        })
    }
}

fn compare(how: Compare, left: &Fact<'_>, right: &Fact<'_>) -> Option<bool> {
    Some(match how {
        Compare::Equal => left.equals(right)?,
        Compare::Unequal => !left.equals(right)?,
        Compare::Less => left.order(right)?.is_lt(),
        Compare::LessOrEqual => left.order(right)?.is_le(),
        Compare::Greater => left.order(right)?.is_gt(),
        Compare::GreaterOrEqual => left.order(right)?.is_ge(),
    })
}

/// Whether a list of expressions holds a value, or a text another one.
fn is_in<'s: 'r, 'r>(needle: &Fact<'r>, hay: &'s Node, record: &impl Fn(usize) -> Option<&'r str>) -> Option<bool> {
    if let Node::List(items) = hay {
        let mut found = false;
        for item in items {
            found |= item.eval(record)?.equals(needle)?;
        }
        return Some(found);
    }
    match (needle, hay.eval(record)?) {
        (_, Fact::Undefined) => Some(false),
        (Fact::Text(needle), Fact::Text(hay)) => Some(hay.contains(&**needle)),
        _ => None,
    }
}
