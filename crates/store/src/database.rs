//! The database file: opening, migrations, WAL.

use definition::Problem;
use std::path::Path;

/// The app's own database, `tapwright.db` in the data folder. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {}

impl Store {
    /// Opens it, makes it where it is missing, and brings it up to date.
    pub async fn open(_data_dir: &Path) -> Result<Self, Problem> {
        todo!()
    }
    /// Ends all use of it.
    pub async fn close(&self) {}
}
