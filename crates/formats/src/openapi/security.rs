//! How requests sign in: the first way of the description that can be taken.

use super::refs::Document;
use crate::collection::reference;
use crate::draft::{identifier, title};
use crate::tree::Tree;
use definition::model::{
    ApiKeyAuth, ApiKeyPlace, Auth, BasicAuth, BearerAuth, ConfigInput, ConfigType, CredentialPlace, DigestAuth,
    OAuth2Auth, OAuth2Grant, Scalar, TokenEncoding,
};
use indexmap::IndexMap;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Signing {
    pub auth: Auth,
    /// Keys beside the first.
    pub headers: IndexMap<String, Scalar>,
    pub query: IndexMap<String, Scalar>,
    /// Whether requests sign in that do not say otherwise.
    pub signs: bool,
    pub notes: Vec<String>,
    pub losses: Vec<String>,
}

/// Reads the schemes and which of them requests name.
pub(super) fn read(document: &Document<'_>, config: &mut Vec<ConfigInput>) -> Signing {
    let root = document.root;
    let schemes = root.at(&["components", "securitySchemes"]).or_else(|| root.get("securityDefinitions"));
    let mut signing = Signing { signs: wanted(root.list("security")), ..Signing::default() };
    let Some(schemes) = schemes else { return signing };
    let mut ways: Vec<&Tree> = root.list("security").iter().collect();
    for (_, item) in root.get("paths").into_iter().flat_map(Tree::members) {
        let item = document.real(item);
        ways.extend(["get", "post"].iter().filter_map(|method| item.get(method)).flat_map(|one| one.list("security")));
    }
    ways.retain(|way| way.members().next().is_some());
    let scheme = |name: &str| schemes.get(name).map(|scheme| document.real(scheme));
    let rank = |way: &Tree| way.members().map(|(name, _)| scheme(name).map_or(99, rank)).max().unwrap_or(99);
    let best = ways.iter().min_by_key(|way| rank(way));
    let Some(best) = best.filter(|way| rank(way) < 99) else {
        if schemes.members().next().is_some() && ways.is_empty() {
            signing.notes.push("The description names ways to sign in, and no request that needs one.".to_owned());
        }
        return signing;
    };
    let scopes = |name: &str| best.list(name).iter().filter_map(Tree::text).collect::<Vec<_>>();
    for (name, _) in best.members() {
        if let Some(scheme) = scheme(name) {
            add(&mut signing, scheme, &scopes(name), config);
        }
    }
    let others = ways.iter().filter(|way| way.members().map(|(name, _)| name).ne(best.members().map(|(name, _)| name)));
    let mut names: Vec<&str> = others.flat_map(|way| way.members()).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| best.get(name).is_none());
    if !names.is_empty() {
        let names = names.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        signing.losses.push(format!("Other ways to sign in were left out: {names}."));
    }
    signing
}

/// Whether requests with these requirements need a key: one of them is not empty, and none lets anybody in.
pub(super) fn wanted(requirements: &[Tree]) -> bool {
    !requirements.is_empty() && requirements.iter().all(|way| way.members().next().is_some())
}

/// How well a scheme can be taken, the best first.
fn rank(scheme: &Tree) -> usize {
    let word = |name: &str| scheme.word(name).unwrap_or_default().to_ascii_lowercase();
    match (word("type").as_str(), word("scheme").as_str()) {
        ("http", "bearer") => 1,
        ("apikey", _) => 2,
        ("http", "basic") | ("basic", _) => 3,
        ("http", "digest") => 4,
        ("oauth2", _) => match flow(scheme) {
            Some((OAuth2Grant::ClientCredentials, _)) => 5,
            Some((OAuth2Grant::AuthorizationCode, _)) => 6,
            Some(_) => 7,
            None => 20,
        },
        ("openidconnect", _) => 21,
        ("http", _) => 22,
        _ => 99,
    }
}

fn add(signing: &mut Signing, scheme: &Tree, scopes: &[String], config: &mut Vec<ConfigInput>) {
    let free = signing.auth == Auth::None;
    let word = |name: &str| scheme.word(name).unwrap_or_default();
    let help = crate::collection::tidy(&word("description"), 200);
    match rank(scheme) {
        1 if free => signing.auth = bearer(config, &help),
        2 => api_key(signing, &word("name"), &word("in"), &help, config),
        rank @ (3 | 4) if free => {
            let username = reference(&input(config, "username", "User name", ConfigType::String, &help)).into();
            let password = reference(&input(config, "password", "Password", ConfigType::Secret, "")).into();
            signing.auth = match rank {
                3 => Auth::Basic(BasicAuth { username, password }),
                _ => Auth::Digest(DigestAuth { username, password }),
            };
        }
        5..=7 if free => signing.auth = oauth(scheme, scopes, config),
        20 if free => {
            signing.losses.push("OAuth's implicit flow can't be read: a token that you have is asked for.".to_owned());
            signing.auth = bearer(config, &help);
        }
        21 if free => {
            signing.losses.push("OpenID Connect can't be read: a token that you have is asked for.".to_owned());
            signing.auth = bearer(config, &help);
        }
        22 if free => {
            let kind = word("scheme");
            signing.losses.push(format!("The way to sign in `{kind}` is not known: its value is asked for as a key."));
            let value = reference(&input(config, "api_key", "API key", ConfigType::Secret, &help)).into();
            let prefix = if kind.is_empty() { String::new() } else { format!("{kind} ") };
            let name = "Authorization".to_owned();
            signing.auth = Auth::ApiKey(ApiKeyAuth { place: ApiKeyPlace::Header, name, value, prefix });
        }
        _ => signing.losses.push("A second way to sign in with the same request was left out.".to_owned()),
    }
}

