//! A token in `Authorization: Bearer` (RFC 6750).

use super::{Credentials, header_value, render};
use crate::expr::Expressions;
use definition::model::BearerAuth;
use definition::{Fault, Secret};

pub(super) fn compile(auth: &BearerAuth, expressions: &Expressions) -> Result<Credentials, Vec<Fault>> {
    let token = header_value(&render(&auth.token, "http.auth.token", expressions)?, "http.auth.token")?;
    let value = Secret::new(format!("Bearer {token}"));
    Ok(Credentials { headers: vec![("Authorization".to_owned(), value)], ..Credentials::default() })
}
