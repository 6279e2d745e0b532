//! Tables that are sent as columns and rows: where the rows are, and where their columns have their names.

use super::node::Node;
use super::place::Place;
use super::records;
use super::words::{grouped, plain_name};
use crate::decode::TABLE_NAMES;
use definition::model::{Decode, TableDecode};

/// What the names of columns stand under.
const COLUMNS: &[&str] = &[
    "columns",
    "cols",
    "column",
    "columnnames",
    "columnheaders",
    "headers",
    "header",
    "fields",
    "fieldnames",
    "names",
    "rowtype",
    "labels",
    "keys",
    "schema",
    "dimensions",
    "properties",
];
/// Rows that are looked at.
const ROWS: usize = 50;

/// Rows that were found.
struct Rows {
    place: Place,
    count: usize,
    width: usize,
    cells: Option<&'static str>,
    /// The first row, where it may be a header.
    header: bool,
}

/// A table, and what decodes it, with the words for it.
pub(super) fn table(root: &Node) -> Option<(Decode, String)> {
    let mut found = Vec::new();
    find_rows(root, &Place::default(), 0, &mut found);
    found.sort_by_key(|rows| std::cmp::Reverse(rows.count));
    for rows in &found {
        let mut named = Vec::new();
        find_columns(root, &Place::default(), 0, rows.width, &mut named);
        if let Some(columns) = named.into_iter().next() {
            let words = format!(
                "`{}` holds {} rows of {} values, and `{columns}` their names: each row is taken as one record.",
                rows.place.path(),
                grouped(rows.count as u64),
                rows.width
            );
            return Some((of(rows, Some(columns)), words));
        }
    }
    let rows = found.first().filter(|rows| rows.header && !records::of_objects(root))?;
    let words = format!(
        "`{}` holds rows of values; the first one is taken as the names of the columns, the {} others as records.",
        rows.place.path(),
        grouped(rows.count.saturating_sub(1) as u64)
    );
    Some((of(rows, None), words))
}

fn of(rows: &Rows, columns: Option<String>) -> Decode {
    let table = TableDecode { rows: rows.place.path(), columns, cells: rows.cells.map(str::to_owned) };
    Decode::Json { compression: None, encoding: None, columns: None, entries: None, table: Some(table) }
}

fn find_rows(node: &Node, place: &Place, depth: usize, found: &mut Vec<Rows>) {
    if let Some(items) = node.items() {
        found.extend(rows(items, place));
        return;
    }
    let members = node.members().unwrap_or_default();
    for (name, member) in members.iter().filter(|_| depth < 4) {
        find_rows(member, &place.key(name), depth + 1, found);
    }
}

/// A list as rows: lists of values, or objects with one list of `{"v": …}`.
fn rows(items: &[Node], place: &Place) -> Option<Rows> {
    let some: Vec<&Node> = items.iter().take(ROWS).collect();
    if let Some(lists) = some.iter().map(|item| item.items()).collect::<Option<Vec<_>>>() {
        let width = lists.first()?.len();
        let most = lists.iter().map(|row| row.len()).max()?;
        let plain = lists.iter().all(|row| row.iter().all(|cell| cell.items().is_none()));
        if !plain || most == 0 {
            return None;
        }
        // Rows may end before their last columns where those are empty; a header does not.
        let even = lists.iter().all(|row| row.len() == width);
        let header = lists.len() > 1 && width >= most && is_header(&lists);
        return (even || header).then(|| Rows { place: place.clone(), count: items.len(), width, cells: None, header });
    }
    let (mut path, mut width) = (None, 0);
    for item in some {
        let [(name, list)] = item.members()? else { return None };
        let own = match name.as_str() {
            "f" => "$.f[*].v",
            "c" => "$.c[*].v",
            _ => return None,
        };
        let cells = list.items()?;
        if !cells.iter().all(|cell| cell.get("v").is_some()) || path.is_some_and(|path| path != own) {
            return None;
        }
        (path, width) = (Some(own), width.max(cells.len()));
    }
    let cells = path?;
    Some(Rows { place: place.clone(), count: items.len(), width, cells: Some(cells), header: false })
}

