//! What the database knows of a stream's table, and bringing the table to what the stream needs.

use super::Failed;
use super::kind::Kind;
use super::name::{free, list, quoted};
use definition::model::{Deletions, FieldType};
use definition::{Problem, ProblemKind, Stage};
use engine::sink::StreamShape;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgConnection, Row};

/// The column of the members that no field took.
const EXTRA: &str = "_extra";
/// The column that tells when a record was found to be gone.
pub(super) const DELETED_AT: &str = "_deleted_at";

/// One column of a table that this sink made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The field that goes into it.
    pub name: String,
    /// The column's own name.
    pub column: String,
    /// The field's type.
    pub field: FieldType,
    /// The column's type: the field's, or a wider one.
    pub kind: Kind,
}

/// A table that this sink made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entries {
    /// Its columns, in order; those of fields that left among them.
    pub columns: Vec<Entry>,
    /// The key's columns, by their own names.
    pub key: Vec<String>,
    /// The column of the members that no field took, where it has one.
    pub extra: Option<String>,
    /// Whether it has the column of records that are gone.
    pub deleted: bool,
}

impl Entries {
    /// The entry of a field.
    pub(super) fn of(&self, field: &str) -> Option<&Entry> {
        self.columns.iter().find(|entry| entry.name == field)
    }

    fn taken(&self, name: &str) -> bool {
        self.columns.iter().any(|entry| entry.column == name) || self.extra.as_deref() == Some(name)
    }

    /// What the table has to become to take a stream.
    pub(super) fn merged(&self, shape: &StreamShape) -> Result<Self, Problem> {
        let mut merged = self.clone();
        merged.key.clear();
        for column in &shape.columns {
            let kind = Kind::of(column.kind);
            match merged.columns.iter_mut().find(|entry| entry.name == column.name) {
                Some(entry) if entry.field == column.kind => {}
                Some(entry) => (entry.field, entry.kind) = (column.kind, kind),
                None => {
                    let free = free(&column.name, |name| merged.taken(name) || name == DELETED_AT);
                    merged.columns.push(Entry { name: column.name.clone(), column: free, field: column.kind, kind });
                }
            }
        }
        if shape.extras && merged.extra.is_none() {
            merged.extra = Some(free(EXTRA, |name| merged.taken(name)));
        }
        merged.deleted = merged.deleted || shape.deletions == Deletions::Mark;
        for name in &shape.key {
            let entry = merged.of(name).ok_or_else(|| no_key(&shape.name, name))?;
            merged.key.push(entry.column.clone());
        }
        Ok(merged)
    }

    /// The columns as a table is made of them.
    fn definitions(&self) -> Vec<String> {
        let mut parts: Vec<String> =
            self.columns.iter().map(|entry| format!("{} {}", quoted(&entry.column), entry.kind.sql())).collect();
        parts.extend(self.extra.iter().map(|extra| format!("{} jsonb", quoted(extra))));
        if self.deleted {
            parts.push(format!("{} timestamptz", quoted(DELETED_AT)));
        }
        parts
    }

    /// The statement that makes the table.
    pub(super) fn create(&self, table: &str, keyed: bool) -> String {
        let mut parts = self.definitions();
        if keyed && !self.key.is_empty() {
            parts.push(format!("PRIMARY KEY ({})", list(self.key.iter().map(String::as_str))));
        }
        format!("CREATE TABLE {table} ({})", parts.join(", "))
    }

