//! What an answer that is no success means, in words.

use super::Answer;
use super::rules::Seen;
use definition::{Problem, ProblemKind, Stage};
use serde_json::Value;
use std::time::Duration;

/// Characters of a body that are shown.
const SHOWN: usize = 500;
/// Characters of the server's own words that stand in a message.
const WORDS: usize = 200;
/// Bytes of an answer whose words are looked for.
const MOST_READ: usize = 256 * 1024;

/// Whether a status may pass when the request is sent again.
pub(super) fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599)
}

/// An answer that is no success, as a sync would tell it.
pub(crate) fn refusal(answer: &Answer, host: &str, with_credentials: bool) -> Problem {
    let seen = Seen { status: answer.status, headers: &answer.headers, body: &answer.body };
    problem(&seen, host, with_credentials, 1)
}

/// A status that is no success, as a problem. `with_credentials`: whether any were sent.
pub(super) fn problem(seen: &Seen<'_>, host: &str, with_credentials: bool, attempts: u32) -> Problem {
    let status = seen.status;
    let tries = if attempts > 1 { format!(", {attempts} times") } else { String::new() };
    let said = format!("{host} answered {status}{}{tries}", reason(status));
    let make = |code: &str, kind, message: String, hint: &str| {
        Problem::new(code, kind, Stage::Respond, message).hint(hint).detail(first_words(seen.body))
    };
    let page = || title(seen.body).filter(|_| looks_like_html(seen.body));
    let own = words(seen.body).or_else(page).map(|words| format!(" It says: “{words}”")).unwrap_or_default();
    match status {
        401 | 403 => auth_problem(seen, &said, &own, with_credentials).detail(first_words(seen.body)),
        404 | 410 => make(
            "not_found",
            ProblemKind::Config,
            format!("{said}: there is nothing at this address.{own}"),
            "Check the path of the stream and base_url. Some APIs answer so to a request without a key, or by another method.",
        ),
        405 => make(
            "method_rejected",
            ProblemKind::Config,
            format!("{said}: this address is not asked this way.{}{own}", allowed(seen)),
            "Set the method of the stream's request to one that the address takes; searches and GraphQL want POST.",
        ),
        400 | 406 | 409 | 411..=424 => make(
            "request_rejected",
            ProblemKind::Config,
            format!("{said}: it does not take this request.{own}"),
            "Look at the request as sent and at the answer's words.",
        ),
        429 => make(
            "rate_limited",
            ProblemKind::RateLimit,
            format!("{said}: it asks for fewer requests.{own}"),
            "Run it later, or set http.rate_limit.",
        )
        .retryable(),
        500..=599 | 408 | 425 => make(
            "server_error",
            ProblemKind::Server,
            format!("{said}: the fault is the server's own.{own}"),
            "Try again later. If it stays so, the API's status page may tell more.",
        )
        .retryable(),
        _ => make(
            "unexpected_status",
            ProblemKind::Server,
            format!("{said}, which is no success."),
            "Tell what it means by a rule in http.responses.",
        ),
    }
}

fn auth_problem(seen: &Seen<'_>, said: &str, own: &str, with_credentials: bool) -> Problem {
    let challenge = seen.headers.iter().find(|(name, _)| name == "www-authenticate").map(|(_, value)| value);
    let asks = challenge.map(|text| format!(" (WWW-Authenticate: {})", shorten(text, 200))).unwrap_or_default();
    let blocked = seen.status == 403 && challenge.is_none() && looks_like_html(seen.body);
    let (why, hint) = match (with_credentials, seen.status) {
        _ if blocked => (
            "it refused with a web page, which may be a firewall's or the website's and not the API's",
            "Look at what the page says. If the API asks for a key, give it; else check the address.",
        ),
        (false, _) => ("it asks for credentials", "Give the key, the token or the password that the API asks for."),
        (true, 401) => {
            ("it refused the credentials", "Check the key: it may be mistyped, expired, or of another kind.")
        }
        (true, _) => ("the credentials are not enough for this", "Check which rights the key has."),
    };
    Problem::new("auth_rejected", ProblemKind::Auth, Stage::Auth, format!("{said}: {why}{asks}.{own}")).hint(hint)
}

/// The server asks to wait longer than is reasonable.
pub(crate) fn waits_too_long(host: &str, wait: Duration) -> Problem {
    let seconds = wait.as_secs_f64().ceil() as u64;
    let long = match seconds {
        0..120 => format!("{seconds} seconds"),
        120..7200 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    };
    let message = format!("{host} asks to wait {long} before the next request.");
    Problem::new("rate_limited", ProblemKind::RateLimit, Stage::Respond, message)
        .hint(format!("Run it again in {long}; it goes on where it stopped."))
        .retryable()
}

