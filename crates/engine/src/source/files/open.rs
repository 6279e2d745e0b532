//! A file's bytes as text: unpacked, in UTF-8, from any place on.

use super::content::Content;
use super::window::Window;
use crate::decode::{Unpack, Unpacked};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// Bytes of a file's start that its charset and its format are told from.
pub(super) const SAMPLE: usize = 1024 * 1024;
/// Bytes of its end that are looked at, too.
const TAIL: u64 = 256 * 1024;
/// Packed bytes that are opened at once: what comes out of them may be a thousand times as much.
const PACKED: usize = 8 * 1024;

/// A file, and what is known of its text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// Its charset.
    pub encoding: &'static Encoding,
    /// The byte order mark's length.
    pub mark: u64,
    /// How it is packed, where it is.
    pub packed: Option<&'static str>,
    /// How long it was when it was listed. What is written behind is the next read's.
    size: u64,
}

/// Looks at a file: its text's facts and the start of it, in UTF-8 where it can be.
pub(super) fn look(path: &Content, size: u64, asked: Option<&str>) -> io::Result<(Text, Vec<u8>)> {
    let mut bytes = path.open(0)?.take(size);
    let mut magic = Vec::new();
    (&mut bytes).take(4).read_to_end(&mut magic)?;
    let packed = packed(&magic);
    let mut start = Vec::new();
    // A packed file that is damaged further on is read up to there.
    let read = opened(io::Cursor::new(magic).chain(bytes), packed).take(SAMPLE as u64).read_to_end(&mut start);
    if let Err(error) = read
        && start.is_empty()
    {
        return Err(error);
    }
    let (found, mark) = match Encoding::for_bom(&start) {
        Some((encoding, mark)) => (encoding, mark as u64),
        None => match asked.and_then(|label| Encoding::for_label(label.as_bytes())) {
            Some(encoding) => (encoding, 0),
            None => (charset(&start, (packed.is_none() && path.seeks()).then(|| tail(path, size)).flatten()), 0),
        },
    };
    let text = Text { encoding: found, mark, packed, size };
    let mut sample = Vec::new();
    Transcoded::new(start.get(usize::try_from(mark).unwrap_or(0)..).unwrap_or_default(), found)
        .read_to_end(&mut sample)?;
    Ok((text, sample))
}

/// A file's text from a place on.
pub(super) fn window(path: &Content, text: &Text, place: u64) -> io::Result<Window> {
    if text.packed.is_none() && text.encoding == UTF_8 {
        return Ok(Window::new(raw(path, text.size, None, text.mark + place)?, place));
    }
    let mut bytes = raw(path, text.size, text.packed, 0)?;
    io::copy(&mut (&mut bytes).take(text.mark), &mut io::sink())?;
    let input: Box<dyn Read + Send> = match text.encoding == UTF_8 {
        true => bytes,
        false => Box::new(Transcoded::new(bytes, text.encoding)),
    };
    let mut window = Window::new(input, 0);
    window.seek(place)?;
    Ok(window)
}

fn raw(path: &Content, size: u64, packed: Option<&str>, place: u64) -> io::Result<Box<dyn Read + Send>> {
    Ok(opened(path.open(place)?.take(size.saturating_sub(place)), packed))
}

fn opened(bytes: impl Read + Send + 'static, packed: Option<&str>) -> Box<dyn Read + Send> {
    if packed.is_some() { Box::new(Unpacking::new(bytes)) } else { Box::new(bytes) }
}

fn packed(magic: &[u8]) -> Option<&'static str> {
    match magic {
        [0x1f, 0x8b, ..] => Some("gzip"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd"),
        [b'P', b'K', 3, 4, ..] => Some("zip"),
        _ => None,
    }
}

/// The end of a file that is longer than its sample.
fn tail(path: &Content, size: u64) -> Option<Vec<u8>> {
    let from = size.checked_sub(TAIL).filter(|from| *from > SAMPLE as u64)?;
    let mut tail = Vec::new();
    path.open(from).ok()?.take(TAIL).read_to_end(&mut tail).ok()?;
    // It may begin in the middle of a character.
    let cut = tail.iter().take(4).take_while(|byte| **byte & 0xc0 == 0x80).count();
    tail.drain(..cut);
    Some(tail)
}

