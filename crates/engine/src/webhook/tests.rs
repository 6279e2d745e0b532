//! Published vectors, and every way to be refused.

use super::{Incoming, KeptEvent, SampleAsk, Verdict};
use crate::config::ConfigValues;
use crate::plan::Plan;
use bytes::Bytes;
use definition::model::RouteThen;
use definition::{Document, Secret};
use jiff::Timestamp;
use proptest::prelude::{any, proptest};
use serde_json::json;

const GITHUB: &str = include_str!("../../../../examples/github-webhooks.connector.yaml");
const SLACK: &str = include_str!("../../../../examples/slack-events.connector.yaml");
const STRIPE: &str = include_str!("../../../../examples/stripe-webhooks.connector.yaml");
const STANDARD: &str = include_str!("../../../../examples/standard-webhooks.connector.yaml");

fn plan(text: &str, secrets: &[(&str, &str)]) -> Plan {
    let definition = Document::parse(text).unwrap_or_else(|faults| panic!("{faults:#?}")).definition().clone();
    let secrets = secrets.iter().map(|(name, value)| ((*name).to_owned(), Secret::new(*value))).collect();
    let config = ConfigValues { secrets, ..ConfigValues::default() };
    Plan::compile(&definition, &config).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn incoming(headers: &[(&str, &str)], body: impl Into<Bytes>, at: i64) -> Incoming {
    let headers = headers.iter().map(|(name, value)| (name.to_lowercase(), (*value).to_owned())).collect();
    let at = Timestamp::from_second(at).unwrap();
    Incoming { method: "POST".to_owned(), query: Vec::new(), headers, body: body.into(), at }
}

fn judge(plan: &Plan, incoming: &Incoming) -> Verdict {
    let webhook = plan.webhook(plan.webhooks()[0]).unwrap();
    plan.receive(webhook, incoming)
}

/// The refusal's code; empty for an event.
fn code(plan: &Plan, incoming: &Incoming) -> String {
    match judge(plan, incoming) {
        Verdict::Refused(refusal) => refusal.code,
        Verdict::Event(_) => String::new(),
        Verdict::Challenge(reply) => format!("asked: {}", reply.body),
    }
}

fn event(plan: &Plan, incoming: &Incoming) -> super::Event {
    match judge(plan, incoming) {
        Verdict::Event(event) => event,
        other => panic!("{other:?}"),
    }
}

/// https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
#[test]
fn github_s_example_is_taken_and_its_forgeries_are_not() {
    let plan = plan(GITHUB, &[("webhook_secret", "It's a Secret to Everybody")]);
    let right = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let with = |signature: &str, body: &'static str| {
        incoming(
            &[("X-Hub-Signature-256", signature), ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "d1")],
            body,
            0,
        )
    };
    let taken = event(&plan, &with(right, "Hello, World!"));
    assert_eq!((taken.id.as_str(), taken.name.as_str(), taken.has_id), ("d1", "push.", true));
    for (signature, body, expected) in [
        (right.to_uppercase().replace("SHA256=", "sha256="), "Hello, World!", ""),
        (right.to_owned(), "Hello, World?", "bad_signature"),
        (right.to_owned(), "Hello, World!\n", "bad_signature"),
        (right.to_owned(), "", "bad_signature"),
        (right.replace("757107", "757108"), "Hello, World!", "bad_signature"),
        (right.replace("sha256=", "sha1="), "Hello, World!", "bad_signature_form"),
        (right.replace("3e17", ""), "Hello, World!", "bad_signature_form"),
        ("sha256=".to_owned(), "Hello, World!", "bad_signature_form"),
        ("sha256=xyz".to_owned(), "Hello, World!", "bad_signature_form"),
        (String::new(), "Hello, World!", "bad_signature_form"),
    ] {
        assert_eq!(code(&plan, &with(&signature, body)), expected, "{signature} {body}");
    }
    assert_eq!(code(&plan, &incoming(&[], "Hello, World!", 0)), "missing_header");
    let by_get = Incoming { method: "GET".to_owned(), ..with(right, "Hello, World!") };
    assert_eq!(code(&plan, &by_get), "wrong_method");
    assert_eq!(
        code(&self::plan(GITHUB, &[("webhook_secret", "another")]), &with(right, "Hello, World!")),
        "bad_signature"
    );
}

const SLACK_BODY: &str = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

