//! A page whose process died is loaded again: the program and all that it does live on.

use crate::events::Pump;
use crate::graphics;
use api::contract::AppEvent;
use std::cell::Cell;
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager, WebviewWindow};
use webkit2gtk::WebViewExt;

/// A page that dies again within this time would do so for ever.
const AGAIN: Duration = Duration::from_secs(20);

/// Watches the page's process. Twice in a row, the program starts again and draws in software.
pub fn watch(window: &WebviewWindow) {
    let handle = window.app_handle().clone();
    let watched = window.with_webview(move |webview| {
        let died: Cell<Option<Instant>> = Cell::new(None);
        webview.inner().connect_web_process_terminated(move |view, reason| {
            tracing::error!(?reason, "The page's process ended.");
            if died.replace(Some(Instant::now())).is_some_and(|before| before.elapsed() < AGAIN) {
                graphics::start_in_software(&handle);
                return;
            }
            tell(&handle);
            view.reload();
        });
    });
    if let Err(error) = watched {
        tracing::warn!(%error, "The page's process is not watched.");
    }
}

/// The page that comes says what became of the one before.
fn tell(handle: &AppHandle) {
    let pump = handle.state::<Pump>();
    pump.forget();
    pump.send_or_keep(AppEvent::Notify {
        title: "The page had stopped".to_owned(),
        text: "It was loaded again. What you made is kept, and what was running goes on.".to_owned(),
    });
}
