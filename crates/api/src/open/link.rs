//! A link to a definition that a person agreed to follow. It is fetched once, bare, and opened like a file from a
//! stranger: nothing else is sent before it is trusted.

use super::file;
use crate::app::App;
use crate::contract::{OpenLink, Workbench};
use definition::model::{Http, Request, Stream, Template};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::config::ConfigValues;
use engine::detect::first_request;
use formats::{Recognised, recognise};
use url::{Host, Url};

/// The largest definition that is read, in bytes.
const LARGEST: usize = 5 * 1024 * 1024;

/// Fetches a definition and opens it.
pub(crate) async fn open(app: &App, request: OpenLink) -> Result<Workbench, Problem> {
    let url = address(&request.url)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let answer = first_request(&asking(&url), &ConfigValues::default()).await?;
    if !(200..300).contains(&answer.status) {
        let message = format!("{host} answered {}: there is no definition at this link.", answer.status);
        return Err(Problem::new("link_not_found", ProblemKind::Data, Stage::Open, message)
            .hint("Ask whoever gave you the link for the file, and drop it on the window."));
    }
    let text = std::str::from_utf8(&answer.body).ok().filter(|text| text.len() <= LARGEST);
    match text.map(|text| (text, recognise(text))) {
        Some((text, Recognised::Definition)) => file::open(app, text.to_owned()).await,
        _ => {
            let message = format!("What {host} has at this link is no connector's definition.");
            Err(Problem::new("link_no_definition", ProblemKind::Data, Stage::Open, message)
                .hint("To read data from this address, paste it into the box."))
        }
    }
}

/// The address of a link: https, or http on this machine; without a user or a password.
pub(super) fn address(text: &str) -> Result<Url, Problem> {
    let wrong = |message: &str| Problem::new("bad_link", ProblemKind::Config, Stage::Open, message).field("url");
    let url = Url::parse(text.trim()).map_err(|_| wrong("This link leads to no address."))?;
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(wrong("This link leads to no address.")),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && here) {
        return Err(wrong("Definitions are fetched over https only."));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("This link holds a user name or a password, so it is not followed."));
    }
    Ok(url)
}

/// A definition that asks for the address, once.
pub(super) fn asking(url: &Url) -> Definition {
    let base = url.origin().ascii_serialization();
    let path = url.as_str().strip_prefix(&base).unwrap_or_default();
    let path = path.split('#').next().unwrap_or_default().to_owned();
    let http = Http { base_url: Template::from(base), ..Http::default() };
    let request = Request { path: Template::from(path), ..Request::default() };
    let stream = Stream { name: "definition".to_owned(), request, ..Stream::default() };
    Definition { name: "link".to_owned(), http: Some(http), streams: vec![stream], ..Definition::default() }
}

#[cfg(test)]
mod tests {
    use super::{address, asking};

    #[test]
    fn only_safe_addresses_are_followed() {
        for good in ["https://acme.test/a.connector.yaml?v=2", "http://127.0.0.1:8080/x", "http://localhost/x"] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in ["", "file:///etc/passwd", "http://acme.test/x", "https://ann:pw@acme.test/x", "javascript:alert(1)"]
        {
            assert_eq!(address(bad).expect_err(bad).code, "bad_link");
        }
        let asked = asking(&address("https://acme.test/a%20b.yaml?v=1#x").unwrap());
        assert_eq!(asked.streams[0].request.path.as_str(), "/a%20b.yaml?v=1");
    }
}
