//! From the staging table into the stream's: one statement a commit.

use super::name::{list, quoted};
use super::schema::{DELETED_AT, Entries};
use definition::model::Deletions;
use engine::sink::StreamShape;

/// The statements of an upsert by key.
#[derive(Debug, Clone, Default)]
pub(super) struct Merge {
    /// Makes the staging table, for this connection alone.
    pub stage: String,
    /// Copies records into it.
    pub copy: String,
    /// Inserts and updates; gives the counts of both.
    pub upsert: String,
}

/// The place of a record among those of its commit: of several with one key the last counts.
const PLACE: &str = "_tapwright_place";

/// The staging table.
pub(super) const STAGE: &str = "pg_temp._tapwright_stage";

impl Merge {
    /// Of a stream's table.
    pub(super) fn new(table: &str, entries: &Entries, shape: &StreamShape) -> Self {
        let columns = columns(entries, shape);
        let types: Vec<String> = typed(entries, shape);
        let names = list(columns.iter().map(String::as_str));
        let key = list(entries.key.iter().map(String::as_str));
        let others: Vec<String> =
            columns.iter().filter(|column| !entries.key.contains(column)).map(|column| quoted(column)).collect();
        let join = |with: &dyn Fn(&String) -> String| others.iter().map(with).collect::<Vec<_>>().join(", ");
        let mut set = join(&|column| format!("{column} = excluded.{column}"));
        let mut differs = match others.is_empty() {
            true => "false".to_owned(),
            false => format!(
                "({}) IS DISTINCT FROM ({})",
                join(&|column| format!("t.{column}")),
                join(&|column| format!("excluded.{column}"))
            ),
        };
        if entries.deleted {
            let at = quoted(DELETED_AT);
            set = if set.is_empty() { format!("{at} = NULL") } else { format!("{set}, {at} = NULL") };
            differs = format!("({differs} OR t.{at} IS NOT NULL)");
        }
        let conflict = match set.is_empty() {
            true => "DO NOTHING".to_owned(),
            false => format!("DO UPDATE SET {set} WHERE {differs}"),
        };
        Self {
            stage: format!(
                "DROP TABLE IF EXISTS {STAGE}; CREATE TEMP TABLE _tapwright_stage ({}, {PLACE} bigint) ON COMMIT DELETE ROWS",
                types.join(", ")
            ),
            copy: format!("COPY {STAGE} ({names}, {PLACE}) FROM STDIN"),
            // xmax is 0 in a row that this statement inserted.
            upsert: format!(
                "WITH done AS (INSERT INTO {table} AS t ({names}) SELECT {names} FROM (SELECT DISTINCT ON ({key}) * FROM \
                 {STAGE} ORDER BY {key}, {PLACE} DESC) s ON CONFLICT ({key}) {conflict} RETURNING (xmax = 0) AS fresh) \
                 SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh) FROM done"
            ),
        }
    }
}

/// The columns that records of the stream have values for, in the order of its batches.
pub(super) fn columns(entries: &Entries, shape: &StreamShape) -> Vec<String> {
    let fields = shape.columns.iter().filter_map(|column| entries.of(&column.name)).map(|entry| entry.column.clone());
    fields.chain(entries.extra.clone().filter(|_| shape.extras)).collect()
}

fn typed(entries: &Entries, shape: &StreamShape) -> Vec<String> {
    let fields = shape.columns.iter().filter_map(|column| entries.of(&column.name));
    let mut typed: Vec<String> =
        fields.map(|entry| format!("{} {}", quoted(&entry.column), entry.kind.sql())).collect();
    typed.extend(entries.extra.iter().filter(|_| shape.extras).map(|extra| format!("{} jsonb", quoted(extra))));
    typed
}

/// How many rows of the new table the old one had before, as multisets; the whole rows are compared.
pub(super) fn unchanged(old: &str, new: &str, columns: &[String]) -> String {
    let names = list(columns.iter().map(String::as_str));
    format!("SELECT count(*) FROM (SELECT {names} FROM {new} INTERSECT ALL SELECT {names} FROM {old}) same")
}

/// The statement that ends a read that covers everything: what it did not meet is gone.
pub(super) fn gone(how: Deletions, table: &str, met: &str, key: &[String]) -> String {
    let same: Vec<String> = key.iter().map(|column| format!("m.{0} = t.{0}", quoted(column))).collect();
    let gone = format!("NOT EXISTS (SELECT 1 FROM {met} m WHERE {})", same.join(" AND "));
    match how {
        Deletions::Remove => format!("DELETE FROM {table} t WHERE {gone}"),
        Deletions::Keep | Deletions::Mark => {
            let at = quoted(DELETED_AT);
            format!("UPDATE {table} t SET {at} = now() WHERE t.{at} IS NULL AND {gone}")
        }
    }
}
