//! home

use crate::app::{App, unbuilt};
use crate::contract::{Home, Id, Named, Nothing};
use definition::Problem;

pub(crate) async fn home(_app: &App, _request: Nothing) -> Result<Home, Problem> {
    Err(unbuilt())
}

pub(crate) async fn delete(_app: &App, _request: Id) -> Result<Nothing, Problem> {
    Err(unbuilt())
}

pub(crate) async fn rename(_app: &App, _request: Named) -> Result<Nothing, Problem> {
    Err(unbuilt())
}
