//! The API that ships with the app, to try things out with no account and no network, and the server of the tests.
//!
//! It listens on loopback only. Its data is made up, and the same for the same seed. Its credentials ([`SAMPLE_KEY`],
//! [`SAMPLE_USER`], [`SAMPLE_PASSWORD`]) are published and guard nothing. What it can do is listed at its `/`.
//!
//! **Architecture invariant:** depends on none of our crates.

mod admin;
mod auth;
mod broken;
mod conn;
mod data;
mod docs;
mod doors;
mod examples;
mod fault;
mod library;
mod log;
mod oauth;
mod page;
mod query;
mod rng;
mod routes;
mod write;

pub use auth::{KEY_HEADER, KEY_PARAMETER, SAMPLE_KEY, SAMPLE_PASSWORD, SAMPLE_USER};
pub use data::{Collection, Sizes};
pub use doors::SAMPLE_CODE;
pub use fault::{Fault, FaultKind};
pub use log::Logged;

use conn::{Line, Lines};
use routes::{Shared, lock};
use serde_json::Value;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How the server is to be.
#[derive(Debug, Clone)]
pub struct SampleOptions {
    /// The port. A free one where not said.
    pub port: Option<u16>,
    /// The seed of the data. Default 1.
    pub seed: u64,
    /// How many records there are.
    pub sizes: Sizes,
    /// What goes wrong from the start.
    pub faults: Vec<Fault>,
}

impl Default for SampleOptions {
    fn default() -> Self {
        Self { port: None, seed: 1, sizes: Sizes::default(), faults: Vec::new() }
    }
}

/// A server that runs, on a thread of its own. Stops when dropped.
#[derive(Debug)]
pub struct SampleServer {
    /// Where it listens, on 127.0.0.1.
    pub addr: SocketAddr,
    shared: Arc<Shared>,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

/// Starts the server; returns at once. Can be called with or without a tokio runtime.
///
/// # Errors
/// When the port is taken, or no thread can be started.
pub fn start(options: SampleOptions) -> io::Result<SampleServer> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port.unwrap_or(0)))?;
    listener.set_nonblocking(true)?;
    let addr = listener.local_addr()?;
    let mut faults = fault::Faults::default();
    options.faults.into_iter().for_each(|fault| faults.set(fault));
    let shared = Arc::new(Shared {
        library: Mutex::new(library::Library::new(options.seed, options.sizes)),
        faults: Mutex::new(faults),
        log: Mutex::new(log::Log::default()),
        doors: Mutex::default(),
        tokens: Mutex::default(),
    });
    let stop = CancellationToken::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let served = serve(listener, Arc::clone(&shared), stop.clone());
    let thread = std::thread::Builder::new().name("sample-api".to_owned()).spawn(move || {
        if let Err(fault) = runtime.block_on(served) {
            tracing::warn!(%fault, "the sample API stopped");
        }
        // Connections that are still open are cut, not waited for.
        runtime.shutdown_background();
    })?;
    Ok(SampleServer { addr, shared, stop, thread: Some(thread) })
}

async fn serve(listener: TcpListener, shared: Arc<Shared>, stop: CancellationToken) -> io::Result<()> {
    let lines = Lines(tokio::net::TcpListener::from_std(listener)?);
    let app = axum::Router::new().fallback(routes::answer).with_state(shared);
    let served = axum::serve(lines, app.into_make_service_with_connect_info::<Line>());
    tokio::select! {
        served = async { served.await } => served,
        () = stop.cancelled() => Ok(()),
    }
}

impl SampleServer {
    /// A URL of this server: `server.url("/v1/customers")`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// The requests seen, oldest first: at most 5,000, without those to `/` and `/admin`.
    pub fn log(&self) -> Vec<Logged> {
        lock(&self.shared.log).lines()
    }

    /// Forgets the requests seen.
    pub fn clear_log(&self) {
        lock(&self.shared.log).clear();
    }

    /// Sets a fault.
    pub fn set_fault(&self, fault: Fault) {
        lock(&self.shared.faults).set(fault);
    }

    /// Takes all faults back.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Changes a record by its number or id: its `updated_at` is now. `None` where there is no such record.
    pub fn touch(&self, collection: Collection, id: &str) -> Option<Value> {
        let mut library = lock(&self.shared.library);
        let index = library.find(collection, id)?;
        Some(library.touch(collection, index))
    }

    /// Adds a record.
    pub fn add(&self, collection: Collection) -> Value {
        lock(&self.shared.library).add(collection)
    }

    /// Stops it and waits for its thread. Open connections are cut.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for SampleServer {
    fn drop(&mut self) {
        self.end();
    }
}