/// https://docs.slack.dev/authentication/verifying-requests-from-slack
#[test]
fn slack_s_example_counts_for_five_minutes() {
    let plan = plan(SLACK, &[("signing_secret", "8f742231b10e8888abcd99yyyzzz85a5")]);
    let right = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    let with = |at: i64, stamp: &str, signature: &str| {
        let headers = [
            ("X-Slack-Signature", signature),
            ("X-Slack-Request-Timestamp", stamp),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        incoming(&headers, SLACK_BODY, at)
    };
    let at = 1_531_420_618;
    let taken = event(&plan, &with(at, "1531420618", right));
    assert_eq!((taken.signed_at, taken.has_id), (Timestamp::from_second(at).ok(), false));
    assert!(taken.id.starts_with("sha256:"), "{}", taken.id);
    for (now, stamp, expected) in [
        (at + 300, "1531420618", ""),
        (at + 301, "1531420618", "late"),
        (at - 301, "1531420618", "early"),
        (at, "1531420619", "bad_signature"),
        (at, "", "missing_header"),
    ] {
        assert_eq!(code(&plan, &with(now, stamp, right)), expected, "{now} {stamp}");
    }
}

#[test]
fn a_question_is_answered_only_when_it_is_signed() {
    let plan = plan(SLACK, &[("signing_secret", "s3cret-of-slack")]);
    let webhook = plan.webhook("events").unwrap();
    let at = Timestamp::from_second(1_700_000_000).unwrap();
    let ask = SampleAsk::of(&webhook.samples()[1], "x".to_owned(), at);
    let signed = plan.test_event(webhook, &ask).unwrap();
    let mut asked =
        Incoming { method: "POST".to_owned(), query: vec![], headers: signed.headers, body: signed.body, at };
    assert_eq!(code(&plan, &asked), "asked: 3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P");
    asked.headers.retain(|(name, _)| name != "x-slack-signature");
    assert_eq!(code(&plan, &asked), "missing_header");
}

/// https://github.com/standard-webhooks/standard-webhooks and its libraries' tests
#[test]
fn the_vector_of_standard_webhooks_is_taken() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let body = r#"{"test": 2432232314}"#;
    let at = 1_614_265_330;
    let with = |signature: &str, now: i64| {
        let headers = [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", signature),
        ];
        incoming(&headers, body, now)
    };
    let now = plan(STANDARD, &[("webhook_secret", secret)]);
    let taken = event(&now, &with(right, at));
    assert_eq!((taken.id.as_str(), taken.has_id), ("msg_p5jXN8AQM9LWM0D4loKWxJek", true));
    let other = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    let asymmetric = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
    for (signature, expected) in [
        (format!("{other} {right} {asymmetric}"), ""),
        (format!("{asymmetric} {right}"), ""),
        (other.to_owned(), "bad_signature"),
        (asymmetric.to_owned(), "bad_signature_form"),
        (right.replace("v1,", "v2,"), "bad_signature_form"),
        (String::new(), "bad_signature_form"),
    ] {
        assert_eq!(code(&now, &with(&signature, at)), expected, "{signature}");
    }
    assert_eq!(code(&now, &with(right, at + 301)), "late");
    // While the sender changes its secret, both count; without the text before it, too.
    let new = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    assert_eq!(code(&plan(STANDARD, &[("webhook_secret", new), ("old_webhook_secret", secret)]), &with(right, at)), "");
    assert_eq!(code(&plan(STANDARD, &[("webhook_secret", &secret[6..])]), &with(right, at)), "");
    assert_eq!(code(&plan(STANDARD, &[("webhook_secret", "whsec_!")]), &with(right, at)), "bad_secret");
}

/// https://docs.stripe.com/webhooks/signature: `t=…,v1=…,v0=…`, the signed content `TIMESTAMP.BODY`. The signature was
/// made with openssl.
#[test]
fn stripe_s_scheme_is_taken() {
    let plan = plan(STRIPE, &[("webhook_secret", "whsec_test_secret")]);
    let body = r#"{"id":"evt_1","object":"event","type":"customer.created"}"#;
    let webhook = plan.webhook("events").unwrap();
    let at = Timestamp::from_second(1_492_774_577).unwrap();
    let ask = SampleAsk {
        event: String::new(),
        headers: Vec::new(),
        body: json!(body),
        verbatim: true,
        id: String::new(),
        at,
    };
    let signed = plan.test_event(webhook, &ask).unwrap();
    let header = &signed.headers.iter().find(|(name, _)| name == "stripe-signature").unwrap().1;
    let signature = header.strip_prefix("t=1492774577,v1=").unwrap();
    let with = |header: &str, now: i64| incoming(&[("Stripe-Signature", header)], body, now);
    for (header, now, expected) in [
        (
            format!("t=1492774577,v1={signature},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39"),
            0,
            "",
        ),
        (format!("t=1492774577,v1={},v1={signature}", "0".repeat(64)), 300, ""),
        (format!("t=1492774577,v1={signature}"), 301, "late"),
        (format!("t=1492774578,v1={signature}"), 0, "bad_signature"),
        (format!("v1={signature}"), 0, "no_timestamp"),
        (format!("t=soon,v1={signature}"), 0, "bad_signature"),
        (format!("t=1492774577,v0={signature}"), 0, "bad_signature_form"),
    ] {
        assert_eq!(code(&plan, &with(&header, 1_492_774_577 + now)), expected, "{header}");
    }
    let taken = event(&plan, &with(header, 1_492_774_577));
    assert_eq!((taken.id.as_str(), taken.name.as_str()), ("evt_1", "customer.created"));
}

