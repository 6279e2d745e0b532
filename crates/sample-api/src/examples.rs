//! Small data of difficult shapes, for the examples of mapping: `/{prefix}/examples/{name}`.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// What there is, by name.
const ALL: [(&str, &str); 4] = [
    ("people", include_str!("../data/people.json")),
    ("pages", include_str!("../data/pages.json")),
    ("articles", include_str!("../data/articles.json")),
    ("deals", include_str!("../data/deals.json")),
];

/// One of them, as it is written: no digit changes on the way.
pub fn answer(name: &str) -> Option<Response> {
    let (_, text) = ALL.iter().find(|(known, _)| *known == name)?;
    Some((StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], *text).into_response())
}
