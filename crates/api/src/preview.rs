//! preview

use crate::app::{App, unbuilt};
use crate::contract::{NodeWindow, OneStream, PreviewRow, RowWindow, StatePreview, StreamPreview, TreeNode};
use definition::Problem;

pub(crate) async fn run(_app: &App, _request: OneStream) -> Result<StreamPreview, Problem> {
    Err(unbuilt())
}

pub(crate) async fn rows(_app: &App, _request: RowWindow) -> Result<Vec<PreviewRow>, Problem> {
    Err(unbuilt())
}

pub(crate) async fn nodes(_app: &App, _request: NodeWindow) -> Result<Vec<TreeNode>, Problem> {
    Err(unbuilt())
}

pub(crate) async fn state(_app: &App, _request: OneStream) -> Result<StatePreview, Problem> {
    Err(unbuilt())
}
