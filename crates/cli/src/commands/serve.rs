//! `serve`: runs the schedules until it is stopped; with `--listen` it takes webhooks' events and answers monitors too.

use super::webhook::line as event_line;
use super::{Context, call, listen};
use crate::args::manage::Serve;
use crate::out::Out;
use crate::{exit, stop, values};
use api::App;
use api::contract::{AppEvent, ScheduleEvent, ScheduleNews, ScheduleView};
use api::listen::{ListenOptions, Listening};
use api::schedules::{self, Which};
use definition::Problem;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Serves.
pub async fn run(context: &Context, args: &Serve) -> Result<u8, Problem> {
    let out = context.out.clone();
    let (said, failed) = (out.clone(), Arc::new(AtomicBool::new(false)));
    let bad = Arc::clone(&failed);
    let events = Arc::new(move |event| match event {
        AppEvent::Schedule { news } => {
            if news.what == ScheduleEvent::Failed {
                bad.store(true, Ordering::Release);
            }
            tell(&said, &news);
        }
        AppEvent::Notify { title, text } => {
            let moment = jiff_now();
            line(&said, &json!({"event": "notification", "at": moment, "title": title, "text": text}), || {
                format!("! {title}: {text}")
            });
        }
        _ => {}
    });
    let app = context.app_with(context.data_dir(), events).await?;
    app.called("tapwright serve");
    let all: Vec<ScheduleView> = call(&app, "schedules", json!({})).await?;
    if let Some(most) = args.at_once {
        app.runs_at_once().store(most, Ordering::Relaxed);
    }
    if args.once {
        let now = schedules::now();
        // More may be due than go on at the same time.
        loop {
            let ends = schedules::tick(&app, now).await?;
            if ends.is_empty() {
                break;
            }
            for end in ends {
                end.cancelled().await;
            }
        }
        app.close().await;
        return Ok(if failed.load(Ordering::Acquire) { exit::FAILED } else { exit::DONE });
    }
    let cancel = stop::on_signal(&out);
    let listening = match &args.listen {
        Some(text) => Some(open(&app, &out, text, args.allow_remote).await?),
        None => None,
    };
    greet(&app, &out, &all, listening.as_ref()).await?;
    schedules::work(&app, Which::Always);
    cancel.cancelled().await;
    if let Some(listening) = &listening {
        listening.stop().await;
    }
    // Runs that go on are stopped where they are; their state is saved, and the next run goes on from there.
    app.close().await;
    line(&out, &json!({"event": "stopped", "at": jiff_now()}), || "Stopped.".to_owned());
    Ok(exit::DONE)
}

/// Listens beside the schedules.
async fn open(app: &App, out: &Out, text: &str, allow_remote: bool) -> Result<Listening, Problem> {
    let said = out.clone();
    let on_event: api::listen::OnEvent = Arc::new(move |event| {
        let told = json!({"event": "webhook", "at": jiff_now(), "webhook": event});
        line(&said, &told, || event_line(event));
    });
    let options = ListenOptions { addr: addr(text)?, allow_remote, connections: Vec::new(), on_event: Some(on_event) };
    api::listen::start(app, options).await
}

/// `PORT`, `ADDRESS` or `ADDRESS:PORT`.
fn addr(text: &str) -> Result<SocketAddr, Problem> {
    let usual = ListenOptions::default().addr;
    if let Ok(port) = text.parse::<u16>() {
        return Ok(SocketAddr::new(usual.ip(), port));
    }
    if let Ok(addr) = text.parse::<SocketAddr>() {
        return Ok(addr);
    }
    if let Some((host, port)) = text.rsplit_once(':')
        && host == "localhost"
        && let Ok(port) = port.parse()
    {
        return Ok(SocketAddr::new(usual.ip(), port));
    }
    listen::address(text).map(|ip| SocketAddr::new(ip, usual.port())).map_err(|_| {
        values::usage("--listen takes a port, or an address of this computer, or both.")
            .hint("For example 8080, 127.0.0.1, or 0.0.0.0:8080.")
    })
}

/// Says what is served.
async fn greet(app: &App, out: &Out, all: &[ScheduleView], listening: Option<&Listening>) -> Result<(), Problem> {
    let active = all.iter().filter(|one| !one.paused).count();
    let next = all.iter().find_map(|one| one.next_at.clone());
    let mut told =
        json!({"event": "serving", "at": jiff_now(), "schedules": all.len(), "active": active, "next_at": next});
    let mut hooks: Vec<Value> = Vec::new();
    if let Some(listening) = listening {
        hooks = listen::hooks(app, listening, &[]).await?;
        told["listening"] = json!(listening.url());
        told["webhooks"] = json!(hooks);
        told["warning"] = json!(api::listen::warning(listening.addr()));
    }
    line(out, &told, || {
        let next = next.as_ref().map(|at| format!("; the next run is at {at}")).unwrap_or_default();
        let at = listening.map(|one| format!(" Listening at {}.", one.url())).unwrap_or_default();
        format!("Serving {active} of {} schedules{next}.{at} Ctrl-C stops.", all.len())
    });
    if let Some(listening) = listening.filter(|_| !out.json) {
        listen::tell_hooks(out, listening, &hooks);
    }
    Ok(())
}

fn jiff_now() -> String {
    schedules::now().to_string()
}

fn tell(out: &Out, news: &ScheduleNews) {
    let mut event = json!(news);
    event["event"] = event["what"].take();
    if let Some(event) = event.as_object_mut() {
        event.retain(|name, _| name != "what");
    }
    line(out, &event, || words(news));
}

/// A line for programs or for people, at once.
fn line(out: &Out, event: &Value, words: impl FnOnce() -> String) {
    let text = if out.json { crate::out::json(event) } else { words() };
    out.line(&text);
}

fn words(news: &ScheduleNews) -> String {
    let (at, name) = (news.at.chars().take(19).collect::<String>(), &news.name);
    let next = news.next_at.as_ref().map(|at| format!(" Next at {at}.")).unwrap_or_default();
    let why = news.message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
    match news.what {
        ScheduleEvent::Started if news.missed > 0 => {
            format!("{at} {name}: started; it makes up {} missed runs.", news.missed)
        }
        ScheduleEvent::Started => format!("{at} {name}: started."),
        ScheduleEvent::Ended => format!("{at} {name}: {}.{next}", news.outcome.as_deref().unwrap_or("ended")),
        ScheduleEvent::Failed => format!("{at} {name}: {}{why}{next}", news.outcome.as_deref().unwrap_or("failed")),
        ScheduleEvent::Skipped => format!("{at} {name}: left out{why}{next}"),
    }
}
