//! `sync`: reads records into a database or files.

use super::Context;
use crate::args;
use crate::out::Out;
use crate::progress::Progress;
use crate::summary::{StreamSummary, Summary};
use crate::target::{self, Target};
use crate::values::{self, usage};
use crate::{exit, stop};
use api::headless::{self, Destination, Read, StreamEnd};
use definition::{Problem, ProblemKind, Secret, Stage};
use engine::run::ReadLimits;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Where records go, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// Standard output.
    Stdout,
    /// A file of JSON lines.
    Jsonl(PathBuf),
    /// A place that a connection may have too.
    Place(String),
}

impl To {
    fn parse(text: &str) -> Result<Self, Problem> {
        match text.split_once(':') {
            Some(("jsonl", "-")) => Ok(Self::Stdout),
            Some(("jsonl", path)) if !path.is_empty() => Ok(Self::Jsonl(PathBuf::from(path))),
            _ => match Destination::parse(text, None) {
                Ok(_) => Ok(Self::Place(text.to_owned())),
                Err(problem) if problem.code == "bad_destination" => Err(usage(problem.message).hint(
                    "Use sqlite:FILE, jsonl:FILE, jsonl:- for standard output, csv:FOLDER, parquet:FOLDER or \
                         postgres://USER@HOST/DATABASE.",
                )),
                Err(problem) => Err(problem),
            },
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Stdout => "jsonl:-".to_owned(),
            Self::Jsonl(path) => format!("jsonl:{}", path.display()),
            Self::Place(text) => text.clone(),
        }
    }

    fn open(&self, out: &Out, password: Option<&Secret>) -> Result<Destination, Problem> {
        Ok(match self {
            Self::Stdout => Destination::Jsonl(Box::new(BufWriter::with_capacity(1 << 16, out.writer()))),
            Self::Jsonl(path) => Destination::Jsonl(Box::new(BufWriter::with_capacity(1 << 16, create(path)?))),
            Self::Place(text) => Destination::parse(text, password)?,
        })
    }
}

/// A file for one sync alone. It is emptied only when no other writes it.
fn create(path: &Path) -> Result<File, Problem> {
    let bad = |fault: &dyn std::fmt::Display| usage(format!("The file {} can't be written: {fault}.", path.display()));
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(path).map_err(|fault| bad(&fault))?;
    // What is no file (a pipe, a terminal) is taken as it is.
    if !file.metadata().is_ok_and(|about| about.is_file()) {
        return Ok(file);
    }
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(busy(path)),
        Err(TryLockError::Error(fault)) => return Err(bad(&fault)),
    }
    file.set_len(0).map_err(|fault| bad(&fault))?;
    Ok(file)
}

fn busy(path: &Path) -> Problem {
    let message = format!("Another sync writes to {}.", path.display());
    Problem::new("busy", ProblemKind::Storage, Stage::Write, message).hint("Wait for it, or stop it.").retryable()
}

/// Tries until the place is free, where the person wants to wait.
pub(super) async fn when_free<T>(
    wait: bool,
    cancel: &CancellationToken,
    mut work: impl AsyncFnMut() -> Result<T, Problem>,
) -> Result<T, Problem> {
    loop {
        match work().await {
            Err(problem) if problem.code == "busy" && wait && !cancel.is_cancelled() => tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(100)) => {}
                () = cancel.cancelled() => {}
            },
            other => return other,
        }
    }
}

