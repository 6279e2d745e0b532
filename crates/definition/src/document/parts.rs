//! Where the streams of a text stand, so that a change of one of a thousand is read without the others.
//!
//! A text is cut into what stands before the streams, one chunk of lines a stream, and what stands behind them. A change
//! within some chunks is read in a shorter text: the same head and tail with those chunks and the next one alone. A YAML
//! reader goes from left to right, so that it finds the same there, as long as the chunks begin and end where they did;
//! that is looked at each time, and where it is not so the whole text is read.

use super::change::{Patch, same};
use super::read_loose;
use crate::{Definition, Fault, shape};
use serde_saphyr::granit_parser::{Event, Parser};
use std::ops::Range;
use std::sync::Arc;

/// Texts up to this length have no places: reading them whole takes no time.
const SHORT: usize = 24 * 1024;
/// Beyond this length a text is always read whole: only then it may have more parts than are allowed.
const LONG: usize = 2_000_000;

/// Where the streams of a text stand. Cheap to copy; knows the text that it belongs to.
#[derive(Debug, Clone, Default)]
pub struct Places(Option<Arc<Parts>>);

#[derive(Debug)]
struct Parts {
    text: String,
    /// Where the line of each stream's dash begins, then where the lines of the last one end.
    starts: Vec<usize>,
}

/// What a changed text means.
#[derive(Debug)]
pub struct Reread {
    /// What is different now.
    pub patch: Patch,
    /// The keys that nobody knows, of the whole text.
    pub unknown: Vec<Fault>,
    /// Where the streams of the changed text stand.
    pub places: Places,
    /// How many bytes of text were read for it.
    pub read: usize,
}

impl Places {
    /// The places of a text that reads well. None where it is short, or where streams do not stand line by line.
    pub fn of(text: &str) -> Self {
        if text.len() < SHORT { Self::default() } else { Self::of_any(text) }
    }

    pub(super) fn of_any(text: &str) -> Self {
        Self(starts(text).map(|starts| Arc::new(Parts { text: text.to_owned(), starts })))
    }

    /// The parts, where they are those of this text.
    fn parts(&self, text: &str) -> Option<&Arc<Parts>> {
        self.0.as_ref().filter(|parts| parts.text == text)
    }

    /// Reads a changed text by what changed: `before` is the text that was, with its definition and its unknown keys.
    /// `None` where the whole text is to be read.
    pub fn reread(
        &self,
        before: &str,
        (old, unknown): (&Definition, &[Fault]),
        text: &str,
    ) -> Option<Result<Reread, Vec<Fault>>> {
        let parts = self.parts(before)?;
        if text.len() > LONG || parts.count() != old.streams.len() || unknown.len() >= shape::MAX_FAULTS {
            return None;
        }
        let (start, end) = same(&parts.text, text);
        let (changed, is_tail) = parts.touched(start..parts.text.len() - end)?;
        let shifted = |at: usize| at + text.len() - parts.text.len();
        let count = parts.count();
        let from = if changed.is_empty() { shifted(parts.starts[0]) } else { parts.starts[changed.start] };
        let stays = |at: usize| if is_tail { at } else { shifted(at) };
        let to = stays(parts.starts[changed.end]);
        // The chunk behind what changed is read, too: what follows is then the same as in the whole text.
        let kept = changed.end..(changed.end + 1).min(count);
        let after = &parts.text[parts.starts[kept.start]..parts.starts[kept.end]];
        let head = text.get(..if changed.is_empty() { from } else { parts.starts[0] })?;
        let (middle, tail) = (text.get(from..to)?, text.get(stays(parts.starts[count])..)?);
        let short = [head, middle, after, tail].concat();
        let map = LineMap::new(vec![
            (head, 0),
            (middle, lines(&text[..from])),
            (after, lines(&text[..to])),
            (tail, lines(&text[..text.len() - tail.len()])),
        ]);
        // Where what changed ends in the shorter text.
        let short_to = head.len() + middle.len();
        let (read, found) = match read_loose(&short) {
            Ok(read) => read,
            Err(_) if !unknown.is_empty() => return None,
            Err(faults) => return told(faults, &map, changed.start, &short[..short_to]).map(Err),
        };
        let new = starts(&short)?;
        let many = (new.len() - 1).checked_sub(kept.len())?;
        // The streams behind what changed begin where they did, and mean what they meant.
        let place = |at: usize| short_to + at - parts.starts[kept.start];
        let stands = new.last() == Some(&place(parts.starts[kept.end]))
            && new.get(many) == Some(&place(parts.starts[kept.start]))
            && new.first() == Some(&head.len())
            && read.streams.get(many..) == old.streams.get(kept.clone());
        if !stands {
            return None;
        }
        let mut rest = read;
        let mut streams = std::mem::take(&mut rest.streams);
        streams.truncate(many);
        let mut all = parts.starts[..changed.start].to_vec();
        all.extend(new[..many].iter().map(|at| at + from - head.len()));
        all.extend(parts.starts[changed.end..].iter().map(|at| stays(*at)));
        let moved = Moved { gone: changed.clone(), many, lines: lines(text), before: lines(&parts.text) };
        let unknown = unknown_of(unknown, found, &map, (&moved, kept));
        let places = Self(Some(Arc::new(Parts { text: text.to_owned(), starts: all })));
        (unknown.len() < shape::MAX_FAULTS).then_some(Ok(Reread {
            patch: Patch { rest, gone: changed, streams },
            unknown,
            places,
            read: short.len(),
        }))
    }

