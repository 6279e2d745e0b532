//! Limits kept, and what is learned from headers.

use super::quota::{Quota, asked, quotas};
use super::{AHEAD, Blocked, Pace, Probe, Reason, State, TooLong};
use definition::model::RateLimits;
use jiff::Timestamp;
use proptest::prelude::{ProptestConfig, proptest};
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

const LONGEST: Duration = Duration::from_secs(300);

/// A state in which the first request has been answered.
fn begun() -> State {
    State { probe: Probe::No, ..State::new(None) }
}

fn limits(value: serde_json::Value) -> RateLimits {
    serde_json::from_value(value).unwrap()
}

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A server on a clock of the test's own: `count` requests, `at_once` at a time. Each takes its own time to get there
/// and back. Gives when they came.
fn simulate(
    state: &mut State,
    count: usize,
    at_once: usize,
    mut came: impl FnMut(Duration) -> Vec<Quota>,
) -> Vec<Duration> {
    const STEP: Duration = Duration::from_millis(5);
    let start = Instant::now();
    let (mut at, mut sent, mut arrivals) = (Duration::ZERO, 0, Vec::new());
    // When it comes there, when the answer is here, what the answer says.
    let mut out: Vec<(Duration, Duration, bool, Option<Vec<Quota>>)> = Vec::new();
    while arrivals.len() < count || !out.is_empty() {
        for (arrives, _, _, answer) in &mut out {
            if *arrives <= at && answer.is_none() {
                arrivals.push(at);
                *answer = Some(came(at));
            }
        }
        out.retain_mut(|(_, done, probe, answer)| {
            let over = *done <= at;
            if over {
                state.learn(answer.take().unwrap_or_default(), start + at);
                state.done(*probe, start + at);
            }
            !over
        });
        while sent < count && out.len() < at_once {
            let Ok(probe) = state.enter(start + at) else { break };
            let there = Duration::from_millis(5 + (sent as u64 * 7) % 11 * 10);
            out.push((at + there, at + there + Duration::from_millis(5 + (sent as u64 * 3) % 7 * 10), probe, None));
            sent += 1;
        }
        at += STEP;
        assert!(at < Duration::from_secs(3600), "it stands still: {state:?}");
    }
    arrivals
}

#[test]
fn no_window_ever_holds_more_than_its_limit() {
    let given = limits(json!([{"requests": 5, "per": "1s"}, {"requests": 12, "per": "10s"}]));
    let came = simulate(&mut State::new(Some(&given)), 40, 4, |_| Vec::new());
    for (most, per) in [(5, Duration::from_secs(1)), (12, Duration::from_secs(10))] {
        for (nth, at) in came.iter().enumerate() {
            let within = came[nth..].iter().filter(|other| **other - *at < per).count();
            assert!(within <= most, "{within} requests within {per:?}");
        }
    }
    assert!(came[39] < Duration::from_secs(40), "{:?}", came[39]);
}

#[test]
fn the_first_request_goes_ahead_but_not_for_long() {
    let (mut state, start) = (State::new(None), Instant::now());
    assert_eq!(state.enter(start), Ok(true));
    assert_eq!(state.enter(start), Err(Blocked::Until(start + AHEAD, Reason::Ahead)));
    assert_eq!(state.enter(start + AHEAD), Ok(false));
    let mut state = State::new(None);
    assert_eq!(state.enter(start), Ok(true));
    state.learn(vec![Quota { name: "a".into(), remaining: 1, limit: None, reset: Duration::from_secs(9) }], start);
    state.done(true, start);
    assert_eq!(state.enter(start), Ok(false));
    assert_eq!(state.enter(start), Err(Blocked::Until(start + Duration::from_secs(9), Reason::Learned)));
}

