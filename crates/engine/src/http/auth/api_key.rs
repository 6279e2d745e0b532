//! A key in a header, the query or a cookie.

use super::{Credentials, header_value, render};
use crate::expr::Expressions;
use crate::http::header_name;
use definition::model::{ApiKeyAuth, ApiKeyPlace};
use definition::{Fault, Secret};

pub(super) fn compile(auth: &ApiKeyAuth, expressions: &Expressions) -> Result<Credentials, Vec<Fault>> {
    let key = render(&auth.value, "http.auth.value", expressions)?;
    let name = auth.name.clone();
    let value = format!("{}{}", auth.prefix, key.trim());
    let mut credentials = Credentials::default();
    match auth.place {
        ApiKeyPlace::Header => {
            if !header_name(&name) {
                return Err(vec![Fault::new("bad_header", "http.auth.name", format!("`{name}` is no header name."))]);
            }
            credentials.headers.push((name, Secret::new(header_value(&value, "http.auth.value")?)));
        }
        ApiKeyPlace::Query => credentials.query.push((name, Secret::new(value))),
        ApiKeyPlace::Cookie => credentials.cookies.push((name, Secret::new(header_value(&value, "http.auth.value")?))),
        ApiKeyPlace::Body => {
            let message = "A key in the body can't be sent by this version yet.";
            return Err(vec![Fault::new("not_yet", "http.auth.in", message)]);
        }
    }
    Ok(credentials)
}
