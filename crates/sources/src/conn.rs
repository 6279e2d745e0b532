//! Connections: made with a time-out, kept between pages, closed where anything is unread.

use crate::address::{Address, To, sqlite_options};
use crate::problem::{told, too_slow};
use crate::sql::{Column, Dialect};
use definition::Problem;
use engine::source::database::{DatabaseFrom, DatabaseGreeting, DatabaseServer};
use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(20);
/// How long a connection that answers nothing is trusted.
const PING: Duration = Duration::from_secs(5);
/// How long a connection is kept without use, and how many are.
const IDLE: Duration = Duration::from_secs(60);
const MOST_IDLE: usize = 4;

/// A connection.
#[derive(Debug)]
pub(crate) enum Conn {
    Postgres(Box<PgConnection>),
    MySql(Box<MySqlConnection>),
    Sqlite(Box<SqliteConnection>),
}

/// What was read where, and its columns.
type Described = (DatabaseServer, DatabaseFrom, Arc<Vec<Column>>);

/// Connections without use, and the columns of what was read.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Whether these connections may write.
    writes: bool,
    idle: Mutex<Vec<(DatabaseServer, Conn, Instant)>>,
    described: Mutex<Vec<Described>>,
}

impl Kept {
    /// Connections that may write.
    pub fn writing() -> Self {
        Self { writes: true, ..Self::default() }
    }

    /// A connection: one that is kept and still answers, or a new one.
    pub async fn take(&self, server: &DatabaseServer, address: &Address) -> Result<Conn, Problem> {
        loop {
            let kept = {
                let Ok(mut idle) = self.idle.lock() else { break };
                idle.retain(|(_, _, since)| since.elapsed() < IDLE);
                let place = idle.iter().position(|(known, _, _)| known == server);
                place.map(|place| idle.swap_remove(place).1)
            };
            let Some(mut conn) = kept else { break };
            if tokio::time::timeout(PING, conn.ping()).await.is_ok_and(|answer| answer.is_ok()) {
                return Ok(conn);
            }
        }
        connect(address, self.writes).await
    }

    /// Gives a connection back whose answers were all read.
    pub fn give(&self, server: &DatabaseServer, conn: Conn) {
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < MOST_IDLE
        {
            idle.push((server.clone(), conn, Instant::now()));
        }
    }

    pub fn columns(&self, server: &DatabaseServer, from: &DatabaseFrom) -> Option<Arc<Vec<Column>>> {
        let described = self.described.lock().ok()?;
        let found = described.iter().find(|(known, table, _)| known == server && table == from);
        found.map(|(_, _, columns)| Arc::clone(columns))
    }

    pub fn know(&self, server: &DatabaseServer, from: &DatabaseFrom, columns: &Arc<Vec<Column>>) {
        if let Ok(mut described) = self.described.lock() {
            described.retain(|(known, table, _)| known != server || table != from);
            described.push((server.clone(), from.clone(), Arc::clone(columns)));
        }
    }
}

impl Conn {
    async fn ping(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Postgres(conn) => conn.ping().await,
            Self::MySql(conn) => conn.ping().await,
            Self::Sqlite(conn) => conn.ping().await,
        }
    }

    /// Statements without parameters and rows.
    pub async fn run(&mut self, text: String) -> Result<(), sqlx::Error> {
        let text = sqlx::raw_sql(AssertSqlSafe(text));
        match self {
            Self::Postgres(conn) => text.execute(&mut **conn).await.map(|_| ()),
            Self::MySql(conn) => text.execute(&mut **conn).await.map(|_| ()),
            Self::Sqlite(conn) => text.execute(&mut **conn).await.map(|_| ()),
        }
    }

    /// Begins a transaction that can't write. `timeout`: after which the server itself stops.
    pub async fn begin_reading(&mut self, timeout: Option<Duration>) -> Result<(), sqlx::Error> {
        let text = match self {
            Self::Postgres(_) => {
                let most = timeout.map_or(0, |timeout| timeout.as_millis());
                format!("BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = {most}")
            }
            Self::MySql(_) => "START TRANSACTION READ ONLY".to_owned(),
            Self::Sqlite(_) => "BEGIN".to_owned(),
        };
        self.run(text).await
    }

    pub async fn end_reading(&mut self) -> Result<(), sqlx::Error> {
        self.run("ROLLBACK".to_owned()).await
    }

    /// Texts of one row, for questions about the server itself.
    pub async fn texts(&mut self, text: &'static str, count: usize) -> Result<Vec<Option<String>>, sqlx::Error> {
        let get = |index: usize| index;
        Ok(match self {
            Self::Postgres(conn) => {
                let row = sqlx::query(text).fetch_one(&mut **conn).await?;
                (0..count).map(|at| row.try_get(get(at)).ok()).collect()
            }
            Self::MySql(conn) => {
                let row = sqlx::query(text).fetch_one(&mut **conn).await?;
                (0..count).map(|at| row.try_get_unchecked::<String, _>(get(at)).ok()).collect()
            }
            Self::Sqlite(conn) => {
                let row = sqlx::query(text).fetch_one(&mut **conn).await?;
                (0..count).map(|at| row.try_get(get(at)).ok()).collect()
            }
        })
    }
}

