//! Pushes, from outside: only what changed is sent.

use crate::counting::Counting;
use crate::run::{Place, Ran};
use serde_json::{Value, json};
use std::time::Duration;

fn contacts(server: &Counting) -> String {
    format!(
        r#"tapwright: 1
name: contacts
http: {{base_url: "http://{}", retry: {{max_attempts: 1}}}}
actions:
  - name: add
    kind: create
    params: [{{name: email, required: true}}, {{name: name}}]
    request: {{method: POST, path: /contacts, body: {{json: {{email: "{{{{ params.email }}}}", name: "{{{{ params.name }}}}"}}}}}}
  - name: change
    kind: update
    params: [{{name: id, required: true}}, {{name: name}}]
    request: {{method: PUT, path: "/contacts/{{{{ params.id }}}}", body: {{json: {{name: "{{{{ params.name }}}}"}}}}}}
  - name: remove
    kind: delete
    params: [{{name: id, required: true}}]
    request: {{method: DELETE, path: "/contacts/{{{{ params.id }}}}"}}
destinations:
  - name: people
    key: [email]
    create: {{action: add, params: {{name: "{{{{ record.first }}}} {{{{ record.last }}}}"}}}}
    update: {{action: change, params: {{id: "{{{{ remote.id }}}}", name: "{{{{ record.first }}}} {{{{ record.last }}}}"}}}}
    delete: {{action: remove, params: {{id: "{{{{ remote.id }}}}"}}}}
"#,
        server.addr
    )
}

fn counts(ran: &Ran) -> [u64; 5] {
    let counts = &ran.json()["push"]["counts"];
    ["created", "updated", "deleted", "failed", "same"].map(|name| counts[name].as_u64().unwrap_or(99))
}

fn requests(server: &Counting) -> Vec<String> {
    let seen = server.seen.lock().expect("not poisoned");
    seen.requests.iter().map(|(method, path, _)| format!("{method} {path}")).collect()
}

#[test]
fn only_what_changed_is_pushed() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let file = place.write("c.connector.yaml", &contacts(&server));
    place.run(&["connect", &file, "--name", "crm"]).exits(0);
    place.write("p.csv", "email,first,last,seen\na@b.test,Ann,Lee,1\nrefused@b.test,Bob,Roe,1\nc@d.test,Cy,Ray,1\n");
    let args = ["push", "crm", "people", "--from", "csv:p.csv", "--json"];
    let dry: Value = place.run(&[&args[..], &["--dry-run"]].concat()).exits(0).json();
    assert_eq!([&dry["create"], &dry["update"], &dry["delete"]], [&json!(3), &json!(0), &json!(0)], "{dry}");
    assert!(dry["examples"][0]["request"].as_str().is_some_and(|text| text.contains("Ann Lee")), "{dry}");
    assert_eq!(server.count(), 0);
    let ran = place.run(&args).exits(6);
    assert_eq!(counts(&ran), [2, 0, 0, 1, 0], "{ran:?}");
    // The one that was refused is tried again; the others are as they were, also where a column changed that is not sent.
    place.write("p.csv", "email,first,last,seen\na@b.test,Ann,Lee,2\nb@b.test,Bob,Roe,1\nc@d.test,Cy,Roy,1\n");
    let ran = place.run(&args).exits(0);
    assert_eq!(counts(&ran), [1, 1, 0, 0, 1], "{ran:?}");
    assert!(requests(&server).contains(&"PUT /contacts/id-of-c%40d.test".to_owned()), "{:?}", requests(&server));
    // Gone rows stay, unless it is asked for.
    place.write("p.csv", "email,first,last,seen\na@b.test,Ann,Lee,2\n");
    assert_eq!(counts(&place.run(&args).exits(0)), [0, 0, 0, 0, 1]);
    let ran = place.run(&[&args[..], &["--delete"]].concat()).exits(0);
    assert_eq!(counts(&ran), [0, 0, 2, 0, 1], "{ran:?}");
    assert!(requests(&server).contains(&"DELETE /contacts/id-of-b%40b.test".to_owned()), "{:?}", requests(&server));
    assert_eq!(counts(&place.run(&[&args[..], &["--delete"]].concat()).exits(0)), [0, 0, 0, 0, 1]);
}

#[test]
fn keys_that_are_empty_or_doubled_are_told_and_not_sent() {
    let (place, server) = (Place::new(), Counting::start(Duration::ZERO));
    let file = place.write("c.connector.yaml", &contacts(&server));
    place.run(&["connect", &file, "--name", "crm"]).exits(0);
    place.write("p.csv", "email,first,last\na@b.test,Ann,Lee\na@b.test,Bob,Roe\n,Cy,Ray\n");
    let ran = place.run(&["push", "crm", "people", "--from", "csv:p.csv", "--dry-run", "--json"]).exits(5).json();
    assert_eq!([&ran["create"], &ran["invalid"]], [&json!(1), &json!(2)], "{ran}");
    let ran = place.run(&["push", "crm", "peple", "--from", "csv:p.csv", "--json"]).exits(2);
    assert!(ran.stderr.contains("There are: people."), "{ran:?}");
}
