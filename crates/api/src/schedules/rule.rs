//! When a rule's runs are due.

use crate::contract::ScheduleRule;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use definition::{Problem, ProblemKind, Stage};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The most minutes between two runs: a year.
const MOST: u32 = 525_600;
/// Failures in a row from which runs of every so many minutes are put further apart.
const PATIENCE: u32 = 3;
/// The longest that failures put the next run off.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// A rule that was read.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    when: When,
    zone: TimeZone,
    zone_name: String,
}

#[derive(Debug, Clone)]
enum When {
    Every(SignedDuration),
    Cron(Box<Cron>),
}

impl Rule {
    /// Reads a rule. Without a zone, the system's.
    pub fn read(rule: &ScheduleRule, zone: Option<&str>) -> Result<Self, Problem> {
        let zone_name = zone.map(str::trim).filter(|zone| !zone.is_empty()).map_or_else(system_zone, str::to_owned);
        let zone = TimeZone::get(&zone_name).map_err(|_| {
            bad("zone", format!("`{zone_name}` is no time zone."))
                .hint("Use a name like Europe/Zurich, America/New_York or UTC.")
        })?;
        let when = match rule {
            ScheduleRule::Every { minutes } if (1..=MOST).contains(minutes) => {
                When::Every(SignedDuration::from_mins(i64::from(*minutes)))
            }
            ScheduleRule::Every { .. } => {
                return Err(bad("rule", "The minutes must be from 1 to 525,600 (a year).".to_owned()));
            }
            ScheduleRule::Cron { expression } => When::Cron(Box::new(cron(expression)?)),
        };
        let read = Self { when, zone, zone_name };
        if read.next(Timestamp::now()).is_none() {
            let problem = bad("rule", "This never comes: no day fits.".to_owned());
            return Err(problem.hint("Look at the day of the month and the month."));
        }
        Ok(read)
    }

