//! `+` and `-` between moments and lengths of time. The template engine knows no operators of other values, so that
//! the two are written as calls, in templates alone that can have such a value.

use super::values::{At, Length, bad};
use minijinja::{Environment, Error, State, Value, context};

/// What the operators become.
const PLUS: &str = "__plus";
const MINUS: &str = "__minus";

/// The functions whose answer is a moment or a length of time.
const MAKERS: &[&str] = &[
    "now",
    "today",
    "now_utc",
    "today_utc",
    "today_with_timezone",
    "datetime",
    "parse_datetime",
    "str_to_datetime",
    "duration",
    "timedelta",
];

pub(super) fn register(environment: &mut Environment<'static>) {
    environment.add_function(PLUS, plus);
    environment.add_function(MINUS, minus);
}

fn plus(state: &State, a: &Value, b: &Value) -> Result<Value, Error> {
    match (moment(a), length(a), moment(b), length(b)) {
        (Some(at), _, _, Some(length)) | (_, Some(length), Some(at), _) => at.plus(length.0).map(|at| At::value(at.0)),
        (_, Some(a), _, Some(b)) => a.plus(b, 1).map(|sum| Length::value(sum.0)),
        (Some(_), _, Some(_), _) => Err(bad("two moments can't be added")),
        (None, None, None, None) => native(state, "a + b", a, b),
        _ => Err(bad("a moment and a length of time can be added; write duration('P1D') or timedelta(days=1)")),
    }
}

fn minus(state: &State, a: &Value, b: &Value) -> Result<Value, Error> {
    match (moment(a), length(a), moment(b), length(b)) {
        (Some(a), _, Some(b), _) => a.minus(b).map(|difference| Length::value(difference.0)),
        (Some(at), _, _, Some(length)) => at.plus(length.0.negate()).map(|at| At::value(at.0)),
        (_, Some(a), _, Some(b)) => a.plus(b, -1).map(|rest| Length::value(rest.0)),
        (None, None, None, None) => native(state, "a - b", a, b),
        _ => Err(bad("from a moment, a moment or a length of time can be taken; write duration('P1D')")),
    }
}

fn moment(value: &Value) -> Option<At> {
    value.downcast_object_ref::<At>().copied()
}

fn length(value: &Value) -> Option<Length> {
    value.downcast_object_ref::<Length>().copied()
}

fn native(state: &State, expression: &'static str, a: &Value, b: &Value) -> Result<Value, Error> {
    state.env().compile_expression(expression)?.eval(context! { a => a, b => b })
}

/// The template with its operators as calls; `None` where it can stay as it is.
pub(super) fn rewrite(source: &str) -> Option<String> {
    let may = source.contains(['+', '-']) && MAKERS.iter().any(|maker| calls(source, maker));
    may.then(|| Rewriter { rest: source, out: String::with_capacity(source.len() + 32) }.template())
}

fn calls(source: &str, name: &str) -> bool {
    source.match_indices(name).any(|(at, _)| source[at + name.len()..].trim_start().starts_with('('))
}

/// Words of the language that end an operand.
const WORDS: &[&str] =
    &["and", "or", "not", "in", "is", "if", "else", "elif", "for", "set", "with", "do", "recursive", "filter"];

struct Rewriter<'a> {
    rest: &'a str,
    out: String,
}

/// A run of operands joined by `+` and `-`, at one depth of brackets.
struct Chain {
    /// Where in the output it begins.
    start: usize,
    /// Whether a call is open and waits for its second operand.
    open: bool,
    /// Whether an operand stands before the next sign, so that it joins two.
    operand: bool,
}

impl Chain {
    fn at(start: usize) -> Self {
        Self { start, open: false, operand: false }
    }
}

impl<'a> Rewriter<'a> {
    fn template(mut self) -> String {
        while let Some(at) =
            self.rest.find("{{").into_iter().chain(self.rest.find("{%")).chain(self.rest.find("{#")).min()
        {
            self.copy(at);
            if self.rest.starts_with("{#") {
                let end = self.rest.find("#}").map_or(self.rest.len(), |end| end + 2);
                self.copy(end);
                continue;
            }
            let close = if self.rest.starts_with("{{") { "}}" } else { "%}" };
            self.copy(2);
            if self.rest.starts_with(['-', '+']) {
                self.copy(1);
            }
            self.inside(close);
        }
        self.copy(self.rest.len());
        self.out
    }

