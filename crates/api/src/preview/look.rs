//! Records that are looked for, in the order that is asked for.

use super::rows::Row;
use super::table::Table;
use crate::app::lock;
use crate::contract::RowsLook;
use definition::model::FieldType;
use std::cmp::Ordering;
use std::sync::{Arc, Mutex};

/// What was found last. The same is asked for window by window.
pub(super) type Last = Mutex<Option<(RowsLook, Arc<Vec<u32>>)>>;

impl Table {
    /// The places of the records that are looked for.
    pub(super) fn look(&self, look: &RowsLook) -> Arc<Vec<u32>> {
        if let Some((_, found)) = lock(&self.last).as_ref().filter(|(last, _)| last == look) {
            return Arc::clone(found);
        }
        let found = Arc::new(self.find(look));
        *lock(&self.last) = Some((look.clone(), Arc::clone(&found)));
        found
    }

    fn find(&self, look: &RowsLook) -> Vec<u32> {
        let needle = Needle::of(&look.filter, self);
        let all = self.rows.iter().zip(0_u32..);
        let mut found: Vec<u32> =
            all.filter(|(row, _)| needle.is_in(row, self.columns.len())).map(|(_, at)| at).collect();
        let column = look.sort.as_ref().and_then(|sort| Some((self.column(&sort.column)?, sort.descending)));
        if let Some((column, descending)) = column {
            let number = matches!(
                self.columns.get(column),
                Some((_, FieldType::Integer | FieldType::Number | FieldType::Decimal))
            );
            let key = |at: &u32| Key::of(self.rows.get(*at as usize).and_then(|row| row.cell(column)), number);
            let mut keyed: Vec<(Key<'_>, u32)> = found.iter().map(|at| (key(at), *at)).collect();
            keyed.sort_by(|(one, _), (other, _)| one.compare(other, descending));
            found = keyed.into_iter().map(|(_, at)| at).collect();
        }
        found
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|(known, _)| known == name)
    }
}

/// What a cell has to have in it, in lower case.
struct Needle {
    column: Option<usize>,
    text: String,
}

impl Needle {
    /// `column:text` looks in one column; anything else, also before a colon that is none, is text.
    fn of(filter: &str, table: &Table) -> Self {
        let filter = filter.trim();
        let named = filter.split_once(':').and_then(|(name, text)| {
            let name = name.trim();
            let same = |(known, _): &(String, FieldType)| known.eq_ignore_ascii_case(name);
            Some((table.columns.iter().position(same)?, text.trim()))
        });
        match named {
            Some((column, text)) => Self { column: Some(column), text: text.to_lowercase() },
            None => Self { column: None, text: filter.to_lowercase() },
        }
    }

    fn is_in(&self, row: &Row, width: usize) -> bool {
        let has = |cell: Option<&str>| cell.is_some_and(|cell| contains(cell, &self.text));
        match self.column {
            Some(column) => has(row.cell(column)),
            None => self.text.is_empty() || row.cells(width).any(has),
        }
    }
}

/// Whether a text has another, which is in lower case, in it.
fn contains(cell: &str, needle: &str) -> bool {
    if needle.is_empty() {
        return true;
    }
    if !(cell.is_ascii() && needle.is_ascii()) {
        return cell.to_lowercase().contains(needle);
    }
    cell.as_bytes().windows(needle.len()).any(|part| part.eq_ignore_ascii_case(needle.as_bytes()))
}

/// What a cell is ordered by.
enum Key<'a> {
    /// A whole number keeps its digits.
    Whole(i128),
    Number(f64),
    Text(&'a str),
    Null,
}

impl<'a> Key<'a> {
    fn of(cell: Option<&'a str>, number: bool) -> Self {
        let Some(text) = cell else { return Self::Null };
        if number {
            if let Ok(whole) = text.parse() {
                return Self::Whole(whole);
            }
            if let Some(number) = text.parse::<f64>().ok().filter(|number| !number.is_nan()) {
                return Self::Number(number);
            }
        }
        Self::Text(text)
    }

    /// Nulls come last either way.
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (Self::Null, Self::Null) => Ordering::Equal,
            (Self::Null, _) => Ordering::Greater,
            (_, Self::Null) => Ordering::Less,
            (Self::Whole(one), Self::Whole(other)) => turned(one.cmp(other)),
            (Self::Text(one), Self::Text(other)) => turned(folded(one).cmp(folded(other)).then_with(|| one.cmp(other))),
            (Self::Text(_), _) => turned(Ordering::Greater),
            (_, Self::Text(_)) => turned(Ordering::Less),
            (one, other) => turned(one.float().total_cmp(&other.float())),
        }
    }

    fn float(&self) -> f64 {
        match self {
            Self::Whole(whole) => *whole as f64,
            Self::Number(number) => *number,
            Self::Text(_) | Self::Null => f64::NAN,
        }
    }
}

/// Letters without their case, one after the other.
fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::rows::Row;
    use super::super::table::Table;
    use crate::contract::{DataSort, RowsLook};
    use definition::model::FieldType;

    fn table() -> Table {
        let rows = [
            ["10", "Bob", "12:30"],
            ["9007199254740993", "ann", "x"],
            ["9007199254740992", "Änne", "Bob's"],
            ["-1.5", "", "y"],
        ];
        let mut rows: Vec<Row> =
            rows.iter().map(|cells| Row::new(cells.iter().map(|cell| Some(*cell)), Vec::new(), 0, &(0..0))).collect();
        rows.push(Row::new([None, None], Vec::new(), 0, &(0..0)));
        let columns = [("id", FieldType::Integer), ("name", FieldType::String), ("note", FieldType::String)];
        let columns = columns.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect();
        Table { rows, columns, ..Table::default() }
    }

    #[test]
    fn records_are_found_and_ordered() {
        let sorted = |column: &str, descending| Some(DataSort { column: column.to_owned(), descending });
        for (filter, sort, expected) in [
            ("", None, &[0, 1, 2, 3, 4][..]),
            ("bob", None, &[0, 2]),
            ("name:bob", None, &[0]),
            (" NAME : ÄN", None, &[2]),
            ("12:30", None, &[0]),
            ("name:", None, &[0, 1, 2, 3]),
            ("nothing", None, &[]),
            ("", sorted("id", false), &[3, 0, 2, 1, 4]),
            ("", sorted("id", true), &[1, 2, 0, 3, 4]),
            ("", sorted("name", false), &[3, 1, 0, 2, 4]),
            ("", sorted("note", true), &[3, 1, 2, 0, 4]),
            ("", sorted("none", true), &[0, 1, 2, 3, 4]),
            ("b", sorted("id", true), &[2, 0]),
        ] {
            let look = RowsLook { filter: filter.to_owned(), sort };
            let table = table();
            assert_eq!(*table.look(&look), expected, "{look:?}");
            assert_eq!(*table.look(&look), expected, "again");
        }
    }
}
