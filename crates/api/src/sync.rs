//! sync

use crate::app::{App, unbuilt};
use crate::contract::{Id, LogWindow, Nothing, RunLogLine, RunSummary, RunView, StartSync};
use definition::Problem;

pub(crate) async fn start(_app: &App, _request: StartSync) -> Result<RunView, Problem> {
    Err(unbuilt())
}

pub(crate) async fn cancel(_app: &App, _request: Id) -> Result<Nothing, Problem> {
    Err(unbuilt())
}

pub(crate) async fn get(_app: &App, _request: Id) -> Result<RunView, Problem> {
    Err(unbuilt())
}

pub(crate) async fn list(_app: &App, _request: Id) -> Result<Vec<RunSummary>, Problem> {
    Err(unbuilt())
}

pub(crate) async fn log(_app: &App, _request: LogWindow) -> Result<Vec<RunLogLine>, Problem> {
    Err(unbuilt())
}
