//! The listener: a small HTTP server that takes webhooks' events, keeps them, answers, and works on them afterwards.
//!
//! An event is in the database before its sender is answered; whoever works on it reads it from there. So a crash loses
//! nothing, and the window and the command line see the same list.

mod ask;
mod deliver;
mod hooks;
mod receive;
mod rows;
mod server;
mod test_event;
mod work;

pub(crate) use ask::{detail, events, replay, start_command, status_command, stop_command, view};
pub(crate) use test_event::test;

use crate::app::{App, lock};
use crate::contract::{ListenStatus, WebhookEvent};
use definition::{Problem, ProblemKind, Stage};
use hooks::Hooks;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// The listener's usual port.
pub const PORT: u16 = 47_114;

/// Who is told of every request, with its verdict. Called from any thread; must not block.
pub type OnEvent = Arc<dyn Fn(&WebhookEvent) + Send + Sync>;

/// How to listen.
#[derive(Clone)]
pub struct ListenOptions {
    /// Where. Loopback, or `allow_remote`.
    pub addr: SocketAddr,
    /// Whether an address that other computers reach is wanted.
    pub allow_remote: bool,
    /// The ids of the connections whose events are taken. Empty: all.
    pub connections: Vec<String>,
    /// Who is told of every request.
    pub on_event: Option<OnEvent>,
}

impl Default for ListenOptions {
    fn default() -> Self {
        let addr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT);
        Self { addr, allow_remote: false, connections: Vec::new(), on_event: None }
    }
}

/// A listener that runs. Ends by [`Listening::stop`], and with the app.
#[derive(Debug, Clone)]
pub struct Listening {
    addr: SocketAddr,
    stop: CancellationToken,
    ended: watch::Receiver<bool>,
}

impl Listening {
    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The beginning of its webhooks' addresses. One that listens everywhere is reached by this computer's name.
    pub fn url(&self) -> String {
        let host = if self.addr.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { self.addr.ip() };
        format!("http://{}", SocketAddr::new(host, self.addr.port()))
    }

    /// Takes no more requests; those on the way are answered first.
    pub async fn stop(&self) {
        self.stop.cancel();
        let mut ended = self.ended.clone();
        let _ = ended.wait_for(|ended| *ended).await;
    }
}

/// What the app keeps of all this.
#[derive(Default)]
pub(crate) struct State {
    /// The listener of the window.
    own: Mutex<Option<Listening>>,
    hooks: Hooks,
    /// Whether somebody works on the events.
    working: Mutex<bool>,
    /// There is work.
    wake: Notify,
    /// Counts the events that were settled.
    settled: Settled,
    /// Who is told of every event that was settled.
    on_event: Mutex<Option<OnEvent>>,
    /// When the window was told last, and how many requests came.
    told: Mutex<Told>,
}

struct Settled(watch::Sender<u64>);

impl Default for Settled {
    fn default() -> Self {
        Self(watch::channel(0).0)
    }
}

#[derive(Default)]
struct Told {
    last: Option<std::time::Instant>,
    /// What came since, and is told when it is due.
    waits: Option<WebhookEvent>,
    requests: u64,
}

/// Listens, and works on what waits.
///
/// # Errors
/// Where others would reach the address and that was not asked for, or the port is taken.
pub async fn start(app: &App, options: ListenOptions) -> Result<Listening, Problem> {
    if !options.addr.ip().is_loopback() && !options.allow_remote {
        return Err(not_loopback(options.addr));
    }
    let listener = tokio::net::TcpListener::bind(options.addr).await.map_err(|error| taken(options.addr, &error))?;
    let addr = listener.local_addr().map_err(|error| taken(options.addr, &error))?;
    let stop = app.token();
    let (end, ended) = watch::channel(false);
    let router = server::router(app, &options);
    let until = stop.clone();
    app.spawn(async move {
        if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(until.cancelled_owned()).await {
            tracing::error!(%error, "the listener ended");
        }
        let _ = end.send(true);
    });
    if options.on_event.is_some() {
        *lock(&app.listen().on_event) = options.on_event;
    }
    tracing::info!(%addr, remote = !addr.ip().is_loopback(), "listening for webhooks");
    work::begin(app);
    Ok(Listening { addr, stop, ended })
}

/// Works on events that a program which ended left waiting. For programs that stay.
pub fn resume(app: &App) {
    work::begin(app);
}

/// What to know about an address that others reach.
pub fn warning(addr: SocketAddr) -> Option<String> {
    (!addr.ip().is_loopback()).then(|| {
        format!(
            "Other computers reach {addr}. It speaks plain HTTP: put a proxy with TLS before it, and let every webhook \
             verify its sender."
        )
    })
}

/// The state of the window's listener.
pub(crate) fn own_status(app: &App) -> ListenStatus {
    match lock(&app.listen().own).as_ref() {
        None => ListenStatus::default(),
        Some(own) => ListenStatus { listening: true, url: Some(own.url()), warning: warning(own.addr()) },
    }
}

fn not_loopback(addr: SocketAddr) -> Problem {
    let message = format!("Other computers would reach {addr}.");
    Problem::new("not_loopback", ProblemKind::Config, Stage::Open, message)
        .hint("Listen at 127.0.0.1 behind a tunnel or a proxy; or say that others may reach it (--allow-remote).")
}

fn taken(addr: SocketAddr, error: &std::io::Error) -> Problem {
    let message = format!("Nobody can listen at {addr}: {error}.");
    Problem::new("port_taken", ProblemKind::Storage, Stage::Open, message)
        .hint("Is another Tapwright listening? Take another port, or 0 for a free one.")
}
