//! Whether a database can be reached, who is signed in, with which rights, and whose clock is right.

use super::report::{HealthCheck, HealthReport, HealthState};
use super::{CONNECT, Checking, SLOW, ms, out_of_time};
use crate::source::database::{DatabaseGreeting, DatabaseServer};
use definition::{Problem, ProblemKind};
use std::time::{Duration, Instant};

/// Seconds that clocks may differ.
const SKEW: i64 = 60;

impl Checking {
    /// The checks of all databases, and why streams can't be read.
    pub(super) async fn databases(&mut self, report: &mut HealthReport) -> Option<&'static str> {
        let servers = match self.plan.database_servers() {
            Ok(servers) => servers,
            Err(problem) => {
                report.push(HealthCheck::failed("reachable", problem));
                return Some("The database's address can't be made.");
            }
        };
        let writes = self.plan.actions.iter().any(|action| action.database().is_some());
        let mut why = None;
        for server in servers {
            let begin = Instant::now();
            let told = self.greeted(server).await;
            let took = begin.elapsed();
            match told {
                Ok(greeting) => {
                    report.identity = report.identity.take().or_else(|| greeting.user.clone());
                    greeted(report, &greeting, took, writes);
                }
                Err(problem) if problem.kind == ProblemKind::Auth => {
                    let detail = "The server answers.";
                    report.push(timed(HealthCheck::new("reachable", HealthState::Pass, detail), took));
                    report.push(HealthCheck::failed("signed_in", problem));
                    why = Some("The credentials are refused; more tries could lock the account.");
                }
                Err(problem) => {
                    report.push(timed(HealthCheck::failed("reachable", problem), took));
                    why = Some("The database can't be reached.");
                }
            }
        }
        why
    }

    async fn greeted(&self, server: DatabaseServer) -> Result<DatabaseGreeting, Problem> {
        let limit = self.left().min(CONNECT * 2);
        let asked = tokio::time::timeout(limit, self.plan.databases()?.ping(server)).await;
        let told = asked.unwrap_or_else(|_| Err(out_of_time("The database's answer", limit)));
        told.map_err(|problem| self.plan.sender.redactor().problem(problem))
    }
}

fn greeted(report: &mut HealthReport, greeting: &DatabaseGreeting, took: Duration, writes: bool) {
    let server = &greeting.server;
    let (state, how) = if took > SLOW { (HealthState::Warn, ", but slowly") } else { (HealthState::Pass, "") };
    let told = format!("{server} answers{how}: {}, {} ms.", greeting.version, ms(took));
    report.push(timed(HealthCheck::new("reachable", state, told), took));
    report.push(match &greeting.user {
        Some(user) => HealthCheck::new("signed_in", HealthState::Pass, format!("Signed in as {user}.")),
        None => HealthCheck::new("signed_in", HealthState::Skipped, "A file has no users."),
    });
    report.push(encrypted(greeting));
    report.push(rights(greeting, writes));
    report.push(clock(greeting));
}

fn encrypted(greeting: &DatabaseGreeting) -> HealthCheck {
    let (state, told) = match (greeting.encrypted, greeting.local) {
        (Some(true), _) => (HealthState::Pass, "The connection is encrypted (TLS)."),
        (Some(false), true) => (HealthState::Pass, "The connection is not encrypted; it does not leave this computer."),
        (Some(false), false) => (
            HealthState::Warn,
            "The connection is not encrypted: the password and all rows can be read on the way. Add `sslmode=require` to \
             the address (`ssl-mode=REQUIRED` for MySQL).",
        ),
        (None, _) => (HealthState::Skipped, "Nothing goes over a network."),
    };
    HealthCheck::new("encrypted", state, told)
}

fn rights(greeting: &DatabaseGreeting, writes: bool) -> HealthCheck {
    let (state, told) = match (greeting.writes, writes) {
        (Some(true), true) => (HealthState::Pass, "The user may write, as the actions need."),
        (Some(true), false) => (
            HealthState::Pass,
            "The user may also write. Nothing here does: a user who may only read would do, and is safer.",
        ),
        (Some(false), false) => (HealthState::Pass, "The user may only read, which is all that is needed."),
        (Some(false), true) => (HealthState::Warn, "The user may write to no table: the actions will be refused."),
        (None, _) => (HealthState::Skipped, "The database does not tell."),
    };
    HealthCheck::new("rights", state, told)
}

fn clock(greeting: &DatabaseGreeting) -> HealthCheck {
    let skipped = |why: &str| HealthCheck::new("clock_skew", HealthState::Skipped, why);
    let Some(clock) = &greeting.clock else { return skipped("The database has no clock of its own.") };
    let Ok(there) = clock.parse::<jiff::Timestamp>() else { return skipped("The database's clock can't be read.") };
    let seconds = there.as_second() - jiff::Timestamp::now().as_second();
    let (state, told) = match seconds.abs() {
        0..=1 => (HealthState::Pass, "Both clocks agree.".to_owned()),
        _ => {
            let where_to = if seconds > 0 { "behind" } else { "ahead of" };
            let far = seconds.abs() > SKEW;
            let told = format!("This computer's clock is {} s {where_to} the database's.", seconds.abs());
            let warning = if far { " A `lookback` keeps rows from being missed." } else { "" };
            (if far { HealthState::Warn } else { HealthState::Pass }, format!("{told}{warning}"))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "seconds for people")]
    HealthCheck::new("clock_skew", state, told).number(seconds as f64, "s")
}

fn timed(check: HealthCheck, took: Duration) -> HealthCheck {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds for people")]
    let number = ms(took) as f64;
    HealthCheck { duration_ms: ms(took), ..check }.number(number, "ms")
}
