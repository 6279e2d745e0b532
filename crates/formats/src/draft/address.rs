//! The URL: read leniently, cut into what all requests share and the stream's own path.

use super::{Making, names, telling, vault};
use definition::{Problem, ProblemKind, Stage};
use url::Url;

/// Reads a URL. Without a scheme https is assumed (http on this machine), which is told.
pub(crate) fn read(text: &str) -> Result<(Url, Option<String>), Problem> {
    let text = text.trim();
    let host = text.split("://").last().unwrap_or(text).split(['/', '?', '#']).next().unwrap_or_default();
    if host.contains(['{', '<', '$', '}']) {
        return Err(bad(text, "its host holds a placeholder"));
    }
    if let Some((scheme, _)) = text.split_once("://") {
        let url: Url = text.parse().map_err(|error: url::ParseError| bad(text, &error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            let problem = format!("Tapwright reads http and https addresses; this one is {}.", shown(scheme));
            return Err(Problem::new("not_http", ProblemKind::Config, Stage::Open, problem)
                .hint("Paste an address that starts with https://."));
        }
        return Ok((url, None));
    }
    let host = text.split(['/', '?', '#']).next().unwrap_or(text);
    let host = host.rsplit('@').next().unwrap_or(host);
    let local = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(':')));
    let scheme = if local { "http" } else { "https" };
    let url = format!("{scheme}://{text}").parse().map_err(|error: url::ParseError| bad(text, &error.to_string()))?;
    Ok((url, Some(format!("The address has no scheme; {scheme}:// was assumed."))))
}

fn shown(scheme: &str) -> String {
    scheme.chars().filter(char::is_ascii_alphanumeric).take(12).collect()
}

fn bad(text: &str, why: &str) -> Problem {
    let host = text.split("://").last().unwrap_or(text).split('/').next().unwrap_or_default();
    let problem =
        Problem::new("bad_url", ProblemKind::Config, Stage::Open, format!("The address can't be read: {why}."));
    if host.contains(['{', '<', '$']) {
        return problem.hint("Put your own value where the address has a placeholder.");
    }
    problem.hint("Paste a whole address, such as https://api.example.com/v1/users.")
}

/// User name and password in a URL.
pub(super) fn user(url: &Url) -> Option<(String, Option<String>)> {
    let decode = |text: &str| {
        let plus = text.replace('+', "%2B");
        let pair = format!("{plus}=");
        url::form_urlencoded::parse(pair.as_bytes()).next().map(|(key, _)| key.into_owned()).unwrap_or_default()
    };
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    Some((decode(url.username()), Some(decode(url.password().unwrap_or_default()))))
}

/// The base URL and the path behind it, both safe as templates, secret segments taken out.
pub(super) fn split(making: &mut Making, url: &Url, segments: &[&str]) -> (String, String) {
    // A base URL can hold no secret: it ends before the first.
    let secret = segments.iter().position(|segment| telling::secret_segment(segment)).unwrap_or(segments.len());
    let at = names::base_length(segments).min(secret);
    let mut base = url.origin().ascii_serialization();
    let mut path = String::new();
    for (index, segment) in segments.iter().enumerate() {
        let text = if telling::secret_segment(segment) {
            let (prefix, key) = if segment.starts_with("bot") { segment.split_at(3) } else { ("", *segment) };
            format!("{prefix}{}", making.vault.secret("api_key", "API key", key).0)
        } else {
            vault::literal(segment)
        };
        let target = if index < at { &mut base } else { &mut path };
        target.push('/');
        target.push_str(&text);
    }
    if url.path().ends_with('/') && !path.ends_with('/') {
        path.push('/');
    }
    if path == "/" { (base, String::new()) } else { (base, path) }
}
