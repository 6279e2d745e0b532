//! A refresh token for a new access token (RFC 6749, 6).

use super::spec::Spec;
use super::token::{Granted, ask, param};
use crate::http::auth::wire::AuthLine;
use definition::{Problem, Secret};

/// The scopes are left out: the token keeps those that it was given with.
pub(super) async fn grant(spec: &Spec, line: &AuthLine, refresh: &Secret) -> Result<Granted, Box<Problem>> {
    line.learn(refresh.open());
    ask(spec, line, vec![param("grant_type", "refresh_token"), param("refresh_token", refresh.open())]).await
}
