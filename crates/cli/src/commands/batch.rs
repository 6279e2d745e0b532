//! `batch`: an action for each row of a file, a table or a stream.

use super::Context;
use crate::args::batch::Batch;
use crate::out::Out;
use crate::target::{self, Target};
use crate::values::usage;
use crate::{exit, stop, table};
use api::App;
use api::batches::{self, BatchTarget, Prepared};
use api::contract::{
    AppEvent, BatchFailedTo, BatchHow, BatchLook, BatchOutcome, BatchParam, BatchSource, BatchView, LookBatch,
    ResumeBatch, StartBatch,
};
use definition::Problem;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::sync::Arc;

/// Does what the arguments say.
pub async fn run(context: &Context, args: Batch) -> Result<u8, Problem> {
    let bar = bar(&context.out);
    let shown = bar.clone();
    let events = Arc::new(move |event| {
        if let AppEvent::Batch { view } = event {
            show(&shown, &view);
        }
    });
    if args.list {
        return list(context, &args).await;
    }
    let resumed = match &args.resume {
        Some(id) => Some(find(context, &args, id).await?),
        None => None,
    };
    let word = args.target.clone().or_else(|| resumed.as_ref().map(|view| view.target.clone()));
    let word = word.ok_or_else(|| {
        usage("Which connection, or which definition's file?").hint("tapwright batch CONNECTION ACTION --from csv:FILE")
    })?;
    let target = target::load(&word, &args.values, context.data_dir(), async || context.app().await).await?;
    let app = context.app_with(context.global.data_dir.clone(), events).await?;
    let result = work(context, &app, &args, target_of(target, &word), resumed, &bar).await;
    bar.finish_and_clear();
    app.close().await;
    result
}

/// A connection is known by its id, a file by its place.
fn target_of(target: Target, word: &str) -> BatchTarget {
    let file = || std::path::absolute(word).map_or_else(|_| word.to_owned(), |path| path.display().to_string());
    let connection = target.connection.map(|kept| kept.id);
    let name = connection.clone().unwrap_or_else(file);
    BatchTarget { definition: target.definition, config: target.config, connection, name }
}

async fn work(
    context: &Context,
    app: &App,
    args: &Batch,
    target: BatchTarget,
    resumed: Option<BatchView>,
    bar: &ProgressBar,
) -> Result<u8, Problem> {
    let out = &context.out;
    let how = how(args);
    if let Some(view) = resumed {
        let prepared = batches::resume(app, target, ResumeBatch { id: view.id, how }).await?;
        return go(out, app, args, prepared, bar).await;
    }
    let action = args
        .action
        .clone()
        .ok_or_else(|| usage("Which action?").hint("tapwright batch CONNECTION ACTION --from csv:FILE"))?;
    let from = args.from.as_deref().ok_or_else(|| {
        usage("Which rows?")
            .hint("Add --from csv:FILE, jsonl:FILE, table:CONNECTION/TABLE, stream:CONNECTION/STREAM or -.")
    })?;
    let (source, copy) = source(app, args, from)?;
    let params = params(args)?;
    let request =
        LookBatch { connection: String::new(), action: action.clone(), source: source.clone(), params: params.clone() };
    let result = async {
        if args.validate_only || args.dry_run {
            return check(out, app, args, &target, &request).await;
        }
        let start = StartBatch { connection: String::new(), action, source, params, how, anew: args.anew };
        let prepared = batches::prepare(app, target, start).await?;
        told(out, prepared.given());
        go(out, app, args, prepared, bar).await
    };
    let result = result.await;
    // Rows of standard input are kept for as long as something of them may be sent.
    let done = args.validate_only || args.dry_run || !matches!(result, Ok(exit::PARTIAL | exit::INTERRUPTED));
    if let Some(copy) = copy.filter(|_| done) {
        let _ = std::fs::remove_file(copy);
    }
    result
}