fn small(webhook: &str) -> String {
    format!(
        "tapwright: 1\nname: small\nconfig:\n  - {{name: token, type: secret}}\nhttp: {{base_url: \"https://a.test\"}}\nstreams:\n  \
         - name: items\n    request: {{path: /items}}\n    key: [id]\n    fields: [{{name: id, type: integer}}, {{name: name}}]\n\
         webhooks:\n  - {webhook}\n"
    )
}

#[test]
fn tokens_passwords_and_questions_of_other_vendors() {
    let token = plan(
        &small("{name: a, verify: {type: token, header: X-Gitlab-Token, value: \"{{ config.token }}\"}}"),
        &[("token", "sesame")],
    );
    for (given, expected) in [("sesame", ""), ("sesam", "bad_token"), ("Sesame", "bad_token"), ("", "bad_token")] {
        assert_eq!(code(&token, &incoming(&[("X-Gitlab-Token", given)], "{}", 0)), expected, "{given}");
    }
    assert_eq!(code(&token, &incoming(&[], "{}", 0)), "missing_header");
    let text = small("{name: a, verify: {type: basic, username: me, password: \"{{ config.token }}\"}}");
    let basic = plan(&text, &[("token", "sesame")]);
    for (given, expected) in [
        ("Basic bWU6c2VzYW1l", ""),
        ("basic bWU6c2VzYW1l", ""),
        ("Bearer bWU6c2VzYW1l", "bad_token"),
        ("Basic !", "bad_token"),
    ] {
        assert_eq!(code(&basic, &incoming(&[("Authorization", given)], "{}", 0)), expected, "{given}");
    }
    assert_eq!(code(&plan(&text, &[]), &incoming(&[("Authorization", "Basic bWU6")], "{}", 0)), "no_secret");
    let meta = "{name: a, challenge: {type: query, param: hub.challenge, token_param: hub.verify_token, token: \"{{ config.token }}\"}}";
    let meta = plan(&small(meta), &[("token", "sesame")]);
    let asked = |method: &str, query: &[(&str, &str)]| Incoming {
        method: method.to_owned(),
        query: query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..incoming(&[], "", 0)
    };
    assert_eq!(
        code(&meta, &asked("GET", &[("hub.challenge", "1158201444"), ("hub.verify_token", "sesame")])),
        "asked: 1158201444"
    );
    assert_eq!(code(&meta, &asked("GET", &[("hub.challenge", "1158201444"), ("hub.verify_token", "x")])), "bad_token");
    assert_eq!(code(&meta, &asked("GET", &[])), "wrong_method");
    let graph = plan(&small("{name: a, challenge: {type: query, param: validationToken}}"), &[]);
    assert_eq!(code(&graph, &asked("POST", &[("validationToken", "<b>1</b>")])), "asked: <b>1</b>");
    let asana = plan(&small("{name: a, challenge: {type: header, header: X-Hook-Secret}}"), &[]);
    let Verdict::Challenge(reply) = judge(&asana, &incoming(&[("X-Hook-Secret", "abc")], "", 0)) else {
        panic!("no answer")
    };
    assert_eq!(reply.headers, [("X-Hook-Secret".to_owned(), "abc".to_owned())]);
}

