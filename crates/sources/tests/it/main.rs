//! Pages of rows, against real servers: `tools/with-databases.sh cargo nextest run -p sources`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests say what they expect by failing")]

mod mariadb;
mod postgres;
mod sqlite;
mod writes;

use engine::source::database::{DatabaseFrom, DatabaseRead, DatabaseServer, RowWrite};
use serde_json::Value;
use std::time::Duration;

/// A page of a table.
fn table(server: &DatabaseServer, name: &str, key: &[&str]) -> DatabaseRead {
    DatabaseRead {
        server: server.clone(),
        from: DatabaseFrom::Table(name.to_owned()),
        key: key.iter().map(|name| (*name).to_owned()).collect(),
        cursor: None,
        since: Value::Null,
        until: Value::Null,
        token: Value::Null,
        rows: 1_000,
        timeout: Duration::from_secs(60),
    }
}

/// A page of a query.
fn query(server: &DatabaseServer, text: &str, key: &[&str]) -> DatabaseRead {
    DatabaseRead { from: DatabaseFrom::Query(text.to_owned()), ..table(server, "", key) }
}

/// Reads all pages. `between` is called behind each.
async fn read_all(
    mut read: DatabaseRead,
    mut between: impl AsyncFnMut(usize),
) -> Result<(Vec<Value>, Vec<String>), definition::Problem> {
    let databases = sources::databases();
    let (mut rows, mut notes, mut pages) = (Vec::new(), Vec::new(), 0);
    loop {
        let mut page = databases.read(read.clone()).await?;
        let end = loop {
            let part = page.next().await?.expect("a part");
            let body = std::str::from_utf8(&part.body).expect("text");
            serde_json::from_str::<Value>(body).unwrap_or_else(|error| panic!("{error}: {body}"));
            rows.extend(part.records.iter().map(|range| serde_json::from_str::<Value>(&body[range.clone()]).unwrap()));
            notes.extend(part.notes);
            if let Some(end) = part.end {
                break end;
            }
        };
        pages += 1;
        between(pages).await;
        match end.next {
            Some(token) => read.token = token,
            None => return Ok((rows, notes)),
        }
    }
}

async fn rows(read: DatabaseRead) -> Vec<Value> {
    read_all(read, async |_| {}).await.unwrap_or_else(|problem| panic!("{problem:?}")).0
}

async fn refused(read: DatabaseRead) -> definition::Problem {
    read_all(read, async |_| {}).await.expect_err("a problem")
}

/// A name that no other test has.
fn fresh(what: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("t_{what}_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}
