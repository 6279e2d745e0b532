//! The client alone (RFC 6749, 4.4).

use super::spec::Spec;
use super::token::{Granted, ask, param};
use crate::http::auth::wire::AuthLine;
use definition::Problem;

pub(super) async fn grant(spec: &Spec, line: &AuthLine) -> Result<Granted, Box<Problem>> {
    let mut params = vec![param("grant_type", "client_credentials")];
    params.extend(spec.scope.as_deref().map(|scope| param("scope", scope)));
    ask(spec, line, params).await
}
