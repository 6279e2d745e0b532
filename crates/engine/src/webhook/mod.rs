//! Webhooks: who sent an event, what it is, and which records it becomes. Pure, but for the sending of a test event.
//!
//! The raw bytes are verified before anything in them is believed. What is compared with a secret is compared in constant
//! time, and no text that is made here holds a secret or a signature that would have been right.

mod challenge;
mod incoming;
mod map;
mod moment;
mod plan;
mod post;
mod route;
mod sample;
mod signature;
#[cfg(test)]
mod tests;
mod verify;

pub use incoming::{Incoming, payload_of};
pub use map::{KeptEvent, MappedRoute};
pub use plan::WebhookPlan;
pub use post::{PostAnswer, post};
pub use sample::{SampleAsk, SignedRequest};

use crate::plan::Plan;
use jiff::Timestamp;

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// An event: to be kept before it is answered.
    Event(Event),
    /// The sender asked whether the address is wanted.
    Challenge(Reply),
    /// It is not what it should be.
    Refused(Refusal),
}

/// An event that is what it claims to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its id, or a hash of what was signed.
    pub id: String,
    /// Whether the sender gave the id.
    pub has_id: bool,
    /// Its name; empty where it has none.
    pub name: String,
    /// When it was signed, where that is known.
    pub signed_at: Option<Timestamp>,
    /// What the sender is answered once it is kept.
    pub reply: Reply,
}

/// An answer to the sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
    /// The header `Content-Type`.
    pub content_type: String,
    /// More headers.
    pub headers: Vec<(String, String)>,
}

/// Why a request was refused. Never holds a secret, nor the signature that would have been right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A stable word for programs: `bad_signature`.
    pub code: String,
    /// The status that the sender gets.
    pub status: u16,
    /// What is wrong.
    pub message: String,
    /// What was expected.
    pub expected: String,
}

impl Refusal {
    pub(crate) fn new(code: &str, status: u16, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { code: code.to_owned(), status, message: message.into(), expected: expected.into() }
    }

    /// A body that is longer than it may be.
    pub fn too_long(most: u64) -> Self {
        Self::new(
            "too_long",
            413,
            format!("The body is longer than {most} bytes."),
            format!("At most {most} bytes. The webhook's `body_bytes` sets it."),
        )
    }

    /// What the sender is told: short, and nothing that helps to forge.
    pub fn short(&self) -> &'static str {
        match self.status {
            400 => "bad request",
            401 => "not verified",
            405 => "method not allowed",
            408 => "too slow",
            413 => "too long",
            404 => "no such webhook",
            _ => "not ready",
        }
    }
}

impl Plan {
    /// The webhooks' names, in order.
    pub fn webhooks(&self) -> Vec<&str> {
        self.webhooks.iter().map(WebhookPlan::name).collect()
    }

    /// A webhook.
    pub fn webhook(&self, name: &str) -> Option<&WebhookPlan> {
        self.webhooks.iter().find(|webhook| webhook.name() == name)
    }

    /// Tells what a request to a webhook is. Its body is no longer than [`WebhookPlan::body_bytes`].
    pub fn receive(&self, webhook: &WebhookPlan, incoming: &Incoming) -> Verdict {
        webhook.receive(&self.expressions, incoming)
    }
}
