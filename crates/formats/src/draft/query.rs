//! Query parameters: keys taken out, the rest kept in order.

use super::{Making, api_key, telling, vault};
use definition::model::ApiKeyPlace;
use url::Url;
use url::form_urlencoded::byte_serialize;

/// Reads the query into the request. Parameters that are repeated can only stand in the path: they are given back.
pub(super) fn read(making: &mut Making, url: &Url) -> String {
    let pairs: Vec<(String, String)> = url.query_pairs().map(|(name, value)| (name.into(), value.into())).collect();
    let mut repeated = String::new();
    for (name, value) in &pairs {
        if telling::secret(name, value) && !(name == "key" && value.len() < 6 && !telling::placeholder(value)) {
            if let Some(template) = api_key(making, ApiKeyPlace::Query, name, "", value) {
                making.request.query.insert(vault::literal(name), template.as_str().into());
            }
        } else if pairs.iter().filter(|(other, _)| other == name).count() > 1 {
            repeated.push(if repeated.is_empty() { '?' } else { '&' });
            repeated.extend(byte_serialize(name.as_bytes()));
            repeated.push('=');
            repeated.extend(byte_serialize(value.as_bytes()));
        } else {
            making.request.query.insert(vault::literal(name), vault::literal(value).as_str().into());
        }
    }
    if !repeated.is_empty() {
        making.notes.push("Parameters that come more than once stay in the path.".to_owned());
    }
    repeated
}
