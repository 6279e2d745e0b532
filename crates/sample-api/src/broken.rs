//! Right answers made wrong.

use crate::auth::Auth;
use crate::fault::{Fault, FaultKind};
use crate::routes::error;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::StreamExt;
use serde_json::json;
use std::io;
use std::time::Duration;

/// Spoils a right answer as the fault says.
pub async fn spoil(fault: &Fault, auth: Auth, right: Response) -> Response {
    match fault.kind {
        FaultKind::RateLimit => {
            let seconds = fault.seconds.unwrap_or(1);
            let message = format!("Too many requests. Try again in {seconds} s.");
            let mut response = error(StatusCode::TOO_MANY_REQUESTS, "rate_limited", &message);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        FaultKind::ServerError => {
            let status = fault.status.and_then(|status| StatusCode::from_u16(status).ok());
            error(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), "server_error", "Something broke on our side.")
        }
        FaultKind::Truncated => truncate(right).await,
        FaultKind::ErrorIn200 => {
            axum::Json(json!({"error": {"code": "over_quota", "message": "The daily quota is used up."}}))
                .into_response()
        }
        FaultKind::Html => {
            axum::response::Html("<!doctype html><title>Sign in</title><h1>Please sign in</h1>").into_response()
        }
        FaultKind::NotJson => {
            ([(header::CONTENT_TYPE, "application/json")], "{\"data\": [{\"id\": 1,, oops").into_response()
        }
        FaultKind::Unauthorized => auth.refuse(true),
        FaultKind::Slow | FaultKind::Reset | FaultKind::RepeatPage | FaultKind::Endless => right,
    }
}

/// Half of the body under a `Content-Length` of the whole; then the connection is cut.
async fn truncate(right: Response) -> Response {
    let (mut parts, body) = right.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    // The server sends a head together with what is ready: without a pause the cut would swallow it.
    let cut = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(io::ErrorKind::ConnectionAborted.into())
    };
    let sent = futures::stream::once(async { io::Result::<Bytes>::Ok(half) }).chain(futures::stream::once(cut));
    Response::from_parts(parts, Body::from_stream(sent))
}