/// Reads.
pub async fn run(context: &Context, args: args::Sync) -> Result<u8, Problem> {
    let to = args.to.as_deref().map(To::parse).transpose()?;
    let offline = args.fixtures.is_some();
    let app = async || context.app().await;
    let (target, limits) = match &args.fixtures {
        Some(fixtures) => {
            let offline = target::load_offline(&args.target, &args.values, fixtures, app).await?;
            let limits = args.limit.map_or(offline.limits, |most| offline.at_most(most));
            (Target::from(offline), limits)
        }
        None => {
            let target = target::load(&args.target, &args.values, context.data_dir(), app).await?;
            (target, ReadLimits { records: args.limit, ..ReadLimits::default() })
        }
    };
    let to = match (to, &target.connection) {
        (Some(to), _) => to,
        // Values that are not the connection's own do not belong into its runs.
        (None, Some(kept))
            if args.stream.is_empty() && args.values.config.is_empty() && args.values.config_file.is_none() =>
        {
            return super::sync_kept::run(context, kept, (args.full, args.wait, args.limit), args.values.code).await;
        }
        (None, Some(kept)) => To::Place(kept.destination.clone()),
        (None, None) if let Some(workspace) = api::workspace::Workspace::here() => {
            To::Place(format!("sqlite:{}", workspace.state().join(format!("{}.db", target.definition.name)).display()))
        }
        (None, None) => {
            return Err(usage("Where to? A definition's file has no database of its own.").hint(
                "Add --to sqlite:FILE, --to jsonl:-, --to csv:FOLDER, --to parquet:FOLDER or --to postgres://….",
            ));
        }
    };
    one_output(&to, &target, &args.stream)?;
    let password = match &args.to_password {
        Some(place) => Some(values::read_secret("--to-password", place)?),
        None => target.connection.as_ref().and_then(|kept| kept.destination_password.clone()),
    };
    let progress = Progress::new(&context.out);
    let shown = progress.clone();
    let cancel = stop::on_signal(&context.out);
    let read = Read {
        streams: args.stream,
        part: None,
        limits,
        // State of before would ask for what was not recorded.
        full: args.full || args.fixtures.is_some(),
        wait: args.wait,
        events: Arc::new(move |event| shown.event(&event)),
        cancel: cancel.clone(),
    };
    let begin = Instant::now();
    let destination = when_free(args.wait, &cancel, async || to.open(&context.out, password.as_ref())).await?;
    let keeps_state = destination.keeps_state();
    let ends = headless::read(&target.definition, &target.config, destination, read).await?;
    progress.clear();
    let duration = u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX);
    if let Some(kept) = target.connection.as_ref().filter(|_| !offline) {
        count(context, &kept.id, &ends, duration).await;
    }
    let streams = ends.into_iter().map(StreamSummary::from).collect();
    let summary = Summary::of(streams, to.name(), duration);
    Ok(finish(&context.out, &summary, to == To::Stdout, keeps_state))
}

/// Adds to the connection's metrics. Where that fails, the records are there nevertheless.
async fn count(context: &Context, connection: &str, ends: &[StreamEnd], duration_ms: u64) {
    let kept = async {
        let app = context.app().await?;
        let kept = api::health::keep_read(&app, connection, ends, duration_ms).await;
        app.close().await;
        kept
    };
    if let Err(problem) = kept.await {
        context.out.say(&format!("The sync is not counted in the metrics: {}", problem.message));
    }
}

/// Records of several streams on one output could not be told apart.
fn one_output(to: &To, target: &Target, streams: &[String]) -> Result<(), Problem> {
    let count = if streams.is_empty() { target.definition.streams.len() } else { streams.len() };
    if count > 1 && matches!(to, To::Stdout | To::Jsonl(_)) {
        let names: Vec<&str> = target.definition.streams.iter().map(|stream| stream.name.as_str()).collect();
        let message =
            format!("One output of JSON lines takes one stream, and there are {count}: {}.", names.join(", "));
        return Err(usage(message).hint("Add --stream NAME, or use --to sqlite:FILE or --to csv:FOLDER."));
    }
    Ok(())
}

/// Tells what was done, and gives the exit code. Where records went to standard output, everything else goes to the other.
pub fn finish(out: &Out, summary: &Summary, records_on_stdout: bool, keeps_state: bool) -> u8 {
    // The reader went away: it has what it wanted.
    if out.is_gone() {
        return exit::DONE;
    }
    summary.streams.iter().filter_map(|stream| stream.problem.as_ref()).for_each(|problem| out.problem(problem));
    match (out.json, records_on_stdout) {
        (true, true) => out.note(&crate::out::json(summary)),
        (true, false) => out.answer(summary),
        (false, _) => out.say(&summary.text()),
    }
    let ends: Vec<exit::End<'_>> = summary
        .streams
        .iter()
        .map(|stream| exit::End { outcome: stream.outcome, problem: stream.problem.as_ref() })
        .collect();
    exit::of_streams(&ends, keeps_state)
}

#[cfg(test)]
mod tests {
    use super::To;

    #[test]
    fn destinations_read_back_as_they_were_typed() {
        for text in [
            "sqlite:a.db",
            "jsonl:-",
            "jsonl:out.jsonl",
            "csv:folder",
            "sqlite:C:\\x.db",
            "parquet:p",
            "postgres://db.test/x",
        ] {
            assert_eq!(To::parse(text).expect("a destination").name(), text);
        }
        for text in ["", "sqlite:", "a.db", "postgres:x", "jsonl", "postgres://a:pw@db.test/x"] {
            assert!(To::parse(text).is_err(), "{text}");
        }
    }
}
