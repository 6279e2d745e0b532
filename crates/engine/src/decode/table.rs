//! A table of columns and rows, turned into records: `{"columns": ["id", "n"], "rows": [[1, "a"]]}` into
//! `[{"id":1,"n":"a"}]`. Every value keeps its own text, so that no digit is lost.

use super::fault::broken;
use crate::json::{Path, Scanner, Walk, items_at, members_at, push_string, unescape};
use definition::Problem;
use definition::model::TableDecode;
use std::collections::HashSet;
use std::ops::Range;

/// A document, with a list of records in the place of the table's rows. Where they are missing or no list the document
/// stays as it is: an answer may have nothing to tell.
pub(super) fn rows(text: &str, table: &TableDecode) -> Result<Vec<u8>, Problem> {
    let as_it_is = || Ok(text.as_bytes().to_vec());
    let Some((range, mut rows)) = list(text, &table.rows)? else { return as_it_is() };
    let names = match &table.columns {
        Some(path) => named(text, path),
        None if rows.is_empty() => Vec::new(),
        None => {
            let header = rows.remove(0);
            names_of(cells(text, header, table.cells.as_deref()).unwrap_or_default().into_iter())
        }
    };
    if names.is_empty() && !rows.is_empty() {
        let place = table.columns.as_deref().unwrap_or("the first row");
        let message = format!("The table at `{}` has no columns: there are no names at {place}.", table.rows);
        return Err(broken("table_without_columns", message).hint(
            "Set the stream's decode.table.columns to where the names are: $.columns, or $.schema.fields[*].name.",
        ));
    }
    let mut out = Vec::with_capacity(text.len() * 2);
    out.extend_from_slice(&text.as_bytes()[..range.start]);
    out.push(b'[');
    for (place, row) in rows.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        match cells(text, row.clone(), table.cells.as_deref()) {
            Some(cells) => record(&names, &cells, &mut out),
            // A row that is an object already has its names.
            None => out.extend_from_slice(text[row].as_bytes()),
        }
    }
    out.push(b']');
    out.extend_from_slice(&text.as_bytes()[range.end..]);
    Ok(out)
}

fn record(names: &[Vec<u8>], cells: &[&str], out: &mut Vec<u8>) {
    out.push(b'{');
    for place in 0..names.len().max(cells.len()) {
        if place > 0 {
            out.push(b',');
        }
        match names.get(place) {
            Some(name) => out.extend_from_slice(name),
            // What a row has too much is not lost.
            None => out.extend_from_slice(format!("\"column_{}\"", place + 1).as_bytes()),
        }
        out.push(b':');
        out.extend_from_slice(cells.get(place).map_or("null", |cell| cell.trim()).as_bytes());
    }
    out.push(b'}');
}

/// The values of a row: its items, or what the path finds in it. `None`: it is no list.
fn cells<'a>(text: &'a str, row: Range<usize>, path: Option<&str>) -> Option<Vec<&'a str>> {
    if let Some(path) = path.and_then(|path| Path::parse(path).ok()) {
        return Some(path.all(text.get(row)?));
    }
    let items = items_at(&mut Scanner::at(text, row.start))?;
    Some(items.into_iter().filter_map(|item| text.get(item)).collect())
}

/// The names at a path: its matches, or the items of the one list that it finds.
fn named(text: &str, path: &str) -> Vec<Vec<u8>> {
    let found = Path::parse(path).map(|path| path.all(text)).unwrap_or_default();
    let lone = match found.as_slice() {
        [one] => items_at(&mut Scanner::new(one)).map(|items| (*one, items)),
        _ => None,
    };
    match lone {
        Some((list, items)) => names_of(items.into_iter().filter_map(|item| list.get(item))),
        None => names_of(found.into_iter()),
    }
}

/// Members by which a column that is an object is called, the best first.
pub(crate) const NAMES: [&str; 9] =
    ["name", "column_name", "columnName", "field", "key", "id", "title", "label", "displayName"];

/// Names as the texts of JSON, each once: one without a name has that of its place, one that comes again a number.
fn names_of<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<Vec<u8>> {
    let mut taken = HashSet::new();
    let quoted = |name: &str| {
        let mut out = Vec::new();
        push_string(&mut out, name.as_bytes());
        out
    };
    let mut names = Vec::new();
    for (place, cell) in cells.enumerate() {
        let name = name_of(cell.trim()).filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| format!("column_{}", place + 1));
        let mut free = name.clone();
        let mut number = 2;
        while !taken.insert(free.clone()) {
            free = format!("{name}_{number}");
            number += 1;
        }
        names.push(quoted(&free));
    }
    names
}

