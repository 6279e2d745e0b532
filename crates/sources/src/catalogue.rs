//! What a database says of its tables: columns, types, keys, indexes, estimates.

use crate::address::{Address, To};
use crate::conn::{Conn, connect};
use crate::problem::{told, too_slow};
use crate::sql::Dialect;
use definition::Problem;
use definition::model::FieldType;
use engine::source::database::DatabaseServer;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Row};
use std::collections::BTreeMap;
use std::time::Duration;

/// How long reading the catalogue may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A database's tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The tables and views, by schema and name.
    pub tables: Vec<CatalogueTable>,
}

/// A table or a view.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CatalogueTable {
    /// Its name as a definition writes it: `schema.table`.
    pub name: String,
    /// Its schema, where it is not the usual one.
    pub schema: Option<String>,
    /// Its own name.
    pub table: String,
    /// Whether it is a view.
    pub view: bool,
    /// About how many rows it has, where the database knows.
    pub rows: Option<u64>,
    /// Its columns.
    pub columns: Vec<CatalogueColumn>,
    /// The columns of its primary key, or of a unique index without nulls; empty: it has none.
    pub key: Vec<String>,
    /// The columns that an index begins with.
    pub indexed: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CatalogueColumn {
    /// Its name.
    pub name: String,
    /// Its type, in the database's words.
    pub type_name: String,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it becomes.
    pub kind: FieldType,
    /// What the database says of it.
    pub comment: Option<String>,
}

/// Reads the catalogue.
///
/// # Errors
/// Where the database can't be reached or refuses.
pub async fn catalogue(server: &DatabaseServer) -> Result<Catalogue, Problem> {
    let address = Address::of(server)?;
    let mut conn = connect(&address, false).await?;
    let reading = async {
        match &mut conn {
            Conn::Postgres(conn) => {
                let columns = sqlx::query(POSTGRES).fetch_all(&mut **conn).await?;
                let keys = sqlx::query(POSTGRES_KEYS).fetch_all(&mut **conn).await?;
                let columns = columns.iter().map(line).collect::<Result<Vec<_>, _>>()?;
                let keys = keys.iter().map(index).collect::<Result<Vec<_>, _>>()?;
                Ok(tables(Dialect::Postgres, "public", columns, &keys))
            }
            Conn::MySql(conn) => {
                let own = sqlx::query("SELECT CAST(DATABASE() AS CHAR)").fetch_one(&mut **conn).await?;
                let own: Option<String> = own.try_get_unchecked(0)?;
                let columns = sqlx::query(MYSQL).fetch_all(&mut **conn).await?;
                let keys = sqlx::query(MYSQL_KEYS).fetch_all(&mut **conn).await?;
                let columns = columns.iter().map(line).collect::<Result<Vec<_>, _>>()?;
                let keys = keys.iter().map(index).collect::<Result<Vec<_>, _>>()?;
                let mut columns: Vec<Line> = columns;
                // MySQL has no such list: its own type says it.
                let json = sqlx::query(crate::mysql::MARIADB_JSON).fetch_all(&mut **conn).await.unwrap_or_default();
                for row in &json {
                    let text = |at: usize| row.try_get_unchecked::<String, _>(at).unwrap_or_default();
                    let is =
                        |line: &&mut Line| (&line.schema, &line.table, &line.column) == (&text(0), &text(1), &text(2));
                    columns.iter_mut().filter(is).for_each(|line| "json".clone_into(&mut line.type_name));
                }
                Ok(tables(Dialect::MySql, &own.unwrap_or_default(), columns, &keys))
            }
            Conn::Sqlite(conn) => {
                let columns = sqlx::query(SQLITE).fetch_all(&mut **conn).await?;
                let keys = sqlx::query(SQLITE_KEYS).fetch_all(&mut **conn).await?;
                let columns = columns.iter().map(line).collect::<Result<Vec<_>, _>>()?;
                let keys = keys.iter().map(index).collect::<Result<Vec<_>, _>>()?;
                let mut tables = tables(Dialect::Sqlite, "main", columns, &keys);
                for table in tables.iter_mut().filter(|table| !table.view) {
                    // Counting would read it all; the greatest row number is at hand.
                    let name = Dialect::Sqlite.quote(&table.table);
                    let sql = AssertSqlSafe(format!("SELECT max(rowid) FROM {name}"));
                    let most: Option<i64> = sqlx::query_scalar(sql).fetch_one(&mut **conn).await.ok().flatten();
                    table.rows = Some(most.and_then(|most| u64::try_from(most).ok()).unwrap_or_default());
                }
                Ok(tables)
            }
        }
    };
    let tables = match tokio::time::timeout(TIMEOUT, reading).await {
        Ok(tables) => tables.map_err(|error: sqlx::Error| told(&error, &address))?,
        Err(_) => return Err(too_slow(&address, TIMEOUT, "list its tables")),
    };
    debug_assert!(!matches!(address.to, To::Sqlite(_)) || tables.iter().all(|table| table.schema.is_none()));
    Ok(Catalogue { tables })
}

