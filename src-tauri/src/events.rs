//! The event pump: what the api tells without being asked goes to the page over one ordered channel.

use api::contract::AppEvent;
use std::sync::{Arc, Mutex};
use tauri::State;
use tauri::ipc::Channel;

/// What may wait for the page at most.
const MOST: usize = 16;

/// Where events go. A page that was loaded again subscribes again; its old channel is dropped.
#[derive(Clone, Default)]
pub struct Pump(Arc<Mutex<Line>>);

#[derive(Default)]
struct Line {
    channel: Option<Channel<AppEvent>>,
    /// What was to be opened before there was a page.
    waiting: Vec<AppEvent>,
}

impl Pump {
    /// Sends an event to the page, if there is one yet.
    pub fn send(&self, event: &AppEvent) {
        let channel = self.0.lock().ok().and_then(|line| line.channel.clone());
        if let Some(channel) = channel {
            deliver(&channel, event);
        }
    }

    /// Forgets a page that is no more.
    #[cfg(target_os = "linux")]
    pub fn forget(&self) {
        if let Ok(mut line) = self.0.lock() {
            line.channel = None;
        }
    }

    /// Sends an event to the page, or keeps it until there is one.
    pub fn send_or_keep(&self, event: AppEvent) {
        let Ok(mut line) = self.0.lock() else { return };
        match &line.channel {
            Some(channel) => deliver(channel, &event),
            None if line.waiting.len() < MOST => line.waiting.push(event),
            None => {}
        }
    }
}

fn deliver(channel: &Channel<AppEvent>, event: &AppEvent) {
    if let Err(error) = channel.send(event.clone()) {
        tracing::warn!(%error, "An event did not reach the page.");
    }
}

/// Takes the page's channel, and gives it what waits.
#[tauri::command]
pub fn subscribe(pump: State<'_, Pump>, channel: Channel<AppEvent>) {
    let Ok(mut line) = pump.0.lock() else { return };
    for event in std::mem::take(&mut line.waiting) {
        deliver(&channel, &event);
    }
    line.channel = Some(channel);
}
