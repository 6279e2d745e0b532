//! `new`: from a URL, a request or a file of many requests to a definition.

mod ask;
mod auth;
mod database;
mod endpoints;
mod offers;
mod rename;
mod tell;

use super::{Context, call, export};
use crate::args;
use crate::values::{self, Given, usage};
use crate::{exit, stop};
use api::App;
use api::contract::{AppEvent, Nothing, Share, Workbench, WorkbenchStage};
use definition::{Document, Problem, ProblemKind, Secret, Stage};
use serde_json::json;
use std::io::Read;
use std::sync::Arc;

/// Makes a definition.
pub async fn run(context: &Context, args: args::New) -> Result<u8, Problem> {
    export::refuse_to_overwrite(&args.out, args.force)?;
    if let Some(name) = args.name.as_deref().filter(|name| !definition::valid_name(name)) {
        return Err(usage(format!("`{name}` can't be a connector's name: use small letters, digits and dashes.")));
    }
    let source = read_source(&args)?;
    if api::headless::is_database(source.open()) {
        return database::run(context, &args, &source).await;
    }
    let given = values::read(&args.values)?;
    // The draft lives in a folder that goes away again: nothing of it is kept but the file.
    let folder =
        tempfile::tempdir().map_err(|fault| usage(format!("There is no place for a temporary folder: {fault}.")))?;
    let out = context.out.clone();
    let events = move |event| {
        if let AppEvent::Progress { message, .. } = event
            && out.verbose
        {
            out.note(&message);
        }
    };
    let app = context.app_with(Some(folder.path().to_owned()), Arc::new(events)).await?;
    let cancel = stop::on_signal(&context.out);
    let mut draft = None;
    let result = tokio::select! {
        result = drive(context, &app, &args, source, given, &mut draft) => result,
        () = cancel.cancelled() => Err(Problem::new("interrupted", ProblemKind::Cancelled, Stage::Open, "Interrupted; nothing was written.")),
    };
    if let Some(id) = draft {
        // Its secrets go with it.
        let _: Result<Nothing, Problem> = call(&app, "connector_delete", json!({"id": id})).await;
    }
    app.close().await;
    result
}

fn read_source(args: &args::New) -> Result<Secret, Problem> {
    if args.source != "-" {
        return Ok(Secret::new(args.source.clone()));
    }
    if args.values.secret.iter().any(|text| text.ends_with("=-")) {
        return Err(usage("Standard input can hold the source or a secret, not both."));
    }
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|fault| usage(format!("Standard input can't be read: {fault}.")))?;
    Ok(Secret::new(text.trim()))
}

async fn drive(
    context: &Context,
    app: &App,
    args: &args::New,
    source: Secret,
    mut given: Given,
    draft: &mut Option<String>,
) -> Result<u8, Problem> {
    let bench: Workbench = call(app, "source_open", json!({"text": source.open()})).await?;
    *draft = Some(bench.id.clone());
    let names = auth::Names::of(&given);
    let bench = endpoints::take(context, app, args, &mut given, bench).await?;
    let bench = send_once(app, args, bench).await?;
    if bench.stage == WorkbenchStage::Trust {
        return Err(usage("That is a definition already, not a URL, a request or a file of requests.")
            .hint("`tapwright validate FILE` looks for faults in it, `tapwright preview FILE` reads with it."));
    }
    let mut bench = auth::sign_in(context, app, args, given, bench).await?;
    if bench.stage == WorkbenchStage::Failed {
        let problem = bench.problem.unwrap_or_else(|| usage("There were no records to look at."));
        // There is no file yet that has the field.
        return Err(Problem { field: None, ..problem });
    }
    if !args.yes {
        bench = ask::unsure_parts(context, app, bench).await?;
    }
    let bench = offers::take(context, app, args, bench).await?;
    let unsure = tell::unsure(&bench);
    if !args.yes && !unsure.is_empty() && !values::can_ask() {
        if context.out.json {
            context.out.answer(&tell::answer(&bench, None, &bench.definition));
        } else {
            tell::lines(&context.out, &bench, &bench.definition, false);
        }
        return Err(Problem::new(
            "unsure",
            ProblemKind::Config,
            Stage::Select,
            format!("These are not sure: {}. Nothing was written.", unsure.join(", ")),
        )
        .hint("Add --yes to take the best reading of each, or run it on a terminal to be asked."));
    }
    write(context, app, args, &names, &bench).await
}

/// Sends what may change something on the server where the person said so.
async fn send_once(app: &App, args: &args::New, bench: Workbench) -> Result<Workbench, Problem> {
    match &bench.problem {
        Some(problem) if problem.code == "may_write" => {
            if args.send {
                return call(app, "send_once", json!({"id": bench.id})).await;
            }
            let hint = "If it only reads, add --send: it is sent once, and nothing more to find out more.";
            Err(Problem { field: None, ..problem.clone() }.hint(hint))
        }
        _ => Ok(bench),
    }
}

async fn write(
    context: &Context,
    app: &App,
    args: &args::New,
    names: &auth::Names,
    bench: &Workbench,
) -> Result<u8, Problem> {
    let out = &context.out;
    let mut share: Share = call(app, "share", json!({"id": bench.id})).await?;
    let shared = Document::parse(&share.text).map_err(Problem::faulty)?;
    let mut definition = rename::inputs(shared.definition().clone(), names)?;
    if let Some(name) = &args.name {
        definition.name.clone_from(name);
    }
    share.text = shared.with(definition).text().to_owned();
    export::write_share(&args.out, &share)?;
    let definition = Document::parse(&share.text).map_err(Problem::faulty)?.definition().clone();
    if out.json {
        out.answer(&tell::answer(bench, Some(&args.out), &definition));
    } else {
        tell::lines(out, bench, &definition, true);
        out.line(&format!("Written to {}", args.out.display()));
        out.say(&tell::next_step(&args.out, &definition));
    }
    Ok(exit::DONE)
}
