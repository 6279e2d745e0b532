//! Killed in the middle: the next sync completes it, with nothing lost and nothing twice.

use crate::run::{Place, open_customers, sample};
use rusqlite::Connection;
use sample_api::{Fault, FaultKind};
use std::process::Stdio;
use std::time::Duration;

/// How many records.
const RECORDS: i64 = 3_000;

#[test]
fn a_sync_that_is_killed_goes_on_until_all_is_there_once() {
    let slow = Fault { collection: Some("customers".to_owned()), ms: Some(15), ..Fault::new(FaultKind::Slow) };
    for round in 1..=5_u64 {
        let (place, server) = (Place::new(), sample(RECORDS.unsigned_abs(), vec![slow.clone()]));
        let file = place.write("c.connector.yaml", &open_customers(&server));
        let args = ["sync", &file, "--to", "sqlite:c.db", "--quiet"];
        // Some pages later, at another moment each time.
        let (wanted, spare) = (round as usize * 4, Duration::from_millis(round * 7));
        let mut child = place.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        while server.log().len() < wanted && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        std::thread::sleep(spare);
        child.kill().expect("killed");
        child.wait().expect("ends");
        server.clear_faults();
        server.clear_log();
        let ran = place.run(&["sync", &file, "--to", "sqlite:c.db", "--json"]).exits(0);
        let database = Connection::open(place.path("c.db")).expect("opens");
        let counts: (i64, i64, i64) = database
            .query_row("select count(*), count(distinct id), max(id) from customers", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .expect("counts");
        assert_eq!(counts, (RECORDS, RECORDS, RECORDS), "round {round}: {ran:?}");
    }
}
