//! Actions from the command line, against the sample API's writes.

use crate::run::{Place, server};
use sample_api::{Fault, FaultKind, SampleServer};
use serde_json::{Value, json};
use std::io::Read;
use std::net::TcpListener;
use std::process::Stdio;

const KEY: [&str; 2] = ["--secret", "key=env:SAMPLE_KEY"];

/// The example's connection.
fn connected(place: &Place, server: &SampleServer) {
    let example =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/customers-actions.connector.yaml");
    let text = std::fs::read_to_string(example).expect("the example");
    let file = place.write("c.connector.yaml", &text);
    let base = format!("base_url={}", server.url("").trim_end_matches('/'));
    place.run(&["connect", &file, "--name", "mine", "--config", &base, KEY[0], KEY[1]]).exits(0);
}

fn act(place: &Place, args: &[&str]) -> crate::run::Ran {
    let mut all = vec!["action", "mine"];
    all.extend(args);
    all.extend(KEY);
    place.run(&all)
}

#[test]
fn a_customer_is_made_found_changed_and_removed_and_the_history_knows() {
    let (place, server) = (Place::new(), server());
    connected(&place, &server);
    let listed = place.run(&["action", "mine", "--json"]).exits(0).json();
    assert_eq!(listed.as_array().map(Vec::len), Some(5));
    assert_eq!(listed[0]["params"][1]["name"], "email");
    let text = place.run(&["action", "mine"]).exits(0).stdout;
    assert!(text.contains("create_customer (create)") && text.contains("credit_limit: decimal, at least 0"), "{text}");

    let made = act(
        &place,
        &[
            "create_customer",
            "--param",
            "name=Änn O'Hara",
            "--param",
            "email=ann@acme.test",
            "--param",
            "credit_limit=0.10",
            "--param",
            "tags=a, b",
            "--json",
        ],
    )
    .exits(0)
    .json();
    assert_eq!((made["outcome"].as_str(), made["status"].as_u64()), (Some("done"), Some(201)));
    let id = made["records"][0]["id"].as_i64().expect("an id");
    assert_eq!(id, 601);
    assert!(made["request"]["body"].as_str().is_some_and(|body| body.contains("\"credit_limit\":0.10")), "{made}");
    assert!(made["idempotency_key"].as_str().is_some_and(|key| key.len() > 30));

    let found = act(&place, &["find_customers", "--param", "text=o'hara", "--json"]).exits(0).json();
    assert_eq!(found["records"], json!([{"id": 601, "name": "Änn O'Hara", "email": "ann@acme.test"}]));
    let with_input = |args: &[&str], input: &str| {
        let mut all = vec!["action", "mine"];
        all.extend(args);
        all.extend(KEY);
        place.run_with(&all, input)
    };
    let changed =
        with_input(&["update_customer", "-", "--json"], "{\"id\": 601, \"plan\": \"team\", \"active\": false}")
            .exits(0)
            .json();
    assert_eq!(changed["records"][0], json!({"id": 601, "name": "Änn O'Hara", "plan": "team", "active": false}));
    with_input(&["update_customer", "-"], "[1]").exits(2);
    with_input(&["update_customer", "-"], "{").exits(2);
    act(&place, &["delete_customer", "-p", "id=601"]).exits(0);
    // It is gone, and a second removal says so.
    let gone = act(&place, &["delete_customer", "-p", "id=601", "--json"]);
    assert_eq!((gone.code, gone.json()["status"].as_u64()), (Some(2), Some(404)));
    act(&place, &["get_customer", "-p", "id=3"]).exits(0);

    let history = place.run(&["action", "mine", "--history", "--json"]).exits(0).json();
    let outcomes: Vec<_> = history
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["action"].as_str(), one["outcome"].as_str()))
        .collect();
    assert_eq!(outcomes.len(), 6);
    assert_eq!(outcomes[1], (Some("delete_customer"), Some("failed")));
    assert!(place.run(&["action", "mine", "--history"]).exits(0).stdout.contains("create_customer  done  201"));
    let key = sample_api::SAMPLE_KEY.as_bytes();
    let keeps = |bytes: &Vec<u8>| bytes.windows(key.len()).any(|part| part == key);
    assert!(place.files().iter().all(|(_, bytes)| !keeps(bytes)), "the key is in a file");
}

