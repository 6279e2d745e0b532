//! Text in any charset as UTF-8, as it is read.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Bytes that are read at once.
const BLOCK: usize = 64 * 1024;

/// The charset of a file: its byte order mark, UTF-16 by its look, UTF-8 where all of it is; else windows-1252, which
/// programs of the office write. Reads the whole file, and keeps nothing of it.
pub(super) fn detect(mut file: impl Read) -> io::Result<&'static Encoding> {
    let mut block = vec![0; BLOCK];
    let mut held: Vec<u8> = Vec::new();
    let mut first = true;
    loop {
        let length = file.read(&mut block)?;
        if length == 0 {
            // A character that is cut off at the end is no UTF-8.
            return Ok(if held.is_empty() { UTF_8 } else { WINDOWS_1252 });
        }
        held.extend_from_slice(block.get(..length).unwrap_or_default());
        if first && held.len() < 4 {
            continue;
        }
        if std::mem::take(&mut first)
            && let Some(found) = Encoding::for_bom(&held).map(|(found, _)| found).or_else(|| wide(&held))
        {
            return Ok(found);
        }
        match std::str::from_utf8(&held) {
            Ok(_) => held.clear(),
            Err(error) if error.error_len().is_some() => return Ok(WINDOWS_1252),
            Err(error) => {
                held.drain(..error.valid_up_to());
            }
        }
    }
}

/// Every second byte is null: UTF-16 without its mark.
fn wide(held: &[u8]) -> Option<&'static Encoding> {
    match held {
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(UTF_16BE),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// Reads a file as UTF-8, without its byte order mark.
pub(super) struct Utf8<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    at: usize,
    ended: bool,
    done: bool,
    /// UTF-8 that was made and not taken yet.
    made: Vec<u8>,
    taken: usize,
}

impl<R: Read> Utf8<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { inner, decoder, raw: Vec::new(), at: 0, ended: false, done: false, made: Vec::new(), taken: 0 }
    }

    /// Makes more UTF-8, where there is more.
    fn make(&mut self) -> io::Result<()> {
        if self.at == self.raw.len() && !self.ended {
            self.raw.resize(BLOCK, 0);
            let length = self.inner.read(&mut self.raw)?;
            self.raw.truncate(length);
            self.at = 0;
            self.ended = length == 0;
        }
        self.made.resize(BLOCK, 0);
        let input = self.raw.get(self.at..).unwrap_or_default();
        let (result, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.made, self.ended);
        self.at += read;
        self.made.truncate(written);
        self.taken = 0;
        self.done = self.ended && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.made.len() {
            if self.done {
                return Ok(0);
            }
            self.make()?;
        }
        let rest = self.made.get(self.taken..).unwrap_or_default();
        let length = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        self.taken += length;
        Ok(length)
    }
}
