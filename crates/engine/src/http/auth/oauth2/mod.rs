//! OAuth 2.0 (RFC 6749): tokens from a token URL, renewed ahead of their end.

use super::{AuthWire, Generation, Making, Refused};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::OAuth2Auth;
use definition::{Fault, Problem};

/// OAuth 2.0.
#[derive(Debug)]
pub(crate) struct OAuth2;

pub(super) fn compile(_auth: &OAuth2Auth, making: &Making<'_>) -> Result<OAuth2, Vec<Fault>> {
    Err(making.not_yet())
}

#[expect(clippy::unused_async, clippy::unused_self, reason = "can't be made yet")]
impl OAuth2 {
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

    pub(super) async fn settled(&self) {}

    pub(super) fn teach(&self, _redactor: &Redactor) {}
}
