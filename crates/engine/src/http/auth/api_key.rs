//! A key in a header, the query, a cookie or the body.

use super::{Credentials, Making};
use definition::model::{ApiKeyAuth, ApiKeyPlace};
use definition::{Fault, Secret};

pub(super) fn compile(auth: &ApiKeyAuth, making: &Making<'_>) -> Result<Credentials, Vec<Fault>> {
    let key = making.render(&auth.value, "value")?;
    let key = key.trim();
    // Who copies the scheme along means it once.
    let twice = !auth.prefix.trim().is_empty() && key.starts_with(&auth.prefix);
    let mut value = if twice { key.to_owned() } else { format!("{}{key}", auth.prefix) };
    if matches!(auth.place, ApiKeyPlace::Header | ApiKeyPlace::Cookie) {
        value = making.header_value(&value, "value")?;
    }
    if auth.place == ApiKeyPlace::Header {
        making.header_name(&auth.name, "name")?;
    }
    let mut credentials = Credentials::default();
    put(&mut credentials, auth.place, &auth.name, value);
    Ok(credentials)
}

/// Adds a key that may stand in its place.
pub(super) fn put(credentials: &mut Credentials, place: ApiKeyPlace, name: &str, value: String) {
    let list = match place {
        ApiKeyPlace::Header => &mut credentials.headers,
        ApiKeyPlace::Query => &mut credentials.query,
        ApiKeyPlace::Cookie => &mut credentials.cookies,
        ApiKeyPlace::Body => &mut credentials.body,
    };
    list.push((name.to_owned(), Secret::new(value)));
}
