//! A definition's `oauth2`, rendered with a connection's values.

use super::super::Making;
use definition::model::{CredentialPlace, OAuth2Auth, OAuth2Grant, Scalar, Template, TokenEncoding};
use definition::{Fault, Secret};
use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use url::Url;

use crate::http::Redactor;
use crate::json::Path;

/// All that is known before the first request.
#[derive(Debug)]
pub(crate) struct Spec {
    pub grant: OAuth2Grant,
    pub token_url: Url,
    pub authorize_url: Option<Url>,
    pub device_url: Option<Url>,
    pub client_id: String,
    pub client_secret: Option<Secret>,
    pub refresh_token: Option<Secret>,
    pub username: String,
    pub password: Option<Secret>,
    pub scope: Option<String>,
    pub place: CredentialPlace,
    pub encoding: TokenEncoding,
    pub authorize_params: Vec<(String, Secret)>,
    pub token_params: Vec<(String, Secret)>,
    pub token_headers: Vec<(String, Secret)>,
    pub fields: Fields,
    pub header: String,
    pub prefix: String,
    pub redirect: Option<Url>,
    pub pkce: bool,
    /// Whom the tokens belong to: kept ones with another mark are never used.
    pub mark: String,
}

/// Where an answer has what.
#[derive(Debug)]
pub(crate) struct Fields {
    pub access: Path,
    pub refresh: Path,
    /// Where the definition says so; else the usual names are tried.
    pub expires: Option<Path>,
}

impl Spec {
    pub(super) fn compile(auth: &OAuth2Auth, making: &Making<'_>) -> Result<Self, Vec<Fault>> {
        let secret = |template: &Option<Template>, part: &str| optional(making, template.as_ref(), part);
        let client_id = making.render(&auth.client_id, "client_id")?.trim().to_owned();
        let mut spec = Self {
            grant: auth.grant,
            token_url: address(making, &auth.token_url, "token_url")?,
            authorize_url: auth.authorize_url.as_ref().map(|url| address(making, url, "authorize_url")).transpose()?,
            device_url: auth.device_url.as_ref().map(|url| address(making, url, "device_url")).transpose()?,
            client_id,
            client_secret: secret(&auth.client_secret, "client_secret")?,
            refresh_token: secret(&auth.refresh_token, "refresh_token")?,
            username: secret(&auth.username, "username")?.map(|name| name.open().to_owned()).unwrap_or_default(),
            password: secret(&auth.password, "password")?,
            scope: scope(auth),
            place: auth.credentials,
            encoding: auth.encoding,
            authorize_params: params(making, &auth.authorize_params, "authorize_params")?,
            token_params: params(making, &auth.token_params, "token_params")?,
            token_headers: headers(making, &auth.token_headers)?,
            fields: Fields::compile(auth, making)?,
            header: auth.header.clone().unwrap_or_else(|| "Authorization".to_owned()),
            prefix: auth.prefix.clone().unwrap_or_else(|| "Bearer ".to_owned()),
            redirect: auth.redirect_uri.as_deref().and_then(|uri| Url::parse(uri).ok()),
            pkce: auth.pkce.unwrap_or(true),
            mark: String::new(),
        };
        making.header_name(&spec.header, "header")?;
        spec.whole(making)?;
        spec.mark = spec.marked();
        Ok(spec)
    }

    /// Whether a person has to sign in before the first run.
    pub(super) fn needs_person(&self) -> bool {
        matches!(self.grant, OAuth2Grant::AuthorizationCode | OAuth2Grant::DeviceCode)
    }

    /// Whether all that the grant needs has a value.
    fn whole(&self, making: &Making<'_>) -> Result<(), Vec<Fault>> {
        let missing = |part: &str| {
            let message = format!("The value is missing; the grant needs `{part}`.");
            Err(vec![Fault::new("missing_value", making.at(part), message)])
        };
        match self.grant {
            _ if self.client_id.is_empty() => missing("client_id"),
            OAuth2Grant::RefreshToken if self.refresh_token.is_none() => missing("refresh_token"),
            OAuth2Grant::Password if self.username.is_empty() => missing("username"),
            OAuth2Grant::Password if self.password.is_none() => missing("password"),
            _ => Ok(()),
        }
    }

