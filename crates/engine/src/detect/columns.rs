//! The columns of records: every member of any record, nested objects taken apart.

use super::node::Node;
use super::place::{Place, Step};
use std::collections::HashMap;

/// How deep nested objects are taken apart.
const MOST_DEPTH: usize = 3;
/// From how many members on an object that differs from record to record is data, not structure.
const MOST_MEMBERS: usize = 40;
/// The most columns. Beyond it nested objects stay whole.
const MOST_COLUMNS: usize = 400;

/// A column with its values: one a record.
#[derive(Debug, Clone)]
pub(super) struct Column<'a> {
    /// The column's name.
    pub name: String,
    /// Where it stands in a record.
    pub place: Place,
    /// Its values. `None`: the record has no such member.
    pub values: Vec<Option<&'a Node>>,
}

/// The columns of records, in the order in which they are met.
pub(super) fn columns<'a>(records: &[&'a Node]) -> Vec<Column<'a>> {
    let values: Vec<Option<&Node>> = records.iter().map(|record| Some(*record)).collect();
    if !records.iter().any(|record| matches!(record, Node::Object(members) if !members.is_empty())) {
        let whole = Column { name: "value".to_owned(), place: Place::default(), values };
        return if records.is_empty() || records.iter().all(|record| record.members().is_some()) {
            Vec::new()
        } else {
            vec![whole]
        };
    }
    for depth in [MOST_DEPTH, 0] {
        let mut columns = Vec::new();
        collect(&values, &Place::default(), depth, &mut columns);
        if columns.len() <= MOST_COLUMNS || depth == 0 {
            columns.truncate(MOST_COLUMNS * 2);
            name(&mut columns);
            return columns;
        }
    }
    Vec::new()
}

fn collect<'a>(values: &[Option<&'a Node>], place: &Place, depth: usize, columns: &mut Vec<Column<'a>>) {
    let mut order: Vec<&str> = Vec::new();
    let mut members: HashMap<&str, Vec<Option<&'a Node>>> = HashMap::new();
    for (row, value) in values.iter().enumerate() {
        for (name, member) in value.and_then(Node::members).unwrap_or_default() {
            let column = members.entry(name).or_insert_with(|| {
                order.push(name);
                vec![None; values.len()]
            });
            column[row] = Some(member);
        }
    }
    for name in order {
        let Some(values) = members.remove(name) else { continue };
        let place = place.key(name);
        if depth > 0 && structure(&values) {
            collect(&values, &place, depth - 1, columns);
        } else {
            columns.push(Column { name: String::new(), place, values });
        }
    }
}

/// Whether values are objects of one shape, to be taken apart.
fn structure(values: &[Option<&Node>]) -> bool {
    let mut names: HashMap<&str, usize> = HashMap::new();
    let mut objects = 0;
    for value in values.iter().flatten() {
        match value {
            Node::Null => {}
            Node::Object(members) => {
                objects += 1;
                members.iter().for_each(|(name, _)| *names.entry(name).or_default() += 1);
            }
            _ => return false,
        }
    }
    let common = names.values().filter(|count| **count * 2 >= objects).count();
    let data = names.len() > MOST_MEMBERS || (objects >= 5 && names.len() >= 5 && common * 3 < names.len());
    objects > 0 && !names.is_empty() && !data
}

/// Names that a table can bear, all different.
fn name(columns: &mut [Column<'_>]) {
    let mut taken: HashMap<String, usize> = HashMap::new();
    for column in columns {
        let parts = column
            .place
            .0
            .iter()
            .filter_map(|step| if let Step::Key(name) = step { Some(name.as_str()) } else { None });
        let base = safe(&parts.collect::<Vec<_>>().join("_"));
        let mut name = base.clone();
        let mut number = 1;
        while taken.contains_key(&name.to_lowercase()) {
            number += 1;
            let tail = format!("_{number}");
            name = base.chars().take(63 - tail.len()).collect::<String>() + &tail;
        }
        taken.insert(name.to_lowercase(), 1);
        column.name = name;
    }
}

/// A name of letters, digits, `_` and `-`, at most 63 characters.
fn safe(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' || c == '-' {
            out.push(c);
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    let trimmed = if text.starts_with('_') { out.trim_end_matches('_') } else { out.trim_matches('_') };
    let cut: String = trimmed.trim_start_matches('-').chars().take(63).collect();
    if cut.is_empty() { "column".to_owned() } else { cut }
}

#[cfg(test)]
mod tests {
    use super::columns;
    use crate::detect::node::Node;

    fn names(text: &str) -> String {
        let root = Node::parse(text).unwrap();
        let records: Vec<&Node> = root.items().unwrap().iter().collect();
        columns(&records)
            .iter()
            .map(|column| format!("{}={}", column.name, column.place.path()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn takes_objects_apart() {
        let cases = [
            (r#"[{"id":1,"user":{"name":"x","at":{"z":1}}}]"#, "id=$.id user_name=$.user.name user_at_z=$.user.at.z"),
            (r#"[{"a":1},{"b":2}]"#, "a=$.a b=$.b"),
            (r#"[{"a":{"b":1},"a_b":2,"A_B":3}]"#, "a_b=$.a.b a_b_2=$.a_b A_B_3=$.A_B"),
            (r#"[{"x":{}},{"x":null}]"#, "x=$.x"),
            (r#"[{"x":{"y":1}},{"x":"text"}]"#, "x=$.x"),
            (
                r#"[{"名前":1,"größe (cm)":2,"@id":3,"":4}]"#,
                "名前=$.名前 größe_cm=$['größe (cm)'] id=$['@id'] column=$['']",
            ),
            (r#"[{"a":{"b":{"c":{"d":{"e":1}}}}}]"#, "a_b_c_d=$.a.b.c.d"),
            (r#"[1,2]"#, "value=$"),
            (r#"[{"_id":1}]"#, "_id=$._id"),
        ];
        for (text, expected) in cases {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
