//! The ways to sign in. The credentials are published: they guard nothing.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

/// The key of the sample API: a bearer token under `/v1`, a header under `/header`, a parameter under `/query`.
/// It is published, and guards nothing.
pub const SAMPLE_KEY: &str = "sample-key-not-a-secret";
/// The user name under `/basic`. Published.
pub const SAMPLE_USER: &str = "sample";
/// The password under `/basic`. Published.
pub const SAMPLE_PASSWORD: &str = "sample-password-not-a-secret";
/// The header under `/header`.
pub const KEY_HEADER: &str = "X-Api-Key";
/// The parameter under `/query`.
pub const KEY_PARAMETER: &str = "api_key";

/// How a path prefix asks for credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Nothing is asked for: `/open`.
    Open,
    /// `Authorization: Bearer …`: `/v1`.
    Bearer,
    /// `X-Api-Key: …`: `/header`.
    Header,
    /// `?api_key=…`: `/query`.
    Query,
    /// User name and password: `/basic`.
    Basic,
    /// An access token of the OAuth provider: `/oauth`.
    Token,
}

impl Auth {
    /// The auth of a path's first part.
    pub fn of_prefix(prefix: &str) -> Option<Self> {
        match prefix {
            "open" => Some(Self::Open),
            "v1" => Some(Self::Bearer),
            "header" => Some(Self::Header),
            "query" => Some(Self::Query),
            "basic" => Some(Self::Basic),
            "oauth" => Some(Self::Token),
            _ => None,
        }
    }

    /// Looks at a request's credentials.
    ///
    /// # Errors
    /// The 401 to answer with.
    pub fn check(self, headers: &HeaderMap, query: &[(String, String)]) -> Result<(), Box<Response>> {
        let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = match self {
            Self::Open => return Ok(()),
            Self::Bearer | Self::Token => {
                authorization.and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned)
            }
            Self::Header => headers.get(KEY_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned),
            Self::Query => query.iter().find(|(name, _)| name == KEY_PARAMETER).map(|(_, value)| value.clone()),
            Self::Basic => authorization.and_then(|value| value.strip_prefix("Basic ")).map(str::to_owned),
        };
        let wanted = match self {
            Self::Basic => STANDARD.encode(format!("{SAMPLE_USER}:{SAMPLE_PASSWORD}")),
            _ => SAMPLE_KEY.to_owned(),
        };
        match given {
            Some(given) if given == wanted => Ok(()),
            given => Err(Box::new(self.refuse(given.is_some()))),
        }
    }

    /// The 401, which tells what is missing.
    pub fn refuse(self, was_given: bool) -> Response {
        let (challenge, missing) = match self {
            Self::Open | Self::Bearer | Self::Token => (
                "Bearer realm=\"sample\"",
                "Send your API key as a bearer token in the header Authorization.".to_owned(),
            ),
            Self::Header => (
                "ApiKey realm=\"sample\", header=\"X-Api-Key\"",
                format!("Send your API key in the header {KEY_HEADER}."),
            ),
            Self::Query => (
                "ApiKey realm=\"sample\", query=\"api_key\"",
                format!("Send your API key in the query parameter {KEY_PARAMETER}."),
            ),
            Self::Basic => (
                "Basic realm=\"sample\", charset=\"UTF-8\"",
                "Send your user name and password with HTTP basic auth.".to_owned(),
            ),
        };
        let (code, message) = if was_given {
            ("invalid_credentials", format!("The credentials are not right. {missing}"))
        } else {
            ("missing_credentials", format!("Credentials are missing. {missing}"))
        };
        let challenge = if was_given && self == Self::Bearer {
            "Bearer realm=\"sample\", error=\"invalid_token\""
        } else {
            challenge
        };
        let body = json!({"error": {"code": code, "message": message, "docs": "/"}});
        (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)], axum::Json(body)).into_response()
    }
}
