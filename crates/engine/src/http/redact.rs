//! Secrets out of everything that is kept, shown or told.

use crate::config::ConfigValues;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use bytes::Bytes;
use definition::Problem;
use memchr::memmem;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};
use url::Url;
use zeroize::Zeroizing;

/// What stands where a secret stood.
pub const MASK: &str = "••••";
/// Shorter secrets are masked by their place alone: by value they would eat innocent text.
const SHORTEST_BY_VALUE: usize = 4;
/// In bodies the value must be longer, so that data is not changed by chance.
const SHORTEST_IN_BODY: usize = 8;
/// Values made of secrets that are known at a time: a signature of each request must not fill the memory.
const DERIVED: usize = 64;
/// A text that has so many bytes of a secret in a row is a part of it.
const PART: usize = 8;
/// Headers whose value is never shown.
const PRIVATE_HEADERS: &[&str] =
    &["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key", "x-auth-token"];

/// Knows every secret of a run in all the forms that it may take, and replaces it by dots. Clones share what they know,
/// so that a token that was got at run time is masked everywhere from then on.
#[derive(Clone, Default)]
pub struct Redactor(Arc<RwLock<Arc<Known>>>);

#[derive(Clone, Default)]
struct Known {
    /// Longest first, so that a form is not cut by a shorter one inside it.
    needles: Vec<Zeroizing<String>>,
    /// Headers and query parameters that carry credentials, in lower case.
    places: Vec<String>,
    /// Forms of what was made of secrets at run time, oldest first.
    derived: VecDeque<Vec<Zeroizing<String>>>,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} forms)", self.known().needles.len())
    }
}

impl Redactor {
    /// Knows all secrets of a connection.
    pub fn new(config: &ConfigValues) -> Self {
        let redactor = Self::default();
        for secret in config.secrets.values() {
            redactor.learn(secret.open());
        }
        redactor
    }

    /// Learns a secret with its forms: as it is, percent-encoded, as a JSON string, in base64.
    pub fn learn(&self, value: &str) {
        if value.len() >= SHORTEST_BY_VALUE {
            self.change(|known| {
                known.add(forms(value));
            });
        }
    }

    /// Learns what an expression made of a secret: a hash, an encoding. The latest are known.
    pub fn learn_derived(&self, value: &str) {
        if value.len() < SHORTEST_IN_BODY || self.known().needles.iter().any(|have| **have == *value) {
            return;
        }
        self.change(|known| {
            let new = known.add(forms(value));
            known.derived.push_back(new);
            while known.derived.len() > DERIVED {
                let oldest = known.derived.pop_front().unwrap_or_default();
                known.needles.retain(|have| !oldest.contains(have));
            }
        });
    }

    /// Whether a secret stands in a text.
    pub fn holds(&self, text: &str) -> bool {
        self.known().needles.iter().any(|needle| memmem::find(text.as_bytes(), needle.as_bytes()).is_some())
    }

    /// Whether a text has a good part of a secret in it (in any case), but no whole one.
    pub(crate) fn is_part(&self, text: &str) -> bool {
        if text.len() < PART || self.holds(text) {
            return false;
        }
        let lower = text.to_ascii_lowercase();
        self.known().needles.iter().any(|needle| {
            let needle = needle.to_ascii_lowercase();
            needle.as_bytes().windows(PART).any(|part| memmem::find(lower.as_bytes(), part).is_some())
        })
    }

    /// Learns the name of a header or a query parameter that carries a credential.
    pub fn learn_place(&self, name: &str) {
        self.change(|known| known.places.push(name.to_ascii_lowercase()));
    }

