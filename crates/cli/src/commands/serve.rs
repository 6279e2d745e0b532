//! `serve`: runs the schedules until it is stopped.

use super::{Context, call};
use crate::args::manage::Serve;
use crate::out::Out;
use crate::{exit, stop};
use api::contract::{AppEvent, ScheduleEvent, ScheduleNews, ScheduleView};
use api::schedules::{self, Which};
use definition::Problem;
use serde_json::json;
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
    if args.once {
        for end in schedules::tick(&app, schedules::now()).await? {
            end.cancelled().await;
        }
        app.close().await;
        return Ok(if failed.load(Ordering::Acquire) { exit::FAILED } else { exit::DONE });
    }
    let active = all.iter().filter(|one| !one.paused).count();
    let next = all.iter().find_map(|one| one.next_at.clone());
    line(
        &out,
        &json!({"event": "serving", "at": jiff_now(), "schedules": all.len(), "active": active, "next_at": next}),
        || {
            let next = next.as_ref().map(|at| format!("; the next run is at {at}")).unwrap_or_default();
            format!("Serving {active} of {} schedules{next}. Ctrl-C stops.", all.len())
        },
    );
    let cancel = stop::on_signal(&out);
    schedules::work(&app, Which::Always);
    cancel.cancelled().await;
    // Runs that go on are stopped where they are; their state is saved, and the next run goes on from there.
    app.close().await;
    line(&out, &json!({"event": "stopped", "at": jiff_now()}), || "Stopped.".to_owned());
    Ok(exit::DONE)
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
fn line(out: &Out, event: &serde_json::Value, words: impl FnOnce() -> String) {
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
