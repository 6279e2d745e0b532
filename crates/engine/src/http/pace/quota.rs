//! What is left, from an answer's headers: `RateLimit` (draft-ietf-httpapi-ratelimit-headers, from its three headers to
//! its structured ones), `X-RateLimit-*` as servers write it, and `Retry-After`.

use crate::http::backoff;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Added to an end that is told in whole seconds: servers round it both ways.
const ROUNDED: Duration = Duration::from_secs(1);
/// Added to any other end, for the way there.
const EXACT: Duration = Duration::from_millis(50);

/// How many requests are left, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quota {
    /// Which of the server's limits.
    pub name: String,
    pub remaining: u64,
    /// Of how many, where the server says so.
    pub limit: Option<u64>,
    /// How long until the count starts anew.
    pub reset: Duration,
}

/// An answer's headers, names in lower case.
type Headers = [(String, String)];

fn get<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.trim())
}

/// All that an answer says is left.
pub(crate) fn quotas(headers: &Headers, now: Timestamp) -> Vec<Quota> {
    if !headers.iter().any(|(name, _)| name.contains("ratelimit") || name.contains("rate-limit")) {
        return Vec::new();
    }
    let mut found = structured(headers);
    for prefix in ["ratelimit", "x-ratelimit", "x-rate-limit"] {
        for suffix in ["", "-requests"] {
            found.extend(separate(headers, prefix, suffix, now));
        }
    }
    found
}

/// How long the server asks to wait after a refusal: `Retry-After`, or the end of what is used up.
pub(crate) fn asked(headers: &Headers, now: Timestamp) -> Option<Duration> {
    if let Some(wait) = get(headers, "retry-after").and_then(|text| backoff::retry_after(text, now)) {
        return Some(wait);
    }
    let used_up = quotas(headers, now).into_iter().filter(|quota| quota.remaining == 0).map(|quota| quota.reset);
    used_up.max().or_else(|| {
        ["ratelimit", "x-ratelimit", "x-rate-limit"].iter().find_map(|prefix| reset_of(headers, prefix, "", now))
    })
}

/// `RateLimit-Limit`, `-Remaining` and `-Reset`, under any of their prefixes.
fn separate(headers: &Headers, prefix: &str, suffix: &str, now: Timestamp) -> Option<Quota> {
    let remaining = number(get(headers, &format!("{prefix}-remaining{suffix}"))?)?;
    let limit = get(headers, &format!("{prefix}-limit{suffix}"));
    let window = limit.and_then(|text| parameter(text, "w")).and_then(seconds);
    let reset = reset_of(headers, prefix, suffix, now).or(window)?;
    let resource = get(headers, &format!("{prefix}-resource")).unwrap_or_default();
    // Servers with several counts tell them apart by their size at least.
    let name = format!("{prefix}{suffix} {resource} {}", limit.and_then(number).unwrap_or_default());
    Some(Quota { name, remaining, limit: limit.and_then(number), reset })
}

fn reset_of(headers: &Headers, prefix: &str, suffix: &str, now: Timestamp) -> Option<Duration> {
    let after = get(headers, &format!("{prefix}-reset-after{suffix}"));
    let text = after.or_else(|| get(headers, &format!("{prefix}-reset{suffix}")))?;
    reset(text, served_at(headers, now))
}

/// The moment by the server's clock, where that goes differently.
fn served_at(headers: &Headers, now: Timestamp) -> Timestamp {
    let date = get(headers, "date").and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
    let Some(date) = date.map(|zoned| zoned.timestamp()) else { return now };
    if date.duration_since(now).abs() > SignedDuration::from_secs(2) { date } else { now }
}

/// How long until an end: seconds from now, epoch seconds or milliseconds, a date, or a length (`6m0s`).
fn reset(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(number) = text.parse::<f64>() {
        if number > 1e9 {
            let margin = if number > 1e11 { EXACT } else { ROUNDED };
            return backoff::wait_until(text, now).map(|wait| wait.saturating_add(margin));
        }
        return seconds(text);
    }
    if let Ok(span) = text.parse::<jiff::Span>() {
        let length = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()?;
        return Duration::try_from(length).ok().map(|length| length.saturating_add(EXACT));
    }
    backoff::wait_until(text, now).map(|wait| wait.saturating_add(ROUNDED))
}

fn seconds(text: &str) -> Option<Duration> {
    let margin = if text.contains('.') { EXACT } else { ROUNDED };
    Duration::try_from_secs_f64(text.trim().parse().ok()?).ok().map(|length| length.saturating_add(margin))
}

/// The number that a text begins with: `100, 100;w=60` is 100.
fn number(text: &str) -> Option<u64> {
    let digits = text.split([',', ';', '.']).next()?.trim();
    digits.parse().ok()
}

/// `RateLimit` with its `RateLimit-Policy`: `"default";r=50;t=30`, or `limit=100, remaining=50, reset=30` before that.
fn structured(headers: &Headers) -> Vec<Quota> {
    let policy = get(headers, "ratelimit-policy").unwrap_or_default();
    let Some(text) = get(headers, "ratelimit") else { return Vec::new() };
    if let (Some(remaining), Some(end)) = (member(text, "remaining"), member(text, "reset")) {
        let quota = number(remaining).zip(seconds(end));
        return quota
            .map(|(remaining, reset)| {
                let limit = member(text, "limit").and_then(number);
                Quota { name: "ratelimit".into(), remaining, limit, reset }
            })
            .into_iter()
            .collect();
    }
    let of_policy = |name: &str, what: &str| {
        items(policy).find(|item| item_name(item) == name).and_then(|item| parameter(item, what))
    };
    items(text)
        .filter_map(|item| {
            let name = item_name(item);
            let remaining = number(parameter(item, "r")?)?;
            let reset = parameter(item, "t").or_else(|| of_policy(name, "w")).and_then(seconds)?;
            let limit = of_policy(name, "q").and_then(number);
            Some(Quota { name: format!("ratelimit {name}"), remaining, limit, reset })
        })
        .collect()
}

/// The items of a structured list. A comma in quotes parts nothing.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
    .map(str::trim)
    .filter(|item| !item.is_empty())
}

fn item_name(item: &str) -> &str {
    item.split(';').next().unwrap_or_default().trim().trim_matches('"')
}

/// A parameter of an item: `w` in `100;w=60`.
fn parameter<'a>(item: &'a str, name: &str) -> Option<&'a str> {
    item.split([';', ',']).skip(1).find_map(|part| member_of(part, name))
}

/// A member of a dictionary: `reset` in `limit=100, reset=30`.
fn member<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split(',').find_map(|part| member_of(part, name))
}

fn member_of<'a>(part: &'a str, name: &str) -> Option<&'a str> {
    let (have, value) = part.split_once('=')?;
    have.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
}