const POSTGRES: &str = "SELECT n.nspname::text, c.relname::text, (c.relkind IN ('v', 'm'))::text, \
    CASE WHEN c.reltuples < 0 THEN NULL ELSE c.reltuples::int8::text END, a.attname::text, \
    format_type(a.atttypid, a.atttypmod), (NOT a.attnotnull)::text, col_description(c.oid, a.attnum) \
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid \
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped \
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' \
    AND n.nspname NOT LIKE 'pg_temp%' AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1, 2, a.attnum";

const POSTGRES_KEYS: &str = "SELECT n.nspname::text, c.relname::text, ic.relname::text, a.attname::text, \
    (CASE WHEN i.indisprimary THEN 2 WHEN i.indisunique AND i.indpred IS NULL THEN 1 ELSE 0 END)::text \
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
    JOIN pg_class ic ON ic.oid = i.indexrelid CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place) \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum \
    WHERE i.indexprs IS NULL AND k.place <= i.indnkeyatts ORDER BY 1, 2, i.indisprimary DESC, 3, k.place";

const MYSQL: &str = "SELECT CAST(c.TABLE_SCHEMA AS CHAR), CAST(c.TABLE_NAME AS CHAR), \
    IF(t.TABLE_TYPE LIKE '%VIEW%', 'true', 'false'), CAST(t.TABLE_ROWS AS CHAR), CAST(c.COLUMN_NAME AS CHAR), \
    CAST(c.COLUMN_TYPE AS CHAR), IF(c.IS_NULLABLE = 'YES', 'true', 'false'), CAST(NULLIF(c.COLUMN_COMMENT, '') AS CHAR) \
    FROM information_schema.COLUMNS c JOIN information_schema.TABLES t \
    ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME \
    WHERE (DATABASE() IS NULL OR c.TABLE_SCHEMA = DATABASE()) \
    AND c.TABLE_SCHEMA NOT IN ('information_schema', 'performance_schema', 'sys') \
    ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, c.ORDINAL_POSITION";

const MYSQL_KEYS: &str = "SELECT CAST(TABLE_SCHEMA AS CHAR), CAST(TABLE_NAME AS CHAR), CAST(INDEX_NAME AS CHAR), \
    CAST(COLUMN_NAME AS CHAR), IF(INDEX_NAME = 'PRIMARY', '2', IF(NON_UNIQUE = 0 AND SUB_PART IS NULL, '1', '0')) \
    FROM information_schema.STATISTICS WHERE (DATABASE() IS NULL OR TABLE_SCHEMA = DATABASE()) AND COLUMN_NAME IS NOT NULL \
    ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME <> 'PRIMARY', INDEX_NAME, SEQ_IN_INDEX";

const SQLITE: &str = "SELECT 'main', s.name, CASE s.type WHEN 'view' THEN 'true' ELSE 'false' END, NULL, c.name, c.type, \
    CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 'false' ELSE 'true' END, NULL \
    FROM sqlite_schema s JOIN pragma_table_info(s.name) c \
    WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.name, c.cid";

const SQLITE_KEYS: &str = "SELECT 'main', s.name, '', c.name, '2' FROM sqlite_schema s JOIN pragma_table_info(s.name) c \
    WHERE s.type = 'table' AND c.pk > 0 UNION ALL SELECT 'main', s.name, i.name, x.name, \
    CASE WHEN i.\"unique\" = 1 AND i.partial = 0 THEN '1' ELSE '0' END FROM sqlite_schema s \
    JOIN pragma_index_list(s.name) i JOIN pragma_index_info(i.name) x WHERE s.type = 'table' AND i.origin <> 'pk' \
    AND x.name IS NOT NULL";

/// A column of a table, as the questions above answer.
struct Line {
    schema: String,
    table: String,
    view: bool,
    rows: Option<u64>,
    column: String,
    type_name: String,
    nullable: bool,
    comment: Option<String>,
}

/// A column of an index: schema, table, index, column, and 2 for the primary key, 1 for a unique one.
type Index = (String, String, String, String, u8);

fn line<'r, R>(row: &'r R) -> Result<Line, sqlx::Error>
where
    R: Row,
    usize: sqlx::ColumnIndex<R>,
    String: sqlx::Decode<'r, R::Database>,
{
    let text = |at: usize| row.try_get_unchecked::<Option<String>, _>(at);
    Ok(Line {
        schema: text(0)?.unwrap_or_default(),
        table: text(1)?.unwrap_or_default(),
        view: text(2)?.as_deref() == Some("true"),
        rows: text(3)?.and_then(|rows| rows.parse().ok()),
        column: text(4)?.unwrap_or_default(),
        type_name: text(5)?.unwrap_or_default(),
        nullable: text(6)?.as_deref() == Some("true"),
        comment: text(7)?,
    })
}

