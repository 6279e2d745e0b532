//! A page of a file, for the loop.

use super::FilesPlan;
use super::file::{FileReader, Kind, Page, Place, facts};
use super::list::words;
use super::own::Own;
use super::part::FilePart;
use super::run::FilesRun;
use crate::capture::{RequestSnapshot, ResponseSnapshot};
use crate::page::{Next, PageEnd, PageHead, PagePart, PageStream, Pager};
use bytes::Bytes;
use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// A page as it was read, beside the event loop.
struct Read {
    page: Page,
    headers: Vec<(String, String)>,
}

impl Pager {
    /// Reads a page of the pager's file.
    pub(crate) async fn open_file(&self, token: &Value) -> Result<PageStream, Problem> {
        let started = Instant::now();
        let Some(part) = self.file() else { return Err(no_file()) };
        let run = self.files().watched(self.watch());
        let place: Option<Place> = (!token.is_null()).then(|| serde_json::from_value(token.clone()).ok()).flatten();
        let (path, pager) = (part.file.path.clone(), self.clone());
        let (reading, file) = (run.clone(), Arc::clone(&part));
        let read = tokio::task::spawn_blocking(move || {
            let Some(plan) = pager.stream().source.files() else { return Err(std::io::Error::other("it is no file")) };
            plan.page(&file, place, &reading)
        });
        let read = read.await.unwrap_or_else(|_| Err(std::io::Error::other("the program stopped reading it")));
        let Read { page, headers } = match read {
            Ok(read) => read,
            Err(error) => {
                run.unreadable(&path, &words(&error));
                let mut page = Page::default();
                page.close();
                Read { page, headers: Vec::new() }
            }
        };
        self.watch().tally.bytes.fetch_add(page.bytes, Ordering::Relaxed);
        let next = page.next.as_ref().and_then(|place| serde_json::to_value(place).ok());
        let next = next.map_or_else(|| crate::paginate::done("the end of the file"), Next::Page);
        let request =
            RequestSnapshot { method: "READ".to_owned(), url: part.file.at.shown(), ..RequestSnapshot::default() };
        let response = ResponseSnapshot {
            status: 200,
            headers: headers.clone(),
            bytes: page.bytes,
            duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            attempts: 1,
        };
        let end = PageEnd { next, total: None, response };
        let part = PagePart { body: Bytes::from(page.json), records: page.records, end: Some(end) };
        Ok(PageStream::made(self.clone(), token.clone(), PageHead { request, headers }, part))
    }
}

impl FilesPlan {
    /// Reads the next page of a file. What was read before a fault of the disk or of the packing is kept.
    fn page(&self, part: &FilePart, place: Option<Place>, run: &FilesRun) -> std::io::Result<Read> {
        let path = &part.file.path;
        let (mut reader, headers) = match place.as_ref().and_then(|place| run.take_open(path, place)) {
            Some(reader) => (reader, Vec::new()),
            None => {
                let facts = facts(&part.file.at, part.file.size, &self.asked.format)?;
                let headers = told(&facts.kind, facts.text.encoding.name(), facts.text.packed);
                let own = Own::new(self.wanted, path, &part.file.modified.to_string());
                let reader = FileReader::open(&part.file.at, &facts, &self.asked, own, place, part.from)?;
                (reader, headers)
            }
        };
        let mut page = Page::default();
        let read = reader.page(&mut page);
        page.close();
        let (records, broken) = run.page(path, &page);
        if let Err(error) = read {
            run.unreadable(path, &words(&error));
            page.next = None;
        }
        match &page.next {
            Some(next) => run.keep_open(path, next.clone(), reader),
            None => {
                self.judge(path, records, broken, run);
                run.ended(path);
            }
        }
        Ok(Read { page, headers })
    }

    /// Whether a file has too many broken lines.
    fn judge(&self, path: &str, records: u64, broken: u64, run: &FilesRun) {
        if broken > 0 && records == 0 {
            run.unreadable(path, "none of its lines can be read");
        } else if broken as f64 * 100.0 > self.max_broken * (records + broken) as f64 {
            let most = self.max_broken;
            run.unreadable(
                path,
                &format!("{broken} of its {} lines are broken, and {most} % may be", records + broken),
            );
        }
    }
}

/// What a file turned out to be, as a preview shows it.
fn told(kind: &Kind, encoding: &str, packed: Option<&str>) -> Vec<(String, String)> {
    let mut out = vec![("encoding".to_owned(), encoding.to_owned())];
    let mut say = |name: &str, value: String| out.push((name.to_owned(), value));
    match kind {
        Kind::Json => say("format", "json".to_owned()),
        Kind::Jsonl => say("format", "jsonl".to_owned()),
        Kind::Csv(told) => {
            say("format", "csv".to_owned());
            let shown = |byte: u8| if byte == b'\t' { "tab".to_owned() } else { (byte as char).to_string() };
            say("delimiter", shown(told.dialect.delimiter));
            say("quote", told.dialect.quote.map(shown).unwrap_or_default());
            say("escape", if told.dialect.backslash { "backslash" } else { "doubled" }.to_owned());
            say("header", told.header.to_string());
            say("lines-above", told.above.to_string());
        }
    }
    if let Some(packed) = packed {
        say("compression", packed.to_owned());
    }
    out
}

fn no_file() -> Problem {
    let message = "A page was asked for without a file.";
    Problem::new("internal", ProblemKind::Internal, Stage::Decode, message).hint("Please report it with the run's log.")
}
