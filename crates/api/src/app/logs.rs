//! The program's own log: a file a day in the data folder. What goes in was redacted where it arose.

use std::path::Path;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Writes what is left when it is dropped.
pub(super) type Guard = WorkerGuard;

/// Days that are kept.
const DAYS: usize = 7;

/// Starts the log, unless the program has one already or the folder can't be written: work goes on without.
pub(super) fn start(data_dir: &Path) -> Option<Guard> {
    let folder = data_dir.join("logs");
    std::fs::create_dir_all(&folder).ok()?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .max_log_files(DAYS)
        .filename_prefix("tapwright")
        .filename_suffix("log")
        .build(&folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter =
        EnvFilter::try_from_env("TAPWRIGHT_LOG").unwrap_or_else(|_| EnvFilter::new("warn,api=info,engine=info"));
    let subscriber = tracing_subscriber::fmt().with_writer(writer).with_ansi(false).with_env_filter(filter).finish();
    tracing::subscriber::set_global_default(subscriber).ok()?;
    Some(guard)
}
