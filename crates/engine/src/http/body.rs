//! Reading a body up to its ceiling.

use super::transport::BodyStream;
use super::{Trouble, TroubleKind};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;

/// Reads the whole body. `ceiling` is in bytes, unpacked: a small answer that unpacks to a huge one stops there.
pub(super) async fn read(mut stream: BodyStream, ceiling: u64) -> Result<Bytes, Trouble> {
    let mut body = BytesMut::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        if (body.len() + chunk.len()) as u64 > ceiling {
            return Err(Trouble::new(TroubleKind::TooLarge, format!("more than {ceiling} bytes")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The body as UTF-8 without a byte order mark, where its charset is one of the western ones.
pub(super) fn to_utf8(body: Bytes, content_type: Option<&str>) -> Bytes {
    if let Some(rest) = body.strip_prefix(b"\xEF\xBB\xBF") {
        return body.slice_ref(rest);
    }
    let western = content_type.is_some_and(|text| {
        let text = text.to_ascii_lowercase();
        text.contains("iso-8859-1") || text.contains("windows-1252") || text.contains("latin1")
    });
    if western && std::str::from_utf8(&body).is_err() {
        return Bytes::from(body.iter().map(|byte| char::from(*byte)).collect::<String>());
    }
    body
}
