//! How requests prove who sends them: one file a kind, each giving the parts that are put on a request.

mod api_key;
mod basic;
mod bearer;

use crate::expr::{Compiled, Expressions, Scope};
use definition::model::{Auth, Template};
use definition::{Fault, Secret};
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
}

impl Credentials {
    /// Whether there is nothing to put on.
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.query.is_empty() && self.cookies.is_empty()
    }

    /// Puts them on. What stands there under the same name is replaced.
    pub(super) fn put_on(&self, url: &mut Url, headers: &mut Vec<(String, String)>) {
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

/// Compiles and renders a connector's auth. Faults tell which value is missing or can't be sent, never the value.
pub(crate) fn compile(auth: &Auth, expressions: &Expressions) -> Result<Credentials, Vec<Fault>> {
    match auth {
        Auth::None => Ok(Credentials::default()),
        Auth::ApiKey(auth) => api_key::compile(auth, expressions),
        Auth::Basic(auth) => basic::compile(auth, expressions),
        Auth::Bearer(auth) => bearer::compile(auth, expressions),
        Auth::Digest(_) | Auth::OAuth2(_) | Auth::Jwt(_) | Auth::Session(_) | Auth::AwsSigV4(_) | Auth::Select(_) => {
            Err(vec![Fault::new("not_yet", "http.auth.type", "This kind of auth can't be run by this version yet.")])
        }
    }
}

/// Renders one template of an auth.
fn render(template: &Template, field: &str, expressions: &Expressions) -> Result<String, Vec<Fault>> {
    let compiled: Compiled =
        expressions.compile(template).map_err(|why| vec![Fault::new("bad_template", field, why)])?;
    compiled.text(expressions, &Scope::default()).map(|rendered| rendered.text).map_err(|why| {
        let input = compiled.names().iter().find(|name| name.starts_with("config.") && !expressions.has(name));
        vec![match input {
            Some(name) => Fault::new("missing_value", name.as_str(), "The value is missing; auth needs it."),
            None => Fault::new("bad_template", field, why),
        }]
    })
}

/// A value that may stand in a header. White space around it (a pasted line break) is taken off.
fn header_value(value: &str, field: &str) -> Result<String, Vec<Fault>> {
    let value = value.trim();
    if value.bytes().all(|byte| (0x20..0x7f).contains(&byte) || byte == b'\t') {
        return Ok(value.to_owned());
    }
    let message = "The value can't be sent: it has a line break, or a character that is no plain ASCII.";
    Err(vec![Fault::new("illegal_value", field, message)])
}

#[cfg(test)]
mod tests {
    use super::{compile, take_off};
    use crate::config::ConfigValues;
    use crate::expr::Expressions;
    use definition::Secret;
    use definition::model::Auth;
    use serde_json::json;
    use url::Url;

    fn sent(auth: serde_json::Value, secret: &str) -> Result<(String, Vec<(String, String)>), String> {
        let mut config = ConfigValues::default();
        config.secrets.insert("key".into(), Secret::new(secret));
        let auth: Auth = serde_json::from_value(auth).unwrap();
        let credentials = compile(&auth, &Expressions::new(&config)).map_err(|faults| faults[0].to_string())?;
        let mut url = Url::parse("http://a.test/x?a=1&k=old").unwrap();
        let mut headers = vec![("cookie".to_owned(), "own=1".to_owned())];
        credentials.put_on(&mut url, &mut headers);
        let shown = url.to_string();
        take_off(&mut url, credentials.query_names());
        assert!(!url.as_str().contains(secret));
        Ok((shown, headers))
    }

    #[test]
    fn every_kind_is_put_where_it_belongs() {
        let last = |auth, secret| sent(auth, secret).unwrap().1.pop().unwrap();
        let (name, value) = last(json!({"type": "bearer", "token": "{{ config.key }}"}), "tok\n");
        assert_eq!((name.as_str(), value.as_str()), ("Authorization", "Bearer tok"));
        let (_, value) = last(json!({"type": "basic", "username": "jörg", "password": "{{ config.key }}"}), "pä:ss");
        assert_eq!(value, "Basic asO2cmc6cMOkOnNz");
        let key = json!({"type": "api_key", "name": "X-Key", "value": "{{ config.key }}", "prefix": "Token "});
        assert_eq!(last(key, "abc").1, "Token abc");
        let cookie = json!({"type": "api_key", "in": "cookie", "name": "sid", "value": "{{ config.key }}"});
        assert_eq!(last(cookie, "abc").1, "own=1; sid=abc");
        let query = json!({"type": "api_key", "in": "query", "name": "k", "value": "{{ config.key }}"});
        assert_eq!(sent(query, "n w").unwrap().0, "http://a.test/x?a=1&k=n+w");
    }

    #[test]
    fn what_cannot_be_sent_is_told_without_the_value() {
        for secret in ["line\nbreak", "ümlaut-secret"] {
            let error = sent(json!({"type": "bearer", "token": "{{ config.key }}"}), secret).unwrap_err();
            assert!(error.contains("can't be sent") && !error.contains(secret), "{error}");
        }
        let error = sent(json!({"type": "bearer", "token": "{{ config.other }}"}), "abcdefgh").unwrap_err();
        assert!(error.starts_with("config.other"), "{error}");
    }
}
