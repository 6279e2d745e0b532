//! Fewer requests than the server allows: so many in a span of time, so many at once, none while it asks for a pause.
//!
//! All streams of a connection share one pace. Turns are given in order; whoever waits costs nothing but the wait, and
//! stops waiting when its request is dropped.

mod learned;
mod quota;
#[cfg(test)]
mod tests;
mod window;

pub(crate) use quota::Quota;
pub(super) use quota::{asked, quotas};

use definition::model::{RateLimit, RateLimits};
use learned::Learned;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use window::Window;

/// How long the others wait for the one that goes ahead.
const AHEAD: Duration = Duration::from_secs(3);
/// Shorter waits are not told.
const TOLD: Duration = Duration::from_secs(1);

/// Holds requests back until they may go.
#[derive(Debug)]
pub(super) struct Pace(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    at_once: Arc<Semaphore>,
    /// The first in line waits; the others wait for their place.
    line: tokio::sync::Mutex<()>,
    state: Mutex<State>,
    /// A request is done, or something was learned.
    changed: Notify,
}

#[derive(Debug)]
struct State {
    windows: Vec<Window>,
    learned: Learned,
    /// Nobody goes before.
    held_until: Option<Instant>,
    probe: Probe,
    /// Requests on their way.
    out: u64,
    /// Nothing holds a request back: the answers are there already.
    lifted: bool,
}

/// At the start, and after a pause, one request goes ahead: the others wait for its answer. So they learn what is left
/// before they spend it, and do not fall upon the server all at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Probe {
    No,
    Wanted,
    /// It is on its way; the others follow at this moment even without its answer.
    Out(Instant),
}

/// What keeps a request back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The server asked for a pause.
    Asked,
    /// The server's own count is used up.
    Learned,
    /// `http.rate_limit`.
    Configured,
    /// Another request goes ahead.
    Ahead,
}

/// When a request may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blocked {
    Until(Instant, Reason),
    /// When another request is done.
    Change,
}

/// The right to send one request. Held while it is on its way.
#[derive(Debug)]
pub(crate) struct Turn {
    shared: Arc<Shared>,
    probe: bool,
    _permit: Option<OwnedSemaphorePermit>,
}

/// The server asks for a longer pause than anybody should wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLong(pub Duration);

impl Pace {
    /// A pace of `limits`, with `concurrency` requests on the way at once.
    pub(super) fn new(limits: Option<&RateLimits>, concurrency: u32) -> Self {
        let state = State::new(limits);
        Self(Arc::new(Shared {
            at_once: Arc::new(Semaphore::new(concurrency.max(1) as usize)),
            line: tokio::sync::Mutex::default(),
            state: Mutex::new(state),
            changed: Notify::new(),
        }))
    }

    /// From now on nothing waits for a limit or a pause.
    pub(super) fn lift(&self) {
        let mut state = self.0.state();
        state.windows.clear();
        state.lifted = true;
    }

    /// Waits for a turn; for the server `longest` at most. `tell` hears of waits that a person would notice.
    pub(super) async fn turn(&self, longest: Duration, tell: impl Fn(Duration, Reason)) -> Result<Turn, TooLong> {
        let shared = &self.0;
        let permit = Arc::clone(&shared.at_once).acquire_owned().await.ok();
        let _place = shared.line.lock().await;
        let mut told = None;
        loop {
            let mut changed = std::pin::pin!(shared.changed.notified());
            changed.as_mut().enable();
            let now = Instant::now();
            let entered = shared.state().enter(now);
            match entered {
                Ok(probe) => return Ok(Turn { shared: Arc::clone(shared), probe, _permit: permit }),
                Err(Blocked::Change) => changed.await,
                Err(Blocked::Until(until, reason)) => {
                    let wait = until.saturating_duration_since(now);
                    if matches!(reason, Reason::Asked | Reason::Learned) && wait > longest {
                        return Err(TooLong(wait));
                    }
                    if reason != Reason::Ahead && wait >= TOLD && told != Some(until) {
                        told = Some(until);
                        tell(wait, reason);
                    }
                    tokio::select! {
                        () = tokio::time::sleep_until(until) => {}
                        () = changed => {}
                    }
                }
            }
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn new(limits: Option<&RateLimits>) -> Self {
        let limits: &[RateLimit] = limits.map(RateLimits::as_slice).unwrap_or_default();
        let windows = limits.iter().filter_map(|limit| Some(Window::new(limit.requests, limit.per.exact().ok()?)));
        Self {
            windows: windows.collect(),
            learned: Learned::default(),
            held_until: None,
            probe: Probe::Wanted,
            out: 0,
            lifted: false,
        }
    }

    /// Lets a request go, or tells when to ask again. True where it goes ahead of the others.
    fn enter(&mut self, now: Instant) -> Result<bool, Blocked> {
        if let Some(until) = self.held_until {
            if now < until {
                return Err(Blocked::Until(until, Reason::Asked));
            }
            self.held_until = None;
        }
        if let Probe::Out(until) = self.probe
            && now < until
        {
            return Err(Blocked::Until(until, Reason::Ahead));
        }
        for window in &mut self.windows {
            window.free(now)?;
        }
        self.learned.free(now, self.out)?;
        self.windows.iter_mut().for_each(Window::take);
        self.learned.take();
        self.out += 1;
        let probe = self.probe == Probe::Wanted;
        if probe {
            self.probe = Probe::Out(now + AHEAD);
        }
        Ok(probe)
    }

    fn learn(&mut self, quotas: Vec<Quota>, now: Instant) {
        if self.lifted {
            return;
        }
        let others = self.out.saturating_sub(1);
        self.learned.learn(quotas, others, now);
    }

    fn hold(&mut self, wait: Duration, now: Instant) {
        if self.lifted {
            return;
        }
        self.held_until = self.held_until.max(now.checked_add(wait));
        self.probe = Probe::Wanted;
    }

    fn done(&mut self, probe: bool, now: Instant) {
        self.windows.iter_mut().for_each(|window| window.done(now));
        self.out = self.out.saturating_sub(1);
        // A pause that was asked for meanwhile wants a probe of its own.
        if probe && matches!(self.probe, Probe::Out(_)) {
            self.probe = Probe::No;
        }
    }
}

impl Turn {
    /// What an answer says about what is left.
    pub(super) fn learn(&self, quotas: Vec<Quota>) {
        if quotas.is_empty() {
            return;
        }
        self.shared.state().learn(quotas, Instant::now());
    }

    /// The server asked for a pause: it holds for everybody.
    pub(super) fn hold(&self, wait: Duration) {
        self.shared.state().hold(wait, Instant::now());
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.shared.state().done(self.probe, Instant::now());
        self.shared.changed.notify_waiters();
    }
}
