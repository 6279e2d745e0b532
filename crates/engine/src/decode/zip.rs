//! Archives (zip, PKWARE's APPNOTE), read as they arrive: every file in them, without the directory at their end.

use super::fault::{broken, cut};
use super::unpack::{Codec, Unpacked};
use definition::Problem;

const LOCAL: &[u8] = b"PK\x03\x04";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// Bytes of a file's head before its name.
const HEAD: usize = 30;

/// Reads an archive.
#[derive(Default)]
pub(super) struct Zip {
    held: Vec<u8>,
    state: State,
    file: File,
}

#[derive(Default)]
enum State {
    /// A file's head comes, or the directory.
    #[default]
    Head,
    /// A file's bytes, so many.
    Stored(u64),
    /// A file's packed bytes; how many where that is said.
    Packed(Box<Codec>, Option<u64>),
    /// The sizes behind a file.
    Descriptor,
    /// The directory at the end, which is not needed.
    Directory,
}

/// The file that is read.
#[derive(Default)]
struct File {
    name: String,
    /// Folders and what systems put beside files are passed over.
    skip: bool,
    /// Whether checksum and sizes stand behind the bytes.
    behind: bool,
    wide: bool,
    checksum: u32,
    sum: crc32fast::Hasher,
}

type Out<'a> = &'a mut dyn FnMut(Unpacked<'_>) -> Result<(), Problem>;

impl Zip {
    /// Takes bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], out: Out<'_>) -> Result<(), Problem> {
        let mut rest = bytes;
        loop {
            match &mut self.state {
                State::Directory => return Ok(()),
                State::Head => {
                    if !self.head(&mut rest)? {
                        return Ok(());
                    }
                }
                State::Stored(left) => {
                    let (now, later) = rest.split_at(rest.len().min(usize::try_from(*left).unwrap_or(usize::MAX)));
                    *left -= now.len() as u64;
                    let done = *left == 0;
                    self.file.give(now, out)?;
                    rest = later;
                    if !done {
                        return Ok(());
                    }
                    self.end(out)?;
                }
                State::Packed(codec, left) => {
                    let most = left.map_or(usize::MAX, |left| usize::try_from(left).unwrap_or(usize::MAX));
                    let (now, later) = rest.split_at(rest.len().min(most));
                    let file = &mut self.file;
                    let used = codec.feed(now, &mut |unpacked| file.give(unpacked, out))?;
                    let ended = codec.ended();
                    rest = if ended { &rest[used..] } else { later };
                    if let Some(left) = left {
                        *left -= used as u64;
                    }
                    if !ended {
                        return if matches!(left, Some(0)) { Err(self.damaged()) } else { Ok(()) };
                    }
                    self.end(out)?;
                }
                State::Descriptor => {
                    if !self.descriptor(&mut rest)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// The end of the bytes.
    pub(super) fn finish(&self) -> Result<(), Problem> {
        if matches!(self.state, State::Directory) {
            return Ok(());
        }
        Err(cut("The answer stops in the middle of its archive."))
    }

    /// Collects bytes until there are so many.
    fn collect(&mut self, rest: &mut &[u8], wanted: usize) -> bool {
        let missing = wanted.saturating_sub(self.held.len()).min(rest.len());
        let (now, later) = rest.split_at(missing);
        self.held.extend_from_slice(now);
        *rest = later;
        self.held.len() >= wanted
    }

    /// Reads a file's head. False: it is not all there.
    fn head(&mut self, rest: &mut &[u8]) -> Result<bool, Problem> {
        if !self.collect(rest, 4) {
            return Ok(false);
        }
        if !self.held.starts_with(LOCAL) {
            if !self.held.starts_with(b"PK") {
                return Err(self.damaged());
            }
            self.state = State::Directory;
            return Ok(true);
        }
        if !self.collect(rest, HEAD) {
            return Ok(false);
        }
        let (name, extra) = (usize::from(self.short(26)), usize::from(self.short(28)));
        if !self.collect(rest, HEAD + name + extra) {
            return Ok(false);
        }
        self.begin(name)?;
        Ok(true)
    }

    fn begin(&mut self, name: usize) -> Result<(), Problem> {
        let (flags, method) = (self.short(6), self.short(8));
        let text = String::from_utf8_lossy(&self.held[HEAD..HEAD + name]).into_owned();
        let (wide, packed) = self.size(HEAD + name);
        let last = text.rsplit('/').next().unwrap_or_default();
        let skip = text.ends_with('/') || text.starts_with("__MACOSX/") || last.starts_with('.');
        let behind = flags & 8 != 0;
        let checksum = self.long(14);
        self.file = File { name: text, skip, behind, wide, checksum, sum: crc32fast::Hasher::new() };
        let name = &self.file.name;
        if flags & 1 != 0 {
            return Err(broken("bad_archive", format!("The file {name} of the archive is encrypted.")));
        }
        self.state = match method {
            0 if behind && packed == 0 && !skip => {
                let message = format!("The archive does not say how long its file {name} is.");
                return Err(broken("bad_archive", message));
            }
            0 => State::Stored(packed),
            8 => State::Packed(Box::new(Codec::deflate()), (!behind).then_some(packed)),
            other => {
                let message =
                    format!("The file {name} of the archive is packed in a way ({other}) that can't be read.");
                return Err(broken("bad_archive", message).hint("Stored and deflated files can be read."));
            }
        };
        self.held.clear();
        Ok(())
    }

    /// The packed size of a file, and whether its sizes have 64 bits.
    fn size(&self, mut at: usize) -> (bool, u64) {
        let packed = u64::from(self.long(18));
        let unpacked = self.long(22);
        while at + 4 <= self.held.len() {
            let (id, length) = (self.short(at), usize::from(self.short(at + 2)));
            if id == 1 {
                let place = at + 4 + if unpacked == u32::MAX { 8 } else { 0 };
                let wide = self.held.get(place..place + 8).and_then(|bytes| bytes.try_into().ok());
                let wide = wide.map(u64::from_le_bytes).filter(|_| packed == u64::from(u32::MAX));
                return (true, wide.unwrap_or(packed));
            }
            at += 4 + length;
        }
        (false, packed)
    }

    /// A file's bytes are all there.
    fn end(&mut self, out: Out<'_>) -> Result<(), Problem> {
        if self.file.behind {
            self.state = State::Descriptor;
        } else {
            self.check()?;
        }
        if !self.file.skip {
            out(Unpacked::End)?;
        }
        Ok(())
    }

    fn check(&mut self) -> Result<(), Problem> {
        self.state = State::Head;
        if std::mem::take(&mut self.file.sum).finalize() == self.file.checksum { Ok(()) } else { Err(self.damaged()) }
    }

    /// Reads the checksum and the sizes behind a file. False: they are not all there.
    fn descriptor(&mut self, rest: &mut &[u8]) -> Result<bool, Problem> {
        if !self.collect(rest, 4) {
            return Ok(false);
        }
        let signed = if self.held.starts_with(DESCRIPTOR) { 4 } else { 0 };
        if !self.collect(rest, signed + if self.file.wide { 20 } else { 12 }) {
            return Ok(false);
        }
        self.file.checksum = self.long(signed);
        self.held.clear();
        self.check()?;
        Ok(true)
    }

    fn short(&self, at: usize) -> u16 {
        self.held.get(at..at + 2).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn long(&self, at: usize) -> u32 {
        u32::from(self.short(at)) | u32::from(self.short(at + 2)) << 16
    }

    fn damaged(&self) -> Problem {
        let name = if self.file.name.is_empty() { String::new() } else { format!(" at its file {}", self.file.name) };
        broken("bad_archive", format!("The answer's archive is damaged{name}."))
            .hint("Check that the archive opens elsewhere.")
    }
}

impl File {
    fn give(&mut self, bytes: &[u8], out: Out<'_>) -> Result<(), Problem> {
        self.sum.update(bytes);
        if self.skip || bytes.is_empty() { Ok(()) } else { out(Unpacked::Bytes(bytes)) }
    }
}
