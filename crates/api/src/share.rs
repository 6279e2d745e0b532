//! share

use crate::app::{App, unbuilt};
use crate::contract::{Id, Share};
use definition::Problem;

pub(crate) async fn share(_app: &App, _request: Id) -> Result<Share, Problem> {
    Err(unbuilt())
}
