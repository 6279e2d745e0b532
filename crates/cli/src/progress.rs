//! Progress bars on standard error, on a terminal only.

use crate::out::Out;
use engine::event::{Counts, LogLevel, RunEvent};
use indicatif::{MultiProgress, ProgressBar, ProgressState, ProgressStyle};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// One bar a stream. Clones share them.
#[derive(Debug, Clone)]
pub struct Progress {
    out: Out,
    bars: Arc<Mutex<BTreeMap<String, ProgressBar>>>,
    all: MultiProgress,
    shown: bool,
}

impl Progress {
    /// No bars yet.
    pub fn new(out: &Out) -> Self {
        let shown = !out.quiet && !out.json && std::io::stderr().is_terminal();
        Self { out: out.clone(), bars: Arc::default(), all: MultiProgress::new(), shown }
    }

    /// Shows an event.
    pub fn event(&self, event: &RunEvent) {
        match event {
            RunEvent::StreamStarted { stream, resumed, since } => {
                self.bar(stream);
                if *resumed {
                    self.note(&format!("{stream}: goes on where the last sync stopped"));
                } else if let Some(since) = since.as_ref().filter(|_| self.out.verbose) {
                    self.note(&format!("{stream}: reads what changed since {since}"));
                }
            }
            RunEvent::Page { stream, counts, total, .. } => self.page(stream, counts, *total),
            RunEvent::Retry { stream, attempt, wait_ms, reason, .. } => {
                let text = format!(
                    "waits {:.1} s, then try {attempt}: {reason}",
                    Duration::from_millis(*wait_ms).as_secs_f64()
                );
                if self.shown {
                    self.bar(stream).set_message(text.clone());
                }
                if self.out.verbose {
                    self.note(&format!("{stream}: {text}"));
                }
            }
            RunEvent::Paused { stream, wait_ms, reason } => {
                let text = format!("waits {:.0} s: {reason}", Duration::from_millis(*wait_ms).as_secs_f64());
                if self.shown {
                    self.bar(stream).set_message(text.clone());
                }
                if self.out.verbose {
                    self.note(&format!("{stream}: {text}"));
                }
            }
            RunEvent::Fault { stream, field, message, value, count } => {
                if self.out.verbose {
                    self.note(&format!("{stream}: {field}: {message} ({value}; {count} so far)"));
                }
            }
            RunEvent::Aside { stream, aside } => {
                if self.out.verbose {
                    self.note(&format!("{stream}: {}", aside.line()));
                }
            }
            RunEvent::Notify { title, text } => self.note(&format!("{title}: {text}")),
            RunEvent::Log { level, stream, message } => {
                if self.out.verbose || *level != LogLevel::Info {
                    let stream = stream.as_ref().map(|stream| format!("{stream}: ")).unwrap_or_default();
                    self.note(&format!("{stream}{message}"));
                }
            }
            RunEvent::StreamFinished { stream, .. } => self.bar(stream).finish_and_clear(),
        }
    }

    /// Shows how far a stream is.
    pub fn page(&self, stream: &str, counts: &Counts, total: Option<u64>) {
        let bar = self.bar(stream);
        if let Some(total) = total {
            bar.set_style(style("{prefix} {bar:24} {human_pos}/{human_len} records {rate} {eta} left {msg}"));
            bar.set_length(total.max(counts.read));
        }
        bar.set_position(counts.read);
        bar.set_message(if counts.retries > 0 { format!("({} retries)", counts.retries) } else { String::new() });
    }

    /// Takes all bars away.
    pub fn clear(&self) {
        self.bars.lock().unwrap_or_else(PoisonError::into_inner).values().for_each(ProgressBar::finish_and_clear);
    }

    fn note(&self, text: &str) {
        if !self.out.quiet {
            self.all.suspend(|| self.out.note(text));
        }
    }

    fn bar(&self, stream: &str) -> ProgressBar {
        if !self.shown {
            return ProgressBar::hidden();
        }
        let mut bars = self.bars.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let bar = self.all.add(ProgressBar::no_length().with_prefix(stream.to_owned()));
            bar.set_style(style("{prefix} {spinner} {human_pos} records {rate} {elapsed} {msg}"));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        };
        bars.entry(stream.to_owned()).or_insert_with(make).clone()
    }
}

fn style(template: &str) -> ProgressStyle {
    let rate = |state: &ProgressState, writer: &mut dyn Write| {
        let _ = write!(writer, "{:.0}/s", state.per_sec());
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate)
}
