//! Actions that write to a table: a row added, changed, put or removed, with a parameter a column.

use crate::catalogue::{CatalogueColumn, CatalogueTable};
use crate::propose::slug;
use definition::model::{Action, ActionKind, DatabaseWrite, Param, Stream, WriteKind};

/// The longest name of a parameter.
const LONGEST: usize = 60;

/// A column, and the parameter that it is made of.
struct Pair<'a> {
    column: &'a CatalogueColumn,
    param: Param,
}

/// The actions of a stream's table, and what a person should know of them.
pub fn actions(stream: &Stream, table: &CatalogueTable) -> (Vec<Action>, Vec<String>) {
    let what = &table.name;
    if table.view {
        return (Vec::new(), vec![format!("{what}: a view, so no actions are proposed.")]);
    }
    let pairs = pairs(table);
    let (key, others): (Vec<&Pair<'_>>, Vec<&Pair<'_>>) =
        pairs.iter().partition(|pair| table.key.contains(&pair.column.name));
    let all: Vec<&Pair<'_>> = pairs.iter().collect();
    let keyed: Vec<&Pair<'_>> = key.iter().chain(&others).copied().collect();
    let mut made = vec![action(stream, table, WriteKind::Insert, &all)];
    if key.is_empty() || key.len() != table.key.len() {
        let note = format!("{what}: no key, so rows can be added, and none be changed or removed.");
        return (made, vec![note]);
    }
    if !others.is_empty() {
        made.push(action(stream, table, WriteKind::Update, &keyed));
    }
    made.push(action(stream, table, WriteKind::Upsert, &keyed));
    made.push(action(stream, table, WriteKind::Delete, &key));
    let names: Vec<&str> = made.iter().map(|action| action.name.as_str()).collect();
    let note = format!("{what}: actions {}; rows are told by {}.", names.join(", "), table.key.join(", "));
    (made, vec![note])
}