/// Connects.
pub(crate) async fn connect(address: &Address, writes: bool) -> Result<Conn, Problem> {
    let connecting = async {
        let mut conn = match &address.to {
            To::Postgres(options) => Conn::Postgres(Box::new(options.connect().await?)),
            To::MySql(options) => Conn::MySql(Box::new(options.connect().await?)),
            To::Sqlite(path) => Conn::Sqlite(Box::new(sqlite_options(path, writes).connect().await?)),
        };
        match (&conn, writes) {
            // Values are written in one way, whatever the server's own settings.
            (Conn::Postgres(_), _) => {
                let text = "SET TIME ZONE 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601'; \
                            SET bytea_output = 'hex'; SET extra_float_digits = 1";
                conn.run(text.to_owned()).await?;
            }
            // What does not fit is refused, not cut.
            (Conn::MySql(_), true) => {
                conn.run("SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')".to_owned()).await?;
            }
            (Conn::Sqlite(_), false) => conn.run("PRAGMA query_only = ON".to_owned()).await?,
            _ => {}
        }
        Ok(conn)
    };
    match tokio::time::timeout(CONNECT, connecting).await {
        Ok(conn) => conn.map_err(|error| told(&error, address)),
        Err(_) => Err(too_slow(address, CONNECT, "take a connection")),
    }
}

/// Connects and asks who is who.
pub(crate) async fn greet(server: DatabaseServer) -> Result<DatabaseGreeting, Problem> {
    let address = Address::of(&server)?;
    let mut conn = connect(&address, false).await?;
    let greeting = DatabaseGreeting {
        server: address.shown().to_owned(),
        local: address.is_local(),
        ..DatabaseGreeting::default()
    };
    let asked = async {
        Ok(match address.dialect {
            Dialect::Postgres => {
                let text = "SELECT current_user::text, current_setting('server_version'), \
                            (SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()), \
                            to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), \
                            EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') \
                            AND n.nspname NOT LIKE 'pg\\_%' \
                            AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE'))::text";
                let [user, version, tls, clock, writes] = some(conn.texts(text, 5).await?);
                DatabaseGreeting {
                    version: format!("PostgreSQL {}", version.unwrap_or_default()),
                    user,
                    encrypted: tls.map(|tls| tls == "true"),
                    clock,
                    writes: writes.map(|writes| writes == "true"),
                    ..greeting
                }
            }
            Dialect::MySql => {
                let text = "SELECT CURRENT_USER(), VERSION(), DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ')";
                let [user, version, clock] = some(conn.texts(text, 3).await?);
                let text = "SELECT CAST(COUNT(*) AS CHAR) FROM (SELECT GRANTEE, PRIVILEGE_TYPE FROM \
                            information_schema.USER_PRIVILEGES UNION ALL SELECT GRANTEE, PRIVILEGE_TYPE FROM \
                            information_schema.SCHEMA_PRIVILEGES UNION ALL SELECT GRANTEE, PRIVILEGE_TYPE FROM \
                            information_schema.TABLE_PRIVILEGES) p WHERE PRIVILEGE_TYPE IN ('INSERT', 'UPDATE', 'DELETE') \
                            AND REPLACE(GRANTEE, '''', '') = CURRENT_USER()";
                let writes = conn.texts(text, 1).await.ok().and_then(|found| found.into_iter().next().flatten());
                let tls = conn.texts("SHOW SESSION STATUS LIKE 'Ssl_cipher'", 2).await.ok();
                let version = version.unwrap_or_default();
                let name = if version.contains("MariaDB") { "MariaDB" } else { "MySQL" };
                let version = version.split('-').next().unwrap_or_default();
                let encrypted =
                    tls.and_then(|tls| tls.into_iter().nth(1)).map(|cipher| cipher.is_some_and(|c| !c.is_empty()));
                let writes = writes.map(|count| count != "0");
                DatabaseGreeting { version: format!("{name} {version}"), user, encrypted, clock, writes, ..greeting }
            }
            Dialect::Sqlite => {
                let found = conn.texts("SELECT sqlite_version(), (SELECT count(*) FROM sqlite_schema)", 1).await?;
                let version = found.into_iter().next().flatten().unwrap_or_default();
                let writes = match &address.to {
                    To::Sqlite(path) => std::fs::metadata(path).ok().map(|facts| !facts.permissions().readonly()),
                    To::Postgres(_) | To::MySql(_) => None,
                };
                DatabaseGreeting { version: format!("SQLite {version}"), writes, ..greeting }
            }
        })
    };
    match tokio::time::timeout(CONNECT, asked).await {
        Ok(greeting) => greeting.map_err(|error: sqlx::Error| told(&error, &address)),
        Err(_) => Err(too_slow(&address, CONNECT, "answer")),
    }
}

fn some<const N: usize>(found: Vec<Option<String>>) -> [Option<String>; N] {
    let mut found = found.into_iter();
    std::array::from_fn(|_| found.next().flatten())
}
