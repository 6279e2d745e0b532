//! Slack's, Standard Webhooks' and Stripe's events through the listener that runs: the vendors' vectors are taken, and every
//! forgery of them is refused with its status and its reason.
//!
//! The vectors were signed years ago: a connection whose `tolerance` is wide takes them, and one by the example's own five
//! minutes tells that they are late.

use crate::run::Place;
use crate::webhooks::{Listener, example};
use serde_json::Value;

/// A vendor's request.
struct Vector<'a> {
    headers: &'a [(&'a str, &'a str)],
    body: &'a str,
}

impl Vector<'_> {
    /// Sends it, with one header replaced (or left out, where its value is empty).
    fn send(&self, listener: &Listener, connection: &str, change: (&str, &str), body: &str) -> (u16, String) {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (*name, if *name == change.0 { change.1 } else { value }))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        listener.send("POST", &format!("/hooks/{connection}/events"), &headers, body.as_bytes())
    }

    fn whole(&self, listener: &Listener, connection: &str) -> (u16, String) {
        self.send(listener, connection, ("", ""), self.body)
    }
}

/// Connections `wide` and `strict` of an example, and their listener.
fn listen(place: &Place, file: &str, secret: &str, value: &str) -> Listener {
    let text = example(file);
    let wide = text.replace("      timestamp: {", "      tolerance: P36500D\n      timestamp: {");
    assert_ne!(text, wide, "the example has a timestamp");
    let asks = format!("{secret}=env:HOOK_SECRET");
    for (name, text) in [("wide", wide), ("strict", text)] {
        let file =
            place.write(&format!("{name}.connector.yaml"), &text.replacen("\nname: ", &format!("\nname: {name}-"), 1));
        let mut command = place.command(&["connect", &file, "--name", name, "--secret", &asks]);
        let output = command.env("HOOK_SECRET", value).output().expect("runs");
        assert!(output.status.success(), "{output:?}");
    }
    Listener::with(place, &["listen", "--port", "0", "--json", "--secret", &asks], value)
}

/// The refusal that comes next: its code and status, and that it says why and what was expected.
fn refused(listener: &Listener, code: &str) -> Value {
    let event = listener.next("refused");
    assert_eq!((event["code"].as_str(), event["answered"].as_u64()), (Some(code), Some(401)), "{event}");
    for told in ["reason", "expected"] {
        assert!(event[told].as_str().is_some_and(|text| !text.is_empty()), "{told}: {event}");
    }
    event
}

/// Every forgery of a vector: refused with a short word to its sender, and with the reason in the list.
fn forgeries(listener: &Listener, vector: &Vector<'_>, cases: &[((&str, &str), &str, &str)]) {
    for (change, body, code) in cases {
        let body = if body.is_empty() { vector.body } else { body };
        let (status, answer) = vector.send(listener, "wide", *change, body);
        assert_eq!(status, 401, "{change:?} {body}: {answer}");
        assert!(answer.len() < 80 && !answer.contains("v0=") && !answer.contains("v1"), "{answer}");
        refused(listener, code);
    }
    let (status, _) = vector.whole(listener, "strict");
    assert_eq!(status, 401);
    let late = refused(listener, "late");
    assert!(late["reason"].as_str().is_some_and(|reason| reason.starts_with("It was signed ")), "{late}");
}

