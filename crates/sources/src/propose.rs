//! A definition of some tables: streams with their fields, keys and cursors, and why.

use crate::catalogue::{Catalogue, CatalogueColumn, CatalogueTable};
use crate::problem::no_tables;
use definition::model::{
    ConfigInput, ConfigType, CursorKind, DatabaseSource, Field, FieldType, Incremental, IncrementalInject, Source,
    Stream,
};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::source::database::DatabaseServer;

/// A definition, and what a person should know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The definition.
    pub definition: Definition,
    /// What was proposed and why, one line a thing.
    pub notes: Vec<String>,
}

/// Makes a definition of the tables named; of all, where none is.
///
/// # Errors
/// Where there is no such table, or none at all.
pub fn definition(
    name: &str,
    server: &DatabaseServer,
    catalogue: &Catalogue,
    chosen: &[String],
) -> Result<Proposal, Problem> {
    let tables: Vec<&CatalogueTable> = match chosen {
        [] => catalogue.tables.iter().collect(),
        chosen => chosen.iter().map(|name| find(catalogue, name)).collect::<Result<_, _>>()?,
    };
    if tables.is_empty() {
        return Err(no_tables());
    }
    let mut definition = draft(name, server);
    let mut notes = Vec::new();
    for table in tables {
        let (mut stream, mut more) = stream(server, table);
        let wanted = stream.name.clone();
        let mut number = 2;
        while definition.streams.iter().any(|other| other.name.eq_ignore_ascii_case(&stream.name)) {
            stream.name = format!("{wanted}_{number}");
            number += 1;
        }
        definition.streams.push(stream);
        notes.append(&mut more);
    }
    Ok(Proposal { definition, notes })
}

impl Proposal {
    /// The same with actions that write to the tables named; to all of its streams, where none is.
    ///
    /// # Errors
    /// Where no stream is read from such a table.
    pub fn with_actions(mut self, catalogue: &Catalogue, chosen: &[String]) -> Result<Self, Problem> {
        let chosen: Vec<&CatalogueTable> = chosen.iter().map(|name| find(catalogue, name)).collect::<Result<_, _>>()?;
        let table_of = |stream: &Stream| match &stream.source {
            Source::Database(source) => source.table.clone(),
            Source::Http | Source::Files(_) => None,
        };
        if let Some(unread) = chosen
            .iter()
            .find(|table| !self.definition.streams.iter().any(|one| table_of(one).as_ref() == Some(&table.name)))
        {
            return Err(unknown(format!("`{}` is not among the tables that are read.", unread.name)));
        }
        for stream in &self.definition.streams {
            let Some(name) = table_of(stream) else { continue };
            let Some(table) = catalogue.tables.iter().find(|table| table.name == name) else { continue };
            if chosen.is_empty() || chosen.iter().any(|one| one.name == name) {
                let (actions, notes) = crate::propose_actions::actions(stream, table);
                self.definition.actions.extend(actions);
                self.notes.extend(notes);
            }
        }
        Ok(self)
    }
}

/// A definition without streams: what is known before tables are chosen.
pub fn draft(name: &str, server: &DatabaseServer) -> Definition {
    Definition {
        name: slug(name, '-').to_lowercase(),
        title: name.to_owned(),
        version: "0.1.0".to_owned(),
        config: inputs(server),
        ..Definition::default()
    }
}

fn find<'a>(catalogue: &'a Catalogue, name: &str) -> Result<&'a CatalogueTable, Problem> {
    let exact =
        catalogue.tables.iter().find(|table| table.name == name || (table.schema.is_none() && table.table == name));
    exact.ok_or_else(|| {
        let names: Vec<_> = catalogue.tables.iter().map(|table| table.name.as_str()).take(40).collect();
        unknown(format!("There is no table `{name}` that this user may read. Tables: {}.", names.join(", ")))
    })
}

fn unknown(message: String) -> Problem {
    Problem::new("unknown_table", ProblemKind::Config, Stage::Open, message).hint("`tapwright tables URL` lists them.")
}

/// Whether a database is a file.
pub fn file_of(server: &DatabaseServer) -> bool {
    server.url.starts_with("sqlite:")
}

/// Inputs for the credentials: a file has none.
fn inputs(server: &DatabaseServer) -> Vec<ConfigInput> {
    if file_of(server) {
        return Vec::new();
    }
    let user = ConfigInput {
        name: "username".to_owned(),
        title: "User name".to_owned(),
        default: server.username.clone().map(Into::into),
        ..ConfigInput::default()
    };
    let password = ConfigInput {
        name: "password".to_owned(),
        kind: ConfigType::Secret,
        title: "Password".to_owned(),
        required: server.password.is_some(),
        ..ConfigInput::default()
    };
    vec![user, password]
}

