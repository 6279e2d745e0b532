//! User name and password (RFC 7617), as UTF-8.

use super::{Credentials, Making};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use definition::model::BasicAuth;
use definition::{Fault, Secret};
use zeroize::Zeroizing;

pub(super) fn compile(auth: &BasicAuth, making: &Making<'_>) -> Result<Credentials, Vec<Fault>> {
    let username = making.render(&auth.username, "username")?;
    // An API key as the user name, with an empty password, is common.
    let password = Zeroizing::new(making.render_optional(&auth.password, "password")?);
    if username.contains(':') {
        let message = "A user name can't have a colon in it.";
        return Err(vec![Fault::new("illegal_value", making.at("username"), message)]);
    }
    let pair = Zeroizing::new(format!("{username}:{}", *password));
    let value = Secret::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
    Ok(Credentials { headers: vec![("Authorization".to_owned(), value)], ..Credentials::default() })
}