async fn go(out: &Out, app: &App, args: &Batch, prepared: Prepared, bar: &ProgressBar) -> Result<u8, Problem> {
    let live = prepared.live();
    let cancel = stop::on_signal(out);
    let stopping = tokio::spawn(async move {
        cancel.cancelled().await;
        live.stop();
    });
    let view = prepared.run().await;
    stopping.abort();
    bar.finish_and_clear();
    let written = match &args.failed_to {
        Some(path) if view.counts.sent < view.counts.processed + view.counts.uncertain => {
            let request = BatchFailedTo { id: view.id.clone(), path: path.display().to_string() };
            Some(batches::failed_to(app, request).await?)
        }
        _ => None,
    };
    if out.json {
        out.answer(&json!({"batch": view, "failed_to": written}));
    } else {
        out.line(&summary(&view));
        if let Some(written) = &written {
            out.line(&format!("{} rows with their reasons: {}", written.rows, written.path));
        }
        view.problem.iter().for_each(|problem| out.problem(problem));
        out.say(&next(&view));
    }
    Ok(code(&view))
}

fn code(view: &BatchView) -> u8 {
    match view.outcome {
        Some(BatchOutcome::Done) => exit::DONE,
        Some(BatchOutcome::Cancelled) => exit::INTERRUPTED,
        Some(BatchOutcome::Failed) if view.counts.sent == 0 => {
            view.problem.as_ref().map_or(exit::FAILED, exit::of_problem)
        }
        _ => exit::PARTIAL,
    }
}

fn summary(view: &BatchView) -> String {
    let counts = &view.counts;
    let seconds = std::time::Duration::from_millis(view.duration_ms).as_secs_f64();
    format!(
        "Batch {}: {} of {} rows sent, {} failed, {} not fit to be sent, {} uncertain, {} left; {:.1} % success in {seconds:.1} s ({:.0} rows/s)",
        view.id,
        counts.sent,
        counts.total,
        counts.failed,
        counts.skipped,
        counts.uncertain,
        counts.left,
        view.success_rate * 100.0,
        view.rate,
    )
}

/// What can be done about the rest.
fn next(view: &BatchView) -> String {
    let counts = &view.counts;
    let mut lines = Vec::new();
    if counts.left > 0 {
        lines.push(format!("{} rows were not sent yet: --resume {} goes on.", counts.left, view.id));
    }
    if counts.uncertain > 0 {
        lines.push(format!(
            "{} rows got no answer; nobody knows whether they arrived. Look there, then send them again with --resume {} --resend-uncertain.",
            counts.uncertain, view.id
        ));
    }
    if counts.failed + counts.skipped > 0 {
        lines.push(format!(
            "--resume {} --retry-failed sends the failed rows again; --failed-to FILE writes them to a file.",
            view.id
        ));
    }
    lines.join("\n")
}

async fn check(out: &Out, app: &App, args: &Batch, target: &BatchTarget, request: &LookBatch) -> Result<u8, Problem> {
    let look = batches::look(app, target, request).await?;
    let check = batches::check(app, target, request).await?;
    if out.json {
        out.answer(&json!({"look": look, "check": check}));
    } else {
        proposed(out, &look, &check.params);
        for fault in &check.faults {
            out.line(&format!("row {} (line {}): {}", fault.row, fault.line, fault.faults.join(" ")));
        }
        let more = usize::try_from(check.bad).unwrap_or(usize::MAX).saturating_sub(check.faults.len());
        if more > 0 {
            out.line(&format!("… and {more} rows more"));
        }
        if let Some(first) = check.first_request.as_ref().filter(|_| args.dry_run) {
            out.line(&format!("The first request:\n{first}"));
        }
        out.line(&format!("{} rows: {} fit, {} don't. Nothing was sent.", check.rows, check.good, check.bad));
    }
    Ok(if check.bad == 0 { exit::DONE } else { exit::DATA })
}

fn proposed(out: &Out, look: &BatchLook, given: &[BatchParam]) {
    out.line(&format!("{} rows, {}", look.rows, look.format));
    let names = ["parameter", "type", "is given", "why"].map(str::to_owned);
    let rows: Vec<Vec<Option<String>>> = look
        .proposals
        .iter()
        .map(|proposal| {
            let one = given.iter().find(|one| one.param == proposal.param);
            let why = match one {
                Some(one) if one.column.is_some() && one.column == proposal.column => proposal.reason.clone(),
                Some(_) => Some("as you said".to_owned()),
                None if proposal.candidates.is_empty() => None,
                None => Some(format!("may be {}", proposal.candidates.join(", "))),
            };
            let kind = crate::out::json(&proposal.kind).trim_matches('"').to_owned();
            vec![Some(proposal.param.clone()), Some(kind), one.map(from_text), why]
        })
        .collect();
    out.line(&table::render(&names, &rows, &[]));
}

