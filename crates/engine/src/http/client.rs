//! The transport over reqwest: rustls, the system's trust store and proxies, one pool of connections.

use super::network::{ProxyChoice, network};
use super::resolver::{GuardedResolver, REFUSED, is_forbidden};
use super::tls;
use super::transport::{Transport, WireAnswer, WireRequest};
use super::{Observed, Trouble, TroubleKind};
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt};
use reqwest::redirect::Policy;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

/// How long making a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The real transport.
#[derive(Debug, Clone)]
pub(crate) struct HttpClient(reqwest::Client);

impl HttpClient {
    /// A client with its own pool. `observed` is shown the servers' certificates.
    pub(crate) fn new(observed: Option<Arc<Observed>>) -> Result<Self, Trouble> {
        let tls = tls::config(observed).map_err(|error| Trouble::new(TroubleKind::Tls, error.to_string()))?;
        let builder = match network().proxy {
            ProxyChoice::System => reqwest::Client::builder(),
            ProxyChoice::None => reqwest::Client::builder().no_proxy(),
            ProxyChoice::At(address) => {
                let proxy = reqwest::Proxy::all(&address)
                    .map_err(|error| Trouble::new(TroubleKind::Other, error.without_url().to_string()))?;
                // What is on this machine is never reached through a proxy.
                let here = reqwest::NoProxy::from_string("localhost,127.0.0.0/8,::1");
                reqwest::Client::builder().proxy(proxy.no_proxy(here))
            }
        };
        builder
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(concat!("Tapwright/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::new(GuardedResolver))
            .retry(reqwest::retry::never())
            .build()
            .map(Self)
            .map_err(|error| Trouble::new(TroubleKind::Other, error.without_url().to_string()))
    }
}

impl Transport for HttpClient {
    fn send(&self, request: WireRequest) -> BoxFuture<'_, Result<WireAnswer, Trouble>> {
        async move {
            let literal = match request.url.host() {
                Some(url::Host::Ipv4(address)) => is_forbidden(address.into()),
                Some(url::Host::Ipv6(address)) => is_forbidden(address.into()),
                _ => false,
            };
            if literal {
                return Err(Trouble::new(TroubleKind::Forbidden, REFUSED));
            }
            let answer = self.0.execute(to_reqwest(request)?).await.map_err(trouble)?;
            let status = answer.status().as_u16();
            let headers = answer
                .headers()
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect();
            let body = answer.bytes_stream().map(|chunk| chunk.map_err(body_trouble)).boxed();
            Ok(WireAnswer { status, headers, body, took: None })
        }
        .boxed()
    }
}

fn to_reqwest(request: WireRequest) -> Result<reqwest::Request, Trouble> {
    let unsendable = |what: &str| Trouble::new(TroubleKind::Unsendable, what.to_owned());
    let method = reqwest::Method::from_bytes(request.method.as_str().as_bytes()).map_err(|_| unsendable("method"))?;
    let mut out = reqwest::Request::new(method, request.url);
    for (name, value) in request.headers {
        let header = reqwest::header::HeaderName::from_bytes(name.as_bytes()).map_err(|_| unsendable("header name"))?;
        let value = reqwest::header::HeaderValue::from_str(&value).map_err(|_| unsendable("header value"))?;
        out.headers_mut().insert(header, value);
    }
    *out.body_mut() = request.body.map(reqwest::Body::from);
    Ok(out)
}

/// What went wrong while the body came.
fn body_trouble(error: reqwest::Error) -> Trouble {
    let found = trouble(error);
    match found.kind {
        TroubleKind::Timeout => found,
        _ => Trouble::new(TroubleKind::BodyCut, found.detail),
    }
}

/// Tells the library's errors apart.
fn trouble(error: reqwest::Error) -> Trouble {
    let (timeout, dns, connect) = (error.is_timeout(), error.is_dns(), error.is_connect());
    let error = error.without_url();
    let mut words = Vec::new();
    let mut kind = None;
    let mut next: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(cause) = next {
        let text = cause.to_string();
        if text == REFUSED {
            kind = Some(TroubleKind::Forbidden);
        }
        if let Some((found, why)) = known(cause) {
            if let Some(why) = why {
                return Trouble::new(found, why);
            }
            kind = kind.or(Some(found));
        }
        if words.last() != Some(&text) {
            words.push(text);
        }
        next = cause.source();
    }
    let kind = match kind {
        Some(TroubleKind::Forbidden) => TroubleKind::Forbidden,
        _ if timeout => TroubleKind::Timeout,
        _ if dns => TroubleKind::Dns,
        Some(kind) => kind,
        None if connect => TroubleKind::Refused,
        None => TroubleKind::Other,
    };
    Trouble::new(kind, words.join(": "))
}

/// What one cause in the chain says, with plain words where the cause is TLS.
fn known(cause: &(dyn Error + 'static)) -> Option<(TroubleKind, Option<String>)> {
    if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
        return Some(tls_trouble(tls));
    }
    if let Some(io) = cause.downcast_ref::<std::io::Error>() {
        // What an I/O error wraps is no source of it, and may be one more wrapping.
        if let Some(found) = io.get_ref().and_then(|inner| known(inner)) {
            return Some(found);
        }
        return match io.kind() {
            std::io::ErrorKind::ConnectionRefused => Some((TroubleKind::Refused, None)),
            std::io::ErrorKind::TimedOut => Some((TroubleKind::Timeout, None)),
            std::io::ErrorKind::ConnectionReset
            | std::io::ErrorKind::ConnectionAborted
            | std::io::ErrorKind::BrokenPipe
            | std::io::ErrorKind::UnexpectedEof => Some((TroubleKind::Reset, None)),
            _ => None,
        };
    }
    cause.to_string().starts_with("connection closed before message completed").then_some((TroubleKind::Reset, None))
}

fn tls_trouble(error: &rustls::Error) -> (TroubleKind, Option<String>) {
    use rustls::CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext, Revoked,
        UnknownIssuer,
    };
    let certificate = match error {
        rustls::Error::InvalidCertificate(certificate) => certificate,
        // The verifier's words where the system's trust store is empty or missing.
        rustls::Error::General(words) if words.starts_with("No CA certificates") => {
            let why = "this computer trusts no certificate authority at all (is the package ca-certificates missing?)";
            return (TroubleKind::Certificate, Some(why.to_owned()));
        }
        _ => return (TroubleKind::Tls, None),
    };
    let why = match certificate {
        Expired | ExpiredContext { .. } => "it has expired".to_owned(),
        NotValidYet | NotValidYetContext { .. } => "it is not valid yet (is this computer's clock right?)".to_owned(),
        NotValidForName | NotValidForNameContext { .. } => "it was made for another name".to_owned(),
        UnknownIssuer => "nobody that this computer trusts has signed it (self-signed, perhaps)".to_owned(),
        Revoked => "it was revoked".to_owned(),
        // webpki's words for a certificate authority's own certificate at the end of the chain.
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => "it is self-signed".to_owned(),
        _ => "it can't be checked".to_owned(),
    };
    (TroubleKind::Certificate, Some(why))
}

#[cfg(test)]
mod tests {
    use super::{TroubleKind, tls_trouble};

    #[test]
    fn a_computer_without_a_trust_store_is_told_so() {
        let words = "No CA certificates were loaded from the system".to_owned();
        let (kind, why) = tls_trouble(&rustls::Error::General(words));
        assert_eq!(kind, TroubleKind::Certificate);
        assert!(why.unwrap().contains("ca-certificates"));
        assert_eq!(tls_trouble(&rustls::Error::DecryptError), (TroubleKind::Tls, None));
    }
}
