//! `preview`: the first records, by the same loop as a sync.

use super::Context;
use crate::args;
use crate::progress::Progress;
use crate::target::{self, Target};
use crate::values::usage;
use crate::{exit, stop, table};
use api::headless::{self, Destination, Read, StreamEnd};
use definition::Problem;
use engine::batch::Column;
use engine::event::{NewField, Outcome};
use engine::run::{PartPick, ReadLimits};
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// A record whose values stay the text that they came as: no digit is lost.
type Record = IndexMap<String, Box<RawValue>>;

/// The answer for programs. By way of a tree of values the digits of long numbers would be lost.
#[derive(Serialize)]
struct Shown<'a> {
    stream: &'a str,
    columns: &'a [Column],
    records: &'a [Record],
    limited: bool,
    skipped: u64,
    faults: u64,
    /// Members of the records that are in no column and came after the first page.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    new_fields: &'a [NewField],
    pages: u64,
    requests: u64,
    /// The part that was read alone, its values as they were taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    partition: Option<serde_json::Value>,
}

/// Records where nothing is said.
const RECORDS: u64 = 20;
/// The most records: they are held until they are shown.
const MOST_RECORDS: u64 = 100_000;

/// Memory that a sink writes to.
#[derive(Debug, Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Shows the first records.
pub async fn run(context: &Context, args: args::Preview) -> Result<u8, Problem> {
    let out = &context.out;
    let app = async || context.app().await;
    let records = args.limit.unwrap_or(if args.pages.is_some() { MOST_RECORDS } else { RECORDS });
    let part = part(&args.partition)?;
    let partition = part.as_ref().and_then(|part| serde_json::from_str(&part.json()).ok());
    let (target, limits) = match &args.fixtures {
        Some(fixtures) => {
            let offline = target::load_offline(&args.target, &args.values, fixtures, app).await?;
            let kept = offline.at_most(records);
            let pages = args.pages.map_or(kept.pages, |pages| Some(pages.min(kept.pages.unwrap_or(u64::MAX))));
            (Target::from(offline), ReadLimits { pages, ..kept })
        }
        None => {
            let limits = ReadLimits { pages: args.pages, records: Some(records), bytes: None };
            (target::load(&args.target, &args.values, context.data_dir(), app).await?, limits)
        }
    };
    let stream = stream_name(&target, args.stream)?;
    let (end, records) = first_records(context, &target, &stream, (limits, part)).await?;
    if let Some(problem) = &end.problem {
        out.problem(problem);
    }
    let columns = headless::columns(&target.definition, &target.config, &stream)?;
    if out.json {
        let limited = end.outcome == Outcome::Limited;
        let (skipped, faults) = (end.counts.skipped, end.counts.faults);
        let (pages, requests) = (end.counts.pages, end.counts.requests);
        let (stream, columns, records) = (stream.as_str(), columns.as_slice(), records.as_slice());
        let new_fields = end.new_fields.as_slice();
        out.answer(&Shown {
            stream,
            columns,
            records,
            limited,
            skipped,
            faults,
            new_fields,
            pages,
            requests,
            partition,
        });
    } else if !records.is_empty() || end.problem.is_none() {
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let right: Vec<bool> = columns.iter().map(|column| is_number(column.kind)).collect();
        let rows: Vec<Vec<Option<String>>> =
            records.iter().map(|record| names.iter().map(|name| cell(record, name)).collect()).collect();
        out.line(&table::render(&names, &rows, &right));
        let more = if end.outcome == Outcome::Limited { "; there are more" } else { "" };
        let by = told(&end, limits);
        let faults = match end.counts.faults {
            0 => String::new(),
            n => format!("; {n} values did not fit their column"),
        };
        out.say(&format!("{} records of {stream}{by}{more}{faults}", records.len()));
    }
    Ok(exit::of_streams(&[exit::End { outcome: end.outcome, problem: end.problem.as_ref() }], false))
}

/// How much was asked for it: `, from 24 requests, stopped at 50 pages`.
fn told(end: &StreamEnd, limits: ReadLimits) -> String {
    let requests = match end.counts.requests {
        0 => String::new(),
        1 => ", from 1 request".to_owned(),
        n => format!(", from {n} requests"),
    };
    let limited = end.outcome == Outcome::Limited && end.problem.is_none();
    match limits.pages.filter(|most| limited && *most != u64::MAX && end.counts.pages >= *most) {
        Some(1) => format!("{requests}, stopped at 1 page"),
        Some(most) => format!("{requests}, stopped at {most} pages"),
        None => requests,
    }
}

/// The part that is to be read alone.
fn part(given: &[String]) -> Result<Option<PartPick>, Problem> {
    let pair = |text: &String| {
        let (name, value) = text.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(|| {
            usage(format!("`{text}` names no part of a stream.")).hint("Write --partition NAME=VALUE: region=eu.")
        })?;
        Ok((name.to_owned(), value.to_owned()))
    };
    Ok(PartPick::typed(given.iter().map(pair).collect::<Result<Vec<_>, Problem>>()?))
}

/// The stream that is meant: the first where none is named.
pub fn stream_name(target: &Target, named: Option<String>) -> Result<String, Problem> {
    let names = || target.definition.streams.iter().map(|stream| stream.name.clone());
    match named {
        Some(name) if names().any(|other| other == name) => Ok(name),
        Some(name) => Err(usage(format!("There is no stream `{name}`."))
            .hint(format!("There are: {}.", names().collect::<Vec<_>>().join(", ")))),
        None => names().next().ok_or_else(|| usage("The definition has no streams.")),
    }
}

/// Reads a stream's first records into memory.
pub async fn first_records(
    context: &Context,
    target: &Target,
    stream: &str,
    (limits, part): (ReadLimits, Option<PartPick>),
) -> Result<(StreamEnd, Vec<Record>), Problem> {
    let progress = Progress::new(&context.out);
    let shown = progress.clone();
    let buffer = Buffer::default();
    let read = Read {
        streams: vec![stream.to_owned()],
        limits,
        part,
        wait: false,
        full: true,
        events: Arc::new(move |event| shown.event(&event)),
        cancel: stop::on_signal(&context.out),
    };
    let ends =
        headless::read(&target.definition, &target.config, Destination::Jsonl(Box::new(buffer.clone())), read).await?;
    progress.clear();
    let end = ends.into_iter().next().ok_or_else(|| usage(format!("There is no stream `{stream}`.")))?;
    let bytes = std::mem::take(&mut *buffer.0.lock().unwrap_or_else(PoisonError::into_inner));
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    Ok((end, lines.filter_map(|line| serde_json::from_slice(line).ok()).collect()))
}

fn is_number(kind: definition::model::FieldType) -> bool {
    use definition::model::FieldType;
    matches!(kind, FieldType::Integer | FieldType::Number | FieldType::Decimal)
}

/// A value as a table shows it: texts without their quotes, null as nothing.
fn cell(record: &Record, name: &str) -> Option<String> {
    let text = record.get(name)?.get();
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(serde_json::Value::Null) => None,
        Ok(serde_json::Value::String(text)) => Some(text),
        _ => Some(text.to_owned()),
    }
}