fn bearer(config: &mut Vec<ConfigInput>, help: &str) -> Auth {
    Auth::Bearer(BearerAuth {
        token: reference(&input(config, "api_token", "API token", ConfigType::Secret, help)).into(),
    })
}

fn api_key(signing: &mut Signing, name: &str, place: &str, help: &str, config: &mut Vec<ConfigInput>) {
    if name.is_empty() {
        return;
    }
    let first = signing.auth == Auth::None;
    let (wanted, label) = if first {
        ("api_key".to_owned(), "API key".to_owned())
    } else {
        (identifier(name, "api_key"), name.to_owned())
    };
    let value = reference(&input(config, &wanted, &label, ConfigType::Secret, help));
    match (first, place) {
        (true, place) => {
            // Many describe a bearer token as a key in `Authorization`.
            let scheme = ["bearer", "token", "basic", "apikey"].into_iter().find(|word| {
                let help = help.to_ascii_lowercase();
                name.eq_ignore_ascii_case("authorization") && help.contains(&format!("{word} "))
            });
            if scheme == Some("bearer") {
                signing.auth = Auth::Bearer(BearerAuth { token: value.into() });
                return;
            }
            let place = match place {
                "query" => ApiKeyPlace::Query,
                "cookie" => ApiKeyPlace::Cookie,
                _ => ApiKeyPlace::Header,
            };
            let prefix = scheme.map(|word| format!("{} ", title(word))).unwrap_or_default();
            signing.auth = Auth::ApiKey(ApiKeyAuth { place, name: name.to_owned(), value: value.into(), prefix });
        }
        (false, "query") => _ = signing.query.insert(name.to_owned(), value.as_str().into()),
        (false, "cookie") => {
            signing.losses.push(format!("The cookie `{name}` that requests send beside the key was left out."));
        }
        (false, _) => _ = signing.headers.insert(name.to_owned(), value.as_str().into()),
    }
}

/// The best flow of an OAuth scheme.
fn flow(scheme: &Tree) -> Option<(OAuth2Grant, &Tree)> {
    const NAMES: [(&str, OAuth2Grant); 5] = [
        ("clientCredentials", OAuth2Grant::ClientCredentials),
        ("application", OAuth2Grant::ClientCredentials),
        ("authorizationCode", OAuth2Grant::AuthorizationCode),
        ("accessCode", OAuth2Grant::AuthorizationCode),
        ("password", OAuth2Grant::Password),
    ];
    let told = scheme.word("flow");
    NAMES.iter().find_map(|(name, grant)| {
        let flow = match &told {
            Some(own) => Some(scheme).filter(|_| own == name),
            None => scheme.at(&["flows", name]),
        }?;
        flow.word("tokenUrl").is_some().then_some((*grant, flow))
    })
}

fn oauth(scheme: &Tree, scopes: &[String], config: &mut Vec<ConfigInput>) -> Auth {
    let Some((grant, flow)) = flow(scheme) else { return Auth::None };
    let mut own = |name: &str, label: &str, kind| reference(&input(config, name, label, kind, "")).into();
    let client_id = own("client_id", "Client ID", ConfigType::String);
    let client_secret = Some(own("client_secret", "Client secret", ConfigType::Secret));
    let password = grant == OAuth2Grant::Password;
    let username = password.then(|| own("username", "User name", ConfigType::String));
    let password = password.then(|| own("password", "Password", ConfigType::Secret));
    let all: Vec<String> =
        flow.get("scopes").into_iter().flat_map(Tree::members).map(|(name, _)| name.to_owned()).collect();
    // Scopes that only read, where requests do not say which they need.
    let reads = |scope: &&String| {
        let scope = scope.to_ascii_lowercase();
        scope.contains("read") || scope.ends_with(".readonly") || scope == "offline_access"
    };
    let scopes = if scopes.is_empty() { all.iter().filter(reads).cloned().collect() } else { scopes.to_vec() };
    Auth::OAuth2(Box::new(OAuth2Auth {
        grant,
        token_url: flow.word("tokenUrl").unwrap_or_default().into(),
        authorize_url: flow
            .word("authorizationUrl")
            .filter(|_| grant == OAuth2Grant::AuthorizationCode)
            .map(Into::into),
        device_url: None,
        client_id,
        client_secret,
        refresh_token: None,
        username,
        password,
        scopes,
        scope_separator: None,
        credentials: CredentialPlace::default(),
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
    }))
}

/// An input for a part of the way to sign in.
fn input(config: &mut Vec<ConfigInput>, wanted: &str, label: &str, kind: ConfigType, help: &str) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while config.iter().any(|input| input.name == name) {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    config.push(ConfigInput {
        name: name.clone(),
        kind,
        title: label.to_owned(),
        description: help.to_owned(),
        required: true,
        ..ConfigInput::default()
    });
    name
}
