//! The app: everything that lives as long as the program does.

mod benches;
mod logs;
mod small;
mod vault;

pub(crate) use small::{blocking, new_id, now, storage};
pub(crate) use vault::{Kept, Vault};

use crate::auth::{Codes, SignIns};
use crate::contract::AppEvent;
use crate::sync;
use crate::workbench::Bench;
use definition::{Problem, ProblemKind, Stage};
use sample_api::SampleServer;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use store::{SecretStore, Store};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Who is told of [`AppEvent`]s. Called from any thread; must not block.
pub type AppEvents = Arc<dyn Fn(AppEvent) + Send + Sync>;

/// How the app is opened.
#[derive(Clone)]
pub struct AppOptions {
    /// The folder of everything that is kept. Default: `tapwright` among the person's data.
    pub data_dir: Option<PathBuf>,
    /// Who is told of what happens.
    pub events: AppEvents,
}

/// The app. Clones share it.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    data_dir: PathBuf,
    store: Store,
    vault: Vault,
    events: AppEvents,
    benches: Mutex<HashMap<String, Arc<Bench>>>,
    runs: Mutex<HashMap<String, Arc<sync::Live>>>,
    batches: Mutex<HashMap<String, Arc<crate::batches::LiveBatch>>>,
    pushes: Mutex<HashMap<String, Arc<crate::push::LivePush>>>,
    /// Calls of actions that go on, by their callers' names for them.
    actions: Mutex<HashMap<String, CancellationToken>>,
    sign_ins: SignIns,
    sample: Mutex<Option<SampleServer>>,
    anchors: crate::data::Anchors,
    exports: crate::data::Exports,
    /// Connections whose previews read from their recordings.
    offline: Mutex<std::collections::HashSet<String>>,
    /// What the program is called in the list of versions.
    program: OnceLock<&'static str>,
    /// What the shell around it is: names and values.
    facts: OnceLock<Vec<(String, String)>>,
    /// Woken when schedules change.
    schedules: tokio::sync::Notify,
    /// How many scheduled runs this program starts at the same time; 0: as the setting says.
    runs_at_once: AtomicU32,
    listen: crate::listen::State,
    closing: CancellationToken,
    tasks: TaskTracker,
    _logs: Option<logs::Guard>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("data_dir", &self.0.data_dir).finish_non_exhaustive()
    }
}

impl App {
    /// Opens the data folder, makes it where it is missing, and settles runs that a killed program left behind.
    ///
    /// # Errors
    /// Where there is no place for the folder, it can't be written, or its database can't be read.
    pub async fn open(options: AppOptions) -> Result<Self, Problem> {
        let data_dir = match options.data_dir {
            Some(folder) => folder,
            None => default_folder()?,
        };
        std::fs::create_dir_all(&data_dir).map_err(|error| {
            storage("data_folder", format!("The folder {} can't be made", data_dir.display()), &error)
        })?;
        // Paths that are kept must mean the same from every working directory.
        let data_dir = std::path::absolute(&data_dir).unwrap_or(data_dir);
        small::private(&data_dir);
        let logs = logs::start(&data_dir);
        let store = Store::open(&data_dir).await?;
        let secrets = SecretStore::open(&data_dir).await;
        let codes = Codes::new(Arc::clone(&options.events));
        let app = Self(Arc::new(Inner {
            vault: Vault::new(secrets, codes, data_dir.clone()),
            data_dir,
            store,
            events: options.events,
            benches: Mutex::default(),
            runs: Mutex::default(),
            batches: Mutex::default(),
            pushes: Mutex::default(),
            actions: Mutex::default(),
            sign_ins: SignIns::default(),
            sample: Mutex::default(),
            anchors: crate::data::Anchors::default(),
            exports: crate::data::Exports::default(),
            offline: Mutex::default(),
            program: OnceLock::new(),
            facts: OnceLock::new(),
            schedules: tokio::sync::Notify::new(),
            runs_at_once: AtomicU32::new(0),
            listen: crate::listen::State::default(),
            closing: CancellationToken::new(),
            tasks: TaskTracker::new(),
            _logs: logs,
        }));
        sync::settle_killed(&app).await?;
        crate::settings::apply(&app).await?;
        Ok(app)
    }

    /// Ends everything: stops runs and requests, waits until what was read is saved, and closes the database.
    pub async fn close(&self) {
        self.0.closing.cancel();
        for live in self.lock_runs().values() {
            live.stop();
        }
        self.0.tasks.close();
        self.0.tasks.wait().await;
        crate::connectors::note_all(self).await;
        lock(&self.0.benches).clear();
        let sample = lock(&self.0.sample).take();
        if let Some(server) = sample {
            let _ = blocking(move || {
                server.stop();
                Ok(())
            })
            .await;
        }
        self.0.store.close().await;
    }

    /// Says what the program is called where a version tells who made it. Default: `the command line`.
    pub fn called(&self, program: &'static str) {
        let _ = self.0.program.set(program);
    }

    /// Says what the shell around it is, for the list of facts: `WebKitGTK`, `2.50.6`.
    pub fn runs_on(&self, facts: Vec<(String, String)>) {
        let _ = self.0.facts.set(facts);
    }

    pub(crate) fn facts(&self) -> Vec<(String, String)> {
        self.0.facts.get().cloned().unwrap_or_default()
    }