#[test]
fn a_pause_holds_everybody_and_one_goes_ahead() {
    let (mut state, start) = (begun(), Instant::now());
    let at = |seconds| start + Duration::from_secs(seconds);
    assert_eq!(state.enter(start), Ok(false));
    state.hold(Duration::from_secs(30), start);
    state.done(false, start);
    assert_eq!(state.enter(at(29)), Err(Blocked::Until(at(30), Reason::Asked)));
    assert_eq!(state.enter(at(30)), Ok(true));
    assert_eq!(state.enter(at(31)), Err(Blocked::Until(at(33), Reason::Ahead)));
    // It is refused again: the next one goes ahead after the next pause.
    state.hold(Duration::from_secs(10), at(32));
    state.done(true, at(32));
    assert_eq!(state.enter(at(33)), Err(Blocked::Until(at(42), Reason::Asked)));
    assert_eq!(state.enter(at(42)), Ok(true));
    state.done(true, at(43));
    assert_eq!((state.enter(at(43)), state.enter(at(43))), (Ok(false), Ok(false)));
}

#[tokio::test]
async fn a_pause_that_is_too_long_is_told_at_once() {
    let pace = Pace::new(None, 4);
    let turn = pace.turn(LONGEST, |_, _| ()).await.unwrap();
    turn.hold(Duration::from_secs(3600));
    drop(turn);
    let TooLong(wait) = pace.turn(LONGEST, |_, _| ()).await.unwrap_err();
    assert!(wait > Duration::from_secs(3500));
}

#[tokio::test]
async fn a_wait_wakes_when_its_time_has_come_and_a_dropped_one_leaves_its_place() {
    let given = limits(json!({"requests": 1, "per": "80ms"}));
    let pace = Pace::new(Some(&given), 4);
    for _ in 0..2 {
        let turn = pace.turn(LONGEST, |_, _| ()).await.unwrap();
        let dropped = tokio::time::timeout(Duration::from_millis(5), pace.turn(LONGEST, |_, _| ())).await;
        assert!(dropped.is_err());
        drop(turn);
    }
}

/// A server with a fixed window that counts what comes, and tells what is left.
fn fixed_window(limit: u64, window: u64) -> impl FnMut(Duration) -> Vec<Quota> {
    let mut counted = (0, 0);
    move |at| {
        let at = u64::try_from(at.as_millis()).unwrap();
        if counted.0 != at / window {
            counted = (at / window, 0);
        }
        counted.1 += 1;
        assert!(counted.1 <= limit, "{} requests in a window of {limit}, at {at} ms", counted.1);
        let reset = (window - at % window).div_ceil(1000).to_string();
        let (limit, remaining) = (limit.to_string(), (limit - counted.1).to_string());
        let told = [("ratelimit-limit", &*limit), ("ratelimit-remaining", &remaining), ("ratelimit-reset", &reset)];
        quotas(&headers(&told), now())
    }
}

#[test]
fn what_is_learned_is_never_exceeded() {
    for (limit, window, at_once) in [(10, 2000, 4), (4, 5000, 4), (50, 60_000, 16), (100, 10_000, 4)] {
        let mut state = State::new(None);
        let mut server = fixed_window(limit, window);
        let came = simulate(&mut state, 200, at_once, &mut server);
        // The windows are used, not only kept: at most two for the work of one.
        let least = Duration::from_millis(200 / limit * window);
        assert!(came[199] < least * 2 + Duration::from_millis(3 * window), "{limit}: {:?}", came[199]);
    }
}

#[test]
fn other_users_of_the_same_limit_are_reckoned_with() {
    let (mut state, start) = (begun(), Instant::now());
    let quota = |remaining| vec![Quota { name: "a".into(), remaining, limit: None, reset: Duration::from_secs(10) }];
    assert!(state.enter(start).is_ok());
    state.learn(quota(100), start);
    assert!(state.enter(start).is_ok());
    state.learn(quota(1), start);
    // One of the two on their way may be the one that is left.
    assert_eq!(state.enter(start), Err(Blocked::Until(start + Duration::from_secs(10), Reason::Learned)));
}

