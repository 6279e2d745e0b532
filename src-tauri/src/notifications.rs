//! The desktop's notifications, for hooks that ask for one. The window shows the same text, so that none is lost.

use api::contract::AppEvent;

/// Shows a notification where the event is one. Never waits: some desktops answer late, some not at all.
pub fn show(event: &AppEvent) {
    let AppEvent::Notify { title, text } = event else { return };
    let (title, text) = (title.clone(), text.clone());
    std::thread::spawn(move || {
        let shown = notify_rust::Notification::new().appname("Tapwright").summary(&title).body(&text).show();
        if let Err(error) = shown {
            tracing::debug!(%error, "The desktop did not show a notification.");
        }
    });
}
