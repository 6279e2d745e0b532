//! Actions from the command line, against the sample API's writes.

use crate::run::{Place, server};
use sample_api::SampleServer;
use serde_json::{Value, json};

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
