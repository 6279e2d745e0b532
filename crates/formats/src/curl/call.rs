//! A curl command's words, read into one call.

use super::options::{self, Meaning};
use crate::draft::Call;
use definition::model::Method;
use definition::{Problem, ProblemKind, Stage};
use url::form_urlencoded;

/// Reads words one by one.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// What was read so far.
    pub call: Call,
    data: Vec<String>,
    method: Option<String>,
    urls: Vec<String>,
    query: Vec<String>,
    get: bool,
    json: bool,
    has_data: bool,
}

impl Reader {
    /// Reads the words behind `curl`.
    pub fn read(mut self, words: impl Iterator<Item = String>) -> Result<Call, Problem> {
        let mut words = words;
        let mut options = true;
        while let Some(word) = words.next() {
            if word == "--" && options {
                options = false;
            } else if let Some(name) = word.strip_prefix("--").filter(|_| options) {
                self.long(name, &mut words);
            } else if options && word.len() > 1 && word.starts_with('-') {
                self.short(&word[1..], &mut words);
            } else if super::is_curl(&word) && !self.urls.is_empty() {
                self.lose("A second curl command was left out.");
                break;
            } else if !word.trim().is_empty() {
                self.urls.push(word);
            }
        }
        self.finish()
    }

    fn long(&mut self, name: &str, words: &mut impl Iterator<Item = String>) {
        let (name, inline) = match name.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (name, None),
        };
        let (takes, meaning) = options::long(name);
        let value = if takes { inline.or_else(|| words.next()).unwrap_or_default() } else { String::new() };
        self.option(&format!("--{name}"), meaning, value);
    }

    fn short(&mut self, letters: &str, words: &mut impl Iterator<Item = String>) {
        let mut rest = letters.chars();
        while let Some(letter) = rest.next() {
            let Some((takes, meaning)) = options::short(letter) else {
                self.lose(&format!("The option -{letter} is not known and was left out."));
                continue;
            };
            if takes {
                let inline = rest.as_str();
                let value = if inline.is_empty() { words.next().unwrap_or_default() } else { inline.to_owned() };
                return self.option(&format!("-{letter}"), meaning, value);
            }
            self.option(&format!("-{letter}"), meaning, String::new());
        }
    }

    fn option(&mut self, name: &str, meaning: Meaning, value: String) {
        match meaning {
            Meaning::Method => self.method = Some(value),
            Meaning::Header => self.header(&value),
            Meaning::Data if value.starts_with('@') => self.file(name),
            Meaning::Data | Meaning::DataRaw => self.add_data(value),
            Meaning::Json if value.starts_with('@') => self.file(name),
            Meaning::Json => {
                self.json = true;
                self.add_data(value);
            }
            Meaning::DataEncoded => match encoded(&value) {
                Some(data) => self.add_data(data),
                None => self.file(name),
            },
            Meaning::UrlQuery => match value.strip_prefix('+').map(str::to_owned).or_else(|| encoded(&value)) {
                Some(query) => self.query.push(query),
                None => self.file(name),
            },
            Meaning::Get => self.get = true,
            Meaning::User => self.call.user = Some(split_user(&value)),
            Meaning::Bearer => self.call.headers.push(("Authorization".to_owned(), format!("Bearer {value}"))),
            Meaning::Digest => self.call.digest = true,
            Meaning::Cookie if value.contains('=') => self.call.headers.push(("Cookie".to_owned(), value)),
            Meaning::Cookie => {
                self.lose("The cookie file (-b) was left out: files are not read from a pasted command.")
            }
            Meaning::Url => self.urls.push(value),
            Meaning::Timeout => self.call.timeout = value.parse::<u32>().ok().filter(|s| *s > 0),
            Meaning::Head => self.lose("-I asks for the headers alone; the request is sent as GET."),
            Meaning::Quiet => {}
            Meaning::Lost(why) => self.lose(&format!("{name} was left out: {why}.")),
        }
    }

    fn header(&mut self, text: &str) {
        match text.split_once(':') {
            Some((name, value)) if !value.trim().is_empty() && !name.trim().is_empty() => {
                self.call.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            None if text.starts_with('@') => self.file("-H"),
            _ => {}
        }
    }

    fn add_data(&mut self, data: String) {
        self.has_data = true;
        self.data.push(data);
    }

    fn file(&mut self, name: &str) {
        self.lose(&format!("The file named by {name} was left out: files are not read from a pasted command."));
    }

    fn lose(&mut self, text: &str) {
        if !self.call.losses.iter().any(|loss| loss == text) {
            self.call.losses.push(text.to_owned());
        }
    }

    fn finish(mut self) -> Result<Call, Problem> {
        if self.urls.is_empty() {
            let problem = Problem::new("no_url", ProblemKind::Config, Stage::Open, "The curl command names no URL.");
            return Err(problem.hint("Paste the whole command, with the address that starts with https://."));
        }
        if self.urls.len() > 1 {
            self.lose("The command names several URLs; the first was taken.");
        }
        self.call.address = self.urls.swap_remove(0);
        let data = self.data.join(if self.json { "" } else { "&" });
        if self.get {
            self.query.extend(self.has_data.then_some(data));
        } else if self.has_data {
            self.call.data = Some(data);
        }
        self.call.query = self.query.join("&");
        if self.json {
            self.call.json = true;
        }
        self.call.method = self.told_method();
        Ok(self.call)
    }

    fn told_method(&mut self) -> Method {
        let default = if self.call.data.is_some() { Method::Post } else { Method::Get };
        let Some(told) = self.method.take() else { return default };
        match told.to_ascii_uppercase().as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "PATCH" => Method::Patch,
            "DELETE" => Method::Delete,
            _ => {
                self.lose("The command's method does not read records; the request is sent as GET.");
                Method::Get
            }
        }
    }
}

fn split_user(text: &str) -> (String, Option<String>) {
    match text.split_once(':') {
        Some((user, password)) => (user.to_owned(), Some(password.to_owned())),
        None => (text.to_owned(), None),
    }
}

/// `--data-urlencode`: `text`, `=text`, `name=text`; `None` for the forms that name a file.
fn encoded(text: &str) -> Option<String> {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    match text.find(['=', '@']) {
        None => Some(encode(text)),
        Some(at) if text.as_bytes()[at] == b'@' => None,
        Some(0) => Some(encode(&text[1..])),
        Some(at) => Some(format!("{}={}", &text[..at], encode(&text[at + 1..]))),
    }
}