/// A stream of a table, and why it is as it is.
pub fn stream(server: &DatabaseServer, table: &CatalogueTable) -> (Stream, Vec<String>) {
    let file = file_of(server);
    let source = DatabaseSource {
        url: server.url.as_str().into(),
        username: (!file).then(|| "{{ config.username }}".into()),
        password: (!file).then(|| "{{ config.password }}".into()),
        table: Some(table.name.clone()),
        ..DatabaseSource::default()
    };
    let fields: Vec<Field> = table.columns.iter().map(field).collect();
    let mut notes = Vec::new();
    let what = &table.name;
    let key: Vec<String> =
        if table.key.iter().all(|name| definition::valid_field_name(name)) { table.key.clone() } else { Vec::new() };
    if key.is_empty() {
        notes.push(format!(
            "{what}: no key, so each run reads it whole in one go, and a read that is cut off begins anew."
        ));
    } else {
        notes.push(format!("{what}: key {}, by its primary key or a unique index.", key.join(", ")));
    }
    let cursor = (!key.is_empty()).then(|| cursor(table)).flatten();
    let incremental = cursor.map(|(column, why)| {
        notes.push(format!("{what}: only what changed, by {}: {why}.", column.name));
        Incremental {
            cursor: path(&column.name),
            kind: if column.kind == FieldType::Integer { CursorKind::Integer } else { CursorKind::Datetime },
            formats: Vec::new(),
            start: None,
            end: None,
            step: None,
            granularity: None,
            lookback: None,
            inject: IncrementalInject::default(),
            data_feed: false,
        }
    });
    let name = match &table.schema {
        Some(schema) => slug(&format!("{schema}_{}", table.table), '_'),
        None => slug(&table.table, '_'),
    };
    let stream = Stream { name, source: Source::Database(source), incremental, key, fields, ..Stream::default() };
    (stream, notes)
}

pub(crate) fn field(column: &CatalogueColumn) -> Field {
    let name: String = column.name.chars().filter(|c| !c.is_control()).take(63).collect();
    let name = if name.trim().is_empty() { "column".to_owned() } else { name };
    let from = (name != column.name || !plain(&name)).then(|| path(&column.name));
    let description = column.comment.clone().unwrap_or_default();
    Field { name, from, kind: column.kind, description, ..Field::default() }
}

