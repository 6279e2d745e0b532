//! The types of columns, and the values that each takes.

use definition::model::FieldType;
use engine::batch::{Batch, Cell};
use jiff::civil;
use serde::{Deserialize, Serialize};

/// A column's type in the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Bigint,
    Numeric,
    Double,
    Boolean,
    Date,
    Timestamptz,
    Time,
    Jsonb,
    Text,
}

impl Kind {
    /// The type that a field has.
    pub(super) fn of(field: FieldType) -> Self {
        match field {
            FieldType::Integer => Self::Bigint,
            FieldType::Decimal => Self::Numeric,
            FieldType::Number => Self::Double,
            FieldType::Boolean => Self::Boolean,
            FieldType::Date => Self::Date,
            FieldType::Datetime => Self::Timestamptz,
            FieldType::Time => Self::Time,
            FieldType::Json | FieldType::Array | FieldType::Object => Self::Jsonb,
            FieldType::String => Self::Text,
        }
    }

    /// As SQL writes it.
    pub(super) fn sql(self) -> &'static str {
        match self {
            Self::Bigint => "bigint",
            Self::Numeric => "numeric",
            Self::Double => "double precision",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Timestamptz => "timestamptz",
            Self::Time => "time",
            Self::Jsonb => "jsonb",
            Self::Text => "text",
        }
    }

    /// The type that also takes this value: itself, or a wider one where a record brings what the field's type is not
    /// (a whole number over 64 bits, a value that `on_error: raw` kept).
    pub(super) fn widened_by(self, batch: &Batch, cell: Cell) -> Self {
        let text = match cell {
            Cell::Text(span) | Cell::Decimal(span) | Cell::Json(span) => batch.text(span),
            _ => "",
        };
        let fits = match (self, cell) {
            (_, Cell::Null) | (Self::Text | Self::Jsonb, _) => true,
            (Self::Bigint, Cell::Int(_)) | (Self::Boolean, Cell::Bool(_)) => true,
            (Self::Numeric | Self::Double, Cell::Int(_) | Cell::Float(_)) => true,
            (Self::Numeric | Self::Double, Cell::Decimal(_)) => is_number(text),
            (Self::Bigint, Cell::Decimal(_)) if is_number(text) => return Self::Numeric,
            (Self::Date, Cell::Text(_)) => text.parse::<civil::Date>().is_ok_and(|date| date.year() > 0),
            (Self::Time, Cell::Text(_)) => text.parse::<civil::Time>().is_ok(),
            (Self::Timestamptz, Cell::Text(_)) => is_moment(text),
            _ => false,
        };
        if fits { self } else { Self::Text }
    }
}

fn is_moment(text: &str) -> bool {
    let in_range = |text: &str| !text.starts_with('-') && !text.starts_with("0000");
    in_range(text) && (text.parse::<jiff::Timestamp>().is_ok() || text.parse::<civil::DateTime>().is_ok())
}

/// Whether the server takes it for a number, with an exponent that it can hold.
fn is_number(text: &str) -> bool {
    let exponent = text.split(['e', 'E']).nth(1).map_or(Ok(0), str::parse::<i32>);
    crate::text::is_json_number(text) && exponent.is_ok_and(|exponent| exponent.abs() < 1_000) && text.len() < 10_000
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use engine::batch::{Batch, Cell};

    #[test]
    fn a_column_widens_for_what_it_does_not_take() {
        let table = [
            (Kind::Date, "2024-02-30", Kind::Text),
            (Kind::Date, "2024-02-29", Kind::Date),
            (Kind::Timestamptz, "2024-02-29T12:00:00+02:00", Kind::Timestamptz),
            (Kind::Timestamptz, "2024-02-29T12:00:00", Kind::Timestamptz),
            (Kind::Timestamptz, "soon", Kind::Text),
            (Kind::Time, "24:01:00", Kind::Text),
            (Kind::Bigint, "n/a", Kind::Text),
            (Kind::Jsonb, "x", Kind::Jsonb),
        ];
        for (kind, text, wider) in table {
            let mut batch = Batch::new(1);
            let cell = Cell::Text(batch.store(text));
            assert_eq!(kind.widened_by(&batch, cell), wider, "{kind:?} {text}");
        }
        let mut batch = Batch::new(1);
        let digits = Cell::Decimal(batch.store("18446744073709551616"));
        assert_eq!(Kind::Bigint.widened_by(&batch, digits), Kind::Numeric);
        let huge = Cell::Decimal(batch.store("1e999999"));
        assert_eq!(Kind::Numeric.widened_by(&batch, huge), Kind::Text);
    }
}