fn told(out: &Out, given: &[BatchParam]) {
    let all: Vec<String> = given.iter().map(|one| format!("{} from {}", one.param, from_text(one))).collect();
    out.say(&all.join(", "));
}

fn from_text(one: &BatchParam) -> String {
    match (&one.column, &one.template, &one.value) {
        (Some(column), ..) => format!("column {column}"),
        (_, Some(template), _) => template.clone(),
        (.., Some(value)) => value.to_string(),
        _ => String::new(),
    }
}

fn how(args: &Batch) -> BatchHow {
    BatchHow {
        skip_errors: args.skip_errors,
        max_errors: args.max_errors,
        concurrency: args.concurrency,
        chunk: args.chunk,
        retry_failed: args.retry_failed,
        resend_uncertain: args.resend_uncertain,
    }
}

/// The rows as they were typed. Standard input is copied to a file first.
fn source(app: &App, args: &Batch, from: &str) -> Result<(BatchSource, Option<std::path::PathBuf>), Problem> {
    if from == "-" || from == "csv:-" || from == "jsonl:-" {
        let path = batches::copy_of_input(app)?;
        let bad = |fault: std::io::Error| usage(format!("The rows of standard input can't be kept: {fault}."));
        let mut file = std::fs::File::create(&path).map_err(bad)?;
        std::io::copy(&mut std::io::stdin().lock(), &mut file).map_err(bad)?;
        let kind = from.split_once(':').map_or("", |(kind, _)| kind);
        let typed = if kind.is_empty() { path.display().to_string() } else { format!("{kind}:{}", path.display()) };
        return Ok((parse(args, &typed)?, Some(path)));
    }
    Ok((parse(args, from)?, None))
}

/// A source as it was typed.
fn parse(args: &Batch, from: &str) -> Result<BatchSource, Problem> {
    let said = args.delimiter.is_some() || args.encoding.is_some() || args.no_header;
    let (delimiter, encoding) = (args.delimiter.clone(), args.encoding.clone());
    match rows_of(from, args.condition.as_deref())? {
        BatchSource::Csv { path, .. } => {
            Ok(BatchSource::Csv { path, delimiter, encoding, header: args.no_header.then_some(false) })
        }
        BatchSource::File { path } if said => {
            Ok(BatchSource::Csv { path, delimiter, encoding, header: args.no_header.then_some(false) })
        }
        other => Ok(other),
    }
}

/// `csv:FILE`, `table:CONNECTION/TABLE` and so on.
///
/// # Errors
/// Where it names no table or stream.
pub(super) fn rows_of(from: &str, condition: Option<&str>) -> Result<BatchSource, Problem> {
    let pair = |text: &str, what: &str| {
        let found = text.split_once('/').filter(|(left, right)| !left.is_empty() && !right.is_empty());
        let found = found.map(|(left, right)| (left.to_owned(), right.to_owned()));
        found.ok_or_else(|| {
            usage(format!("`{from}` names no {what}.")).hint(format!("Write it as CONNECTION/{}.", what.to_uppercase()))
        })
    };
    let source = match from.split_once(':') {
        Some(("csv", path)) => {
            BatchSource::Csv { path: path.to_owned(), delimiter: None, encoding: None, header: None }
        }
        Some(("jsonl", path)) => BatchSource::Jsonl { path: path.to_owned() },
        Some(("table", rest)) => {
            let (connection, table) = pair(rest, "table")?;
            return Ok(BatchSource::Table { connection, table, condition: condition.map(str::to_owned) });
        }
        Some(("stream", rest)) => {
            let (connection, stream) = pair(rest, "stream")?;
            BatchSource::Stream { connection, stream }
        }
        _ => BatchSource::File { path: from.to_owned() },
    };
    if condition.is_some() {
        return Err(usage("--where chooses rows of a table alone.").hint("Use --from table:CONNECTION/TABLE."));
    }
    Ok(source)
}

