//! How long to wait before the next try.

use definition::model::Backoff;
use jiff::Timestamp;
use std::time::Duration;

/// The wait before try `next` (from 2), with its part left to chance.
pub(super) fn wait(backoff: &Backoff, next: u32) -> Duration {
    let (initial, max, factor, jitter) = match backoff {
        Backoff::Constant { wait } => return wait.exact().unwrap_or(Duration::from_secs(1)),
        Backoff::Exponential { initial, max, factor, jitter } => (initial, max, factor, jitter),
    };
    let seconds = |given: &Option<definition::model::Duration>, default: f64| {
        given.as_ref().and_then(|text| text.exact().ok()).map_or(default, |exact| exact.as_secs_f64())
    };
    let power = i32::try_from(next.saturating_sub(2)).unwrap_or(i32::MAX);
    let grown = seconds(initial, 1.0) * factor.unwrap_or(2.0).max(1.0).powi(power);
    let capped = grown.min(seconds(max, 30.0));
    let jitter = jitter.unwrap_or(0.3).clamp(0.0, 1.0);
    Duration::from_secs_f64(capped * (1.0 - jitter * fastrand::f64()))
}

/// A `Retry-After` header: seconds, or an HTTP date.
pub(crate) fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    until(moment(text)?, now)
}

/// The `Retry-After` among headers.
pub(crate) fn retry_after_of(headers: &[(String, String)], now: Timestamp) -> Option<Duration> {
    let found = headers.iter().find(|(name, _)| name == "retry-after");
    found.and_then(|(_, value)| retry_after(value, now))
}

/// A header with the moment to wait for: epoch seconds (or milliseconds), RFC 3339, or an HTTP date.
pub(super) fn wait_until(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    let at = match text.parse::<f64>() {
        Ok(number) if number > 1e11 => Timestamp::from_millisecond(number as i64).ok()?,
        Ok(number) => Timestamp::from_second(number as i64).ok()?,
        Err(_) => moment(text)?,
    };
    until(at, now)
}

fn moment(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok().or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()))
}

fn until(at: Timestamp, now: Timestamp) -> Option<Duration> {
    let span = at.duration_since(now);
    Some(Duration::try_from(span).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::{retry_after, wait, wait_until};
    use definition::model::Backoff;
    use std::time::Duration;

    #[test]
    fn headers_are_read_as_seconds_and_as_dates() {
        let now = "2026-01-01T00:00:00Z".parse().unwrap();
        for (text, seconds) in [
            ("7", Some(7.0)),
            ("1.5", Some(1.5)),
            ("Thu, 01 Jan 2026 00:00:20 GMT", Some(20.0)),
            ("Wed, 31 Dec 2025 00:00:00 GMT", Some(0.0)),
            ("soon", None),
            ("-1", None),
        ] {
            assert_eq!(retry_after(text, now).map(|wait| wait.as_secs_f64()), seconds, "{text}");
        }
        assert_eq!(wait_until("1767225630", now), Some(Duration::from_secs(30)));
        assert_eq!(wait_until("1767225630000", now), Some(Duration::from_secs(30)));
    }

    #[test]
    fn waits_grow_to_their_greatest() {
        let backoff = Backoff::Exponential { initial: None, max: Some("5s".into()), factor: None, jitter: Some(0.0) };
        let waits: Vec<u64> = (2..7).map(|next| wait(&backoff, next).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 5, 5]);
    }
}
