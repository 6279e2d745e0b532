//! One try: a request, its redirects followed by hand, and the whole body.

use super::auth::{AuthWire, Generation};
use super::sender::Sender;
use super::transport::{BodyStream, WireRequest};
use super::{OutRequest, Trouble, TroubleKind, body, origin, trouble};
use crate::capture::RequestSnapshot;
use bytes::Bytes;
use definition::model::Method;
use definition::{Problem, ProblemKind, Stage};
use std::time::Duration;
use url::Url;

/// What came back, secrets still in it.
pub(super) struct Raw {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// The body, or its first bytes.
    pub body: Bytes,
    /// What is still to come of it.
    pub rest: Option<BodyStream>,
    pub url: Url,
    /// The last request as sent, masked.
    pub request: RequestSnapshot,
    /// The state of the credentials that were put on the last request, where any were.
    pub credentials: Option<Generation>,
    /// The origin to which a redirect led without the credentials.
    pub left_for: Option<String>,
    /// How long it took when it came, where it is given again.
    pub took: Option<Duration>,
}

/// Why a try gave no answer.
pub(super) enum Failure {
    /// The wire.
    Trouble(Trouble),
    /// A rule of ours.
    Refused(Box<Problem>),
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Box<Problem>> for Failure {
    fn from(problem: Box<Problem>) -> Self {
        Self::Refused(problem)
    }
}

/// A request on its way through redirects.
struct Hop {
    method: Method,
    url: Url,
    headers: Vec<(String, String)>,
    body: Option<Bytes>,
    trusted: bool,
}

/// Sends a request and follows its redirects. Sends, waits and reads; the caller bounds the time. Of a good answer with
/// more than `most` bytes the rest is left unread.
pub(super) async fn exchange(
    sender: &Sender,
    request: &OutRequest,
    via: &AuthWire<'_>,
    most: Option<usize>,
) -> Result<Raw, Failure> {
    let mut hop = first_hop(sender, request)?;
    let mut redirects = 0;
    loop {
        let (wire, generation) = dress(sender, &hop, via).await?;
        let snapshot = sender.snapshot(&wire, request);
        if let Some(recent) = &via.line.watch.recent {
            recent.sent(&snapshot);
        }
        let answer = match trouble::first_byte(sender.transport()?.send(wire), via.line.watch.tries.is_some()).await {
            Err(trouble) if redirects > 0 && trouble.kind == TroubleKind::Tls => {
                let (from, to) = (host(&request.url), host(&hop.url));
                let message = format!(
                    "{from} sends requests on to {}://{to}, and no encrypted connection could be made there.",
                    hop.url.scheme()
                );
                return Err(refuse("tls_failed", message));
            }
            answer => answer?,
        };
        let location = answer.headers.iter().find(|(name, _)| name == "location").map(|(_, value)| value.clone());
        if let (301 | 302 | 303 | 307 | 308, Some(location)) = (answer.status, location) {
            redirects += 1;
            if redirects > sender.redirects() {
                return Err(refuse(
                    "too_many_redirects",
                    format!("{} redirects more than {} times.", host(&hop.url), sender.redirects()),
                ));
            }
            hop = next_hop(sender, request, hop, answer.status, &location)?;
            continue;
        }
        let credentials = generation.filter(|_| sender.has_credentials());
        let left_for = (!hop.trusted && redirects > 0).then(|| host(&hop.url));
        let most = most.filter(|_| (200..300).contains(&answer.status));
        let (body, rest) = body::read_start(answer.body, sender.ceiling(), most).await?;
        let (status, headers, took) = (answer.status, answer.headers, answer.took);
        return Ok(Raw { status, headers, body, rest, url: hop.url, request: snapshot, credentials, left_for, took });
    }
}

/// The first request. To a foreign origin it goes without credentials, or not at all where a secret is part of it.
fn first_hop(sender: &Sender, request: &OutRequest) -> Result<Hop, Failure> {
    let trusted = sender.hosts().allows(&request.url);
    let mut headers = request.headers.clone();
    if !trusted {
        if request.secrets.elsewhere || !request.secrets.query.is_empty() {
            return Err(foreign(&request.url));
        }
        drop_private(&mut headers, request);
    }
    Ok(Hop { method: request.method, url: request.url.clone(), headers, body: request.body.clone(), trusted })
}

fn next_hop(sender: &Sender, request: &OutRequest, hop: Hop, status: u16, location: &str) -> Result<Hop, Failure> {
    let url = hop
        .url
        .join(location)
        .map_err(|_| refuse("bad_redirect", format!("{} redirects to what is no address.", host(&hop.url))))?;
    if hop.url.scheme() == "https" && url.scheme() == "http" {
        let message = format!("{} redirects from https to unencrypted http. That is not followed.", host(&hop.url));
        return Err(refuse("insecure_redirect", message));
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refuse(
            "bad_redirect",
            format!("{} redirects to {}:, which is not http.", host(&hop.url), url.scheme()),
        ));
    }
    if request.writes && request.method != Method::Get && status != 303 {
        may_follow(sender, request, (&hop, &url), status)?;
    }
    let mut next = Hop { url, ..hop };
    if status == 303 || (matches!(status, 301 | 302) && next.method == Method::Post) {
        next.method = Method::Get;
        next.body = None;
        next.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    }
    if origin(&next.url) != origin(&request.url) || !sender.hosts().allows(&next.url) {
        if request.secrets.elsewhere && next.body.is_some() {
            return Err(foreign(&next.url));
        }
        next.trusted = false;
        drop_private(&mut next.headers, request);
    }
    Ok(next)
}