/// Whether a name needs no quotes in a path.
fn plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A JSONPath to a column.
fn path(name: &str) -> String {
    if plain(name) {
        return format!("$.{name}");
    }
    format!("$['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// The column by which only what changed is read, where one is proposed.
pub fn cursor_column(table: &CatalogueTable) -> Option<&str> {
    let keyed = !table.key.is_empty() && table.key.iter().all(|name| definition::valid_field_name(name));
    cursor(table).filter(|_| keyed).map(|(column, _)| column.name.as_str())
}

/// The column that grows when a row changes, and why it is thought to.
fn cursor(table: &CatalogueTable) -> Option<(&CatalogueColumn, String)> {
    const CHANGED: [&str; 10] = [
        "updatedat",
        "modifiedat",
        "changedat",
        "lastupdated",
        "lastmodified",
        "lastupdate",
        "updatedon",
        "modifiedon",
        "mtime",
        "updatetime",
    ];
    let bare = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let has_index = |column: &CatalogueColumn| table.indexed.contains(&column.name);
    let changed = |column: &&CatalogueColumn| {
        column.kind == FieldType::Datetime && CHANGED.iter().any(|word| bare(&column.name).ends_with(word))
    };
    let found: Vec<_> = table.columns.iter().filter(changed).collect();
    let Some(best) = found.iter().find(|column| has_index(column)).or(found.first()) else { return growing(table) };
    let why = match has_index(best) {
        true => "its name says when a row changed, and it has an index",
        false => "its name says when a row changed; an index would make runs faster",
    };
    Some((best, why.to_owned()))
}

/// The number that grows with each row, where rows look as if they are only ever added.
fn growing(table: &CatalogueTable) -> Option<(&CatalogueColumn, String)> {
    const ADDED: [&str; 8] =
        ["createdat", "createdon", "insertedat", "addedat", "occurredat", "loggedat", "recordedat", "happenedat"];
    const LOGS: [&str; 6] = ["log", "event", "audit", "history", "journal", "message"];
    let bare = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let [key] = table.key.as_slice() else { return None };
    let column = table.columns.iter().find(|column| column.name == *key && column.kind == FieldType::Integer)?;
    let added = |column: &CatalogueColumn| ADDED.iter().any(|word| bare(&column.name).ends_with(word));
    let named = LOGS.iter().any(|word| bare(&table.table).trim_end_matches('s').ends_with(word));
    if table.view || !(named || table.columns.iter().any(added)) {
        return None;
    }
    let why = "a key that grows, in a table whose rows seem only to be added. Low confidence: where rows change later, \
               take `incremental` out, or each change is missed";
    Some((column, why.to_owned()))
}

/// A name of letters, digits and signs that names may have.
pub(crate) fn slug(name: &str, joint: char) -> String {
    let mut out = String::new();
    for c in name.trim().chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.ends_with(joint) && !out.is_empty() {
            out.push(joint);
        }
    }
    let mut out = out.trim_matches(['-', '_']).to_owned();
    out.truncate(60);
    match out.chars().next() {
        None => "table".to_owned(),
        Some(first) if first.is_ascii_digit() && joint == '_' => format!("_{out}"),
        Some(_) => out,
    }
}

#[cfg(test)]
mod tests {
    use super::definition;
    use crate::catalogue::{Catalogue, CatalogueColumn, CatalogueTable};
    use definition::model::FieldType;
    use engine::source::database::DatabaseServer;

    #[test]
    fn a_growing_key_is_the_cursor_of_rows_that_are_only_added() {
        let column = |name: &str, kind| CatalogueColumn { name: name.to_owned(), kind, ..CatalogueColumn::default() };
        let server = DatabaseServer { url: "sqlite:x".to_owned(), username: None, password: None };
        let (id, at) = (column("id", FieldType::Integer), |name: &str| column(name, FieldType::Datetime));
        for (table, columns, cursor) in [
            ("orders", vec![id.clone(), at("created_at")], Some("$.id")),
            ("audit_logs", vec![id.clone()], Some("$.id")),
            ("orders", vec![id.clone(), at("created_at"), at("updated_at")], Some("$.updated_at")),
            ("orders", vec![id.clone(), at("shipped_at")], None),
            ("events", vec![column("id", FieldType::String)], None),
        ] {
            let (name, key) = (table.to_owned(), vec!["id".to_owned()]);
            let table = CatalogueTable { name: name.clone(), table: name, columns, key, ..CatalogueTable::default() };
            let (stream, notes) = super::stream(&server, &table);
            let found = stream.incremental.map(|incremental| incremental.cursor);
            assert_eq!(found.as_deref(), cursor, "{notes:?}");
            assert_eq!(cursor == Some("$.id"), notes.iter().any(|note| note.contains("Low confidence")), "{notes:?}");
        }
    }

    #[test]
    fn a_proposal_has_no_faults_and_no_password() {
        let column = |name: &str, kind| CatalogueColumn { name: name.to_owned(), kind, ..CatalogueColumn::default() };
        let table = CatalogueTable {
            name: "public.\"Odd. Table\"".to_owned(),
            table: "Odd. Table".to_owned(),
            columns: vec![
                column("Key 'A'", FieldType::Integer),
                column("updated_at", FieldType::Datetime),
                column("größe", FieldType::Decimal),
            ],
            key: vec!["Key 'A'".to_owned()],
            indexed: vec!["updated_at".to_owned()],
            ..CatalogueTable::default()
        };
        let catalogue = Catalogue { tables: vec![table.clone(), table] };
        let server = DatabaseServer {
            url: "postgres://db.test/shop".to_owned(),
            username: Some("reader".to_owned()),
            password: Some(definition::Secret::new("hidden-1")),
        };
        let proposal = definition("Shop", &server, &catalogue, &[]).unwrap();
        let text = definition::to_yaml(&proposal.definition);
        assert!(!text.contains("hidden-1"));
        let faults = definition::check(&proposal.definition);
        assert!(faults.is_empty(), "{faults:#?}\n{text}");
        assert_eq!(
            proposal.definition.streams.iter().map(|stream| stream.name.as_str()).collect::<Vec<_>>(),
            ["Odd_Table", "Odd_Table_2"]
        );
        assert!(proposal.definition.streams[0].incremental.is_some());
        assert!(!text.contains("on_error"), "{text}");
        let missing = definition("Shop", &server, &catalogue, &["nope".to_owned()]);
        assert_eq!(missing.unwrap_err().code, "unknown_table");
    }
}
