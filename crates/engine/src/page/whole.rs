//! An answer that is there as a whole, turned into JSON.

use crate::decode::{DecodePlan, Decoded, Decoder};
use crate::http::{Answer, Opened, Sender};
use bytes::Bytes;
use definition::Problem;
use std::collections::VecDeque;
use std::sync::Arc;

/// The media type of an answer.
pub(super) fn content_type(answer: &Answer) -> Option<&str> {
    answer.header("content-type")
}

/// What comes of a body that is there as a whole.
fn decode(plan: Arc<DecodePlan>, answer: &Answer, raw: &[u8], ceiling: u64) -> Result<VecDeque<Decoded>, Problem> {
    let mut decoder = Decoder::new(plan, content_type(answer), ceiling);
    let mut out = VecDeque::new();
    decoder.feed(raw, &mut out)?;
    decoder.finish(&mut out)?;
    Ok(out)
}

/// The answer with its body as JSON, for those who look at one document: of an archive it is the first file. A body
/// that can't be decoded stays as it came.
pub(crate) fn decoded(plan: &DecodePlan, opened: Opened, sender: &Sender) -> Answer {
    let Opened { mut answer, raw, .. } = opened;
    if !(200..300).contains(&answer.status) || raw.is_empty() || plan.plain(&raw) {
        return answer;
    }
    if let Ok(pieces) = decode(Arc::new(plan.whole()), &answer, &raw, sender.ceiling())
        && let Some(Decoded::Document(text)) = pieces.into_iter().next()
    {
        answer.body = sender.redactor().body(Bytes::from(text)).0;
    }
    answer
}
