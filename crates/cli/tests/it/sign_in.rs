//! Signing in from the command line, at the sample API's provider.

use crate::run::{Place, server};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

fn definition(base: &str, grant: &str) -> String {
    format!(
        "tapwright: 1\nname: sample\nconfig:\n  - {{name: refresh, type: secret}}\nhttp:\n  base_url: {base}/oauth\n  auth:\n    \
         type: oauth2\n    token_url: {base}/oauth/token\n    client_id: cli\n{grant}\n\
         check: {{request: {{path: /me}}, identity: $.email}}\n\
         streams:\n  - name: products\n    request: {{path: /products}}\n    records: {{path: \"$[*]\"}}\n    key: [id]\n    \
         fields: [{{name: id, from: $.id, type: string}}]\n"
    )
}

/// What a browser does at the end: asks for an address, and follows where it leads.
fn follow(url: &str) -> String {
    let rest = url.strip_prefix("http://").expect("http");
    let (host, path) = rest.split_at(rest.find('/').expect("a path"));
    let mut stream = TcpStream::connect(host).expect("connects");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let place = answer.lines().find_map(|line| line.strip_prefix("location: ")).map(str::to_owned);
    place.map_or(answer, |place| follow(&place))
}

/// Starts `sign-in` with its tokens in an encrypted file. Gives its first answer.
fn begin(place: &Place, args: &[&str]) -> (Child, Value) {
    let mut command = kept(place, args);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut line).expect("a line");
    let value = serde_json::from_str(&line).expect("JSON");
    (child, value)
}

fn kept(place: &Place, args: &[&str]) -> std::process::Command {
    let mut command = place.command(args);
    command.env("TAPWRIGHT_KEYRING", "file").env("TAPWRIGHT_PASSPHRASE", "of the tests");
    command
}

/// A command that must do well. Gives its answer.
fn well(place: &Place, args: &[&str]) -> String {
    let output = kept(place, args).output().expect("it runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_person_signs_in_by_the_browser_or_by_a_code() {
    let (place, server) = (Place::new(), server());
    let base = server.url("");
    // Each token is good for a second at most: later commands renew it with a refresh token that is good for one use.
    let grant = format!(
        "    grant: authorization_code\n    authorize_url: {base}/oauth/authorize\n    device_url: {base}/oauth/device\n    \
         token_params: {{life: 1}}"
    );
    let file = place.write("p.connector.yaml", &definition(&base, &grant));
    let before = kept(&place, &["check", &file]).output().expect("it runs");
    let told = String::from_utf8_lossy(&before.stderr).into_owned();
    assert!(before.status.code() == Some(3) && told.contains("tapwright sign-in"), "{told}");

    let (child, prompt) = begin(&place, &["sign-in", &file, "--no-browser", "--json"]);
    let page = follow(&format!("{}&answer=allow", prompt["url"].as_str().expect("a page")));
    assert!(page.contains("You are signed in"), "{page}");
    assert!(child.wait_with_output().expect("its end").status.success());
    for _ in 0..3 {
        assert!(well(&place, &["check", &file]).contains("signed in as sample@example.com"));
    }

    well(&place, &["connect", &file, "--name", "mine"]);
    let (child, prompt) = begin(&place, &["sign-in", "mine", "--device", "--json"]);
    follow(&format!("{}&answer=allow", prompt["verification_uri_complete"].as_str().expect("a page")));
    assert!(child.wait_with_output().expect("its end").status.success());
    well(&place, &["sync", "mine"]);

    let (child, prompt) = begin(&place, &["sign-in", "mine", "--no-browser", "--json"]);
    let page = follow(&format!("{}&answer=deny", prompt["url"].as_str().expect("a page")));
    assert!(page.contains("access_denied"), "{page}");
    assert_eq!(child.wait_with_output().expect("its end").status.code(), Some(3));
    for (path, bytes) in place.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains("sample-refresh-"), "{}", path.display());
    }
}

#[test]
fn without_a_place_for_tokens_nobody_is_sent_to_the_browser() {
    let (place, server) = (Place::new(), server());
    let base = server.url("");
    let grant = format!("    grant: device_code\n    device_url: {base}/oauth/device");
    let file = place.write("p.connector.yaml", &definition(&base, &grant));
    let told = place.run(&["sign-in", &file]).exits(1).stderr;
    assert!(told.contains("no place for tokens") && told.contains("TAPWRIGHT_PASSPHRASE"), "{told}");
    assert!(server.log().is_empty());
    let own = place.write("o.connector.yaml", &definition(&base, "    grant: client_credentials"));
    place.run(&["check", &own]).exits(0);
    place.run(&["sign-in", &own]).exits(2);
}
