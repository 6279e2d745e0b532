//! How this machine reaches the network: its proxy, certificates of its own, and the ceiling of an answer. Set once, from
//! the app's settings; what is made afterwards keeps to it.

use definition::{Problem, ProblemKind, Stage};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::Path;
use std::sync::{LazyLock, PoisonError, RwLock};

/// Which proxy requests go through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ProxyChoice {
    /// As the system says: `HTTPS_PROXY`, `NO_PROXY` and the like.
    #[default]
    System,
    /// None, whatever the system says.
    None,
    /// This one: `http://proxy.acme.test:3128`.
    At(String),
}

/// How this machine reaches the network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// The proxy.
    pub proxy: ProxyChoice,
    /// Authorities that are trusted beside the system's.
    pub certificates: Vec<CertificateDer<'static>>,
    /// Bytes of one answer, where a definition does not say. Default 64 MiB.
    pub response_bytes: Option<u64>,
}

static NETWORK: LazyLock<RwLock<Network>> = LazyLock::new(RwLock::default);

/// Takes settings for all that is made from now on.
pub fn use_network(network: Network) {
    *NETWORK.write().unwrap_or_else(PoisonError::into_inner) = network;
}

pub(crate) fn network() -> Network {
    NETWORK.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// A proxy as a person writes it: nothing for the system's, `none`, or an address without a password.
///
/// # Errors
/// Where it is no address of a proxy, or holds a password.
pub fn proxy_of(text: &str) -> Result<ProxyChoice, Problem> {
    let text = text.trim();
    match text {
        "" | "system" => return Ok(ProxyChoice::System),
        "none" => return Ok(ProxyChoice::None),
        _ => {}
    }
    let wrong = |message: &str, hint: &str| {
        Problem::new("bad_proxy", ProblemKind::Config, Stage::Store, message).field("proxy").hint(hint)
    };
    let form = "Write http://HOST:PORT, or `none` for no proxy.";
    let url = url::Url::parse(text).map_err(|_| wrong("This is no address of a proxy.", form))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || !matches!(url.path(), "" | "/") {
        return Err(wrong("This is no address of a proxy.", form));
    }
    if url.password().is_some() || !url.username().is_empty() {
        let hint = "Set HTTPS_PROXY in the environment where the proxy asks for a password, and leave this empty.";
        return Err(wrong("Settings hold no passwords.", hint));
    }
    reqwest::Proxy::all(text).map_err(|_| wrong("This is no address of a proxy.", form))?;
    Ok(ProxyChoice::At(text.to_owned()))
}

/// The certificates of a PEM file.
///
/// # Errors
/// Where it can't be read, or holds none.
pub fn certificates_of(file: &Path) -> Result<Vec<CertificateDer<'static>>, Problem> {
    let wrong = |why: String| {
        let message = format!("{} is no file of certificates: {why}.", file.display());
        Problem::new("bad_certificate", ProblemKind::Config, Stage::Store, message)
            .field("certificates")
            .hint("Choose a PEM file: it begins with -----BEGIN CERTIFICATE-----.")
    };
    let text = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    match found {
        Ok(list) if list.is_empty() => Err(wrong("there is no certificate in it".to_owned())),
        Ok(list) => Ok(list),
        Err(error) => Err(wrong(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::{ProxyChoice, certificates_of, proxy_of};
    use base64::Engine;

    #[test]
    fn a_proxy_is_read_or_refused_with_a_reason() {
        assert_eq!(proxy_of(" ").unwrap(), ProxyChoice::System);
        assert_eq!(proxy_of("none").unwrap(), ProxyChoice::None);
        assert_eq!(proxy_of("http://p.test:3128").unwrap(), ProxyChoice::At("http://p.test:3128".to_owned()));
        for wrong in ["p.test:3128", "ftp://p.test", "http://p.test/path", "http://", "http://ann:hunter2@p.test:3128"]
        {
            let problem = proxy_of(wrong).expect_err(wrong);
            assert_eq!(problem.field.as_deref(), Some("proxy"));
            assert!(!problem.to_string().contains("hunter2"), "{problem}");
        }
    }

    #[test]
    fn certificates_are_read_from_pem() {
        let folder = tempfile::tempdir().unwrap();
        let (good, bad) = (folder.path().join("ca.pem"), folder.path().join("no.pem"));
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let text = base64::engine::general_purpose::STANDARD.encode(made.cert.der());
        let pem = format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n");
        std::fs::write(&good, pem.repeat(2)).unwrap();
        std::fs::write(&bad, "hello").unwrap();
        assert_eq!(certificates_of(&good).unwrap().len(), 2);
        assert_eq!(certificates_of(&bad).expect_err("no certificate").code, "bad_certificate");
        assert_eq!(certificates_of(&folder.path().join("missing")).expect_err("no file").code, "bad_certificate");
    }
}
