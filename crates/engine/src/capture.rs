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
    /// What it was for, in a word: `token`, `login`.
    pub what: String,
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

/// Where a preview keeps its pages. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Capture(Arc<Mutex<Vec<CapturedPage>>>, Arc<Mutex<Vec<AsideRequest>>>);

impl Capture {
    /// Keeps a page.
    pub fn keep(&self, page: CapturedPage) {
        if let Ok(mut pages) = self.0.lock() {
            pages.push(page);
        }
    }

    /// Keeps a request beside the pages.
    pub fn keep_aside(&self, aside: AsideRequest) {
        if let Ok(mut asides) = self.1.lock() {
            asides.push(aside);
        }
    }

    /// The requests beside the pages so far.
    pub fn asides(&self) -> Vec<AsideRequest> {
        self.1.lock().map(|asides| asides.clone()).unwrap_or_default()
    }

    /// Works on the page kept last.
    pub(crate) fn with_last(&self, work: impl FnOnce(&mut CapturedPage)) {
        if let Ok(mut pages) = self.0.lock()
            && let Some(page) = pages.last_mut()
        {
            work(page);
        }
    }

    /// The pages kept so far.
    pub fn pages(&self) -> Vec<CapturedPage> {
        self.0.lock().map(|pages| pages.clone()).unwrap_or_default()
    }
}
