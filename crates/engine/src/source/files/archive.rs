//! The files of an archive, each with the place of its bytes: zip (PKWARE's APPNOTE) by the directory at its end, tar
//! (POSIX ustar and pax, GNU's long names) from header to header, also packed with gzip.

use super::content::{Inside, Packing, told};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

/// Files of an archive, at most.
const MOST: usize = 500_000;
/// Bytes of a zip's directory, at most.
const DIRECTORY: u64 = 256 * 1024 * 1024;
/// Bytes of a long name, at most.
const NAME: u64 = 64 * 1024;
/// A tar's blocks.
const BLOCK: u64 = 512;

/// What an archive holds, and what of it can't be read and why.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub files: Vec<Inside>,
    pub unread: Vec<(String, String)>,
}

impl Members {
    /// Takes a file by its name, where it has one and is no file that systems put beside others.
    fn add(&mut self, name: &str, file: impl FnOnce(String) -> Result<Inside, String>) -> io::Result<()> {
        let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
        let name = parts.join("/");
        let hidden = parts.first() == Some(&"__MACOSX") || parts.iter().any(|part| part.starts_with('.'));
        if name.is_empty() || hidden {
            return Ok(());
        }
        if self.files.len() >= MOST {
            return Err(bad("it has too many files"));
        }
        match file(name.clone()) {
            Ok(inside) => self.files.push(inside),
            Err(why) => self.unread.push((name, why)),
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Tar,
    TarGz,
}

fn kind(path: &str) -> Option<Kind> {
    let path = path.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| path.ends_with(end));
    match () {
        () if ends(&[".zip"]) => Some(Kind::Zip),
        () if ends(&[".tar"]) => Some(Kind::Tar),
        () if ends(&[".tar.gz", ".tgz"]) => Some(Kind::TarGz),
        () => None,
    }
}

/// Whether a file's name is one of an archive.
pub(super) fn is_archive(path: &str) -> bool {
    kind(path).is_some()
}

/// Whether a glob names files of archives.
pub(super) fn looks_inside(glob: &str) -> bool {
    glob.rsplit_once('/').is_some_and(|(before, _)| before.split('/').any(is_archive))
}

/// Lists an archive.
pub(super) fn members(path: &Path) -> io::Result<Members> {
    let file = File::open(path)?;
    match kind(&path.to_string_lossy()) {
        Some(Kind::Zip) => zip(BufReader::new(file)),
        Some(Kind::Tar) => tar(&mut Plain(BufReader::new(file)), Packing::None(None)),
        Some(Kind::TarGz) => tar(&mut Packed(MultiGzDecoder::new(BufReader::new(file))), Packing::Gzip).map_err(told),
        None => Err(bad("it is no archive")),
    }
}

fn bad(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_owned())
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

fn read_at(file: &mut BufReader<File>, place: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(place))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length { Err(bad("it is damaged: it stops before its end")) } else { Ok(bytes) }
}

fn zip(mut file: BufReader<File>) -> io::Result<Members> {
    let size = file.seek(SeekFrom::End(0))?;
    let Some((place, length)) = directory(&mut file, size)? else { return Err(broken_zip()) };
    if length > DIRECTORY || place.checked_add(length).is_none_or(|end| end > size) {
        return Err(broken_zip());
    }
    let mut found = Members::default();
    let mut entry = Vec::new();
    let bytes = read_at(&mut file, place, length)?;
    let mut at = 0;
    while bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let (name, extra, comment) = (short(&bytes, at + 28), short(&bytes, at + 30), short(&bytes, at + 32));
        let end = at + 46 + name + extra + comment;
        entry.clear();
        entry.extend_from_slice(bytes.get(at..end).ok_or_else(broken_zip)?);
        let text = String::from_utf8_lossy(&entry[46..46 + name]).into_owned();
        if !text.ends_with('/') {
            let (packed, unpacked, local) = sizes(&entry, 46 + name, extra);
            let head = read_at(&mut file, local, 30);
            found.add(&text, |name| zipped(name, &entry, &head, (packed, unpacked, local)))?;
        }
        at = end;
    }
    // Behind the files a signature may stand, and nothing else.
    if bytes.len() > at && bytes.get(at..at + 4) != Some(b"PK\x05\x05") {
        return Err(broken_zip());
    }
    Ok(found)
}

fn short(bytes: &[u8], at: usize) -> usize {
    number(bytes, at, 2).map_or(0, |number| usize::try_from(number).unwrap_or(0))
}

/// Where the directory is, and how long.
fn directory(file: &mut BufReader<File>, size: u64) -> io::Result<Option<(u64, u64)>> {
    let from = size.saturating_sub(66 * 1024);
    let tail = read_at(file, from, size - from)?;
    let Some(end) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else { return Ok(None) };
    let (length, place) = (number(&tail, end + 12, 4), number(&tail, end + 16, 4));
    let locator = end.checked_sub(20).filter(|at| tail[*at..].starts_with(b"PK\x06\x07"));
    let wide = match locator.and_then(|at| number(&tail, at + 8, 8)) {
        Some(place) => Some(read_at(file, place, 56)?).filter(|wide| wide.starts_with(b"PK\x06\x06")),
        None => None,
    };
    Ok(match wide {
        Some(wide) => number(&wide, 48, 8).zip(number(&wide, 40, 8)),
        None => place.zip(length),
    })
}

