//! `action`: lists, rehearses and calls the actions of a connector.

use super::Context;
use crate::args::action::Action;
use crate::target::{self, Target};
use crate::values::usage;
use crate::{exit, stop};
use api::actions;
use api::contract::{ActionCall, ActionForm, ActionOutcome, CallAction};
use definition::model::Param;
use definition::{Fault, Problem, ProblemKind};
use engine::action::ParamFault;
use serde_json::{Map, Value, json};
use std::io::Read;

/// Calls of the history that are listed.
const LISTED: u32 = 50;
/// Bytes that standard input may have.
const LONGEST_INPUT: u64 = 64 * 1024 * 1024;

/// Does what the arguments say.
pub async fn run(context: &Context, args: Action) -> Result<u8, Problem> {
    if args.history {
        return history(context, &args).await;
    }
    let Some(name) = args.name.clone() else { return list(context, &args).await };
    let params = params(&args)?;
    let target = load(context, &args).await?;
    let action = target.definition.action(&name);
    if action.is_some_and(|action| action.idempotency_header.is_none()) && args.idempotency_key.is_some() {
        return Err(usage(format!("The action {name} has no idempotency_header: a key would go nowhere.")));
    }
    let plan = api::headless::plan(&target.definition, &target.config)?;
    let request = CallAction {
        connection: args.target.clone(),
        action: name,
        params,
        idempotency_key: args.idempotency_key.clone(),
        turn: None,
    };
    if args.dry_run {
        let dry = actions::rehearse(&plan, &request).await?;
        refuse(&dry.faults)?;
        if context.out.json {
            context.out.answer(&json!({"request": dry.request, "curl": dry.curl, "note": dry.note}));
        } else {
            context.out.line(&dry.curl);
            dry.note.iter().for_each(|note| context.out.say(note));
            context.out.say("Nothing was sent. Secrets are masked.");
        }
        return Ok(exit::DONE);
    }
    let stopped = stop::on_signal(&context.out.quietly());
    let run = actions::call_until(&plan, &request, &stopped).await?;
    refuse(&run.faults)?;
    let Some(call) = run.call else { return Ok(exit::DONE) };
    if let Some(kept) = &target.connection {
        let app = context.app().await?;
        let remembered = actions::remember(&app, &kept.id, &call).await;
        app.close().await;
        // The call was made: that it can't be kept does not undo it.
        if let Err(problem) = remembered {
            context.out.problem(&problem);
        }
    }
    match call.problem {
        Some(problem) if problem.kind == ProblemKind::Cancelled => Err(problem),
        _ => Ok(tell(context, &call)),
    }
}

async fn load(context: &Context, args: &Action) -> Result<Target, Problem> {
    target::load(&args.target, &args.values, context.data_dir(), async || context.app().await).await
}

/// The parameters: those of standard input, and before them those of the command line.
fn params(args: &Action) -> Result<Map<String, Value>, Problem> {
    let mut params = Map::new();
    if args.input.is_some() {
        let mut text = String::new();
        let read = std::io::stdin().lock().take(LONGEST_INPUT).read_to_string(&mut text);
        read.map_err(|fault| usage(format!("Standard input can't be read: {fault}.")))?;
        match serde_json::from_str(&text) {
            Ok(Value::Object(given)) => params = given,
            Ok(_) => return Err(usage("Standard input has to be one JSON object: {\"name\": value}.")),
            Err(fault) => return Err(usage(format!("Standard input is not JSON: {fault}."))),
        }
    }
    for pair in &args.param {
        let (name, value) =
            pair.split_once('=').ok_or_else(|| usage(format!("--param takes NAME=VALUE; `{pair}` has no `=`.")))?;
        params.insert(name.trim().to_owned(), Value::from(value));
    }
    Ok(params)
}

/// All faults of the parameters as one problem.
fn refuse(faults: &[ParamFault]) -> Result<(), Problem> {
    let line = |fault: &ParamFault| match fault.param.as_str() {
        "" => fault.message.clone(),
        param => format!("{param}: {}", fault.message),
    };
    let message = match faults {
        [] => return Ok(()),
        [one] => line(one),
        many => format!("{} parameters can't be taken.", many.len()),
    };
    let mut problem = usage(message);
    problem.code = "bad_params".to_owned();
    problem.faults =
        faults.iter().map(|fault| Fault::new("bad_param", fault.param.clone(), fault.message.clone())).collect();
    Err(problem.hint("Nothing was sent."))
}