    /// The text with another definition written into it, where only a few streams or what is beside them is different.
    /// `write` does so for a whole text; it gets a shorter one. `None` where the whole text is to be written.
    pub(super) fn rewrite(
        &self,
        text: &str,
        old: &Definition,
        new: &Definition,
        write: impl Fn(String, Definition, Definition) -> Option<String>,
    ) -> Option<(String, Self)> {
        let parts = self.parts(text)?;
        let count = parts.count();
        if count != old.streams.len() || count != new.streams.len() || count == 0 {
            return None;
        }
        let mut keep: Vec<usize> = (0..count).filter(|at| old.streams[*at] != new.streams[*at]).collect();
        if keep.len() * 4 > count {
            return None;
        }
        // The last chunk may have another end than the others.
        if keep.last() != Some(&(count - 1)) {
            keep.push(count - 1);
        }
        let short = parts.only(&keep);
        let only = |all: &Definition| Definition {
            streams: keep.iter().filter_map(|at| all.streams.get(*at).cloned()).collect(),
            ..all.without_streams()
        };
        let written = write(short, only(old), only(new))?;
        let found = starts(&written).filter(|found| found.len() == keep.len() + 1)?;
        let mut out = String::with_capacity(text.len() + 256);
        let mut all = Vec::with_capacity(count + 1);
        out.push_str(&written[..found[0]]);
        let mut next = keep.iter().enumerate().peekable();
        for at in 0..count {
            all.push(out.len());
            match next.next_if(|(_, kept)| **kept == at) {
                Some((place, _)) => out.push_str(&written[found[place]..found[place + 1]]),
                None => out.push_str(&parts.text[parts.starts[at]..parts.starts[at + 1]]),
            }
        }
        all.push(out.len());
        out.push_str(&written[found[keep.len()]..]);
        Some((out.clone(), Self(Some(Arc::new(Parts { text: out, starts: all })))))
    }

