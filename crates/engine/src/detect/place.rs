//! Places in an answer: as JSONPath, as an expression, and as what is found there.

use super::node::Node;

/// A step from a value to a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// A member.
    Key(String),
    /// An item.
    Index(usize),
    /// All items, or all members.
    Each,
}

/// A place: steps from the root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Place(pub Vec<Step>);

impl Place {
    /// One step further.
    pub fn then(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// A member further.
    pub fn key(&self, name: &str) -> Self {
        self.then(Step::Key(name.to_owned()))
    }

    /// The JSONPath (RFC 9535): `$.data[*]`, `$['odd name']`.
    pub fn path(&self) -> String {
        let mut out = String::from("$");
        for step in &self.0 {
            match step {
                Step::Key(name) if plain(name) => {
                    out.push('.');
                    out.push_str(name);
                }
                Step::Key(name) => {
                    out.push_str("['");
                    for c in name.chars() {
                        match c {
                            '\'' | '\\' => out.extend(['\\', c]),
                            c if (c as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", c as u32)),
                            c => out.push(c),
                        }
                    }
                    out.push_str("']");
                }
                Step::Index(index) => out.push_str(&format!("[{index}]")),
                Step::Each => out.push_str("[*]"),
            }
        }
        out
    }

    /// An expression over `response` that is undefined, not at fault, where a part is missing.
    pub fn expression(&self) -> String {
        let mut out = String::from("response");
        for (index, step) in self.0.iter().enumerate() {
            if index > 0 {
                out = format!("({out} or {{}})");
            }
            match step {
                Step::Key(name) if ascii_word(name) => out = format!("{out}.{name}"),
                Step::Key(name) => out = format!("{out}['{}']", name.replace('\\', "\\\\").replace('\'', "\\'")),
                Step::Index(index) => out = format!("{out}[{index}]"),
                Step::Each => {}
            }
        }
        out
    }

    /// What stands at the place: nothing, one value, or several.
    pub fn select<'a>(&self, root: &'a Node) -> Vec<&'a Node> {
        let mut found = vec![root];
        for step in &self.0 {
            found = found.into_iter().flat_map(|node| part(node, step)).collect();
        }
        found
    }

    /// Reads a JSONPath of members, items and `[*]`. `None`: it has more than that.
    pub fn parse(path: &str) -> Option<Self> {
        let mut rest = path.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = next_step(rest)?;
            steps.push(step);
            rest = after;
        }
        Some(Self(steps))
    }
}

fn next_step(rest: &str) -> Option<(Step, &str)> {
    if let Some(inner) = rest.strip_prefix('.') {
        let end = inner.find(['.', '[']).unwrap_or(inner.len());
        let name = &inner[..end];
        let step = if name == "*" { Step::Each } else { Step::Key(name.to_owned()) };
        return (!name.is_empty()).then_some((step, &inner[end..]));
    }
    let inner = rest.strip_prefix('[')?;
    if let Some(after) = inner.strip_prefix("*]") {
        return Some((Step::Each, after));
    }
    let quote = inner.chars().next()?;
    if quote != '\'' && quote != '"' {
        let (number, after) = inner.split_once(']')?;
        return Some((Step::Index(number.parse().ok()?), after));
    }
    let mut name = String::new();
    let mut chars = inner.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => name.push(chars.next()?.1),
            c if c == quote => return Some((Step::Key(name), inner.get(at + 1..)?.strip_prefix(']')?)),
            c => name.push(c),
        }
    }
    None
}

fn part<'a>(node: &'a Node, step: &Step) -> Vec<&'a Node> {
    match (node, step) {
        (_, Step::Key(name)) => node.get(name).into_iter().collect(),
        (Node::List(items), Step::Index(index)) => items.get(*index).into_iter().collect(),
        (Node::List(items), Step::Each) => items.iter().collect(),
        (Node::Object(members), Step::Each) => members.iter().map(|(_, member)| member).collect(),
        _ => Vec::new(),
    }
}

/// Whether a name can stand behind a dot in a JSONPath.
fn plain(name: &str) -> bool {
    let first = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_' || c as u32 >= 0x80);
    first && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c as u32 >= 0x80)
}

fn ascii_word(name: &str) -> bool {
    let keyword =
        ["items", "keys", "values", "get", "not", "and", "or", "in", "is", "if", "else", "true", "false", "none"];
    plain(name) && name.is_ascii() && !keyword.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::detect::node::Node;

    #[test]
    fn paths_round_trip() {
        for path in ["$", "$[*]", "$.data[*]", "$['@odata.nextLink']", "$['it\\'s'].x[1]", "$.名[*].node"] {
            assert_eq!(Place::parse(path).unwrap().path(), path);
        }
        assert!(Place::parse("$..x").is_none());
        let root = Node::parse(r#"{"a":{"b":[{"c":1},{"c":2}]}}"#).unwrap();
        assert_eq!(Place::parse("$.a.b[*].c").unwrap().select(&root).len(), 2);
        assert_eq!(Place::parse("$.meta.x.y").unwrap().expression(), "((response.meta or {}).x or {}).y");
    }
}
