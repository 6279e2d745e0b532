//! data

use crate::app::{App, unbuilt};
use crate::contract::{DataRows, DataTable, DataWindow, Id};
use definition::Problem;

pub(crate) async fn tables(_app: &App, _request: Id) -> Result<Vec<DataTable>, Problem> {
    Err(unbuilt())
}

pub(crate) async fn rows(_app: &App, _request: DataWindow) -> Result<DataRows, Problem> {
    Err(unbuilt())
}
