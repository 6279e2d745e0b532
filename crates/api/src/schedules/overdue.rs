//! Whether a schedule's runs happen.

use super::view::rule_of;
use jiff::Timestamp;
use store::Schedule;

/// Seconds that a run may begin late: programs look at the clock every few seconds.
const GRACE: i64 = 120;

/// Runs that were due and did not happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Overdue {
    /// When the first of them was due.
    pub due: Timestamp,
    /// How many.
    pub missed: u32,
    /// The rule, in words.
    pub rule: String,
}

/// Whether runs are overdue. `good`: when the last sync that ended well began; one by hand counts too.
pub(crate) fn overdue(schedule: &Schedule, good: Option<Timestamp>, now: Timestamp) -> Option<Overdue> {
    if schedule.paused {
        return None;
    }
    let (rule, kind) = rule_of(schedule).ok()?;
    let planned = Timestamp::from_microsecond(schedule.next_at).ok()?;
    let due = match good.filter(|good| *good >= planned) {
        Some(good) => rule.next(good)?,
        None => planned,
    };
    if now.duration_since(due).as_secs() <= GRACE {
        return None;
    }
    let (_, more) = rule.after(due, now);
    Some(Overdue { due, missed: more.saturating_add(1), rule: rule.words(&kind) })
}

#[cfg(test)]
mod tests {
    use super::overdue;
    use jiff::Timestamp;
    use store::Schedule;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    fn schedule(rule: &str, next: &str, paused: bool) -> Schedule {
        Schedule {
            connection: "c".into(),
            rule: rule.into(),
            zone: "UTC".into(),
            paused,
            next_at: at(next).as_microsecond(),
            last_at: None,
            last_run: None,
            last_outcome: None,
            last_problem: None,
            failures: 0,
        }
    }

    #[test]
    fn a_run_that_nobody_started_is_overdue() {
        let hourly = serde_json::to_string(&crate::contract::ScheduleRule::Every { minutes: 60 }).expect("json");
        let now = at("2026-01-01T12:30:00Z");
        for (next, good, missed) in [
            ("2026-01-01T13:00:00Z", None, None),
            // A moment late is not overdue: whoever runs it looks every few seconds.
            ("2026-01-01T12:29:00Z", None, None),
            ("2026-01-01T12:00:00Z", None, Some(1)),
            ("2026-01-01T09:00:00Z", None, Some(4)),
            // Synced by hand since: the next is due an hour later.
            ("2026-01-01T09:00:00Z", Some("2026-01-01T12:10:00Z"), None),
            ("2026-01-01T09:00:00Z", Some("2026-01-01T11:10:00Z"), Some(1)),
            ("2026-01-01T09:00:00Z", Some("2026-01-01T08:10:00Z"), Some(4)),
        ] {
            let found = overdue(&schedule(&hourly, next, false), good.map(at), now);
            assert_eq!(found.map(|found| found.missed), missed, "{next} {good:?}");
            assert_eq!(overdue(&schedule(&hourly, next, true), good.map(at), now), None, "paused");
        }
    }
}
