//! Waiting for a job: asked for politely, ever less often.

use super::JobPlan;
use super::steps::{Ready, Token, addresses, json_or_text, learn_signature};
use crate::capture::AsideRequest;
use crate::event::{LogLevel, RunEvent};
use crate::expr::{Compiled, Scope};
use crate::http::{Answer, header_values, retry_after};
use crate::page::Pager;
use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// The longest time between two questions that grew by itself.
const LONGEST: Duration = Duration::from_secs(60);
/// How often a line of the log says that it goes on.
const TOLD: Duration = Duration::from_secs(60);

/// Shows a question and its answer beside the pages.
fn tell(pager: &Pager, answer: &Answer) {
    let body = String::from_utf8_lossy(&answer.body).chars().take(20_000).collect::<String>();
    let (request, response) = (answer.request.clone(), Some(answer.response.clone()));
    let body = pager.plan().sender.redactor().text(&body);
    let aside = AsideRequest { what: "job".to_owned(), stream: None, request, response, body, problem: None };
    let watch = pager.watch();
    if let Some(capture) = &watch.capture {
        capture.keep_aside(aside.clone());
    }
    if let Some(events) = &watch.events {
        events(RunEvent::Aside { stream: watch.stream.clone(), aside });
    }
}

impl JobPlan {
    /// Asks until the job is ready. One that failed, or takes too long, is removed.
    pub(super) async fn wait(&self, pager: &Pager, at: &Token) -> Result<Ready, Problem> {
        let begun = Instant::now();
        let (mut every, mut told) = (self.every, begun);
        loop {
            let request = self.poll.draft(&pager.plan().base, pager.expressions(), &at.scope(pager.scope()))?.finish();
            let answer = pager.ask(&request).await?;
            let poll = json_or_text(&answer.body);
            if self.holds(&self.ready, "poll.ready", pager, at, &poll, &answer)? {
                let urls = addresses(self, &answer)?;
                // Before anything is shown.
                urls.iter().filter_map(|url| Url::parse(url).ok()).for_each(|url| learn_signature(pager, &url));
                tell(pager, &answer);
                return Ok(Ready { poll: Arc::new(poll), urls: Arc::new(urls) });
            }
            tell(pager, &answer);
            if let Some(failed) = &self.failed
                && self.holds(failed, "poll.failed", pager, at, &poll, &answer)?
            {
                self.clean_up(pager, at, Some(&poll)).await;
                return Err(self.job_failed(pager, &answer));
            }
            let asked = answer.header("retry-after").and_then(|text| retry_after(text, pager.plan().clock.now()));
            let wait = asked.unwrap_or(every).max(self.every.min(LONGEST));
            if begun.elapsed() + wait > self.timeout {
                self.clean_up(pager, at, Some(&poll)).await;
                return Err(self.too_long(pager, &answer));
            }
            if told.elapsed() >= TOLD {
                told = Instant::now();
                let minutes = begun.elapsed().as_secs() / 60;
                pager.watch().log(LogLevel::Info, format!("The job is not ready after {minutes} min."));
            }
            if pager.plan().sender.waits() {
                tokio::time::sleep(wait).await;
            }
            every = every.mul_f64(1.5).min(LONGEST.max(self.every));
        }
    }

    /// Whether an expression over a poll's answer is true.
    fn holds(
        &self,
        expression: &Compiled,
        part: &str,
        pager: &Pager,
        at: &Token,
        poll: &Value,
        answer: &Answer,
    ) -> Result<bool, Problem> {
        let headers = header_values(&answer.headers);
        let scope = Scope { response: Some(poll), headers: Some(&headers), ..at.scope(pager.scope()) };
        expression.is_true(pager.expressions(), &scope).map_err(|why| {
            let field = format!("{}.{part}", self.field);
            let message = format!("Whether the job is ready can't be told: {field}: {why}.");
            Problem::new("bad_job", ProblemKind::Data, Stage::Send, message).field(field)
        })
    }

    fn job_failed(&self, pager: &Pager, answer: &Answer) -> Problem {
        let said: String = String::from_utf8_lossy(&answer.body).chars().take(400).collect();
        self.problem("job_failed", "The server says that the job failed.".to_owned())
            .hint("The next run creates another one.")
            .detail(pager.plan().sender.redactor().text(&said))
    }

    fn too_long(&self, pager: &Pager, answer: &Answer) -> Problem {
        let said: String = String::from_utf8_lossy(&answer.body).chars().take(400).collect();
        let message = format!("The job was not ready after {} s.", self.timeout.as_secs_f64());
        let problem = Problem::new("job_timeout", ProblemKind::Server, Stage::Send, message).field(self.field.clone());
        problem.hint("Raise poll.timeout, or ask for less at once.").detail(pager.plan().sender.redactor().text(&said))
    }
}
