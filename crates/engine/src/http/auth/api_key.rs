//! A key in a header, the query or a cookie.

use super::{Credentials, Making};
use definition::model::{ApiKeyAuth, ApiKeyPlace};
use definition::{Fault, Secret};

pub(super) fn compile(auth: &ApiKeyAuth, making: &Making<'_>) -> Result<Credentials, Vec<Fault>> {
    let key = making.render(&auth.value, "value")?;
    let name = auth.name.clone();
    let value = format!("{}{}", auth.prefix, key.trim());
    let mut credentials = Credentials::default();
    match auth.place {
        ApiKeyPlace::Header => {
            let name = making.header_name(&name, "name")?;
            credentials.headers.push((name, Secret::new(making.header_value(&value, "value")?)));
        }
        ApiKeyPlace::Query => credentials.query.push((name, Secret::new(value))),
        ApiKeyPlace::Cookie => credentials.cookies.push((name, Secret::new(making.header_value(&value, "value")?))),
        ApiKeyPlace::Body => {
            let message = "A key in the body can't be sent by this version yet.";
            return Err(vec![Fault::new("not_yet", making.at("in"), message)]);
        }
    }
    Ok(credentials)
}
