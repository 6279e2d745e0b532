//! What is gone where it was read: records that a whole read, or the read of a part (a file), did not meet; and parts
//! that are gone with all of their records.
//!
//! The keys met stand in a table beside, written with their records in one transaction, so that a read that was cut
//! off and went on knows them all.

use super::Failed;
use super::kind::Kind;
use super::merge::gone;
use super::name::{beside, list, quoted};
use super::schema::DELETED_AT;
use super::table::OpenTable;
use definition::model::Deletions;
use engine::sink::Parts;
use sqlx::{AssertSqlSafe, Connection, Row};

/// What the keys that were met tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// Of everything there is: all others are gone at the end of the read.
    Whole,
    /// Of parts: others of a part are gone where the part ends.
    OfParts,
}

impl OpenTable {
    /// Takes what the next write, or the end, does to parts.
    pub(super) async fn parts(&mut self, parts: Parts) -> Result<(), Failed> {
        if parts.anew && self.met.is_none() && !self.shape.key.is_empty() {
            self.remember(&parts.read).await?;
            self.met = Some(Met::OfParts);
        }
        self.parts = parts;
        Ok(())
    }

    /// Begins to remember keys for a read, or goes on with it.
    pub(super) async fn remember(&mut self, read: &str) -> Result<(), Failed> {
        let met = beside("met", &self.shape.name);
        let mirrors = format!("{}._tapwright_mirrors", self.schema);
        let sql = format!("SELECT read FROM {mirrors} WHERE stream = $1");
        let before = sqlx::query(AssertSqlSafe(sql)).bind(&self.shape.name).fetch_optional(&mut self.db).await?;
        let same = before.is_some_and(|row| row.get::<String, _>(0) == read);
        if same && self.exists(&met).await? {
            return Ok(());
        }
        let (at, table) = (self.at(&met), self.at(&self.table));
        let key = list(self.entries.key.iter().map(String::as_str));
        let mut transaction = self.db.begin().await?;
        let make = format!(
            "DROP TABLE IF EXISTS {at}; CREATE TABLE {at} AS SELECT {key} FROM {table} WITH NO DATA; \
             ALTER TABLE {at} ADD PRIMARY KEY ({key})"
        );
        sqlx::raw_sql(AssertSqlSafe(make)).execute(&mut *transaction).await?;
        let sql =
            format!("INSERT INTO {mirrors} VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET read = excluded.read");
        sqlx::query(AssertSqlSafe(sql)).bind(&self.shape.name).bind(read).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Ends the read: what it did not meet is gone, where it covered everything.
    pub(super) async fn forget_met(&mut self, what: Met) -> Result<u64, Failed> {
        let met = self.at(&beside("met", &self.shape.name));
        let sql = gone(self.shape.deletions, &self.at(&self.table), &met, &self.entries.key);
        let deleted = if what == Met::Whole { self.run(sql).await? } else { 0 };
        self.run(format!("DROP TABLE {met}")).await?;
        let sql = format!("DELETE FROM {}._tapwright_mirrors WHERE stream = $1", self.schema);
        sqlx::query(AssertSqlSafe(sql)).bind(&self.shape.name).execute(&mut self.db).await?;
        Ok(deleted)
    }

    /// Lets what parts had and have no more be gone: what of the ended ones the read did not meet, and all of those that
    /// are gone themselves.
    pub(super) async fn end_parts(&mut self) -> Result<u64, Failed> {
        let parts = &self.parts;
        let Some(entry) = self.entries.of(Parts::COLUMN) else { return Ok(0) };
        if parts.how == Deletions::Keep || (parts.ended.is_empty() && parts.gone.is_empty() && parts.there.is_none()) {
            return Ok(0);
        }
        let (table, column) = (self.at(&self.table), quoted(&entry.column));
        let index = match entry.kind {
            // A path may be longer than a B-tree takes.
            Kind::Text => Some(format!(
                "CREATE INDEX IF NOT EXISTS {} ON {table} USING hash ({column})",
                quoted(&beside("parts", &self.shape.name))
            )),
            _ => None,
        };
        let column = if index.is_some() { format!("t.{column}") } else { format!("t.{column}::text") };
        if let Some(index) = index {
            self.run(index).await?;
        }
        let change = match self.parts.how {
            Deletions::Remove => format!("DELETE FROM {table} t WHERE"),
            Deletions::Keep | Deletions::Mark => {
                let at = quoted(DELETED_AT);
                format!("UPDATE {table} t SET {at} = now() WHERE t.{at} IS NULL AND")
            }
        };
        let mut deleted = 0;
        if self.met.is_some() && !self.parts.ended.is_empty() {
            let met = self.at(&beside("met", &self.shape.name));
            let same: Vec<String> =
                self.entries.key.iter().map(|name| format!("m.{0} = t.{0}", quoted(name))).collect();
            let sql = format!(
                "{change} {column} = ANY($1) AND NOT EXISTS (SELECT 1 FROM {met} m WHERE {})",
                same.join(" AND ")
            );
            let ended = self.parts.ended.clone();
            deleted += self.change(sql, ended).await?;
        }
        if !self.parts.gone.is_empty() {
            let gone = self.parts.gone.clone();
            deleted += self.change(format!("{change} {column} = ANY($1)"), gone).await?;
        }
        if let Some(there) = self.parts.there.clone() {
            let sql = format!(
                "{change} {column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unnest($1::text[]) p(part) WHERE p.part = \
                 {column})"
            );
            deleted += self.change(sql, there).await?;
        }
        Ok(deleted)
    }

    async fn change(&mut self, sql: String, parts: Vec<String>) -> Result<u64, Failed> {
        let done = sqlx::query(AssertSqlSafe(sql)).bind(parts).execute(&mut self.db).await?;
        Ok(done.rows_affected())
    }
}
