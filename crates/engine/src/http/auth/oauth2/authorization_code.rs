//! A person signs in with the browser (RFC 6749, 4.1), bound to this program by PKCE (RFC 7636).

use super::spec::Spec;
use super::token::{Granted, ask, param};
use crate::http::auth::wire::AuthLine;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use definition::{Problem, ProblemKind, Secret, Stage};
use sha2::{Digest, Sha256};
use url::Url;

/// One sign-in: what only this program knows of it.
#[derive(Debug)]
pub(crate) struct Attempt {
    /// Comes back with the answer; another one is not ours.
    pub state: String,
    /// What the code alone is worth nothing without.
    verifier: Secret,
    /// Where the page leads back to.
    redirect_uri: String,
}

impl Attempt {
    pub(super) fn new(redirect_uri: String) -> Result<Self, Box<Problem>> {
        Ok(Self { state: chance()?, verifier: Secret::new(chance()?), redirect_uri })
    }

    /// The page to open.
    pub(super) fn url(&self, spec: &Spec, page: &Url) -> Url {
        let mut url = page.clone();
        let mut pairs = url.query_pairs_mut();
        pairs.append_pair("response_type", "code");
        pairs.append_pair("client_id", &spec.client_id);
        pairs.append_pair("redirect_uri", &self.redirect_uri);
        pairs.append_pair("state", &self.state);
        if let Some(scope) = &spec.scope {
            pairs.append_pair("scope", scope);
        }
        if spec.pkce {
            pairs.append_pair("code_challenge", &challenge(self.verifier.open()));
            pairs.append_pair("code_challenge_method", "S256");
        }
        for (name, value) in &spec.authorize_params {
            pairs.append_pair(name, value.open());
        }
        drop(pairs);
        url
    }

    /// The code for tokens.
    pub(super) async fn grant(&self, spec: &Spec, line: &AuthLine, code: &Secret) -> Result<Granted, Box<Problem>> {
        line.learn(code.open());
        line.learn(self.verifier.open());
        let mut params = vec![
            param("grant_type", "authorization_code"),
            param("code", code.open()),
            param("redirect_uri", &self.redirect_uri),
        ];
        if spec.pkce {
            params.push(param("code_verifier", self.verifier.open()));
        }
        ask(spec, line, params).await
    }
}

/// The proof of a verifier that may be seen (RFC 7636, 4.2).
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

/// 256 bits that nobody can guess.
fn chance() -> Result<String, Box<Problem>> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        let message = "This system gives no random numbers, so nobody can sign in safely.";
        Box::new(Problem::new("no_chance", ProblemKind::Internal, Stage::Auth, message).detail(error.to_string()))
    })?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::{challenge, chance};

    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn what_is_left_to_chance_is_long_and_never_the_same() {
        let (one, other) = (chance().unwrap(), chance().unwrap());
        assert!(one.len() == 43 && one != other);
    }
}