#[test]
fn faults_are_told_together_and_a_dry_run_sends_nothing() {
    let (place, server) = (Place::new(), server());
    connected(&place, &server);
    let refused =
        act(&place, &["create_customer", "-p", "email=nobody", "-p", "plan=gold", "-p", "credit_limit=-1", "--json"]);
    assert_eq!((refused.code, refused.problem().as_str()), (Some(2), "bad_params"));
    let faults: Value = refused.last_note()["problem"]["faults"].clone();
    let params: Vec<_> = faults.as_array().expect("faults").iter().filter_map(|fault| fault["path"].as_str()).collect();
    assert_eq!(params, ["name", "email", "plan", "credit_limit"]);
    let dry = act(
        &place,
        &["create_customer", "-p", "name=A", "-p", "email=a@b.test", "--dry-run", "--idempotency-key", "k1"],
    )
    .exits(0);
    for wanted in [
        "-X POST",
        "/v1/customers",
        "Idempotency-Key: k1",
        "Bearer ••••",
        "{\"name\":\"A\",\"email\":\"a@b.test\",\"plan\":\"free\"}",
    ] {
        assert!(dry.stdout.contains(wanted), "{wanted}: {}", dry.stdout);
    }
    assert!(server.log().is_empty(), "something was sent");
    act(&place, &["creat_customer"]).exits(2);
    act(&place, &["find_customers", "-p", "text=a", "--idempotency-key", "k"]).exits(2);
    act(&place, &["find_customers", "-p", "text"]).exits(2);
    assert!(server.log().is_empty(), "something was sent");
}

#[test]
fn the_servers_refusal_is_told_and_a_key_makes_a_repeat_harmless() {
    let (place, server) = (Place::new(), server());
    connected(&place, &server);
    let make = |key: &str| {
        act(&place, &["create_customer", "-p", "name=A", "-p", "email=a@b.test", "--idempotency-key", key, "--json"])
    };
    let (first, again) = (make("k1").exits(0).json(), make("k1").exits(0).json());
    assert_eq!(first["records"], again["records"]);
    let taken = make("k2");
    assert_eq!((taken.code, taken.json()["status"].as_u64()), (Some(2), Some(409)));
    assert!(taken.json()["body"].as_str().is_some_and(|body| body.contains("belongs to customer 601")));
    let invalid = act(&place, &["create_customer", "-p", "name=A", "-p", "email=a@b", "--json"]);
    assert_eq!((invalid.code, invalid.json()["status"].as_u64()), (Some(2), Some(422)));
    assert!(invalid.json()["body"].as_str().is_some_and(|body| body.contains("is no e-mail address")));
}

#[test]
fn a_connector_without_streams_has_actions() {
    let (place, server) = (Place::new(), server());
    let file = place.write("a.connector.yaml", &format!(
        "tapwright: 1\nname: only-actions\nhttp: {{base_url: \"{}\"}}\nactions:\n  - {{name: one, kind: get, params: [{{name: id, type: integer, required: true}}], request: {{path: \"/customers/{{{{ params.id }}}}\"}}}}\n",
        server.url("/open")));
    place.run(&["validate", &file]).exits(0);
    let ran = place.run(&["action", &file, "one", "-p", "id=3", "--json"]).exits(0).json();
    assert_eq!(ran["records"][0]["id"], 3);
    place.run(&["connect", &file, "--name", "only"]).exits(0);
    assert_eq!(place.run(&["action", "only", "one", "-p", "id=4", "--json"]).exits(0).json()["records"][0]["id"], 4);
}

#[test]
fn a_call_of_the_history_is_made_again_with_the_same_parameters() {
    let (place, server) = (Place::new(), server());
    connected(&place, &server);
    let made = act(&place, &["create_customer", "-p", "name=A", "-p", "email=a@b.test", "-p", "credit_limit=0.10"]);
    made.exits(0);
    let past = place.run(&["action", "mine", "--history", "--json"]).exits(0).json();
    let id = past[0]["id"].as_str().expect("an id");
    assert!(place.run(&["action", "mine", "--history"]).exits(0).stdout.contains(id), "the list tells the id");
    let sent = server.log().len();
    let dry = act(&place, &["--again", id, "--dry-run"]).exits(0);
    for wanted in ["-X POST", "\"name\":\"A\"", "\"credit_limit\":0.10"] {
        assert!(dry.stdout.contains(wanted), "{wanted}: {dry:?}");
    }
    assert_eq!(server.log().len(), sent, "a dry run sent something");
    // The same is refused by the server, as the address is taken: by a key of its own it is a new call.
    let again = act(&place, &["--again", id]);
    assert_eq!(again.code, Some(2), "{again:?}");
    for wanted in ["Again create_customer", "name=\"A\"", "email=\"a@b.test\"", "POST http"] {
        assert!(again.stderr.contains(wanted), "{wanted}: {again:?}");
    }
    let other = act(&place, &["--again", id, "-p", "email=b@b.test", "--json"]).exits(0).json();
    assert_eq!((other["status"].as_u64(), other["params"]["name"].as_str()), (Some(201), Some("A")), "{other}");
    let past = place.run(&["action", "mine", "--history", "--json"]).exits(0).json();
    assert_eq!(past.as_array().map(Vec::len), Some(3));
    assert_eq!(act(&place, &["--again", "nothing", "--json"]).problem(), "unknown_call");
    act(&place, &["create_customer", "--again", id]).exits(2);
}

