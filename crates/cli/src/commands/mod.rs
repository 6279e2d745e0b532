//! The commands, one a file.

mod about;
mod action;
mod action_past;
mod batch;
mod check;
mod connect;
mod connection;
mod connector;
mod delete;
mod describe;
mod examples;
mod export;
mod expressions;
mod import;
mod init;
mod keyring;
mod kinds;
mod list;
mod listen;
mod logs;
mod metrics;
mod new;
mod preview;
mod push;
mod record;
mod runs;
mod sample_api;
mod schedule;
mod serve;
mod shell;
mod show;
mod sign_in;
mod sql;
mod sync;
mod sync_kept;
mod tables;
mod test;
mod update;
mod validate;
mod webhook;

pub use record::named_folder;

use crate::args::{Cli, Command, Global};
use crate::out::Out;
use crate::{exit, values};
use api::contract::{AppEvent, AppInfo, KeyringKind, KeyringStatus};
use api::{App, AppOptions};
use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use definition::Problem;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

/// The environment variable with the passphrase of the encrypted file of secrets.
const PASSPHRASE: &str = "TAPWRIGHT_PASSPHRASE";

/// Reads the arguments and does what they say. Gives the exit code.
pub fn main() -> u8 {
    let mut cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    if cli.global.data_dir.is_none() {
        // State of a workspace lies in it, where Git does not see it.
        cli.global.data_dir = api::workspace::Workspace::here().map(|workspace| workspace.state());
    }
    let out = Out::new(&cli.global);
    let result = match cli.command {
        Command::Schema => shell::schema(&out),
        Command::Kinds { area } => kinds::run(&out, area.as_deref()),
        Command::Expressions { word } => expressions::run(&out, word.as_deref()),
        Command::Completions { shell } => shell::completions(&out, shell),
        Command::Man => shell::man(&out),
        Command::Validate(args) => validate::run(&out, &args),
        Command::Init(args) => init::init(&Context { global: cli.global, out: out.clone() }, &args),
        Command::Lock(args) => init::lock(&Context { global: cli.global, out: out.clone() }, &args),
        command => in_runtime(command, &Context { global: cli.global, out: out.clone() }),
    };
    let result = if out.is_gone() { Ok(exit::DONE) } else { result };
    result.unwrap_or_else(|problem| {
        out.problem(&problem);
        exit::of_problem(&problem)
    })
}

/// What every command works with.
#[derive(Debug, Clone)]
pub struct Context {
    /// The arguments of every command.
    pub global: Global,
    /// How to speak.
    pub out: Out,
}

impl Context {
    /// The data folder that was named.
    pub fn data_dir(&self) -> Option<PathBuf> {
        self.global.data_dir.clone()
    }

    /// Opens the data folder.
    ///
    /// # Errors
    /// Where it can't be opened.
    pub async fn app(&self) -> Result<App, Problem> {
        self.app_with(self.global.data_dir.clone(), Arc::new(|_| {})).await
    }

    /// Opens a data folder and listens to its events.
    ///
    /// # Errors
    /// Where it can't be opened.
    pub async fn app_with(
        &self,
        data_dir: Option<PathBuf>,
        events: Arc<dyn Fn(AppEvent) + Send + Sync>,
    ) -> Result<App, Problem> {
        let app = App::open(AppOptions { data_dir, events }).await?;
        // Where there is no keyring and nobody to type it, the encrypted file's passphrase may stand in the environment.
        if let Some(passphrase) = std::env::var(PASSPHRASE).ok().filter(|passphrase| !passphrase.is_empty()) {
            let info: AppInfo = call(&app, "app_info", json!({})).await?;
            if info.keyring.kind == KeyringKind::FileLocked {
                let _: KeyringStatus = call(&app, "keyring_unlock", json!({"passphrase": passphrase})).await?;
            }
        }
        Ok(app)
    }
}

/// Runs a command of the one list.
///
/// # Errors
/// The command's.
pub async fn call<T: DeserializeOwned>(app: &App, command: &str, request: Value) -> Result<T, Problem> {
    let answer = api::call(app, command, request).await?;
    serde_json::from_value(answer).map_err(|fault| {
        let message = format!("The answer of `{command}` has another shape.");
        Problem::new("bad_answer", definition::ProblemKind::Internal, definition::Stage::Open, message)
            .detail(fault.to_string())
    })
}

fn in_runtime(command: Command, context: &Context) -> Result<u8, Problem> {
    // An error means that a provider is installed already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = built.map_err(|fault| values::usage(format!("The program can't start its threads: {fault}.")))?;
    let result = runtime.block_on(async {
        match command {
            Command::New(args) => new::run(context, args).await,
            Command::Tables(args) => tables::run(context, args).await,
            Command::Action(args) => action::run(context, args).await,
            Command::Check(args) => check::run(context, args).await,
            Command::Preview(args) => preview::run(context, args).await,
            Command::SampleApi(args) => sample_api::run(context, &args).await,
            Command::About => about::run(context).await,
            Command::Examples(args) => examples::run(context, &args).await,
            Command::Sync(args) => sync::run(context, args).await,
            Command::Record(args) => record::run(context, args).await,
            Command::Test(args) => test::run(context, args).await,
            Command::Batch(args) => batch::run(context, *args).await,
            Command::Push(args) => push::run(context, args).await,
            Command::Connect(args) => connect::run(context, args).await,
            Command::SignIn(args) => sign_in::run(context, args).await,
            Command::List => list::run(context).await,
            Command::Listen(args) => listen::run(context, args).await,
            Command::Webhook(command) => webhook::run(context, command).await,
            Command::Show(args) => show::run(context, &args).await,
            Command::Logs(args) => logs::run(context, &args).await,
            Command::Runs(args) => runs::run(context, &args).await,
            Command::Sql(args) => sql::run(context, args).await,
            Command::Describe(args) => describe::run(context, &args).await,
            Command::Docs(args) => describe::docs(context, &args).await,
            Command::Metrics(args) => metrics::run(context, &args).await,
            Command::Delete(args) => delete::run(context, &args).await,
            Command::Import(args) => import::run(context, &args).await,
            Command::Export(args) => export::run(context, &args).await,
            Command::Connector(args) => connector::run(context, args).await,
            Command::Connection(args) => connection::run(context, args).await,
            Command::Update(args) => update::run(context, &args).await,
            Command::Schedule(args) => schedule::run(context, args).await,
            Command::Serve(args) => serve::run(context, &args).await,
            Command::Keyring(args) => keyring::run(context, args).await,
            Command::Schema
            | Command::Kinds { .. }
            | Command::Expressions { .. }
            | Command::Completions { .. }
            | Command::Man
            | Command::Init(_)
            | Command::Lock(_)
            | Command::Validate(_) => Ok(exit::DONE),
        }
    });
    // A thread that waits for the keyring's prompt must not hold the program.
    runtime.shutdown_timeout(std::time::Duration::from_millis(200));
    result
}

/// Help and version go to standard output; faults of usage to standard error. A word too many may be a secret that was
/// typed in the wrong place: it is not repeated.
fn refuse(error: &clap::Error) -> u8 {
    let is_word = |value: &ContextValue| matches!(value, ContextValue::String(text) if !text.starts_with('-'));
    let too_many =
        error.kind() == ErrorKind::UnknownArgument && error.get(ContextKind::InvalidArg).is_some_and(is_word);
    if too_many {
        eprintln!(
            "error: there is a word too many, after those that the command takes\n\nFor more information, try '--help'."
        );
    } else {
        let _ = error.print();
    }
    if error.use_stderr() { exit::USAGE } else { exit::DONE }
}
