//! State of streams whose sink keeps none (files, standard output).

use crate::Store;
use crate::database::failed;
use definition::Problem;

impl Store {
    /// Keeps a stream's state, as JSON.
    pub async fn put_state(&self, connection: &str, stream: &str, state: &str) -> Result<(), Problem> {
        const SQL: &str = "INSERT INTO states (connection, stream, state) VALUES (?, ?, ?) \
            ON CONFLICT (connection, stream) DO UPDATE SET state = excluded.state";
        let query = sqlx::query(SQL).bind(connection).bind(stream).bind(state);
        query.execute(&self.writer).await.map(|_| ()).map_err(failed("keep a state"))
    }

    /// A stream's state.
    pub async fn state(&self, connection: &str, stream: &str) -> Result<Option<String>, Problem> {
        let query = sqlx::query_scalar("SELECT state FROM states WHERE connection = ? AND stream = ?");
        query.bind(connection).bind(stream).fetch_optional(&self.pool).await.map_err(failed("read a state"))
    }
}