fn name_of(cell: &str) -> Option<String> {
    if let Some(inside) = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')) {
        return Some(unescape(inside).into_owned());
    }
    if cell.starts_with('{') {
        let members = members_at(&mut Scanner::new(cell))?;
        let text = |name: &&str| {
            let (_, range) = members.iter().find(|(member, _)| member == name)?;
            cell.get(range.clone())?.trim().strip_prefix('"')?.strip_suffix('"').map(|text| unescape(text).into_owned())
        };
        return NAMES.iter().find_map(text);
    }
    (cell != "null" && !cell.starts_with('[')).then(|| cell.to_owned())
}

/// Where a list stands, and where its items do.
type List = (Range<usize>, Vec<Range<usize>>);

/// Where the list at a path of names is, and its items. Nothing: it is missing, or no list.
fn list(text: &str, path: &str) -> Result<Option<List>, Problem> {
    let bad = || broken("bad_path", format!("`{path}` is no path of names, such as $.rows."));
    let parsed = Path::parse(path).ok();
    let steps = parsed.as_ref().and_then(Path::walk).ok_or_else(bad)?;
    let mut at = 0;
    for step in steps {
        match step {
            Walk::Key(name) => {
                let Some(members) = members_at(&mut Scanner::at(text, at)) else { return Ok(None) };
                match members.into_iter().find(|(member, _)| member == name) {
                    Some((_, range)) => at = range.start,
                    None => return Ok(None),
                }
            }
            Walk::Index(place) => {
                let Some(items) = items_at(&mut Scanner::at(text, at)) else { return Ok(None) };
                match usize::try_from(*place).ok().and_then(|place| items.get(place)) {
                    Some(range) => at = range.start,
                    None => return Ok(None),
                }
            }
            Walk::Every => return Err(bad()),
        }
    }
    let start = at + text[at..].len() - text[at..].trim_start().len();
    let Some(items) = items_at(&mut Scanner::at(text, start)) else { return Ok(None) };
    let end = items.last().map_or(start + 1, |range| range.end);
    let end = text[end..].find(']').map_or(text.len(), |bracket| end + bracket + 1);
    Ok(Some((start..end, items)))
}

#[cfg(test)]
mod tests {
    use super::{TableDecode, rows};

    #[test]
    fn rows_become_records_by_their_columns() {
        let of = |rows: &str, columns: Option<&str>, cells: Option<&str>| TableDecode {
            rows: rows.to_owned(),
            columns: columns.map(str::to_owned),
            cells: cells.map(str::to_owned),
        };
        for (text, table, expected) in [
            (
                r#"{"columns":["id","name"],"rows":[[1.50,"a"], [2,null] ],"more":[1]}"#,
                of("$.rows", Some("$.columns"), None),
                r#"{"columns":["id","name"],"rows":[{"id":1.50,"name":"a"},{"id":2,"name":null}],"more":[1]}"#,
            ),
            (
                r#"{"data":{"rows":[[1,{"x":[2]},9],[]],"cols":[{"id":4,"name":"a"},{"name":"a"}]}}"#,
                of("$.data.rows", Some("$.data.cols"), None),
                r#"{"data":{"rows":[{"a":1,"a_2":{"x":[2]},"column_3":9},{"a":null,"a_2":null}],"cols":[{"id":4,"name":"a"},{"name":"a"}]}}"#,
            ),
            (
                r#"{"schema":{"fields":[{"name":"n","type":"STRING"},{"name":"v"}]},"rows":[{"f":[{"v":"a"},{"v":null}]}]}"#,
                of("$.rows", Some("$.schema.fields[*].name"), Some("$.f[*].v")),
                r#"{"schema":{"fields":[{"name":"n","type":"STRING"},{"name":"v"}]},"rows":[{"n":"a","v":null}]}"#,
            ),
            (
                r#"{"values":[["Name","","Age"],["Ann","x"],["Bo","y","7"]]}"#,
                of("$.values", None, None),
                r#"{"values":[{"Name":"Ann","column_2":"x","Age":null},{"Name":"Bo","column_2":"y","Age":"7"}]}"#,
            ),
            (r#" [["a"],[1],[2]] "#, of("$", None, None), r#" [{"a":1},{"a":2}] "#),
            (r#"{"values":[]}"#, of("$.values", None, None), r#"{"values":[]}"#),
            (r#"{"rows":[],"columns":[]}"#, of("$.rows", Some("$.columns"), None), r#"{"rows":[],"columns":[]}"#),
            (r#"{"other":1}"#, of("$.rows", Some("$.columns"), None), r#"{"other":1}"#),
        ] {
            assert_eq!(String::from_utf8(rows(text, &table).unwrap()).unwrap(), expected, "{text}");
        }
        assert_eq!(
            rows("{\"rows\":[[1]]}", &of("$.rows", Some("$.columns"), None)).unwrap_err().code,
            "table_without_columns"
        );
        assert!(rows("{\"rows\":[[1]]}", &of("$.rows[*]", None, None)).is_err());
    }
}
