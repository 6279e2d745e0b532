//! open

use crate::app::{App, unbuilt};
use crate::contract::{AcceptTrust, GiveAuth, Nothing, OpenSource, Workbench};
use definition::Problem;

pub(crate) async fn open(_app: &App, _request: OpenSource) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn sample(_app: &App, _request: Nothing) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn give_auth(_app: &App, _request: GiveAuth) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn accept_trust(_app: &App, _request: AcceptTrust) -> Result<Workbench, Problem> {
    Err(unbuilt())
}
