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
use engine::event::Outcome;
use engine::run::ReadLimits;
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
}

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
    let (target, limits) = match &args.fixtures {
        Some(fixtures) => {
            let offline = target::load_offline(&args.target, &args.values, fixtures, app).await?;
            let limits = offline.at_most(args.limit);
            (Target::from(offline), limits)
        }
        None => {
            let limits = ReadLimits { pages: None, records: Some(args.limit) };
            (target::load(&args.target, &args.values, context.data_dir(), app).await?, limits)
        }
    };
    let stream = stream_name(&target, args.stream)?;
    let (end, records) = first_records(context, &target, &stream, limits).await?;
    if let Some(problem) = &end.problem {
        out.problem(problem);
    }
    let columns = headless::columns(&target.definition, &target.config, &stream)?;
    if out.json {
        let limited = end.outcome == Outcome::Limited;
        let (skipped, faults) = (end.counts.skipped, end.counts.faults);
        out.answer(&Shown { stream: &stream, columns: &columns, records: &records, limited, skipped, faults });
    } else if !records.is_empty() || end.problem.is_none() {
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let right: Vec<bool> = columns.iter().map(|column| is_number(column.kind)).collect();
        let rows: Vec<Vec<Option<String>>> =
            records.iter().map(|record| names.iter().map(|name| cell(record, name)).collect()).collect();
        out.line(&table::render(&names, &rows, &right));
        let more = if end.outcome == Outcome::Limited { "; there are more" } else { "" };
        let faults = match end.counts.faults {
            0 => String::new(),
            n => format!("; {n} values did not fit their column"),
        };
        out.say(&format!("{} records of {stream}{more}{faults}", records.len()));
    }
    Ok(exit::of_streams(&[exit::End { outcome: end.outcome, problem: end.problem.as_ref() }], false))
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
    limits: ReadLimits,
) -> Result<(StreamEnd, Vec<Record>), Problem> {
    let progress = Progress::new(&context.out);
    let shown = progress.clone();
    let buffer = Buffer::default();
    let read = Read {
        streams: vec![stream.to_owned()],
        limits,
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
