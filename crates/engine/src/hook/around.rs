//! A run of a connection with its hooks around it.

use super::HookPlan;
use super::plan::HookAction;
use crate::event::{Counts, EventSink, LogLevel, Outcome, RunEvent};
use crate::expr::{Compiled, Scope};
use crate::http::SendWatch;
use crate::plan::{Plan, RequestPlan};
use definition::model::HookWhen;
use definition::{Problem, ProblemKind, Stage};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// How long a hook's request may take in all, tries and waits included.
const LONGEST: Duration = Duration::from_secs(30);
/// How often a hook's request is sent at most.
const TRIES: u32 = 3;
/// A rate limit is told at most this often.
const RATE_LIMIT_EVERY: Duration = Duration::from_secs(60);

/// How a run of a connection ended.
#[derive(Debug, Clone)]
pub struct RunEnd<'a> {
    /// How.
    pub outcome: Outcome,
    /// What it did.
    pub counts: Counts,
    /// Why it did not end well.
    pub problem: Option<&'a Problem>,
}

/// The hooks of one run. Made when it starts.
pub struct Hooks {
    plan: Arc<Plan>,
    connector: String,
    events: EventSink,
    begun: Instant,
    started_at: String,
    runtime: Option<Handle>,
    limited: Mutex<Limited>,
}

/// What goes on after a rate limit.
#[derive(Debug, Default)]
struct Limited {
    last: Option<Instant>,
    tasks: Vec<JoinHandle<()>>,
}

impl std::fmt::Debug for Hooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hooks").field("connector", &self.connector).finish_non_exhaustive()
    }
}

impl Hooks {
    /// The hooks of a run that starts now.
    pub fn new(plan: Arc<Plan>, connector: &str, events: EventSink) -> Arc<Self> {
        Arc::new(Self {
            started_at: plan.clock.now().to_string(),
            plan,
            connector: connector.to_owned(),
            events,
            begun: Instant::now(),
            runtime: Handle::try_current().ok(),
            limited: Mutex::default(),
        })
    }

    /// Where the run's events go: they are passed on, and a rate limit calls its hooks.
    pub fn events(self: &Arc<Self>) -> EventSink {
        if !self.has(HookWhen::RateLimit) {
            return Arc::clone(&self.events);
        }
        let hooks = Arc::clone(self);
        Arc::new(move |event| {
            let limit = match &event {
                RunEvent::Retry { rate_limited: true, reason, wait_ms, .. } => Some((reason.clone(), *wait_ms)),
                _ => None,
            };
            (hooks.events)(event);
            if let Some((reason, wait_ms)) = limit {
                hooks.rate_limited(&reason, wait_ms);
            }
        })
    }

    /// What comes before a run.
    ///
    /// # Errors
    /// Where a hook's request fails: the run is not to start.
    pub async fn before(&self) -> Result<(), Problem> {
        let run = self.run(None);
        for hook in self.of(HookWhen::Before) {
            self.call(hook, &run, &Value::Null).await?;
        }
        Ok(())
    }

    /// What comes after a run: hooks on an error first, where there is one. A hook that fails is told, no more.
    pub async fn after(&self, end: &RunEnd<'_>) {
        let run = self.run(Some(end));
        let error = end.problem.map_or(Value::Null, error_value);
        if matches!(end.outcome, Outcome::Failed | Outcome::Partial) {
            self.call_all(HookWhen::Error, &run, &error).await;
        }
        self.call_all(HookWhen::After, &run, &error).await;
        let tasks = std::mem::take(&mut self.limited().tasks);
        for task in tasks {
            let _ = task.await;
        }
    }

    fn rate_limited(self: &Arc<Self>, reason: &str, wait_ms: u64) {
        let mut limited = self.limited();
        if limited.last.is_some_and(|last| last.elapsed() < RATE_LIMIT_EVERY) {
            return;
        }
        limited.last = Some(Instant::now());
        let error = json!({"code": "rate_limited", "message": reason, "wait_seconds": wait_ms / 1000});
        let (hooks, run) = (Arc::clone(self), self.run(None));
        // The run goes on while the hook's request is on its way.
        if let Some(runtime) = &self.runtime {
            let call = async move { hooks.call_all(HookWhen::RateLimit, &run, &error).await };
            limited.tasks.push(runtime.spawn(call));
        }
    }

