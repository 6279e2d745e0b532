//! User name and password by challenge (RFC 7616).

use super::{AuthWire, Generation, Making, Refused};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::DigestAuth;
use definition::{Fault, Problem};

/// User name and password by challenge (RFC 7616).
#[derive(Debug)]
pub(crate) struct Digest;

pub(super) fn compile(_auth: &DigestAuth, making: &Making<'_>) -> Result<Digest, Vec<Fault>> {
    Err(making.not_yet())
}

#[expect(clippy::unused_async, clippy::unused_self, reason = "can't be made yet")]
impl Digest {
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
