//! How requests sign in.

use super::Walk;
use super::variables::Variables;
use crate::collection::reference;
use crate::draft::Call;
use crate::tree::Tree;
use definition::Definition;
use definition::model::{Auth, ConfigInput, ConfigType, CredentialPlace, Http, OAuth2Auth, OAuth2Grant, TokenEncoding};
use indexmap::IndexMap;

/// A value of a way to sign in: v2.1 has a list of pairs, v2.0 an object.
fn value(way: &Tree, kind: &str, name: &str) -> Option<String> {
    let own = way.get(kind)?;
    own.word(name).or_else(|| {
        let pair = own.items().iter().find(|pair| pair.word("key").as_deref() == Some(name))?;
        pair.word("value")
    })
}

impl<'a> Walk<'a> {
    /// Puts a way to sign in into a call.
    pub(super) fn auth(&mut self, call: &mut Call, way: &'a Tree) {
        let kind = way.get("type").and_then(Tree::str).unwrap_or("noauth");
        let secret = |name: &str| value(way, kind, name).map(|value| self.variables.secret(&value));
        let set = call.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        match kind {
            "noauth" | "inherit" => {}
            "bearer" if !set => {
                let token = secret("token").unwrap_or_else(|| "{{token}}".to_owned());
                call.headers.push(("Authorization".to_owned(), format!("Bearer {token}")));
            }
            "basic" | "digest" if !set => {
                let username = secret("username").unwrap_or_else(|| "{{username}}".to_owned());
                let password = secret("password").unwrap_or_else(|| "{{password}}".to_owned());
                call.user = Some((username, Some(password)));
                call.digest = kind == "digest";
            }
            "apikey" => {
                let name = value(way, kind, "key").unwrap_or_else(|| "X-API-Key".to_owned());
                let key = secret("value").unwrap_or_else(|| "{{api_key}}".to_owned());
                if value(way, kind, "in").as_deref() == Some("query") {
                    let mut pair = url::form_urlencoded::Serializer::new(String::new());
                    pair.append_pair(&name, &key);
                    call.query = pair.finish();
                } else {
                    call.headers.push((name, key));
                }
            }
            "oauth2" => match (value(way, kind, "accessTokenUrl"), secret("accessToken")) {
                (Some(_), _) => self.oauth = self.oauth.take().or_else(|| Some(way.clone())),
                (None, token) if !set => {
                    let token = token.unwrap_or_else(|| "{{token}}".to_owned());
                    call.headers.push(("Authorization".to_owned(), format!("Bearer {token}")));
                }
                _ => {}
            },
            "bearer" | "basic" | "digest" => {}
            other => {
                if !self.unread.contains(&other) {
                    self.unread.push(other);
                }
            }
        }
    }
}

/// Puts OAuth into the connector, where the way is that.
pub(super) fn oauth(way: &Tree, variables: &mut Variables, definition: &mut Definition) {
    let own = |name: &str| value(way, "oauth2", name);
    let (Some("oauth2"), Some(token_url)) = (way.get("type").and_then(Tree::str), own("accessTokenUrl")) else {
        return;
    };
    let grant = match own("grant_type").as_deref() {
        Some("client_credentials") => OAuth2Grant::ClientCredentials,
        Some("password_credentials") => OAuth2Grant::Password,
        _ => OAuth2Grant::AuthorizationCode,
    };
    let mut input = |name: &str, title: &str, kind| {
        definition.config.push(ConfigInput {
            name: name.to_owned(),
            title: title.to_owned(),
            kind,
            required: true,
            ..ConfigInput::default()
        });
        reference(name).into()
    };
    let client_id = input("client_id", "Client ID", ConfigType::String);
    let client_secret = Some(input("client_secret", "Client secret", ConfigType::Secret));
    let password = grant == OAuth2Grant::Password;
    let username = password.then(|| input("username", "User name", ConfigType::String));
    let password = password.then(|| input("password", "Password", ConfigType::Secret));
    let basic = own("client_authentication").is_none_or(|place| place == "header");
    definition.http.get_or_insert_with(Http::default).auth = Auth::OAuth2(Box::new(OAuth2Auth {
        grant,
        token_url: variables.fill(&token_url).into(),
        authorize_url: own("authUrl")
            .filter(|_| grant == OAuth2Grant::AuthorizationCode)
            .map(|url| variables.fill(&url).into()),
        device_url: None,
        client_id,
        client_secret,
        refresh_token: None,
        username,
        password,
        scopes: own("scope")
            .map(|scopes| variables.fill(&scopes))
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        scope_separator: None,
        credentials: if basic { CredentialPlace::Basic } else { CredentialPlace::Body },
        encoding: TokenEncoding::default(),
        authorize_params: IndexMap::new(),
        token_params: IndexMap::new(),
        token_headers: IndexMap::new(),
        access_token_field: None,
        expires_in_field: None,
        refresh_token_field: None,
        redirect_uri: None,
        pkce: None,
        header: None,
        prefix: None,
    }));
}
