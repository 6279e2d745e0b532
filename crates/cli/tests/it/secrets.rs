//! A secret is in no argument, no output and no file.

use crate::run::{Place, Ran, customers, server};

const CANARY: &str = "canary-5f1e9b7d";

fn clean(ran: &Ran) {
    assert!(!ran.stdout.contains(CANARY) && !ran.stderr.contains(CANARY), "{ran:?}");
}

fn no_file_has_it(place: &Place) {
    let encoded = base64(CANARY);
    for (path, bytes) in place.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(CANARY) && !text.contains(&encoded), "{}", path.display());
    }
}

/// The canary as basic auth would carry it, cut to what does not hang on its neighbours.
fn base64(text: &str) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let chunks = text.as_bytes().chunks_exact(3);
    let letter = |number: u32| char::from(alphabet[(number & 63) as usize]);
    chunks
        .flat_map(|chunk| {
            let number = u32::from(chunk[0]) << 16 | u32::from(chunk[1]) << 8 | u32::from(chunk[2]);
            [letter(number >> 18), letter(number >> 12), letter(number >> 6), letter(number)]
        })
        .collect()
}

#[test]
fn a_secret_in_an_argument_is_refused_and_not_repeated() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &customers(&server));
    let given = format!("token={CANARY}");
    for args in [
        &["check", &file, "--secret", &given][..],
        &["check", &file, "--secret", CANARY],
        &["check", &file, "--config", &given],
        &["check", &file, CANARY],
        &["new", &server.url("/v1/customers"), "--out", "n.connector.yaml", "--secret", &given],
        &["keyring", "unlock", "--passphrase", CANARY],
    ] {
        let ran = place.run(args).exits(2);
        clean(&ran);
        assert!(ran.stderr.len() > 20, "{ran:?}");
    }
    no_file_has_it(&place);
}

#[test]
fn a_planted_key_is_in_no_output_and_no_file() {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &customers(&server));
    let run = |args: &[&str]| -> Ran {
        let mut command = place.command(args);
        command.env("CANARY", CANARY).output().expect("runs").into()
    };
    let url = server.url("/v1/customers");
    let curl = format!("curl -H 'Authorization: Bearer {CANARY}' {url}");
    let basic = format!("curl -u someone:{CANARY} {}", server.url("/basic/events"));
    let query = server.url(&format!("/query/orders?api_key={CANARY}"));
    for (args, code) in [
        (&["check", &file, "-v", "--secret", "token=env:CANARY"][..], 3),
        (&["sync", &file, "--to", "sqlite:c.db", "-v", "--json", "--secret", "token=env:CANARY"], 3),
        (&["new", &url, "--out", "a.connector.yaml", "--yes", "-v", "--secret", "token=env:CANARY"], 3),
        (&["new", &curl, "--out", "b.connector.yaml", "--yes", "-v"], 3),
        (&["new", &basic, "--out", "d.connector.yaml", "--yes", "--json"], 3),
        (&["new", &query, "--out", "e.connector.yaml", "--yes", "--json"], 3),
        (&["connect", &file, "--name", "mine", "--secret", "token=env:CANARY", "--json"], 0),
        (&["sync", "mine", "--secret", "token=env:CANARY", "--json"], 3),
        (&["logs", "mine", "last"], 0),
        (&["show", "mine", "--json"], 0),
        (&["list", "--json"], 0),
        (&["export", "sample-customers", "--out", "x.connector.yaml"], 0),
    ] {
        let ran = run(args);
        clean(&ran);
        assert_eq!(ran.code, Some(code), "{args:?} {ran:?}");
    }
    no_file_has_it(&place);
}