    /// A shorter text that has the places at fault, and on which line of the whole each of its lines stands.
    pub(super) fn around(&self, text: &str, faults: &[Fault]) -> Option<Around> {
        let parts = self.parts(text)?;
        let mut keep: Vec<usize> = faults.iter().filter_map(|fault| stream_of(&fault.path)).collect();
        keep.sort_unstable();
        keep.dedup();
        if keep.len() * 4 > parts.count() || keep.last().is_some_and(|last| *last >= parts.count()) {
            return None;
        }
        let mut pieces = vec![(parts.head(), 0)];
        let mut known = (0, 0);
        for at in &keep {
            known = (parts.starts[*at], known.1 + lines(&text[known.0..parts.starts[*at]]));
            pieces.push((parts.chunk(*at), known.1));
        }
        pieces.push((parts.tail(), lines(&text[..text.len() - parts.tail().len()])));
        let short = pieces.iter().map(|(piece, _)| *piece).collect::<String>();
        Some(Around { map: LineMap::new(pieces), text: short, keep })
    }
}

impl Parts {
    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    fn head(&self) -> &str {
        &self.text[..self.starts[0]]
    }

    fn tail(&self) -> &str {
        &self.text[self.starts[self.count()]..]
    }

    fn chunk(&self, at: usize) -> &str {
        &self.text[self.starts[at]..self.starts[at + 1]]
    }

    /// The text with some of its chunks alone.
    fn only(&self, keep: &[usize]) -> String {
        let chunks: String = keep.iter().map(|at| self.chunk(*at)).collect();
        [self.head(), &chunks, self.tail()].concat()
    }

    /// The chunks that a change of a range of bytes touches, and whether it is behind them all: then the last one is told.
    /// One at the seam of two touches both. `None` where it goes over the first or the last.
    fn touched(&self, bytes: Range<usize>) -> Option<(Range<usize>, bool)> {
        let (first, last) = (self.starts[0], self.starts[self.count()]);
        if bytes.end < first {
            return Some((0..0, false));
        }
        if bytes.start > last {
            return Some((self.count() - 1..self.count(), true));
        }
        if bytes.start < first || bytes.end > last {
            return None;
        }
        let from = self.starts.partition_point(|start| *start < bytes.start).saturating_sub(1);
        let to = self.starts.partition_point(|start| *start <= bytes.end).clamp(from + 1, self.count());
        Some((from..to, false))
    }
}

/// The faults of a shorter text, as those of the whole. `None` where the whole text may have others.
fn told(faults: Vec<Fault>, map: &LineMap, first: usize, changed: &str) -> Option<Vec<Fault>> {
    let end = lines(changed) + 1;
    let sure = faults.iter().all(|fault| fault.line.is_some_and(|line| (line as usize) < end));
    sure.then(|| faults.into_iter().map(|fault| placed(fault, map, |at| at + first)).collect())
}

/// How a change moves what stands behind it.
struct Moved {
    gone: Range<usize>,
    many: usize,
    lines: usize,
    before: usize,
}

/// The unknown keys of a changed text: those of the chunks that were not read stay.
fn unknown_of(old: &[Fault], found: Vec<Fault>, map: &LineMap, (moved, kept): (&Moved, Range<usize>)) -> Vec<Fault> {
    let mut all: Vec<Fault> = found.into_iter().map(|fault| placed(fault, map, |at| at + moved.gone.start)).collect();
    for fault in old {
        let Some(at) = stream_of(&fault.path).filter(|at| !moved.gone.contains(at) && !kept.contains(at)) else {
            continue;
        };
        let mut fault = fault.clone();
        if at >= moved.gone.end {
            fault.path = renumbered(&fault.path, at - moved.gone.len() + moved.many);
            let line = fault.line.map(|line| line as usize + moved.lines - moved.before);
            fault.line = line.and_then(|line| u32::try_from(line).ok());
        }
        all.push(fault);
    }
    all.sort_by_key(|fault| fault.line);
    all
}

/// A fault of a shorter text at its place in the whole.
fn placed(mut fault: Fault, map: &LineMap, number: impl Fn(usize) -> usize) -> Fault {
    if let Some(at) = stream_of(&fault.path) {
        fault.path = renumbered(&fault.path, number(at));
    }
    fault.line = fault.line.map(|line| map.whole(line));
    fault
}

