//! `schedule`: connections that are synced by themselves.

use super::{Context, call, list};
use crate::args::manage::{Schedule, SetSchedule};
use crate::values::usage;
use crate::{exit, table};
use api::contract::{MaybeSchedule, Nothing, ScheduleView};
use definition::Problem;
use serde_json::{Value, json};

/// Does what was asked.
pub async fn run(context: &Context, command: Schedule) -> Result<u8, Problem> {
    let out = &context.out;
    let rule = match &command {
        Schedule::Set(args) => Some(rule(args)?),
        _ => None,
    };
    let app = context.app().await?;
    let name = match &command {
        Schedule::List => {
            let all: Vec<ScheduleView> = call(&app, "schedules", json!({})).await?;
            app.close().await;
            return Ok(list_them(context, &all));
        }
        Schedule::Set(args) => &args.name,
        Schedule::Show(named)
        | Schedule::Remove(named)
        | Schedule::Pause(named)
        | Schedule::Resume(named)
        | Schedule::Next(named) => &named.name,
    };
    let connection = list::the_connection(&app, name).await?;
    let id = &connection.id;
    let view: ScheduleView = match &command {
        Schedule::Set(args) => {
            let request = json!({"connection": id, "rule": rule, "zone": args.zone, "paused": args.paused});
            call(&app, "schedule_set", request).await?
        }
        Schedule::Pause(_) => call(&app, "schedule_pause", json!({"connection": id, "paused": true})).await?,
        Schedule::Resume(_) => call(&app, "schedule_pause", json!({"connection": id, "paused": false})).await?,
        Schedule::Remove(_) => {
            let _: Nothing = call(&app, "schedule_remove", json!({"id": id})).await?;
            app.close().await;
            if out.json {
                out.answer(&json!({"removed": connection.name}));
            } else {
                out.line(&format!("{} has no schedule any more.", connection.name));
            }
            return Ok(exit::DONE);
        }
        Schedule::Show(_) | Schedule::Next(_) | Schedule::List => {
            let found: MaybeSchedule = call(&app, "schedule_get", json!({"id": id})).await?;
            found.schedule.ok_or_else(|| {
                usage(format!("{} has no schedule.", connection.name))
                    .hint(format!("`tapwright schedule set {} --every 15m` gives it one.", connection.name))
            })?
        }
    };
    app.close().await;
    match (out.json, command) {
        (true, _) => out.answer(&view),
        (false, Schedule::Next(_)) => view.upcoming.iter().for_each(|at| out.line(at)),
        (false, _) => out.line(&words(&view)),
    }
    Ok(exit::DONE)
}

fn list_them(context: &Context, all: &[ScheduleView]) -> u8 {
    let out = &context.out;
    if out.json {
        out.answer(&json!({"schedules": all}));
        return exit::DONE;
    }
    if all.is_empty() {
        out.say("There are no schedules. `tapwright schedule set CONNECTION --every 15m` makes one.");
        return exit::DONE;
    }
    let names = ["connection", "schedule", "next run", "last run", "result"].map(str::to_owned);
    let row = |view: &ScheduleView| {
        vec![
            Some(view.name.clone()),
            Some(view.words.clone()),
            Some(view.next_at.clone().unwrap_or_else(|| "paused".to_owned())),
            view.last_at.as_ref().map(|at| at.chars().take(19).collect()),
            view.last_outcome.clone(),
        ]
    };
    out.line(&table::render(&names, &all.iter().map(row).collect::<Vec<_>>(), &[]));
    exit::DONE
}

fn words(view: &ScheduleView) -> String {
    let next = match &view.next_at {
        Some(at) => format!("next run {at}"),
        None => "paused".to_owned(),
    };
    let mut lines = vec![format!("{}: {}, {next}", view.name, view.words)];
    if let Some(at) = &view.last_at {
        let how = view.last_outcome.as_deref().unwrap_or("going on");
        lines.push(format!("last run {at}: {how}"));
    }
    if view.failures > 0 {
        lines.push(format!("failed {} times in a row", view.failures));
    }
    lines.extend(view.last_message.iter().cloned());
    lines.push("It runs while the window is open or `tapwright serve` runs.".to_owned());
    lines.join("\n")
}

fn rule(args: &SetSchedule) -> Result<Value, Problem> {
    if let Some(expression) = &args.cron {
        return Ok(json!({"kind": "cron", "expression": expression}));
    }
    let text = args.every.as_deref().unwrap_or_default().trim();
    minutes(text).map(|minutes| json!({"kind": "every", "minutes": minutes})).ok_or_else(|| {
        usage(format!("`{text}` is no time.")).hint("Use minutes, hours or days: 15m, 2h, 1d. One minute is the least.")
    })
}

/// Minutes of `15m`, `2h`, `1d`; a number alone is minutes.
fn minutes(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "m" | "min" | "minutes" => 1,
        "h" | "hours" => 60,
        "d" | "days" => 1440,
        _ => return None,
    };
    digits.parse::<u32>().ok()?.checked_mul(unit).filter(|minutes| *minutes > 0)
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn times_are_minutes_hours_or_days() {
        let cases = [
            ("15m", Some(15)),
            ("2h", Some(120)),
            ("1d", Some(1440)),
            ("5", Some(5)),
            ("0m", None),
            ("30s", None),
            ("", None),
            ("-1m", None),
            ("9999999999m", None),
            ("ä", None),
        ];
        for (text, expected) in cases {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }
}
