//! MySQL and MariaDB: their types.

use crate::json;
use crate::kinds::{self, Notes};
use crate::sql::{Column, Dialect, Kind};
use engine::source::database::DatabaseFrom;
use serde_json::Value;
use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Column as _, Executor, MySql, Row, SqlSafeStr, Statement, TypeInfo, ValueRef};

/// The columns of what is read.
pub(crate) async fn describe(
    conn: &mut MySqlConnection,
    from: &DatabaseFrom,
    text: &str,
) -> Result<Vec<Column>, sqlx::Error> {
    let sql = AssertSqlSafe(format!("SELECT * FROM {text}")).into_sql_str();
    let statement = (&mut *conn).prepare(sql).await?;
    let given: Vec<(String, String)> = statement
        .columns()
        .iter()
        .map(|column| (column.name().to_owned(), column.type_info().name().to_owned()))
        .collect();
    let not_null = match from {
        DatabaseFrom::Table(table) => not_null(conn, table).await?,
        DatabaseFrom::Query(_) => Vec::new(),
    };
    let texts = texts(conn, text, &given).await?;
    let json = match from {
        DatabaseFrom::Table(table) => json_columns(conn, table).await,
        DatabaseFrom::Query(_) => Vec::new(),
    };
    let mut columns = Vec::new();
    for (name, type_name) in given {
        let is_text = texts.contains(&name);
        let mut column = column(name, &type_name, is_text);
        column.nullable = !not_null.contains(&column.name);
        if json.contains(&column.name) {
            column.kind = Kind::Json;
        }
        columns.push(column);
    }
    Ok(columns)
}

/// MariaDB's columns of JSON: text with a rule that it is JSON. MySQL has a type for it, and no such list.
pub(crate) const MARIADB_JSON: &str = "SELECT CAST(c.TABLE_SCHEMA AS CHAR), CAST(c.TABLE_NAME AS CHAR), \
    CAST(c.COLUMN_NAME AS CHAR) FROM information_schema.COLUMNS c JOIN information_schema.CHECK_CONSTRAINTS k \
    ON k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND c.DATA_TYPE LIKE '%text' \
    AND LOWER(k.CHECK_CLAUSE) = CONCAT('json_valid(`', LOWER(REPLACE(c.COLUMN_NAME, '`', '``')), '`)')";

async fn json_columns(conn: &mut MySqlConnection, table: &str) -> Vec<String> {
    let parts = definition::table_parts(table).unwrap_or_default();
    let (name, schema) = (parts.last().cloned(), parts.iter().rev().nth(1).cloned());
    let sql = format!("{MARIADB_JSON} WHERE c.TABLE_SCHEMA = COALESCE(?, DATABASE()) AND c.TABLE_NAME = ?");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(schema).bind(name).fetch_all(&mut *conn).await.unwrap_or_default();
    rows.iter().filter_map(|row| row.try_get_unchecked::<String, _>(2).ok()).collect()
}

async fn not_null(conn: &mut MySqlConnection, table: &str) -> Result<Vec<String>, sqlx::Error> {
    let parts = definition::table_parts(table).unwrap_or_default();
    let (name, schema) = (parts.last().cloned(), parts.iter().rev().nth(1).cloned());
    let sql = "SELECT CAST(COLUMN_NAME AS CHAR) FROM information_schema.COLUMNS \
               WHERE TABLE_SCHEMA = COALESCE(?, DATABASE()) AND TABLE_NAME = ? AND IS_NULLABLE = 'NO'";
    let rows = sqlx::query(sql).bind(schema).bind(name).fetch_all(&mut *conn).await?;
    rows.iter().map(|row| row.try_get_unchecked::<String, _>(0)).collect()
}

