//! The table that a definition makes of captured pages, with what each column read and what did not fit.

use super::extras::{Extras, cells};
use super::look::Last;
use super::rows::Row;
use super::samples::Samples;
use super::selected::{Selected, text};
use super::shown::Inputs;
use crate::contract::{FieldSample, PreviewRow};
use definition::Problem;
use definition::model::{FieldType, Source, Stream};
use engine::batch::Batch;
use engine::capture::CapturedPage;
use engine::expr::Expressions;
use engine::json::{Path, Selector};
use engine::map::{FieldFault, Mapped, Mapper, PageScope, display};
use serde_json::{Map, Value};
use std::ops::Range;
use std::sync::Arc;

/// Records of a page that are mapped together.
const TOGETHER: usize = 1_000;
/// Characters of a cell that are shown.
const CELL: usize = 500;

/// A table of text, ready to be shown.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub rows: Vec<Row>,
    /// The columns of its cells, in order.
    pub columns: Vec<(String, FieldType)>,
    /// What was looked for last.
    pub(super) last: Last,
    pub fields: Vec<FieldSample>,
    pub skipped: u32,
    /// Whether there are more records in the pages.
    pub limited: bool,
}

impl Table {
    /// A record, its texts shortened.
    pub(super) fn short(&self, at: u32) -> Option<PreviewRow> {
        let row = self.rows.get(at as usize)?;
        let cells = row.cells(self.columns.len()).map(|cell| cell.map(|text| shorten(text, CELL))).collect();
        Some(PreviewRow { at, cells, faulty: row.faulty.to_vec() })
    }
}

/// A table, and why it ended early.
pub(crate) struct Made {
    pub table: Arc<Table>,
    pub problem: Option<Problem>,
}

/// Pages, and where their records are as far as that is known.
pub(super) type Pages<'a> = (&'a [CapturedPage], &'a Selected);

/// Maps a stream's pages, up to so many records.
pub(super) fn make(inputs: &Inputs, stream: &str, (pages, selected): Pages<'_>, most: usize) -> Made {
    let mut table = Table::default();
    let problem = fill(inputs, stream, (pages, selected), most, &mut table).err();
    Made { table: Arc::new(table), problem }
}

fn fill(
    inputs: &Inputs,
    name: &str,
    (pages, selected): Pages<'_>,
    most: usize,
    table: &mut Table,
) -> Result<(), Problem> {
    let Some(place) = inputs.definition.streams.iter().position(|stream| stream.name == name) else { return Ok(()) };
    let stream = &inputs.definition.streams[place];
    let expressions = Expressions::new(&inputs.config);
    let mapper = Mapper::compile(stream, &format!("streams[{place}]"), &expressions).map_err(Problem::faulty)?;
    let mut maker = Maker {
        mapper: &mapper,
        expressions: &expressions,
        table,
        stream: serde_json::json!({"name": stream.name}),
        samples: Samples::new(&mapper, stream),
        extras: Extras::default(),
        seen: 0,
        most,
    };
    let result = pages.iter().enumerate().try_for_each(|(number, page)| {
        let text = text(page);
        if page.response.status == 204 && text.trim().is_empty() {
            return Ok(());
        }
        let records = selected.records(stream, place, number, text)?;
        maker.page(page, u32::try_from(number).unwrap_or(u32::MAX), &records)
    });
    let Maker { samples, extras, .. } = maker;
    table.fields = samples.finish(inputs.evidence.get(name).map_or(&[], Vec::as_slice));
    let width = mapper.columns().len();
    let more = extras.samples(&table.rows, width);
    table.columns = mapper.columns().iter().map(|column| (column.name.clone(), column.kind)).collect();
    table.columns.extend(more.iter().map(|field| (field.name.clone(), field.kind)));
    table.fields.extend(more);
    result
}

pub(super) fn selector(stream: &Stream, place: usize) -> Result<Selector, Problem> {
    // What is not HTTP comes as a list of records, wherever they were.
    let path =
        stream.records.path.as_deref().filter(|_| stream.source == Source::Http).map(Path::parse).transpose().map_err(
            |why| {
                Problem::faulty(vec![definition::Fault::new("bad_path", format!("streams[{place}].records.path"), why)])
            },
        )?;
    Ok(Selector::new(path.as_ref(), &[]))
}

struct Maker<'a> {
    mapper: &'a Mapper,
    expressions: &'a Expressions,
    table: &'a mut Table,
    /// What expressions call `stream`.
    stream: Value,
    samples: Samples,
    extras: Extras,
    /// Records seen so far, over all pages.
    seen: u32,
    /// Records that are shown.
    most: usize,
}

/// Where a record comes from.
struct From<'a> {
    scope: PageScope<'a>,
    text: &'a str,
    page: u32,
}

impl Maker<'_> {
    fn page(&mut self, page: &CapturedPage, number: u32, records: &[Range<usize>]) -> Result<(), Problem> {
        let text = text(page);
        let headers: Map<String, Value> = page
            .response
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), Value::String(value.clone())))
            .collect();
        let headers = Value::Object(headers);
        let stream = self.stream.clone();
        let scope = PageScope { headers: Some(&headers), partition: page.partition.as_ref(), stream: Some(&stream) };
        let from = From { scope, text, page: number };
        let mut batch = Batch::new(self.mapper.columns().len());
        for range in records {
            if self.table.rows.len() >= self.most {
                self.table.limited = true;
                return Ok(());
            }
            if batch.len() >= TOGETHER {
                batch = Batch::new(self.mapper.columns().len());
            }
            self.record(&from, range.clone(), &mut batch)?;
        }
        Ok(())
    }

    fn record(&mut self, from: &From<'_>, place: Range<usize>, batch: &mut Batch) -> Result<(), Problem> {
        let (scope, record) = (&from.scope, from.text.get(place.clone()).unwrap_or_default());
        let mut faults: Vec<FieldFault> = Vec::new();
        let number = self.seen;
        self.seen += 1;
        let mapped = self.mapper.map(self.expressions, scope, record, batch, &mut faults);
        self.samples.faults(number, &faults);
        match mapped? {
            Mapped::Filtered => {}
            Mapped::Skipped => self.table.skipped += 1,
            Mapped::Kept => {
                self.samples.trace(|| self.mapper.explain(self.expressions, scope, record));
                let index = batch.len() - 1;
                let mut row: Vec<Option<String>> = batch.row(index).iter().map(|cell| display(cell, batch)).collect();
                if let Some(extra) = batch.extra(index) {
                    // Without fields the record is there as it came, with what the key's columns show already.
                    let shown = if batch.is_whole() { self.mapper.columns() } else { &[] };
                    row.extend(cells(&mut self.extras, extra, shown));
                }
                let columns = self.mapper.columns().len();
                let faulty = faults.iter().map(|fault| fault.column).filter(|column| *column < columns);
                let faulty = faulty.filter_map(|column| u32::try_from(column).ok()).collect();
                let cells = row.iter().map(Option::as_deref);
                self.table.rows.push(Row::new(cells, faulty, from.page, &place));
            }
        }
        Ok(())
    }
}

/// A text of so many characters at most.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
