//! Where one signs in for OAuth 2.0: the server named its metadata (RFC 9728), which names the one that gives tokens,
//! whose metadata (RFC 8414) has the addresses. Asked only when a person clicks, and without a key.

use super::link::{address, asking};
use crate::app::App;
use crate::contract::{AskAddresses, AuthAddresses};
use definition::{Problem, ProblemKind, Stage};
use engine::config::ConfigValues;
use engine::detect::first_request;
use serde_json::Value;
use url::Url;

/// Looks the addresses up.
pub(crate) async fn auth_addresses(_app: &App, request: AskAddresses) -> Result<AuthAddresses, Problem> {
    let url = address(&request.url)?;
    let told = fetched(&url).await.ok_or_else(|| nothing(&url))?;
    if let Some(found) = found(&told) {
        return Ok(found);
    }
    let issuers = told.get("authorization_servers").and_then(Value::as_array).into_iter().flatten();
    let issuer = issuers.filter_map(Value::as_str).find_map(|text| address(text).ok());
    let issuer = issuer.ok_or_else(|| nothing(&url))?;
    for place in places(&issuer) {
        if let Some(found) = fetched(&place).await.as_ref().and_then(found) {
            return Ok(found);
        }
    }
    Err(nothing(&issuer))
}

/// Where an issuer has its metadata (RFC 8414, OpenID Connect Discovery).
fn places(issuer: &Url) -> Vec<Url> {
    let own = issuer.path().trim_end_matches('/');
    let paths = [
        format!("/.well-known/oauth-authorization-server{own}"),
        format!("{own}/.well-known/openid-configuration"),
        format!("/.well-known/openid-configuration{own}"),
    ];
    let mut places: Vec<Url> = paths.iter().filter_map(|path| issuer.join(path).ok()).collect();
    places.dedup();
    places
}

fn found(told: &Value) -> Option<AuthAddresses> {
    let text = |name: &str| Some(address(told.get(name)?.as_str()?).ok()?.to_string());
    let (authorize_url, token_url) = (text("authorization_endpoint"), text("token_endpoint"));
    (authorize_url.is_some() || token_url.is_some()).then_some(AuthAddresses { authorize_url, token_url })
}

async fn fetched(url: &Url) -> Option<Value> {
    let answer = first_request(&asking(url), &ConfigValues::default()).await.ok()?;
    (answer.status == 200).then(|| serde_json::from_slice(&answer.body).ok()).flatten()
}

fn nothing(url: &Url) -> Problem {
    let host = url.host_str().unwrap_or_default();
    let message = format!("{host} does not tell where one signs in.");
    Problem::new("no_addresses", ProblemKind::Data, Stage::Open, message)
        .hint("Take the sign-in page and the token URL from the API's documentation.")
}

#[cfg(test)]
mod tests {
    use super::{found, places};
    use serde_json::json;

    #[test]
    fn metadata_is_looked_for_where_it_stands() {
        let of = |issuer: &str| -> Vec<String> {
            places(&issuer.parse().expect("a URL")).iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            of("https://a.test/tenant/"),
            [
                "https://a.test/.well-known/oauth-authorization-server/tenant",
                "https://a.test/tenant/.well-known/openid-configuration",
                "https://a.test/.well-known/openid-configuration/tenant",
            ]
        );
        assert_eq!(of("https://a.test").len(), 2);
        let told = json!({"authorization_endpoint": "https://a.test/auth", "token_endpoint": "ftp://a.test/x"});
        let found = found(&told).expect("addresses");
        assert_eq!((found.authorize_url.as_deref(), found.token_url), (Some("https://a.test/auth"), None));
    }
}