/// A write is not made a read on the way, and what it carries goes to no host that the connector does not name.
fn may_follow(sender: &Sender, request: &OutRequest, (from, to): (&Hop, &Url), status: u16) -> Result<(), Failure> {
    let shown = sender.redactor().url(to);
    if matches!(status, 301 | 302) && request.method == Method::Post {
        let message = format!(
            "{} answered {status} and leads to {shown}. A POST that follows becomes a GET and writes nothing.",
            host(&from.url)
        );
        return Err(refuse("redirected_write", message));
    }
    if !sender.hosts().allows(to) {
        let message = format!(
            "{} leads to {shown}, which is none of the connector's hosts. The write was not sent there.",
            host(&from.url)
        );
        return Err(refuse("redirected_write", message));
    }
    Ok(())
}

/// Drops what may not leave the connector's own hosts.
fn drop_private(headers: &mut Vec<(String, String)>, request: &OutRequest) {
    const ALWAYS: &[&str] = &["authorization", "proxy-authorization", "cookie"];
    headers.retain(|(name, _)| {
        let lower = name.to_ascii_lowercase();
        !ALWAYS.contains(&lower.as_str())
            && !request.secrets.headers.iter().any(|secret| secret.eq_ignore_ascii_case(name))
    });
}

/// The request as it would be sent first, with what stands for credentials that are not at hand, masked. Sends nothing.
pub(crate) fn rehearse(sender: &Sender, request: &OutRequest) -> Result<RequestSnapshot, Box<Problem>> {
    let hop = match first_hop(sender, request) {
        Ok(hop) => hop,
        Err(Failure::Refused(problem)) => return Err(problem),
        Err(Failure::Trouble(_)) => return Ok(RequestSnapshot::default()),
    };
    let mut wire = bare(&hop);
    if hop.trusted {
        sender.rehearse_credentials(&mut wire)?;
    }
    Ok(sender.snapshot(&wire, request))
}

/// Puts the credentials and our own headers on.
async fn dress(sender: &Sender, hop: &Hop, via: &AuthWire<'_>) -> Result<(WireRequest, Option<Generation>), Failure> {
    let mut wire = bare(hop);
    let generation = if hop.trusted { Some(sender.put_credentials(&mut wire, via).await?) } else { None };
    Ok((wire, generation))
}

/// The request with our own headers.
fn bare(hop: &Hop) -> WireRequest {
    let mut wire =
        WireRequest { method: hop.method, url: hop.url.clone(), headers: hop.headers.clone(), body: hop.body.clone() };
    for (name, value) in
        [("Accept", "application/json, */*;q=0.5"), ("User-Agent", concat!("Tapwright/", env!("CARGO_PKG_VERSION")))]
    {
        if !wire.headers.iter().any(|(have, _)| have.eq_ignore_ascii_case(name)) {
            wire.headers.push((name.to_owned(), value.to_owned()));
        }
    }
    wire
}

/// Host and port of a URL, to be shown.
pub(crate) fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or("the server");
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

fn refuse(code: &str, message: String) -> Failure {
    let problem = Problem::new(code, ProblemKind::Server, Stage::Send, message).hint(
        "Check base_url and the path: another host, https, or a slash at the end may be wanted; some send on for a login.",
    );
    Failure::Refused(Box::new(problem))
}

fn foreign(url: &Url) -> Failure {
    let host = host(url);
    let message =
        format!("A request that holds a secret was about to go to {host}, which is none of the connector's hosts.");
    let problem = Problem::new("foreign_host", ProblemKind::Data, Stage::Send, message)
        .hint(format!("Nothing was sent. If you trust it, add {host} to http.hosts."));
    Failure::Refused(Box::new(problem))
}
