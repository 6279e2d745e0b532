//! The starts of files, for a recording: whole records, so many of them, as text.

use super::cells::CellEnds;
use super::content::Content;
use super::file::{Asked, FileReader, Kind, Page, facts};
use super::list::{Listed, Listing, words};
use super::open::SAMPLE;
use super::own::Own;
use crate::fixture::{KeptFile, Recorder, TextLayout};
use crate::json::push_string;
use bytes::Bytes;
use std::io;

/// Bytes of a JSON document that is kept whole.
const DOCUMENT: usize = 256 * 1024;

/// The start of a file.
struct Head {
    text: Bytes,
    layout: TextLayout,
    /// Its records as a JSON array.
    records: Bytes,
}

/// Keeps the starts of the first files, and lets the starts stand for them: what is recorded is what is read.
pub(super) fn record(listing: &mut Listing, recorder: &Recorder, asked: &Asked, stream: &str) {
    let (records, files) = recorder.most();
    for file in std::mem::take(&mut listing.files).into_iter().take(files) {
        match head(&file, asked, records) {
            Ok(Head { text, layout, records }) => {
                recorder.file(stream, (&file.path, file.modified), layout, text.clone(), records);
                let Listed { path, modified, .. } = file;
                listing.files.push(Listed::kept(KeptFile { path, modified, text }));
            }
            Err(error) => listing.unread.push((file.path, words(&error))),
        }
    }
}

fn head(file: &Listed, asked: &Asked, most: usize) -> io::Result<Head> {
    let facts = facts(&file.at, file.size, &asked.format)?;
    let whole = facts.sample.len() < SAMPLE;
    let (text, layout) = match &facts.kind {
        Kind::Json if whole && facts.sample.len() <= DOCUMENT => (facts.sample.clone(), TextLayout::Document),
        Kind::Json => {
            let mut reader = FileReader::open(&file.at, &facts, asked, Own::default(), None, 0)?;
            let mut page = Page::default();
            reader.page(&mut page)?;
            (document(&page, &asked.holder, most), TextLayout::Document)
        }
        Kind::Jsonl => (cut(&facts.sample, most, whole, CellEnds::new(b'\n', None)), TextLayout::Lines),
        Kind::Csv(told) => {
            let above = usize::try_from(told.above).unwrap_or(0) + usize::from(told.header);
            let (delimiter, quote) = (told.dialect.delimiter, told.dialect.quote);
            let ends = CellEnds::new(delimiter, quote);
            let text = cut(&facts.sample, most.saturating_add(above), whole, ends);
            (text, TextLayout::Columns { delimiter, quote, above: told.above, header: told.header })
        }
    };
    let text = Bytes::from(text);
    let records = records(&file.path, &text, asked)?;
    Ok(Head { text, layout, records })
}

/// The first records of a document, as a document.
fn document(page: &Page, holder: &[String], most: usize) -> Vec<u8> {
    let mut text = Vec::new();
    for name in holder {
        text.push(b'{');
        push_string(&mut text, name.as_bytes());
        text.push(b':');
    }
    let items: Vec<&[u8]> = page.records.iter().take(most).filter_map(|at| page.json.get(at.clone())).collect();
    text.push(b'[');
    text.extend_from_slice(&items.join(&b",\n"[..]));
    text.push(b']');
    text.extend(holder.iter().map(|_| b'}'));
    text
}

/// The first lines of a text. A line's end between quotes ends no line.
fn cut(text: &[u8], most: usize, whole: bool, mut ends: CellEnds) -> Vec<u8> {
    let (mut end, mut count) = (0, 0);
    for (at, byte) in text.iter().enumerate() {
        if ends.at(*byte) && *byte == b'\n' {
            (end, count) = (at + 1, count + 1);
            if count == most {
                return text[..end].to_vec();
            }
        }
    }
    // The last line of a file that goes on is none.
    if whole || end == 0 { text.to_vec() } else { text[..end].to_vec() }
}

fn records(path: &str, text: &Bytes, asked: &Asked) -> io::Result<Bytes> {
    let at = Content::kept(path, text.clone());
    let facts = facts(&at, at.kept_size(), &asked.format)?;
    let mut page = Page::default();
    FileReader::open(&at, &facts, asked, Own::default(), None, 0)?.page(&mut page)?;
    page.close();
    Ok(page.json.into())
}

#[cfg(test)]
mod tests {
    use super::CellEnds;

    #[test]
    fn a_text_is_cut_behind_whole_lines() {
        let text = b"a,b\n1,\"x\ny\"\n2,z\n3";
        let cut = |text, most, whole, quote| super::cut(text, most, whole, CellEnds::new(b',', quote));
        let quote = Some(b'"');
        assert_eq!(cut(text, 2, true, quote), b"a,b\n1,\"x\ny\"\n");
        assert_eq!(cut(text, 9, true, quote), text);
        assert_eq!(cut(text, 9, false, quote), b"a,b\n1,\"x\ny\"\n2,z\n", "the last line may go on");
        assert_eq!(cut(b"{\"a\":\"\n", 1, true, None), b"{\"a\":\"\n");
        assert_eq!(cut(b"one long line", 1, false, quote), b"one long line");
        assert_eq!(cut(b"", 1, true, quote), b"");
        assert_eq!(
            cut(b"5\" pipe,1\n6,2\n7,3\n", 2, true, quote),
            b"5\" pipe,1\n6,2\n",
            "no cell begins with this quote"
        );
    }
}
