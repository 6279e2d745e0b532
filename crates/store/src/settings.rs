//! Settings, by name.

use crate::Store;
use crate::database::failed;
use definition::Problem;

impl Store {
    /// A setting, as JSON.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, Problem> {
        let query = sqlx::query_scalar("SELECT value FROM settings WHERE name = ?").bind(name);
        query.fetch_optional(&self.pool).await.map_err(failed("read a setting"))
    }

    /// Keeps a setting.
    pub async fn put_setting(&self, name: &str, value: &str) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO settings (name, value) VALUES (?, ?) \
            ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let done = sqlx::query(SQL).bind(name).bind(value).execute(&self.writer).await;
        done.map(|_| ()).map_err(failed("keep a setting"))
    }

    /// The version of SQLite.
    pub async fn sqlite_version(&self) -> Result<String, Problem> {
        let query = sqlx::query_scalar("SELECT sqlite_version()");
        query.fetch_one(&self.pool).await.map_err(failed("read the version"))
    }
}
