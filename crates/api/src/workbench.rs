//! workbench

use crate::app::{App, unbuilt};
use crate::contract::{Choose, Id, Nothing, PointAt, SetDefinition, Workbench};
use definition::Problem;

pub(crate) async fn get(_app: &App, _request: Id) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn set_definition(_app: &App, _request: SetDefinition) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn undo(_app: &App, _request: Id) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn redo(_app: &App, _request: Id) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn choose(_app: &App, _request: Choose) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn point_at(_app: &App, _request: PointAt) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn accept(_app: &App, _request: Id) -> Result<Workbench, Problem> {
    Err(unbuilt())
}

pub(crate) async fn cancel(_app: &App, _request: Id) -> Result<Nothing, Problem> {
    Err(unbuilt())
}
