//! `record`: answers of the real API into a folder, without secrets.

use super::Context;
use crate::progress::Progress;
use crate::target::{self, Target};
use crate::{args, exit, stop};
use api::fixtures::{self, ConnectorTest, Recorded, TestOptions, Verdict};
use definition::Problem;
use engine::fixture::Scrub;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Records.
pub async fn run(context: &Context, args: args::fixtures::Record) -> Result<u8, Problem> {
    let out = &context.out;
    let target = target::load(&args.target, &args.values, context.data_dir(), async || context.app().await).await?;
    let folder = folder(context, &args, &target).await?;
    let progress = Progress::new(out);
    let shown = progress.clone();
    let cancel = stop::on_signal(&out.quietly());
    let options = fixtures::Record {
        streams: args.stream,
        pages: Some(args.pages),
        records: args.records,
        scrub: Scrub::of_words(args.scrub.iter().map(String::as_str)),
        folder: folder.clone(),
        events: Arc::new(move |event| shown.event(&event)),
        cancel: cancel.clone(),
    };
    let recorded = fixtures::record(&target.definition, &target.config, options).await;
    progress.clear();
    let recorded = recorded?;
    // The proof that it can be replayed, and what is expected from now on.
    let test = TestOptions { source: args.target, fixtures: folder, update: true, cancel };
    let report = fixtures::test(&target.definition, &test).await;
    recorded.ends.iter().filter_map(|end| end.problem.as_ref()).chain(&recorded.check).for_each(|one| out.problem(one));
    if out.json {
        out.answer(&answer(&recorded, &report)?);
    } else {
        say(context, &recorded, &report)?;
    }
    let ends: Vec<_> =
        recorded.ends.iter().map(|end| exit::End { outcome: end.outcome, problem: end.problem.as_ref() }).collect();
    Ok(match exit::of_streams(&ends, true) {
        exit::DONE if !report.ok => exit::DATA,
        code => code,
    })
}

/// Where it goes: as said, or where `test` looks for it.
async fn folder(context: &Context, args: &args::fixtures::Record, target: &Target) -> Result<PathBuf, Problem> {
    if let Some(folder) = &args.out {
        return Ok(folder.clone());
    }
    if let Some(file) = target::file_of(&args.target)? {
        return Ok(fixtures::folder_beside(&file, &target.definition.name));
    }
    let app = context.app().await?;
    let kept = target.connection.as_ref().map(|kept| kept.id.clone()).unwrap_or_default();
    let folder = app.fixtures(&kept);
    app.close().await;
    Ok(folder)
}

fn answer(recorded: &Recorded, report: &ConnectorTest) -> Result<serde_json::Value, Problem> {
    let files = recorded.folder.list()?;
    let streams: Vec<_> = recorded
        .ends
        .iter()
        .map(|end| {
            json!({"stream": end.stream, "outcome": end.outcome, "records": end.counts.read, "pages": end.counts.pages,
                   "requests": end.counts.requests, "problem": end.problem})
        })
        .collect();
    Ok(json!({"folder": recorded.folder.path, "connector": recorded.folder.manifest.connector,
              "recorded_at": recorded.folder.manifest.recorded_at, "files": files, "streams": streams,
              "scrubbed": recorded.scrubbed, "check": recorded.check, "test": report}))
}

fn say(context: &Context, recorded: &Recorded, report: &ConnectorTest) -> Result<(), Problem> {
    let out = &context.out;
    let files = recorded.folder.list()?;
    let bytes: u64 = files.iter().map(|file| file.bytes).sum();
    out.line(&format!(
        "{}: {} answers, {:.1} kB, in {}",
        recorded.folder.manifest.connector,
        files.len(),
        bytes as f64 / 1000.0,
        recorded.folder.path.display()
    ));
    for end in &recorded.ends {
        out.line(&format!("  {}: {} records, {} pages", end.stream, end.counts.read, end.counts.pages));
    }
    for line in &recorded.scrubbed {
        out.line(&format!("  scrubbed: {} ({} values in {} places)", line.what, line.values, line.places));
    }
    let failed: Vec<_> = report.all().filter(|(_, check)| check.verdict == Verdict::Fail).collect();
    for (stream, check) in &failed {
        out.line(&format!(
            "  replayed: {}{}: {}",
            stream.map(|stream| format!("{stream}: ")).unwrap_or_default(),
            check.name,
            check.message
        ));
    }
    if failed.is_empty() {
        out.say("Replayed without a network: all checks pass. Look the files over before you share them.");
    }
    Ok(())
}

/// A recording that was named: itself, or the one of a connector in a folder of several.
pub fn named_folder(folder: &Path, connector: &str) -> PathBuf {
    let inside = folder.join(connector);
    if !fixtures::Folder::is_one(folder) && fixtures::Folder::is_one(&inside) { inside } else { folder.to_owned() }
}
