//! A test event: signed by the webhook's own rules, and sent like the sender's.

use super::{ListenOptions, Listening, ask, hooks, own_status, start};
use crate::app::{App, new_id};
use crate::contract::{WebhookTest, WebhookTested};
use definition::{Problem, ProblemKind, Stage};
use engine::webhook::{SampleAsk, WebhookPlan, post};
use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

/// Signs and sends it.
pub(crate) async fn test(app: &App, request: WebhookTest) -> Result<WebhookTested, Problem> {
    let connection = crate::sync::connection(app, &request.id).await?;
    let hook = hooks::get(app, &connection, true).await?;
    let name = request.webhook.clone().or_else(|| hook.plan.webhooks().first().map(|name| (*name).to_owned()));
    let webhook = name.as_deref().and_then(|name| hook.plan.webhook(name)).ok_or_else(|| {
        let names = hook.plan.webhooks().join(", ");
        problem("unknown_webhook", "The connection has no such webhook.".to_owned()).hint(match names.as_str() {
            "" => "Its connector has none: add one to the definition.".to_owned(),
            names => format!("There are: {names}."),
        })
    })?;
    if let Some(name) = hook.lacks(webhook) {
        return Err(problem("no_secret", format!("The secret `config.{name}` has no value here."))
            .hint("Give it to the connection: a test event is signed with it."));
    }
    let ask = sample(webhook, &request)?;
    let signed = hook.plan.test_event(webhook, &ask)?;
    let (url, own) = target(app, &request, &connection.name, webhook.name()).await?;
    let redactor = hook.plan.sender().redactor();
    let mut tested = WebhookTested {
        method: signed.method.as_str().to_owned(),
        url: url.to_string(),
        headers: redactor.headers(&signed.headers),
        body: redactor.text(&String::from_utf8_lossy(&signed.body)),
        status: None,
        answer: None,
    };
    if !request.dry_run {
        let sent = post(signed, url).await;
        if let Some(own) = own {
            own.stop().await;
        }
        let answer = sent.map_err(|problem| redactor.problem(problem))?;
        tested.status = Some(answer.status);
        tested.answer = Some(redactor.text(&answer.body));
    }
    Ok(tested)
}

/// Where it goes, and the listener that was started for it.
async fn target(
    app: &App,
    request: &WebhookTest,
    connection: &str,
    webhook: &str,
) -> Result<(Url, Option<Listening>), Problem> {
    let path = ask::path(connection, webhook);
    let parse = |text: &str| {
        Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or_else(|| {
            problem("bad_url", "The address is no URL.".to_owned()).hint("It begins with http:// or https://.")
        })
    };
    match (&request.url, own_status(app).url) {
        (Some(url), _) => {
            let mut url = parse(url)?;
            // The listener's address alone stands for this webhook's.
            if url.path() == "/" {
                url.set_path(&path);
            }
            Ok((url, None))
        }
        (None, Some(base)) => Ok((parse(&format!("{base}{path}"))?, None)),
        (None, None) if request.dry_run => {
            Ok((parse(&format!("http://{}{path}", ListenOptions::default().addr))?, None))
        }
        (None, None) => {
            let mut options = ListenOptions::default();
            options.addr.set_port(0);
            let own = start(app, options).await?;
            Ok((parse(&format!("{}{path}", own.url()))?, Some(own)))
        }
    }
}

fn sample(webhook: &WebhookPlan, request: &WebhookTest) -> Result<SampleAsk, Problem> {
    let (id, at) = (format!("test_{}", new_id()), Timestamp::now());
    let event = request.event.clone().unwrap_or_default();
    let samples = webhook.samples();
    let found = match &request.sample {
        Some(name) => Some(samples.iter().find(|sample| sample.name == *name).ok_or_else(|| {
            let names: Vec<&str> = samples.iter().map(|sample| sample.name.as_str()).collect();
            problem("unknown_sample", "The webhook has no such sample.".to_owned())
                .hint(format!("There are: {}.", names.join(", ")))
        })?),
        None => samples.first(),
    };
    let mut ask = match found {
        Some(sample) => SampleAsk::of(sample, id, at),
        None => {
            let body: Value = json!({});
            SampleAsk { event: String::new(), headers: Vec::new(), body, verbatim: false, id, at }
        }
    };
    if let Some(payload) = &request.payload {
        (ask.body, ask.verbatim) = (payload.clone(), true);
    }
    if !event.is_empty() {
        ask.event = event;
    }
    Ok(ask)
}

fn problem(code: &str, message: String) -> Problem {
    Problem::new(code, ProblemKind::Config, Stage::Build, message)
}
