//! Answers that just came, given once more: what is read after a detection asks for the pages that it saw.

use super::transport::{Transport, WireAnswer, WireRequest};
use super::{HttpClient, Trouble};
use bytes::{Bytes, BytesMut};
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// The most bytes of all answers that are kept.
const MOST: usize = 64 << 20;

/// Sends, and keeps each good answer until the same request (its credentials, too) is made again: then that one is
/// answered without being sent, once. A request that may change something is so sent once, and no rate limit is spent
/// twice. Lives for one opening.
#[derive(Default)]
pub struct Reuse {
    inner: OnceLock<Result<Arc<dyn Transport>, Trouble>>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    bytes: usize,
    answers: Vec<Came>,
}

struct Came {
    request: WireRequest,
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    took: Duration,
}

impl std::fmt::Debug for Reuse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reuse({} answers)", self.kept().answers.len())
    }
}

impl Reuse {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, request: &WireRequest) -> Option<Came> {
        let mut kept = self.kept();
        let at = kept.answers.iter().position(|came| same(&came.request, request))?;
        let came = kept.answers.swap_remove(at);
        kept.bytes -= came.body.len();
        Some(came)
    }

    fn inner(&self) -> Result<Arc<dyn Transport>, Trouble> {
        self.inner.get_or_init(|| HttpClient::new(None).map(|client| Arc::new(client) as _)).clone()
    }

    async fn pass(&self, request: WireRequest) -> Result<WireAnswer, Trouble> {
        if let Some(came) = self.take(&request) {
            let body = futures::stream::once(async { Ok(came.body) }).boxed();
            return Ok(WireAnswer { status: came.status, headers: came.headers, body, took: Some(came.took) });
        }
        let start = Instant::now();
        let mut answer = self.inner()?.send(request.clone()).await?;
        if !(200..300).contains(&answer.status) {
            return Ok(answer);
        }
        let room = MOST.saturating_sub(self.kept().bytes);
        let mut whole = BytesMut::new();
        while let Some(chunk) = answer.body.next().await {
            whole.extend_from_slice(&chunk?);
            if whole.len() > room {
                // Too much to keep: it goes through as it comes.
                let read = futures::stream::once(async { Ok(whole.freeze()) });
                return Ok(WireAnswer { body: read.chain(answer.body).boxed(), ..answer });
            }
        }
        let (body, took) = (whole.freeze(), start.elapsed());
        let (status, headers) = (answer.status, answer.headers);
        let came = Came { request, status, headers: headers.clone(), body: body.clone(), took };
        let mut kept = self.kept();
        kept.bytes += body.len();
        kept.answers.push(came);
        let body = futures::stream::once(async { Ok(body) }).boxed();
        Ok(WireAnswer { status, headers, body, took: None })
    }
}

fn same(one: &WireRequest, other: &WireRequest) -> bool {
    one.method == other.method && one.url == other.url && one.body == other.body && one.headers == other.headers
}

impl Transport for Reuse {
    fn send(&self, request: WireRequest) -> BoxFuture<'_, Result<WireAnswer, Trouble>> {
        self.pass(request).boxed()
    }
}
