//! Where I/O begins: one request over the wire, no retries, no redirects.

use super::{Redactor, Trouble};
use bytes::Bytes;
use definition::model::Method;
use futures::future::BoxFuture;
use futures::stream::BoxStream;
use std::fmt::Debug;
use std::time::Duration;
use url::Url;

/// A request as it goes over the wire, credentials on it. Never printed.
#[derive(Clone)]
pub struct WireRequest {
    /// The method.
    pub method: Method,
    /// The URL.
    pub url: Url,
    /// Headers, values checked to be legal.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Bytes>,
}

/// A body as it arrives, unpacked.
pub type BodyStream = BoxStream<'static, Result<Bytes, Trouble>>;

/// The head of an answer, and its body as it arrives.
pub struct WireAnswer {
    /// The status code.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: BodyStream,
    /// How long it took when it came, where it is given again. `None`: it comes now.
    pub took: Option<Duration>,
}

/// Sends one request. Does not follow redirects and keeps no cookies.
pub trait Transport: Send + Sync + Debug {
    /// Sends and waits for the answer's head.
    fn send(&self, request: WireRequest) -> BoxFuture<'_, Result<WireAnswer, Trouble>>;

    /// Is told who knows the run's secrets, before the first request.
    fn know(&self, _redactor: &Redactor) {}

    /// Whether a wait before a request can change anything: not where the answers are there already.
    fn waits(&self) -> bool {
        true
    }
}
