//! The body: JSON, a form or text, its secrets taken out.

use super::vault::{Vault, literal};
use super::{Making, is_json, names, telling};
use definition::model::{Body, Scalar};
use indexmap::IndexMap;
use serde_json::Value;

/// Reads a body. JSON is told by its content, as people leave the content type out.
pub(super) fn read(making: &mut Making, data: String, content_type: Option<&str>, json: bool) -> Body {
    let kind = content_type.unwrap_or_default().to_ascii_lowercase();
    let parsed =
        serde_json::from_str::<Value>(&data).ok().filter(|value| json || value.is_object() || value.is_array());
    let body = match parsed {
        Some(mut value) if !kind.contains("ndjson") => {
            hide(&mut making.vault, &mut value);
            Body::Json(value)
        }
        _ if kind.is_empty() || kind.starts_with("application/x-www-form-urlencoded") => form(making, &data),
        _ => text(making, &data),
    };
    let implied = match &body {
        Body::Json(_) => kind.is_empty() || kind.starts_with("application/json"),
        Body::Form(_) => true,
        _ => false,
    };
    if !implied {
        let value = content_type.map_or_else(|| "application/x-www-form-urlencoded".to_owned(), literal);
        making.request.headers.insert("Content-Type".to_owned(), value.as_str().into());
    }
    body
}

fn form(making: &mut Making, data: &str) -> Body {
    let pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(data.as_bytes()).map(|(name, value)| (name.into(), value.into())).collect();
    let single = |name: &str| pairs.iter().filter(|(other, _)| other == name).count() == 1;
    if pairs.is_empty() || !data.contains('=') || !pairs.iter().all(|(name, _)| single(name)) {
        return text(making, data);
    }
    let mut form: IndexMap<String, Scalar> = IndexMap::new();
    for (name, value) in pairs {
        let text = if telling::secret(&name, &value) {
            making.vault.secret(&telling::plain_name(&name), &name, &value).0
        } else {
            literal(&value)
        };
        form.insert(literal(&name), text.as_str().into());
    }
    Body::Form(form)
}

/// Text as it is. What looks like a key in it is taken out word by word.
fn text(making: &mut Making, data: &str) -> Body {
    let mut out = String::new();
    for part in data.split_inclusive(|c: char| c.is_whitespace() || "&=\"'<>,;".contains(c)) {
        let word = part.trim_end_matches(|c: char| c.is_whitespace() || "&=\"'<>,;".contains(c));
        if telling::well_known(word) {
            out.push_str(making.vault.secret("api_key", "API key", word).as_str());
        } else {
            out.push_str(&literal(word));
        }
        out.push_str(&part[word.len()..]);
    }
    Body::Text(out.into())
}

/// Puts references where secrets stand, and makes all other text safe.
fn hide(vault: &mut Vault, value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match member {
                    Value::String(text) if telling::secret(name, text) => {
                        *text = vault.secret(&telling::plain_name(name), name, text).0;
                    }
                    other => hide(vault, other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| hide(vault, item)),
        Value::String(text) if telling::well_known(text) => *text = vault.secret("api_key", "API key", text).0,
        Value::String(text) => *text = literal(text),
        _ => {}
    }
}

/// The first field that a GraphQL query asks for.
pub(super) fn graphql_name(body: Option<&Body>) -> Option<String> {
    let Some(Body::Json(Value::Object(members))) = body.filter(|body| is_json(body)) else { return None };
    let query = members.get("query")?.as_str()?;
    let inner = query.split_once('{')?.1.trim_start();
    let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then(|| names::identifier(&name, "records"))
}
