//! Killed while a stream is read in parts.

use crate::run::{Place, sample};
use rusqlite::Connection;
use sample_api::{Fault, FaultKind};
use std::process::Stdio;
use std::time::Duration;

/// How many parents.
const PARENTS: i64 = 150;

#[test]
fn parts_that_were_read_are_not_lost_and_not_doubled() {
    let slow = Fault { collection: Some("customers".to_owned()), ms: Some(4), ..Fault::new(FaultKind::Slow) };
    for (round, key) in [(1_u64, "[id]"), (2, "[]"), (3, "[id]"), (4, "[]")] {
        let (place, server) = (Place::new(), sample(PARENTS.unsigned_abs(), vec![slow.clone()]));
        let definition = format!(
            "tapwright: 1\nname: parts\nhttp: {{base_url: 'http://{}/open'}}\nstreams:\n\
             - name: one\n  partitions: [{{type: parent, stream: customers, value: $.id, as: p}}]\n  \
             request: {{path: '/customers/{{{{ partition.p }}}}'}}\n  key: {key}\n  \
             fields: [{{name: id, from: $.id, type: integer}}]\n\
             - name: customers\n  request: {{path: /customers}}\n  records: {{path: '$.data[*]'}}\n  \
             paginate: {{type: page, inject: {{query: page}}, size: {{value: 20, inject: {{query: per_page}}}}}}\n",
            server.addr
        );
        let file = place.write("c.connector.yaml", &definition);
        let args = ["sync", &file, "--stream", "one", "--to", "sqlite:c.db", "--quiet"];
        let mut kills = 0;
        loop {
            server.clear_log();
            let mut child = place.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
            let wanted = 40 + 5 * round as usize;
            while server.log().len() < wanted && child.try_wait().expect("a child").is_none() {
                std::thread::sleep(Duration::from_millis(2));
            }
            if kills == 4 || child.try_wait().expect("a child").is_some() {
                child.wait().expect("ends");
                break;
            }
            child.kill().expect("killed");
            child.wait().expect("ends");
            kills += 1;
        }
        assert!(kills > 0);
        server.clear_faults();
        place.run(&args).exits(0);
        let database = Connection::open(place.path("c.db")).expect("opens");
        let counts: (i64, i64) = database
            .query_row("select count(*), count(distinct id) from one", [], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("counts");
        assert_eq!(counts, (PARENTS, PARENTS), "round {round} after {kills} kills");
    }
}

#[test]
fn a_second_sync_says_so_or_waits() {
    let slow = Fault { collection: Some("customers".to_owned()), ms: Some(200), ..Fault::new(FaultKind::Slow) };
    for to in ["sqlite:c.db", "csv:out", "jsonl:out.jsonl"] {
        let (place, server) = (Place::new(), sample(2_000, vec![slow.clone()]));
        let file = place.write("c.connector.yaml", &crate::run::open_customers(&server));
        let args = ["sync", &file, "--to", to, "--quiet"];
        let mut first = place.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        while server.log().is_empty() && first.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
        let second = place.run(&["sync", &file, "--to", to, "--json"]);
        assert_eq!(second.problem(), "busy", "{to}: {second:?}");
        server.clear_faults();
        place.run(&["sync", &file, "--to", to, "--quiet", "--wait"]).exits(0);
        assert!(first.wait().expect("ends").success(), "{to}");
    }
}
