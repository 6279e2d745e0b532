//! Files dropped on the window: read here, so that the page never names a path.

use api::contract::AppEvent;
use std::path::Path;
use tauri::{DragDropEvent, Manager, Window, WindowEvent};

/// The largest definition that is read, in bytes.
const LARGEST: u64 = 5 * 1024 * 1024;

/// Sends the text of a dropped file to the page.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else { return };
    let Some(path) = paths.first() else { return };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match read_text(path) {
        Ok(text) => window.state::<crate::events::Pump>().send(&AppEvent::Dropped { text, name }),
        Err(error) => tracing::warn!(%name, %error, "A dropped file was not read."),
    }
}

/// A file's text, if it is small enough to be a definition.
pub fn read_text(path: &Path) -> Result<String, String> {
    let length = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if length > LARGEST {
        return Err(format!("The file has {length} bytes; a definition has at most {LARGEST}."));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}
