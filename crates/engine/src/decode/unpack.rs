//! Compression inside an answer, opened as it arrives; layers in layers, and every file of an archive.

use super::fault::{broken, cut};
use super::zip::Zip;
use compression_codecs::core::util::{PartialBuffer, WriteBuffer};
use compression_codecs::{BrotliDecoder, DecodeV2, DeflateDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use definition::Problem;
use definition::model::Compression;

/// Layers that are opened inside each other: a gzipped file in an archive is two.
const LAYERS: u8 = 4;
/// Bytes of output made at once.
const OUTPUT: usize = 32 * 1024;

/// What comes out.
pub(crate) enum Unpacked<'a> {
    /// Bytes of a file.
    Bytes(&'a [u8]),
    /// The file ends here. An answer that is no archive is one file.
    End,
}

/// Where it goes.
pub(crate) type Out<'a> = &'a mut dyn FnMut(Unpacked<'_>) -> Result<(), Problem>;

/// Opens what is packed.
pub(crate) struct Unpack {
    asked: Option<Compression>,
    layers: u8,
    state: State,
}

enum State {
    /// The first bytes, until they tell what they are.
    Start(Vec<u8>),
    Plain,
    Codec(Codec, Box<Unpack>),
    Zip(Box<Zip>, Box<Unpack>),
}

impl Unpack {
    /// `asked` is the definition's word for the outermost layer. What gzip, Zstandard and zip start with is seen
    /// without it; and where the first bytes are something else, as when the transport opened it, it is not opened
    /// twice.
    pub(crate) fn new(asked: Option<Compression>) -> Self {
        Self { asked, layers: LAYERS, state: State::Start(Vec::new()) }
    }

    /// Takes bytes.
    pub(crate) fn feed(&mut self, bytes: &[u8], out: Out<'_>) -> Result<(), Problem> {
        match &mut self.state {
            State::Plain => out(Unpacked::Bytes(bytes)),
            State::Codec(codec, inner) => codec.feed(bytes, &mut |unpacked| inner.feed(unpacked, out)).map(|_| ()),
            State::Zip(zip, inner) => zip.feed(bytes, &mut |event| inner.member(event, out)),
            State::Start(held) => {
                held.extend_from_slice(bytes);
                if held.len() < 4 {
                    return Ok(());
                }
                let held = std::mem::take(held);
                self.begin(&held);
                self.feed(&held, out)
            }
        }
    }

    /// The end of the bytes.
    pub(crate) fn finish(&mut self, out: Out<'_>) -> Result<(), Problem> {
        match &mut self.state {
            State::Plain => out(Unpacked::End),
            State::Codec(codec, inner) => {
                codec.finish()?;
                inner.finish(out)
            }
            State::Zip(zip, _) => zip.finish(),
            State::Start(held) => {
                let held = std::mem::take(held);
                if !held.is_empty() && matches!(self.asked, Some(Compression::Brotli | Compression::Deflate)) {
                    self.begin(&held);
                    self.feed(&held, out)?;
                    return self.finish(out);
                }
                self.state = State::Plain;
                if !held.is_empty() {
                    out(Unpacked::Bytes(&held))?;
                }
                out(Unpacked::End)
            }
        }
    }

    /// A file of an archive: each begins anew.
    fn member(&mut self, event: Unpacked<'_>, out: Out<'_>) -> Result<(), Problem> {
        match event {
            Unpacked::Bytes(bytes) => self.feed(bytes, out),
            Unpacked::End => {
                self.finish(out)?;
                self.state = State::Start(Vec::new());
                Ok(())
            }
        }
    }

    fn begin(&mut self, start: &[u8]) {
        let found = told(start).or(match self.asked {
            Some(Compression::Deflate) => Some(Compression::Deflate),
            Some(Compression::Brotli) => Some(Compression::Brotli),
            Some(Compression::Gzip | Compression::Zstd | Compression::Zip) | None => None,
        });
        let inner = || Box::new(Self { asked: None, layers: self.layers - 1, state: State::Start(Vec::new()) });
        self.state = match found.filter(|_| self.layers > 0) {
            None => State::Plain,
            Some(Compression::Zip) => State::Zip(Box::default(), inner()),
            Some(kind) => State::Codec(Codec::new(kind, start), inner()),
        };
    }
}

/// What the first bytes say.
fn told(start: &[u8]) -> Option<Compression> {
    match start {
        [0x1f, 0x8b, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Compression::Zip),
        _ => None,
    }
}

/// One compressed layer.
pub(super) struct Codec {
    decoder: Box<dyn DecodeV2 + Send + Sync>,
    name: &'static str,
    /// Whether several may follow each other, as in files that were joined; and the byte that each begins with. What
    /// else stands behind the packed data is padding.
    several: bool,
    first: u8,
    ended: bool,
    buffer: Vec<u8>,
}

impl Codec {
    fn new(kind: Compression, start: &[u8]) -> Self {
        let zlib = matches!(start, [first, second, ..]
            if first & 15 == 8 && (u32::from(*first) << 8 | u32::from(*second)) % 31 == 0);
        match kind {
            Compression::Gzip => Self::of(Box::new(GzipDecoder::new()), "gzip", Some(0x1f)),
            Compression::Deflate if zlib => Self::of(Box::new(ZlibDecoder::new()), "zlib", None),
            Compression::Brotli => Self::of(Box::new(BrotliDecoder::new()), "Brotli", None),
            Compression::Zstd => Self::of(Box::new(ZstdDecoder::new()), "Zstandard", Some(0x28)),
            Compression::Deflate | Compression::Zip => Self::deflate(),
        }
    }

    /// Deflate without a header, as in an archive.
    pub(super) fn deflate() -> Self {
        Self::of(Box::new(DeflateDecoder::new()), "deflate", None)
    }

    fn of(decoder: Box<dyn DecodeV2 + Send + Sync>, name: &'static str, first: Option<u8>) -> Self {
        let (several, first) = (first.is_some(), first.unwrap_or_default());
        Self { decoder, name, several, first, ended: false, buffer: vec![0; OUTPUT] }
    }

    /// Takes bytes and tells how many of them it used: all, until the packed data ends.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        out: &mut dyn FnMut(&[u8]) -> Result<(), Problem>,
    ) -> Result<usize, Problem> {
        let mut input = PartialBuffer::new(bytes);
        loop {
            if self.ended {
                let Some(first) = input.unwritten().first() else { return Ok(input.written_len()) };
                self.several &= *first == self.first;
                if !self.several {
                    return Ok(input.written_len());
                }
                self.decoder.reinit().map_err(|error| self.bad(&error))?;
                self.ended = false;
            }
            let before = input.written_len();
            let mut output = WriteBuffer::new_initialized(&mut self.buffer);
            let done = self.decoder.decode(&mut input, &mut output);
            let (made, full) = (output.written_len(), output.has_no_spare_space());
            match done {
                // Some decoders refuse to go on without input, which is no fault.
                Err(_) if made == 0 && input.written_len() == before && input.unwritten().is_empty() => {}
                Err(error) => return Err(self.bad(&error)),
                Ok(done) => self.ended = done,
            }
            if made > 0 {
                out(&self.buffer[..made])?;
            }
            let stuck = made == 0 && input.written_len() == before;
            if !self.ended && (stuck || input.unwritten().is_empty() && !full) {
                return Ok(input.written_len());
            }
        }
    }

    /// Whether the packed data is whole.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    fn finish(&self) -> Result<(), Problem> {
        if self.ended { Ok(()) } else { Err(cut(format!("The answer stops in the middle of its {} data.", self.name))) }
    }

    fn bad(&self, error: &std::io::Error) -> Problem {
        broken("bad_compression", format!("The answer's {} data is damaged.", self.name))
            .hint("Check `decode.compression`, and that the file opens elsewhere.")
            .detail(error.to_string())
    }
}
