//! Requests out, answers in: one sender with retry, pacing, host policy and redaction around the transport.

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
    /// Where it came from in the end, after redirects.
    pub url: Url,
    /// The request as sent, masked.
    pub request: RequestSnapshot,
    /// The answer's facts.
    pub response: ResponseSnapshot,
}
