//! Events as lines of the log.

use crate::app::now;
use crate::contract::RunLogLine;
use engine::event::{Counts, LogLevel, Outcome, RunEvent};

/// Pages that are logged one by one; of later ones every hundredth.
const PAGES: u64 = 20;

/// An event as a line. `None`: it is not worth one.
pub(crate) fn line(event: &RunEvent) -> Option<RunLogLine> {
    let (level, stream, message) = match event {
        RunEvent::StreamStarted { stream, resumed, since } => {
            (LogLevel::Info, Some(stream.clone()), started(*resumed, since.as_deref()))
        }
        RunEvent::Page { stream, page, counts, .. } if *page <= PAGES || page % 100 == 0 => {
            (LogLevel::Info, Some(stream.clone()), format!("Page {page}: {} records so far", counts.read))
        }
        RunEvent::Page { .. } => return None,
        RunEvent::Retry { stream, attempt, wait_ms, reason, .. } => {
            (LogLevel::Warn, Some(stream.clone()), format!("Try {attempt} in {} s: {reason}", seconds(*wait_ms)))
        }
        RunEvent::Paused { stream, wait_ms, reason } => {
            (LogLevel::Info, Some(stream.clone()), format!("Waits {} s: {reason}", seconds(*wait_ms)))
        }
        RunEvent::Fault { stream, field, value, message, .. } => {
            (LogLevel::Warn, Some(stream.clone()), format!("{field}: “{value}” {message}"))
        }
        RunEvent::Aside { stream, aside } => {
            let level = if aside.problem.is_some() { LogLevel::Warn } else { LogLevel::Info };
            (level, Some(stream.clone()), aside.line())
        }
        RunEvent::Notify { text, .. } => (LogLevel::Info, None, format!("Notification: {text}")),
        RunEvent::Log { level, stream, message } => (*level, stream.clone(), message.clone()),
        RunEvent::StreamFinished { stream, outcome, counts, problem, .. } => {
            let level =
                if matches!(outcome, Outcome::Failed | Outcome::Partial) { LogLevel::Error } else { LogLevel::Info };
            let why = problem.as_ref().map(|problem| format!(": {}", problem.message)).unwrap_or_default();
            (level, Some(stream.clone()), format!("{}{why} ({})", word(*outcome), told(counts)))
        }
    };
    Some(RunLogLine { at: now(), level, stream, message })
}

fn started(resumed: bool, since: Option<&str>) -> String {
    match (resumed, since) {
        (true, _) => "Goes on where the last run stopped".to_owned(),
        (false, Some(since)) => format!("Reads what changed since {since}"),
        (false, None) => "Reads everything".to_owned(),
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "Done",
        Outcome::Limited => "A limit was met",
        Outcome::Failed => "Failed",
        Outcome::Partial => "Stopped half way",
        Outcome::Cancelled => "You stopped it",
    }
}

fn told(counts: &Counts) -> String {
    format!(
        "{} read, {} new, {} updated, {} unchanged, {} pages, {} requests",
        counts.read, counts.new, counts.updated, counts.unchanged, counts.pages, counts.requests
    )
}

/// Milliseconds as seconds, with one decimal where that says more.
pub(super) fn seconds(milliseconds: u64) -> String {
    if milliseconds < 10_000 && !milliseconds.is_multiple_of(1000) {
        format!("{}.{}", milliseconds / 1000, milliseconds % 1000 / 100)
    } else {
        (milliseconds / 1000).to_string()
    }
}
