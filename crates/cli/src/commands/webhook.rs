//! `webhook …`: what came, and what to do with it.

use super::{Context, call};
use crate::args::Values;
use crate::args::webhooks::{StatusWord, Webhook, WebhookTest};
use crate::{exit, table, values};
use api::App;
use api::contract::{WebhookDetail, WebhookEvent, WebhookStatus, WebhookTested, WebhooksView};
use definition::Problem;
use serde_json::{Value, json};
use std::io::Read;

/// Does what is asked.
pub async fn run(context: &Context, command: Webhook) -> Result<u8, Problem> {
    let app = context.app().await?;
    let done = match command {
        Webhook::List { connection } => list(context, &app, &connection).await,
        Webhook::Events { connection, status, limit } => events(context, &app, connection, &status, limit).await,
        Webhook::Dead { connection } => events(context, &app, Some(connection), &[StatusWord::Dead], 500).await,
        Webhook::Show { connection, event } => show(context, &app, &connection, event).await,
        Webhook::Replay { connection, event, all, unknown } => {
            replay(context, &app, &connection, event, (all, unknown)).await
        }
        Webhook::Test(args) => test(context, &app, args).await,
    };
    app.close().await;
    done
}

/// Gives connections the secrets of this call: all of them, where none is named.
///
/// # Errors
/// Where a secret can't be read, or no connection asks for it.
pub async fn secrets(context: &Context, app: &App, given: &Values, connections: &[String]) -> Result<(), Problem> {
    let given = values::read(given)?.secrets;
    if given.is_empty() {
        return Ok(());
    }
    let home: api::contract::Home = call(app, "home", json!({})).await?;
    let all = home.connectors.iter().flat_map(|card| &card.connections);
    let ids: Vec<&String> =
        all.map(|card| &card.id).filter(|id| connections.is_empty() || connections.contains(id)).collect();
    let mut taken = 0;
    for id in ids {
        let kept = api::headless::connection(app, id).await?;
        let own = given.iter().filter(|(name, _)| kept.definition.is_secret(name));
        let own: std::collections::BTreeMap<_, _> = own.map(|(name, secret)| (name.clone(), secret.clone())).collect();
        if own.is_empty() {
            continue;
        }
        taken += 1;
        if let Some(why) = api::headless::give_secrets(app, id, &own).await {
            context.out.say(&format!("The secret is used for this call and not kept: {why}"));
        }
    }
    if taken == 0 {
        let names: Vec<&str> = given.keys().map(String::as_str).collect();
        return Err(values::usage(format!("No connection here has a secret `{}`.", names.join("`, `"))));
    }
    Ok(())
}

async fn list(context: &Context, app: &App, connection: &str) -> Result<u8, Problem> {
    let out = &context.out;
    let view: WebhooksView = call(app, "webhooks", json!({"id": connection})).await?;
    if out.json {
        out.answer(&view);
        return Ok(exit::DONE);
    }
    let names = ["webhook", "path", "proof", "events", "samples"].map(str::to_owned);
    let rows: Vec<Vec<Option<String>>> = view
        .webhooks
        .iter()
        .map(|webhook| {
            vec![
                Some(webhook.name.clone()),
                Some(webhook.path.clone()),
                Some(webhook.proof.clone()),
                Some(webhook.events.join(", ")),
                Some(webhook.samples.join(", ")),
            ]
        })
        .collect();
    if rows.is_empty() {
        out.say("The connector has no webhooks: add `webhooks` to its definition.");
    } else {
        out.line(&table::render(&names, &rows, &[]));
    }
    Ok(exit::DONE)
}

async fn events(
    context: &Context,
    app: &App,
    connection: Option<String>,
    statuses: &[StatusWord],
    limit: u32,
) -> Result<u8, Problem> {
    let out = &context.out;
    let statuses: Vec<WebhookStatus> = statuses.iter().map(|word| status(*word)).collect();
    let request = json!({"id": connection, "statuses": statuses, "limit": limit});
    let events: Vec<WebhookEvent> = call(app, "webhook_events", request).await?;
    if out.json {
        out.answer(&json!({"events": events}));
        return Ok(exit::DONE);
    }
    if events.is_empty() {
        out.say("There are none.");
    }
    events.iter().for_each(|event| out.line(&line(event)));
    Ok(exit::DONE)
}

/// An event in one line, with why it is not done in a second.
pub fn line(event: &WebhookEvent) -> String {
    let verdict = word(event.status);
    let at: String = event.received_at.chars().take(19).collect();
    let name = if event.event.is_empty() { "-" } else { &event.event };
    let mut text = format!(
        "#{} {at} {}/{} {} {verdict} ({}, {} bytes)",
        event.id,
        plain(&event.address),
        plain(&event.webhook),
        plain(name),
        event.answered,
        event.body_bytes
    );
    for result in &event.results {
        let stream = &result.stream;
        text.push_str(&format!(
            "\n    {stream}: {} new, {} changed, {} unchanged, {} deleted",
            result.new, result.updated, result.unchanged, result.deleted
        ));
        result.faults.iter().for_each(|fault| text.push_str(&format!("\n      {}", plain(fault))));
    }
    if let Some(reason) = &event.reason {
        let code = event.code.as_deref().unwrap_or("failed");
        text.push_str(&format!("\n    {code}: {}", plain(reason)));
    }
    if let Some(expected) = &event.expected {
        text.push_str(&format!("\n    expected: {}", plain(expected)));
    }
    text
}