    async fn call_all(&self, when: HookWhen, run: &Value, error: &Value) {
        for hook in self.of(when) {
            if let Err(problem) = self.call(hook, run, error).await {
                let hint = problem.hint.map(|hint| format!(" {hint}")).unwrap_or_default();
                self.log(LogLevel::Warn, format!("The hook {} failed: {}{hint}", hook.field, problem.message));
            }
        }
    }

    async fn call(&self, hook: &HookPlan, run: &Value, error: &Value) -> Result<(), Problem> {
        let error = (!error.is_null()).then_some(error);
        let scope = Scope { run: Some(run), error, ..Scope::default() };
        match &hook.action {
            HookAction::Request(request) => self.send(hook, request, &scope).await,
            HookAction::Log(text) => {
                let line = self.text(hook, text, &scope)?;
                self.log(LogLevel::Info, line);
                Ok(())
            }
            HookAction::Notify(text) => {
                let text = self.text(hook, text, &scope)?;
                (self.events)(RunEvent::Notify { title: self.connector.clone(), text });
                Ok(())
            }
        }
    }

    async fn send(&self, hook: &HookPlan, request: &RequestPlan, scope: &Scope<'_>) -> Result<(), Problem> {
        let (plan, expressions) = (&self.plan, &self.plan.expressions);
        let request = request.draft(&plan.base, expressions, scope)?.finish();
        let watch = SendWatch {
            stream: hook.field.clone(),
            events: Some(Arc::clone(&self.events)),
            tries: Some(TRIES),
            ..SendWatch::default()
        };
        let rules = [&plan.rules];
        let sent = tokio::time::timeout(LONGEST, plan.sender.send(&request, &rules, expressions, &watch)).await;
        let answer = sent.unwrap_or_else(|_| Err(too_slow(&hook.field)))?;
        let when = word(hook.when);
        let RequestWords { method, url } = RequestWords::of(&answer.request);
        self.log(LogLevel::Info, format!("Hook {when}: {method} {url} was answered with {}.", answer.status));
        Ok(())
    }

    /// A hook's text, without secrets and on one line.
    fn text(&self, hook: &HookPlan, text: &Compiled, scope: &Scope<'_>) -> Result<String, Problem> {
        let rendered = text.text(&self.plan.expressions, scope).map_err(|why| {
            let message = format!("The text of the hook can't be made: {why}.");
            Problem::new("bad_hook", ProblemKind::Config, Stage::Build, message).field(hook.field.clone())
        })?;
        let line: String = rendered.text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(2_000).collect();
        Ok(self.plan.sender.redactor().text(&line))
    }

    fn log(&self, level: LogLevel, message: String) {
        (self.events)(RunEvent::Log { level, stream: None, message });
    }

    /// What expressions call `run`.
    fn run(&self, end: Option<&RunEnd<'_>>) -> Value {
        let counts = end.map(|end| end.counts).unwrap_or_default();
        let mut run = serde_json::to_value(counts).unwrap_or_default();
        run["connector"] = Value::from(self.connector.as_str());
        run["started_at"] = Value::from(self.started_at.as_str());
        run["seconds"] = Value::from(self.begun.elapsed().as_secs());
        run["outcome"] = end.map_or(Value::Null, |end| serde_json::to_value(end.outcome).unwrap_or_default());
        run
    }

    fn has(&self, when: HookWhen) -> bool {
        self.of(when).next().is_some()
    }

    fn of(&self, when: HookWhen) -> impl Iterator<Item = &HookPlan> {
        self.plan.hooks.iter().filter(move |hook| hook.when == when)
    }

    fn limited(&self) -> std::sync::MutexGuard<'_, Limited> {
        self.limited.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request's words for the log.
struct RequestWords<'a> {
    method: &'a str,
    url: &'a str,
}

impl<'a> RequestWords<'a> {
    fn of(request: &'a crate::capture::RequestSnapshot) -> Self {
        Self { method: &request.method, url: &request.url }
    }
}

/// What expressions call `error`.
fn error_value(problem: &Problem) -> Value {
    json!({
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "field": problem.field,
        "request": problem.request,
    })
}

fn word(when: HookWhen) -> &'static str {
    match when {
        HookWhen::Before => "before",
        HookWhen::After => "after",
        HookWhen::Error => "error",
        HookWhen::RateLimit => "rate_limit",
    }
}

fn too_slow(field: &str) -> Problem {
    let message = format!("The hook's request took longer than {} seconds.", LONGEST.as_secs());
    Problem::new("timeout", ProblemKind::Network, Stage::Send, message).field(field.to_owned())
}
