//! What goes wrong on the wire, told apart, and as a problem for a person.

use definition::{Problem, ProblemKind, Stage};
use std::time::Duration;

/// What went wrong on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What kind of trouble.
    pub kind: TroubleKind,
    /// The library's words.
    pub detail: String,
}

/// The kinds of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// The host's name leads nowhere.
    Dns,
    /// Nothing listens there.
    Refused,
    /// The certificate is not to be trusted.
    Certificate,
    /// The TLS handshake failed for another reason.
    Tls,
    /// It took too long.
    Timeout,
    /// No answer began while a person waited.
    Silent,
    /// The connection broke before there was an answer.
    Reset,
    /// The body stopped half way.
    BodyCut,
    /// The body is larger than it may be.
    TooLarge,
    /// The address is one that no request may go to.
    Forbidden,
    /// The request can't be sent as it is.
    Unsendable,
    /// A replayed recording has no answer for the request.
    NotRecorded,
    /// Anything else.
    Other,
}

/// How long a person waits for an answer to begin.
const FIRST_BYTE: Duration = Duration::from_secs(10);

/// Waits for the head of an answer. Where a person waits for it, not for long.
pub(super) async fn first_byte<T>(
    answer: impl Future<Output = Result<T, Trouble>>,
    person_waits: bool,
) -> Result<T, Trouble> {
    if !person_waits {
        return answer.await;
    }
    match tokio::time::timeout(FIRST_BYTE, answer).await {
        Ok(answer) => answer,
        Err(_) => Err(Trouble::new(TroubleKind::Silent, "no answer began")),
    }
}

impl Trouble {
    /// Trouble with the library's words.
    pub fn new(kind: TroubleKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into() }
    }

    /// Whether the same request again may work.
    pub fn may_pass(&self) -> bool {
        use TroubleKind::{BodyCut, Dns, Other, Refused, Reset, Silent, Timeout};
        matches!(self.kind, Dns | Refused | Timeout | Silent | Reset | BodyCut | Other)
    }

    /// Whether the server can't have seen the request.
    pub fn before_sending(&self) -> bool {
        matches!(self.kind, TroubleKind::Dns | TroubleKind::Refused | TroubleKind::Certificate)
    }

    /// Whether the request did not leave this computer whole.
    pub fn not_sent(&self) -> bool {
        self.before_sending()
            || matches!(self.kind, TroubleKind::Tls | TroubleKind::Forbidden | TroubleKind::Unsendable)
    }

    /// As a problem. `host` is the host and port, `limit` the time or size that was allowed.
    pub fn problem(&self, host: &str, timeout: Duration, ceiling: u64) -> Problem {
        let (code, message, hint) = match self.kind {
            TroubleKind::Dns => (
                "unknown_host",
                format!("The name of {host} was not found."),
                "Check the address for typing errors, and that this computer is online.",
            ),
            TroubleKind::Refused => (
                "no_answer",
                format!("Nothing answers at {host}."),
                "Check the host and the port, and that the server runs.",
            ),
            TroubleKind::Certificate => (
                "bad_certificate",
                format!("The certificate of {host} is not to be trusted: {}.", self.detail),
                "Nothing was sent. If it is your own server or your company's proxy, name its certificate authority in the app's settings, or add it to this computer's trust store.",
            ),
            TroubleKind::Tls => (
                "tls_failed",
                format!("No encrypted connection to {host} could be made."),
                "Check that the port speaks https.",
            ),
            TroubleKind::Timeout => (
                "timeout",
                format!("{host} took longer than {timeout:?} to answer."),
                "Try again later, ask for smaller pages, or raise http.timeout.",
            ),
            TroubleKind::Silent => (
                "timeout",
                format!("{host} took the request and said nothing for {FIRST_BYTE:?}."),
                "Try again later. A sync waits longer, as long as http.timeout says.",
            ),
            TroubleKind::Reset => {
                let message = format!("{host} closed the connection without an answer.");
                (
                    "connection_lost",
                    message,
                    "Try again later. A port that wants https answers http so: check base_url.",
                )
            }
            TroubleKind::BodyCut => (
                "body_cut",
                format!("The answer of {host} stopped half way."),
                "Try again later, or ask for smaller pages.",
            ),
            TroubleKind::TooLarge => (
                "too_large",
                format!(
                    "The answer of {host} is larger than the ceiling of {ceiling} bytes (http.limits.response_bytes)."
                ),
                "Ask for smaller pages, or raise http.limits.response_bytes.",
            ),
            TroubleKind::Forbidden => (
                "forbidden_address",
                format!("{host} leads to a link-local address or a cloud's metadata service. Nothing was sent."),
                "No connector may read from there.",
            ),
            TroubleKind::Unsendable => (
                "unsendable",
                format!("The request to {host} can't be sent as it is."),
                "Check the URL, the headers and the method.",
            ),
            TroubleKind::NotRecorded => (
                "not_recorded",
                "The recording has no answer for a request. Nothing was sent.".to_owned(),
                "Record again (`tapwright record`), with more pages where it ended too early; or undo what changed the request.",
            ),
            TroubleKind::Other => ("network", format!("The request to {host} failed."), "Try again later."),
        };
        let kind = if matches!(self.kind, TroubleKind::TooLarge | TroubleKind::NotRecorded) {
            ProblemKind::Data
        } else {
            ProblemKind::Network
        };
        let problem = Problem::new(code, kind, Stage::Send, message).hint(hint).detail(self.detail.clone());
        if self.may_pass() { problem.retryable() } else { problem }
    }
}