fn tell(context: &Context, call: &ActionCall) -> u8 {
    let out = &context.out;
    if out.json {
        out.answer(call);
    }
    if let Some(problem) = &call.problem {
        if !out.json {
            out.problem(problem);
        }
        if call.outcome != ActionOutcome::Done {
            return exit::of_problem(problem);
        }
    }
    if !out.json {
        let status = match (call.status, call.rows) {
            (Some(status), _) => status.to_string(),
            (None, Some(rows)) => format!("{rows} row{} written", if rows == 1 { "" } else { "s" }),
            (None, None) => String::new(),
        };
        out.say(&format!("{}: {status} in {} ms", call.action, call.duration_ms));
        for record in &call.records {
            out.line(&serde_json::to_string_pretty(record).unwrap_or_default());
        }
        if call.records.is_empty() && !call.body.trim().is_empty() {
            out.line(call.body.trim_end());
        }
    }
    exit::DONE
}

async fn list(context: &Context, args: &Action) -> Result<u8, Problem> {
    let definition = if target::is_file(&args.target) {
        target::read_document(std::path::Path::new(&args.target))?.definition().clone()
    } else {
        let app = context.app().await?;
        let kept = api::headless::connection(&app, &args.target).await;
        app.close().await;
        kept?.definition
    };
    let forms = actions::forms(&definition);
    if context.out.json {
        context.out.answer(&forms);
        return Ok(exit::DONE);
    }
    if forms.is_empty() {
        context.out.say("This connector has no actions.");
    }
    forms.iter().for_each(|form| show(context, form));
    Ok(exit::DONE)
}

fn show(context: &Context, form: &ActionForm) {
    let about = if form.description.is_empty() { String::new() } else { format!("  {}", form.description) };
    context.out.line(&format!("{} ({}){about}", form.name, form.kind.as_str()));
    for param in &form.params {
        context.out.line(&format!("  {}", shown(param)));
    }
}

/// A parameter in a line: `age: integer, 0 to 150. How old they are`.
fn shown(param: &Param) -> String {
    let mut facts = vec![param.kind.as_str().to_owned()];
    if param.required {
        facts.push("required".to_owned());
    }
    if let Some(default) = &param.default {
        facts.push(format!("default {default}"));
    }
    if !param.options.is_empty() {
        facts.push(format!("one of {}", param.options.join(", ")));
    }
    if let Some(pattern) = &param.pattern {
        facts.push(format!("like {pattern}"));
    }
    if let Some(min) = param.min {
        facts.push(format!("at least {min}"));
    }
    if let Some(max) = param.max {
        facts.push(format!("at most {max}"));
    }
    if param.secret {
        facts.push("private".to_owned());
    }
    let about = if param.description.is_empty() { String::new() } else { format!(". {}", param.description) };
    format!("{}: {}{about}", param.name, facts.join(", "))
}

async fn history(context: &Context, args: &Action) -> Result<u8, Problem> {
    let app = context.app().await?;
    let past = async {
        let kept = api::headless::connection(&app, &args.target).await?;
        actions::past(&app, &kept.id, LISTED).await
    }
    .await;
    app.close().await;
    let mut past = past?;
    if let Some(name) = &args.name {
        past.retain(|call| call.action == *name);
    }
    if context.out.json {
        context.out.answer(&past);
        return Ok(exit::DONE);
    }
    for call in &past {
        let status = match (call.status, call.rows) {
            (Some(status), _) => status.to_string(),
            (None, Some(rows)) => format!("{rows} row{}", if rows == 1 { "" } else { "s" }),
            (None, None) => "-".to_owned(),
        };
        let outcome = match call.outcome {
            ActionOutcome::Done => "done",
            ActionOutcome::Failed => "failed",
            ActionOutcome::Unknown => "unknown",
        };
        context.out.line(&format!("{}  {}  {outcome}  {status}  {} ms", call.at, call.action, call.duration_ms));
    }
    if past.is_empty() {
        context.out.say("No action was called yet.");
    }
    Ok(exit::DONE)
}
