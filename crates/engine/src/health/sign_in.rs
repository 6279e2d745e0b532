//! Whether the credentials are taken: the definition's `check`, or else the first page of a stream.

use super::report::{HealthCheck, HealthState};
use super::{Checking, HealthOptions, HealthStreams, identity, ms, out_of_time};
use crate::expr::Scope;
use crate::http::Facts;
use crate::plan::{CheckPlan, Plan};
use crate::run::plain_text;
use definition::{Problem, ProblemKind};
use std::time::{Duration, Instant};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct SignedIn {
    /// Who.
    pub identity: Option<String>,
    /// Why not.
    pub problem: Option<Problem>,
    /// The stream that was read for it.
    pub stream: Option<String>,
    pub took: Duration,
    pub tried: bool,
}

impl Checking {
    /// Sends the definition's check. Where it has none, a stream's first page proves as much.
    pub(super) async fn sign_in(&mut self, options: &HealthOptions) -> SignedIn {
        let begin = Instant::now();
        let left = self.left();
        let mut found = SignedIn { tried: true, ..SignedIn::default() };
        let plan = std::sync::Arc::clone(&self.plan);
        if let Some(check) = &plan.check {
            match tokio::time::timeout(left, self.ask(check)).await {
                Ok(Ok(who)) => found.identity = who,
                Ok(Err(problem)) => found.problem = Some(problem),
                Err(_) => found.problem = Some(out_of_time("The API's answer", left)),
            }
        } else if let Some(stream) = self.proof(options) {
            self.read_one(&stream).await;
            found.problem = self.streams.of(&stream).and_then(|read| read.problem.clone());
            found.stream = Some(stream);
        } else {
            found.tried = false;
        }
        // A token that was fetched must be kept before anything ends.
        plan.sender.settled().await;
        found.took = begin.elapsed();
        found
    }

    async fn ask(&self, check: &CheckPlan) -> Result<Option<String>, Problem> {
        let plan = &self.plan;
        let request = check.request.draft(&plan.base, &plan.expressions, &Scope::default())?.finish();
        let answer = plan.sender.send(&request, &[&plan.rules], &plan.expressions, &self.watch).await?;
        let text = std::str::from_utf8(&answer.body).unwrap_or_default();
        let Some(path) = &check.identity else { return Ok(identity::guess(text)) };
        Ok(path.first(text).filter(|raw| *raw != "null").map(|raw| plain_text(raw).into_owned()))
    }

    /// The stream whose first page proves the credentials: the one that is asked for, or the first that needs no other.
    fn proof(&self, options: &HealthOptions) -> Option<String> {
        if let HealthStreams::One(name) = &options.streams {
            return Some(name.clone());
        }
        let fine = self.plan.streams.iter().filter(|stream| stream.job.is_none());
        let whole = fine.clone().find(|stream| stream.partitions.is_empty());
        whole.or_else(|| fine.clone().next()).map(|stream| stream.name.clone())
    }
}

impl SignedIn {
    /// The API was not asked.
    pub(super) fn not_tried() -> Self {
        Self::default()
    }

    /// The problem, where it says that the API was not reached, or can't do its work.
    pub(super) fn unreachable(&self, facts: &Facts) -> Option<Problem> {
        let problem = self.problem.as_ref()?;
        let broken = match problem.kind {
            ProblemKind::Network => facts.answers == 0 || problem.code == "timeout",
            // Also one that says for how long it will be so.
            ProblemKind::Server | ProblemKind::RateLimit => facts.status.is_some_and(|status| status >= 500),
            _ => false,
        };
        broken.then(|| problem.clone())
    }

    /// The check, and whether streams may be tried.
    pub(super) fn told(&self, plan: &Plan, scopes: &[String], answers: bool) -> (HealthCheck, bool) {
        const NAME: &str = "signed_in";
        let skipped = |why: &str| HealthCheck::new(NAME, HealthState::Skipped, why);
        let has_credentials = plan.sender.has_credentials();
        let (mut check, may_read) = match &self.problem {
            _ if !answers => (skipped("The API can't be reached."), false),
            Some(problem) if problem.kind == ProblemKind::RateLimit => {
                (skipped("The API takes no requests now."), true)
            }
            // A stream's own fault says nothing about the credentials, once they were looked at.
            Some(problem) if self.stream.is_some() && problem.kind != ProblemKind::Auth => match has_credentials {
                true => (skipped("The stream that proves it can't be read; see there."), true),
                false => (skipped("The connector needs no credentials."), true),
            },
            Some(problem) => {
                let forbidden = problem.message.contains(" 403");
                (HealthCheck::failed(NAME, advised(problem.clone(), has_credentials)), forbidden || !has_credentials)
            }
            None if !self.tried => (skipped("Nothing was sent that could tell."), true),
            None if plan.check.is_none() && !has_credentials => (skipped("The connector needs no credentials."), true),
            None => (HealthCheck::new(NAME, HealthState::Pass, self.words(scopes)), true),
        };
        check.duration_ms = ms(self.took);
        (check, may_read)
    }

    fn words(&self, scopes: &[String]) -> String {
        let who = match (&self.identity, &self.stream) {
            (Some(who), _) => format!("Signed in as {who}"),
            (None, Some(stream)) => format!("The credentials are taken (shown by the stream {stream})"),
            (None, None) => "The credentials are taken".to_owned(),
        };
        if scopes.is_empty() { format!("{who}.") } else { format!("{who}, with the scopes {}.", scopes.join(", ")) }
    }
}

/// What to do, where the problem's own words could be of more help.
fn advised(problem: Problem, has_credentials: bool) -> Problem {
    if problem.hint.is_some() || problem.kind != ProblemKind::Auth {
        return problem;
    }
    problem.hint(if has_credentials {
        "Give the connection a new key: `tapwright connection update`, or its settings in the window."
    } else {
        "Give the connection its key."
    })
}
