//! The part of the expressions' grammar that is evaluated here, with the template engine's order of operators.

use super::super::Expressions;
use serde_json::Value;

/// An expression.
#[derive(Debug)]
pub(super) enum Node {
    Literal(Value),
    /// A path's place.
    Path(usize),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Compare(Compare, Box<Self>, Box<Self>),
    In(Box<Self>, Box<Self>),
    Defined(Box<Self>),
    IsNone(Box<Self>),
    Default(Box<Self>, Box<Self>),
    Concat(Vec<Self>),
    List(Vec<Self>),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Compare {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// An expression and the members that it and the ones before it read.
pub(super) struct Parsed {
    pub node: Node,
    pub paths: Vec<Vec<String>>,
}

/// How deep expressions may nest.
const DEEPEST: usize = 16;

/// Reads an expression, if it is of the kinds that are known here.
pub(super) fn expression(text: &str, paths: Vec<Vec<String>>, expressions: &Expressions) -> Option<Parsed> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens, at: 0, paths, expressions, depth: 0 };
    let node = parser.or()?;
    (parser.at == parser.tokens.len()).then_some(Parsed { node, paths: parser.paths })
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Number(Value),
    Sign(&'static str),
}

const SIGNS: [&str; 15] = ["==", "!=", "<=", ">=", "<", ">", "~", "|", "(", ")", "[", "]", ",", ".", "-"];

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_ascii_start();
    while let Some(first) = rest.bytes().next() {
        let length = match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let length = span(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
                tokens.push(Token::Word(rest[..length].to_owned()));
                length
            }
            b'0'..=b'9' => {
                let length = span(rest, |byte| byte.is_ascii_digit() || byte == b'.');
                let number = &rest[..length];
                let behind = rest.as_bytes().get(length).copied().unwrap_or(b' ');
                if behind.is_ascii_alphanumeric()
                    || behind == b'_'
                    || (number.starts_with('0') && length > 1 && !number.starts_with("0."))
                {
                    return None;
                }
                tokens.push(Token::Number(serde_json::from_str(number).ok()?));
                length
            }
            b'\'' | b'"' => {
                let inside = &rest[1..];
                let end = inside.find(char::from(first))?;
                if inside[..end].contains('\\') {
                    return None;
                }
                tokens.push(Token::Text(inside[..end].to_owned()));
                end + 2
            }
            _ => {
                let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign))?;
                tokens.push(Token::Sign(sign));
                sign.len()
            }
        };
        rest = rest[length..].trim_ascii_start();
    }
    Some(tokens)
}

fn span(text: &str, fits: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|byte| fits(*byte)).count()
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    paths: Vec<Vec<String>>,
    expressions: &'a Expressions,
    depth: usize,
}

