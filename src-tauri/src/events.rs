//! The event pump: what the api tells without being asked goes to the page over one ordered channel.

use api::contract::AppEvent;
use std::sync::{Arc, Mutex};
use tauri::State;
use tauri::ipc::Channel;

/// Where events go. A page that was loaded again subscribes again; its old channel is dropped.
#[derive(Clone, Default)]
pub struct Pump(Arc<Mutex<Option<Channel<AppEvent>>>>);

impl Pump {
    /// Sends an event to the page, if there is one yet.
    pub fn send(&self, event: &AppEvent) {
        let channel = self.0.lock().ok().and_then(|channel| channel.clone());
        if let Some(channel) = channel
            && let Err(error) = channel.send(event.clone())
        {
            tracing::warn!(%error, "An event did not reach the page.");
        }
    }
}

/// Takes the page's channel.
#[tauri::command]
pub fn subscribe(pump: State<'_, Pump>, channel: Channel<AppEvent>) {
    if let Ok(mut current) = pump.0.lock() {
        *current = Some(channel);
    }
}
