//! SQLite: every value has a type of its own.

use crate::json;
use crate::kinds::{self, Notes};
use crate::sql::{Column, Dialect, Kind};
use engine::source::database::DatabaseFrom;
use serde_json::{Value, json};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Column as _, Executor, Row, SqlSafeStr, Sqlite, Statement, TypeInfo, ValueRef};

/// The columns of what is read.
pub(crate) async fn describe(
    conn: &mut SqliteConnection,
    from: &DatabaseFrom,
    text: &str,
) -> Result<Vec<Column>, sqlx::Error> {
    let sql = AssertSqlSafe(format!("SELECT * FROM {text}")).into_sql_str();
    let statement = (&mut *conn).prepare(sql).await?;
    let names: Vec<String> = statement.columns().iter().map(|column| column.name().to_owned()).collect();
    let not_null = match from {
        DatabaseFrom::Table(table) => {
            let parts = definition::table_parts(table).unwrap_or_default();
            // A row's number is never null, though its column does not say so.
            let sql = "SELECT name FROM pragma_table_info(?) WHERE \"notnull\" = 1 OR (pk = 1 AND upper(type) = 'INTEGER' \
                       AND (SELECT count(*) FROM pragma_table_info(?) WHERE pk > 0) = 1)";
            let table = parts.last().cloned().unwrap_or_default();
            let found =
                sqlx::query_scalar::<_, String>(sql).bind(table.clone()).bind(table).fetch_all(&mut *conn).await;
            found.unwrap_or_default()
        }
        DatabaseFrom::Query(_) => Vec::new(),
    };
    let column = |name: String| {
        let quoted = Dialect::Sqlite.quote(&name);
        let nullable = !not_null.contains(&name);
        Column { name, kind: Kind::Dynamic, select: quoted.clone(), order: quoted, cast: None, nullable }
    };
    Ok(names.into_iter().map(column).collect())
}

/// Writes a row's values behind their names.
pub(crate) fn row(
    row: &SqliteRow,
    columns: &[Column],
    names: &[Vec<u8>],
    out: &mut Vec<u8>,
    notes: &mut Notes,
) -> Result<(), sqlx::Error> {
    for (at, column) in columns.iter().enumerate() {
        out.extend_from_slice(&names[at]);
        match stored(row, at)? {
            Stored::Null => out.extend_from_slice(b"null"),
            Stored::Integer => json::integer(row.try_get_unchecked(at)?, out),
            Stored::Real => json::float(row.try_get_unchecked(at)?, out),
            Stored::Text => match std::str::from_utf8(row.try_get_unchecked(at)?) {
                Ok(text) => json::push_string(out, text),
                Err(_) => {
                    let bytes: &[u8] = row.try_get_unchecked(at)?;
                    json::push_string(out, String::from_utf8_lossy(bytes).as_ref());
                    notes.add(column, "has text that is not UTF-8: signs that can't be read became \u{fffd}.");
                }
            },
            Stored::Blob => json::bytes(row.try_get_unchecked(at)?, out),
        }
    }
    Ok(())
}

