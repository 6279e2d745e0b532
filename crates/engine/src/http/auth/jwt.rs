//! A JSON Web Token made here (RFC 7519).

use super::{AuthWire, Generation, Making, Refused};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::JwtAuth;
use definition::{Fault, Problem};

/// A JSON Web Token made here (RFC 7519).
#[derive(Debug)]
pub(crate) struct Jwt;

pub(super) fn compile(_auth: &JwtAuth, making: &Making<'_>) -> Result<Jwt, Vec<Fault>> {
    Err(making.not_yet())
}

#[expect(clippy::unused_async, clippy::unused_self, reason = "can't be made yet")]
impl Jwt {
    pub(super) async fn prepare(&self, _via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        Ok(())
    }

    pub(super) async fn put_on(
        &self,
        _wire: &mut WireRequest,
        _via: &AuthWire<'_>,
    ) -> Result<Generation, Box<Problem>> {
        Ok(0)
    }

    pub(super) async fn renew(&self, _refused: &Refused<'_>, _via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        Ok(false)
    }

    pub(super) fn teach(&self, _redactor: &Redactor) {}
}
