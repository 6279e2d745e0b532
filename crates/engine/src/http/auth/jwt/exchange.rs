//! A signed assertion, exchanged for an access token (RFC 7523).

use super::super::{AuthAnswer, AuthRequest, AuthWire, Making};
use crate::expr::{Compiled, Scope};
use crate::http::{first_words, shown_host};
use bytes::Bytes;
use definition::model::{JwtExchange, Method, Template};
use definition::{Fault, Problem, ProblemKind, Secret, Stage};
use serde_json::Value;
use std::time::Duration;
use url::Url;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Where an assertion is exchanged.
#[derive(Debug)]
pub(super) struct Exchange {
    url: Url,
    /// The URL as written: the audience that the other side compares.
    written: String,
    parameters: Vec<(String, Compiled)>,
    token_field: String,
    lifetime_field: String,
}

impl Exchange {
    pub(super) fn compile(exchange: &JwtExchange, making: &Making<'_>) -> Result<Self, Vec<Fault>> {
        let written = making.render(&exchange.token_url, "exchange.token_url")?.trim().to_owned();
        let url = Url::parse(&written).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let url = url.ok_or_else(|| {
            let message = format!("`{written}` is no URL of a token: it must start with https://.");
            vec![Fault::new("bad_url", making.at("exchange.token_url"), message)]
        })?;
        let compile = |(name, value): (&String, &definition::model::Scalar)| {
            let compiled = making.expressions.compile(&Template(value.as_text())).map_err(|why| {
                vec![Fault::new("bad_template", making.at(&format!("exchange.token_params.{name}")), why)]
            })?;
            Ok((name.clone(), compiled))
        };
        let parameters = exchange.token_params.iter().map(compile).collect::<Result<_, Vec<Fault>>>()?;
        let field = |given: &Option<String>, default: &str| given.clone().unwrap_or_else(|| default.to_owned());
        Ok(Self {
            url,
            written,
            parameters,
            token_field: field(&exchange.access_token_field, "access_token"),
            lifetime_field: field(&exchange.expires_in_field, "expires_in"),
        })
    }

    pub(super) fn token_url(&self) -> &str {
        &self.written
    }

    /// Exchanges the assertion: the token, and how long it lives where that is said.
    pub(super) async fn ask(
        &self,
        assertion: &str,
        via: &AuthWire<'_>,
    ) -> Result<(Secret, Option<Duration>), Box<Problem>> {
        let mut form =
            vec![("grant_type".to_owned(), GRANT.to_owned()), ("assertion".to_owned(), assertion.to_owned())];
        for (name, value) in &self.parameters {
            let text = value.text(via.expressions, &Scope::default()).map_err(|why| {
                let message = format!("The token request can't be made: {name}: {why}.");
                Box::new(Problem::new("bad_request", ProblemKind::Config, Stage::Auth, message))
            })?;
            form.retain(|(have, _)| have != name);
            form.push((name.clone(), text.text));
        }
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = AuthRequest {
            what: "token",
            method: Method::Post,
            url: self.url.clone(),
            headers: vec![("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned())],
            body: Some(Bytes::from(body)),
        };
        via.line.send(&request, |answer| self.read(answer, via)).await
    }

    fn read(&self, answer: &AuthAnswer, via: &AuthWire<'_>) -> Result<(Secret, Option<Duration>), Problem> {
        let value: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        let get = |name: &str| name.split('.').try_fold(&value, |at, key| at.get(key));
        let token = get(&self.token_field).and_then(Value::as_str).filter(|text| !text.is_empty());
        match token {
            Some(token) if (200..300).contains(&answer.status) => {
                via.line.learn(token);
                let lifetime = get(&self.lifetime_field).and_then(seconds);
                Ok((Secret::new(token), lifetime))
            }
            _ => Err(self.refused(answer, &value)),
        }
    }

    fn refused(&self, answer: &AuthAnswer, value: &Value) -> Problem {
        let word = |name: &str| value.get(name).and_then(Value::as_str);
        let said = match (word("error_description"), word("error")) {
            (Some(long), Some(short)) => format!(": {short}: {long}"),
            (Some(only), None) | (None, Some(only)) => format!(": {only}"),
            (None, None) => String::new(),
        };
        let host = shown_host(&self.url);
        let message = format!("{host} gave no access token for the signed assertion (status {}){said}.", answer.status);
        Problem::new("token_refused", ProblemKind::Auth, Stage::Auth, message)
            .hint("Check the key, the claims (iss, sub, aud, scope) and this computer's clock.")
            .detail(first_words(&answer.body))
    }
}

/// Seconds, as a number or as text.
pub(in super::super) fn seconds(value: &Value) -> Option<Duration> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Duration::try_from_secs_f64(number).ok()
}
