//! A token in `Authorization: Bearer` (RFC 6750).

use super::{Credentials, Making};
use definition::model::BearerAuth;
use definition::{Fault, Secret};

pub(super) fn compile(auth: &BearerAuth, making: &Making<'_>) -> Result<Credentials, Vec<Fault>> {
    let token = making.header_value(&making.render(&auth.token, "token")?, "token")?;
    let value = Secret::new(format!("Bearer {token}"));
    Ok(Credentials { headers: vec![("Authorization".to_owned(), value)], ..Credentials::default() })
}
