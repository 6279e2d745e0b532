//! What a health check learns from answers beside their bodies: quotas, scopes, the server's clock and certificate.

use super::pace::{Quota, quotas};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Headers in which APIs tell what a token may do.
const SCOPE_HEADERS: &[&str] = &["x-oauth-scopes", "x-granted-scopes", "x-token-scopes", "x-scopes"];
/// Scopes that are told; more would fill the screen.
const SCOPES: usize = 50;

/// Filled by the sender while a check runs.
#[derive(Debug, Default)]
pub(crate) struct Observed(Mutex<Facts>);

/// What was learned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// Answers that came, whatever their status.
    pub answers: u64,
    /// How long the first one took.
    pub first: Option<Duration>,
    /// The last one's status.
    pub status: Option<u16>,
    /// How far the server's clock is ahead of this one.
    pub skew: Option<SignedDuration>,
    /// What is left, by the names of the server's limits; the last that was told.
    pub quotas: Vec<Quota>,
    /// What the credentials may do.
    pub scopes: Vec<String>,
    /// Certificates as they were shown, trusted or not: the name that was asked for, and the certificate as DER.
    pub certificates: Vec<(String, Vec<u8>)>,
}

impl Observed {
    fn with<T>(&self, work: impl FnOnce(&mut Facts) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What was learned so far.
    pub(crate) fn facts(&self) -> Facts {
        self.with(|facts| facts.clone())
    }

    /// Takes an answer of one of the connector's own hosts in. Its headers are masked already.
    pub(crate) fn answer(&self, status: u16, headers: &[(String, String)], took: Duration, now: Timestamp) {
        let told = quotas(headers, now);
        let scopes = headers.iter().filter(|(name, _)| SCOPE_HEADERS.contains(&name.as_str()));
        let scopes: Vec<String> = scopes.flat_map(|(_, value)| words(value)).collect();
        self.with(|facts| {
            facts.answers += 1;
            facts.first.get_or_insert(took);
            facts.status = Some(status);
            facts.skew = skew(headers, now).or(facts.skew);
            for quota in told {
                facts.quotas.retain(|have| have.name != quota.name);
                facts.quotas.push(quota);
            }
            facts.add_scopes(scopes);
        });
    }

    /// Takes the `scope` of a token answer in.
    pub(crate) fn scope(&self, text: &str) {
        self.with(|facts| facts.add_scopes(words(text).collect()));
    }

    /// Takes a certificate in, before it is judged.
    pub(crate) fn certificate(&self, name: &str, der: &[u8]) {
        self.with(|facts| {
            if facts.certificates.len() < 16 && !facts.certificates.iter().any(|(have, _)| have == name) {
                facts.certificates.push((name.to_owned(), der.to_vec()));
            }
        });
    }
}

impl Facts {
    fn add_scopes(&mut self, scopes: Vec<String>) {
        for scope in scopes {
            if self.scopes.len() < SCOPES && !self.scopes.contains(&scope) {
                self.scopes.push(scope);
            }
        }
    }
}

/// Scopes stand between commas or spaces.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text: String = text.chars().filter(|c| !c.is_control()).take(4_000).collect();
    let words: Vec<String> =
        text.split([',', ' ']).filter(|word| !word.is_empty()).map(|word| word.chars().take(200).collect()).collect();
    words.into_iter()
}

/// How far the clock of the answer is ahead. What came out of a cache is as old as it says.
fn skew(headers: &[(String, String)], now: Timestamp) -> Option<SignedDuration> {
    let get = |name: &str| headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.trim());
    let date = jiff::fmt::rfc2822::parse(get("date")?).ok()?.timestamp();
    let age = get("age").and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
    Some(date.duration_since(now) + SignedDuration::from_secs(i64::from(age)))
}

#[cfg(test)]
mod tests {
    use super::{Observed, skew};
    use jiff::{SignedDuration, Timestamp};
    use std::time::Duration;

    fn headers(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_clock_is_read_and_a_cache_does_not_count() {
        let now: Timestamp = "2026-01-01T00:10:00Z".parse().unwrap();
        for (list, seconds) in [
            (&[("date", "Thu, 01 Jan 2026 00:12:00 GMT")][..], Some(120)),
            (&[("date", "Thu, 01 Jan 2026 00:00:00 GMT"), ("age", "600")][..], Some(0)),
            (&[("date", "yesterday")][..], None),
            (&[][..], None),
        ] {
            assert_eq!(skew(&headers(list), now), seconds.map(SignedDuration::from_secs), "{list:?}");
        }
    }

    #[test]
    fn the_last_quota_and_every_scope_are_kept() {
        let observed = Observed::default();
        let now = Timestamp::now();
        for left in ["9", "8"] {
            let list = [
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", left),
                ("x-ratelimit-reset", "30"),
                ("x-oauth-scopes", "repo, user"),
            ];
            observed.answer(200, &headers(&list), Duration::from_millis(3), now);
        }
        observed.scope("read user");
        let facts = observed.facts();
        assert_eq!(
            facts.quotas.iter().map(|quota| (quota.remaining, quota.limit)).collect::<Vec<_>>(),
            [(8, Some(100))]
        );
        assert_eq!(facts.scopes, ["repo", "user", "read"]);
    }
}
