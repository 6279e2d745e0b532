//! One call of an action for a row: what is written down before it leaves, and what its end means.

use definition::{Problem, ProblemKind, Stage};
use engine::action::{ActionAnswer, Params};
use engine::event::RunEvent;
use engine::http::{LastAnswer, SendWatch, Tally};
use engine::plan::Plan;
use futures::future::BoxFuture;
use std::sync::Arc;
use store::{Entry, Journal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What is needed for every row.
#[derive(Clone)]
pub(crate) struct Line {
    pub plan: Arc<Plan>,
    pub journal: Journal,
    pub tally: Arc<Tally>,
    /// Stops before the next row; what was handed to the network is waited for.
    pub stop: CancellationToken,
}

/// A call to make.
pub(crate) struct Call<'a> {
    pub action: &'a str,
    pub params: &'a Params,
    pub key: &'a str,
    /// The entry that says that it is on its way.
    pub leaves: Entry,
    /// The entry that takes that back.
    pub stays: Entry,
}

/// How a call ended.
#[derive(Debug)]
pub(crate) enum End {
    /// The server took it.
    Sent(Box<ActionAnswer>),
    /// The server refused it, or it can't be made into a request.
    Failed {
        /// The answer's status.
        status: Option<u16>,
        /// Why.
        message: String,
    },
    /// It was handed to the network, and no answer came.
    Silent(String),
    /// It was not sent, and the next one would fare alike.
    Halt(Problem),
    /// It was not sent, because the batch stops.
    Stopped,
}

impl Line {
    /// Makes the call. The entry `leaves` is on the disk before a byte of the request is on the network; where the
    /// server refuses it for now and it waits to be sent again, `stays` takes it back.
    pub async fn call(&self, call: Call<'_>) -> End {
        let (handed, mut on_its_way) = watch::channel(false);
        let handed = Arc::new(handed);
        let last = LastAnswer::default();
        let watch = self.watch(&call, &handed, &last);
        let act = self.plan.act(call.action, call.params, Some(call.key), &watch);
        let result = tokio::select! {
            biased;
            result = act => result,
            () = self.idle(&mut on_its_way) => return End::Stopped,
        };
        let problem = match result {
            Ok(answer) => return End::Sent(Box::new(answer)),
            Err(problem) => problem,
        };
        let status = last.take().map(|page| page.response.status);
        let left = *handed.borrow();
        let end = judge(problem, left, status);
        if left && matches!(end, End::Halt(_)) {
            self.journal.note(call.stays);
        }
        end
    }

    /// Ends once the batch is to stop and this call is not on the network.
    async fn idle(&self, on_its_way: &mut watch::Receiver<bool>) {
        self.stop.cancelled().await;
        if on_its_way.wait_for(|handed| !handed).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    fn watch(&self, call: &Call<'_>, handed: &Arc<watch::Sender<bool>>, last: &LastAnswer) -> SendWatch {
        let (journal, leaves, flag) = (self.journal.clone(), call.leaves.clone(), Arc::clone(handed));
        let gate = move || -> BoxFuture<'static, Result<(), Problem>> {
            let (journal, leaves) = (journal.clone(), leaves.clone());
            flag.send_replace(true);
            Box::pin(async move { journal.commit(vec![leaves]).await })
        };
        let (journal, stays, flag) = (self.journal.clone(), call.stays.clone(), Arc::clone(handed));
        let events = move |event: RunEvent| {
            // It is sent again where that can't do it twice alone: until then it is not on its way.
            if matches!(event, RunEvent::Retry { .. }) {
                journal.note(stays.clone());
                flag.send_replace(false);
            }
        };
        SendWatch {
            stream: call.action.to_owned(),
            events: Some(Arc::new(events)),
            tally: Arc::clone(&self.tally),
            gate: Some(Arc::new(gate)),
            last: Some(last.clone()),
            ..SendWatch::default()
        }
    }
}

/// What a problem means for the row, and for those behind it.
fn judge(problem: Problem, left: bool, status: Option<u16>) -> End {
    // The server can't have seen it.
    let before = ["unknown_host", "no_answer", "bad_certificate", "tls_failed", "forbidden_address", "unsendable"];
    match problem.kind {
        ProblemKind::Storage | ProblemKind::Cancelled | ProblemKind::RateLimit => End::Halt(problem),
        ProblemKind::Auth if status != Some(403) => End::Halt(problem),
        _ if !left && matches!(problem.stage, Stage::Build | Stage::Map) => {
            End::Failed { status: None, message: text(&problem) }
        }
        _ if !left || before.contains(&problem.code.as_str()) => End::Halt(problem),
        _ if problem.stage == Stage::Send => End::Silent(text(&problem)),
        _ => End::Failed { status, message: text(&problem) },
    }
}

/// The words of a problem with the first of the server's own.
pub(super) fn text(problem: &Problem) -> String {
    match &problem.detail {
        Some(detail) if !detail.trim().is_empty() => format!("{} {}", problem.message, detail.trim()),
        _ => problem.message.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{End, judge};
    use definition::{Problem, ProblemKind, Stage};

    #[test]
    fn what_nobody_knows_is_not_called_failed() {
        let problem = |code: &str, kind, stage| Problem::new(code, kind, stage, "x");
        let word = |end: End| match end {
            End::Sent(_) => "sent",
            End::Failed { .. } => "failed",
            End::Silent(_) => "silent",
            End::Halt(_) => "halt",
            End::Stopped => "stopped",
        };
        for (code, kind, stage, left, status, wanted) in [
            ("timeout", ProblemKind::Network, Stage::Send, true, None, "silent"),
            ("connection_lost", ProblemKind::Network, Stage::Send, true, None, "silent"),
            ("no_answer", ProblemKind::Network, Stage::Send, true, None, "halt"),
            ("unknown_host", ProblemKind::Network, Stage::Send, true, None, "halt"),
            ("request_rejected", ProblemKind::Config, Stage::Respond, true, Some(422), "failed"),
            ("server_error", ProblemKind::Server, Stage::Respond, true, Some(500), "failed"),
            ("auth_rejected", ProblemKind::Auth, Stage::Auth, true, Some(401), "halt"),
            ("auth_rejected", ProblemKind::Auth, Stage::Auth, true, Some(403), "failed"),
            ("rate_limited", ProblemKind::RateLimit, Stage::Respond, true, Some(429), "halt"),
            ("bad_template", ProblemKind::Config, Stage::Build, false, None, "failed"),
            ("sign_in_needed", ProblemKind::Auth, Stage::Auth, false, None, "halt"),
            ("journal_stopped", ProblemKind::Storage, Stage::Store, true, None, "halt"),
        ] {
            assert_eq!(word(judge(problem(code, kind, stage), left, status)), wanted, "{code} {status:?}");
        }
    }
}
