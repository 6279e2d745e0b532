//! An answer that is decoded as it arrives: parts with whole records, and at the end what stood around them.

use super::{Next, PageEnd, PagePart, Pager, Told, parts::AT_ONCE, whole};
use crate::decode::{Decoded, Decoder};
use crate::http::Answer;
use crate::json::Selected;
use bytes::Bytes;
use definition::Problem;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::Arc;

/// The work on one answer. It does not wait: it is fed.
pub(super) struct Arriving {
    pager: Pager,
    token: Value,
    pub(super) answer: Answer,
    decoder: Decoder,
    pieces: VecDeque<Decoded>,
    /// Parts that can be given out.
    pub(super) ready: VecDeque<PagePart>,
    /// Records so far, and the last one.
    count: u64,
    last: Option<String>,
    /// The last document, or what stood around its records; and what was found in it.
    told: (Bytes, Selected),
    /// Bytes that came and milliseconds since the request, where the answer did not come at once.
    pub(super) so_far: Option<(u64, u64)>,
}

impl std::fmt::Debug for Arriving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arriving").field("count", &self.count).finish_non_exhaustive()
    }
}

impl Arriving {
    pub(super) fn new(pager: &Pager, token: &Value, answer: Answer) -> Self {
        let decode = &pager.stream().decode;
        // A preview shows the answer as one document.
        let captured = pager.watch.capture.is_some();
        let decode = if captured { Arc::new(decode.whole()) } else { Arc::clone(decode) };
        let decoder = Decoder::new(decode, whole::content_type(&answer), pager.plan.sender.ceiling());
        Self {
            pager: pager.clone(),
            token: token.clone(),
            answer,
            decoder,
            pieces: VecDeque::new(),
            ready: VecDeque::new(),
            count: 0,
            last: None,
            told: (Bytes::from_static(b"null"), Selected::default()),
            so_far: None,
        }
    }

    /// Names the request in a problem.
    pub(super) fn name(&self, problem: Problem) -> Problem {
        self.pager.name(problem, &self.answer)
    }

    /// Takes bytes; `last`: there are no more.
    pub(super) fn feed(&mut self, chunks: &[Bytes], last: bool) -> Result<(), Problem> {
        let done = self.decode(chunks, last);
        done.map_err(|problem| self.name(problem))?;
        while let Some(piece) = self.pieces.pop_front() {
            let part = self.part(piece).map_err(|problem| self.name(problem))?;
            self.ready.push_back(part);
        }
        if last {
            let end = self.end()?;
            match self.ready.back_mut() {
                Some(part) => part.end = Some(end),
                None => {
                    self.ready.push_back(PagePart { body: self.told.0.clone(), records: Vec::new(), end: Some(end) });
                }
            }
        }
        Ok(())
    }

    fn decode(&mut self, chunks: &[Bytes], last: bool) -> Result<(), Problem> {
        for chunk in chunks.iter().flat_map(|chunk| chunk.chunks(AT_ONCE)) {
            self.decoder.feed(chunk, &mut self.pieces)?;
        }
        if last { self.decoder.finish(&mut self.pieces) } else { Ok(()) }
    }

    /// A part, its secrets masked.
    fn part(&mut self, piece: Decoded) -> Result<PagePart, Problem> {
        let stream = self.pager.stream();
        let redact = |text: Vec<u8>| self.pager.plan.sender.redactor().body(Bytes::from(text));
        let (body, records) = match piece {
            Decoded::Records(text, records) => {
                let (body, masked) = redact(text);
                let records = if masked { stream.decode.records_of(&body) } else { records };
                (body, records)
            }
            Decoded::Document(text) | Decoded::Around(text) => {
                let (body, _) = redact(text);
                let text = std::str::from_utf8(&body).map_err(|_| crate::decode::not_utf8())?;
                let mut selected = stream.selector.select(text)?;
                let records = std::mem::take(&mut selected.records);
                self.told = (body.clone(), selected);
                (body, records)
            }
        };
        self.count += records.len() as u64;
        if let Some(last) = records.last().and_then(|range| body.get(range.clone())) {
            self.last = Some(String::from_utf8_lossy(last).into_owned());
        }
        Ok(PagePart { body, records, end: None })
    }

    fn end(&self) -> Result<PageEnd, Problem> {
        let (text, selected) = &self.told;
        let told = Told {
            text: std::str::from_utf8(text).unwrap_or("null"),
            facts: &selected.facts,
            count: self.count,
            last: self.last.as_deref(),
        };
        let next: Next = self.pager.next(&self.token, &self.answer, &told)?;
        let total = told.total(&self.pager, &self.answer);
        let mut response = self.answer.response.clone();
        if let Some((bytes, duration)) = self.so_far {
            (response.bytes, response.duration_ms) = (bytes, duration);
        }
        Ok(PageEnd { next, total, response })
    }
}
