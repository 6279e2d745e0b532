//! One of several ways, chosen by a config value when the plan is made.

use super::{Authenticator, Making};
use definition::Fault;
use definition::model::SelectAuth;

pub(super) fn compile(_auth: &SelectAuth, making: &Making<'_>) -> Result<Authenticator, Vec<Fault>> {
    Err(making.not_yet())
}
