//! A signed assertion, exchanged for an access token (RFC 7523).

use super::super::oauth2::{expiry, token};
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
    /// `None`: where it usually is.
    lifetime_field: Option<String>,
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
        Ok(Self {
            url,
            written,
            parameters,
            token_field: exchange.access_token_field.clone().unwrap_or_else(|| "access_token".to_owned()),
            lifetime_field: exchange.expires_in_field.clone(),
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
        via.line.send(&request, |answer| self.read(&request, answer, via)).await
    }

    /// Reads an answer with all that providers do differently: see OAuth's.
    fn read(
        &self,
        request: &AuthRequest,
        answer: &AuthAnswer,
        via: &AuthWire<'_>,
    ) -> Result<(Secret, Option<Duration>), Problem> {
        const HINT: &str = "Check the key, the claims (iss, sub, aud, scope) and this computer's clock.";
        let value = token::parse(answer);
        token::learn(&value, &via.line);
        if let Some(mut problem) = token::refusal(request, answer, &value) {
            problem.hint.get_or_insert_with(|| HINT.to_owned());
            return Err(problem);
        }
        let get = |name: &str| name.split('.').try_fold(&value, |at, key| at.get(key));
        let Some(found) = get(&self.token_field).and_then(Value::as_str).filter(|text| !text.trim().is_empty()) else {
            let message = format!("The answer of {} holds no `{}`.", shown_host(&self.url), self.token_field);
            let problem = Problem::new("no_token", ProblemKind::Auth, Stage::Auth, message).hint(HINT);
            return Err(problem.detail(first_words(&answer.body)));
        };
        via.line.learn(found.trim());
        let end = match &self.lifetime_field {
            Some(name) => get(name),
            None => expiry::USUAL.iter().find_map(|name| value.get(name).filter(|found| !found.is_null())),
        };
        let now = via.line.now();
        let lifetime = end.and_then(|end| expiry::read(end, now)).map(|end| end.duration_since(now));
        Ok((Secret::new(found.trim()), lifetime.and_then(|length| Duration::try_from(length).ok())))
    }
}
