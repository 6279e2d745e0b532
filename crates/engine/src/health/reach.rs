//! Whether a host can be reached: its name, then a connection, told apart.

use crate::http::{Trouble, TroubleKind, is_forbidden, shown_host};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use url::Url;

/// How far a connection came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// Somebody takes connections there.
    Open {
        /// How long the name took.
        dns: Duration,
        /// How long the connection took.
        tcp: Duration,
    },
    /// It ends here.
    Ends {
        /// `DNS` or `TCP`.
        step: &'static str,
        /// Why.
        trouble: Trouble,
        /// A sentence, where the trouble's own says less.
        message: Option<String>,
    },
}

/// Looks the name up and connects. Nothing is sent.
pub(super) async fn probe(url: &Url, limit: Duration) -> Reach {
    let ends = |step, trouble, message| Reach::Ends { step, trouble, message };
    let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
        return ends("DNS", Trouble::new(TroubleKind::Dns, "no host"), None);
    };
    let begin = Instant::now();
    let host = host.trim_matches(['[', ']']);
    let found: Vec<SocketAddr> = match tokio::time::timeout(limit, tokio::net::lookup_host((host, port))).await {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(error)) => return ends("DNS", Trouble::new(TroubleKind::Dns, error.to_string()), None),
        Err(_) => {
            let message = format!("The name of {} was not found within {limit:?}.", shown_host(url));
            return ends("DNS", Trouble::new(TroubleKind::Timeout, "the name server is silent"), Some(message));
        }
    };
    if found.is_empty() {
        return ends("DNS", Trouble::new(TroubleKind::Dns, "the name has no address"), None);
    }
    if found.iter().any(|address| is_forbidden(address.ip())) {
        return ends("DNS", Trouble::new(TroubleKind::Forbidden, "link-local or a metadata service"), None);
    }
    let dns = begin.elapsed();
    let begin = Instant::now();
    match tokio::time::timeout(limit, connect(&found)).await {
        Ok(Ok(())) => Reach::Open { dns, tcp: begin.elapsed() },
        Ok(Err(error)) => {
            let kind = match error.kind() {
                std::io::ErrorKind::TimedOut => TroubleKind::Timeout,
                _ => TroubleKind::Refused,
            };
            ends("TCP", Trouble::new(kind, error.to_string()), None)
        }
        Err(_) => {
            let message = format!("{} takes no connection: nothing came back within {limit:?}.", shown_host(url));
            ends("TCP", Trouble::new(TroubleKind::Timeout, "no connection in time"), Some(message))
        }
    }
}

/// Connects to the first address that takes a connection. They are tried at once: one that is silent holds nobody up.
async fn connect(addresses: &[SocketAddr]) -> std::io::Result<()> {
    let tries = addresses.iter().map(|address| Box::pin(TcpStream::connect(*address)));
    futures::future::select_ok(tries).await.map(|(_, rest)| drop(rest))
}

/// Whether requests to an address go over a proxy of the environment: then only the proxy knows what is reached.
pub(super) fn has_proxy(url: &Url) -> bool {
    let own = if url.scheme() == "https" { ["HTTPS_PROXY", "https_proxy"] } else { ["HTTP_PROXY", "http_proxy"] };
    let set = |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    own.iter().chain(&["ALL_PROXY", "all_proxy"]).any(set)
}
