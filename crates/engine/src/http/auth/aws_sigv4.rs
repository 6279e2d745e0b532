//! AWS Signature Version 4.

use super::{AuthWire, Generation, Making, Refused};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::AwsSigV4Auth;
use definition::{Fault, Problem};

/// AWS Signature Version 4.
#[derive(Debug)]
pub(crate) struct AwsSigV4;

pub(super) fn compile(_auth: &AwsSigV4Auth, making: &Making<'_>) -> Result<AwsSigV4, Vec<Fault>> {
    Err(making.not_yet())
}

#[expect(clippy::unused_async, clippy::unused_self, reason = "can't be made yet")]
impl AwsSigV4 {
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