    /// What is known now. A reader never waits while a page is searched.
    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn change(&self, change: impl FnOnce(&mut Known)) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut known));
    }

    /// Text without secrets.
    pub fn text(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for needle in &self.known().needles {
            if out.contains(needle.as_str()) {
                out = out.replace(needle.as_str(), MASK);
            }
        }
        out
    }

    /// A URL without secrets and without the values of parameters that carry one.
    pub fn url(&self, url: &Url) -> String {
        let mut url = url.clone();
        if url.password().is_some() {
            let _ = url.set_password(Some("****"));
        }
        let known = self.known();
        let secret = |name: &str| known.places.iter().any(|place| *place == name.to_ascii_lowercase());
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        if !pairs.iter().any(|(name, _)| secret(name)) {
            return self.text(url.as_str());
        }
        url.set_query(None);
        let mut text = String::new();
        for (name, value) in &pairs {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.extend(url::form_urlencoded::byte_serialize(name.as_bytes()));
            text.push('=');
            if secret(name) {
                text.push_str(MASK);
            } else {
                text.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
            }
        }
        self.text(&format!("{url}{text}"))
    }

    /// Headers without secrets; those that carry credentials masked whole (their scheme stays).
    pub fn headers(&self, headers: &[(String, String)]) -> Vec<(String, String)> {
        headers.iter().map(|(name, value)| (name.clone(), self.header(name, value))).collect()
    }

    fn header(&self, name: &str, value: &str) -> String {
        let lower = name.to_ascii_lowercase();
        if !PRIVATE_HEADERS.contains(&lower.as_str()) && !self.known().places.contains(&lower) {
            return self.text(value);
        }
        let scheme = value.split_once(' ').map(|(scheme, _)| scheme);
        match scheme.filter(|scheme| matches!(scheme.to_ascii_lowercase().as_str(), "bearer" | "basic" | "token")) {
            Some(scheme) => format!("{scheme} {MASK}"),
            None => MASK.to_owned(),
        }
    }

    /// A body without secrets, and whether there was one in it.
    pub fn body(&self, body: Bytes) -> (Bytes, bool) {
        let known = self.known();
        let long = || known.needles.iter().filter(|needle| needle.len() >= SHORTEST_IN_BODY);
        if !long().any(|needle| memmem::find(&body, needle.as_bytes()).is_some()) {
            return (body, false);
        }
        let mut out = body.to_vec();
        for needle in long() {
            out = replace(&out, needle.as_bytes());
        }
        (Bytes::from(out), true)
    }

    /// A problem without secrets.
    #[must_use]
    pub fn problem(&self, mut problem: Problem) -> Problem {
        problem.message = self.text(&problem.message);
        problem.hint = problem.hint.map(|text| self.text(&text));
        problem.request = problem.request.map(|text| self.text(&text));
        problem.detail = problem.detail.map(|text| self.text(&text));
        for fault in &mut problem.faults {
            fault.message = self.text(&fault.message);
        }
        problem
    }
}

/// The forms that a secret may take.
fn forms(value: &str) -> Vec<Zeroizing<String>> {
    let mut forms = vec![value.to_owned(), url::form_urlencoded::byte_serialize(value.as_bytes()).collect()];
    forms.push(forms[1].replace('+', "%20"));
    let json = serde_json::Value::from(value).to_string();
    forms.push(json[1..json.len() - 1].to_owned());
    forms.push(STANDARD.encode(value));
    forms.push(STANDARD_NO_PAD.encode(value));
    forms.push(URL_SAFE.encode(value));
    forms.push(URL_SAFE_NO_PAD.encode(value));
    forms.into_iter().map(Zeroizing::new).collect()
}

impl Known {
    /// Adds what is not known yet, and tells what that was.
    fn add(&mut self, forms: Vec<Zeroizing<String>>) -> Vec<Zeroizing<String>> {
        let mut new: Vec<Zeroizing<String>> = Vec::new();
        for form in forms {
            if !self.needles.contains(&form) {
                self.needles.push(form.clone());
                new.push(form);
            }
        }
        self.needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        new
    }
}

fn replace(body: &[u8], needle: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut from = 0;
    for at in memmem::find_iter(body, needle) {
        out.extend_from_slice(&body[from..at]);
        out.extend_from_slice(MASK.as_bytes());
        from = at + needle.len();
    }
    out.extend_from_slice(&body[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::Redactor;
    use bytes::Bytes;
    use url::Url;

    const CANARY: &str = "kanary/ä\"+ 77";

    fn redactor() -> Redactor {
        let redactor = Redactor::default();
        redactor.learn(CANARY);
        redactor.learn_place("api_key");
        redactor
    }

    #[test]
    fn no_form_of_a_secret_stays() {
        use base64::Engine;
        for form in [
            CANARY.to_owned(),
            serde_json::Value::from(CANARY).to_string(),
            url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect::<String>(),
            base64::engine::general_purpose::STANDARD.encode(CANARY),
        ] {
            let text = redactor().text(&format!("before {form} after"));
            assert!(!text.contains("kanary") && text.contains("••••"), "{text}");
            let (body, found) = redactor().body(Bytes::from(format!("{{\"a\": \"{form}\"}}")));
            assert!(found && memchr::memmem::find(&body, form.as_bytes()).is_none());
        }
    }

    #[test]
    fn places_are_masked_whatever_they_hold() {
        let url = Url::parse("http://a.test/?x=1&api_key=zz&y=a%20b").unwrap();
        assert_eq!(redactor().url(&url), "http://a.test/?x=1&api_key=••••&y=a+b");
        let headers = [("Authorization".to_owned(), "Bearer zz".to_owned()), ("api_key".to_owned(), "zz".to_owned())];
        let masked = redactor().headers(&headers);
        assert_eq!(masked[0].1, "Bearer ••••");
        assert_eq!(masked[1].1, "••••");
    }

    #[test]
    fn short_secrets_leave_innocent_text_alone() {
        let redactor = Redactor::default();
        redactor.learn("abc");
        assert_eq!(redactor.text("abc"), "abc");
        redactor.learn("abcd");
        let (body, found) = redactor.body(Bytes::from_static(b"abcd"));
        assert!(!found && body == "abcd");
    }
}