impl Parser<'_> {
    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Sign(there)) if *there == sign);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(there)) if there == word);
        self.at += usize::from(found);
        found
    }

    fn or(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut node = self.and()?;
        while self.word("or") {
            node = Node::Or(Box::new(node), Box::new(self.and()?));
        }
        self.depth -= 1;
        Some(node)
    }

    fn and(&mut self) -> Option<Node> {
        let mut node = self.not()?;
        while self.word("and") {
            node = Node::And(Box::new(node), Box::new(self.not()?));
        }
        Some(node)
    }

    fn not(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let node = if self.word("not") { Node::Not(Box::new(self.not()?)) } else { self.comparison()? };
        self.depth -= 1;
        Some(node)
    }

    fn comparison(&mut self) -> Option<Node> {
        let left = Box::new(self.concat()?);
        let Some(operator) = self.operator() else { return Some(*left) };
        let right = Box::new(self.concat()?);
        let node = match operator {
            Operator::Compare(how) => Node::Compare(how, left, right),
            Operator::In => Node::In(left, right),
            Operator::NotIn => Node::Not(Box::new(Node::In(left, right))),
        };
        // A chain (`1 < record.a < 3`) is the template engine's.
        let before = self.at;
        let chained = self.operator().is_some();
        self.at = before;
        (!chained).then_some(node)
    }

    fn operator(&mut self) -> Option<Operator> {
        let before = self.at;
        if self.word("not") {
            if self.word("in") {
                return Some(Operator::NotIn);
            }
            self.at = before;
            return None;
        }
        if self.word("in") {
            return Some(Operator::In);
        }
        let table = [
            ("==", Compare::Equal),
            ("!=", Compare::Unequal),
            ("<=", Compare::LessOrEqual),
            (">=", Compare::GreaterOrEqual),
            ("<", Compare::Less),
            (">", Compare::Greater),
        ];
        table.into_iter().find(|(sign, _)| self.sign(sign)).map(|(_, how)| Operator::Compare(how))
    }

    fn concat(&mut self) -> Option<Node> {
        let first = self.postfix()?;
        let mut parts = vec![first];
        while self.sign("~") {
            parts.push(self.postfix()?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Node::Concat(parts)) }
    }

    /// A value with its filters and tests.
    fn postfix(&mut self) -> Option<Node> {
        let mut node = self.primary()?;
        loop {
            if self.sign("|") {
                if !self.word("default") || !self.sign("(") {
                    return None;
                }
                let other = self.or()?;
                if !self.sign(")") {
                    return None;
                }
                node = Node::Default(Box::new(node), Box::new(other));
            } else if self.word("is") {
                let negated = self.word("not");
                let inner = Box::new(node);
                node = if self.word("defined") {
                    Node::Defined(inner)
                } else if self.word("undefined") {
                    Node::Not(Box::new(Node::Defined(inner)))
                } else if self.word("none") {
                    Node::IsNone(inner)
                } else {
                    return None;
                };
                if negated {
                    node = Node::Not(Box::new(node));
                }
                // What follows a test may be its argument.
                return self.ends_test().then_some(node);
            } else {
                return Some(node);
            }
        }
    }

    fn ends_test(&self) -> bool {
        match self.tokens.get(self.at) {
            None | Some(Token::Sign(")" | "]" | ",")) => true,
            Some(Token::Word(word)) => word == "and" || word == "or",
            _ => false,
        }
    }

    fn primary(&mut self) -> Option<Node> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        match token {
            Token::Text(text) => Some(Node::Literal(Value::String(text))),
            Token::Number(number) => Some(Node::Literal(number)),
            Token::Word(word) => match word.as_str() {
                "true" | "True" => Some(Node::Literal(Value::Bool(true))),
                "false" | "False" => Some(Node::Literal(Value::Bool(false))),
                "none" | "None" => Some(Node::Literal(Value::Null)),
                "record" => self.path(),
                "config" => self.config(),
                _ => None,
            },
            Token::Sign("-") => match self.primary()? {
                Node::Literal(Value::Number(number)) => {
                    let number = number.as_i64().filter(|number| *number != 0)?.checked_neg()?;
                    Some(Node::Literal(number.into()))
                }
                _ => None,
            },
            Token::Sign("(") => {
                let node = self.or()?;
                // A comma makes a tuple of it.
                self.sign(")").then_some(node)
            }
            Token::Sign("[") => self.list(),
            Token::Sign(_) => None,
        }
    }

    /// A list stands only behind `in`.
    fn list(&mut self) -> Option<Node> {
        let behind_in = self.at >= 2 && self.tokens.get(self.at - 2) == Some(&Token::Word("in".to_owned()));
        let mut items = Vec::new();
        while behind_in && !self.sign("]") {
            items.push(self.or()?);
            if !self.sign(",") && self.tokens.get(self.at) != Some(&Token::Sign("]")) {
                return None;
            }
        }
        // What is done with a list beyond `in` is the template engine's.
        let used = matches!(self.tokens.get(self.at), Some(Token::Sign("|" | "[" | "." | "~" | "(")))
            || matches!(self.tokens.get(self.at), Some(Token::Word(word)) if word == "is");
        (behind_in && !used).then_some(Node::List(items))
    }

    fn path(&mut self) -> Option<Node> {
        let names = self.names()?;
        if names.is_empty() {
            return None;
        }
        let place = self.paths.iter().position(|known| *known == names).unwrap_or_else(|| {
            self.paths.push(names);
            self.paths.len() - 1
        });
        Some(Node::Path(place))
    }

    /// A config value that is text, a whole number, true or false is as good as written out.
    fn config(&mut self) -> Option<Node> {
        let names = self.names()?;
        let [name] = names.as_slice() else { return None };
        match self.expressions.plain_config(name)? {
            value @ (Value::String(_) | Value::Bool(_)) => Some(Node::Literal(value.clone())),
            Value::Number(number) if number.is_i64() => Some(Node::Literal(Value::Number(number.clone()))),
            _ => None,
        }
    }

    /// `.a.b['c']`, up to what is no name. A call is the template engine's.
    fn names(&mut self) -> Option<Vec<String>> {
        let mut names = Vec::new();
        loop {
            if self.sign(".") {
                match self.tokens.get(self.at) {
                    Some(Token::Word(word)) => names.push(word.clone()),
                    _ => return None,
                }
                self.at += 1;
            } else if self.sign("[") {
                match self.tokens.get(self.at) {
                    Some(Token::Text(text)) => names.push(text.clone()),
                    _ => return None,
                }
                self.at += 1;
                if !self.sign("]") {
                    return None;
                }
            } else {
                let call = self.tokens.get(self.at) == Some(&Token::Sign("("));
                return (!call).then_some(names);
            }
        }
    }
}

enum Operator {
    Compare(Compare),
    In,
    NotIn,
}
