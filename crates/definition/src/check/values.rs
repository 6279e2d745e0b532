//! Small values: JSONPaths, lengths of time, patterns, forms of dates, URLs, headers.

use super::Checker;
use super::names::short;
use crate::model::{Duration, Template};

/// The longest JSONPath, in bytes.
const MAX_PATH: usize = 2_000;
/// The forms of dates that have a name.
const FORMATS: [&str; 6] = ["rfc3339", "rfc2822", "epoch", "epoch_ms", "epoch_us", "date"];

impl Checker<'_> {
    /// A JSONPath (RFC 9535).
    pub(super) fn json_path(&mut self, path: &str) {
        if !path.starts_with('$') {
            let near = (!path.is_empty()).then(|| format!("$.{}", path.trim_start_matches('.')));
            let message = format!("`{}` is no JSONPath: one starts with `$`.", short(path));
            return self.fault_near("bad_path", message, near);
        }
        if is_plain_path(path) {
            return;
        }
        if path.len() > MAX_PATH || jsonpath_rust::parser::parse_json_path(path).is_err() {
            let message = format!(
                "`{}` is no JSONPath that can be read. Names with signs stand in quotes: `$['my-name']`.",
                short(path)
            );
            self.fault("bad_path", message);
        }
    }

    /// A length of time that is more than nothing and has a fixed length.
    pub(super) fn duration(&mut self, duration: &Duration) {
        match duration.exact() {
            Ok(exact) if exact.is_zero() => {
                self.fault("bad_duration", "This length of time must be more than nothing.")
            }
            Ok(_) => {}
            Err(why) => self.bad_duration(duration, &why),
        }
    }

    /// A length of time that may be nothing, and may have months.
    pub(super) fn span(&mut self, duration: &Duration) {
        match duration.span() {
            Ok(span) if span.is_negative() => {
                self.fault("bad_duration", "A length of time can't be negative.");
            }
            Ok(_) => {}
            Err(why) => self.bad_duration(duration, &why),
        }
    }

    fn bad_duration(&mut self, duration: &Duration, why: &str) {
        let digits = !duration.0.is_empty() && duration.0.chars().all(|c| c.is_ascii_digit());
        let near = digits.then(|| format!("{}s", duration.0));
        let reason = if why.contains("fixed length") { format!(" ({why})") } else { String::new() };
        let message = format!(
            "`{}` is no length of time{reason}. Write `30s`, `5m`, `1h`, `250ms`, or ISO 8601 such as `PT1H`.",
            short(&duration.0)
        );
        self.fault_near("bad_duration", message, near);
    }

    /// A regular expression.
    pub(super) fn regex(&mut self, pattern: &str) {
        if let Err(error) = regex::Regex::new(pattern) {
            let why = match &error {
                regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
                other => other.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned(),
            };
            let message = format!("The pattern `{}` can't be read: {why}.", short(pattern));
            self.fault("bad_pattern", message);
        }
    }

    /// How a date is written.
    pub(super) fn date_format(&mut self, format: &str) {
        if !FORMATS.contains(&format) && !format.contains('%') {
            let near = crate::suggest::closest(format, FORMATS);
            let message = format!(
                "`{}` is no form of a date: {}, or a strftime pattern such as `%Y-%m-%d`.",
                short(format),
                FORMATS.join(", ")
            );
            self.fault_near("bad_format", message, near);
        }
    }

    /// The name of a header.
    pub(super) fn header_name(&mut self, name: &str) {
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(token) {
            self.fault("bad_header", format!("`{}` is no name for a header.", short(name)));
        }
    }

    /// A whole URL of an API: scheme and host, and no credentials.
    pub(super) fn url(&mut self, template: &Template) {
        let text = template.as_str().trim();
        if text.is_empty() {
            return self.fault("bad_url", "The address is empty. It starts with `https://`.");
        }
        if text.starts_with("{{") || text.starts_with("{%") {
            return;
        }
        let plain = without_expressions(text);
        if !plain.contains("://") {
            let message = format!("`{}` has no scheme. An address starts with `https://`.", short(text));
            return self.fault_near("bad_url", message, Some(format!("https://{text}")));
        }
        match url::Url::parse(&plain) {
            Ok(url) if !matches!(url.scheme(), "http" | "https") => {
                let message = format!("Addresses are `https://` or `http://`, not `{}://`.", url.scheme());
                self.fault("bad_url", message);
            }
            Ok(url) if !url.username().is_empty() || url.password().is_some() => self.fault(
                "credentials_in_url",
                "A user name or a password must not stand in the address. Use `http.auth`.",
            ),
            Ok(_) => {}
            Err(error) => self.fault("bad_url", format!("`{}` is no address: {error}.", short(text))),
        }
    }
}

/// `$.a.b[0]`, `$.data[*]`: most paths are so, and need no parser.
fn is_plain_path(path: &str) -> bool {
    // An attribute or the text of XML: `$.link.@href`, `$.title.#text`.
    let name = |part: &str| {
        let part = part.strip_prefix(['@', '#']).unwrap_or(part);
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    let Some(rest) = path.strip_prefix('$') else { return false };
    let rest = rest.strip_suffix("[*]").unwrap_or(rest);
    rest.is_empty() || rest.strip_prefix('.').is_some_and(|names| names.split('.').all(name))
}

/// The text with `1` in the place of each expression: a digit fits a host, a port and a path.
fn without_expressions(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        out.push_str(&rest[..start]);
        out.push('1');
        rest = rest[start..].find("}}").map_or("", |end| &rest[start + end + 2..]);
    }
    out + rest
}
