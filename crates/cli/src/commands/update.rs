//! `update`: a newer definition for a connector whose connections stay.

use super::{Context, call, list};
use crate::args::manage::Update;
use crate::target;
use crate::values::{self, usage};
use crate::{exit, out::fault_line};
use api::contract::{ImpactLevel, UpdatePlan};
use definition::Problem;
use serde_json::json;

/// Says what changes, asks, and updates.
pub async fn run(context: &Context, args: &Update) -> Result<u8, Problem> {
    let out = &context.out;
    let text = target::read_text(&args.file)?;
    let app = context.app().await?;
    let card = list::find_connector(&app, &args.connector).await?;
    let plans: Vec<UpdatePlan> = call(&app, "update_plans", json!({"text": text, "connector": card.id})).await?;
    let plan = plans
        .into_iter()
        .next()
        .ok_or_else(|| usage(format!("{} is a draft that was not accepted: there is nothing to update.", card.name)))?;
    if args.dry_run || plan.same {
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
    app.close().await;
    let plan = applied.map_err(|problem| match problem.code.as_str() {
        "hosts_not_confirmed" => problem.hint("Add --allow-host HOST for each, if you trust it. Nothing was changed."),
        _ => problem,
    })?;
    if out.json {
        out.answer(&json!({"applied": true, "plan": plan}));
    } else {
        out.line(&words(&plan));
        out.line(&format!("{} is updated. `tapwright connector rollback {0} VERSION` goes back.", plan.name));
    }
    Ok(exit::DONE)
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
