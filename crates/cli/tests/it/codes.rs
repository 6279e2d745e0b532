//! Each exit code, and what is said with it.

use crate::run::{Place, customers, open_customers, sample, server};
use sample_api::{Fault, FaultKind};

fn fault(kind: FaultKind) -> Fault {
    Fault { collection: Some("customers".to_owned()), ..Fault::new(kind) }
}

#[test]
fn the_codes_tell_what_kind_of_fault_it_was() {
    let cases = [
        (FaultKind::ServerError, 1),
        (FaultKind::Unauthorized, 3),
        (FaultKind::Reset, 4),
        (FaultKind::Truncated, 4),
        (FaultKind::Html, 5),
        (FaultKind::NotJson, 5),
        (FaultKind::ErrorIn200, 5),
    ];
    for (kind, code) in cases {
        let (place, server) = (Place::new(), sample(600, vec![fault(kind)]));
        let file = place.write("c.connector.yaml", &open_customers(&server));
        let ran = place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]);
        assert_eq!(ran.code, Some(code), "{kind:?} {ran:?}");
        assert!(!ran.problem().is_empty(), "{kind:?}");
        assert_eq!(ran.json()["outcome"], "failed");
    }
}

#[test]
fn a_dead_host_is_the_network() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    server.stop();
    let ran = place.run(&["check", &file]).exits(4);
    assert!(ran.stderr.contains("error:"), "{}", ran.stderr);
}

#[test]
fn a_limit_that_passes_is_waited_for() {
    let limited = Fault { every: Some(3), times: Some(2), seconds: Some(1), ..fault(FaultKind::RateLimit) };
    let (place, server) = (Place::new(), sample(600, vec![limited]));
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let summary = place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]).exits(0).json();
    assert_eq!((summary["new"].as_u64(), summary["retries"].as_u64()), (Some(600), Some(2)));
}

#[test]
fn partly_done_is_saved_and_the_next_sync_goes_on() {
    let broken = Fault { at: Some(4), times: Some(1000), ..fault(FaultKind::ServerError) };
    let (place, server) = (Place::new(), sample(600, vec![broken]));
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let ran = place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]).exits(6);
    assert_eq!(ran.json()["outcome"].as_str(), Some("partial"));
    // Pages are asked for ahead: the fourth request need not be the fourth page.
    let new = ran.json()["new"].as_u64().expect("a count");
    assert!((100..=300).contains(&new), "{new}");
    server.clear_faults();
    let next = place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]).exits(0).json();
    assert_eq!(next["new"], 600 - new, "{next}");
}

#[test]
fn interrupted_is_130_and_what_was_read_is_kept() {
    let slow = Fault { ms: Some(300), ..fault(FaultKind::Slow) };
    let (place, server) = (Place::new(), sample(5_000, vec![slow]));
    let file = place.write("c.connector.yaml", &open_customers(&server));
    let child = place.command(&["sync", &file, "--to", "sqlite:c.db"]).spawn().expect("starts");
    let mut child = scopeguard(child);
    while server.log().len() < 4 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let killed =
        std::process::Command::new("kill").args(["-INT", &child.0.id().to_string()]).status().expect("kill runs");
    assert!(killed.success());
    assert_eq!(child.0.wait().expect("ends").code(), Some(130));
    server.clear_faults();
    let next = place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]).exits(0).json();
    assert!(next["new"].as_u64() < Some(5_000), "it went on: {next}");
}

#[test]
fn a_question_that_is_interrupted_leaves_no_file() {
    let (place, server) = (Place::new(), sample(50, Vec::new()));
    let file = place.write("c.connector.yaml", &open_customers(&server));
    place.run(&["connect", &file, "--name", "c"]).exits(0);
    place.run(&["sync", "c"]).exits(0);
    let endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n";
    let child = place.command(&["sql", "c", endless, "--out", "n.csv"]).spawn().expect("starts");
    let mut child = scopeguard(child);
    let beside = || std::fs::read_dir(place.path("")).expect("a folder").flatten().map(|entry| entry.file_name());
    let before: Vec<_> = beside().collect();
    while beside().count() <= before.len() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let killed = std::process::Command::new("kill").args(["-INT", &child.0.id().to_string()]).status();
    assert!(killed.expect("kill runs").success());
    assert_eq!(child.0.wait().expect("ends").code(), Some(130));
    assert_eq!(beside().filter(|name| !before.contains(name)).collect::<Vec<_>>(), Vec::<std::ffi::OsString>::new());
}

/// A child that does not outlive a failed test.
struct Guard(std::process::Child);

fn scopeguard(child: std::process::Child) -> Guard {
    Guard(child)
}

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

#[test]
fn a_missing_secret_is_named_with_the_way_to_give_it() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &customers(&server));
    let ran = place.run(&["sync", &file, "--to", "jsonl:-"]).exits(3);
    assert!(ran.stderr.contains("--secret token=env:VARIABLE"), "{}", ran.stderr);
    assert!(server.log().is_empty(), "nothing was sent");
    place.run(&["sync", &file, "--to", "jsonl:-", "--secret", "token=env:SAMPLE_KEY"]).exits(0);
    let wrong = place.write("wrong", "not-the-key");
    place.run(&["check", &file, "--secret", &format!("token=file:{wrong}")]).exits(3);
    place.run_with(&["check", &file, "--secret", "token=-"], &format!("{}\n", sample_api::SAMPLE_KEY)).exits(0);
}