#[test]
fn repeats_are_told_while_they_happen() {
    let (place, server) = (Place::new(), server());
    connected(&place, &server);
    server.set_fault(Fault { at: Some(1), seconds: Some(0), ..Fault::new(FaultKind::RateLimit) });
    let ran = act(&place, &["get_customer", "-p", "id=3"]).exits(0);
    assert!(ran.stderr.contains("then try 2: "), "{ran:?}");
    server.set_fault(Fault { at: Some(1), seconds: Some(0), ..Fault::new(FaultKind::RateLimit) });
    let ran = act(&place, &["get_customer", "-p", "id=3", "--json"]).exits(0);
    assert!(ran.stderr.contains("\"type\":\"retry\""), "{ran:?}");
}

#[test]
fn a_call_that_is_killed_stands_in_the_history_and_goes_out_again_by_the_same_key() {
    let server = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = server.local_addr().expect("an address");
    let place = Place::new();
    let file = place.write(
        "slow.connector.yaml",
        &format!(
            "tapwright: 1\nname: slow\nhttp: {{base_url: 'http://{address}'}}\nactions:\n  - name: make\n    kind: create\n    \
             params: [{{name: title, required: true}}, {{name: pin, secret: true}}]\n    idempotency_header: Idempotency-Key\n    \
             request: {{method: POST, path: /made, body: {{json: {{title: \"{{{{ params.title }}}}\", pin: \"{{{{ params.pin }}}}\"}}}}}}\n"
        ),
    );
    place.run(&["connect", &file, "--name", "slow"]).exits(0);
    let mut command = place.command(&["action", "slow", "make", "-p", "title=one", "-p", "pin=hush-hush-9"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    let (mut socket, _) = server.accept().expect("a request");
    let mut begun = [0; 4];
    socket.read_exact(&mut begun).expect("its first bytes");
    assert_eq!(&begun, b"POST");
    child.kill().expect("killed");
    child.wait().expect("ends");
    drop((socket, server));
    let past = place.run(&["action", "slow", "--history", "--json"]).exits(0).json();
    assert_eq!((past.as_array().map(Vec::len), &past[0]["outcome"]), (Some(1), &json!("unknown")), "{past}");
    assert!(place.run(&["action", "slow", "--history"]).exits(0).stdout.contains("make  not known  -"));
    let id = past[0]["id"].as_str().expect("an id");
    // What is private was not kept: it is asked for.
    let refused = place.run(&["action", "slow", "--again", id, "--dry-run", "--json"]).exits(2);
    let faults = &refused.last_note()["problem"]["faults"];
    assert_eq!((refused.problem().as_str(), &faults[0]["path"]), ("bad_params", &json!("pin")), "{refused:?}");
    let again = ["action", "slow", "--again", id, "-p", "pin=hush-hush-9", "--dry-run", "--json"];
    let first = place.run(&again).exits(0).json();
    let key = |dry: &Value| {
        let headers = dry["request"]["headers"].as_array().expect("headers").clone();
        let found = headers
            .iter()
            .find(|pair| pair[0].as_str().is_some_and(|name| name.eq_ignore_ascii_case("idempotency-key")));
        found.and_then(|pair| pair[1].as_str()).expect("a key").to_owned()
    };
    assert_eq!(key(&first).len(), 36, "the key that was sent, not one to be made: {first}");
    assert_eq!(key(&first), key(&place.run(&again).exits(0).json()));
    assert!(!first.to_string().contains("hush-hush"), "{first}");
    let kept = |bytes: &Vec<u8>| bytes.windows(11).any(|part| part == b"hush-hush-9");
    assert!(place.files().iter().all(|(_, bytes)| !kept(bytes)), "a private value is in a file");
}
