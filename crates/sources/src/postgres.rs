//! PostgreSQL: its types, as they come over the wire in binary form.

use crate::json;
use crate::kinds::{self, Notes};
use crate::sql::{Column, Dialect, Kind};
use engine::source::database::DatabaseFrom;
use serde_json::Value;
use sqlx::postgres::{PgConnection, PgRow, PgTypeInfo, PgTypeKind, PgValueRef};
use sqlx::{AssertSqlSafe, Column as _, Executor, Row, SqlSafeStr, Statement, TypeInfo, ValueRef};

/// The columns of what is read; `order`: the names of those that pages are sorted by.
pub(crate) async fn describe(
    conn: &mut PgConnection,
    from: &DatabaseFrom,
    text: &str,
    order: &[&String],
) -> Result<Vec<Column>, sqlx::Error> {
    let sql = AssertSqlSafe(format!("SELECT * FROM {text}")).into_sql_str();
    let statement = (&mut *conn).prepare(sql).await?;
    let given: Vec<(String, PgTypeInfo)> =
        statement.columns().iter().map(|column| (column.name().to_owned(), column.type_info().clone())).collect();
    let not_null = match from {
        DatabaseFrom::Table(_) => {
            let sql =
                "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND attnotnull";
            sqlx::query_scalar::<_, String>(sql).bind(text).fetch_all(&mut *conn).await.unwrap_or_default()
        }
        DatabaseFrom::Query(_) => Vec::new(),
    };
    let mut columns = Vec::new();
    for (name, info) in given {
        let mut column = column(name, &info);
        column.nullable = !not_null.contains(&column.name);
        if order.contains(&&column.name) {
            let oid = info.oid().map(|oid| i64::from(oid.0));
            let sql = "SELECT format_type($1::int8::oid, -1)";
            column.cast = sqlx::query_scalar::<_, Option<String>>(sql).bind(oid).fetch_one(&mut *conn).await?;
        }
        columns.push(column);
    }
    Ok(columns)
}

fn column(name: String, info: &PgTypeInfo) -> Column {
    let quoted = Dialect::Postgres.quote(&name);
    let (kind, select) = match info.name() {
        "BOOL" => (Kind::Boolean, None),
        "INT2" | "INT4" | "INT8" => (Kind::Integer, None),
        "FLOAT8" => (Kind::Float, None),
        "FLOAT4" => (Kind::Float32, None),
        "TEXT" | "VARCHAR" | "CHAR" | "NAME" => (Kind::Text, None),
        "UUID" => (Kind::Uuid, None),
        "BYTEA" => (Kind::Bytes, None),
        "DATE" => (Kind::Date, None),
        "TIME" => (Kind::Time, None),
        "TIMESTAMP" => (Kind::Local, None),
        "TIMESTAMPTZ" => (Kind::Instant, None),
        "JSON" | "JSONB" => (Kind::Json, None),
        "NUMERIC" => (Kind::Decimal, Some(format!("{quoted}::text"))),
        "OID" => (Kind::Integer, Some(format!("{quoted}::int8"))),
        _ if matches!(info.kind(), PgTypeKind::Array(_)) || info.name().ends_with("[]") => {
            (Kind::Json, Some(format!("to_json({quoted})")))
        }
        _ => (Kind::Text, Some(format!("{quoted}::text"))),
    };
    let select = select.unwrap_or_else(|| quoted.clone());
    Column { name, kind, select, order: quoted, cast: None, nullable: true }
}

/// Writes a row's values behind their names.
pub(crate) fn row(
    row: &PgRow,
    columns: &[Column],
    names: &[Vec<u8>],
    out: &mut Vec<u8>,
    _notes: &mut Notes,
) -> Result<(), sqlx::Error> {
    for (at, column) in columns.iter().enumerate() {
        out.extend_from_slice(&names[at]);
        value(row.try_get_raw(at)?, column.kind, out).map_err(sqlx::Error::Decode)?;
    }
    Ok(())
}

type Fault = Box<dyn std::error::Error + Send + Sync>;

fn value(value: PgValueRef<'_>, kind: Kind, out: &mut Vec<u8>) -> Result<(), Fault> {
    if value.is_null() {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    let bytes = value.as_bytes()?;
    let text = || std::str::from_utf8(bytes);
    match kind {
        Kind::Boolean => out.extend_from_slice(if bytes.first() == Some(&0) { b"false" } else { b"true" }),
        Kind::Integer | Kind::Unsigned => json::integer(integer(bytes)?, out),
        Kind::Float => json::float(f64::from_be_bytes(bytes.try_into()?), out),
        Kind::Float32 => json::float32(f32::from_be_bytes(bytes.try_into()?), out),
        Kind::Decimal => json::decimal(text()?, out),
        Kind::Text | Kind::Dynamic => json::push_string(out, text()?),
        // jsonb begins with its version.
        Kind::Json => out.extend_from_slice(bytes.strip_prefix(&[1]).unwrap_or(bytes)),
        Kind::Bytes => json::bytes(bytes, out),
        Kind::Uuid => json::uuid(bytes, out),
        Kind::Date => json::date(i32::from_be_bytes(bytes.try_into()?), out),
        Kind::Time => json::time(i64::from_be_bytes(bytes.try_into()?), out),
        Kind::Instant => json::moment(i64::from_be_bytes(bytes.try_into()?), true, out),
        Kind::Local => json::moment(i64::from_be_bytes(bytes.try_into()?), false, out),
    }
    Ok(())
}

/// A whole number of two, four or eight bytes.
fn integer(bytes: &[u8]) -> Result<i64, Fault> {
    Ok(match bytes.len() {
        2 => i64::from(i16::from_be_bytes(bytes.try_into()?)),
        4 => i64::from(i32::from_be_bytes(bytes.try_into()?)),
        _ => i64::from_be_bytes(bytes.try_into()?),
    })
}

/// A value as the next page's token keeps it.
pub(crate) fn token(row: &PgRow, columns: &[Column], at: usize) -> Result<Value, sqlx::Error> {
    let raw = row.try_get_raw(at)?;
    if columns[at].kind == Kind::Bytes {
        let bytes = raw.as_bytes().map_err(sqlx::Error::Decode)?;
        return Ok(Value::from(format!("\\x{}", kinds::hex(bytes))));
    }
    let mut out = Vec::new();
    value(raw, columns[at].kind, &mut out).map_err(sqlx::Error::Decode)?;
    Ok(kinds::token(&out))
}