/// Whether the first row has names: texts, each once, that are no numbers; and another row tells that it is different.
fn is_header(rows: &[&[Node]]) -> bool {
    let Some((first, others)) = rows.split_first() else { return false };
    let names: Vec<&str> = first.iter().filter_map(Node::text).collect();
    let named = |name: &&str| !name.trim().is_empty() && name.len() <= 80 && name.parse::<f64>().is_err();
    let mut each = names.clone();
    each.sort_unstable();
    each.dedup();
    let unique = names.len() == first.len() && each.len() == names.len() && names.iter().all(named);
    let number = |cell: &Node| {
        matches!(cell, Node::Number(_) | Node::Bool(_)) || cell.text().is_some_and(|text| text.parse::<f64>().is_ok())
    };
    let different = others.iter().any(|row| row.iter().any(number));
    unique && first.len() > 1 && (different || others.len() > 1)
}

/// Lists of as many names as a row has values, where their own name says what they are.
fn find_columns(node: &Node, place: &Place, depth: usize, width: usize, found: &mut Vec<String>) {
    for (name, member) in node.members().unwrap_or_default() {
        let at = place.key(name);
        if let Some(items) = member.items()
            && items.len() == width
            && COLUMNS.contains(&plain_name(name).as_str())
        {
            if items.iter().all(|item| item.text().is_some()) {
                found.push(at.path());
            } else {
                let has = |own: &&&str| items.iter().all(|item| item.get(own).and_then(Node::text).is_some());
                found.extend(TABLE_NAMES.iter().find(has).map(|own| format!("{}[*].{own}", at.path())));
            }
        }
        if depth < 3 {
            find_columns(member, &at, depth + 1, width, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, table};

    #[test]
    fn tables_are_told_from_other_lists() {
        for (text, expected) in [
            (r#"{"columns":["id","n"],"rows":[[1,"a"],[2,"b"]]}"#, Some(r#"{"rows":"$.rows","columns":"$.columns"}"#)),
            (
                r#"{"data":{"rows":[[1,"a"]],"cols":[{"name":"id","base_type":"x"},{"name":"n"}]}}"#,
                Some(r#"{"rows":"$.data.rows","columns":"$.data.cols[*].name"}"#),
            ),
            (
                r#"{"resultSetMetaData":{"rowType":[{"name":"ID"}]},"data":[["1"],["2"]]}"#,
                Some(r#"{"rows":"$.data","columns":"$.resultSetMetaData.rowType[*].name"}"#),
            ),
            (
                r#"{"schema":{"fields":[{"name":"a"},{"name":"b"}]},"rows":[{"f":[{"v":"1"},{"v":null}]}]}"#,
                Some(r#"{"rows":"$.rows","columns":"$.schema.fields[*].name","cells":"$.f[*].v"}"#),
            ),
            (
                r#"{"table":{"cols":[{"id":"A"},{"id":"B"}],"rows":[{"c":[{"v":1},{"v":2,"f":"2"}]}]}}"#,
                Some(r#"{"rows":"$.table.rows","columns":"$.table.cols[*].id","cells":"$.c[*].v"}"#),
            ),
            (r#"{"range":"A1:B3","values":[["Name","Age"],["Ann","7"],["Bo"]]}"#, Some(r#"{"rows":"$.values"}"#)),
            (r#"[["NAME","POP"],["Alabama","5"]]"#, Some(r#"{"rows":"$"}"#)),
            (r#"{"items":[{"id":1,"tags":["a","b"]},{"id":2,"tags":["a","b"]}]}"#, None),
            (r#"{"prices":[[1,2.5],[2,3.5]]}"#, None),
            (r#"{"items":[{"id":1}],"bounds":[["a","b"],["1","2"]]}"#, None),
            (r#"{"columns":["id","n"],"rows":[]}"#, None),
            (r#"[["a"],["b"]]"#, None),
            (r#"{"id":7,"matrix":[[1,2],[3,4]],"keys":["a","b"]}"#, Some(r#"{"rows":"$.matrix","columns":"$.keys"}"#)),
        ] {
            let found = table(&Node::parse(text).unwrap()).map(|(decode, _)| decode);
            let found = found.map(|decode| serde_json::to_value(decode).unwrap()["table"].to_string());
            let expected: Option<serde_json::Value> = expected.map(|text| serde_json::from_str(text).unwrap());
            let found: Option<serde_json::Value> = found.map(|text| serde_json::from_str(&text).unwrap());
            assert_eq!(found, expected, "{text}");
        }
    }
}
