//! User name and password (RFC 6749, 4.3).

use super::spec::Spec;
use super::token::{Granted, ask, param};
use crate::http::auth::wire::AuthLine;
use definition::{Problem, Secret};

pub(super) async fn grant(spec: &Spec, line: &AuthLine) -> Result<Granted, Box<Problem>> {
    let password = spec.password.as_ref().map(Secret::open).unwrap_or_default();
    let mut params =
        vec![param("grant_type", "password"), param("username", &spec.username), param("password", password)];
    params.extend(spec.scope.as_deref().map(|scope| param("scope", scope)));
    ask(spec, line, params).await
}
