//! User name and password (RFC 7617), as UTF-8.

use super::{Credentials, render};
use crate::expr::Expressions;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use definition::model::BasicAuth;
use definition::{Fault, Secret};
use zeroize::Zeroizing;

pub(super) fn compile(auth: &BasicAuth, expressions: &Expressions) -> Result<Credentials, Vec<Fault>> {
    let username = render(&auth.username, "http.auth.username", expressions)?;
    let password = Zeroizing::new(render(&auth.password, "http.auth.password", expressions)?);
    if username.contains(':') {
        return Err(vec![Fault::new("illegal_value", "http.auth.username", "A user name can't have a colon in it.")]);
    }
    let pair = Zeroizing::new(format!("{username}:{}", *password));
    let value = Secret::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
    Ok(Credentials { headers: vec![("Authorization".to_owned(), value)], ..Credentials::default() })
}