fn index<'r, R>(row: &'r R) -> Result<Index, sqlx::Error>
where
    R: Row,
    usize: sqlx::ColumnIndex<R>,
    String: sqlx::Decode<'r, R::Database>,
{
    let text = |at: usize| row.try_get_unchecked::<Option<String>, _>(at).map(Option::unwrap_or_default);
    Ok((text(0)?, text(1)?, text(2)?, text(3)?, text(4)?.parse().unwrap_or_default()))
}

fn tables(dialect: Dialect, own: &str, lines: Vec<Line>, keys: &[Index]) -> Vec<CatalogueTable> {
    let mut tables: Vec<CatalogueTable> = Vec::new();
    let mut last: Option<(String, String)> = None;
    for line in lines {
        let place = (line.schema.clone(), line.table.clone());
        if last.as_ref() != Some(&place) {
            let indexes = keys.iter().filter(|key| key.0 == place.0 && key.1 == place.1);
            let usual = line.schema == own;
            let parts = match usual && dialect != Dialect::Postgres {
                true => vec![line.table.clone()],
                false => vec![line.schema.clone(), line.table.clone()],
            };
            let mut table = CatalogueTable {
                name: definition::table_name(&parts),
                schema: (!usual).then(|| line.schema.clone()),
                table: line.table.clone(),
                view: line.view,
                rows: line.rows.filter(|_| !line.view),
                ..CatalogueTable::default()
            };
            keep_indexes(&mut table, indexes);
            tables.push(table);
            last = Some(place);
        }
        if let Some(table) = tables.last_mut() {
            let (name, kind) = (line.column, field_type(dialect, &line.type_name));
            let (type_name, nullable, comment) = (line.type_name, line.nullable, line.comment);
            table.columns.push(CatalogueColumn { name, type_name, nullable, kind, comment });
        }
    }
    for table in &mut tables {
        settle_key(table);
    }
    tables
}

/// Notes the indexes; of the unique ones, all that could be a key stand in `key` for now, parted by an empty name.
fn keep_indexes<'a>(table: &mut CatalogueTable, indexes: impl Iterator<Item = &'a Index>) {
    let mut by_name: BTreeMap<(u8, &str), Vec<&str>> = BTreeMap::new();
    for (_, _, index, column, rank) in indexes {
        by_name.entry((2 - (*rank).min(2), index)).or_default().push(column);
    }
    for ((rank, _), columns) in by_name {
        if let Some(first) = columns.first().filter(|first| !table.indexed.iter().any(|known| known == *first)) {
            table.indexed.push((*first).to_owned());
        }
        if rank < 2 {
            table.key.extend(columns.into_iter().map(str::to_owned));
            table.key.push(String::new());
        }
    }
}

/// The first unique index without nulls; the primary key comes first.
fn settle_key(table: &mut CatalogueTable) {
    let keys = std::mem::take(&mut table.key);
    let sound = |column: &String| table.columns.iter().any(|known| known.name == *column && !known.nullable);
    let found = keys.split(String::is_empty).find(|key| !key.is_empty() && key.iter().all(sound));
    table.key = found.map(<[String]>::to_vec).unwrap_or_default();
}

/// What a column of a type becomes.
fn field_type(dialect: Dialect, type_name: &str) -> FieldType {
    let lower = type_name.to_ascii_lowercase();
    if lower.ends_with("[]") {
        return FieldType::Array;
    }
    let word: String = lower.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    match (dialect, word.as_str()) {
        (_, "boolean" | "bool") => FieldType::Boolean,
        (Dialect::MySql, "bigint") if lower.contains("unsigned") => FieldType::Decimal,
        (Dialect::MySql, "bit") => FieldType::Decimal,
        (
            _,
            "smallint" | "integer" | "int" | "bigint" | "tinyint" | "mediumint" | "year" | "oid" | "int2" | "int4"
            | "int8",
        ) => FieldType::Integer,
        (_, "real" | "double" | "float" | "float4" | "float8") => FieldType::Number,
        (Dialect::Sqlite, "numeric" | "decimal") => FieldType::Decimal,
        (_, "numeric" | "decimal") => FieldType::Decimal,
        (_, "date") => FieldType::Date,
        (_, "timestamp" | "datetime" | "timestamptz") => FieldType::Datetime,
        (Dialect::Postgres, "time") if lower.contains("without") => FieldType::Time,
        (Dialect::Postgres, "json" | "jsonb") => FieldType::Json,
        (Dialect::MySql, "json") => FieldType::Json,
        _ => FieldType::String,
    }
}