    pub(crate) fn program(&self) -> &'static str {
        self.0.program.get().copied().unwrap_or("the command line")
    }

    /// Wakes whoever waits for the next scheduled run.
    pub(crate) fn schedules_changed(&self) {
        self.0.schedules.notify_one();
    }

    pub(crate) async fn wait_for_schedules(&self) {
        self.0.schedules.notified().await;
    }

    /// How many scheduled runs this program starts at the same time; 0: as the setting says.
    pub fn runs_at_once(&self) -> &AtomicU32 {
        &self.0.runs_at_once
    }

    /// The folder of everything that is kept.
    pub fn data_dir(&self) -> &Path {
        &self.0.data_dir
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    pub(crate) fn sign_ins(&self) -> &SignIns {
        &self.0.sign_ins
    }

    pub(crate) fn anchors(&self) -> &crate::data::Anchors {
        &self.0.anchors
    }

    pub(crate) fn exports(&self) -> &crate::data::Exports {
        &self.0.exports
    }

    pub(crate) fn listen(&self) -> &crate::listen::State {
        &self.0.listen
    }

    /// Tells whoever listens.
    pub(crate) fn tell(&self, event: AppEvent) {
        (self.0.events)(event);
    }

    /// Tells of a step that takes a while.
    pub(crate) fn progress(&self, workbench: &str, message: impl Into<String>) {
        self.tell(AppEvent::Progress { workbench: workbench.to_owned(), message: message.into() });
    }

    /// Whether a connection's previews read from its recording.
    pub(crate) fn is_offline(&self, connection: &str) -> bool {
        lock(&self.0.offline).contains(connection)
    }

    /// Lets a connection's previews read from its recording, or from the network.
    pub(crate) fn set_offline(&self, connection: &str, offline: bool) {
        let mut all = lock(&self.0.offline);
        if offline {
            all.insert(connection.to_owned());
        } else {
            all.remove(connection);
        }
    }

    /// A token that stops with the app.
    pub(crate) fn token(&self) -> CancellationToken {
        self.0.closing.child_token()
    }

    /// A token for a call of an action. It stops with the app, too.
    pub(crate) fn begin_action(&self, turn: Option<&str>) -> CancellationToken {
        let token = self.token();
        if let Some(turn) = turn {
            lock(&self.0.actions).insert(turn.to_owned(), token.clone());
        }
        token
    }

    /// Forgets a call that ended.
    pub(crate) fn end_action(&self, turn: Option<&str>) {
        if let Some(turn) = turn {
            lock(&self.0.actions).remove(turn);
        }
    }

    /// Stops a call that goes on.
    pub(crate) fn stop_action(&self, turn: &str) {
        if let Some(token) = lock(&self.0.actions).get(turn) {
            token.cancel();
        }
    }

    /// Starts work that [`Self::close`] waits for.
    pub(crate) fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.0.tasks.spawn(work);
    }

    pub(crate) fn lock_runs(&self) -> MutexGuard<'_, HashMap<String, Arc<sync::Live>>> {
        lock(&self.0.runs)
    }

    pub(crate) fn lock_batches(&self) -> MutexGuard<'_, HashMap<String, Arc<crate::batches::LiveBatch>>> {
        lock(&self.0.batches)
    }

    pub(crate) fn lock_pushes(&self) -> MutexGuard<'_, HashMap<String, Arc<crate::push::LivePush>>> {
        lock(&self.0.pushes)
    }

    /// The address of the sample API, which is started at the first call.
    pub(crate) fn sample_url(&self, path: &str) -> Result<String, Problem> {
        let mut sample = lock(&self.0.sample);
        if sample.is_none() {
            *sample = Some(start_sample()?);
        }
        Ok(sample.as_ref().map(|server| server.url(path)).unwrap_or_default())
    }

    /// Starts the sample API where a definition was made of it.
    pub(crate) async fn wake_sample(&self, definition: &definition::Definition) -> Result<(), Problem> {
        let base = definition.http.as_ref().map(|http| http.base_url.as_str()).unwrap_or_default();
        if !base.starts_with(&format!("http://127.0.0.1:{SAMPLE_PORT}")) {
            return Ok(());
        }
        let app = self.clone();
        blocking(move || app.sample_url("/").map(|_| ())).await
    }

    /// Whether a host and port are the sample API's.
    pub(crate) fn is_sample(&self, host: &str) -> bool {
        lock(&self.0.sample).as_ref().is_some_and(|server| server.addr.to_string() == host)
    }
}

/// The sample API's usual port, so that a connector made of it works again tomorrow.
const SAMPLE_PORT: u16 = 47_113;

fn start_sample() -> Result<SampleServer, Problem> {
    let options = |port| sample_api::SampleOptions { port, ..sample_api::SampleOptions::default() };
    sample_api::start(options(Some(SAMPLE_PORT))).or_else(|_| sample_api::start(options(None))).map_err(|error| {
        Problem::new("sample_not_started", ProblemKind::Internal, Stage::Open, "The sample API can't be started.")
            .hint("Is a firewall in the way of 127.0.0.1?")
            .detail(error.to_string())
    })
}

/// The folder of everything that is kept, where none is named.
///
/// # Errors
/// Where the system names no folder for data.
pub fn default_folder() -> Result<PathBuf, Problem> {
    dirs::data_dir().map(|folder| folder.join("tapwright")).ok_or_else(|| {
        Problem::new("no_data_folder", ProblemKind::Storage, Stage::Store, "This system names no folder for data.")
            .hint("Set HOME, or name a folder with --data-dir or TAPWRIGHT_DATA_DIR.")
    })
}

/// A lock whose holder panicked elsewhere still guards whole values: each change is one assignment.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