#[test]
fn a_server_that_tells_no_more_is_not_waited_for() {
    let (mut state, start) = (begun(), Instant::now());
    assert_eq!(state.enter(start), Ok(false));
    state.learn(vec![Quota { name: "a".into(), remaining: 0, limit: None, reset: Duration::from_secs(5) }], start);
    state.done(false, start);
    let late = start + Duration::from_secs(5);
    assert_eq!((state.enter(late), state.enter(late)), (Ok(false), Err(Blocked::Change)));
    state.done(false, late);
    assert_eq!((state.enter(late), state.enter(late)), (Ok(false), Ok(false)));
}

#[test]
fn every_way_of_telling_is_read() {
    let quota = |name: &str, remaining, millis| Quota {
        name: name.into(),
        remaining,
        limit: None,
        reset: Duration::from_millis(millis),
    };
    for (pairs, expected) in [
        (
            &[("ratelimit-limit", "100, 100;w=60"), ("ratelimit-remaining", "7"), ("ratelimit-reset", "30")][..],
            vec![quota("ratelimit  100", 7, 31_000)],
        ),
        (&[("ratelimit", "limit=100, remaining=50, reset=5")], vec![quota("ratelimit", 50, 6_000)]),
        (
            &[
                ("ratelimit", "\"bu,rst\";r=5;t=1, \"daily\";r=900"),
                ("ratelimit-policy", "\"bu,rst\";q=10;w=1, \"daily\";q=1000;w=86400"),
            ],
            vec![quota("ratelimit bu,rst", 5, 2_000), quota("ratelimit daily", 900, 86_401_000)],
        ),
        (
            &[("x-ratelimit-limit", "60"), ("x-ratelimit-remaining", "59"), ("x-ratelimit-reset", "1767225620")],
            vec![quota("x-ratelimit  60", 59, 21_000)],
        ),
        (
            &[
                ("x-ratelimit-remaining", "0"),
                ("x-ratelimit-reset", "1767225600500"),
                ("x-ratelimit-resource", "search"),
            ],
            vec![quota("x-ratelimit search 0", 0, 550)],
        ),
        (&[("x-rate-limit-remaining", "3"), ("x-rate-limit-reset", "12")], vec![quota("x-rate-limit  0", 3, 13_000)]),
        (
            &[("x-ratelimit-remaining", "3"), ("x-ratelimit-reset-after", "1.25")],
            vec![quota("x-ratelimit  0", 3, 1_300)],
        ),
        (
            &[("x-ratelimit-remaining-requests", "3"), ("x-ratelimit-reset-requests", "6m0s")],
            vec![quota("x-ratelimit-requests  0", 3, 360_050)],
        ),
        (
            // The server's clock is a day behind ours.
            &[
                ("x-ratelimit-remaining", "3"),
                ("x-ratelimit-reset", "1767139210"),
                ("date", "Wed, 31 Dec 2025 00:00:00 GMT"),
            ],
            vec![quota("x-ratelimit  0", 3, 11_000)],
        ),
        (&[("x-ratelimit-remaining", "many"), ("x-ratelimit-reset", "1")], vec![]),
        (&[("x-ratelimit-remaining", "5")], vec![]),
    ] {
        let told = quotas(&headers(pairs), now()).into_iter().map(|told| Quota { limit: None, ..told });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{pairs:?}");
    }
}

#[test]
fn a_refusal_says_how_long() {
    for (pairs, expected) in [
        (&[("retry-after", "7"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "30")][..], Some(7)),
        (&[("ratelimit-remaining", "0"), ("ratelimit-reset", "30")], Some(31)),
        (&[("x-ratelimit-reset", "30")], Some(31)),
        (&[("x-other", "30")], None),
    ] {
        assert_eq!(asked(&headers(pairs), now()), expected.map(Duration::from_secs), "{pairs:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn no_header_is_too_odd(a in "[0-9a-z=;,\" .:-]{0,40}", b in "[0-9a-z=;,\" .:-]{0,40}") {
        let pairs = [("ratelimit", a.as_str()), ("ratelimit-policy", &b), ("ratelimit-remaining", &a),
            ("ratelimit-reset", &b), ("retry-after", &a), ("date", &b)];
        let _ = (quotas(&headers(&pairs), now()), asked(&headers(&pairs), now()));
    }
}