fn action(stream: &Stream, table: &CatalogueTable, write: WriteKind, pairs: &[&Pair<'_>]) -> Action {
    let (kind, does) = match write {
        WriteKind::Insert => (ActionKind::Create, "Adds a row to"),
        WriteKind::Update => (ActionKind::Update, "Changes the row with the key in"),
        WriteKind::Upsert => (ActionKind::Update, "Changes the row with the key, or adds it, in"),
        WriteKind::Delete => (ActionKind::Delete, "Removes the row with the key from"),
    };
    let keyed = write != WriteKind::Insert;
    let params = pairs.iter().map(|pair| {
        let required = keyed && table.key.contains(&pair.column.name);
        Param { required, ..pair.param.clone() }
    });
    // Each parameter goes to the column of its name by itself.
    let renamed = pairs.iter().any(|pair| pair.param.name != pair.column.name);
    let value = |pair: &&Pair<'_>| (pair.column.name.clone(), format!("{{{{ params.{} }}}}", pair.param.name).into());
    let values = pairs.iter().filter(|_| renamed).map(value).collect();
    Action {
        name: format!("{}_{}", write.as_str(), slug(&stream.name, '_')),
        kind,
        description: format!("{does} {}.", table.name),
        stream: Some(stream.name.clone()),
        params: params.collect(),
        request: None,
        database: Some(DatabaseWrite {
            write,
            key: if keyed { table.key.clone() } else { Vec::new() },
            values,
            ..DatabaseWrite::default()
        }),
        response: None,
        responses: Vec::new(),
        idempotency_header: None,
    }
}

/// A parameter for each column, by its name where that is a name for expressions.
fn pairs(table: &CatalogueTable) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for column in &table.columns {
        let mut wanted = slug(&column.name, '_');
        wanted.truncate(LONGEST);
        if wanted.starts_with(|first: char| first.is_ascii_digit()) {
            wanted.insert(0, '_');
        }
        let taken = |name: &str| {
            let same = |pair: &Pair<'_>| pair.param.name.eq_ignore_ascii_case(name);
            // Another column's own name is not given away.
            let own = |other: &CatalogueColumn| other.name != column.name && other.name == name;
            pairs.iter().any(same) || table.columns.iter().any(own)
        };
        let (mut name, mut number) = (wanted.clone(), 2);
        while taken(&name) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        let title = if name == column.name { String::new() } else { column.name.clone() };
        let told = column.comment.clone().unwrap_or_default();
        let description = match (column.nullable || table.key.contains(&column.name), told.is_empty()) {
            (true, _) => told,
            (false, true) => "Never null.".to_owned(),
            (false, false) => format!("{told} Never null."),
        };
        pairs.push(Pair { column, param: Param { name, kind: column.kind, title, description, ..Param::default() } });
    }
    pairs
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Catalogue, CatalogueColumn, CatalogueTable};
    use crate::propose::definition;
    use definition::model::FieldType;
    use engine::source::database::DatabaseServer;

    fn table(name: &str, columns: &[(&str, FieldType)], key: &[&str]) -> CatalogueTable {
        let column = |(name, kind): &(&str, FieldType)| CatalogueColumn {
            name: (*name).to_owned(),
            kind: *kind,
            ..CatalogueColumn::default()
        };
        CatalogueTable {
            name: name.to_owned(),
            table: name.to_owned(),
            columns: columns.iter().map(column).collect(),
            key: key.iter().map(|name| (*name).to_owned()).collect(),
            ..CatalogueTable::default()
        }
    }

    #[test]
    fn what_can_be_written_is_proposed_and_has_no_faults() {
        let odd = [
            ("Key 'A'", FieldType::Integer),
            ("Key_A", FieldType::String),
            ("2nd", FieldType::Decimal),
            ("größe", FieldType::Json),
            ("\"", FieldType::String),
        ];
        let catalogue = Catalogue {
            tables: vec![
                table("orders", &[("id", FieldType::Integer), ("note", FieldType::String)], &["id"]),
                table("odd", &odd, &["Key 'A'"]),
                table("links", &[("a", FieldType::Integer), ("b", FieldType::Integer)], &["a", "b"]),
                table("log", &[("line", FieldType::String)], &[]),
                CatalogueTable { view: true, ..table("seen", &[("id", FieldType::Integer)], &["id"]) },
            ],
        };
        let server = DatabaseServer { url: "sqlite:/x.db".to_owned(), username: None, password: None };
        let proposal = definition("Shop", &server, &catalogue, &[]).unwrap();
        let proposal = proposal.with_actions(&catalogue, &[]).unwrap();
        let text = definition::to_yaml(&proposal.definition);
        let faults = definition::check(&proposal.definition);
        assert!(faults.is_empty(), "{faults:#?}\n{text}");
        let named = |end: &str| {
            let actions = proposal.definition.actions.iter().filter(|action| action.name.ends_with(end));
            actions.map(|action| action.name.trim_end_matches(end)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(named("_orders"), "insert update upsert delete");
        assert_eq!(named("_odd"), "insert update upsert delete");
        assert_eq!(named("_links"), "insert upsert delete", "all columns are the key");
        assert_eq!(named("_log"), "insert");
        assert_eq!(named("_seen"), "");
        let change = proposal.definition.actions.iter().find(|action| action.name == "update_odd").unwrap();
        let params: Vec<_> = change.params.iter().map(|param| (param.name.as_str(), param.required)).collect();
        assert_eq!(params[0], ("Key_A_2", true), "{params:?}");
        let write = change.database.clone().unwrap();
        assert_eq!(write.values["Key 'A'"], "{{ params.Key_A_2 }}");
        assert_eq!((write.values.len(), write.key), (5, vec!["Key 'A'".to_owned()]));
        let some = definition("Shop", &server, &catalogue, &[]).unwrap();
        let some = some.with_actions(&catalogue, &["links".to_owned()]).unwrap();
        assert!(some.definition.actions.iter().all(|action| action.stream.as_deref() == Some("links")));
        let none = definition("Shop", &server, &catalogue, &[]).unwrap().with_actions(&catalogue, &["nope".to_owned()]);
        assert_eq!(none.unwrap_err().code, "unknown_table");
    }
}
