//! Batches, from outside: each good row is sent once, whatever happens on the way.

use crate::counting::Counting;
use crate::run::{Place, Ran};
use serde_json::Value;
use std::fmt::Write;
use std::process::Stdio;
use std::time::Duration;

/// A definition whose action takes a person.
pub fn people(server: &Counting, header: &str) -> String {
    format!(
        "tapwright: 1\nname: people\nhttp: {{base_url: \"http://{}\", retry: {{max_attempts: 1}}}}\n\
         actions:\n  - name: create_person\n    kind: create\n    {header}\n    params:\n      \
         - {{name: email, type: string, required: true}}\n      - {{name: age, type: integer}}\n      \
         - {{name: source, type: string, default: file}}\n    \
         request: {{method: POST, path: /people, body: {{json: {{email: \"{{{{ params.email }}}}\", \
         age: \"{{{{ params.age }}}}\", source: \"{{{{ params.source }}}}\"}}}}}}\n",
        server.addr
    )
}

/// Rows of which three in a hundred are bad: one is no row for the action, one is refused, one is a broken line.
fn rows(count: usize) -> String {
    let mut text = "E-Mail;Age\n".to_owned();
    for row in 1..=count {
        let _ = match row % 100 {
            30 => writeln!(text, "p{row}@a.test;old"),
            60 => writeln!(text, "refused{row}@a.test;7"),
            90 => writeln!(text, "p{row}@a.test"),
            _ => writeln!(text, "p{row}@a.test;{}", row % 90),
        };
    }
    text
}

fn is_good(row: usize) -> bool {
    !matches!(row % 100, 30 | 60 | 90)
}

