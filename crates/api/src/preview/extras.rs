//! Columns of members that no field took (`rest: keep`): found as the records come.

use super::rows::Row;
use super::samples::sample;
use super::table::shorten;
use crate::contract::{FieldSample, SampleValue};
use definition::model::FieldType;
use engine::batch::Column;
use indexmap::IndexMap;
use serde_json::value::RawValue;

/// The most such columns that a preview shows.
const MOST: usize = 300;

/// The members met so far, with what their values are.
#[derive(Debug, Default)]
pub(super) struct Extras(IndexMap<String, Option<FieldType>>);

impl Extras {
    /// The columns, with the first rows' values. `width` columns stand before them.
    pub fn samples(&self, rows: &[Row], width: usize) -> Vec<FieldSample> {
        let values = |place: usize| {
            let cell = move |row: &Row| row.cell(width + place).map(str::to_owned);
            rows.iter()
                .take(5)
                .map(move |row| SampleValue { before: cell(row), after: cell(row), steps: Vec::new(), why: None })
                .collect()
        };
        let column = |(place, (name, kind)): (usize, (&String, &Option<FieldType>))| FieldSample {
            samples: values(place),
            ..sample(name, kind.unwrap_or(FieldType::Json))
        };
        self.0.iter().enumerate().map(column).collect()
    }
}

/// A record's cells in the order of the members met so far; new members are added, those of `shown` left out.
pub(super) fn cells(extras: &mut Extras, json: &str, shown: &[Column]) -> Vec<Option<String>> {
    let members: IndexMap<String, &RawValue> = serde_json::from_str(json).unwrap_or_default();
    let mut row = vec![None; extras.0.len()];
    for (name, value) in members.iter().filter(|(name, _)| !shown.iter().any(|column| column.name == **name)) {
        let place = match extras.0.get_index_of(name) {
            Some(place) => place,
            None if extras.0.len() < MOST => {
                row.push(None);
                extras.0.insert_full(name.clone(), None).0
            }
            None => continue,
        };
        let raw = value.get();
        if raw == "null" {
            continue;
        }
        let kind = kind(raw);
        if let Some((_, known)) = extras.0.get_index_mut(place) {
            *known = Some(known.map_or(kind, |known| merge(known, kind)));
        }
        let text = serde_json::from_str::<String>(raw).unwrap_or_else(|_| raw.to_owned());
        row[place] = Some(shorten(&text, 500));
    }
    row
}

fn kind(raw: &str) -> FieldType {
    match raw.as_bytes().first() {
        Some(b'"') => FieldType::String,
        Some(b't' | b'f') => FieldType::Boolean,
        Some(b'{' | b'[') => FieldType::Json,
        _ if raw.contains(['.', 'e', 'E']) => FieldType::Number,
        _ => FieldType::Integer,
    }
}

fn merge(one: FieldType, other: FieldType) -> FieldType {
    match (one, other) {
        (one, other) if one == other => one,
        (FieldType::Integer, FieldType::Number) | (FieldType::Number, FieldType::Integer) => FieldType::Number,
        _ => FieldType::Json,
    }
}

#[cfg(test)]
mod tests {
    use super::{Extras, cells};
    use definition::model::FieldType;

    #[test]
    fn members_become_columns_as_they_are_met() {
        let mut extras = Extras::default();
        assert_eq!(
            cells(&mut extras, r#"{"a": 9007199254740993, "b": "x"}"#, &[]),
            [Some("9007199254740993".into()), Some("x".into())]
        );
        assert_eq!(cells(&mut extras, r#"{"c": null, "a": 1.5}"#, &[]), [Some("1.5".into()), None, None]);
        let kinds: Vec<_> = extras.0.values().copied().collect();
        assert_eq!(kinds, [Some(FieldType::Number), Some(FieldType::String), None]);
    }
}
