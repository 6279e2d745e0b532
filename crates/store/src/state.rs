//! State of streams whose sink keeps none (files, standard output).

use crate::Store;
use definition::Problem;

impl Store {
    /// Keeps a stream's state, as JSON.
    pub async fn put_state(&self, _connection: &str, _stream: &str, _state: &str) -> Result<(), Problem> {
        todo!()
    }
    /// A stream's state.
    pub async fn state(&self, _connection: &str, _stream: &str) -> Result<Option<String>, Problem> {
        todo!()
    }
}
