//! A text that is read a piece at a time: what is not passed yet is held, and no more.

use std::io::{self, Read};

/// Bytes read at once, where little is held.
const CHUNK: usize = 256 * 1024;

/// A view into a text, from the place that was passed last.
pub(super) struct Window {
    input: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    /// The first byte of `buffer` that was not passed.
    at: usize,
    /// Where that byte is in the text.
    place: u64,
    ended: bool,
}

impl std::fmt::Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Window").field("place", &self.place).finish_non_exhaustive()
    }
}

impl Window {
    /// Of a text whose first byte stands at `place`.
    pub(super) fn new(input: Box<dyn Read + Send>, place: u64) -> Self {
        Self { input, buffer: Vec::new(), at: 0, place, ended: false }
    }

    /// What is held.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    /// The place of the first byte that is held.
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    /// Whether nothing comes behind what is held.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Goes on.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.at += bytes;
        self.place += bytes as u64;
    }

    /// Reads more: as much again as is held, so that looking at all of it again costs no more than reading it. False:
    /// there is no more.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let held = self.buffer.len();
        self.buffer.resize(held + held.max(CHUNK), 0);
        let mut end = held;
        while end < self.buffer.len() {
            match self.input.read(&mut self.buffer[end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(read) => end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    // What came before it is whole.
                    self.buffer.truncate(end);
                    if end > held {
                        self.input = Box::new(Failing(Some(error)));
                        return Ok(true);
                    }
                    return Err(error);
                }
            }
        }
        self.buffer.truncate(end);
        Ok(end > held)
    }

    /// Passes over all up to a place.
    pub(super) fn seek(&mut self, place: u64) -> io::Result<()> {
        loop {
            let missing = usize::try_from(place.saturating_sub(self.place)).unwrap_or(usize::MAX);
            let now = missing.min(self.rest().len());
            self.pass(now);
            if now == missing || (self.rest().is_empty() && !self.more()?) {
                return Ok(());
            }
        }
    }
}

/// A text that could not be read further.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::Error::other("it can't be read further")))
    }
}
