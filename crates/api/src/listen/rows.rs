//! Between the store's rows and the contract.

use super::deliver::Kept;
use crate::contract::{WebhookDetail, WebhookEvent, WebhookResult, WebhookStatus};
use store::WebhookRow;

/// Bytes of a body that a client gets.
const SHOWN: usize = 256 * 1024;

/// A status's word in the store.
pub(super) fn word(status: WebhookStatus) -> &'static str {
    match status {
        WebhookStatus::Waiting => "waiting",
        WebhookStatus::Done => "done",
        WebhookStatus::Unknown => "unknown",
        WebhookStatus::Dead => "dead",
        WebhookStatus::Refused => "refused",
        WebhookStatus::Duplicate => "duplicate",
        WebhookStatus::Challenge => "challenge",
    }
}

/// A word of the store.
pub(super) fn status(word: &str) -> WebhookStatus {
    match word {
        "waiting" => WebhookStatus::Waiting,
        "done" => WebhookStatus::Done,
        "unknown" => WebhookStatus::Unknown,
        "dead" => WebhookStatus::Dead,
        "duplicate" => WebhookStatus::Duplicate,
        "challenge" => WebhookStatus::Challenge,
        _ => WebhookStatus::Refused,
    }
}

/// A row for a client.
pub(super) fn event(row: &WebhookRow) -> WebhookEvent {
    let kept: Kept = serde_json::from_str(&row.result).unwrap_or_default();
    let results: Vec<WebhookResult> = kept.results;
    WebhookEvent {
        id: row.id,
        connection: row.connection.clone(),
        address: row.address.clone(),
        webhook: row.webhook.clone(),
        received_at: row.received_at.clone(),
        status: status(&row.status),
        event: row.event.clone(),
        event_id: row.event_id.clone(),
        answered: u16::try_from(row.answered).unwrap_or_default(),
        code: row.code.clone(),
        reason: row.reason.clone(),
        expected: row.expected.clone(),
        body_bytes: row.body_bytes,
        attempts: row.attempts,
        replays: row.replays,
        results,
    }
}

/// A row with all that came.
pub(super) fn detail(row: &WebhookRow) -> WebhookDetail {
    let shown = &row.body[..row.body.len().min(SHOWN)];
    WebhookDetail {
        event: event(row),
        method: row.method.clone(),
        query: serde_json::from_str(&row.query).unwrap_or_default(),
        headers: serde_json::from_str(&row.headers).unwrap_or_default(),
        body: String::from_utf8_lossy(shown).into_owned(),
    }
}
