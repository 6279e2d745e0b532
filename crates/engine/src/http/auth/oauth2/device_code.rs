//! A code that is typed on another device (RFC 8628).

use super::spec::Spec;
use super::token::{self, Granted, ask, param};
use crate::http::auth::wire::AuthLine;
use crate::http::shown_host;
use definition::{Problem, ProblemKind, Secret, Stage};
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// What the provider gave for a sign-in.
#[derive(Debug)]
pub(crate) struct Device {
    code: Secret,
    /// What the person types.
    pub user_code: String,
    /// Where.
    pub verification_uri: String,
    /// The same with the code in it.
    pub verification_uri_complete: Option<String>,
    /// How long it is good for.
    pub expires_in: Duration,
    interval: Duration,
    deadline: Instant,
}

/// How long codes are good for, where the provider does not say.
const USUAL_LIFE: u64 = 600;
/// How long to wait between questions, where the provider does not say (RFC 8628, 3.2).
const USUAL_INTERVAL: u64 = 5;

/// Asks for a code.
pub(super) async fn begin(spec: &Spec, line: &AuthLine, url: &Url) -> Result<Device, Box<Problem>> {
    let mut params: Vec<_> = spec.scope.as_deref().map(|scope| param("scope", scope)).into_iter().collect();
    params.extend(spec.authorize_params.iter().cloned());
    let request = token::request(spec, "device code", url, &params, false);
    line.send(&request, |answer| {
        let value = token::parse(answer);
        token::learn(&value, line);
        if let Some(problem) = token::refusal(&request, answer, &value) {
            return Err(problem);
        }
        let text = |names: &[&str]| names.iter().find_map(|name| value.get(name)?.as_str()).map(str::to_owned);
        let number = |name: &str, usual: u64| {
            let found =
                value.get(name).and_then(|found| found.as_f64().or_else(|| found.as_str()?.trim().parse().ok()));
            Duration::try_from_secs_f64(found.filter(|found| *found >= 0.0).unwrap_or(usual as f64)).unwrap_or_default()
        };
        let (code, user_code) = (text(&["device_code"]), text(&["user_code"]));
        let place = text(&["verification_uri", "verification_url"]);
        let (Some(code), Some(user_code), Some(verification_uri)) = (code, user_code, place) else {
            return Err(codeless(url, &value));
        };
        let life = number("expires_in", USUAL_LIFE).min(Duration::from_secs(3600));
        Ok(Device {
            code: Secret::new(code),
            user_code,
            verification_uri,
            verification_uri_complete: text(&["verification_uri_complete", "verification_url_complete"]),
            expires_in: life,
            interval: number("interval", USUAL_INTERVAL).clamp(Duration::from_millis(200), Duration::from_secs(60)),
            deadline: Instant::now() + life,
        })
    })
    .await
}

impl Device {
    /// Asks again and again until the person is done, at the pace that the provider wants.
    pub(super) async fn grant(&self, spec: &Spec, line: &AuthLine) -> Result<Granted, Box<Problem>> {
        let mut interval = self.interval;
        loop {
            if Instant::now() + interval > self.deadline {
                return Err(Box::new(expired()));
            }
            tokio::time::sleep(interval).await;
            let params = vec![
                param("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                param("device_code", self.code.open()),
            ];
            match ask(spec, line, params).await {
                Err(problem) if problem.code == "oauth_authorization_pending" => {}
                Err(problem) if problem.code == "oauth_slow_down" => interval += Duration::from_secs(5),
                // A break in the network is waited out (RFC 8628, 3.5).
                Err(problem) if problem.retry => interval = (interval * 2).min(Duration::from_secs(60)),
                Err(problem) if problem.code == "oauth_expired_token" => return Err(Box::new(expired())),
                done => return done,
            }
        }
    }
}

fn expired() -> Problem {
    let message = "Nobody typed the code in time, so it is no longer good.";
    Problem::new("sign_in_expired", ProblemKind::Auth, Stage::Auth, message).hint("Sign in again for a new code.")
}

fn codeless(url: &Url, value: &Value) -> Problem {
    let host = shown_host(url);
    let names = value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default();
    let message = format!("The answer of {host} has no device code.");
    Problem::new("no_device_code", ProblemKind::Data, Stage::Auth, message)
        .hint("Check http.auth.device_url.")
        .detail(format!("The answer has: {names}."))
}
