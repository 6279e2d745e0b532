//! The window's place and size, from one start to the next.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use tauri::{Manager, PhysicalPosition, PhysicalSize, Runtime, WebviewWindow, Window, WindowEvent};

/// Where the place is kept.
pub struct Kept(pub PathBuf);

/// A window's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    x: i32,
    y: i32,
    width: u32,
    height: u32,
    maximized: bool,
}

/// The smallest part of a window that has to be on a screen, in pixels.
const SEEN: i32 = 80;

impl Place {
    /// Whether enough of its head is on a screen to be moved by.
    fn is_on(&self, x: i32, y: i32, width: u32, height: u32) -> bool {
        let (right, below) = (x.saturating_add_unsigned(width), y.saturating_add_unsigned(height));
        let left_part = self.x.saturating_add_unsigned(self.width) > x.saturating_add(SEEN);
        left_part && self.x < right - SEEN && self.y >= y && self.y < below - SEEN
    }
}

/// Puts a window where it was; a place that is on no screen any more is forgotten. Then it shows.
pub fn restore(window: &WebviewWindow, data_dir: &Path) {
    let kept = std::fs::read_to_string(file(data_dir)).ok().and_then(|text| serde_json::from_str::<Place>(&text).ok());
    if let Some(place) = kept {
        let monitors = window.available_monitors().unwrap_or_default();
        let on = |monitor: &tauri::Monitor| {
            let (at, size) = (monitor.position(), monitor.size());
            place.is_on(at.x, at.y, size.width, size.height)
        };
        let sized = window.set_size(PhysicalSize::new(place.width, place.height));
        let placed =
            if monitors.iter().any(on) { window.set_position(PhysicalPosition::new(place.x, place.y)) } else { Ok(()) };
        let filled = if place.maximized { window.maximize() } else { Ok(()) };
        if let Err(error) = sized.and(placed).and(filled) {
            tracing::debug!(%error, "The window did not go where it was.");
        }
    }
    if let Err(error) = window.show() {
        tracing::warn!(%error, "The window did not show.");
    }
}

/// Where the place of windows of a data folder is kept.
pub fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("window.json")
}

/// Keeps a window's place when it closes.
pub fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { .. } = event {
        keep(window);
    }
}

fn keep<R: Runtime>(window: &Window<R>) {
    let file = &window.state::<Kept>().0;
    let maximized = window.is_maximized().unwrap_or(false);
    let (Ok(at), Ok(size)) = (window.outer_position(), window.inner_size()) else { return };
    let before = std::fs::read_to_string(file).ok().and_then(|text| serde_json::from_str::<Place>(&text).ok());
    let place = match before {
        // A window that fills the screen comes back to its own size.
        Some(before) if maximized => Place { maximized, ..before },
        _ => Place { x: at.x, y: at.y, width: size.width, height: size.height, maximized },
    };
    if let Ok(text) = serde_json::to_string(&place)
        && let Err(error) = std::fs::write(file, text)
    {
        tracing::debug!(%error, "The window's place was not kept.");
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_place_counts_while_it_can_be_reached() {
        let at = |x, y| Place { x, y, width: 1280, height: 800, maximized: false };
        let on = |place: Place| place.is_on(0, 0, 1920, 1080);
        assert!(on(at(0, 0)) && on(at(-1000, 10)) && on(at(1800, 900)));
        assert!(!on(at(-1250, 0)) && !on(at(1900, 0)) && !on(at(0, 1050)) && !on(at(100, -200)));
    }
}