/// What a sender wrote must not move the cursor.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}

fn word(status: WebhookStatus) -> String {
    match status {
        WebhookStatus::Waiting => "verified, not stored yet".to_owned(),
        other => crate::out::json(&other).trim_matches('"').to_owned(),
    }
}

fn status(word: StatusWord) -> WebhookStatus {
    match word {
        StatusWord::Waiting => WebhookStatus::Waiting,
        StatusWord::Done => WebhookStatus::Done,
        StatusWord::Unknown => WebhookStatus::Unknown,
        StatusWord::Dead => WebhookStatus::Dead,
        StatusWord::Refused => WebhookStatus::Refused,
        StatusWord::Duplicate => WebhookStatus::Duplicate,
        StatusWord::Challenge => WebhookStatus::Challenge,
    }
}

async fn show(context: &Context, app: &App, connection: &str, event: i64) -> Result<u8, Problem> {
    let out = &context.out;
    let kept = api::headless::connection(app, connection).await?;
    let detail: WebhookDetail = call(app, "webhook_event", json!({"event": event})).await?;
    if detail.event.connection.as_deref() != Some(kept.id.as_str()) {
        return Err(
            values::usage("This event came to another connection.").hint("`tapwright webhook events` lists all.")
        );
    }
    if out.json {
        out.answer(&detail);
        return Ok(exit::DONE);
    }
    out.line(&line(&detail.event));
    out.line(&format!("    id: {}", plain(&detail.event.event_id)));
    out.line(&format!("    method: {}", detail.method));
    for (name, value) in detail.query {
        out.line(&format!("    ?{}={}", plain(&name), plain(&value)));
    }
    for (name, value) in detail.headers {
        out.line(&format!("    {}: {}", plain(&name), plain(&value)));
    }
    let body = detail.body.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '·' } else { c });
    out.line(&format!("\n{}", body.collect::<String>()));
    Ok(exit::DONE)
}

async fn replay(
    context: &Context,
    app: &App,
    connection: &str,
    event: Option<i64>,
    (all, unknown): (bool, bool),
) -> Result<u8, Problem> {
    let out = &context.out;
    let mut statuses = Vec::new();
    if all {
        statuses.push(WebhookStatus::Dead);
    }
    if unknown {
        statuses.push(WebhookStatus::Unknown);
    }
    let request = json!({"id": connection, "event": event, "statuses": statuses, "wait": true});
    let events: Vec<WebhookEvent> = call(app, "webhook_replay", request).await?;
    let done = events.iter().filter(|event| event.status == WebhookStatus::Done).count();
    if out.json {
        out.answer(&json!({"replayed": events.len(), "done": done, "events": events}));
    } else {
        events.iter().for_each(|event| out.line(&line(event)));
        out.say(&format!("{} replayed, {done} done.", events.len()));
    }
    Ok(if done == events.len() { exit::DONE } else { exit::DATA })
}

async fn test(context: &Context, app: &App, args: WebhookTest) -> Result<u8, Problem> {
    let out = &context.out;
    let kept = api::headless::connection(app, &args.connection).await?;
    secrets(context, app, &args.values, std::slice::from_ref(&kept.id)).await?;
    let payload = args.payload.as_deref().map(payload).transpose()?;
    let request = json!({"id": kept.id, "webhook": args.webhook, "sample": args.sample, "payload": payload,
        "event": args.event, "url": args.url, "dry_run": args.dry_run});
    let tested: WebhookTested = call(app, "webhook_test", request).await?;
    if out.json {
        out.answer(&tested);
    } else {
        out.line(&format!("{} {}", tested.method, tested.url));
        tested.headers.iter().for_each(|(name, value)| out.line(&format!("{name}: {value}")));
        out.line(&format!("\n{}", tested.body));
        if let Some(status) = tested.status {
            out.line(&format!("\nanswered {status} {}", plain(tested.answer.as_deref().unwrap_or_default()).trim()));
        }
    }
    Ok(if tested.status.is_none_or(|status| (200..300).contains(&status)) { exit::DONE } else { exit::FAILED })
}

/// A body as it stands in a file: text, so that not a byte of it changes.
fn payload(file: &str) -> Result<Value, Problem> {
    let read = if file == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map(Value::String).map_err(|fault| values::usage(format!("The payload can't be read: {fault}.")))
}
