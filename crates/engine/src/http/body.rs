//! Reading a body up to its ceiling, or up to the place from where it is read in parts.

use super::transport::BodyStream;
use super::watch::Tally;
use super::{Trouble, TroubleKind};
use crate::decode;
use bytes::{Bytes, BytesMut};
use definition::Problem;
use futures::StreamExt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Reads the whole body.
pub(super) async fn read(stream: BodyStream, ceiling: u64) -> Result<Bytes, Trouble> {
    read_start(stream, ceiling, None).await.map(|(body, _)| body)
}

/// Reads a body. `ceiling` is in bytes, unpacked: a small answer that unpacks to a huge one stops there. Where the body
/// has more than `most` bytes, the rest is given back unread.
pub(super) async fn read_start(
    mut stream: BodyStream,
    ceiling: u64,
    most: Option<usize>,
) -> Result<(Bytes, Option<BodyStream>), Trouble> {
    let mut body = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        if (body.len() + chunk.len()) as u64 > ceiling {
            return Err(too_large(ceiling));
        }
        body.extend_from_slice(&chunk);
        if most.is_some_and(|most| body.len() > most) {
            return Ok((body.freeze(), Some(stream)));
        }
    }
    Ok((body.freeze(), None))
}

fn too_large(ceiling: u64) -> Trouble {
    Trouble::new(TroubleKind::TooLarge, format!("more than {ceiling} bytes"))
}

/// The body as UTF-8 without a byte order mark.
pub(super) fn to_utf8(body: Bytes, content_type: Option<&str>) -> Bytes {
    if let Some(rest) = body.strip_prefix(b"\xEF\xBB\xBF") {
        return body.slice_ref(rest);
    }
    decode::to_utf8(&body, content_type).map_or(body, Bytes::from)
}

/// What is still to come of a body that is read in parts.
pub(crate) struct BodyRest {
    pub(super) stream: BodyStream,
    /// Bytes that came so far.
    pub(super) read: u64,
    pub(super) ceiling: u64,
    /// How long the next bytes may take.
    pub(super) patience: Duration,
    pub(super) host: String,
    pub(super) tally: Arc<Tally>,
    pub(super) start: Instant,
}

impl BodyRest {
    /// The next bytes. What goes wrong here is told as it is: only the reader knows whether the request may be sent
    /// again.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        let trouble = match tokio::time::timeout(self.patience, self.stream.next()).await {
            Ok(None) => return Ok(None),
            Ok(Some(Ok(chunk))) => {
                self.read += chunk.len() as u64;
                self.tally.bytes.fetch_add(chunk.len() as u64, Ordering::Relaxed);
                if self.read <= self.ceiling {
                    return Ok(Some(chunk));
                }
                too_large(self.ceiling)
            }
            Ok(Some(Err(trouble))) => trouble,
            Err(_) => Trouble::new(TroubleKind::Timeout, "the answer stands still"),
        };
        Err(trouble.problem(&self.host, self.patience, self.ceiling))
    }

    /// Bytes that came so far, and milliseconds since the request was sent.
    pub(crate) fn so_far(&self) -> (u64, u64) {
        (self.read, u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

impl std::fmt::Debug for BodyRest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BodyRest").field("read", &self.read).finish_non_exhaustive()
    }
}
