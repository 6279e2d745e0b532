//! Settings, by name.

use crate::Store;
use definition::Problem;

impl Store {
    /// A setting, as JSON.
    pub async fn setting(&self, _name: &str) -> Result<Option<String>, Problem> {
        todo!()
    }
    /// Keeps a setting.
    pub async fn put_setting(&self, _name: &str, _value: &str) -> Result<(), Problem> {
        todo!()
    }
}
