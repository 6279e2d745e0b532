//! A login request whose answer carries the token.

use super::{AuthWire, Generation, Making, Refused};
use crate::http::Redactor;
use crate::http::transport::WireRequest;
use definition::model::SessionAuth;
use definition::{Fault, Problem};

/// A login request whose answer carries the token.
#[derive(Debug)]
pub(crate) struct Session;

pub(super) fn compile(_auth: &SessionAuth, making: &Making<'_>) -> Result<Session, Vec<Fault>> {
    Err(making.not_yet())
}

#[expect(clippy::unused_async, clippy::unused_self, reason = "can't be made yet")]
impl Session {
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

    pub(super) fn query_names(&self) -> Vec<&str> {
        Vec::new()
    }
}