/// The columns that are text though they look like bytes: text that is compared by its bytes is described as both.
async fn texts(conn: &mut MySqlConnection, text: &str, given: &[(String, String)]) -> Result<Vec<String>, sqlx::Error> {
    let unsure: Vec<_> = given
        .iter()
        .filter(|(_, kind)| kind.ends_with("BLOB") || kind.ends_with("BINARY"))
        .map(|(name, _)| name)
        .collect();
    if unsure.is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<_> = unsure.iter().map(|name| format!("CHARSET({})", Dialect::MySql.quote(name))).collect();
    let sql = format!("SELECT {} FROM {text} LIMIT 1", list.join(", "));
    let Some(row) = sqlx::query(AssertSqlSafe(sql)).fetch_optional(&mut *conn).await? else { return Ok(Vec::new()) };
    let is_text = |at: usize| row.try_get_unchecked::<String, _>(at).is_ok_and(|charset| charset != "binary");
    Ok(unsure.iter().enumerate().filter(|(at, _)| is_text(*at)).map(|(_, name)| (*name).clone()).collect())
}

fn column(name: String, type_name: &str, is_text: bool) -> Column {
    let quoted = Dialect::MySql.quote(&name);
    let as_char = || Some(format!("CAST({quoted} AS CHAR)"));
    let (kind, select) = match type_name {
        // `BOOLEAN` is TINYINT(1), with a sign or without one: its values are numbers of any size that fits.
        "BOOLEAN" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" => (Kind::Integer, None),
        name if name.ends_with("UNSIGNED") => (Kind::Unsigned, None),
        "YEAR" | "BIT" => (Kind::Unsigned, Some(format!("CAST({quoted} AS UNSIGNED)"))),
        "FLOAT" => (Kind::Float32, None),
        "DOUBLE" => (Kind::Float, None),
        "DECIMAL" => (Kind::Decimal, as_char()),
        "DATE" => (Kind::Date, as_char()),
        "DATETIME" => (Kind::Local, as_char()),
        "TIMESTAMP" => (Kind::Instant, as_char()),
        "TIME" => (Kind::Time, as_char()),
        "JSON" => (Kind::Json, as_char()),
        "GEOMETRY" => (Kind::Text, Some(format!("ST_AsText({quoted})"))),
        name if (name.ends_with("BLOB") || name.ends_with("BINARY")) && !is_text => (Kind::Bytes, None),
        name if name.ends_with("BLOB") || name.ends_with("BINARY") => (Kind::Text, as_char()),
        _ => (Kind::Text, None),
    };
    // An enum is sorted by its number, and compared with text by its text.
    let order = if matches!(type_name, "ENUM" | "SET") { format!("CAST({quoted} AS CHAR)") } else { quoted.clone() };
    let cast = (kind == Kind::Decimal).then(|| "DECIMAL(65,30)".to_owned());
    let select = select.unwrap_or(quoted);
    Column { name, kind, select, order, cast, nullable: true }
}

/// Writes a row's values behind their names.
pub(crate) fn row(
    row: &MySqlRow,
    columns: &[Column],
    names: &[Vec<u8>],
    out: &mut Vec<u8>,
    notes: &mut Notes,
) -> Result<(), sqlx::Error> {
    for (at, column) in columns.iter().enumerate() {
        out.extend_from_slice(&names[at]);
        if row.try_get_raw(at)?.is_null() {
            out.extend_from_slice(b"null");
            continue;
        }
        match column.kind {
            Kind::Boolean | Kind::Integer => json::integer(row.try_get_unchecked(at)?, out),
            Kind::Unsigned => json::plain(row.try_get_unchecked::<u64, _>(at)?, out),
            Kind::Float => json::float(row.try_get_unchecked(at)?, out),
            Kind::Float32 => json::float32(row.try_get_unchecked(at)?, out),
            Kind::Bytes => json::bytes(row.try_get_unchecked(at)?, out),
            Kind::Decimal => json::decimal(row.try_get_unchecked(at)?, out),
            Kind::Json => out.extend_from_slice(row.try_get_unchecked::<&str, _>(at)?.as_bytes()),
            Kind::Text | Kind::Time | Kind::Uuid | Kind::Dynamic => {
                json::push_string(out, row.try_get_unchecked::<&str, _>(at)?)
            }
            Kind::Date | Kind::Local | Kind::Instant => {
                let text: &str = row.try_get_unchecked(at)?;
                match moment(text, column.kind == Kind::Instant) {
                    Some(moment) => json::push_string(out, &moment),
                    None => {
                        out.extend_from_slice(b"null");
                        notes.add(column, "has dates that are none (such as 0000-00-00): they became null.");
                    }
                }
            }
        }
    }
    Ok(())
}

