//! The moment that was signed, and how far it may lie from now.

use super::Refusal;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// From here on a number counts milliseconds: as seconds it would be the year 5138.
const MILLISECONDS: i64 = 100_000_000_000;

/// Unix seconds, milliseconds, or RFC 3339.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    match text.parse::<i64>() {
        Ok(number) if number.abs() < MILLISECONDS => Timestamp::from_second(number).ok(),
        Ok(number) => Timestamp::from_millisecond(number).ok(),
        Err(_) => match text.parse::<f64>() {
            Ok(seconds) if seconds.is_finite() => Timestamp::from_millisecond((seconds * 1000.0) as i64).ok(),
            _ => text.parse().ok(),
        },
    }
}

/// Refuses what was signed too long ago, or lies ahead.
pub(super) fn near(signed: Timestamp, now: Timestamp, tolerance: Duration) -> Result<(), Refusal> {
    let apart = now.duration_since(signed);
    let most = SignedDuration::try_from(tolerance).unwrap_or(SignedDuration::MAX);
    if apart.abs() <= most {
        return Ok(());
    }
    let expected = format!("Signed at most {} before or after {now}.", words(most));
    let (code, message) = if apart.is_positive() {
        ("late", format!("It was signed {} ago, at {signed}.", words(apart)))
    } else {
        ("early", format!("It was signed for {} ahead, at {signed}.", words(apart.abs())))
    };
    let hint = " An event that somebody recorded and sends again is late, too; so is everything where one of the two \
                clocks is wrong.";
    Err(Refusal::new(code, 401, message, expected + hint))
}

/// A length of time in the two greatest units.
fn words(length: SignedDuration) -> String {
    let seconds = length.as_secs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    match (days, hours, minutes, seconds % 60) {
        (0, 0, 0, seconds) => format!("{seconds} s"),
        (0, 0, minutes, 0) => format!("{minutes} min"),
        (0, 0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (0, hours, minutes, _) => format!("{hours} h {minutes} min"),
        (days, hours, ..) => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::{near, parse};
    use std::time::Duration;

    #[test]
    fn moments_are_read_in_every_form() {
        let at = "2021-02-25T15:02:10Z".parse().ok();
        for text in ["1614265330", "1614265330000", " 1614265330 ", "2021-02-25T15:02:10Z", "1614265330.0"] {
            assert_eq!(parse(text), at, "{text}");
        }
        for text in ["", "soon", "2021-02-25", "99999999999999999999", "NaN", "-"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn late_and_early_are_told_apart() {
        let at = |second| jiff::Timestamp::from_second(second).unwrap();
        let code = |signed: i64, now: i64| {
            near(at(signed), at(now), Duration::from_secs(300)).map_err(|refusal| refusal.code).err()
        };
        assert_eq!(code(1000, 1300), None);
        assert_eq!(code(1000, 1301).as_deref(), Some("late"));
        assert_eq!(code(1301, 1000).as_deref(), Some("early"));
        assert_eq!(code(1300, 1000), None);
    }
}
