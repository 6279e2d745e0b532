//! What is put on requests as it is: headers, query parameters, cookies.

use super::body;
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::{Problem, Secret};
use url::Url;

/// What is put on a request to an allowed origin.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// Headers.
    pub headers: Vec<(String, Secret)>,
    /// Query parameters.
    pub query: Vec<(String, Secret)>,
    /// Cookies.
    pub cookies: Vec<(String, Secret)>,
    /// Dotted places in a JSON body, or fields of a form.
    pub body: Vec<(String, Secret)>,
}

impl Credentials {
    /// Whether there is nothing to put on.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.query.is_empty() && self.cookies.is_empty() && self.body.is_empty()
    }

    /// Puts them on. What stands there under the same name is replaced.
    pub(crate) fn put_on(&self, wire: &mut WireRequest) -> Result<(), Box<Problem>> {
        for (place, value) in &self.body {
            body::put(wire, place, value)?;
        }
        let (url, headers) = (&mut wire.url, &mut wire.headers);
        for (name, value) in &self.headers {
            headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
            headers.push((name.clone(), value.open().to_owned()));
        }
        if !self.query.is_empty() {
            take_off(url, self.query_names());
            let mut pairs = url.query_pairs_mut();
            for (name, value) in &self.query {
                pairs.append_pair(name, value.open());
            }
        }
        if !self.cookies.is_empty() {
            let own = headers.iter().position(|(have, _)| have.eq_ignore_ascii_case("cookie"));
            let mut text = own.map(|at| headers.remove(at).1).unwrap_or_default();
            for (name, value) in &self.cookies {
                text = format!("{text}{}{name}={}", if text.is_empty() { "" } else { "; " }, value.open());
            }
            headers.push(("Cookie".to_owned(), text));
        }
        Ok(())
    }

    /// Tells the redactor what they are and where they go.
    pub(crate) fn teach(&self, redactor: &Redactor) {
        for (name, value) in self.headers.iter().chain(&self.query).chain(&self.cookies) {
            redactor.learn(value.open().split_once(' ').map_or(value.open(), |(_, value)| value));
            redactor.learn_place(name);
        }
        for (_, value) in &self.body {
            redactor.learn(value.open());
        }
    }

    /// The names of query parameters that carry them.
    pub(crate) fn query_names(&self) -> impl Iterator<Item = &str> {
        self.query.iter().map(|(name, _)| name.as_str())
    }
}

/// Takes query parameters off a URL, so that it can be kept and shown.
pub(crate) fn take_off<'a>(url: &mut Url, names: impl Iterator<Item = &'a str>) {
    let names: Vec<&str> = names.collect();
    let ours = |name: &str| names.contains(&name);
    if !url.query_pairs().any(|(name, _)| ours(&name)) {
        return;
    }
    let kept: Vec<(String, String)> = url.query_pairs().into_owned().filter(|(name, _)| !ours(name)).collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
}
