//! Requests out, answers in: one sender with retry, pacing, host policy and redaction around the transport.

mod auth;
mod backoff;
mod body;
mod classify;
mod client;
mod exchange;
mod graphql;
mod hosts;
mod latency;
pub(crate) mod network;
mod observed;
mod pace;
mod redact;
mod resolver;
mod reuse;
mod rules;
mod sender;
mod tls;
mod totals;
mod transport;
mod trouble;
mod watch;

pub use auth::Credentials;
pub use classify::refusal_words;
pub use hosts::{HostPolicy, origin};
pub use latency::{BOUNDS_MS, Latency};
pub use network::{Network, ProxyChoice, certificates_of, proxy_of, use_network};
pub use redact::{MASK, Redactor};
pub use reuse::Reuse;
pub use sender::Sender;
pub use transport::{BodyStream, Transport, WireAnswer, WireRequest};
pub use trouble::{Trouble, TroubleKind};
pub use watch::{Gate, LastAnswer, SendWatch, Tally};

pub(crate) use auth::oauth2;
pub(crate) use auth::{Authenticator, Making as MakingAuth, compile as compile_auth, take_off};
pub(crate) use backoff::retry_after;
pub(crate) use body::BodyRest;
pub(crate) use classify::{
    first_words, looks_like_html, refusal, title, waits_too_long, web_page, words as said_words,
};
pub(crate) use client::HttpClient;
pub(crate) use exchange::host as shown_host;
pub(crate) use exchange::rehearse;
pub(crate) use graphql::{GraphqlErrors, errors as graphql_errors};
pub(crate) use observed::{Facts, Observed};
pub(crate) use pace::Quota;
pub(crate) use resolver::is_forbidden;
pub(crate) use rules::Rules;
pub(crate) use rules::headers as header_values;
pub(crate) use sender::{Opened, SenderParts};
pub(crate) use totals::{total_pages, total_records};

use crate::capture::{RequestSnapshot, ResponseSnapshot};
use bytes::Bytes;
use url::Url;

/// A request, ready to be sent; auth is put on by the sender.
#[derive(Debug, Clone)]
pub struct OutRequest {
    /// The method.
    pub method: definition::model::Method,
    /// The URL with its query.
    pub url: Url,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Bytes>,
    /// Which parts of it a secret went into.
    pub secrets: SecretParts,
    /// Whether it only reads, or does the same however often it is sent, whatever its method: it may be sent again
    /// after trouble on the wire.
    pub reads: bool,
    /// Whether it changes something where it is sent.
    pub writes: bool,
    /// What is shown in place of the parts that hold private values of an action.
    pub shown: Option<Box<ShownParts>>,
}

/// The parts of a request as they are shown.
#[derive(Debug, Clone)]
pub struct ShownParts {
    /// The URL.
    pub url: Url,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Bytes>,
}

/// The parts of a request that a secret went into. They go to the connector's own hosts only, and are shown masked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecretParts {
    /// Headers, by name.
    pub headers: Vec<String>,
    /// Query parameters, by name.
    pub query: Vec<String>,
    /// Whether the path or the body holds one.
    pub elsewhere: bool,
}

impl OutRequest {
    /// A bare `GET`.
    pub fn get(url: Url) -> Self {
        let method = definition::model::Method::Get;
        Self {
            method,
            url,
            headers: Vec::new(),
            body: None,
            secrets: SecretParts::default(),
            reads: true,
            writes: false,
            shown: None,
        }
    }

    /// Whether it may be sent again though the server may have seen it.
    pub(crate) fn repeatable(&self) -> bool {
        self.reads || self.method == definition::model::Method::Get
    }

    /// Whether the server would do it twice if it were sent twice.
    pub(crate) fn once(&self) -> bool {
        self.writes && !self.repeatable()
    }
}

/// An answer with its whole body, unpacked.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Headers, names in lower case, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
    /// Where it came from in the end, after redirects. Without the credentials that the sender put on.
    pub url: Url,
    /// The request as sent, masked.
    pub request: RequestSnapshot,
    /// The answer's facts.
    pub response: ResponseSnapshot,
    /// Whether a rule said to read it as a page without records.
    pub ignored: bool,
}

impl Answer {
    /// The first header of a name (given in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }
}

/// Whether text can be a header's name (RFC 9110).
pub(crate) fn header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.!#$%&'*+^`|~".contains(&byte))
}
