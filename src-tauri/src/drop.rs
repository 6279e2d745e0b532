//! Files and folders dropped on the window: looked at here, so that the page never reads one.

use api::contract::AppEvent;
use tauri::{DragDropEvent, Manager, Window, WindowEvent};

/// Sends what a dropped file or folder is opened by to the page: a connector's text, or the path of data.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    let Some(path) = paths.first() else { return };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    window.state::<crate::events::Pump>().send(&AppEvent::Dropped { text: api::openable(path), name });
}