/// Tells a charset that nothing names: UTF-16 by its nulls; UTF-8 where it is that, broken places left aside, else what
/// exports of old programs are in.
fn charset(start: &[u8], tail: Option<Vec<u8>>) -> &'static Encoding {
    let head = &start[..start.len().min(4096)];
    let nulls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (nulls(0), nulls(1), head.len() / 2);
    if half >= 2 && odd * 10 >= half * 4 && even * 20 <= half {
        return UTF_16LE;
    }
    if half >= 2 && even * 10 >= half * 4 && odd * 20 <= half {
        return UTF_16BE;
    }
    let (mut right, mut wrong) = multibyte(start);
    if let Some(tail) = tail {
        let (more, worse) = multibyte(&tail);
        (right, wrong) = (right + more, wrong + worse);
    }
    if wrong == 0 || right >= wrong { UTF_8 } else { WINDOWS_1252 }
}

/// Lines with characters of several bytes in UTF-8, and lines with bytes that are none. A character that is cut off at
/// the end of all is neither.
fn multibyte(bytes: &[u8]) -> (usize, usize) {
    let (mut right, mut wrong) = (0, 0);
    for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => right += 1,
            Err(error) if error.error_len().is_none() && line.as_ptr_range().end == bytes.as_ptr_range().end => {}
            Err(_) => wrong += 1,
        }
    }
    (right, wrong)
}

/// Opens what is packed, as it is read.
struct Unpacking<R> {
    input: R,
    unpack: Unpack,
    made: Made,
    ended: bool,
}

#[derive(Default)]
struct Made {
    bytes: Vec<u8>,
    at: usize,
    /// Files that ended.
    files: usize,
}

impl Made {
    fn take(&mut self, unpacked: Unpacked<'_>) -> Result<(), definition::Problem> {
        match unpacked {
            Unpacked::Bytes(bytes) if self.files > 0 && !bytes.is_empty() => Err(several()),
            Unpacked::Bytes(bytes) => {
                self.bytes.extend_from_slice(bytes);
                Ok(())
            }
            Unpacked::End => {
                self.files += 1;
                Ok(())
            }
        }
    }
}

fn several() -> definition::Problem {
    let message = "The answer is an archive of several files. Unpack it into the folder.";
    definition::Problem::new("several_files", definition::ProblemKind::Data, definition::Stage::Decode, message)
}

impl<R: Read> Unpacking<R> {
    fn new(input: R) -> Self {
        Self { input, unpack: Unpack::new(None), made: Made::default(), ended: false }
    }
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let left = &self.made.bytes[self.made.at..];
            if !left.is_empty() {
                let now = left.len().min(out.len());
                out[..now].copy_from_slice(&left[..now]);
                self.made.at += now;
                return Ok(now);
            }
            if self.ended {
                return Ok(0);
            }
            self.made.bytes.clear();
            self.made.at = 0;
            let mut packed = [0; PACKED];
            let read = self.input.read(&mut packed)?;
            let made = &mut self.made;
            let fed = match read {
                0 => {
                    self.ended = true;
                    self.unpack.finish(&mut |unpacked| made.take(unpacked))
                }
                _ => self.unpack.feed(&packed[..read], &mut |unpacked| made.take(unpacked)),
            };
            if let Err(problem) = fed {
                self.ended = true;
                let why = problem.message.replace("The answer", "the file").trim_end_matches('.').to_owned();
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
        }
    }
}

/// Turns a text into UTF-8, as it is read.
struct Transcoded<R> {
    input: R,
    decoder: Decoder,
    held: Vec<u8>,
    /// What is decoded and was not given out.
    made: Vec<u8>,
    at: usize,
    ended: bool,
    done: bool,
}

impl<R: Read> Transcoded<R> {
    fn new(input: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { input, decoder, held: Vec::new(), made: Vec::new(), at: 0, ended: false, done: false }
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.decoder.encoding() == UTF_8 {
            return self.input.read(out);
        }
        loop {
            let left = &self.made[self.at..];
            if !left.is_empty() || self.done {
                let now = left.len().min(out.len());
                out[..now].copy_from_slice(&left[..now]);
                self.at += now;
                return Ok(now);
            }
            if self.held.is_empty() && !self.ended {
                self.held.resize(64 * 1024, 0);
                let read = self.input.read(&mut self.held)?;
                self.held.truncate(read);
                self.ended = read == 0;
            }
            self.made.resize(64 * 1024, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(&self.held, &mut self.made, self.ended);
            self.made.truncate(written);
            self.at = 0;
            self.held.drain(..read);
            self.done = self.ended && result == CoderResult::InputEmpty;
        }
    }
}
