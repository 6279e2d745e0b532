//! TLS with the system's trust store, which is read when the first certificate is to be judged: to open its files takes
//! longer than all else before a first request, and nothing over plain http needs them.

use super::Observed;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use std::sync::{Arc, OnceLock};

/// What connections are made with, to servers and to proxies alike.
/// `observed` is shown every certificate, also one that is not trusted.
pub(super) fn config(observed: Option<Arc<Observed>>) -> Result<ClientConfig, Error> {
    let provider = CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider()));
    let verifier = LateVerifier { provider: Arc::clone(&provider), system: OnceLock::new(), observed };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The system's verifier, made at the first certificate. It decides; nothing is trusted without it.
#[derive(Debug)]
struct LateVerifier {
    provider: Arc<CryptoProvider>,
    system: OnceLock<Result<Verifier, Error>>,
    observed: Option<Arc<Observed>>,
}

impl LateVerifier {
    fn system(&self) -> Result<&Verifier, Error> {
        let make = || {
            let own = super::network::network().certificates;
            Verifier::new_with_extra_roots(own, Arc::clone(&self.provider))
        };
        self.system.get_or_init(make).as_ref().map_err(Clone::clone)
    }
}

impl ServerCertVerifier for LateVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Some(observed) = &self.observed {
            observed.certificate(&server_name.to_str(), end_entity);
        }
        self.system()?.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system()?.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.system()?.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        // Asked for at every handshake's start; the provider's, as the system's verifier answers too.
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::{LateVerifier, ServerCertVerifier};
    use rustls::crypto::aws_lc_rs;
    use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
    use std::sync::{Arc, OnceLock};

    #[test]
    fn the_trust_store_is_read_for_the_first_certificate_and_not_before() {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = LateVerifier { provider, system: OnceLock::new(), observed: None };
        assert!(!verifier.supported_verify_schemes().is_empty());
        assert!(verifier.system.get().is_none());
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let certificate: &CertificateDer<'_> = made.cert.der();
        let name = ServerName::try_from("localhost").unwrap();
        assert!(verifier.verify_server_cert(certificate, &[], &name, &[], UnixTime::now()).is_err());
        assert!(verifier.system.get().is_some());
    }
}
