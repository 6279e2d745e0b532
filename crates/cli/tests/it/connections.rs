//! Connections: made, synced, listed, exported, taken in elsewhere, deleted.

use crate::run::{Place, Ran, customers, open_customers, server};
use sample_api::Collection;

#[test]
fn a_connection_syncs_into_its_own_database_and_keeps_its_runs() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    place.run(&["connect", &file, "--name", "mine"]).exits(0);
    place.run(&["connect", &file, "--name", "mine"]).exits(2);
    let first = place.run(&["sync", "mine", "--json"]).exits(0).json();
    assert_eq!((first["new"].as_u64(), first["outcome"].as_str()), (Some(600), Some("done")));
    server.touch(Collection::Customers, "3");
    let second = place.run(&["sync", "mine", "--json"]).exits(0).json();
    assert_eq!((second["new"].as_u64(), second["updated"].as_u64()), (Some(0), Some(1)));
    let list = place.run(&["list", "--json"]).exits(0).json();
    assert_eq!(list["connectors"][0]["connections"][0]["name"], "mine");
    let shown = place.run(&["show", "mine", "--json"]).exits(0).json();
    assert_eq!((shown["tables"][0]["rows"].as_u64(), shown["runs"].as_array().map(Vec::len)), (Some(600), Some(2)));
    let runs = place.run(&["logs", "mine", "--json"]).exits(0).json();
    assert_eq!(runs["runs"][0]["counts"]["updated"], 1);
    place.run(&["logs", "mine", "last"]).exits(0);
    place.run(&["export", "mine", "--out", "mine.connector.yaml"]).exits(0);
    // One stream, and another destination.
    let lines = place.run(&["sync", "mine", "--stream", "customers", "--to", "jsonl:-"]).exits(0).stdout;
    assert_eq!(lines.lines().count(), 600);
    place.run(&["sync", "mine", "--stream", "nothing"]).exits(2);
    place.run(&["delete", "mine"]).exits(2);
    let database = shown["database"].as_str().expect("a path");
    assert!(std::path::Path::new(database).exists());
    place.run(&["delete", "mine", "--yes"]).exits(0);
    assert!(!std::path::Path::new(database).exists());
    place.run(&["sync", "mine"]).exits(2);
    place.run(&["delete", "sample-customers", "--yes"]).exits(0);
    assert_eq!(place.run(&["list", "--json"]).exits(0).json()["connectors"].as_array().map(Vec::len), Some(0));
}

#[test]
fn an_export_reads_the_same_records_elsewhere() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &customers(&server));
    place.run(&["import", &file]).exits(0);
    place.run(&["export", "sample-customers", "--out", "shared.connector.yaml"]).exits(0);
    place.run(&["export", "sample-customers", "--out", "shared.connector.yaml"]).exits(2);
    let elsewhere = Place::new();
    let shared = std::fs::read_to_string(place.path("shared.connector.yaml")).expect("a file");
    let file_there = elsewhere.write("got.connector.yaml", &shared);
    let key = ["--secret", "token=env:SAMPLE_KEY"];
    let connected =
        elsewhere.run(&["connect", &file_there, "--name", "theirs", key[0], key[1], "--json"]).exits(0).json();
    assert_eq!(connected["secrets_kept"], false, "there is no keyring here: {connected}");
    // The key was not kept, so it is asked for, and given for this call.
    elsewhere.run(&["sync", "theirs"]).exits(3);
    let there = elsewhere.run(&["sync", "theirs", key[0], key[1], "--json"]).exits(0).json();
    assert_eq!(there["new"], 600);
    let lines =
        |place: &Place, file: &str| place.run(&["sync", file, "--to", "jsonl:-", key[0], key[1]]).exits(0).stdout;
    assert_eq!(lines(&place, &file), lines(&elsewhere, &file_there));
}

#[test]
fn an_encrypted_file_keeps_secrets_where_there_is_no_keyring() {
    let place = Place::new();
    assert_eq!(place.run(&["keyring", "status", "--json"]).exits(3).json()["kind"], "none");
    place.write("passphrase", "correct horse battery staple\n");
    let unlocked = place.run(&["keyring", "unlock", "--passphrase", "file:passphrase", "--json"]).exits(0).json();
    assert_eq!(unlocked["kind"], "file");
    let status = place.run(&["keyring", "status", "--json"]).exits(0).json();
    assert_eq!(status["kind"], "file_locked");
    place.write("wrong", "another one");
    place.run(&["keyring", "unlock", "--passphrase", "file:wrong"]).exits(3);
    // With the passphrase in the environment it is opened, and the key comes from there.
    let server = server();
    let file = place.write("c.connector.yaml", &customers(&server));
    let run = |args: &[&str]| -> Ran {
        let mut command = place.command(args);
        command.env("TAPWRIGHT_PASSPHRASE", "correct horse battery staple").output().expect("runs").into()
    };
    let connected = run(&["connect", &file, "--name", "mine", "--secret", "token=env:SAMPLE_KEY", "--json"]).exits(0);
    assert_eq!(connected.json()["secrets_kept"], true);
    assert_eq!(run(&["sync", "mine", "--json"]).exits(0).json()["new"], 600);
    assert_eq!(run(&["show", "mine", "--json"]).exits(0).json()["secrets"], serde_json::json!(["token"]));
    let locked = place.run(&["sync", "mine"]).exits(3);
    assert!(locked.stderr.contains("locked"), "{locked:?}");
    let kept = std::fs::read(place.path("data/secrets.enc")).expect("the encrypted file");
    assert!(!String::from_utf8_lossy(&kept).contains(sample_api::SAMPLE_KEY));
}