/// How a value is stored.
enum Stored {
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

fn stored(row: &SqliteRow, at: usize) -> Result<Stored, sqlx::Error> {
    let raw = row.try_get_raw(at)?;
    if raw.is_null() {
        return Ok(Stored::Null);
    }
    let info = raw.type_info();
    Ok(match info.name() {
        "INTEGER" | "BOOLEAN" => Stored::Integer,
        "REAL" => Stored::Real,
        "BLOB" => Stored::Blob,
        _ => Stored::Text,
    })
}

/// A value as the next page's token keeps it: with how it is stored, since SQLite sorts by that first.
pub(crate) fn token(row: &SqliteRow, _columns: &[Column], at: usize) -> Result<Value, sqlx::Error> {
    Ok(match stored(row, at)? {
        Stored::Null => Value::Null,
        Stored::Integer => json!({"integer": row.try_get_unchecked::<i64, _>(at)?.to_string()}),
        Stored::Real => json!({"real": format!("{:e}", row.try_get_unchecked::<f64, _>(at)?)}),
        Stored::Text => json!({"text": row.try_get_unchecked::<String, _>(at)?}),
        Stored::Blob => json!({"blob": kinds::hex(row.try_get_unchecked(at)?)}),
    })
}

/// Binds a token's value, or a cursor's in the way that the column stores it.
pub(crate) fn bind<'q>(query: Query<'q, Sqlite, SqliteArguments>, value: &Value) -> Query<'q, Sqlite, SqliteArguments> {
    let of = |name: &str| value.get(name).and_then(Value::as_str);
    if let Some(number) = of("integer").and_then(|text| text.parse::<i64>().ok()) {
        return query.bind(number);
    }
    if let Some(number) = of("real").and_then(|text| text.parse::<f64>().ok()) {
        return query.bind(number);
    }
    if let Some(bytes) = of("blob") {
        return query.bind(kinds::unhex(bytes));
    }
    match value.as_i64() {
        Some(number) => query.bind(number),
        None => query.bind(of("text").map_or_else(|| kinds::text(value), str::to_owned)),
    }
}

/// A cursor's value in the way that the column stores its values: `since` comes from the records, or is what a person
/// wrote.
pub(crate) async fn stored_like(
    conn: &mut SqliteConnection,
    from: &str,
    column: &Column,
    since: &Value,
) -> Result<Value, sqlx::Error> {
    let text = kinds::text(since);
    let name = &column.order;
    let sql = format!("SELECT typeof({name}), CAST({name} AS TEXT) FROM {from} WHERE {name} IS NOT NULL LIMIT 1");
    let Some(sample) = sqlx::query(AssertSqlSafe(sql)).fetch_optional(&mut *conn).await? else {
        return Ok(since.clone());
    };
    let (kind, sample): (String, String) = (sample.try_get(0)?, sample.try_get_unchecked(1)?);
    Ok(match kind.as_str() {
        "integer" | "real" => match text.trim().parse::<i64>() {
            Ok(_) => json!({"integer": text.trim()}),
            Err(_) if text.trim().parse::<f64>().is_ok() => json!({"real": text.trim()}),
            Err(_) => json!({"text": text}),
        },
        _ => json!({"text": written_like(&text, &sample)}),
    })
}

/// A moment with the sign between day and time that the sample has, and an offset only where it has one.
fn written_like(text: &str, sample: &str) -> String {
    let is_moment = |text: &str| text.len() > 10 && text.is_ascii() && matches!(text.as_bytes()[10], b'T' | b' ');
    if !is_moment(text) {
        return text.to_owned();
    }
    if sample.len() == 10 && sample.as_bytes().iter().filter(|byte| **byte == b'-').count() == 2 {
        return text[..10].to_owned();
    }
    if !is_moment(sample) {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    text.replace_range(10..11, &sample[10..11]);
    let has_offset = |time: &str| time.ends_with('Z') || time.contains('+') || time.contains('-');
    if !has_offset(&sample[11..]) {
        text = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00")).unwrap_or(&text).to_owned();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::written_like;

    #[test]
    fn a_moment_is_written_as_the_table_does() {
        for (text, sample, written) in [
            ("2024-01-02T03:04:05Z", "2020-01-01 00:00:00", "2024-01-02 03:04:05"),
            ("2024-01-02T03:04:05Z", "2020-01-01T00:00:00Z", "2024-01-02T03:04:05Z"),
            ("2024-01-02T03:04:05Z", "2020-01-01", "2024-01-02"),
            ("2024-01-02", "2020-01-01 00:00:00", "2024-01-02"),
            ("abc", "2020-01-01 00:00:00", "abc"),
        ] {
            assert_eq!(written_like(text, sample), written, "{text} {sample}");
        }
    }
}