    /// The statements that bring a table from these columns to others.
    pub(super) fn alter(&self, table: &str, to: &Self, keyed: bool) -> Vec<String> {
        let mut changes = Vec::new();
        let alter = |change: String| format!("ALTER TABLE {table} {change}");
        for entry in &to.columns {
            let column = quoted(&entry.column);
            let kind = entry.kind.sql();
            match self.columns.iter().find(|old| old.column == entry.column) {
                None => changes.push(alter(format!("ADD COLUMN {column} {kind}"))),
                Some(old) if old.kind != entry.kind => {
                    let using = match (old.kind, entry.kind) {
                        // The text of a JSON string is the text in it.
                        (Kind::Jsonb, Kind::Text) => format!("{column} #>> '{{}}'"),
                        (_, Kind::Jsonb) => format!("to_jsonb({column})"),
                        _ => format!("{column}::text::{kind}"),
                    };
                    changes.push(alter(format!("ALTER COLUMN {column} TYPE {kind} USING {using}")));
                }
                Some(_) => {}
            }
        }
        if let (Some(extra), None) = (&to.extra, &self.extra) {
            changes.push(alter(format!("ADD COLUMN {} jsonb", quoted(extra))));
        }
        if to.deleted && !self.deleted {
            changes.push(alter(format!("ADD COLUMN {} timestamptz", quoted(DELETED_AT))));
        }
        if keyed && self.key != to.key {
            if !self.key.is_empty() {
                changes.push(drop_key(table));
            }
            if !to.key.is_empty() {
                let key = list(to.key.iter().map(String::as_str));
                changes.push(alter(format!("ADD PRIMARY KEY ({key})")));
            }
        }
        changes
    }
}

/// Drops a table's primary key, whatever it is called.
fn drop_key(table: &str) -> String {
    let text = table.replace('\'', "''");
    format!(
        "DO $$ DECLARE name text; BEGIN SELECT conname INTO name FROM pg_constraint WHERE contype = 'p' AND \
         conrelid = '{text}'::regclass; IF name IS NOT NULL THEN EXECUTE format('ALTER TABLE {text} DROP CONSTRAINT \
         %I', name); END IF; END $$"
    )
}

fn no_key(stream: &str, name: &str) -> Problem {
    let message = format!("The stream {stream} has the key {name}, and no field of that name.");
    Problem::new("no_key_column", ProblemKind::Config, Stage::Write, message)
        .hint("Add the field, or choose another key.")
}

/// The bookkeeping tables of a schema.
pub(super) fn prepare(schema: &str) -> Vec<String> {
    let at = |name: &str| format!("{schema}.{}", quoted(name));
    vec![
        format!(
            "CREATE TABLE IF NOT EXISTS {} (stream text PRIMARY KEY, entries text NOT NULL)",
            at("_tapwright_streams")
        ),
        format!("CREATE TABLE IF NOT EXISTS {} (stream text PRIMARY KEY, state text NOT NULL)", at("_tapwright_state")),
        format!(
            "CREATE TABLE IF NOT EXISTS {} (stream text, partition text, state text NOT NULL, PRIMARY KEY (stream, \
             partition))",
            at("_tapwright_partitions")
        ),
        format!(
            "CREATE TABLE IF NOT EXISTS {} (stream text PRIMARY KEY, read text NOT NULL)",
            at("_tapwright_mirrors")
        ),
    ]
}

/// How a table was made. None: this sink made none.
pub(super) async fn load(db: &mut PgConnection, schema: &str, table: &str) -> Result<Option<Entries>, Failed> {
    let sql = format!("SELECT entries FROM {schema}._tapwright_streams WHERE stream = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(table).fetch_optional(db).await?;
    Ok(row.and_then(|row| serde_json::from_str(row.get(0)).ok()))
}

/// Keeps how a table was made.
pub(super) async fn keep(db: &mut PgConnection, schema: &str, table: &str, entries: &Entries) -> Result<(), Failed> {
    let sql = format!(
        "INSERT INTO {schema}._tapwright_streams VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET entries = \
         excluded.entries"
    );
    let text = serde_json::to_string(entries).unwrap_or_default();
    sqlx::query(AssertSqlSafe(sql)).bind(table).bind(text).execute(db).await?;
    Ok(())
}

/// Forgets how a table was made.
pub(super) async fn forget(db: &mut PgConnection, schema: &str, table: &str) -> Result<(), Failed> {
    let sql = format!("DELETE FROM {schema}._tapwright_streams WHERE stream = $1");
    sqlx::query(AssertSqlSafe(sql)).bind(table).execute(db).await?;
    Ok(())
}
