//! `action`: lists, rehearses and calls the actions of a connector.

use super::{Context, action_past};
use crate::args::action::Action;
use crate::out::Out;
use crate::target::{self, Target};
use crate::values::usage;
use crate::{exit, stop};
use api::actions::{self, CallOptions};
use api::contract::{ActionCall, ActionForm, ActionOutcome, CallAction};
use definition::model::Param;
use definition::{Fault, Problem, ProblemKind};
use engine::action::ParamFault;
use engine::event::{EventSink, RunEvent};
use engine::plan::Plan;
use serde_json::{Map, Value, json};
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

/// Bytes that standard input may have.
const LONGEST_INPUT: u64 = 64 * 1024 * 1024;

/// Does what the arguments say.
pub async fn run(context: &Context, args: Action) -> Result<u8, Problem> {
    if args.history {
        return action_past::history(context, &args).await;
    }
    let (target, request) = match (&args.again, &args.name) {
        (Some(id), _) => {
            let (target, past) = action_past::find(context, &args, id).await?;
            let again = actions::again(&target.definition, &args.target, &past, &params(&args)?);
            let mut request = again.or_else(|faults| refuse(&faults).map(|()| empty(&args)))?;
            request.idempotency_key = args.idempotency_key.clone().or(request.idempotency_key);
            context.out.say(&action_past::told(&past, &request));
            (target, request)
        }
        (None, Some(name)) => {
            let request = CallAction { action: name.clone(), params: params(&args)?, ..empty(&args) };
            (load(context, &args).await?, request)
        }
        (None, None) => return list(context, &args).await,
    };
    let action = target.definition.action(&request.action);
    if action.is_some_and(|action| action.idempotency_header.is_none()) && args.idempotency_key.is_some() {
        let name = &request.action;
        return Err(usage(format!("The action {name} has no idempotency_header: a key would go nowhere.")));
    }
    let plan = api::headless::plan(&target.definition, &target.config)?;
    if args.dry_run {
        return rehearse(context, &plan, &request).await;
    }
    if args.again.is_some()
        && let Some(sent) = actions::rehearse(&plan, &request).await?.request
    {
        context.out.say(&format!("{} {}", sent.method, sent.url));
    }
    call(context, &target, &plan, &request).await
}

fn empty(args: &Action) -> CallAction {
    CallAction {
        connection: args.target.clone(),
        action: String::new(),
        params: Map::new(),
        idempotency_key: args.idempotency_key.clone(),
        turn: None,
    }
}

/// Shows what a call would send.
async fn rehearse(context: &Context, plan: &Plan, request: &CallAction) -> Result<u8, Problem> {
    let dry = actions::rehearse(plan, request).await?;
    refuse(&dry.faults)?;
    if context.out.json {
        context.out.answer(&json!({"request": dry.request, "curl": dry.curl, "note": dry.note}));
    } else {
        context.out.line(&dry.curl);
        dry.note.iter().for_each(|note| context.out.say(note));
        context.out.say("Nothing was sent. Secrets are masked.");
    }
    Ok(exit::DONE)
}

/// Makes the call; a connection's history has it from before it is sent.
async fn call(context: &Context, target: &Target, plan: &Plan, request: &CallAction) -> Result<u8, Problem> {
    let app = match &target.connection {
        Some(_) => Some(context.app().await?),
        None => None,
    };
    let connection = target.connection.as_ref().map(|kept| kept.id.as_str());
    let options = CallOptions {
        history: app.as_ref().zip(connection),
        stop: stop::on_signal(&context.out.quietly()),
        events: Some(repeats(&context.out)),
    };
    let run = actions::call(plan, request, options).await;
    if let Some(app) = &app {
        app.close().await;
    }
    let run = run?;
    refuse(&run.faults)?;
    let Some(call) = run.call else { return Ok(exit::DONE) };
    match call.problem {
        Some(problem) if problem.kind == ProblemKind::Cancelled => Err(problem),
        _ => Ok(tell(context, &call)),
    }
}

/// Tells of repeats and waits while they happen.
fn repeats(out: &Out) -> EventSink {
    let out = out.clone();
    Arc::new(move |event| {
        let (next, wait_ms, reason) = match &event {
            RunEvent::Retry { attempt, wait_ms, reason, .. } => (format!(", then try {attempt}"), wait_ms, reason),
            RunEvent::Paused { wait_ms, reason, .. } => (String::new(), wait_ms, reason),
            _ => return,
        };
        if out.json && !out.quiet {
            out.note(&crate::out::json(&event));
        } else {
            let seconds = Duration::from_millis(*wait_ms).as_secs_f64();
            out.say(&format!("waits {seconds:.1} s{next}: {reason}"));
        }
    })
}

pub(super) async fn load(context: &Context, args: &Action) -> Result<Target, Problem> {
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
