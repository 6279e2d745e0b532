//! A first walk over all rows: how many there are, what they hold, and what tells that they changed.

use super::source::RowFile;
use definition::Problem;
use indexmap::IndexMap;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Rows that are looked at for a column's values.
const ROWS: i64 = 200;
/// Values of a column that are kept.
const SAMPLES: usize = 20;
/// Columns that are looked at.
const COLUMNS: usize = 2000;

/// What is known of the rows before one is sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Survey {
    /// How many rows there are.
    pub total: u64,
    /// Rows that can't be read.
    pub broken: u64,
    /// What tells that the rows changed.
    pub fingerprint: String,
    /// Columns with some of their values that are not null.
    pub columns: IndexMap<String, Vec<Value>>,
}

impl Survey {
    /// Walks over all rows. Keeps a few of them.
    pub fn of(file: &RowFile) -> Result<Self, Problem> {
        let mut survey = Self::default();
        for column in file.columns().unwrap_or_default() {
            survey.columns.insert(column.clone(), Vec::new());
        }
        let mut digest = Sha256::new();
        for row in file.rows()? {
            let row = row?;
            survey.total += 1;
            digest.update(row.hash.to_le_bytes());
            match row.cells {
                Err(_) => survey.broken += 1,
                Ok(cells) if row.number <= ROWS => {
                    for (column, value) in cells {
                        survey.sample(column, value);
                    }
                }
                Ok(_) => {}
            }
        }
        survey.fingerprint = hex::encode(digest.finalize());
        Ok(survey)
    }

    fn sample(&mut self, column: String, value: Value) {
        if self.columns.len() >= COLUMNS && !self.columns.contains_key(&column) {
            return;
        }
        let samples = self.columns.entry(column).or_default();
        if samples.len() < SAMPLES && !value.is_null() {
            samples.push(value);
        }
    }
}
