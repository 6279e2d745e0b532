//! What a preview keeps of each page: the request as sent, the answer, the mapping's inputs.

use bytes::Bytes;
use definition::Problem;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use ts_rs::TS;

/// A request as it was sent, its secrets masked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct RequestSnapshot {
    /// The method.
    pub method: String,
    /// The whole URL.
    pub url: String,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body, where there is one.
    pub body: Option<String>,
}

/// An answer as it came, without its body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ResponseSnapshot {
    /// The status code.
    pub status: u16,
    /// The headers, in order; credentials masked.
    pub headers: Vec<(String, String)>,
    /// Bytes of the body, unpacked.
    #[ts(type = "number")]
    pub bytes: u64,
    /// From sending to the last byte, in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// How often the request was sent.
    pub attempts: u32,
}

/// A request beside the pages: for a token, a login. Its secrets are masked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AsideRequest {
    /// What it was for, in a word: `token`, `login`, `job`, `parent`.
    pub what: String,
    /// The stream that was read, of a `parent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub stream: Option<String>,
    /// The request as sent.
    pub request: RequestSnapshot,
    /// The answer's facts, where there was one.
    pub response: Option<ResponseSnapshot>,
    /// The answer's body, shortened.
    pub body: String,
    /// Why it did not end well.
    pub problem: Option<String>,
}

impl AsideRequest {
    /// In one line: `token: POST https://id.test/token answered 200 in 12 ms`.
    pub fn line(&self) -> String {
        let head = format!("{}: {} {}", self.what, self.request.method, self.request.url);
        let answered = self.response.as_ref().map(|one| format!(" answered {} in {} ms", one.status, one.duration_ms));
        let why = self.problem.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("{head}{}{why}", answered.unwrap_or_default())
    }
}

/// A request of a run with its answer, shortened and masked: what an error can be looked into by.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct SentRequest {
    /// The request as sent.
    pub request: RequestSnapshot,
    /// The answer's facts. None: there was no answer.
    pub response: Option<ResponseSnapshot>,
    /// The answer's first characters.
    pub body: String,
}

/// Requests that are remembered.
const RECENT: usize = 16;
/// Bytes of an answer that are remembered.
const EXCERPT: usize = 2_000;

/// The last requests of a run. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Recent(Arc<Mutex<VecDeque<SentRequest>>>);

impl Recent {
    /// A request goes out.
    pub(crate) fn sent(&self, request: &RequestSnapshot) {
        if let Ok(mut all) = self.0.lock() {
            if all.len() == RECENT {
                all.pop_front();
            }
            all.push_back(SentRequest { request: request.clone(), ..SentRequest::default() });
        }
    }

    /// Its answer came.
    pub(crate) fn answered(&self, request: &RequestSnapshot, response: impl FnOnce() -> ResponseSnapshot, body: &[u8]) {
        if let Ok(mut all) = self.0.lock()
            && let Some(one) = all.iter_mut().rev().find(|one| one.response.is_none() && one.request == *request)
        {
            one.response = Some(response());
            one.body = String::from_utf8_lossy(&body[..body.len().min(EXCERPT)]).into_owned();
        }
    }

    /// The request that a problem names; else the last one.
    pub fn of(&self, problem: &Problem) -> Option<SentRequest> {
        let all = self.0.lock().ok()?;
        let named = problem.request.as_deref();
        let is_named = |one: &&SentRequest| {
            named.and_then(|named| named.strip_prefix(&one.request.method)?.strip_prefix(' '))
                == Some(one.request.url.as_str())
        };
        all.iter().rev().find(is_named).or_else(|| all.back()).cloned()
    }
}

/// One page of a preview.
#[derive(Debug, Clone)]
pub struct CapturedPage {
    /// The request.
    pub request: RequestSnapshot,
    /// The answer.
    pub response: ResponseSnapshot,
    /// Its body.
    pub body: Bytes,
    /// Raw records selected from it, before the filter.
    pub records: u64,
    /// The values of the partition that it belongs to, as expressions see them.
    pub partition: Option<serde_json::Value>,
}

/// Requests beside the pages that are kept.
const ASIDES: usize = 200;
/// Bytes of their answers that are kept, together.
const ASIDE_BYTES: usize = 4 * 1024 * 1024;
/// Parts that are remembered.
const PARTS: usize = 200;

/// Where a preview keeps its pages. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Capture {
    pages: Arc<Mutex<Vec<CapturedPage>>>,
    asides: Arc<Mutex<Asides>>,
    parts: Arc<Mutex<Vec<String>>>,
}

/// The requests beside the pages.
#[derive(Debug, Clone, Default)]
struct Asides {
    kept: Vec<AsideRequest>,
    bytes: usize,
    left: u64,
}

impl Capture {
    /// Keeps a page.
    pub fn keep(&self, page: CapturedPage) {
        if let Ok(mut pages) = self.pages.lock() {
            pages.push(page);
        }
    }

    /// Keeps a request beside the pages, while there is room: what is left out is counted.
    pub fn keep_aside(&self, mut aside: AsideRequest) {
        if let Ok(mut asides) = self.asides.lock() {
            if asides.kept.len() >= ASIDES {
                asides.left += 1;
                return;
            }
            if asides.bytes + aside.body.len() > ASIDE_BYTES {
                aside.body.clear();
            }
            asides.bytes += aside.body.len();
            asides.kept.push(aside);
        }
    }

    /// The requests beside the pages so far.
    pub fn asides(&self) -> Vec<AsideRequest> {
        self.asides.lock().map(|asides| asides.kept.clone()).unwrap_or_default()
    }

    /// How many more there were.
    pub fn asides_left(&self) -> u64 {
        self.asides.lock().map(|asides| asides.left).unwrap_or_default()
    }

    /// Remembers one of the first parts of the stream.
    pub(crate) fn found_part(&self, key: &str) {
        if let Ok(mut parts) = self.parts.lock()
            && parts.len() < PARTS
        {
            parts.push(key.to_owned());
        }
    }

    /// The first parts of the stream that were found, each its values as JSON.
    pub fn parts(&self) -> Vec<String> {
        self.parts.lock().map(|parts| parts.clone()).unwrap_or_default()
    }

    /// Works on the page kept last.
    pub(crate) fn with_last(&self, work: impl FnOnce(&mut CapturedPage)) {
        if let Ok(mut pages) = self.pages.lock()
            && let Some(page) = pages.last_mut()
        {
            work(page);
        }
    }

    /// The pages kept so far.
    pub fn pages(&self) -> Vec<CapturedPage> {
        self.pages.lock().map(|pages| pages.clone()).unwrap_or_default()
    }
}