/// A date or a moment as RFC 3339 writes it. None: a date without a day, a month or a year.
fn moment(text: &str, utc: bool) -> Option<String> {
    let date = text.get(..10)?;
    if date.starts_with("0000-") || date.get(5..7) == Some("00") || date.ends_with("-00") {
        return None;
    }
    let Some(time) = text.get(11..).filter(|time| !time.is_empty()) else { return Some(date.to_owned()) };
    let time = if time.contains('.') { time.trim_end_matches('0').trim_end_matches('.') } else { time };
    Some(format!("{date}T{time}{}", if utc { "Z" } else { "" }))
}

/// A value as the next page's token keeps it: as the database wrote it.
pub(crate) fn token(row: &MySqlRow, columns: &[Column], at: usize) -> Result<Value, sqlx::Error> {
    Ok(match columns[at].kind {
        Kind::Boolean | Kind::Integer => Value::from(row.try_get_unchecked::<i64, _>(at)?.to_string()),
        Kind::Unsigned => Value::from(row.try_get_unchecked::<u64, _>(at)?.to_string()),
        Kind::Float => Value::from(row.try_get_unchecked::<f64, _>(at)?.to_string()),
        Kind::Float32 => Value::from(f64::from(row.try_get_unchecked::<f32, _>(at)?).to_string()),
        Kind::Bytes => Value::from(kinds::hex(row.try_get_unchecked(at)?)),
        _ => Value::from(row.try_get_unchecked::<String, _>(at)?),
    })
}

/// Binds a token's or a cursor's value, as the column's type.
pub(crate) fn bind<'q>(
    query: Query<'q, MySql, MySqlArguments>,
    value: &Value,
    column: &Column,
) -> Query<'q, MySql, MySqlArguments> {
    let text = kinds::text(value);
    match column.kind {
        Kind::Boolean | Kind::Integer => match text.trim().parse::<i64>() {
            Ok(number) => query.bind(number),
            Err(_) => query.bind(text),
        },
        Kind::Unsigned => match text.trim().parse::<u64>() {
            Ok(number) => query.bind(number),
            Err(_) => query.bind(text),
        },
        Kind::Float | Kind::Float32 => query.bind(text.trim().parse::<f64>().unwrap_or_default()),
        Kind::Bytes => query.bind(kinds::unhex(&text)),
        Kind::Date | Kind::Local | Kind::Instant => query.bind(clock(&text)),
        _ => query.bind(text),
    }
}

/// A moment as MySQL reads it: in UTC, without a sign for it.
pub(crate) fn clock(text: &str) -> String {
    match text.parse::<jiff::Timestamp>() {
        Ok(at) => at.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string(),
        Err(_) => text.replacen('T', " ", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, moment};

    #[test]
    fn moments_are_read_and_written() {
        for (text, written) in [
            ("2024-01-02 03:04:05.100000", Some("2024-01-02T03:04:05.1Z")),
            ("2024-01-02 03:04:05", Some("2024-01-02T03:04:05Z")),
            ("0000-00-00 00:00:00", None),
            ("2024-00-10 00:00:00", None),
            ("2024-01-00 00:00:00", None),
        ] {
            assert_eq!(moment(text, true).as_deref(), written, "{text}");
        }
        assert_eq!(moment("2024-01-02", false).as_deref(), Some("2024-01-02"));
        assert_eq!(clock("2024-01-02T03:04:05+02:00"), "2024-01-02 01:04:05.000000");
        assert_eq!(clock("2024-01-02T03:04:05.5"), "2024-01-02 03:04:05.5");
        assert_eq!(clock("2024-01-02"), "2024-01-02");
    }
}
