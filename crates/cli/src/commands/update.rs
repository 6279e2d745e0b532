//! `update`: a newer definition for a connector whose connections stay.

use super::{Context, call, list};
use crate::args::manage::Update;
use crate::target;
use crate::values::{self, Given, usage};
use crate::{exit, out::fault_line};
use api::App;
use api::contract::{ConnectionSettings, ImpactLevel, UpdatePlan};
use definition::{Document, Problem};
use serde_json::{Map, Value, json};

/// Says what changes, asks, and updates.
pub async fn run(context: &Context, args: &Update) -> Result<u8, Problem> {
    let out = &context.out;
    let text = target::read_text(&args.file)?;
    let given = given(args, &text)?;
    let app = context.app().await?;
    let card = list::find_connector(&app, &args.connector).await?;
    let plans: Vec<UpdatePlan> = call(&app, "update_plans", json!({"text": text, "connector": card.id})).await?;
    let plan = plans
        .into_iter()
        .next()
        .ok_or_else(|| usage(format!("{} is a draft that was not accepted: there is nothing to update.", card.name)))?;
    let targets = targets(args, &plan, &given)?;
    if args.dry_run || plan.same {
        if !args.dry_run {
            give(context, &app, &targets, &given).await?;
        }
        app.close().await;
        if out.json {
            out.answer(&json!({"applied": false, "plan": plan}));
        } else {
            out.line(&words(&plan));
        }
        return Ok(if plan.faults.is_empty() { exit::DONE } else { exit::USAGE });
    }
    let mut hosts = args.allow_host.clone();
    if plan.faults.is_empty() && !args.yes {
        out.note(&words(&plan));
        if !values::can_ask() {
            return Err(usage(format!("This would update {}, and there is nobody to ask.", card.name))
                .hint("Add --yes. New hosts are allowed by --allow-host."));
        }
        for host in plan.new_hosts.iter().filter(|host| !args.allow_host.contains(host)) {
            if yes(&format!("Requests and keys would go to {host}, which is new. Allow it? [y/N] "))? {
                hosts.push(host.clone());
            }
        }
        if !yes(&format!("Update {}? [y/N] ", card.name))? {
            out.say("Nothing was changed.");
            return Ok(exit::DONE);
        }
    }
    let source = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let request = json!({"connector": card.id, "text": text, "hosts": hosts, "source": source});
    let applied: Result<UpdatePlan, Problem> = call(&app, "update_apply", request).await;
    let mut plan = applied.map_err(|problem| match problem.code.as_str() {
        "hosts_not_confirmed" => problem.hint("Add --allow-host HOST for each, if you trust it. Nothing was changed."),
        _ => problem,
    })?;
    give(context, &app, &targets, &given).await.map_err(|problem| {
        let hint =
            format!("{} is updated; only the values are not taken. `tapwright connection set` gives them.", plan.name);
        problem.hint(hint)
    })?;
    app.close().await;
    settle(&mut plan, &targets, &given);
    if out.json {
        out.answer(&json!({"applied": true, "plan": plan}));
    } else {
        out.line(&words(&plan));
        out.line(&format!("{} is updated. `tapwright connector rollback {0} VERSION` goes back.", plan.name));
    }
    Ok(exit::DONE)
}

/// The values that are given, and that the newer definition knows them.
fn given(args: &Update, text: &str) -> Result<Given, Problem> {
    let given = values::read(&args.values)?;
    let document = Document::parse_shape(text).map_err(Problem::faulty)?;
    let definition = document.definition();
    let unknown = given.values.keys().find(|name| definition.input(name).is_none_or(|_| definition.is_secret(name)));
    let unknown = unknown.or_else(|| given.secrets.keys().find(|name| !definition.is_secret(name)));
    match unknown {
        None => Ok(given),
        Some(name) if definition.input(name).is_some() => Err(usage(format!("`{name}` is given in the wrong way."))
            .hint("Secrets are given by --secret NAME=env:VARIABLE, all else by --config NAME=VALUE.")),
        Some(name) => Err(usage(format!("The newer definition has no input `{name}`."))),
    }
}

