//! Changing the data, setting faults, and looking at what was asked.

use crate::data::Collection;
use crate::fault::Fault;
use crate::page::bad_request;
use crate::routes::{Asked, Shared, error, lock};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Answers a request under `/admin`. Not logged, and without faults.
pub fn answer(shared: &Shared, asked: &Asked, rest: &[&str]) -> Response {
    let unknown =
        || error(StatusCode::NOT_FOUND, "not_found", &format!("There is no {} {}.", asked.method, asked.path));
    match (&asked.method, rest) {
        (&Method::GET, ["log"]) => axum::Json(json!({"requests": lock(&shared.log).lines()})).into_response(),
        (&Method::DELETE, ["log"]) => {
            lock(&shared.log).clear();
            StatusCode::NO_CONTENT.into_response()
        }
        (&Method::POST, ["faults"]) => match serde_json::from_slice::<Fault>(&asked.body) {
            Ok(fault) => {
                lock(&shared.faults).set(fault.clone());
                (StatusCode::CREATED, axum::Json(fault)).into_response()
            }
            Err(wrong) => bad_request(&format!("That is not a fault: {wrong}")),
        },
        (&Method::DELETE, ["faults"]) => {
            lock(&shared.faults).clear();
            StatusCode::NO_CONTENT.into_response()
        }
        (&Method::POST, ["reset"]) => {
            lock(&shared.faults).clear();
            lock(&shared.log).clear();
            lock(&shared.library).reset();
            StatusCode::NO_CONTENT.into_response()
        }
        (&Method::POST, [name]) => Collection::named(name).map_or_else(unknown, |collection| {
            let added = lock(&shared.library).add(collection);
            (StatusCode::CREATED, axum::Json(added)).into_response()
        }),
        (&Method::POST, [name, id, "touch"]) => Collection::named(name)
            .and_then(|collection| {
                let mut library = lock(&shared.library);
                let index = library.find(collection, id)?;
                Some(axum::Json(library.touch(collection, index)).into_response())
            })
            .unwrap_or_else(unknown),
        _ => unknown(),
    }
}