    /// The token URL, the client, and a fingerprint of what the tokens were given for. Where a person signs in, that is
    /// the scopes; else it is all that was sent.
    fn marked(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.len().to_le_bytes());
            hash.update(text.as_bytes());
        };
        add(self.scope.as_deref().unwrap_or_default());
        if !self.needs_person() {
            add(&format!("{:?}", self.grant));
            add(&self.username);
            for secret in [&self.client_secret, &self.refresh_token, &self.password] {
                add(secret.as_ref().map(Secret::open).unwrap_or_default());
            }
            for (name, value) in &self.token_params {
                add(name);
                add(value.open());
            }
        }
        let fingerprint: String = hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        format!("{} {} {fingerprint}", self.token_url, self.client_id)
    }

    /// Tells the redactor what is secret from the start.
    pub(super) fn teach(&self, redactor: &Redactor) {
        for secret in [&self.client_secret, &self.refresh_token, &self.password].into_iter().flatten() {
            redactor.learn(secret.open());
        }
        redactor.learn_place(&self.header);
    }
}

impl Fields {
    fn compile(auth: &OAuth2Auth, making: &Making<'_>) -> Result<Self, Vec<Fault>> {
        let path = |given: &Option<String>, usual: &str, part: &str| {
            let text = given.as_deref().unwrap_or(usual);
            Path::parse(text).map_err(|why| vec![Fault::new("bad_path", making.at(part), why)])
        };
        let expires = auth.expires_in_field.is_some();
        Ok(Self {
            access: path(&auth.access_token_field, "$.access_token", "access_token_field")?,
            refresh: path(&auth.refresh_token_field, "$.refresh_token", "refresh_token_field")?,
            expires: expires.then(|| path(&auth.expires_in_field, "$.expires_in", "expires_in_field")).transpose()?,
        })
    }
}

/// A value that may be left out: one that refers to an input without a value is none.
fn optional(making: &Making<'_>, template: Option<&Template>, part: &str) -> Result<Option<Secret>, Vec<Fault>> {
    let Some(template) = template else { return Ok(None) };
    let text = making.render_optional(template, part)?;
    Ok(Some(text.trim()).filter(|text| !text.is_empty()).map(Secret::new))
}

fn scope(auth: &OAuth2Auth) -> Option<String> {
    let separator = auth.scope_separator.as_deref().unwrap_or(" ");
    (!auth.scopes.is_empty()).then(|| auth.scopes.join(separator))
}

fn params(
    making: &Making<'_>,
    params: &IndexMap<String, Scalar>,
    part: &str,
) -> Result<Vec<(String, Secret)>, Vec<Fault>> {
    let rendered = params.iter().map(|(name, value)| {
        let text = making.render(&Template(value.as_text()), &format!("{part}.{name}"))?;
        Ok((name.clone(), Secret::new(text)))
    });
    rendered.collect()
}

fn headers(making: &Making<'_>, headers: &IndexMap<String, Scalar>) -> Result<Vec<(String, Secret)>, Vec<Fault>> {
    let mut checked = Vec::new();
    for (name, value) in params(making, headers, "token_headers")? {
        let part = format!("token_headers.{name}");
        let text = making.header_value(value.open(), &part)?;
        checked.push((making.header_name(&name, &part)?, Secret::new(text)));
    }
    Ok(checked)
}

/// An address of the provider. Tokens and secrets go there: not in the clear, where the API itself is encrypted.
fn address(making: &Making<'_>, template: &Template, part: &str) -> Result<Url, Vec<Fault>> {
    let fault = |code: &str, message: String| vec![Fault::new(code, making.at(part), message)];
    if making.expressions.compile(template).is_ok_and(|compiled| compiled.secret()) {
        return Err(fault("secret_in_url", "A secret can't be part of an address: it would be shown.".to_owned()));
    }
    let text = making.render(template, part)?;
    let text = text.trim();
    let url = if text.starts_with('/') { making.base.join(text) } else { Url::parse(text) };
    let url = url.map_err(|error| fault("bad_url", format!("`{text}` is no address: {error}.")))?;
    let (https, http) = (url.scheme() == "https", url.scheme() == "http");
    if !https && !http || url.host_str().is_none() || !url.username().is_empty() {
        return Err(fault("bad_url", format!("`{text}` is no address of a provider: it starts with https://.")));
    }
    let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if http && !here && making.base.scheme() == "https" {
        return Err(fault("insecure_url", format!("Secrets would go to {text} unencrypted. Write it with https://.")));
    }
    Ok(url)
}
