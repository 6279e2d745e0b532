//! The desktop's notifications, for hooks that ask for one and for what ended while nobody looked. The window shows the
//! same text, so that none is lost.

use api::contract::AppEvent;

/// Shows a notification where the event is one. Never waits: some desktops answer late, some not at all.
pub fn show(event: &AppEvent) {
    if let AppEvent::Notify { title, text } = event {
        tell(title.clone(), text.clone());
    }
}

/// Shows a notification that the page asks for: something ended while nobody looked.
#[tauri::command]
pub fn notify(title: String, text: String) {
    tell(title, text);
}

fn tell(title: String, text: String) {
    std::thread::spawn(move || {
        let shown = notify_rust::Notification::new().appname("Tapwright").summary(&title).body(&text).show();
        if let Err(error) = shown {
            tracing::debug!(%error, "The desktop did not show a notification.");
        }
    });
}
