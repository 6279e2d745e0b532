//! An answer as a tree that keeps every digit of its numbers.

/// A JSON value. Numbers are their digits.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(String),
    /// Text.
    Text(String),
    /// An array.
    List(Vec<Node>),
    /// An object, its members in order.
    Object(Vec<(String, Node)>),
}

/// How deep an answer may nest.
const MOST_DEPTH: usize = 120;

impl Node {
    /// Reads JSON. `None`: it is none, or nests too deep.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}');
        serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
        Reader { text, at: 0 }.value(0)
    }

    /// A member of an object. Of two with one name the last.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().rev().find(|(have, _)| have == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text, where it is text.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// A whole number, where it is one.
    pub fn whole(&self) -> Option<i64> {
        if let Self::Number(digits) = self { digits.parse().ok() } else { None }
    }

    /// The items of an array.
    pub fn items(&self) -> Option<&[Self]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// The members of an object.
    pub fn members(&self) -> Option<&[(String, Self)]> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// Whether it is neither an array nor an object.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }

    /// It as text to show and to compare: scalars bare, the rest like JSON. Not more than `most` characters.
    pub fn shown(&self, most: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, most);
        if out.chars().count() > most {
            out = out.chars().take(most).chain(['…']).collect();
        }
        out
    }

    fn write(&self, out: &mut String, most: usize) {
        if out.len() > most.saturating_mul(4) {
            return;
        }
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for item in items {
                    item.write(out, most);
                    out.push(',');
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (name, node) in members {
                    out.push_str(name);
                    out.push(':');
                    node.write(out, most);
                    out.push(',');
                }
                out.push('}');
            }
        }
    }
}

/// Reads text that is known to be JSON.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        if depth > MOST_DEPTH {
            return None;
        }
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Node::Text),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Node> {
        self.at += 1;
        let mut members = Vec::new();
        while self.peek()? != b'}' {
            let name = self.string()?;
            self.peek()?;
            self.at += 1;
            members.push((name, self.value(depth + 1)?));
            if self.peek()? == b',' {
                self.at += 1;
                self.peek()?;
            }
        }
        self.at += 1;
        Some(Node::Object(members))
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        self.at += 1;
        let mut items = Vec::new();
        while self.peek()? != b']' {
            items.push(self.value(depth + 1)?);
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Some(Node::List(items))
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', bytes.get(self.at..)?)?;
            if bytes[self.at] == b'"' {
                break;
            }
            self.at += 2;
        }
        self.at += 1;
        let quoted = self.text.get(start..self.at)?;
        let inside = &quoted[1..quoted.len() - 1];
        if !inside.contains('\\') {
            return Some(inside.to_owned());
        }
        Some(serde_json::from_str(quoted).unwrap_or_else(|_| inside.to_owned()))
    }

    fn word(&mut self) -> Option<Node> {
        let rest = self.text.get(self.at..)?;
        let length = rest.find(|c: char| ",}] \n\r\t".contains(c)).unwrap_or(rest.len());
        self.at += length;
        Some(match &rest[..length] {
            "null" => Node::Null,
            "true" => Node::Bool(true),
            "false" => Node::Bool(false),
            digits => Node::Number(digits.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn keeps_digits_and_order() {
        let node =
            Node::parse(r#" {"b": [1.10, 99999999999999999999, -0], "a": {"é\n": "x\u00e9"}, "n": null} "#).unwrap();
        assert_eq!(node.shown(200), "{b:[1.10,99999999999999999999,-0,],a:{é\n:xé,},n:null,}");
        assert!(Node::parse("{").is_none());
        assert!(Node::parse("<html>").is_none());
        assert!(Node::parse(&"[".repeat(5000)).is_none());
        assert_eq!(Node::parse("[]").unwrap().items().unwrap().len(), 0);
    }
}
