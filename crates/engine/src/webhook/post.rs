//! Sends a test event.

use super::SignedRequest;
use crate::http::{HttpClient, Transport, WireRequest};
use definition::{Problem, ProblemKind, Stage};
use futures::StreamExt;
use std::time::Duration;
use url::Url;

/// How long it may take.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Bytes of the answer that are shown.
const SHOWN: usize = 4096;

/// What the receiver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostAnswer {
    /// The status.
    pub status: u16,
    /// The body's beginning.
    pub body: String,
}

/// Sends a signed request once. Redirects are not followed.
///
/// # Errors
/// Where nobody is reached, or nothing is answered in 30 seconds.
pub async fn post(request: SignedRequest, url: Url) -> Result<PostAnswer, Problem> {
    let host = crate::http::shown_host(&url);
    let sending = async {
        let client = HttpClient::new(None).map_err(|trouble| trouble.problem(&host, TIMEOUT, 0))?;
        let wire = WireRequest {
            method: request.method,
            url: with_query(url, &request.query),
            headers: request.headers,
            body: Some(request.body),
        };
        let mut answer = client.send(wire).await.map_err(|trouble| trouble.problem(&host, TIMEOUT, 0))?;
        let mut body = Vec::new();
        while let Some(Ok(chunk)) = answer.body.next().await {
            body.extend_from_slice(&chunk);
            if body.len() >= SHOWN {
                body.truncate(SHOWN);
                break;
            }
        }
        Ok(PostAnswer { status: answer.status, body: String::from_utf8_lossy(&body).into_owned() })
    };
    match tokio::time::timeout(TIMEOUT, sending).await {
        Ok(done) => done,
        Err(_) => Err(Problem::new("timeout", ProblemKind::Network, Stage::Send, format!("{host} did not answer."))
            .hint("Is the receiver running, and the address right?")
            .retryable()),
    }
}

fn with_query(mut url: Url, query: &[(String, String)]) -> Url {
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url
}
