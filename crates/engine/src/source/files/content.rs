//! Where a file's bytes are: in a file of its own, in an archive, or in a recording.

use bytes::{Buf, Bytes};
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// What says that a text is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file's bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Content {
    /// The file, or the archive.
    at: PathBuf,
    inside: Option<Inside>,
    /// All of it, where it is a recording's.
    kept: Option<Bytes>,
}

/// A file of an archive.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Inside {
    /// Its name there, with `/`.
    pub name: String,
    /// Where its bytes begin: in the archive, or in what comes out of it.
    pub from: u64,
    /// How many they are.
    pub size: u64,
    pub packing: Packing,
}

/// How a file lies in its archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// As it is; with its checksum, where there is one.
    None(Option<u32>),
    /// Deflated: so many bytes, and the checksum.
    Deflate(u64, u32),
    /// The archive as a whole is packed with gzip.
    Gzip,
}

impl Content {
    /// A file of its own.
    pub(crate) fn file(at: PathBuf) -> Self {
        Self { at, inside: None, kept: None }
    }

    pub(crate) fn inside(at: &Path, inside: Inside) -> Self {
        Self { at: at.to_owned(), inside: Some(inside), kept: None }
    }

    /// A file of a recording: its text in UTF-8, which it says of itself where that could be doubted.
    pub(crate) fn kept(path: &str, text: Bytes) -> Self {
        let marked = !text.is_ascii() && std::str::from_utf8(&text).is_ok() && !text.starts_with(MARK);
        let text = if marked { Bytes::from([MARK, &text].concat()) } else { text };
        Self { at: PathBuf::from(path), inside: None, kept: Some(text) }
    }

    /// How many bytes a file of a recording has.
    pub(crate) fn kept_size(&self) -> u64 {
        self.kept.as_ref().map_or(0, |kept| kept.len() as u64)
    }

    /// Its path, as it is shown.
    pub(crate) fn shown(&self) -> String {
        match &self.inside {
            None => self.at.display().to_string(),
            Some(inside) => format!("{}/{}", self.at.display(), inside.name),
        }
    }

    /// Whether any place in it is as near as its start.
    pub(super) fn seeks(&self) -> bool {
        self.inside.as_ref().is_none_or(|inside| matches!(inside.packing, Packing::None(_)))
    }

    /// Whether it may be opened; nothing of it is read.
    pub(super) fn reach(&self) -> io::Result<()> {
        if self.kept.is_some() {
            return Ok(());
        }
        File::open(&self.at).map(drop)
    }

    /// The bytes from a place on.
    pub(super) fn open(&self, place: u64) -> io::Result<Box<dyn Read + Send>> {
        if let Some(kept) = &self.kept {
            let from = usize::try_from(place).map_or(kept.len(), |place| place.min(kept.len()));
            return Ok(Box::new(kept.slice(from..).reader()));
        }
        let mut file = File::open(&self.at)?;
        let Some(inside) = &self.inside else {
            file.seek(SeekFrom::Start(place))?;
            return Ok(Box::new(file));
        };
        let sum = |sum: u32| (place == 0).then_some(sum);
        match inside.packing {
            Packing::None(checksum) => {
                let place = place.min(inside.size);
                file.seek(SeekFrom::Start(inside.from + place))?;
                Ok(Checked::boxed(file, inside.size - place, checksum.and_then(sum)))
            }
            Packing::Deflate(packed, checksum) => {
                file.seek(SeekFrom::Start(inside.from))?;
                let bytes = DeflateDecoder::new(BufReader::new(file.take(packed)));
                passed(Checked::boxed(bytes, inside.size, sum(checksum)), place)
            }
            Packing::Gzip => {
                let bytes = passed(Box::new(MultiGzDecoder::new(BufReader::new(file))), inside.from)?;
                passed(Checked::boxed(bytes, inside.size, None), place)
            }
        }
    }
}

fn passed(mut bytes: Box<dyn Read + Send>, place: u64) -> io::Result<Box<dyn Read + Send>> {
    io::copy(&mut (&mut bytes).take(place), &mut io::sink())?;
    Ok(bytes)
}

/// So many bytes, and not fewer; with their checksum, where it is known.
struct Checked<R> {
    input: R,
    left: u64,
    sum: Option<(u32, crc32fast::Hasher)>,
}

impl<R: Read + Send + 'static> Checked<R> {
    fn boxed(input: R, size: u64, sum: Option<u32>) -> Box<dyn Read + Send> {
        Box::new(Self { input, left: size, sum: sum.map(|sum| (sum, crc32fast::Hasher::new())) })
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(out.len());
        if most == 0 {
            return Ok(0);
        }
        let read = self.input.read(&mut out[..most]).map_err(told)?;
        if read == 0 {
            return Err(damaged());
        }
        self.left -= read as u64;
        if let Some((_, hasher)) = &mut self.sum {
            hasher.update(&out[..read]);
        }
        if self.left == 0
            && let Some((sum, hasher)) = self.sum.take()
            && hasher.finalize() != sum
        {
            return Err(damaged());
        }
        Ok(read)
    }
}

/// A fault of what unpacks, in words.
pub(super) fn told(error: io::Error) -> io::Error {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    if matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof) { damaged() } else { error }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the archive is damaged")
}