/// The packed size, the size, and where the file's head is; those of 64 bits where it has them.
fn sizes(entry: &[u8], from: usize, extra: usize) -> (u64, u64, u64) {
    let [mut packed, mut unpacked, mut local] = [20, 24, 42].map(|at| number(entry, at, 4).unwrap_or_default());
    let (mut at, end) = (from, from + extra);
    while at + 4 <= end {
        let length = short(entry, at + 2);
        if short(entry, at) == 1 {
            let mut value = at + 4;
            for size in [&mut unpacked, &mut packed, &mut local] {
                if *size == u64::from(u32::MAX) {
                    *size = number(entry, value, 8).unwrap_or(*size);
                    value += 8;
                }
            }
        }
        at += 4 + length;
    }
    (packed, unpacked, local)
}

fn zipped(
    name: String,
    entry: &[u8],
    head: &io::Result<Vec<u8>>,
    (packed, size, local): (u64, u64, u64),
) -> Result<Inside, String> {
    let head = head.as_ref().ok().filter(|head| head.starts_with(b"PK\x03\x04")).ok_or("its archive is damaged")?;
    let from = local + 30 + (short(head, 26) + short(head, 28)) as u64;
    let sum = number(entry, 16, 4).and_then(|sum| u32::try_from(sum).ok()).unwrap_or_default();
    if short(entry, 8) & 1 != 0 {
        return Err("it is encrypted in its archive".to_owned());
    }
    let packing = match short(entry, 10) {
        0 => Packing::None(Some(sum)),
        8 => Packing::Deflate(packed, sum),
        other => return Err(format!("it is packed in a way ({other}) that can't be read; deflated files can")),
    };
    Ok(Inside { name, from, size, packing })
}

fn broken_zip() -> io::Error {
    bad("it is a damaged archive: its directory can't be read")
}

/// A tar's bytes, whose files are passed over.
trait Blocks: Read {
    fn pass(&mut self, bytes: u64) -> io::Result<()>;
}

struct Plain(BufReader<File>);
struct Packed<R>(R);

impl Read for Plain {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out)
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out)
    }
}

impl Blocks for Plain {
    fn pass(&mut self, bytes: u64) -> io::Result<()> {
        self.0.seek_relative(i64::try_from(bytes).map_err(|_| bad("it is a damaged archive"))?)
    }
}

impl<R: Read> Blocks for Packed<R> {
    fn pass(&mut self, bytes: u64) -> io::Result<()> {
        io::copy(&mut self.0.by_ref().take(bytes), &mut io::sink()).map(drop)
    }
}

fn tar(input: &mut dyn Blocks, packing: Packing) -> io::Result<Members> {
    let mut found = Members::default();
    let mut place = 0;
    let (mut long, mut wide): (Option<String>, Option<u64>) = (None, None);
    loop {
        let mut head = Vec::new();
        input.take(BLOCK).read_to_end(&mut head)?;
        if head.iter().all(|byte| *byte == 0) {
            return Ok(found);
        }
        if (head.len() as u64) < BLOCK || !sums_up(&head) {
            return Err(bad("it is a damaged archive"));
        }
        place += BLOCK;
        let size = wide.take().unwrap_or(octal(&head[124..136]));
        let blocks = size.checked_next_multiple_of(BLOCK).ok_or_else(|| bad("it is a damaged archive"))?;
        match head[156] {
            kind @ (b'L' | b'x') if size <= NAME => {
                let mut text = Vec::new();
                input.take(blocks).read_to_end(&mut text)?;
                text.truncate(usize::try_from(size).unwrap_or(0));
                if kind == b'L' {
                    long = Some(until_null(&text));
                } else {
                    (long, wide) = (pax(&text, "path").or(long), pax(&text, "size").and_then(|size| size.parse().ok()));
                }
            }
            kind => {
                if matches!(kind, b'0' | 0 | b'7') {
                    let prefix =
                        if head[257..].starts_with(b"ustar\0") { until_null(&head[345..500]) } else { String::new() };
                    let own = until_null(&head[..100]);
                    let own = if prefix.is_empty() { own } else { format!("{prefix}/{own}") };
                    let name = long.take().unwrap_or(own);
                    found.add(&name, |name| Ok(Inside { name, from: place, size, packing }))?;
                }
                if kind != b'g' {
                    long = None;
                }
                input.pass(blocks)?;
            }
        }
        place += blocks;
    }
}

/// Whether a header's checksum is right.
fn sums_up(head: &[u8]) -> bool {
    let sum = |from: usize, to: usize| head[from..to].iter().map(|byte| u64::from(*byte)).sum::<u64>();
    octal(&head[148..156]) == sum(0, 148) + 8 * u64::from(b' ') + sum(156, head.len())
}

/// A number in octal digits, or in bytes where it is marked so.
fn octal(bytes: &[u8]) -> u64 {
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        return bytes[1..].iter().fold(u64::from(bytes[0] & 0x7f), |sum, byte| sum << 8 | u64::from(*byte));
    }
    let digits = bytes.iter().filter(|byte| (b'0'..=b'7').contains(*byte));
    digits.fold(0, |sum, digit| sum << 3 | u64::from(digit - b'0'))
}

fn until_null(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
}

/// A value of a pax header: lines of a length, a space, `name=value`.
fn pax(text: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let value = |line: &str| {
        let (_, rest) = line.split_once(' ')?;
        rest.strip_prefix(name)?.strip_prefix('=').map(str::to_owned)
    };
    text.lines().filter_map(value).next_back()
}
