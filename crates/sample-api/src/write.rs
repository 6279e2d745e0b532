//! Customers can be made, changed, removed and found. What was written is gone when the server stops.

use crate::data::Collection;
use crate::library::Library;
use crate::routes::{Asked, error};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Keys of calls that are remembered.
const KEYS: usize = 50_000;
/// Records that a search gives.
const FOUND: usize = 100;
/// The plans that there are.
const PLANS: [&str; 3] = ["free", "team", "business"];
/// What may be written.
const WRITABLE: [&str; 9] = ["name", "email", "phone", "company", "plan", "active", "credit_limit", "tags", "website"];

/// What clients wrote, over the seed's records.
#[derive(Debug, Default)]
pub struct Written {
    values: BTreeMap<u64, Map<String, Value>>,
    gone: BTreeSet<u64>,
    emails: BTreeMap<String, u64>,
    keys: BTreeMap<String, Call>,
}

/// A call that was answered: a repeat of it gets the same answer.
#[derive(Debug, Clone)]
struct Call {
    asked: String,
    status: u16,
    body: Value,
}

impl Written {
    /// A record with what was written over it.
    pub fn over(&self, collection: Collection, index: u64, mut record: Value) -> Value {
        if collection == Collection::Customers
            && let (Some(values), Some(record)) = (self.values.get(&index), record.as_object_mut())
        {
            record.extend(values.clone());
        }
        record
    }

    /// Whether records were removed.
    pub fn has_gaps(&self, collection: Collection) -> bool {
        collection == Collection::Customers && !self.gone.is_empty()
    }

    /// Whether a record was removed.
    pub fn is_gone(&self, collection: Collection, index: u64) -> bool {
        collection == Collection::Customers && self.gone.contains(&index)
    }
}

/// The answer to a write or a search; none where the request is neither.
pub fn answer(library: &mut Library, asked: &Asked, parts: &[&str]) -> Option<Response> {
    match (parts, asked.method.as_str()) {
        (["customers"], "POST") => Some(once(library, asked, create)),
        (["customers", "find"], "GET") => Some(find(library, asked)),
        (["customers", id], "PATCH" | "PUT" | "DELETE") => Some(match library.find(Collection::Customers, id) {
            None => error(StatusCode::NOT_FOUND, "not_found", &format!("There is no customer {id}.")),
            Some(index) if asked.method == Method::DELETE => {
                library.written.gone.insert(index);
                library.written.emails.retain(|_, owner| *owner != index);
                StatusCode::NO_CONTENT.into_response()
            }
            Some(index) => once(library, asked, |library, body| change(library, index, body)),
        }),
        _ => None,
    }
}

/// Does it once for each `Idempotency-Key`; the same key with another body is refused.
fn once(
    library: &mut Library,
    asked: &Asked,
    work: impl FnOnce(&mut Library, &Map<String, Value>) -> (u16, Value),
) -> Response {
    let key = asked.headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let text = format!("{} {} {}", asked.method, asked.path, String::from_utf8_lossy(&asked.body));
    if let Some(call) = key.as_ref().and_then(|key| library.written.keys.get(key)) {
        if call.asked != text {
            let message = "This Idempotency-Key was used for another request.";
            return error(StatusCode::UNPROCESSABLE_ENTITY, "key_reused", message);
        }
        let mut response = respond(call.status, &call.body);
        response.headers_mut().insert("Idempotent-Replayed", axum::http::HeaderValue::from_static("true"));
        return response;
    }
    let Ok(Value::Object(body)) = serde_json::from_slice(&asked.body) else {
        return error(StatusCode::BAD_REQUEST, "bad_request", "The body must be a JSON object.");
    };
    let (status, body) = work(library, &body);
    if let Some(key) = key.filter(|_| library.written.keys.len() < KEYS) {
        library.written.keys.insert(key, Call { asked: text, status, body: body.clone() });
    }
    respond(status, &body)
}

fn respond(status: u16, body: &Value) -> Response {
    (StatusCode::from_u16(status).unwrap_or(StatusCode::OK), axum::Json(body)).into_response()
}

