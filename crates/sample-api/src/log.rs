//! What was asked for: so that a test can tell that a key did not travel. Values of credentials are not kept.

use crate::auth::KEY_PARAMETER;
use axum::http::HeaderMap;
use serde::Serialize;
use std::collections::VecDeque;

/// How many requests are kept.
const MOST: usize = 5_000;
/// Headers that carry credentials.
const HEADERS: [&str; 5] = ["authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"];
/// Parameters that carry credentials.
const PARAMETERS: [&str; 5] = [KEY_PARAMETER, "key", "token", "access_token", "apikey"];

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Logged {
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Its parameters, in order. A credential's value is `***`.
    pub query: Vec<(String, String)>,
    /// The headers and parameters that carried credentials, by name.
    pub credentials: Vec<String>,
    /// What the client calls itself.
    pub user_agent: String,
    /// The status that it was answered with. 0 for a connection that was reset.
    pub status: u16,
}

impl Logged {
    /// What is kept of a request.
    pub fn new(method: &str, path: &str, query: &[(String, String)], headers: &HeaderMap) -> Self {
        let is_credential = |name: &str| PARAMETERS.contains(&name.to_ascii_lowercase().as_str());
        let mut credentials: Vec<String> =
            HEADERS.iter().filter(|name| headers.contains_key(**name)).map(|name| (*name).to_owned()).collect();
        credentials.extend(query.iter().filter(|(name, _)| is_credential(name)).map(|(name, _)| format!("?{name}")));
        let masked = |(name, value): &(String, String)| {
            (name.clone(), if is_credential(name) { "***".to_owned() } else { value.clone() })
        };
        let user_agent = headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.iter().map(masked).collect(),
            credentials,
            user_agent,
            status: 0,
        }
    }
}

/// The latest requests.
#[derive(Debug, Default)]
pub struct Log {
    lines: VecDeque<Logged>,
}

impl Log {
    /// Keeps one more; the oldest goes where there are too many.
    pub fn push(&mut self, line: Logged) {
        if self.lines.len() >= MOST {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    /// All that is kept, oldest first.
    pub fn lines(&self) -> Vec<Logged> {
        self.lines.iter().cloned().collect()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.lines.clear();
    }
}