/// The stream that a path lies in.
fn stream_of(path: &str) -> Option<usize> {
    path.strip_prefix("streams[")?.split_once(']')?.0.parse().ok()
}

/// The same path in another stream.
fn renumbered(path: &str, at: usize) -> String {
    let rest = path.split_once(']').map_or("", |(_, rest)| rest);
    format!("streams[{at}]{rest}")
}

/// Where the lines of a shorter text stand in the whole.
pub(super) struct LineMap(Vec<(usize, usize)>);

impl LineMap {
    /// Of pieces, each with the number of lines before it in the whole.
    fn new(pieces: Vec<(&str, usize)>) -> Self {
        let mut at = 0;
        let mut all = Vec::new();
        for (piece, before) in pieces {
            if !piece.is_empty() {
                all.push((at, before));
            }
            at += lines(piece);
        }
        Self(all)
    }

    /// The line of the whole, from 1.
    fn whole(&self, line: u32) -> u32 {
        let index = (line as usize).saturating_sub(1);
        let piece = self.0.iter().rev().find(|(from, _)| *from <= index);
        piece.and_then(|(from, before)| u32::try_from(before + index - from + 1).ok()).unwrap_or(line)
    }
}

/// A shorter text around the places at fault.
pub(super) struct Around {
    pub text: String,
    map: LineMap,
    keep: Vec<usize>,
}

impl Around {
    /// The path of a place in the shorter text.
    pub fn path(&self, path: &str) -> String {
        let at = stream_of(path).and_then(|at| self.keep.binary_search(&at).ok());
        at.map_or_else(|| path.to_owned(), |at| renumbered(path, at))
    }

    /// The line of the whole.
    pub fn line(&self, line: u32) -> u32 {
        self.map.whole(line)
    }
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// Where the streams of a text stand; nothing where they do not stand line by line, or refer to each other by names.
fn starts(text: &str) -> Option<Vec<usize>> {
    if text.starts_with('\u{feff}') {
        return None;
    }
    let mut depth = 0_usize;
    let mut found: Option<Vec<usize>> = None;
    let mut inside = false;
    // At the root every other event of the first level is a key.
    let mut key: Option<String> = None;
    let mut is_key = true;
    let mut end = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let at = span.start.byte_offset()?;
        let opens = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
        let closes = matches!(event, Event::MappingEnd | Event::SequenceEnd);
        match &event {
            Event::Alias(_) => return None,
            Event::Scalar(..) => {}
            _ if opens || closes => {}
            _ => continue,
        }
        if closes {
            depth -= 1;
            inside = inside && depth > 1;
            continue;
        }
        if depth == 1 {
            if is_key {
                let Event::Scalar(name, ..) = &event else { return None };
                if found.is_some() && end.is_none() {
                    end = Some(line_start(text, at));
                }
                key = Some(name.clone().into_owned());
            } else if key.take().as_deref() == Some("streams") {
                if found.is_some() || !matches!(event, Event::SequenceStart(..)) || text[at..].starts_with('[') {
                    return None;
                }
                (found, inside) = (Some(Vec::new()), true);
            }
            is_key = !is_key;
        } else if depth == 2 && inside {
            let line = line_start(text, at);
            let dash = text[line..at].trim();
            if dash != "-" {
                return None;
            }
            found.as_mut()?.push(line);
        }
        depth += usize::from(opens);
    }
    let mut found = found.filter(|found| !found.is_empty())?;
    let column = |at: usize| text[at..].bytes().take_while(|byte| *byte == b' ').count();
    let first = column(found[0]);
    if found.iter().any(|at| column(*at) != first) || found.windows(2).any(|two| two[0] >= two[1]) {
        return None;
    }
    found.push(end.unwrap_or(text.len()));
    found.is_sorted().then_some(found)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}
