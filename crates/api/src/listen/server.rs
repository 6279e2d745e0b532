//! The HTTP side: routes, and bodies that are read no further than they may be.

use super::receive::{Answered, Asked, receive};
use super::{ListenOptions, OnEvent};
use crate::app::App;
use crate::health::status;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::routing::any;
use bytes::Bytes;
use futures::StreamExt;
use std::sync::Arc;
use std::time::Duration;

/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Bytes of a body that is too long which are passed over, so that the sender reads the answer.
const PASSED_OVER: u64 = 64 * 1024 * 1024;

/// What every request needs.
#[derive(Clone)]
pub(super) struct Shared {
    pub app: App,
    pub connections: Arc<Vec<String>>,
    pub on_event: Option<OnEvent>,
}

pub(super) fn router(app: &App, options: &ListenOptions) -> Router {
    let shared = Shared {
        app: app.clone(),
        connections: Arc::new(options.connections.clone()),
        on_event: options.on_event.clone(),
    };
    Router::new()
        .route("/hooks/{connection}/{webhook}", any(hook))
        .fallback(nothing)
        .with_state(shared)
        .merge(status::router(app, options.connections.clone()))
}

async fn nothing() -> Response<Body> {
    plain(StatusCode::NOT_FOUND, "not found\n")
}

async fn hook(
    State(shared): State<Shared>,
    Path((address, webhook)): Path<(String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let asked = Asked {
        address,
        webhook,
        method: method.as_str().to_owned(),
        query: query.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
        headers: headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect(),
        at: jiff::Timestamp::now(),
    };
    to_response(receive(&shared, asked, body).await)
}

/// A body, or why there is none.
pub(super) enum Read {
    Whole(Bytes),
    /// It is longer than it may be. So many bytes came.
    TooLong(u64),
    /// It did not come in time, or broke off.
    Cut,
}

/// Reads a body up to a length.
pub(super) async fn read(body: Body, most: u64) -> Read {
    tokio::time::timeout(BODY_TIME, read_all(body, most)).await.unwrap_or(Read::Cut)
}

async fn read_all(body: Body, most: u64) -> Read {
    let mut chunks = body.into_data_stream();
    let (mut whole, mut length) = (Vec::new(), 0_u64);
    while let Some(chunk) = chunks.next().await {
        let Ok(chunk) = chunk else { return Read::Cut };
        length += chunk.len() as u64;
        if length <= most {
            whole.extend_from_slice(&chunk);
        } else if length > most + PASSED_OVER {
            break;
        } else {
            whole = Vec::new();
        }
    }
    if length > most { Read::TooLong(length) } else { Read::Whole(whole.into()) }
}

fn to_response(answered: Answered) -> Response<Body> {
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = Response::new(Body::from(answered.body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&answered.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    // What a sender wrote is sent back: no browser is to take it for a page.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    for (name, value) in answered.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            headers.insert(name, value);
        }
    }
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}
