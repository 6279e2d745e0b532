//! What a sender asks before it sends events.

use super::incoming::Parts;
use super::plan::compile;
use super::signature::same;
use super::verify::value;
use super::{Refusal, Reply};
use crate::expr::{Compiled, Expressions};
use definition::Fault;
use definition::model::{Template, WebhookChallenge};

/// A compiled challenge.
#[derive(Debug)]
pub(super) enum ChallengePlan {
    Body { when: Compiled, answer: Compiled },
    Query { param: String, token: Option<(String, Compiled)>, answer: Option<Compiled> },
    Header { header: String },
}

/// What Slack's `url_verification` looks like, and what it wants.
const WHEN: &str = "{{ payload.type == 'url_verification' }}";
const ANSWER: &str = "{{ payload.challenge }}";

impl ChallengePlan {
    pub fn compile(challenge: &WebhookChallenge, field: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let at = |part: &str| format!("{field}.{part}");
        let or = |given: &Option<Template>, usual: &str, part: &str| {
            compile(given.as_ref().unwrap_or(&Template(usual.to_owned())), &at(part), expressions)
        };
        Ok(match challenge {
            WebhookChallenge::Body { when, answer } => {
                Self::Body { when: or(when, WHEN, "when")?, answer: or(answer, ANSWER, "answer")? }
            }
            WebhookChallenge::Query { param, token_param, token, answer } => {
                let token = match (token_param, token) {
                    (Some(name), Some(token)) => {
                        expressions.redactor().learn_place(name);
                        Some((name.clone(), compile(token, &at("token"), expressions)?))
                    }
                    _ => None,
                };
                let answer = answer.as_ref().map(|answer| compile(answer, &at("answer"), expressions)).transpose()?;
                Self::Query { param: param.clone(), token, answer }
            }
            WebhookChallenge::Header { header } => Self::Header { header: header.clone() },
        })
    }

    /// The token that a question must bring.
    pub fn token(&self) -> Option<&Compiled> {
        if let Self::Query { token: Some((_, token)), .. } = self { Some(token) } else { None }
    }

    /// The answer to a question that is not signed. None: it is no question.
    pub fn before(&self, expressions: &Expressions, parts: &Parts<'_>) -> Result<Option<Reply>, Refusal> {
        let incoming = parts.incoming;
        match self {
            Self::Body { .. } => Ok(None),
            Self::Query { param, token, answer } => {
                let Some(asked) = incoming.param(param) else { return Ok(None) };
                if let Some((name, token)) = token {
                    let expected = format!("The connection's token in the parameter `{name}`.");
                    let right = value(expressions, token)?;
                    let given = incoming.param(name).unwrap_or_default();
                    if !same(given.as_bytes(), right.trim().as_bytes()) {
                        let message = format!("The token in the parameter `{name}` is missing or does not fit.");
                        return Err(Refusal::new("bad_token", 401, message, expected));
                    }
                }
                match answer {
                    None => Ok(Some(text(asked))),
                    Some(answer) => made(answer, expressions, parts).map(Some),
                }
            }
            // An event that carries the header's secret again has a body of its own; the question has none.
            Self::Header { header } => Ok(incoming
                .header(header)
                .map(|asked| Reply { headers: vec![(header.clone(), asked.to_owned())], ..text("") })),
        }
    }

    /// The answer to a question that was verified like an event.
    pub fn after(&self, expressions: &Expressions, parts: &Parts<'_>) -> Result<Option<Reply>, Refusal> {
        let Self::Body { when, answer } = self else { return Ok(None) };
        let scope = parts.scope(|name| when.uses(name));
        // What can't be told (a payload without the member) is no question.
        if !when.is_true(expressions, &scope).unwrap_or(false) {
            return Ok(None);
        }
        made(answer, expressions, parts).map(Some)
    }
}

fn made(answer: &Compiled, expressions: &Expressions, parts: &Parts<'_>) -> Result<Reply, Refusal> {
    let scope = parts.scope(|name| answer.uses(name));
    let rendered = answer.text(expressions, &scope).map_err(|why| {
        let expected = "What the challenge's `answer` names.";
        Refusal::new("bad_challenge", 400, format!("The question can't be answered: {why}."), expected)
    })?;
    Ok(text(&rendered.text))
}

/// An answer that no browser takes for a page.
fn text(body: &str) -> Reply {
    let is_object = body.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok();
    let content_type = if is_object { "application/json" } else { "text/plain; charset=utf-8" };
    Reply { status: 200, body: body.to_owned(), content_type: content_type.to_owned(), headers: Vec::new() }
}
