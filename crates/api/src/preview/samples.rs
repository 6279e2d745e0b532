//! What each column read and what it made of it, for the first records, and what did not fit in all.

use super::table::shorten;
use crate::contract::{FieldSample, SampleValue, ValueFault};
use definition::model::{FieldType, Rest, Stream};
use engine::detect::TypeEvidence;
use engine::map::{FieldFault, FieldTrace, Mapper};

/// Records of which each column's before and after are shown.
const SAMPLES: usize = 5;
/// Faults of a column that are shown.
const FAULTS: usize = 5;
/// Characters of a value that are shown.
const SHOWN: usize = 200;

/// Gathers samples by column.
pub(super) struct Samples {
    /// In the order of the file, hidden ones too.
    fields: Vec<FieldSample>,
    /// The place in `fields` of each of the mapper's columns.
    columns: Vec<usize>,
    /// The paths of the fields, to find what was detected.
    paths: Vec<Option<String>>,
    traced: usize,
}

impl Samples {
    pub fn new(mapper: &Mapper, stream: &Stream) -> Self {
        let mut fields: Vec<FieldSample> = Vec::new();
        let mut paths = Vec::new();
        if stream.fields.is_empty() {
            fields.extend(mapper.columns().iter().map(|column| sample(&column.name, column.kind)));
        } else {
            fields.extend(stream.fields.iter().map(|field| sample(&field.name, field.kind)));
            paths.extend(stream.fields.iter().map(|field| {
                field.template.is_none().then(|| field.from.clone().unwrap_or_else(|| format!("$.{}", field.name)))
            }));
            if let Some(Rest::As(name)) = &stream.rest {
                fields.push(sample(name, FieldType::Json));
            }
        }
        let place = |name: &String| fields.iter().position(|field| field.name == *name).unwrap_or_default();
        let columns = mapper.columns().iter().map(|column| place(&column.name)).collect();
        Self { fields, columns, paths, traced: 0 }
    }

    /// Counts faults of a record.
    pub fn faults(&mut self, row: u32, faults: &[FieldFault]) {
        for fault in faults {
            let Some(field) = self.columns.get(fault.column).and_then(|place| self.fields.get_mut(*place)) else {
                continue;
            };
            field.faults += 1;
            if field.fault_samples.len() < FAULTS {
                field.fault_samples.push(ValueFault {
                    row,
                    value: fault.value.clone(),
                    message: fault.message.clone(),
                });
            }
        }
    }

    /// Keeps before and after of one of the first records.
    pub fn trace(&mut self, explain: impl FnOnce() -> Vec<FieldTrace>) {
        if self.traced == SAMPLES {
            return;
        }
        self.traced += 1;
        for trace in explain() {
            if let Some(field) = self.fields.iter_mut().find(|field| field.name == trace.name) {
                let short = |text: Option<String>| text.map(|text| shorten(&text, SHOWN));
                let steps = trace.steps.into_iter().map(short).collect();
                let why = trace.after.as_ref().err().cloned();
                let (before, after) = (short(trace.before), short(trace.after.ok().flatten()));
                field.samples.push(SampleValue { before, after, steps, why });
            }
        }
    }

    /// The samples, with the detected types that differ.
    pub fn finish(mut self, evidence: &[TypeEvidence]) -> Vec<FieldSample> {
        for (field, path) in self.fields.iter_mut().zip(&self.paths) {
            let seen = evidence.iter().find(|seen| path.as_ref().is_some_and(|path| *path == seen.path));
            field.detected = seen.map(|seen| seen.kind).filter(|kind| *kind != field.kind);
        }
        self.fields
    }
}

pub(super) fn sample(name: &str, kind: FieldType) -> FieldSample {
    FieldSample {
        name: name.to_owned(),
        kind,
        samples: Vec::new(),
        faults: 0,
        fault_samples: Vec::new(),
        detected: None,
    }
}