/// The ids and names of the connections that get the values.
fn targets(args: &Update, plan: &UpdatePlan, given: &Given) -> Result<Vec<(String, String)>, Problem> {
    let known = |name: &&String| !plan.connections.iter().any(|one| one.name == **name || one.id == **name);
    if let Some(name) = args.connection.iter().find(known) {
        return Err(usage(format!("{} has no connection `{name}`.", plan.name)));
    }
    let nothing = given.values.is_empty() && given.secrets.is_empty();
    if nothing && !args.connection.is_empty() {
        return Err(usage("--connection says who gets the values, and none are given.")
            .hint("Add --config NAME=VALUE or --secret NAME=env:VARIABLE."));
    }
    let wanted = |id: &String, name: &String| {
        !nothing && (args.connection.is_empty() || args.connection.contains(id) || args.connection.contains(name))
    };
    let all = plan.connections.iter().filter(|one| wanted(&one.id, &one.name));
    Ok(all.map(|one| (one.id.clone(), one.name.clone())).collect())
}

/// Gives the values to the connections.
async fn give(context: &Context, app: &App, targets: &[(String, String)], given: &Given) -> Result<(), Problem> {
    for (id, name) in targets {
        let plain: Map<String, Value> =
            given.values.iter().map(|(name, value)| (name.clone(), Value::String(text(value)))).collect();
        let secrets: Map<String, Value> =
            given.secrets.iter().map(|(name, secret)| (name.clone(), Value::from(secret.open()))).collect();
        let request = json!({"id": id, "values": plain, "secrets": secrets});
        let settings: ConnectionSettings = call(app, "connection_update", request).await?;
        if let Some(why) = &settings.not_kept {
            context.out.say(&format!("The secrets of {name} are NOT kept: {why}"));
        }
    }
    Ok(())
}

/// Takes from the plan what was needed and is given now.
fn settle(plan: &mut UpdatePlan, targets: &[(String, String)], given: &Given) {
    let has = |path: &str| {
        let name = path.strip_prefix("config.").unwrap_or_default();
        given.values.contains_key(name) || given.secrets.contains_key(name)
    };
    for connection in plan.connections.iter_mut().filter(|one| targets.iter().any(|(id, _)| *id == one.id)) {
        connection.impacts.retain(|impact| impact.code != "input_needed" || !has(&impact.path));
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn yes(question: &str) -> Result<bool, Problem> {
    Ok(matches!(values::ask_line(question)?.as_str(), "y" | "Y" | "yes"))
}

/// What changes, in words.
fn words(plan: &UpdatePlan) -> String {
    if plan.same {
        return format!("{} is this definition already: nothing changes.", plan.name);
    }
    let mut lines = Vec::new();
    if !plan.faults.is_empty() {
        lines.push("It can't be used:".to_owned());
        lines.extend(plan.faults.iter().map(|fault| format!("  {}", fault_line(fault))));
    }
    lines.push(format!("What changes in {}:", plan.name));
    lines.extend(plan.changes.iter().map(|change| format!("  {}", change.words)));
    if plan.changes.is_empty() {
        lines.push("  its text alone".to_owned());
    }
    for host in &plan.new_hosts {
        lines.push(format!("NEW HOST: requests and keys would go to {host}"));
    }
    for connection in &plan.connections {
        lines.push(format!("For the connection {}:", connection.name));
        if connection.impacts.is_empty() {
            lines.push("  nothing".to_owned());
        }
        for impact in &connection.impacts {
            let mark = match impact.level {
                ImpactLevel::Needed => "! ",
                ImpactLevel::Attention => "* ",
                ImpactLevel::Info => "  ",
            };
            lines.push(format!("{mark}{}", impact.words));
        }
    }
    lines.join("\n")
}
