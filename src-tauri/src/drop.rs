//! Files and folders dropped on the window: looked at here, so that the page never reads one.

use api::contract::AppEvent;
use std::path::Path;
use tauri::{DragDropEvent, Manager, Window, WindowEvent};

/// The most files of one drop.
const MOST: usize = 50;

/// Tells the page of files that are held over the window, and sends what dropped ones are opened by: a connector's text,
/// or the path of data.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let pump = window.state::<crate::events::Pump>();
    match event {
        // What is dragged within the page has no files.
        DragDropEvent::Enter { paths, .. } if !paths.is_empty() => {
            let names = paths.iter().take(MOST).map(|path| name(path)).collect();
            pump.send(&AppEvent::Dragged { names });
        }
        DragDropEvent::Leave => pump.send(&AppEvent::Dragged { names: Vec::new() }),
        DragDropEvent::Drop { paths, .. } => {
            pump.send(&AppEvent::Dragged { names: Vec::new() });
            let of = u32::try_from(paths.len().min(MOST)).unwrap_or(1);
            for path in paths.iter().take(MOST) {
                pump.send(&AppEvent::Dropped { text: api::openable(path), name: name(path), of });
            }
        }
        _ => {}
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
