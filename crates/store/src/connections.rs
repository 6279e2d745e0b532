//! Connections: a connector with one person's values.

use crate::Store;
use crate::database::failed;
use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::collections::BTreeMap;

/// A connection. Its secrets are in the keyring under its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Connection {
    /// Its id: 16 hex digits, made by chance.
    pub id: String,
    /// Its name, the only one of it.
    pub name: String,
    /// Its connector's id.
    pub connector: String,
    /// Its values that are no secrets.
    pub values: BTreeMap<String, Value>,
    /// The names of the secrets that were given.
    pub secret_names: Vec<String>,
    /// Where its records go: an absolute path of a SQLite file.
    pub destination: String,
    /// When it was made, RFC 3339.
    pub created_at: String,
}

fn read(row: &SqliteRow) -> Connection {
    let json = |column: &str| row.get::<String, _>(column);
    Connection {
        id: row.get("id"),
        name: row.get("name"),
        connector: row.get("connector"),
        // Written by `put_connection` alone: what can't be read is as good as none.
        values: serde_json::from_str(&json("config")).unwrap_or_default(),
        secret_names: serde_json::from_str(&json("secret_names")).unwrap_or_default(),
        destination: row.get("destination"),
        created_at: row.get("created_at"),
    }
}

impl Store {
    /// Keeps a connection: makes it, or replaces the one with its id. A name that another has is a problem `name_taken`.
    pub async fn put_connection(&self, connection: &Connection) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO connections (id, name, connector, config, secret_names, destination, created_at) \
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, \
            connector = excluded.connector, config = excluded.config, secret_names = excluded.secret_names, \
            destination = excluded.destination";
        let done = sqlx::query(SQL)
            .bind(&connection.id)
            .bind(&connection.name)
            .bind(&connection.connector)
            .bind(serde_json::to_string(&connection.values).unwrap_or_default())
            .bind(serde_json::to_string(&connection.secret_names).unwrap_or_default())
            .bind(&connection.destination)
            .bind(&connection.created_at)
            .execute(&self.writer)
            .await;
        match done {
            Ok(_) => Ok(()),
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                let message = format!("There is a connection called “{}” already.", connection.name);
                Err(Problem::new("name_taken", ProblemKind::Config, Stage::Store, message).hint("Take another name."))
            }
            Err(error) => Err(failed("keep a connection")(error)),
        }
    }

    /// One connection, by id or by name.
    pub async fn connection(&self, id_or_name: &str) -> Result<Option<Connection>, Problem> {
        let query = sqlx::query("SELECT * FROM connections WHERE id = ?1 OR name = ?1 ORDER BY id = ?1 DESC LIMIT 1");
        let row = query.bind(id_or_name).fetch_optional(&self.pool).await;
        Ok(row.map_err(failed("read a connection"))?.as_ref().map(read))
    }

    /// All, by name.
    pub async fn connections(&self) -> Result<Vec<Connection>, Problem> {
        let rows = sqlx::query("SELECT * FROM connections ORDER BY name").fetch_all(&self.pool).await;
        Ok(rows.map_err(failed("list connections"))?.iter().map(read).collect())
    }

    /// Deletes it with its runs and state.
    pub async fn delete_connection(&self, id: &str) -> Result<(), Problem> {
        let done = sqlx::query("DELETE FROM connections WHERE id = ?").bind(id).execute(&self.writer).await;
        done.map(|_| ()).map_err(failed("delete a connection"))
    }
}