/// https://docs.slack.dev/authentication/verifying-requests-from-slack; the question's signature was made with Python's
/// hmac by the same secret.
#[test]
fn slack_s_vectors_and_its_question() {
    const STAMP: (&str, &str) = ("X-Slack-Request-Timestamp", "1531420618");
    let place = Place::new();
    let listener = listen(&place, "slack-events.connector.yaml", "signing_secret", "8f742231b10e8888abcd99yyyzzz85a5");
    let command = Vector {
        headers: &[
            STAMP,
            ("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ],
        body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&\
               channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=\
               https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=\
               398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    };
    assert_eq!(command.whole(&listener, "wide").0, 200);
    listener.next("unknown");
    let question = Vector {
        headers: &[
            STAMP,
            ("X-Slack-Signature", "v0=a4b0256815067c834ff032516f500d487357dcac97850c6ddcd694725fd33eb1"),
            ("Content-Type", "application/json"),
        ],
        body: "{\"type\":\"url_verification\",\"token\":\"Jhj5dZrVaK7ZwHHjRyZWjbDl\",\
               \"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\"}",
    };
    let answer = question.whole(&listener, "wide");
    assert_eq!(answer, (200, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P".to_owned()));
    assert_eq!(listener.next("challenge")["answered"], 200);
    let tampered = question.body.replace("3eZbrw", "4eZbrw");
    let wrong = format!("v0={}", "0".repeat(64));
    forgeries(
        &listener,
        &question,
        &[
            (("", ""), &tampered, "bad_signature"),
            (("X-Slack-Signature", &wrong), "", "bad_signature"),
            (("X-Slack-Request-Timestamp", "1531420619"), "", "bad_signature"),
            (("X-Slack-Signature", ""), "", "missing_header"),
            (("X-Slack-Request-Timestamp", ""), "", "missing_header"),
        ],
    );
}

/// https://github.com/standard-webhooks/standard-webhooks and its libraries' tests
#[test]
fn the_vector_of_standard_webhooks() {
    let place = Place::new();
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let listener = listen(&place, "standard-webhooks.connector.yaml", "webhook_secret", secret);
    let vector = Vector {
        headers: &[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ],
        body: "{\"test\": 2432232314}",
    };
    assert_eq!(vector.whole(&listener, "wide").0, 200);
    assert_eq!(listener.next("unknown")["event_id"], "msg_p5jXN8AQM9LWM0D4loKWxJek");
    assert_eq!(vector.whole(&listener, "wide").0, 200, "a replayed one is acknowledged");
    listener.next("duplicate");
    forgeries(
        &listener,
        &vector,
        &[
            (("", ""), "{\"test\": 2432232315}", "bad_signature"),
            (("webhook-id", "msg_other"), "", "bad_signature"),
            (("webhook-timestamp", "1614265331"), "", "bad_signature"),
            (("webhook-signature", "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), "", "bad_signature_form"),
            (("webhook-signature", ""), "", "missing_header"),
        ],
    );
}

/// https://docs.stripe.com/webhooks/signature; the signature was made with Python's hmac.
#[test]
fn stripe_s_scheme() {
    let place = Place::new();
    let listener = listen(&place, "stripe-webhooks.connector.yaml", "webhook_secret", "whsec_test_secret");
    let right = "4510a517af305c4af71336fca1bf5a47bc5965be6e6bb9dbc5482632fb5a9b6a";
    let signature =
        format!("t=1492774577,v1={right},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39");
    let headers = [("Stripe-Signature", signature.as_str())];
    let vector = Vector {
        headers: &headers,
        body: "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"customer.created\",\"data\":{\"object\":{\"id\":\"cus_1\",\
               \"object\":\"customer\",\"email\":\"jenny@example.com\",\"name\":\"Jenny\",\"created\":1}}}",
    };
    assert_eq!(vector.whole(&listener, "wide").0, 200);
    let done = listener.next("done");
    assert_eq!((&done["event_id"], &done["results"][0]["new"]), (&"evt_1".into(), &1.into()), "{done}");
    let tampered = vector.body.replace("Jenny", "Mallory");
    let moved = format!("t=1492774578,v1={right}");
    let other = format!("t=1492774577,v1={}", "0".repeat(64));
    let old = format!("t=1492774577,v0={right}");
    let bare = format!("v1={right}");
    forgeries(
        &listener,
        &vector,
        &[
            (("", ""), &tampered, "bad_signature"),
            (("Stripe-Signature", &moved), "", "bad_signature"),
            (("Stripe-Signature", &other), "", "bad_signature"),
            (("Stripe-Signature", &old), "", "bad_signature_form"),
            (("Stripe-Signature", &bare), "", "no_timestamp"),
            (("Stripe-Signature", ""), "", "missing_header"),
        ],
    );
}

#[test]
fn a_webhook_without_its_secret_is_warned_of_at_the_start() {
    let place = Place::new();
    let file = place.write("s.connector.yaml", &example("slack-events.connector.yaml"));
    let mut command =
        place.command(&["connect", &file, "--name", "team", "--secret", "signing_secret=env:HOOK_SECRET"]);
    assert!(command.env("HOOK_SECRET", "a-secret-of-slack").output().expect("runs").status.success());
    let warning = |listener: &Listener| listener.first["webhooks"][0]["warning"].clone();
    // There is no keyring here: a listener has the secret only where it is given.
    for command in [&["listen", "--port", "0", "--json"][..], &["serve", "--listen", "0", "--json"]] {
        let listener = Listener::of(&place, command);
        let warned = warning(&listener);
        let says = |text: &str| warned.as_str().is_some_and(|warning| warning.contains(text));
        assert!(says("events of team will be refused until `signing_secret` has a value"), "{}", listener.first);
        assert_eq!(listener.send("POST", "/hooks/team/events", &[], b"{}").0, 503);
    }
    let given = ["listen", "--port", "0", "--json", "--secret", "signing_secret=env:HOOK_SECRET"];
    assert!(warning(&Listener::of(&place, &given)).is_null());
}
