//! When a token ends, as providers write it.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// Where answers have it, where the definition does not say.
pub(in crate::http::auth) const USUAL: &[&str] = &["expires_in", "expires_at", "expires", "expires_on"];

/// Greater numbers are a moment (2001 and later), not a length of time (31 years).
const MOMENTS: f64 = 1e9;
/// Greater ones are milliseconds.
const MILLISECONDS: f64 = 1e11;

/// The end: seconds from now as a number or as text, an epoch, or a written moment. What is no length of time or lies
/// behind is none: the token is used until it is refused.
pub(in crate::http::auth) fn read(value: &Value, now: Timestamp) -> Option<Timestamp> {
    let text = value.as_str().map(str::trim);
    if let Some(number) = value.as_f64().or_else(|| text?.parse().ok()) {
        return match number {
            n if !n.is_finite() || n <= 0.0 => None,
            n if n >= MILLISECONDS => Timestamp::from_millisecond(n as i64).ok(),
            n if n >= MOMENTS => Timestamp::from_second(n as i64).ok(),
            n => now.checked_add(SignedDuration::try_from_secs_f64(n).ok()?).ok(),
        }
        .filter(|end| *end > now);
    }
    let text = text?;
    let end = text.parse::<Timestamp>().ok();
    let end = end.or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()));
    // Written without a zone it is taken as UTC.
    let end = end.or_else(|| text.parse::<jiff::civil::DateTime>().ok()?.in_tz("UTC").ok().map(|at| at.timestamp()));
    end.filter(|end| *end > now)
}

/// From when on a token is renewed: a tenth of its life before its end, at most a minute.
pub(super) fn renew_from(obtained: Option<Timestamp>, end: Timestamp) -> Timestamp {
    let life = obtained.map_or(SignedDuration::from_secs(600), |from| from.duration_until(end));
    let ahead = (life / 10).min(SignedDuration::from_secs(60)).max(SignedDuration::ZERO);
    end.checked_sub(ahead).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::{read, renew_from};
    use jiff::Timestamp;
    use serde_json::{Value, json};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn every_spelling_of_an_end_is_read() {
        let now = at("2026-03-01T00:00:00Z");
        let hour = Some(at("2026-03-01T01:00:00Z"));
        for (value, end) in [
            (json!(3600), hour),
            (json!("3600"), hour),
            (json!(3600.0), hour),
            (json!(" 3600 "), hour),
            (json!(1_772_326_800), hour),
            (json!("1772326800"), hour),
            (json!(1_772_326_800_000_i64), hour),
            (json!("2026-03-01T01:00:00Z"), hour),
            (json!("2026-03-01T02:00:00+01:00"), hour),
            (json!("2026-03-01T01:00:00"), hour),
            (json!("Sun, 01 Mar 2026 01:00:00 GMT"), hour),
            (json!(0), None),
            (json!(-1), None),
            (json!("never"), None),
            (json!(1e300), None),
            (json!("2026-02-01T00:00:00Z"), None),
            (Value::Null, None),
            (json!([1]), None),
        ] {
            assert_eq!(read(&value, now), end, "{value}");
        }
    }

    #[test]
    fn a_token_is_renewed_shortly_before_its_end() {
        let (from, end) = (at("2026-03-01T00:00:00Z"), at("2026-03-01T01:00:00Z"));
        assert_eq!(renew_from(Some(from), end), at("2026-03-01T00:59:00Z"));
        assert_eq!(renew_from(Some(from), at("2026-03-01T00:00:50Z")), at("2026-03-01T00:00:45Z"));
        assert_eq!(renew_from(None, end), at("2026-03-01T00:59:00Z"));
        assert_eq!(renew_from(Some(end), from), from);
    }

    proptest::proptest! {
        #[test]
        fn whatever_stands_there_is_a_later_moment_or_none(text in ".{0,40}", number: f64, whole: i64) {
            let now = at("2026-03-01T00:00:00Z");
            for value in [json!(text), json!(number), json!(whole), json!(number.to_string())] {
                let end = read(&value, now);
                proptest::prop_assert!(end.is_none_or(|end| end > now && renew_from(Some(now), end) <= end));
            }
        }
    }
}
