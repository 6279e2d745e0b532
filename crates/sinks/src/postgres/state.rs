//! A stream's state, beside its table.

use super::Failed;
use engine::state::{PartitionState, StreamState};
use sqlx::{AssertSqlSafe, PgConnection, Row};
use std::collections::BTreeMap;

/// What stands with the table's rows. What cannot be read is no state: the next run reads everything.
pub(super) async fn load(db: &mut PgConnection, schema: &str, stream: &str) -> Result<Option<StreamState>, Failed> {
    let sql = format!("SELECT state FROM {schema}._tapwright_state WHERE stream = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(stream).fetch_optional(&mut *db).await?;
    let Some(mut state) = row.and_then(|row| serde_json::from_str::<StreamState>(row.get(0)).ok()) else {
        return Ok(None);
    };
    let sql = format!("SELECT partition, state FROM {schema}._tapwright_partitions WHERE stream = $1");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(stream).fetch_all(db).await?;
    let read =
        |row: &sqlx::postgres::PgRow| Some((row.get(0), serde_json::from_str::<PartitionState>(row.get(1)).ok()?));
    state.partitions = rows.iter().filter_map(read).collect::<BTreeMap<_, _>>();
    Ok(Some(state))
}

/// Keeps the state, with the partitions that changed.
pub(super) async fn put(db: &mut PgConnection, schema: &str, stream: &str, state: &StreamState) -> Result<(), Failed> {
    let (mut names, mut states) = (Vec::new(), Vec::new());
    for (name, state) in &state.partitions {
        names.push(name.clone());
        states.push(serde_json::to_string(state).unwrap_or_default());
    }
    let rest = StreamState { partitions: BTreeMap::new(), ..state.clone() };
    let sql = format!(
        "INSERT INTO {schema}._tapwright_state VALUES ($1, $2) ON CONFLICT (stream) DO UPDATE SET state = excluded.state"
    );
    let text = serde_json::to_string(&rest).unwrap_or_default();
    sqlx::query(AssertSqlSafe(sql)).bind(stream).bind(text).execute(&mut *db).await?;
    if names.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO {schema}._tapwright_partitions SELECT $1, * FROM unnest($2::text[], $3::text[]) ON CONFLICT \
         (stream, partition) DO UPDATE SET state = excluded.state"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(stream).bind(names).bind(states).execute(db).await?;
    Ok(())
}

/// Keeps the state after a whole read: its partitions are those of this state, and no others.
pub(super) async fn put_whole(
    db: &mut PgConnection,
    schema: &str,
    stream: &str,
    state: &StreamState,
) -> Result<(), Failed> {
    clear_partitions(db, schema, stream).await?;
    put(db, schema, stream, state).await
}

/// Forgets the state.
pub(super) async fn forget(db: &mut PgConnection, schema: &str, stream: &str) -> Result<(), Failed> {
    clear_partitions(db, schema, stream).await?;
    let sql = format!("DELETE FROM {schema}._tapwright_state WHERE stream = $1");
    sqlx::query(AssertSqlSafe(sql)).bind(stream).execute(db).await?;
    Ok(())
}

async fn clear_partitions(db: &mut PgConnection, schema: &str, stream: &str) -> Result<(), Failed> {
    let sql = format!("DELETE FROM {schema}._tapwright_partitions WHERE stream = $1");
    sqlx::query(AssertSqlSafe(sql)).bind(stream).execute(db).await?;
    Ok(())
}
