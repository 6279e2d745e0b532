//! Batches from every source, and pushes that are killed: each good row is sent once.

use crate::batches::{counts, killed, people};
use crate::counting::Counting;
use crate::run::{Place, Ran, open_customers, sample};
use serde_json::Value;
use std::fmt::Write;
use std::time::Duration;

fn sent(ran: &Ran) -> [u64; 3] {
    let counts = counts(ran);
    ["total", "sent", "left"].map(|name| counts[name].as_u64().unwrap_or(999))
}

/// A connection with synced customers.
fn shop(place: &Place) -> sample_api::SampleServer {
    let server = sample(60, Vec::new());
    let file = place.write("shop.connector.yaml", &open_customers(&server));
    place.run(&["connect", &file, "--name", "shop"]).exits(0);
    server
}

#[test]
fn rows_of_a_table_of_a_stream_and_of_files_are_sent() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let _shop = shop(&place);
    place.run(&["sync", "shop"]).exits(0);
    let file = place.write("p.connector.yaml", &people(&server, ""));
    place.write("x.csv", "email,age\na@csv.test,1\nb@csv.test,2\n");
    place.write("x.jsonl", "{\"email\":\"a@jsonl.test\",\"age\":1}\n{\"email\":\"b@jsonl.test\"}\n");
    let cases: [(&[&str], u64, &str); 6] = [
        (&["csv:x.csv"], 2, "@csv.test"),
        (&["jsonl:x.jsonl"], 2, "@jsonl.test"),
        (&["x.csv", "--anew"], 2, "@csv.test"),
        (
            &["table:shop/customers", "--where", "id IN (SELECT id FROM customers LIMIT 10)", "--map", "email=name"],
            10,
            "",
        ),
        (&["table:shop/customers", "--map", "email=name", "--anew"], 60, ""),
        (&["stream:shop/customers", "--map", "email=name", "--anew"], 60, ""),
    ];
    for (from, rows, mail) in cases {
        let before = server.count();
        let args = [&["batch", &file, "create_person", "--json", "--from"][..], from].concat();
        let ran = place.run(&args).exits(0);
        assert_eq!(sent(&ran), [rows, rows, 0], "{from:?} {ran:?}");
        let seen = server.seen.lock().expect("not poisoned");
        let new = &seen.requests[before..];
        assert!(
            new.iter().all(|request| request.2["email"].as_str().is_some_and(|text| text.contains(mail))),
            "{from:?}"
        );
    }
    // A condition that is none is told, and nothing is sent.
    let before = server.count();
    let args = [
        "batch",
        &file,
        "create_person",
        "--from",
        "table:shop/customers",
        "--where",
        "no such",
        "--json",
        "--map",
        "email=name",
    ];
    assert_eq!(place.run(&args).problem(), "bad_where");
    let args = ["batch", &file, "create_person", "--from", "table:shop/nothing", "--json"];
    assert!(place.run(&args).exits(2).stderr.contains("customers"), "the tables that there are");
    assert_eq!(server.count(), before);
}

#[test]
fn the_summary_is_told_in_words_and_as_json() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let file = place.write("p.connector.yaml", &people(&server, ""));
    place.write("x.csv", "email,age\na@x.test,1\nrefused@x.test,2\nb@x.test,old\nc@x.test,4\n");
    let args = ["batch", &file, "create_person", "--from", "csv:x.csv", "--skip-errors"];
    let batch = place.run(&[&args[..], &["--json"]].concat()).exits(6).json()["batch"].clone();
    assert_eq!(batch["success_rate"].as_f64(), Some(0.5), "{batch}");
    assert!(batch["rate"].as_f64().is_some_and(|rate| rate > 0.0), "{batch}");
    assert_eq!((batch["counts"]["processed"].clone(), batch["counts"]["failed"].clone()), (4.into(), 1.into()));
    let words = place.run(&[&args[..], &["--anew"]].concat()).exits(6);
    let all = format!("{}{}", words.stdout, words.stderr);
    assert!(all.contains("50") && all.contains('%'), "{all}");
}

#[test]
fn more_at_once_does_not_break_the_rate_limit() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let definition = people(&server, "").replace("retry:", "rate_limit: {requests: 20, per: 1s}, retry:");
    let file = place.write("p.connector.yaml", &definition);
    let rows: String = (0..50).fold("email,age\n".to_owned(), |mut text, row| {
        let _ = writeln!(text, "p{row}@x.test,1");
        text
    });
    place.write("x.csv", &rows);
    let args = ["batch", &file, "create_person", "--from", "csv:x.csv", "--concurrency", "32", "--json"];
    let ran = place.run(&args).exits(0);
    assert_eq!(sent(&ran), [50, 50, 0]);
    // 20 may go at once; the other 30 take a second and a half at the least.
    let took = ran.json()["batch"]["duration_ms"].as_u64().expect("a number");
    assert!(took >= 1_000, "{took}");
}

fn push_definition(server: &Counting) -> String {
    format!(
        "tapwright: 1\nname: contacts\nhttp: {{base_url: \"http://{}\", retry: {{max_attempts: 1}}}}\nactions:\n  - name: \
         add\n    kind: create\n    idempotency_header: Idempotency-Key\n    params: [{{name: email, required: true}}]\n    \
         request: {{method: POST, path: /contacts, body: {{json: {{email: \"{{{{ params.email }}}}\"}}}}}}\n\
         destinations:\n  - name: people\n    key: [email]\n    create: {{action: add}}\n",
        server.addr
    )
}

#[test]
fn a_push_that_is_killed_twice_sends_each_good_row_once() {
    const ROWS: usize = 400;
    let (place, server) = (Place::new(), Counting::start(Duration::from_millis(8)));
    let file = place.write("c.connector.yaml", &push_definition(&server));
    place.run(&["connect", &file, "--name", "crm"]).exits(0);
    let rows: String = (0..ROWS).fold("email,name\n".to_owned(), |mut text, row| {
        let _ = writeln!(text, "{}{row}@x.test,n", if row % 100 == 60 { "refused" } else { "p" });
        text
    });
    place.write("p.csv", &rows);
    let args = ["push", "crm", "people", "--from", "csv:p.csv", "--skip-errors", "--json"];
    killed(&place, &server, &args, 90);
    killed(&place, &server, &args, 220);
    place.run(&args).exits(6);
    for row in (0..ROWS).filter(|row| row % 100 != 60) {
        assert_eq!(server.taken(&format!("p{row}@x.test")), 1, "row {row}");
    }
    // What was refused is tried again, and nothing else.
    let before = server.count();
    let again: Value = place.run(&args).exits(6).json();
    assert_eq!((again["push"]["counts"]["failed"].clone(), server.count() - before), (4.into(), 4), "{again}");
    let folder = std::fs::read_dir(place.path("data").join("batches")).expect("a folder");
    assert!(folder.count() <= 2, "what a killed push left is no more than its own");
}
