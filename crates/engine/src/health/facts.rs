//! Checks of what answers say beside their bodies: the clock, the quota, the certificate.

use super::report::{HealthCheck, HealthState};
use crate::http::{Facts, Quota};
use definition::{Problem, ProblemKind, Stage};
use jiff::Timestamp;
use std::time::Duration;

/// Seconds of difference that signatures bear.
const SKEW: i64 = 60;
/// Days before its end at which a certificate is told of.
const EXPIRES: i64 = 30;
/// Below this part of the quota it is told, in hundredths.
const LOW: u64 = 10;

/// Whether both clocks agree.
pub(super) fn clock_skew(facts: &Facts) -> HealthCheck {
    const NAME: &str = "clock_skew";
    let Some(skew) = facts.skew else {
        let why = if facts.answers == 0 { "No answer came." } else { "The API's answers carry no date." };
        return HealthCheck::new(NAME, HealthState::Skipped, why);
    };
    let seconds = skew.as_secs();
    let far = seconds.unsigned_abs() > SKEW.unsigned_abs();
    let told = match seconds {
        -1..=1 => "Both clocks agree.".to_owned(),
        _ => format!(
            "This computer's clock is {} {} the API's.",
            length(seconds.unsigned_abs()),
            if seconds > 0 { "behind" } else { "ahead of" }
        ),
    };
    let told = if far { format!("{told} Signatures and tokens may be refused: set the clock.") } else { told };
    let state = if far { HealthState::Warn } else { HealthState::Pass };
    #[expect(clippy::cast_precision_loss, reason = "seconds for people")]
    HealthCheck::new(NAME, state, told).number(seconds as f64, "s")
}

/// How much of the quota is left.
pub(super) fn rate_limit(facts: &Facts, declared: Option<&str>) -> HealthCheck {
    const NAME: &str = "rate_limit";
    let refused = facts.status == Some(429);
    let Some(worst) = facts.quotas.iter().min_by(|a, b| part(a).total_cmp(&part(b))) else {
        if refused {
            return HealthCheck::failed(NAME, used_up("The API takes no more requests now (429).".to_owned()));
        }
        let declared = declared.map(|words| format!(" The definition allows {words}.")).unwrap_or_default();
        let why =
            if facts.answers == 0 { "No answer came." } else { "The API does not say how many requests are left." };
        return HealthCheck::new(NAME, HealthState::Skipped, format!("{why}{declared}"));
    };
    let of = worst.limit.map(|limit| format!(" of {limit}")).unwrap_or_default();
    let anew = length(worst.reset.saturating_sub(Duration::from_millis(950)).as_secs());
    let told = format!("{}{of} requests are left; the count starts anew in {anew}.", worst.remaining);
    let low = match worst.limit {
        Some(limit) => worst.remaining.saturating_mul(100) < limit.saturating_mul(LOW),
        None => worst.remaining < 10,
    };
    let state = match () {
        () if refused || worst.remaining == 0 => HealthState::Fail,
        () if low => HealthState::Warn,
        () => HealthState::Pass,
    };
    #[expect(clippy::cast_precision_loss, reason = "a count for people")]
    let left = worst.remaining as f64;
    let check = match state {
        HealthState::Fail => HealthCheck::failed(NAME, used_up(told)),
        _ => HealthCheck::new(NAME, state, told),
    };
    check.number(left, "requests")
}

fn used_up(told: String) -> Problem {
    Problem::new("rate_limited", ProblemKind::RateLimit, Stage::Respond, told)
        .hint("Wait until the count starts anew, or set http.rate_limit.")
        .retryable()
}

/// Which part of a quota is left.
#[expect(clippy::cast_precision_loss, reason = "only compared")]
fn part(quota: &Quota) -> f64 {
    let limit = quota.limit.filter(|limit| *limit > 0).unwrap_or(100);
    quota.remaining as f64 / limit as f64
}

/// Whether few requests are left: then a check must not spend them.
pub(super) fn nearly_out(facts: &Facts, wanted: u64) -> Option<u64> {
    let least = facts.quotas.iter().map(|quota| quota.remaining).min()?;
    (least < wanted).then_some(least)
}