    fn copy(&mut self, length: usize) -> &'a str {
        let (front, rest) = self.rest.split_at(length);
        self.out.push_str(front);
        self.rest = rest;
        front
    }

    /// All up to the end of a block.
    fn inside(&mut self, close: &str) {
        let mut chains = vec![Chain::at(self.out.len())];
        while let Some(first) = self.rest.chars().next() {
            let ends = |text: &str| text.starts_with(close);
            let trimmed = self.rest.strip_prefix(['-', '+']);
            if chains.len() == 1 && (ends(self.rest) || trimmed.is_some_and(ends)) {
                break;
            }
            self.token(first, &mut chains);
        }
        while let Some(chain) = chains.pop() {
            self.close(&chain);
        }
        let length = self.rest.find(close).map_or(self.rest.len(), |at| at + close.len());
        self.copy(length);
    }

    fn token(&mut self, first: char, chains: &mut Vec<Chain>) {
        match first {
            '"' | '\'' => {
                let length = text_length(self.rest, first);
                self.copy(length);
                operand(chains);
            }
            '(' | '[' | '{' => {
                self.copy(1);
                chains.push(Chain::at(self.out.len()));
            }
            ')' | ']' | '}' => {
                if chains.len() > 1
                    && let Some(chain) = chains.pop()
                {
                    self.close(&chain);
                }
                self.copy(1);
                operand(chains);
            }
            '+' | '-' => self.sign(first, chains),
            ',' | ':' | '=' | '<' | '>' | '!' => self.boundary(1, chains),
            // A multiplication, a filter, a text's joint: what follows belongs to the operand.
            '*' | '/' | '%' | '~' | '|' => {
                self.copy(1);
                if let Some(chain) = chains.last_mut() {
                    chain.operand = false;
                }
            }
            first if first.is_alphanumeric() || first == '_' => self.word(first, chains),
            other => {
                self.copy(other.len_utf8());
            }
        }
    }

    /// A `+` or `-`: between two operands it becomes a call, else it is a part of a number.
    fn sign(&mut self, sign: char, chains: &mut [Chain]) {
        let Some(chain) = chains.last_mut().filter(|chain| chain.operand) else {
            self.copy(1);
            return;
        };
        if chain.open {
            self.out.push(')');
        }
        let name = if sign == '+' { PLUS } else { MINUS };
        let word = self.out[..chain.start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        self.out.insert_str(chain.start, &format!("{}{name}(", if word { " " } else { "" }));
        self.out.push_str(", ");
        self.rest = &self.rest[1..];
        (chain.open, chain.operand) = (true, false);
    }

    fn boundary(&mut self, length: usize, chains: &mut [Chain]) {
        if let Some(chain) = chains.last_mut() {
            if chain.open {
                self.out.push(')');
            }
            self.copy(length);
            *chain = Chain::at(self.out.len());
        }
    }

    fn word(&mut self, first: char, chains: &mut [Chain]) {
        let number = first.is_ascii_digit();
        let mut length = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        if number && self.rest[length..].starts_with(['+', '-']) && self.rest[..length].ends_with(['e', 'E']) {
            // The sign of an exponent.
            length += 1;
        }
        if !number && WORDS.contains(&&self.rest[..length]) && !self.out.ends_with('.') {
            self.boundary(length, chains);
            return;
        }
        self.copy(length);
        operand(chains);
    }

    fn close(&mut self, chain: &Chain) {
        if chain.open {
            // Behind the operand, before the white space that follows it.
            let end = self.out.trim_end().len();
            self.out.insert(end, ')');
        }
    }
}

fn operand(chains: &mut [Chain]) {
    if let Some(chain) = chains.last_mut() {
        chain.operand = true;
    }
}

/// The length of a quoted text, quotes included.
fn text_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}
