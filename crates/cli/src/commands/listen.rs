//! `listen`: takes webhooks' events until Ctrl-C.

use super::webhook::{line, secrets};
use super::{Context, call};
use crate::args::webhooks::Listen;
use crate::out::Out;
use crate::{exit, stop, values};
use api::App;
use api::contract::{WebhookEvent, WebhooksView};
use api::listen::{ListenOptions, Listening, OnEvent};
use definition::Problem;
use serde_json::{Value, json};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Listens.
pub async fn run(context: &Context, args: Listen) -> Result<u8, Problem> {
    let out = &context.out;
    let addr = SocketAddr::new(address(&args.address)?, args.port);
    let app = context.app().await?;
    let (sender, mut events) = mpsc::unbounded_channel::<WebhookEvent>();
    let on_event: OnEvent = Arc::new(move |event| {
        let _ = sender.send(event.clone());
    });
    let mut connections = Vec::new();
    for name in &args.connections {
        connections.push(api::headless::connection(&app, name).await?.id);
    }
    secrets(context, &app, &args.values, &connections).await?;
    let options = ListenOptions {
        addr,
        allow_remote: args.allow_remote,
        connections: connections.clone(),
        on_event: Some(on_event),
    };
    let stop = stop::on_signal(&out.quietly());
    let listening = api::listen::start(&app, options).await?;
    greet(context, &app, &listening, connections).await?;
    loop {
        tokio::select! {
            Some(event) = events.recv() => show(context, &event),
            () = stop.cancelled() => break,
        }
        if out.is_gone() {
            break;
        }
    }
    out.say("Stopping: what was taken is kept, and what is not stored yet is stored next time.");
    listening.stop().await;
    app.close().await;
    Ok(exit::DONE)
}

async fn greet(context: &Context, app: &App, listening: &Listening, connections: Vec<String>) -> Result<(), Problem> {
    let out = &context.out;
    let hooks = hooks(app, listening, &connections).await?;
    if out.json {
        let warning = api::listen::warning(listening.addr());
        out.answer(&json!({"listening": listening.url(), "webhooks": hooks, "warning": warning}));
        return Ok(());
    }
    out.line(&format!("Listening at {}", listening.url()));
    tell_hooks(out, listening, &hooks);
    if hooks.is_empty() {
        out.note("No connection has a webhook yet: add `webhooks` to a definition.");
    }
    Ok(())
}

/// The webhooks of the connections that are served, with their addresses. Empty `connections`: all.
pub(super) async fn hooks(app: &App, listening: &Listening, connections: &[String]) -> Result<Vec<Value>, Problem> {
    let home: api::contract::Home = call(app, "home", json!({})).await?;
    let all = home.connectors.iter().flat_map(|card| &card.connections);
    let wanted: Vec<_> = all.filter(|card| connections.is_empty() || connections.contains(&card.id)).collect();
    let mut hooks = Vec::new();
    for card in wanted {
        let view: Result<WebhooksView, Problem> = call(app, "webhooks", json!({"id": card.id})).await;
        for webhook in view.map(|view| view.webhooks).unwrap_or_default() {
            let url = format!("{}{}", listening.url(), webhook.path);
            let warning = webhook.lacks.map(|secret| {
                format!(
                    "events of {0} will be refused until `{secret}` has a value: tapwright connection set {0} --secret \
                     {secret}=env:VARIABLE",
                    card.name
                )
            });
            hooks.push(json!({
                "connection": card.name,
                "webhook": webhook.name,
                "url": url,
                "proof": webhook.proof,
                "warning": warning,
            }));
        }
    }
    Ok(hooks)
}

/// The addresses in words: of webhooks, and for monitors.
pub(super) fn tell_hooks(out: &Out, listening: &Listening, hooks: &[Value]) {
    for hook in hooks {
        let open = if hook["proof"] == "none" { "  (anybody can send to it: it verifies nothing)" } else { "" };
        out.line(&format!("  {}{open}", hook["url"].as_str().unwrap_or_default()));
        if let Some(warning) = hook["warning"].as_str() {
            out.note(&format!("warning: {warning}"));
        }
    }
    out.line(&format!("For monitors: {0}/health and {0}/metrics", listening.url()));
    if let Some(warning) = api::listen::warning(listening.addr()) {
        out.note(&format!("warning: {warning}"));
    }
}

fn show(context: &Context, event: &WebhookEvent) {
    if context.out.json {
        context.out.answer(event);
    } else {
        context.out.line(&line(event));
    }
}

pub(super) fn address(text: &str) -> Result<IpAddr, Problem> {
    let text = if text == "localhost" { "127.0.0.1" } else { text };
    text.trim_matches(['[', ']']).parse().map_err(|_| {
        values::usage("--address takes an address of this computer.").hint("For example 127.0.0.1 or 0.0.0.0.")
    })
}
