//! From JSON text to a cell in one step, for the values that fit their column as they stand.
//!
//! What is made is what reading, converting and fitting make; whatever is not as plain as that goes the long way.

use super::utc::{is_calendar_date, utc_seconds};
use crate::batch::{Batch, Cell};
use definition::model::FieldType;

/// The cell of a value that needs no conversion. `None`: go the long way.
pub(super) fn direct(kind: FieldType, raw: &str, batch: &mut Batch) -> Option<Cell> {
    let inside =
        || raw.get(1..raw.len().checked_sub(1)?).filter(|inside| memchr::memchr(b'\\', inside.as_bytes()).is_none());
    let one_line = || memchr::memchr2(b'\n', b'\r', raw.as_bytes()).is_none();
    Some(match (kind, raw.as_bytes().first()?) {
        (_, b'n') => Cell::Null,
        (FieldType::String, b'"') => Cell::Text(batch.store(inside()?)),
        (FieldType::String, b'-' | b'0'..=b'9') => Cell::Text(batch.store(raw)),
        (FieldType::Integer, b'-' | b'0'..=b'9') => Cell::Int(raw.parse().ok()?),
        (FieldType::Number, b'-' | b'0'..=b'9') => {
            Cell::Float(raw.parse().ok().filter(|number: &f64| number.is_finite())?)
        }
        (FieldType::Decimal, b'-' | b'0'..=b'9') => Cell::Decimal(batch.store(raw)),
        (FieldType::Boolean, b't') => Cell::Bool(true),
        (FieldType::Boolean, b'f') => Cell::Bool(false),
        (FieldType::Datetime, b'"') => Cell::Text(batch.store(inside().filter(|text| utc_seconds(text).is_some())?)),
        (FieldType::Date, b'"') => Cell::Text(batch.store(inside().filter(|text| is_calendar_date(text))?)),
        (FieldType::Json, b'"') if inside().is_none() => return None,
        (FieldType::Json, _) | (FieldType::Array, b'[') | (FieldType::Object, b'{') if one_line() => {
            Cell::Json(batch.store(raw))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::direct;
    use crate::batch::Batch;
    use crate::map::display;
    use crate::map::types::fit;
    use crate::map::value::Val;
    use definition::model::FieldType;
    use proptest::prelude::{Strategy, any, prop_assert_eq, prop_oneof, proptest};

    fn value() -> impl Strategy<Value = String> {
        prop_oneof![
            "null|true|false|-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?",
            any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
            "\"(2024-0[1-3]-[0-3][0-9])?(T[0-2][0-9]:00:00(\\.[0-9]{1,3})?(Z|\\+01:00)?)?\"",
            "\"[0-9]{1,3}\"|\\[1,\\s2\\]|\\{\"a\":\\s?1\\}|\\[\\]|\"\\\\ud800\"",
        ]
    }

    proptest! {
        #[test]
        fn the_short_way_leads_where_the_long_one_does(raw in value(), kind in 0..FieldType::ALL.len()) {
            let kind = FieldType::ALL[kind];
            let (mut short, mut long) = (Batch::new(1), Batch::new(1));
            if let Some(cell) = direct(kind, &raw, &mut short) {
                let expected = fit(kind, Val::from_raw(&raw)).map(|typed| typed.cell(&mut long)).unwrap();
                prop_assert_eq!(std::mem::discriminant(&cell), std::mem::discriminant(&expected));
                prop_assert_eq!(display(&cell, &short), display(&expected, &long));
            }
        }
    }
}