fn create(library: &mut Library, body: &Map<String, Value>) -> (u16, Value) {
    let mut faults = faults(body);
    for name in ["name", "email"] {
        if !body.contains_key(name) {
            faults.insert(name.to_owned(), json!(["is required"]));
        }
    }
    if let Some(refused) = refusal(library, body, faults, None) {
        return refused;
    }
    let index = library.len(Collection::Customers);
    keep(library, index, body);
    (201, library.add(Collection::Customers))
}

fn change(library: &mut Library, index: u64, body: &Map<String, Value>) -> (u16, Value) {
    if let Some(refused) = refusal(library, body, faults(body), Some(index)) {
        return refused;
    }
    keep(library, index, body);
    (200, library.touch(Collection::Customers, index))
}

fn keep(library: &mut Library, index: u64, body: &Map<String, Value>) {
    if let Some(email) = body.get("email").and_then(Value::as_str) {
        library.written.emails.retain(|_, owner| *owner != index);
        library.written.emails.insert(email.to_lowercase(), index);
    }
    library.written.values.entry(index).or_default().extend(body.clone());
}

fn refusal(
    library: &Library,
    body: &Map<String, Value>,
    faults: Map<String, Value>,
    own: Option<u64>,
) -> Option<(u16, Value)> {
    if !faults.is_empty() {
        let message = "Some fields can't be taken.";
        return Some((422, json!({"error": {"code": "invalid", "message": message, "fields": faults}})));
    }
    let email = body.get("email").and_then(Value::as_str)?.to_lowercase();
    let seeded = email.strip_prefix("customer").and_then(|rest| rest.strip_suffix("@example.com"));
    let seeded = seeded.and_then(|number| library.find(Collection::Customers, number));
    let holds = |index: &u64| {
        let record = library.record(Collection::Customers, *index);
        record.get("email").and_then(Value::as_str).is_some_and(|have| have.to_lowercase() == email)
    };
    let owner = library.written.emails.get(&email).copied().or(seeded.filter(holds));
    let owner = owner.filter(|owner| Some(*owner) != own)?;
    let message = format!("The e-mail address belongs to customer {}.", owner + 1);
    Some((409, json!({"error": {"code": "conflict", "message": message, "id": owner + 1}})))
}

/// What is wrong with a body, by its fields.
fn faults(body: &Map<String, Value>) -> Map<String, Value> {
    let mut faults = Map::new();
    for (name, value) in body {
        let text = value.as_str();
        let why = match name.as_str() {
            "name" if text.is_none_or(|text| text.trim().is_empty()) => "must be text that is not empty",
            "email"
                if !text.is_some_and(|text| {
                    text.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
                }) =>
            {
                "is no e-mail address"
            }
            "plan" if !text.is_some_and(|text| PLANS.contains(&text)) => "must be free, team or business",
            "active" if !value.is_boolean() => "must be true or false",
            "credit_limit" if !value.as_f64().is_some_and(|limit| limit >= 0.0) => {
                "must be a number that is not negative"
            }
            "tags" if !value.as_array().is_some_and(|tags| tags.iter().all(Value::is_string)) => {
                "must be a list of texts"
            }
            name if !WRITABLE.contains(&name) => "can't be written",
            _ => continue,
        };
        faults.insert(name.clone(), json!([why]));
    }
    faults
}

fn find(library: &Library, asked: &Asked) -> Response {
    let text = asked.query.iter().find(|(name, _)| name == "text").map(|(_, value)| value.to_lowercase());
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return error(StatusCode::BAD_REQUEST, "bad_request", "Say what to find: ?text=ann.");
    };
    let records = (0..library.len(Collection::Customers))
        .filter(|index| !library.written.is_gone(Collection::Customers, *index))
        .map(|index| library.record(Collection::Customers, index));
    let holds = |record: &Value, name: &str| {
        record.get(name).and_then(Value::as_str).is_some_and(|have| have.to_lowercase().contains(&text))
    };
    let found: Vec<Value> = records.filter(|one| holds(one, "name") || holds(one, "email")).take(FOUND).collect();
    axum::Json(json!({"data": found, "total": found.len()})).into_response()
}
