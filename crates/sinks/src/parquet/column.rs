//! One column's values on their way into a row group.

use crate::unfit::unfit;
use ::parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::writer::SerializedColumnWriter;
use ::parquet::schema::types::Type;
use definition::Problem;
use definition::model::FieldType;
use engine::batch::{Batch, Cell, Column};
use jiff::civil;

/// A column's values since the last row group.
pub(super) struct Values {
    name: String,
    kind: FieldType,
    /// For each record, whether it has a value.
    there: Vec<i16>,
    store: Store,
    bytes: usize,
}

enum Store {
    Bool(Vec<bool>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Days(Vec<i32>),
    Bytes(Vec<ByteArray>),
}

impl Values {
    /// Of a stream's column.
    pub(super) fn of(column: &Column) -> Self {
        Self::new(column.name.clone(), column.kind)
    }

    /// Of the members that no column took. A column of that name keeps it.
    pub(super) fn extra(columns: &[Column]) -> Self {
        let mut name = "_extra".to_owned();
        while columns.iter().any(|column| column.name == name) {
            name.push('_');
        }
        Self::new(name, FieldType::Json)
    }

    fn new(name: String, kind: FieldType) -> Self {
        let store = match kind {
            FieldType::Boolean => Store::Bool(Vec::new()),
            FieldType::Integer | FieldType::Datetime | FieldType::Time => Store::Int(Vec::new()),
            FieldType::Number => Store::Float(Vec::new()),
            FieldType::Date => Store::Days(Vec::new()),
            FieldType::String | FieldType::Decimal | FieldType::Json | FieldType::Array | FieldType::Object => {
                Store::Bytes(Vec::new())
            }
        };
        Self { name, kind, there: Vec::new(), store, bytes: 0 }
    }

    /// The column as the file's schema has it.
    pub(super) fn field(&self) -> Result<Type, ParquetError> {
        let physical = match self.store {
            Store::Bool(_) => Physical::BOOLEAN,
            Store::Int(_) => Physical::INT64,
            Store::Float(_) => Physical::DOUBLE,
            Store::Days(_) => Physical::INT32,
            Store::Bytes(_) => Physical::BYTE_ARRAY,
        };
        let logical = match self.kind {
            FieldType::Integer | FieldType::Number | FieldType::Boolean => None,
            FieldType::String | FieldType::Decimal => Some(LogicalType::String),
            FieldType::Date => Some(LogicalType::Date),
            FieldType::Datetime => Some(LogicalType::timestamp(true, TimeUnit::MICROS)),
            FieldType::Time => Some(LogicalType::time(false, TimeUnit::MICROS)),
            FieldType::Json | FieldType::Array | FieldType::Object => Some(LogicalType::Json),
        };
        Type::primitive_type_builder(&self.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical)
            .build()
    }

    /// Bytes of text that wait.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes a record's value.
    pub(super) fn push(&mut self, batch: &Batch, cell: Cell) -> Result<(), Problem> {
        if cell == Cell::Null {
            self.there.push(0);
            return Ok(());
        }
        let kind = self.kind;
        let unfit = || unfit(&self.name, kind, batch, cell, "A Parquet column");
        match (&mut self.store, cell) {
            (Store::Bool(values), Cell::Bool(value)) => values.push(value),
            (Store::Int(values), Cell::Int(value)) if kind == FieldType::Integer => values.push(value),
            (Store::Float(values), Cell::Float(value)) => values.push(value),
            (Store::Float(values), Cell::Int(value)) => values.push(value as f64),
            (Store::Float(values), Cell::Decimal(span)) => {
                values.push(batch.text(span).parse().map_err(|_| unfit())?);
            }
            (Store::Int(values), Cell::Text(span)) => values.push(micros(kind, batch.text(span)).ok_or_else(unfit)?),
            (Store::Days(values), Cell::Text(span)) => values.push(days(batch.text(span)).ok_or_else(unfit)?),
            (Store::Bytes(values), cell) => {
                let bytes = bytes(batch, cell);
                self.bytes += bytes.len();
                values.push(bytes.into());
            }
            _ => return Err(unfit()),
        }
        self.there.push(1);
        Ok(())
    }

    /// Takes JSON text, or nothing.
    pub(super) fn push_json(&mut self, text: Option<&str>) {
        if let (Store::Bytes(values), Some(text)) = (&mut self.store, text) {
            self.there.push(1);
            self.bytes += text.len();
            values.push(text.as_bytes().to_vec().into());
        } else {
            self.there.push(0);
        }
    }

    /// Writes what waits, and is empty afterwards.
    pub(super) fn write(&mut self, place: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let there = Some(self.there.as_slice());
        match &self.store {
            Store::Bool(values) => place.typed::<BoolType>().write_batch(values, there, None)?,
            Store::Int(values) => place.typed::<Int64Type>().write_batch(values, there, None)?,
            Store::Float(values) => place.typed::<DoubleType>().write_batch(values, there, None)?,
            Store::Days(values) => place.typed::<Int32Type>().write_batch(values, there, None)?,
            Store::Bytes(values) => place.typed::<ByteArrayType>().write_batch(values, there, None)?,
        };
        self.there.clear();
        self.bytes = 0;
        match &mut self.store {
            Store::Bool(values) => values.clear(),
            Store::Int(values) => values.clear(),
            Store::Float(values) => values.clear(),
            Store::Days(values) => values.clear(),
            Store::Bytes(values) => values.clear(),
        }
        Ok(())
    }
}

/// Text as bytes; what is no text as JSON writes it.
fn bytes(batch: &Batch, cell: Cell) -> Vec<u8> {
    match cell {
        Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => batch.text(span).as_bytes().to_vec(),
        other => {
            let mut out = Vec::new();
            crate::text::push_cell(&mut out, batch, other);
            out
        }
    }
}

/// Microseconds: since 1970 in UTC, or since midnight.
fn micros(kind: FieldType, text: &str) -> Option<i64> {
    match kind {
        FieldType::Datetime => {
            let moment = text.parse::<jiff::Timestamp>().ok().or_else(|| {
                let local: civil::DateTime = text.parse().ok()?;
                Some(local.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
            })?;
            Some(moment.as_microsecond())
        }
        FieldType::Time => {
            let time: civil::Time = text.parse().ok()?;
            let nanos = time.duration_since(civil::Time::midnight()).as_nanos();
            i64::try_from(nanos / 1_000).ok()
        }
        _ => None,
    }
}

/// Days since 1970.
fn days(text: &str) -> Option<i32> {
    let date: civil::Date = text.parse().ok()?;
    let hours = date.duration_since(civil::date(1970, 1, 1)).as_hours();
    i32::try_from(hours / 24).ok()
}

#[cfg(test)]
mod tests {
    use super::{days, micros};
    use definition::model::FieldType;

    #[test]
    fn moments_are_counted() {
        let moment = |text| micros(FieldType::Datetime, text);
        assert_eq!(moment("1970-01-01T00:00:01.000002Z"), Some(1_000_002));
        assert_eq!(moment("1970-01-01T01:00:00+01:00"), Some(0));
        assert_eq!(moment("1970-01-01T00:00:00"), Some(0));
        assert_eq!(moment("soon"), None);
        assert_eq!(micros(FieldType::Time, "00:00:01.5"), Some(1_500_000));
        assert_eq!((days("1970-01-02"), days("1969-12-31"), days("x")), (Some(1), Some(-1), None));
    }
}
