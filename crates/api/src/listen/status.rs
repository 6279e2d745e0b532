//! What a monitor asks: whether the program runs.

use crate::app::App;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use std::time::Instant;

/// The routes of this file.
pub(super) fn routes(_app: &App) -> Router {
    let began = Instant::now();
    Router::new().route("/health", get(move || health(began)))
}

async fn health(began: Instant) -> Json<Value> {
    Json(json!({"status": "pass", "version": env!("CARGO_PKG_VERSION"), "uptime_s": began.elapsed().as_secs()}))
}
