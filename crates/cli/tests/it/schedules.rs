//! Schedules: each due run happens once, whoever runs them, and missed runs are made up by one.

use crate::run::{Place, Ran, open_customers, server};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// A connection `mine` with a schedule whose run was due an hour ago.
fn overdue(place: &Place, definition: &str) {
    let file = place.write("c.connector.yaml", definition);
    place.run(&["connect", &file, "--name", "mine"]).exits(0);
    place.run(&["schedule", "set", "mine", "--every", "15m"]).exits(0);
    make_due(place);
}

fn make_due(place: &Place) {
    let database = rusqlite::Connection::open(place.path("data/tapwright.db")).expect("opens");
    let sql = "UPDATE schedules SET next_at = CAST(unixepoch('now', '-1 hour') AS INTEGER) * 1000000";
    assert_eq!(database.execute(sql, []).expect("changed"), 1);
}

fn runs(place: &Place) -> usize {
    place.run(&["logs", "mine", "--json"]).exits(0).json()["runs"].as_array().map_or(0, Vec::len)
}

fn events(ran: &Ran) -> Vec<Value> {
    ran.stdout.lines().map(|line| serde_json::from_str(line).expect("json")).collect()
}

#[test]
fn two_programs_start_a_due_run_once_and_missed_runs_are_one() {
    let (place, server) = (Place::new(), server());
    overdue(&place, &open_customers(&server));
    let start = || place.command(&["serve", "--once", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let children = [start(), start(), start()].map(|child| child.expect("starts"));
    let mut all = Vec::new();
    for child in children {
        all.extend(events(&Ran::from(child.wait_with_output().expect("ends")).exits(0)));
    }
    let of = |what: &str| all.iter().filter(|event| event["event"] == what).collect::<Vec<_>>();
    assert_eq!((of("started").len(), of("ended").len()), (1, 1), "{all:?}");
    assert_eq!(of("started")[0]["missed"], 4, "four quarters of an hour are made up by one run");
    assert_eq!(of("ended")[0]["outcome"], "done");
    assert_eq!(runs(&place), 1);
    // It is not due again.
    place.run(&["serve", "--once"]).exits(0);
    assert_eq!(runs(&place), 1);
    let view = place.run(&["schedule", "show", "mine", "--json"]).exits(0).json();
    assert_eq!((view["last_outcome"].as_str(), view["failures"].as_u64()), (Some("done"), Some(0)), "{view}");
}

#[test]
fn a_paused_schedule_starts_nothing() {
    let (place, server) = (Place::new(), server());
    overdue(&place, &open_customers(&server));
    place.run(&["schedule", "pause", "mine"]).exits(0);
    make_due(&place);
    place.run(&["serve", "--once"]).exits(0);
    assert_eq!(runs(&place), 0);
    let view = place.run(&["schedule", "resume", "mine", "--json"]).exits(0).json();
    assert!(view["next_at"].is_string());
    place.run(&["serve", "--once"]).exits(0);
    assert_eq!(runs(&place), 0, "what was due in the pause is not made up");
    place.run(&["schedule", "remove", "mine"]).exits(0);
    place.run(&["schedule", "show", "mine"]).exits(2);
}

#[test]
fn a_failure_is_told_and_the_next_run_stays_planned() {
    let (place, server) = (Place::new(), server());
    let definition = open_customers(&server).replace("path: /customers", "path: /nothing-here");
    overdue(&place, &definition);
    let ran = place.run(&["serve", "--once", "--json"]).exits(1);
    let all = events(&ran);
    assert!(all.iter().any(|event| event["event"] == "failed" && event["message"].is_string()), "{all:?}");
    let notices = |events: &[Value]| events.iter().filter(|event| event["event"] == "notification").count();
    assert_eq!(notices(&all), 1);
    let view = place.run(&["schedule", "show", "mine", "--json"]).exits(0).json();
    assert_eq!((view["failures"].as_u64(), view["next_at"].is_string()), (Some(1), true), "{view}");
    // The same again is not told again.
    make_due(&place);
    assert_eq!(notices(&events(&place.run(&["serve", "--once", "--json"]).exits(1))), 0);
}

#[test]
#[cfg(unix)]
fn serve_runs_what_is_due_and_ends_when_it_is_told_to() {
    let (place, server) = (Place::new(), server());
    overdue(&place, &open_customers(&server));
    let mut child =
        place.command(&["serve", "--json"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut wait_for = |what: &str| {
        lines
            .by_ref()
            .map(|line| line.expect("text"))
            .map(|line| serde_json::from_str::<Value>(&line).expect("json"))
            .find(|event| event["event"] == what)
    };
    assert_eq!(wait_for("serving").expect("it says so")["active"], 1);
    assert_eq!(wait_for("ended").expect("a run")["outcome"], "done");
    let stopped = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(stopped.expect("kill").success());
    assert!(wait_for("stopped").is_some());
    assert!(child.wait().expect("ends").success());
    assert_eq!(runs(&place), 1);
}

#[test]
fn rules_are_checked_and_shown() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    place.run(&["connect", &file, "--name", "mine"]).exits(0);
    for wrong in [
        ["--every", "30s"],
        ["--every", "0m"],
        ["--cron", "0 6 * *"],
        ["--cron", "99 * * * *"],
        ["--cron", "0 0 31 2 *"],
    ] {
        place.run(&["schedule", "set", "mine", wrong[0], wrong[1]]).exits(2);
    }
    place.run(&["schedule", "set", "nobody", "--every", "15m"]).exits(2);
    let args = ["schedule", "set", "mine", "--cron", "0 6 * * 1-5", "--zone", "Europe/Zurich", "--json"];
    let view = place.run(&args).exits(0).json();
    assert!(view["next_at"].as_str().is_some_and(|at| at.contains("T06:00:00+0")), "{view}");
    assert_eq!(place.run(&["schedule", "next", "mine"]).exits(0).stdout.lines().count(), 5);
    let list = place.run(&["schedule", "list", "--json"]).exits(0).json();
    assert_eq!(list["schedules"][0]["rule"]["expression"], "0 6 * * 1-5");
    let all = place.run(&["connection", "list", "--json"]).exits(0).json();
    assert!(all["connections"][0]["next_run"].is_string(), "{all}");
}

#[test]
fn what_is_due_besides_waits_for_its_turn_and_still_runs() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    for name in ["a", "b", "c"] {
        place.run(&["connect", &file, "--name", name]).exits(0);
        place.run(&["schedule", "set", name, "--every", "15m"]).exits(0);
    }
    let database = rusqlite::Connection::open(place.path("data/tapwright.db")).expect("opens");
    let sql = "UPDATE schedules SET next_at = CAST(unixepoch('now', '-1 hour') AS INTEGER) * 1000000";
    assert_eq!(database.execute(sql, []).expect("changed"), 3);
    let events = events(&place.run(&["serve", "--once", "--at-once", "1", "--json"]).exits(0));
    let what: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    assert_eq!(what, ["started", "ended", "started", "ended", "started", "ended"]);
}