#[test]
fn an_event_becomes_records_of_its_streams() {
    let plan = plan(GITHUB, &[("webhook_secret", "s")]);
    let kept = |name: &str, body: &str| KeptEvent { name: name.to_owned(), request: incoming(&[], body.to_owned(), 0) };
    let issue = r#"{"action":"opened","issue":{"id":12345678901234567890123,"number":1,"title":"é"}}"#;
    let fine = r#"{"action":"opened","issue":{"id":7,"number":1,"title":"é"}}"#;
    let mapped = plan.map_event("events", &kept("issues.opened", fine)).unwrap();
    assert_eq!((mapped.len(), mapped[0].batch.len(), mapped[0].then), (1, 1, RouteThen::Store));
    let gone = plan.map_event("events", &kept("issues.deleted", fine)).unwrap();
    assert_eq!((gone.len(), gone[0].then), (1, RouteThen::Delete), "of the routes to a stream the first counts");
    assert!(plan.map_event("events", &kept("ping.", "{}")).unwrap().is_empty());
    for (body, code) in [("", "bad_body"), ("<x/>", "not_json"), ("{}", "no_records_path"), (issue, "key_missing")] {
        let problem = plan.map_event("events", &kept("issues.opened", body)).unwrap_err();
        assert_eq!(problem.code, code, "{body}: {problem:?}");
    }
}

#[test]
fn forms_are_payloads_too() {
    for (kind, body, expected) in [
        ("application/x-www-form-urlencoded", "a=1&b=x+y&a=2", Some(r#"{"a":["1","2"],"b":"x y"}"#)),
        ("application/x-www-form-urlencoded; charset=utf-8", "payload=%7B%22a%22%3A1%7D", Some(r#"{"a":1}"#)),
        ("application/x-www-form-urlencoded", "payload=text", Some(r#"{"payload":"text"}"#)),
        ("application/json", "{\"a\": 1.10}", Some("{\"a\": 1.10}")),
        ("application/json", " ", None),
    ] {
        assert_eq!(super::payload_of(body.as_bytes(), Some(kind)).as_deref(), expected, "{body}");
    }
    assert_eq!(super::payload_of(b"\xff\xfe", None), None);
}

#[test]
fn what_is_refused_holds_no_secret_and_no_right_signature() {
    let plan = plan(GITHUB, &[("webhook_secret", "It's a Secret to Everybody")]);
    let wrong = format!("sha256={}", "0".repeat(64));
    let Verdict::Refused(refusal) = judge(&plan, &incoming(&[("X-Hub-Signature-256", &wrong)], "Hello, World!", 0))
    else {
        panic!("taken")
    };
    let text = format!("{refusal:?} {}", refusal.short());
    assert!(!text.contains("Secret to Everybody") && !text.contains("757107ea"), "{text}");
    assert!(refusal.expected.contains("config.webhook_secret") && refusal.expected.contains("raw body"), "{text}");
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// Whatever the bytes: what is signed is taken, and one bit more is not.
    #[test]
    fn what_is_signed_is_taken_and_what_is_changed_is_not(body in any::<Vec<u8>>(), at in 0_usize..4096, bit in 0_u8..8) {
        for (text, secret) in [(GITHUB, "webhook_secret"), (SLACK, "signing_secret"), (STRIPE, "webhook_secret"), (STANDARD, "webhook_secret")] {
            let value = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
            let plan = plan(text, &[(secret, value)]);
            let webhook = plan.webhook("events").unwrap();
            let now = Timestamp::from_second(1_700_000_000).unwrap();
            let ask = SampleAsk { event: "x".into(), headers: vec![], body: json!(""), verbatim: true, id: "msg_1".into(), at: now };
            let mut signed = plan.test_event(webhook, &ask).unwrap();
            // The body is any bytes: signed here as the sample's would be.
            signed.body = Bytes::from(body.clone());
            let again = super::sample::resign(&plan, webhook, &signed, now).unwrap();
            let mut request = Incoming { method: "POST".into(), query: vec![], headers: again.headers, body: again.body, at: now };
            assert!(matches!(judge(&plan, &request), Verdict::Event(_)), "{:?}", judge(&plan, &request));
            let mut changed = body.clone();
            if changed.is_empty() { changed.push(0) } else { let at = at % changed.len(); changed[at] ^= 1 << bit; }
            request.body = Bytes::from(changed);
            assert_eq!(code(&plan, &request), "bad_signature");
        }
    }

    #[test]
    fn no_header_makes_it_panic(header in "\\PC{0,60}", stamp in "\\PC{0,20}") {
        for (text, secret) in [(SLACK, "signing_secret"), (STRIPE, "webhook_secret"), (STANDARD, "webhook_secret")] {
            let plan = plan(text, &[(secret, "whsec_aaaa")]);
            let headers = [("X-Slack-Signature", header.as_str()), ("Stripe-Signature", &header), ("webhook-signature", &header),
                ("X-Slack-Request-Timestamp", &stamp), ("webhook-timestamp", &stamp), ("webhook-id", &stamp)];
            assert!(!code(&plan, &incoming(&headers, "{}", 0)).is_empty());
        }
    }
}
