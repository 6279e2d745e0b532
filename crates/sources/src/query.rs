//! A stream of a query: its columns are asked for, so that it begins with fields.

use crate::address::Address;
use crate::conn::{Conn, connect};
use crate::problem::{of_query, told, too_slow};
use crate::propose::{field, file_of, slug};
use crate::sql::{Column, Kind};
use crate::{CatalogueColumn, databases, mysql, postgres, sqlite};
use definition::model::{DatabaseSource, FieldType, Source, Stream};
use definition::{Problem, ProblemKind, Stage};
use engine::source::database::{DatabaseFrom, DatabaseRead, DatabaseServer};
use serde_json::{Map, Value};
use std::time::Duration;

/// How long the database may take to tell the columns.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The rows that are looked at where a column has no type of its own.
const LOOKED_AT: usize = 200;

/// A stream of a query, with the columns that it gives.
///
/// # Errors
/// Where the database refuses the query, or it gives a name twice.
pub async fn query_stream(server: &DatabaseServer, name: &str, query: &str) -> Result<Stream, Problem> {
    let query = query.trim().trim_end_matches(';').trim();
    if query.is_empty() {
        return Err(Problem::new("missing_value", ProblemKind::Config, Stage::Open, "The query is empty.")
            .hint("Write one that begins with SELECT or WITH.")
            .field("query"));
    }
    let address = Address::of(server)?;
    let from = DatabaseFrom::Query(query.to_owned());
    let columns = match tokio::time::timeout(TIMEOUT, columns(&address, &from)).await {
        Ok(columns) => columns.map_err(|problem| of_query(problem, query).field("query"))?,
        Err(_) => return Err(too_slow(&address, TIMEOUT, "tell the columns")),
    };
    let rows = match columns.iter().any(|column| column.kind == Kind::Dynamic) {
        true => first_rows(server, from).await.map_err(|problem| problem.field("query"))?,
        false => Vec::new(),
    };
    let fields = columns.iter().map(|column| {
        let kind = kind(column, &rows);
        field(&CatalogueColumn { name: column.name.clone(), kind, ..CatalogueColumn::default() })
    });
    let file = file_of(server);
    let source = DatabaseSource {
        url: server.url.as_str().into(),
        username: (!file).then(|| "{{ config.username }}".into()),
        password: (!file).then(|| "{{ config.password }}".into()),
        query: Some(query.to_owned()),
        ..DatabaseSource::default()
    };
    let fields = fields.collect();
    Ok(Stream { name: slug(name, '_'), source: Source::Database(source), fields, ..Stream::default() })
}

async fn columns(address: &Address, from: &DatabaseFrom) -> Result<Vec<Column>, Problem> {
    let text = address.dialect.from(from)?;
    let mut conn = connect(address, false).await?;
    let described = match &mut conn {
        Conn::Postgres(conn) => postgres::describe(conn, from, &text, &[]).await,
        Conn::MySql(conn) => mysql::describe(conn, from, &text).await,
        Conn::Sqlite(conn) => sqlite::describe(conn, from, &text).await,
    };
    let columns = described.map_err(|error| told(&error, address))?;
    crate::read::once(&columns)?;
    Ok(columns)
}

/// The first rows of a query, read as a stream reads it.
async fn first_rows(server: &DatabaseServer, from: DatabaseFrom) -> Result<Vec<Map<String, Value>>, Problem> {
    let read = DatabaseRead {
        server: server.clone(),
        from,
        key: Vec::new(),
        cursor: None,
        since: Value::Null,
        until: Value::Null,
        token: Value::Null,
        rows: LOOKED_AT as u64,
        timeout: TIMEOUT,
    };
    let mut rows = databases().read(read).await?;
    let mut found = Vec::new();
    while found.len() < LOOKED_AT {
        let Some(part) = rows.next().await? else { break };
        let records = part.records.iter().filter_map(|range| part.body.get(range.clone()));
        found.extend(records.filter_map(|record| serde_json::from_slice(record).ok()));
        if part.end.is_some() {
            break;
        }
    }
    found.truncate(LOOKED_AT);
    Ok(found)
}

fn kind(column: &Column, rows: &[Map<String, Value>]) -> FieldType {
    match column.kind {
        Kind::Boolean => FieldType::Boolean,
        Kind::Integer => FieldType::Integer,
        Kind::Unsigned | Kind::Decimal => FieldType::Decimal,
        Kind::Float | Kind::Float32 => FieldType::Number,
        Kind::Text | Kind::Bytes | Kind::Uuid => FieldType::String,
        Kind::Json => FieldType::Json,
        Kind::Instant | Kind::Local => FieldType::Datetime,
        Kind::Date => FieldType::Date,
        Kind::Time => FieldType::Time,
        Kind::Dynamic => {
            let values = || rows.iter().filter_map(|row| row.get(&column.name)).filter(|value| !value.is_null());
            match values().next() {
                Some(_) if values().all(Value::is_i64) => FieldType::Integer,
                Some(_) if values().all(Value::is_number) => FieldType::Number,
                _ => FieldType::String,
            }
        }
    }
}