/// When the certificate ends.
pub(super) fn certificate(facts: &Facts, host: &str, https: bool, now: Timestamp) -> HealthCheck {
    const NAME: &str = "certificate";
    if !https {
        return HealthCheck::new(NAME, HealthState::Skipped, "The address is http: nothing is encrypted.");
    }
    let host = host.trim_matches(['[', ']']);
    let Some((_, der)) = facts.certificates.iter().find(|(name, _)| name.eq_ignore_ascii_case(host)) else {
        return HealthCheck::new(NAME, HealthState::Skipped, "No certificate was seen.");
    };
    let Ok((_, parsed)) = x509_parser::parse_x509_certificate(der) else {
        return HealthCheck::new(NAME, HealthState::Warn, "The certificate can't be read.");
    };
    let validity = parsed.validity();
    let day =
        |at: i64| Timestamp::from_second(at).map_or_else(|_| "?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string());
    let (from, until) = (validity.not_before.timestamp(), validity.not_after.timestamp());
    let left = until - now.as_second();
    let days = left.div_euclid(86_400);
    let (state, told) = match left {
        _ if from > now.as_second() => (HealthState::Fail, format!("It is not valid before {}.", day(from))),
        ..0 => (HealthState::Fail, format!("It expired on {}.", day(until))),
        _ if days < EXPIRES => (HealthState::Warn, format!("It expires on {}, in {days} days.", day(until))),
        _ => (HealthState::Pass, format!("It is valid until {}, for {days} days.", day(until))),
    };
    #[expect(clippy::cast_precision_loss, reason = "days for people")]
    let days = days as f64;
    let check = match state {
        HealthState::Fail => HealthCheck::failed(NAME, no_good(host, told)),
        _ => HealthCheck::new(NAME, state, told),
    };
    check.number(days, "days")
}

fn no_good(host: &str, told: String) -> Problem {
    let problem = Problem::new("bad_certificate", ProblemKind::Network, Stage::Send, told);
    problem.hint(format!("Whoever runs {host} must renew it. Is this computer's clock right?"))
}

/// Seconds in words.
pub(super) fn length(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::{HealthState, clock_skew, nearly_out, rate_limit};
    use crate::http::{Facts, Quota};
    use jiff::SignedDuration;
    use std::time::Duration;

    fn quota(remaining: u64, limit: Option<u64>) -> Facts {
        let quota = Quota { name: "a".into(), remaining, limit, reset: Duration::from_secs(61) };
        Facts { answers: 1, quotas: vec![quota], ..Facts::default() }
    }

    #[test]
    fn under_a_tenth_warns_and_none_fails() {
        for (facts, state) in [
            (quota(3, Some(100)), HealthState::Warn),
            (quota(9, Some(100)), HealthState::Warn),
            (quota(10, Some(100)), HealthState::Pass),
            (quota(0, Some(100)), HealthState::Fail),
            (quota(4, None), HealthState::Warn),
            (quota(50, None), HealthState::Pass),
            (quota(0, Some(0)), HealthState::Fail),
            (Facts { status: Some(429), ..Facts::default() }, HealthState::Fail),
            (Facts { answers: 1, ..Facts::default() }, HealthState::Skipped),
        ] {
            assert_eq!(rate_limit(&facts, None).state, state, "{facts:?}");
        }
        assert_eq!(
            rate_limit(&quota(3, Some(100)), None).detail,
            "3 of 100 requests are left; the count starts anew in 60 s."
        );
        assert_eq!((nearly_out(&quota(3, None), 3), nearly_out(&quota(3, None), 4)), (None, Some(3)));
    }

    #[test]
    fn a_clock_over_a_minute_off_warns_either_way() {
        for (seconds, state) in [(60, HealthState::Pass), (61, HealthState::Warn), (-61, HealthState::Warn)] {
            let facts = Facts { skew: Some(SignedDuration::from_secs(seconds)), ..Facts::default() };
            assert_eq!(clock_skew(&facts).state, state, "{seconds}");
        }
        let facts = Facts { skew: Some(SignedDuration::from_secs(-7_300)), ..Facts::default() };
        assert!(clock_skew(&facts).detail.starts_with("This computer's clock is 2 h ahead of the API's."));
    }
}
