//! Schedules as a client sees and sets them.

use super::rule::{Rule, system_zone};
use crate::app::App;
use crate::contract::{
    Id, MaybeSchedule, Nothing, PauseSchedule, RuleView, ScheduleRule, ScheduleView, SetSchedule, TryRule,
};
use crate::sync;
use definition::{Problem, ProblemKind, Stage};
use jiff::Timestamp;
use store::Schedule;

/// How many of the next runs are shown.
const SHOWN: usize = 5;

/// All schedules, the next due first.
pub(crate) async fn list(app: &App, _request: Nothing) -> Result<Vec<ScheduleView>, Problem> {
    let mut views = Vec::new();
    for schedule in app.store().schedules().await? {
        views.push(view(app, &schedule).await?);
    }
    Ok(views)
}

/// A connection's schedule.
pub(crate) async fn get(app: &App, request: Id) -> Result<MaybeSchedule, Problem> {
    let connection = sync::connection(app, &request.id).await?;
    let schedule = match app.store().schedule(&connection.id).await? {
        Some(schedule) => Some(view(app, &schedule).await?),
        None => None,
    };
    Ok(MaybeSchedule { schedule, zone: system_zone() })
}

/// Gives a connection a schedule.
pub(crate) async fn set(app: &App, request: SetSchedule) -> Result<ScheduleView, Problem> {
    let connection = sync::connection(app, &request.connection).await?;
    let rule = Rule::read(&request.rule, request.zone.as_deref())?;
    let next = rule.next(Timestamp::now()).map_or(i64::MAX, Timestamp::as_microsecond);
    let schedule = Schedule {
        connection: connection.id.clone(),
        // The contract's own type: it always serializes.
        rule: serde_json::to_string(&request.rule).unwrap_or_default(),
        zone: rule.zone().to_owned(),
        paused: request.paused,
        next_at: next,
        last_at: None,
        last_run: None,
        last_outcome: None,
        last_problem: None,
        failures: 0,
    };
    app.store().put_schedule(&schedule).await?;
    app.schedules_changed();
    one(app, &connection.id).await
}

/// Pauses a schedule, or lets it go on: from now, runs of the pause are not made up.
pub(crate) async fn pause(app: &App, request: PauseSchedule) -> Result<ScheduleView, Problem> {
    let connection = sync::connection(app, &request.connection).await?;
    let schedule = app.store().schedule(&connection.id).await?.ok_or_else(|| none(&connection.name))?;
    let next = match rule_of(&schedule) {
        Ok((rule, _)) => rule.next(Timestamp::now()).map_or(schedule.next_at, Timestamp::as_microsecond),
        Err(_) => schedule.next_at,
    };
    let next = if schedule.paused == request.paused { schedule.next_at } else { next };
    app.store().pause_schedule(&connection.id, request.paused, next).await?;
    app.schedules_changed();
    one(app, &connection.id).await
}

/// Takes a connection's schedule away.
pub(crate) async fn remove(app: &App, request: Id) -> Result<Nothing, Problem> {
    let connection = sync::connection(app, &request.id).await?;
    if !app.store().delete_schedule(&connection.id).await? {
        return Err(none(&connection.name));
    }
    app.schedules_changed();
    Ok(Nothing {})
}

/// What a rule means, and when it would run.
pub(crate) async fn try_rule(_app: &App, request: TryRule) -> Result<RuleView, Problem> {
    let rule = Rule::read(&request.rule, request.zone.as_deref())?;
    let upcoming = upcoming(&rule, rule.next(Timestamp::now()));
    Ok(RuleView { words: rule.words(&request.rule), zone: rule.zone().to_owned(), upcoming })
}

/// A connection's schedule in words, where it has one.
pub(crate) async fn words_of(app: &App, connection: &str) -> Result<Option<String>, Problem> {
    let Some(schedule) = app.store().schedule(connection).await? else { return Ok(None) };
    let words = rule_of(&schedule).map_or_else(|_| schedule.rule.clone(), |(rule, kind)| rule.words(&kind));
    Ok(Some(if schedule.paused { format!("{words} (paused)") } else { words }))
}

/// When a connection's next run is due, where it has a schedule that is not paused.
pub(crate) async fn next_run(app: &App, connection: &str) -> Result<Option<String>, Problem> {
    let schedule = app.store().schedule(connection).await?.filter(|schedule| !schedule.paused);
    Ok(schedule.and_then(|schedule| Timestamp::from_microsecond(schedule.next_at).ok()).map(|at| at.to_string()))
}

fn none(name: &str) -> Problem {
    let message = format!("{name} has no schedule.");
    Problem::new("no_schedule", ProblemKind::Config, Stage::Store, message).hint("Give it one first.")
}

async fn one(app: &App, connection: &str) -> Result<ScheduleView, Problem> {
    let schedule = app.store().schedule(connection).await?.ok_or_else(|| none(connection))?;
    view(app, &schedule).await
}

/// The rule of a schedule that is kept.
pub(super) fn rule_of(schedule: &Schedule) -> Result<(Rule, ScheduleRule), Problem> {
    let kind: ScheduleRule = serde_json::from_str(&schedule.rule).map_err(|error| {
        Problem::new("bad_schedule", ProblemKind::Storage, Stage::Store, "This schedule was made by a newer Tapwright.")
            .hint("Set it again.")
            .detail(error.to_string())
    })?;
    Ok((Rule::read(&kind, Some(&schedule.zone))?, kind))
}

fn upcoming(rule: &Rule, first: Option<Timestamp>) -> Vec<String> {
    let moments = std::iter::successors(first, |at| rule.next(*at));
    moments.take(SHOWN).map(|at| rule.shown(at)).collect()
}

async fn view(app: &App, schedule: &Schedule) -> Result<ScheduleView, Problem> {
    let (rule, kind) = rule_of(schedule)?;
    let next = Timestamp::from_microsecond(schedule.next_at).ok().filter(|_| !schedule.paused);
    let name = app.store().connection(&schedule.connection).await?.map(|one| one.name).unwrap_or_default();
    let problem = schedule.last_problem.as_ref().and_then(|text| serde_json::from_str::<Problem>(text).ok());
    Ok(ScheduleView {
        connection: schedule.connection.clone(),
        name,
        words: rule.words(&kind),
        zone: schedule.zone.clone(),
        paused: schedule.paused,
        next_at: next.map(|at| rule.shown(at)),
        upcoming: upcoming(&rule, next),
        last_at: schedule.last_at.clone(),
        last_run: schedule.last_run.clone(),
        last_outcome: schedule.last_outcome.clone(),
        last_message: problem.map(|problem| problem.to_string()),
        failures: schedule.failures,
        rule: kind,
    })
}