/// What parameters are given, of `--map`, `--set` and `--transform`.
fn params(args: &Batch) -> Result<Vec<BatchParam>, Problem> {
    let mut all: Vec<BatchParam> = Vec::new();
    for typed in &args.map {
        let (param, column) = split(typed, "--map PARAM=COLUMN")?;
        all.push(BatchParam { param, column: Some(column), ..BatchParam::default() });
    }
    for typed in &args.set {
        let (param, text) = split(typed, "--set PARAM=VALUE")?;
        let is_template = text.contains("{{") || text.contains("{%");
        let (template, value) = if is_template { (Some(text), None) } else { (None, Some(Value::from(text))) };
        all.push(BatchParam { param, template, value, ..BatchParam::default() });
    }
    for typed in &args.transform {
        let (param, text) = split(typed, "--transform PARAM=[trim, lower]")?;
        let text = if text.trim_start().starts_with('[') { text } else { format!("[{text}]") };
        let transform = serde_saphyr::from_str(&text).map_err(|fault| {
            usage(format!("`{text}` is no list of transforms: {fault}."))
                .hint("`tapwright kinds transform` lists them.")
        })?;
        match all.iter_mut().find(|one| one.param == param) {
            Some(one) => one.transform = transform,
            None => {
                return Err(usage(format!("A transform of `{param}` needs to know what it is given."))
                    .hint(format!("Add --map {param}=COLUMN.")));
            }
        }
    }
    Ok(all)
}

fn split(typed: &str, shape: &str) -> Result<(String, String), Problem> {
    let parts = typed.split_once('=').filter(|(left, _)| !left.trim().is_empty());
    let parts = parts.map(|(left, right)| (left.trim().to_owned(), right.to_owned()));
    parts.ok_or_else(|| usage(format!("`{typed}` is not of the form {shape}.")))
}

/// The batch that is to go on: of an id, or the last of the target that was not finished.
async fn find(context: &Context, args: &Batch, id: &str) -> Result<BatchView, Problem> {
    let app = context.app().await?;
    let of = target_name(&app, args).await?;
    let all = batches::past(&app, of.as_deref().filter(|_| id.is_empty())).await;
    app.close().await;
    let wants = |view: &BatchView| match id {
        "" => view.can_resume && args.action.as_ref().is_none_or(|action| *action == view.action),
        id => view.id == id,
    };
    all?.into_iter().find(wants).ok_or_else(|| match id {
        "" => usage("There is no batch to go on with.").hint("`tapwright batch --list` shows them."),
        id => usage(format!("There is no batch `{id}`.")).hint("`tapwright batch --list` shows them."),
    })
}

async fn target_name(app: &App, args: &Batch) -> Result<Option<String>, Problem> {
    let Some(word) = &args.target else { return Ok(None) };
    if target::is_file(word) {
        return Ok(std::path::absolute(word).ok().map(|path| path.display().to_string()));
    }
    Ok(Some(api::headless::connection(app, word).await?.id))
}

async fn list(context: &Context, args: &Batch) -> Result<u8, Problem> {
    let app = context.app().await?;
    let of = target_name(&app, args).await?;
    let views = batches::past(&app, of.as_deref()).await;
    app.close().await;
    let views = views?;
    if context.out.json {
        context.out.answer(&views);
        return Ok(exit::DONE);
    }
    if views.is_empty() {
        context.out.say("There are no batches yet.");
        return Ok(exit::DONE);
    }
    let names = ["batch", "action", "rows from", "sent", "of", "failed", "uncertain", "outcome"].map(str::to_owned);
    let row = |view: &BatchView| {
        let outcome = view
            .outcome
            .map_or_else(|| "not ended".to_owned(), |outcome| crate::out::json(&outcome).trim_matches('"').to_owned());
        let counts = &view.counts;
        let failed = counts.failed + counts.skipped;
        let numbers = [counts.sent, counts.total, failed, counts.uncertain].map(|number| Some(number.to_string()));
        let head = [view.id.clone(), view.action.clone(), view.source.clone()].map(Some);
        head.into_iter().chain(numbers).chain([Some(outcome)]).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<Option<String>>> = views.iter().map(row).collect();
    context.out.line(&table::render(&names, &rows, &[false, false, false, true, true, true, true, false]));
    Ok(exit::DONE)
}

pub(super) fn bar(out: &Out) -> ProgressBar {
    if out.quiet || out.json || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{bar:24} {human_pos}/{human_len} rows {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn show(bar: &ProgressBar, view: &BatchView) {
    let counts = &view.counts;
    bar.set_length(counts.total);
    bar.set_position(counts.processed + counts.uncertain);
    let left =
        view.remaining_ms.map(|left| format!(", {:.0} s left", std::time::Duration::from_millis(left).as_secs_f64()));
    let bad = counts.failed + counts.skipped;
    bar.set_message(format!("{:.0}/s, {bad} failed{}", view.rate, left.unwrap_or_default()));
}
