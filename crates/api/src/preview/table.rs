//! The table that a definition makes of captured pages, with what each column read and what did not fit.

use super::extras::{Extras, cells};
use super::samples::Samples;
use super::shown::Inputs;
use crate::contract::{FieldSample, PreviewRow};
use definition::Problem;
use definition::model::{Source, Stream};
use engine::batch::Batch;
use engine::capture::CapturedPage;
use engine::expr::Expressions;
use engine::json::{Path, Selector};
use engine::map::{FieldFault, Mapped, Mapper, PageScope, display};
use serde_json::{Map, Value};

/// The most records that a preview shows.
pub(crate) const MOST_ROWS: usize = 500;
/// Characters of a cell that are shown.
const CELL: usize = 500;

/// A table of text, ready to be shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub rows: Vec<PreviewRow>,
    pub fields: Vec<FieldSample>,
    pub skipped: u32,
    /// Whether there are more records in the pages.
    pub limited: bool,
}

/// A table, and why it ended early.
pub(crate) struct Made {
    pub table: Table,
    pub problem: Option<Problem>,
}

/// Maps a stream's pages.
pub(super) fn make(inputs: &Inputs, stream: &str, pages: &[CapturedPage]) -> Made {
    let mut table = Table::default();
    let problem = fill(inputs, stream, pages, &mut table).err();
    Made { table, problem }
}

fn fill(inputs: &Inputs, name: &str, pages: &[CapturedPage], table: &mut Table) -> Result<(), Problem> {
    let Some(place) = inputs.definition.streams.iter().position(|stream| stream.name == name) else { return Ok(()) };
    let stream = &inputs.definition.streams[place];
    let expressions = Expressions::new(&inputs.config);
    let mapper = Mapper::compile(stream, &format!("streams[{place}]"), &expressions).map_err(Problem::faulty)?;
    let selector = selector(stream, place)?;
    let mut maker = Maker {
        mapper: &mapper,
        expressions: &expressions,
        table,
        stream: serde_json::json!({"name": stream.name}),
        samples: Samples::new(&mapper, stream),
        extras: Extras::default(),
        seen: 0,
    };
    let result = pages.iter().try_for_each(|page| maker.page(&selector, page));
    let Maker { samples, extras, .. } = maker;
    table.fields = samples.finish(inputs.evidence.get(name).map_or(&[], Vec::as_slice));
    let width = mapper.columns().len();
    table.fields.extend(extras.samples(&table.rows, width));
    // Rows made before a member was first met lack its cell.
    let full = width + extras.len();
    table.rows.iter_mut().for_each(|row| row.cells.resize(full, None));
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
}

impl Maker<'_> {
    fn page(&mut self, selector: &Selector, page: &CapturedPage) -> Result<(), Problem> {
        let text = std::str::from_utf8(&page.body).unwrap_or_default();
        if page.response.status == 204 && text.trim().is_empty() {
            return Ok(());
        }
        let selected = selector.select(text)?;
        let headers: Map<String, Value> = page
            .response
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), Value::String(value.clone())))
            .collect();
        let headers = Value::Object(headers);
        let stream = self.stream.clone();
        let scope = PageScope { headers: Some(&headers), partition: page.partition.as_ref(), stream: Some(&stream) };
        let mut batch = Batch::new(self.mapper.columns().len());
        for range in selected.records {
            if self.table.rows.len() >= MOST_ROWS {
                self.table.limited = true;
                return Ok(());
            }
            let record = text.get(range).unwrap_or_default();
            self.record(&scope, record, &mut batch)?;
        }
        Ok(())
    }

    fn record(&mut self, scope: &PageScope<'_>, record: &str, batch: &mut Batch) -> Result<(), Problem> {
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
                self.table.rows.push(PreviewRow { cells: row, faulty });
            }
        }
        Ok(())
    }
}

/// Text of at most so many characters.
pub(super) fn short(row: &PreviewRow) -> PreviewRow {
    let cells = row.cells.iter().map(|cell| cell.as_ref().map(|text| shorten(text, CELL))).collect();
    PreviewRow { cells, faulty: row.faulty.clone() }
}

/// A text of so many characters at most.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