    /// The first run after a moment.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        match &self.when {
            When::Every(every) => after.checked_add(*every).ok(),
            When::Cron(cron) => {
                let from = after.to_zoned(self.zone.clone());
                cron.find_next_occurrence(&from, false).ok().map(|next| next.timestamp())
            }
        }
    }

    /// The run after one that was due, in the future; and how many lay between.
    pub fn after(&self, due: Timestamp, now: Timestamp) -> (Option<Timestamp>, u32) {
        match &self.when {
            // In step with the first one: runs that take long do not push the later ones on.
            When::Every(every) => {
                let late = now.duration_since(due).as_secs().max(0);
                let missed = late / every.as_secs().max(1);
                let step = i32::try_from(missed + 1).ok().and_then(|steps| every.checked_mul(steps));
                (step.and_then(|step| due.checked_add(step).ok()), u32::try_from(missed).unwrap_or(u32::MAX))
            }
            When::Cron(_) => {
                let (mut missed, mut at) = (0, due);
                while let Some(next) = self.next(at).filter(|next| *next <= now && missed < 1_000) {
                    (missed, at) = (missed + 1, next);
                }
                (self.next(now), missed)
            }
        }
    }

    /// When the next run is due after so many failures in a row, where they put it off. A cron's runs stay where they are.
    pub fn put_off(&self, now: Timestamp, failures: u32) -> Option<Timestamp> {
        let When::Every(every) = &self.when else { return None };
        let doublings = failures.checked_sub(PATIENCE - 1).filter(|times| *times > 0)?.min(10);
        let wait = every.checked_mul(1_i32 << doublings).unwrap_or(LONGEST).min(LONGEST.max(*every));
        now.checked_add(wait).ok()
    }

    /// Whether a moment can't be the next run's, so that the clock must have been set back.
    pub fn too_far(&self, due: Timestamp, now: Timestamp) -> bool {
        match &self.when {
            When::Every(every) => due.duration_since(now) > (*every).max(LONGEST),
            When::Cron(_) => self.next(now).is_some_and(|next| due > next),
        }
    }

    /// In words.
    pub fn words(&self, rule: &ScheduleRule) -> String {
        match rule {
            ScheduleRule::Every { minutes } => every_words(*minutes),
            ScheduleRule::Cron { expression } => format!("cron {} ({})", expression.trim(), self.zone_name),
        }
    }

    /// The zone's name.
    pub fn zone(&self) -> &str {
        &self.zone_name
    }

    /// A moment in the zone, RFC 3339.
    pub fn shown(&self, at: Timestamp) -> String {
        let at = at.to_zoned(self.zone.clone());
        at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

fn cron(expression: &str) -> Result<Cron, Problem> {
    let hint =
        "Five fields: minute, hour, day of the month, month, day of the week. `0 6 * * 1-5` is 6:00, Monday to Friday.";
    if !expression.trim().starts_with('@') && expression.split_whitespace().count() != 5 {
        return Err(bad("rule", format!("`{}` is no cron expression.", expression.trim())).hint(hint));
    }
    let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
    parser.parse(expression).map_err(|error| {
        let message = format!("`{}` is no cron expression: {error}", expression.trim());
        bad("rule", message).hint(hint)
    })
}

fn bad(field: &str, message: String) -> Problem {
    Problem::new("bad_schedule", ProblemKind::Config, Stage::Plan, message).field(field)
}

/// The system's time zone.
pub(super) fn system_zone() -> String {
    TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}

fn every_words(minutes: u32) -> String {
    match minutes {
        1 => "every minute".to_owned(),
        60 => "every hour".to_owned(),
        1440 => "every day".to_owned(),
        days if days % 1440 == 0 => format!("every {} days", days / 1440),
        hours if hours % 60 == 0 => format!("every {} hours", hours / 60),
        minutes => format!("every {minutes} minutes"),
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;
    use crate::contract::ScheduleRule;
    use jiff::Timestamp;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    fn rule(expression: &str, zone: &str) -> Rule {
        Rule::read(&ScheduleRule::Cron { expression: expression.to_owned() }, Some(zone)).expect("a rule")
    }

    fn upcoming(rule: &Rule, from: &str, count: usize) -> Vec<String> {
        let mut moment = at(from);
        let mut all = Vec::new();
        for _ in 0..count {
            moment = rule.next(moment).expect("a next one");
            all.push(rule.shown(moment));
        }
        all
    }

    #[test]
    fn cron_means_the_hours_of_the_zone() {
        let weekdays = rule("0 6 * * 1-5", "Europe/Zurich");
        // 2026-03-27 is a Friday; the clock goes forward on Sunday the 29th.
        let expected = ["2026-03-27T06:00:00+01:00", "2026-03-30T06:00:00+02:00"];
        assert_eq!(upcoming(&weekdays, "2026-03-26T12:00:00Z", 2), expected);
    }

    #[test]
    fn a_time_that_the_clock_leaves_out_runs_after_it_and_one_that_comes_twice_runs_once() {
        let night = rule("30 2 * * *", "Europe/Zurich");
        let forward = ["2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"];
        assert_eq!(upcoming(&night, "2026-03-28T00:00:00Z", 3), forward);
        let back = ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"];
        assert_eq!(upcoming(&night, "2026-10-24T00:00:00Z", 3), back);
    }

    #[test]
    fn missed_runs_are_counted_and_the_next_is_in_the_future() {
        let every = Rule::read(&ScheduleRule::Every { minutes: 15 }, Some("UTC")).expect("a rule");
        let (next, missed) = every.after(at("2026-01-01T00:00:00Z"), at("2026-01-01T01:07:00Z"));
        assert_eq!((next, missed), (Some(at("2026-01-01T01:15:00Z")), 4));
        let hourly = rule("0 * * * *", "UTC");
        let (next, missed) = hourly.after(at("2026-01-01T00:00:00Z"), at("2026-01-01T03:30:00Z"));
        assert_eq!((next, missed), (Some(at("2026-01-01T04:00:00Z")), 3));
    }

    #[test]
    fn failures_put_runs_off_and_a_clock_that_was_set_back_is_noticed() {
        let every = Rule::read(&ScheduleRule::Every { minutes: 15 }, Some("UTC")).expect("a rule");
        let now = at("2026-01-01T00:00:00Z");
        let waits: Vec<_> = (1..=5).map(|failures| every.put_off(now, failures).map(|at| at.to_string())).collect();
        let told = |text: &str| Some(text.to_owned());
        assert_eq!(
            waits,
            [None, None, told("2026-01-01T00:30:00Z"), told("2026-01-01T01:00:00Z"), told("2026-01-01T02:00:00Z")]
        );
        assert_eq!(every.put_off(now, 4_000), Some(at("2026-01-02T00:00:00Z")));
        assert!(every.too_far(at("2026-01-03T00:00:00Z"), now));
        assert!(!every.too_far(at("2026-01-01T10:00:00Z"), now));
        assert!(rule("0 * * * *", "UTC").too_far(at("2026-01-01T02:00:00Z"), now));
    }

    #[test]
    fn what_is_no_rule_is_refused_with_words() {
        let cases = [
            ("", "UTC"),
            ("* * * *", "UTC"),
            ("0 0 6 * * 1", "UTC"),
            ("61 * * * *", "UTC"),
            ("0 0 30 2 *", "UTC"),
            ("x y z a b", "UTC"),
            ("0 6 * * *", "Mars/Base"),
        ];
        for (expression, zone) in cases {
            let rule = ScheduleRule::Cron { expression: expression.to_owned() };
            let problem = Rule::read(&rule, Some(zone)).expect_err(expression);
            assert_eq!(problem.code, "bad_schedule", "{expression}");
        }
        for minutes in [0, 600_000] {
            assert!(Rule::read(&ScheduleRule::Every { minutes }, None).is_err());
        }
    }
}
