//! A request as it goes over the wire, or as a `.http` file and a browser's "Copy request headers" write it.

use crate::RequestDraft;
use crate::draft::{self, Call};
use definition::model::Method;
use definition::{Problem, ProblemKind, Stage};

const METHODS: [(&str, Method); 5] = [
    ("GET", Method::Get),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
];

/// Whether a text is a request: its first line that is no comment says what is asked for.
pub(crate) fn looks_like(text: &str) -> bool {
    let Some(line) = text.lines().map(str::trim).find(|line| !is_comment(line) && !is_variable(line)) else {
        return false;
    };
    pseudo(line).is_some_and(|(name, _)| matches!(name, "authority" | "method" | "path" | "scheme"))
        || request_line(line).is_some()
}

/// Reads a request.
pub(crate) fn read(text: &str) -> Result<RequestDraft, Problem> {
    let mut reader = Reader::default();
    let mut lines = text.lines();
    reader.head(&mut lines);
    let body: Vec<&str> = lines.take_while(|line| !line.trim_start().starts_with("###")).collect();
    let more = text.lines().filter(|line| request_line(line.trim()).is_some()).count() > 1;
    reader.finish(body.join("\n").trim_end(), more && text.contains("###"))
}

#[derive(Debug, Default)]
struct Reader {
    call: Call,
    target: String,
    host: Option<String>,
    scheme: Option<String>,
    variables: Vec<(String, String)>,
}

impl Reader {
    /// The lines up to the empty one behind the headers.
    fn head<'a>(&mut self, lines: &mut impl Iterator<Item = &'a str>) {
        let mut begun = false;
        for line in lines {
            let line = line.trim();
            if line.is_empty() && begun {
                return;
            }
            if line.starts_with("###") && begun {
                return;
            }
            if line.is_empty() || is_comment(line) {
                continue;
            }
            if let (false, Some((name, value))) = (begun, variable(line)) {
                self.variables.push((name.to_owned(), value.to_owned()));
                continue;
            }
            let line = self.filled(line);
            if let Some((name, value)) = pseudo(&line) {
                begun = true;
                self.pseudo(name, value);
            } else if let (false, Some((method, target))) = (begun, request_line(&line)) {
                begun = true;
                self.call.method = method;
                self.target = target.to_owned();
            } else if line.starts_with(['?', '&']) {
                self.target.push_str(&line);
            } else if let Some((name, value)) = line.split_once(':') {
                self.header(name.trim(), value.trim());
            }
        }
    }

    /// A line with the file's own variables in their places.
    fn filled(&self, line: &str) -> String {
        let mut line = line.to_owned();
        for (name, value) in &self.variables {
            for written in [format!("{{{{{name}}}}}"), format!("{{{{ {name} }}}}")] {
                line = line.replace(&written, value);
            }
        }
        line
    }

    fn pseudo(&mut self, name: &str, value: &str) {
        match name {
            "authority" => self.host = Some(value.to_owned()),
            "scheme" => self.scheme = Some(value.to_owned()),
            "path" => self.target = value.to_owned(),
            "method" => self.call.method = method(value).unwrap_or_default(),
            _ => {}
        }
    }

    fn header(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("host") {
            self.host = Some(value.to_owned());
        } else if !name.is_empty() && !value.is_empty() && !name.contains(char::is_whitespace) {
            self.call.headers.push((name.to_owned(), value.to_owned()));
        }
    }

    fn finish(mut self, body: &str, more: bool) -> Result<RequestDraft, Problem> {
        self.call.address = if self.target.contains("://") {
            self.target
        } else {
            let Some(host) = self.host.filter(|host| !host.is_empty()) else { return Err(no_host()) };
            let scheme = self.scheme.map(|scheme| format!("{scheme}://")).unwrap_or_default();
            let slash = if self.target.starts_with('/') { "" } else { "/" };
            format!("{scheme}{host}{slash}{}", self.target)
        };
        if !body.trim().is_empty() && self.call.method != Method::Get {
            self.call.data = Some(body.to_owned());
        }
        if more {
            self.call.losses.push("There are several requests; the first was taken.".to_owned());
        }
        draft::build(self.call, "the request")
    }
}

fn no_host() -> Problem {
    Problem::new("no_host", ProblemKind::Config, Stage::Open, "The request does not say which host it goes to.")
        .hint("Paste it with its line `Host: api.example.com`, or with the whole address in its first line.")
}

fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#') || line.starts_with("//")
}

/// `@name = value`, as `.http` files have it.
fn variable(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix('@')?.split_once('=')?;
    Some((name.trim(), value.trim()))
}

fn is_variable(line: &str) -> bool {
    variable(line).is_some()
}

/// `:path: /v1/users`, as Chrome copies the headers of HTTP/2.
fn pseudo(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    Some((name.trim(), value.trim()))
}

fn method(word: &str) -> Option<Method> {
    METHODS.iter().find(|(name, _)| *name == word).map(|(_, method)| *method)
}

/// `GET /path HTTP/1.1`, or the same with a whole address.
fn request_line(line: &str) -> Option<(Method, &str)> {
    let mut words = line.split_whitespace();
    let method = method(words.next()?)?;
    let target = words.next()?;
    let end = words.next().is_none_or(|word| word.starts_with("HTTP/"));
    let address = target.starts_with('/') || target.contains("://") || target.starts_with("{{");
    (end && address && words.next().is_none()).then_some((method, target))
}