/// Runs until the server saw so many requests, and kills it.
pub fn killed(place: &Place, server: &Counting, args: &[&str], until: usize) {
    let mut child = place.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    while server.count() < until {
        assert!(child.try_wait().expect("a child").is_none(), "it ended before it was killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("killed");
    child.wait().expect("ends");
}

pub fn counts(ran: &Ran) -> Value {
    ran.json()["batch"]["counts"].clone()
}

const ROWS: usize = 600;

#[test]
fn a_batch_that_is_killed_twice_sends_each_good_row_once() {
    let (place, server) = (Place::new(), Counting::start(Duration::from_millis(8)));
    let file = place.write("p.connector.yaml", &people(&server, "idempotency_header: Idempotency-Key"));
    place.write("people.csv", &rows(ROWS));
    let args = ["batch", &file, "create_person", "--from", "csv:people.csv", "--skip-errors"];
    killed(&place, &server, &args, 120);
    // The same again would send rows twice: it is refused.
    assert_eq!(place.run(&[&args[..], &["--json"]].concat()).exits(2).problem(), "batch_unfinished");
    let again = ["batch", &file, "--resume", "--failed-to", "failed.csv", "--json"];
    killed(&place, &server, &again, 330);
    let ran = place.run(&again).exits(6);
    for row in 1..=ROWS {
        let email = format!("p{row}@a.test");
        assert_eq!(server.taken(&email), usize::from(is_good(row)), "row {row}");
    }
    let counts = counts(&ran);
    let told =
        ["total", "sent", "failed", "skipped", "uncertain", "left"].map(|name| counts[name].as_u64().unwrap_or(99));
    assert_eq!(told, [600, 582, 6, 12, 0, 0], "{ran:?}");
    let failed = std::fs::read_to_string(place.path("failed.csv")).expect("a file");
    assert_eq!(failed.lines().count(), 19, "{failed}");
    assert!(failed.starts_with("E-Mail;Age;_row;_error\n"), "{failed}");
    assert!(failed.contains("refused60@a.test;7;60;") && failed.contains("this address is refused"), "{failed}");
}

#[test]
fn without_a_key_a_row_of_which_nobody_knows_is_not_sent_again_unasked() {
    let (place, server) = (Place::new(), Counting::start(Duration::from_millis(8)));
    let file = place.write("p.connector.yaml", &people(&server, ""));
    place.write("people.csv", &rows(ROWS));
    killed(&place, &server, &["batch", &file, "create_person", "--from", "people.csv", "--skip-errors"], 150);
    killed(&place, &server, &["batch", &file, "--resume"], 300);
    let ran = place.run(&["batch", &file, "--resume", "--json"]).exits(6);
    let twice: Vec<usize> = (1..=ROWS).filter(|row| server.taken(&format!("p{row}@a.test")) > 1).collect();
    assert!(twice.is_empty(), "sent twice: {twice:?}");
    let never = (1..=ROWS).filter(|row| is_good(*row) && server.taken(&format!("p{row}@a.test")) == 0).count();
    // At each kill no more than the four that were on the way are uncertain, and what never came is among them.
    let uncertain = counts(&ran)["uncertain"].as_u64().expect("a number");
    assert!(uncertain <= 8 && never as u64 <= uncertain, "{never} {ran:?}");
    assert_eq!(counts(&ran)["left"], 0);
    let ran = place.run(&["batch", &file, "--resume", "--resend-uncertain", "--json"]);
    if uncertain > 0 {
        ran.exits(6);
    }
    for row in (1..=ROWS).filter(|row| is_good(*row)) {
        assert!(server.taken(&format!("p{row}@a.test")) >= 1, "row {row}");
    }
}

#[test]
fn all_faults_of_all_rows_are_told_and_nothing_is_sent() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let file = place.write("p.connector.yaml", &people(&server, ""));
    place.write("bad.csv", "mail,Alter\n,x\na@b.test,7\nc@d.test\n");
    let args = ["batch", &file, "create_person", "--from", "bad.csv", "--map", "age=Alter"];
    let ran = place.run(&[&args[..], &["--validate-only", "--json"]].concat()).exits(5).json();
    let faults = ran["check"]["faults"].to_string();
    assert!(
        faults.contains("email: ") && faults.contains("age: ") && faults.contains("The line has 1 value"),
        "{faults}"
    );
    assert_eq!(ran["check"]["bad"], 2);
    assert!(ran["check"]["first_request"].as_str().is_some_and(|text| text.contains("a@b.test")), "{ran}");
    assert_eq!(ran["look"]["proposals"][0]["reason"], "`mail` is another word for `email`; its values fit string");
    // Without --skip-errors the same holds for a batch itself.
    assert_eq!(place.run(&[&args[..], &["--json"]].concat()).exits(5).problem(), "bad_rows");
    let ran = place.run(&["batch", &file, "create_person", "--from", "bad.csv", "--map", "agee=x", "--json"]).exits(2);
    assert!(ran.stderr.contains("no parameter `agee`") && ran.stderr.contains("no column `x`"), "{ran:?}");
    assert_eq!(server.count(), 0);
}

#[test]
fn it_stops_at_the_first_refusal_and_goes_on_with_a_mended_file() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let file = place.write("p.connector.yaml", &people(&server, ""));
    place.write("people.csv", "email,age\na@b.test,1\nrefused@b.test,2\nc@d.test,3\n");
    let args = ["batch", &file, "create_person", "--from", "people.csv", "--concurrency", "1", "--json"];
    let ran = place.run(&args).exits(6);
    assert_eq!((counts(&ran)["sent"].clone(), counts(&ran)["left"].clone()), (1.into(), 1.into()), "{ran:?}");
    // A row that was sent may not become another one.
    place.write("people.csv", "email,age\nz@b.test,1\nb@b.test,2\nc@d.test,3\n");
    assert_eq!(place.run(&["batch", &file, "--resume", "--json"]).exits(5).problem(), "source_changed");
    // One that was refused may.
    place.write("people.csv", "email,age\na@b.test,1\nb@b.test,2\nc@d.test,3\n");
    let ran = place.run(&["batch", &file, "--resume", "--json"]).exits(0);
    assert_eq!(counts(&ran)["sent"], 3);
    assert_eq!([server.taken("a@b.test"), server.taken("b@b.test"), server.taken("c@d.test")], [1, 1, 1]);
    let list = place.run(&["batch", "--list", "--json"]).exits(0).json();
    assert_eq!((list[0]["outcome"].clone(), list[0]["can_resume"].clone()), ("done".into(), false.into()));
}

#[test]
fn rows_of_standard_input_are_transformed() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let file = place.write("p.connector.yaml", &people(&server, ""));
    let args = [
        "batch",
        &file,
        "create_person",
        "--from",
        "-",
        "--map",
        "email=Mail",
        "--transform",
        "email=[trim, lower]",
        "--set",
        "source={{ record.first }}-x",
        "--json",
    ];
    let ran = place.run_with(&args, "{\"Mail\": \" A@B.TEST \", \"first\": \"ann\", \"age\": 7}\n").exits(0);
    assert_eq!(counts(&ran)["sent"], 1);
    let seen = server.seen.lock().expect("not poisoned");
    assert_eq!(seen.requests[0].2.to_string(), r#"{"email":"a@b.test","age":7,"source":"ann-x"}"#);
    assert_eq!(std::fs::read_dir(place.path("data").join("batches")).expect("a folder").count(), 0, "the copy is gone");
}
