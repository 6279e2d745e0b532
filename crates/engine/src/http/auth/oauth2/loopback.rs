//! The address on this machine that a sign-in leads back to (RFC 8252, 7.3): one use, then closed.

use super::pages::{self, Tongue};
use definition::{Problem, ProblemKind, Secret, Stage};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use url::Url;

/// The largest head of a request.
const LARGEST_HEAD: usize = 32 * 1024;
/// How long a browser may take to send one.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many connections wait at once: browsers open spare ones.
const AT_ONCE: usize = 16;

/// Listens for the browser.
#[derive(Debug)]
pub(crate) struct Loopback {
    listeners: Vec<TcpListener>,
    path: String,
    /// The language that the person chose.
    language: Option<String>,
    /// The address that the sign-in page is told.
    pub redirect_uri: String,
}

/// The browser that waits for a last page.
#[derive(Debug)]
pub(crate) struct Waiting(TcpStream, Tongue);

/// What came back.
#[derive(Debug)]
pub(crate) enum Returned {
    /// A code for tokens.
    Code(Secret),
    /// The provider's or the person's no.
    Refused { error: String, told: String },
}

impl Loopback {
    /// Listens: on a free port, or where the definition says.
    pub(super) async fn open(fixed: Option<&Url>, language: Option<String>) -> Result<Self, Box<Problem>> {
        let port = fixed.and_then(Url::port).unwrap_or(0);
        let host = fixed.and_then(Url::host_str).unwrap_or("127.0.0.1");
        let hosts: &[&str] = match host {
            // A browser may try either.
            "localhost" => &["127.0.0.1", "::1"],
            "[::1]" => &["::1"],
            _ => &["127.0.0.1"],
        };
        let mut listeners = Vec::new();
        let mut refused = None;
        for host in hosts {
            match TcpListener::bind((*host, port)).await {
                Ok(listener) => listeners.push(listener),
                Err(error) => refused = Some(error),
            }
        }
        let Some(bound) = listeners.first().and_then(|listener| listener.local_addr().ok()) else {
            let why = refused.map(|error| error.to_string()).unwrap_or_default();
            return Err(Box::new(taken(port, &why)));
        };
        let redirect_uri = fixed.map_or_else(|| format!("http://{bound}/callback"), |url| url.as_str().to_owned());
        let path = fixed.map_or("/callback", Url::path).to_owned();
        Ok(Self { listeners, path, language, redirect_uri })
    }

    /// Waits for the answer to our own question; anything else gets a page that says so. Closes the port.
    pub(super) async fn wait(self, state: &str) -> (Returned, Waiting) {
        let mut browsers = FuturesUnordered::new();
        loop {
            tokio::select! {
                stream = accept(&self.listeners), if browsers.len() < AT_ONCE => {
                    browsers.push(self.hear(stream, state));
                }
                Some(heard) = browsers.next(), if !browsers.is_empty() => {
                    if let Some(heard) = heard {
                        return heard;
                    }
                }
            }
        }
    }

    /// One request: ours, or nothing of interest.
    async fn hear(&self, mut stream: TcpStream, state: &str) -> Option<(Returned, Waiting)> {
        let head = timeout(PATIENCE, head(&mut stream)).await.ok()??;
        let tongue = Tongue::of(self.language.as_deref(), &head);
        let url = target(&head).filter(|url| url.path() == self.path);
        let Some(url) = url else {
            send(&mut stream, 404, &pages::nothing(tongue)).await;
            return None;
        };
        let value = |name: &str| url.query_pairs().find(|(have, _)| have == name).map(|(_, value)| value.into_owned());
        if value("state").as_deref() != Some(state) {
            send(&mut stream, 400, &pages::foreign(tongue)).await;
            return None;
        }
        let returned = match (value("error"), value("code").filter(|code| !code.is_empty())) {
            (None, Some(code)) => Returned::Code(Secret::new(code)),
            (error, _) => Returned::Refused {
                error: error.unwrap_or_else(|| "no code came back".to_owned()),
                told: value("error_description").unwrap_or_default(),
            },
        };
        Some((returned, Waiting(stream, tongue)))
    }
}

impl Waiting {
    /// Shows the last page, in the browser's language.
    pub(super) async fn show(mut self, status: u16, page: impl FnOnce(Tongue) -> String) {
        send(&mut self.0, status, &page(self.1)).await;
    }
}

/// The next connection, whichever listener it comes to.
async fn accept(listeners: &[TcpListener]) -> TcpStream {
    loop {
        let next = listeners.iter().map(|listener| Box::pin(listener.accept()));
        if let (Ok((stream, _)), ..) = futures::future::select_all(next).await {
            return stream;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The head of a request.
async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = stream.read_buf(&mut bytes).await.ok()?;
        if read == 0 || bytes.len() > LARGEST_HEAD {
            return None;
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What is asked for: a plain `GET` of a path.
fn target(head: &str) -> Option<Url> {
    let mut words = head.lines().next()?.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    (method == "GET" && path.starts_with('/')).then(|| Url::parse(&format!("http://127.0.0.1{path}")).ok())?
}

async fn send(stream: &mut TcpStream, status: u16, page: &str) {
    let reason = match status {
        200 => "OK",
        404 => "Not Found",
        _ => "Bad Request",
    };
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n",
        page.len()
    );
    // A browser that went away misses a page and nothing else.
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(page.as_bytes()).await;
    let _ = stream.shutdown().await;
}

fn taken(port: u16, why: &str) -> Problem {
    let message = format!("The sign-in can't lead back here: port {port} of this machine can't be listened on.");
    Problem::new("port_taken", ProblemKind::Config, Stage::Auth, message)
        .hint("End the program that uses the port, or change http.auth.redirect_uri (and the app's registration).")
        .detail(why)
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn only_a_get_of_a_path_is_heard() {
        assert_eq!(target("GET /callback?code=a%20b HTTP/1.1\r\n\r\n").unwrap().query(), Some("code=a%20b"));
        for head in ["POST /callback HTTP/1.1\r\n", "GET http://evil/ HTTP/1.1", "GET", "", "\r\n\r\n"] {
            assert!(target(head).is_none(), "{head}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_head_breaks_it(head in "\\PC{0,200}", path in ".{0,80}") {
            let _ = target(&head);
            if let Some(url) = target(&format!("GET /{path} HTTP/1.1")) {
                proptest::prop_assert_eq!(url.host_str(), Some("127.0.0.1"));
            }
        }
    }
}
