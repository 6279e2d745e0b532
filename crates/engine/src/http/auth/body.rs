//! A credential in a request's body.

use crate::http::transport::WireRequest;
use bytes::Bytes;
use definition::{Problem, ProblemKind, Secret, Stage};
use serde_json::{Map, Value};
use url::form_urlencoded::{Serializer, parse};

/// Puts a credential at its dotted place in a JSON body, or in its field of a form. Without a body a JSON one is made.
pub(super) fn put(wire: &mut WireRequest, place: &str, value: &Secret) -> Result<(), Box<Problem>> {
    let kind = wire.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let kind = kind.map(|(_, value)| value.to_ascii_lowercase());
    let body = wire.body.as_deref().unwrap_or_default();
    let form = kind.as_deref().is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if form {
        let others = parse(body).into_owned().filter(|(name, _)| name != place);
        let text = Serializer::new(String::new()).extend_pairs(others).append_pair(place, value.open()).finish();
        wire.body = Some(Bytes::from(text));
        return Ok(());
    }
    let mut root = if body.is_empty() {
        Value::Object(Map::new())
    } else {
        serde_json::from_slice(body).map_err(|_| unfit(place))?
    };
    let mut at = &mut root;
    for name in place.split('.') {
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
        at = at.as_object_mut().ok_or_else(|| unfit(place))?.entry(name.to_owned()).or_insert(Value::Null);
    }
    *at = Value::from(value.open());
    if kind.is_none() {
        wire.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    wire.body = Some(Bytes::from(root.to_string()));
    Ok(())
}

fn unfit(place: &str) -> Box<Problem> {
    let message = format!("The key can't be put at `{place}`: the request's body is no JSON object and no form there.");
    let problem = Problem::new("bad_request", ProblemKind::Config, Stage::Auth, message).field("http.auth.name");
    Box::new(problem.hint("Give the request a body of `json` or `form`, or another place in http.auth."))
}