/// Whether an answer is a web page.
pub(crate) fn looks_like_html(body: &[u8]) -> bool {
    let start: Vec<u8> = body.iter().copied().skip_while(u8::is_ascii_whitespace).take(64).collect();
    let start = String::from_utf8_lossy(&start).to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head")
}

/// The problem of a web page where JSON should be.
pub(crate) fn web_page(body: &[u8], host: &str) -> Problem {
    let title = title(body).map(|title| format!(", titled \"{title}\"")).unwrap_or_default();
    let message = format!("{host} answered with what looks like a web page{title}, not with JSON.");
    Problem::new("html_not_json", ProblemKind::Data, Stage::Decode, message)
        .hint("The address may be of the website and not of its API, or a login page stands before it.")
        .detail(first_words(body))
}

/// The methods that a server names for an address.
fn allowed(seen: &Seen<'_>) -> String {
    let allow = seen.headers.iter().find(|(name, _)| name == "allow").map(|(_, value)| shorten(value.trim(), 60));
    allow.filter(|allow| !allow.is_empty()).map(|allow| format!(" It takes {allow}.")).unwrap_or_default()
}

/// The server's own words for what went wrong, where its answer is JSON that has some.
pub(crate) fn words(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    if text.len() > MOST_READ || !text.starts_with(['{', '[', '"']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let value = value.as_array().map_or(Some(&value), |items| items.first())?;
    let found = value.as_str().or_else(|| said(value, 0))?.trim();
    (!found.is_empty()).then(|| shorten(&found.replace(char::is_control, " "), WORDS))
}

/// The same of a refusal that may be anything but a web page: the text of XML, or short plain text.
pub fn refusal_words(body: &[u8]) -> Option<String> {
    if let Some(words) = words(body) {
        return Some(words);
    }
    let text = std::str::from_utf8(body.get(..body.len().min(MOST_READ))?).ok()?.trim();
    if text.is_empty() || looks_like_html(body) || text.starts_with(['{', '[']) {
        return None;
    }
    let plain = if text.starts_with('<') { text_of_xml(text) } else { text.to_owned() };
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!plain.is_empty() && !plain.contains(char::is_control)).then(|| shorten(&plain, WORDS))
}

/// What stands between the tags.
fn text_of_xml(text: &str) -> String {
    let parts = text.split('<').filter_map(|part| part.split_once('>').map(|(_, inner)| inner));
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    let joined = parts.collect::<Vec<_>>().join(" ");
    entities.iter().fold(joined, |text, (entity, sign)| text.replace(entity, sign))
}

fn said(value: &Value, depth: usize) -> Option<&str> {
    const NAMES: [&str; 12] = [
        "message",
        "error_description",
        "detail",
        "error",
        "reason",
        "title",
        "msg",
        "description",
        "errors",
        "fault",
        "faultstring",
        "value",
    ];
    NAMES.iter().filter(|_| depth < 3).find_map(|name| match value.get(name)? {
        Value::String(words) if !words.trim().is_empty() => Some(words.as_str()),
        Value::Array(items) => items.first().and_then(|item| item.as_str().or_else(|| said(item, depth + 1))),
        inner @ Value::Object(_) => said(inner, depth + 1),
        _ => None,
    })
}

pub(crate) fn title(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(64 * 1024)]).into_owned();
    let lower = text.to_ascii_lowercase();
    let open = lower.find("<title")?;
    let start = open + lower[open..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then(|| shorten(&title, 120))
}

/// The first words of a body.
pub(crate) fn first_words(body: &[u8]) -> String {
    if looks_like_html(body) {
        return title(body).map_or_else(|| "a web page".to_owned(), |title| format!("a web page, titled \"{title}\""));
    }
    let text = String::from_utf8_lossy(&body[..body.len().min(SHOWN * 4)]).into_owned();
    shorten(text.trim(), SHOWN)
}

fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn reason(status: u16) -> String {
    reqwest::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .map(|reason| format!(" {reason}"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::refusal_words;

    #[test]
    fn the_servers_own_words_are_found() {
        for (body, words) in [
            (r#"{"errors":[{"message":"Send your token"}]}"#, Some("Send your token")),
            (r#"{"error":{"message":{"lang":"en","value":"Invalid credentials."}}}"#, Some("Invalid credentials.")),
            (r#"{"errors":[{"title":"Missing X-Desk-Token"}]}"#, Some("Missing X-Desk-Token")),
            (r#"{"fault":{"code":"NO","message":"Log in first"}}"#, Some("Log in first")),
            (
                "<?xml version=\"1.0\"?><errors><error code=\"a\">Send Token token=&quot;KEY&quot;</error></errors>",
                Some("Send Token token=\"KEY\""),
            ),
            ("No key, no data.\n", Some("No key, no data.")),
            ("<!doctype html><title>Log in</title>", None),
            (r#"{"ok":false}"#, None),
            ("", None),
        ] {
            assert_eq!(refusal_words(body.as_bytes()).as_deref(), words, "{body}");
        }
    }
}
