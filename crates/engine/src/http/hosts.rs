//! Where credentials may go: scheme, host and port, each one named.

use url::Url;

/// The origins that credentials may go to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostPolicy {
    allowed: Vec<(String, String, u16)>,
}

impl HostPolicy {
    /// The origin of `base`, and each of `hosts` (`host` or `host:port`) under the scheme of `base`. A bare host means
    /// the port of `base`; with hosts given, `base` itself is allowed only where it is among them.
    pub fn new(base: &Url, hosts: &[String]) -> Result<Self, String> {
        let (scheme, base_host, base_port) = origin(base).ok_or("the base URL has no host")?;
        if hosts.is_empty() {
            return Ok(Self { allowed: vec![(scheme, base_host, base_port)] });
        }
        let mut allowed = Vec::new();
        for host in hosts {
            let parsed = Url::parse(&format!("{scheme}://{host}/")).map_err(|error| format!("`{host}`: {error}"))?;
            let plain = parsed.path() == "/" && parsed.query().is_none() && parsed.username().is_empty();
            let name = parsed.host_str().filter(|_| plain).ok_or_else(|| format!("`{host}` is not a host"))?;
            // `Url` drops a port that is the scheme's own, so it is looked for in the text.
            let exact = host.rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok());
            allowed.push((scheme.clone(), name.to_owned(), exact.unwrap_or(base_port)));
        }
        Ok(Self { allowed })
    }

    /// Whether credentials may go to a URL.
    pub fn allows(&self, url: &Url) -> bool {
        origin(url).is_some_and(|origin| self.allowed.contains(&origin))
    }

    /// The allowed origins, to be shown: `https://api.acme.test`.
    pub fn shown(&self) -> Vec<String> {
        self.allowed.iter().map(|(scheme, host, port)| format!("{scheme}://{host}:{port}")).collect()
    }
}

/// Scheme, host and port of a URL.
pub fn origin(url: &Url) -> Option<(String, String, u16)> {
    Some((url.scheme().to_owned(), url.host_str()?.to_owned(), url.port_or_known_default()?))
}

#[cfg(test)]
mod tests {
    use super::HostPolicy;
    use url::Url;

    #[test]
    fn credentials_go_to_named_origins_only() {
        for (hosts, url, allowed) in [
            (vec![], "http://127.0.0.1:8080/x", true),
            (vec![], "http://127.0.0.1:8081/x", false),
            (vec![], "https://127.0.0.1:8080/x", false),
            (vec![], "http://localhost:8080/x", false),
            (vec!["api.test"], "http://api.test:8080/", true),
            (vec!["api.test"], "http://api.test/", false),
            (vec!["api.test:80"], "http://api.test/", true),
            (vec!["api.test:9000", "127.0.0.1"], "http://api.test:9000/", true),
            (vec!["api.test"], "http://127.0.0.1:8080/", false),
            (vec!["api.test"], "http://api.test.evil.test:8080/", false),
            (vec!["[::1]:90"], "http://[::1]:90/", true),
        ] {
            let base = Url::parse("http://127.0.0.1:8080/v2").unwrap();
            let hosts: Vec<String> = hosts.into_iter().map(str::to_owned).collect();
            let policy = HostPolicy::new(&base, &hosts).unwrap();
            assert_eq!(policy.allows(&Url::parse(url).unwrap()), allowed, "{hosts:?} {url}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        let base = Url::parse("https://a.test").unwrap();
        for host in ["a.test/path", "user@a.test", "a b", ""] {
            assert!(HostPolicy::new(&base, &[host.to_owned()]).is_err(), "{host}");
        }
    }
}
