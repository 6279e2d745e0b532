//! `http.auth`: how requests prove who sends them.

use super::{Duration, Request, Scalar, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How requests prove who sends them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Auth {
    /// Nothing is sent.
    #[default]
    None,
    /// A key in a header, the query, a cookie or the body.
    ApiKey(ApiKeyAuth),
    /// User name and password (RFC 7617).
    Basic(BasicAuth),
    /// A token in `Authorization: Bearer` (RFC 6750).
    Bearer(BearerAuth),
    /// User name and password by challenge (RFC 7616).
    Digest(DigestAuth),
    /// OAuth 2.0 (RFC 6749).
    #[serde(rename = "oauth2")]
    OAuth2(Box<OAuth2Auth>),
    /// A JSON Web Token made here (RFC 7519).
    Jwt(Box<JwtAuth>),
    /// A login request whose answer carries the token.
    Session(Box<SessionAuth>),
    /// AWS Signature Version 4.
    #[serde(rename = "aws_sigv4")]
    AwsSigV4(AwsSigV4Auth),
    /// One of several ways, chosen by a config value.
    Select(SelectAuth),
}

/// A key in a header, the query, a cookie or the body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct ApiKeyAuth {
    /// Where the key goes. Default `header`.
    #[serde(rename = "in", default, skip_serializing_if = "is_default")]
    pub place: ApiKeyPlace,
    /// The header's, parameter's or cookie's name; for a body the dotted path.
    pub name: String,
    /// The key: `{{ config.api_key }}`.
    pub value: Template,
    /// Text before the key, such as `Token `.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: String,
}

/// Where an API key goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyPlace {
    /// A header.
    #[default]
    Header,
    /// The query. The URL is shown with the key masked.
    Query,
    /// A cookie.
    Cookie,
    /// The JSON body.
    Body,
}

/// User name and password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct BasicAuth {
    /// The user name.
    pub username: Template,
    /// The password. May be empty.
    #[serde(default, skip_serializing_if = "is_default")]
    pub password: Template,
}

/// A token in `Authorization: Bearer`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct BearerAuth {
    /// The token: `{{ config.api_token }}`.
    pub token: Template,
}

/// User name and password by challenge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct DigestAuth {
    /// The user name.
    pub username: Template,
    /// The password.
    pub password: Template,
}

/// OAuth 2.0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct OAuth2Auth {
    /// How the first token is had.
    pub grant: OAuth2Grant,
    /// Where tokens are asked for.
    pub token_url: Template,
    /// Where the person signs in, for `authorization_code`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub authorize_url: Option<Template>,
    /// Where a device code is asked for, for `device_code`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub device_url: Option<Template>,
    /// The client's id.
    pub client_id: Template,
    /// The client's secret, where there is one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub client_secret: Option<Template>,
    /// A refresh token that the person has already.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refresh_token: Option<Template>,
    /// The user name, for `password`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub username: Option<Template>,
    /// The password, for `password`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub password: Option<Template>,
    /// What to ask for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scopes: Vec<String>,
    /// What stands between scopes. Default a space.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope_separator: Option<String>,
    /// How the client proves itself at the token URL. Default `body`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub credentials: CredentialPlace,
    /// Extra parameters of the sign-in page.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>")]
    pub authorize_params: IndexMap<String, Scalar>,
    /// Extra parameters of the token request.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>")]
    pub token_params: IndexMap<String, Scalar>,
    /// The answer's field with the token. Default `access_token`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access_token_field: Option<String>,
    /// The answer's field with its life in seconds. Default `expires_in`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub expires_in_field: Option<String>,
    /// The answer's field with the next refresh token. Default `refresh_token`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refresh_token_field: Option<String>,
}

/// How the first OAuth token is had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum OAuth2Grant {
    /// The person signs in with the browser (PKCE, loopback redirect, RFC 8252).
    AuthorizationCode,
    /// The client alone.
    ClientCredentials,
    /// A refresh token that the person has already.
    RefreshToken,
    /// A code typed on another device (RFC 8628).
    DeviceCode,
    /// User name and password.
    Password,
}

/// Where client credentials go in a token request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CredentialPlace {
    /// In the form body.
    #[default]
    Body,
    /// As HTTP basic auth.
    Basic,
}

/// A JSON Web Token made here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct JwtAuth {
    /// How it is signed.
    pub algorithm: JwtAlgorithm,
    /// The shared secret, or the private key in PEM.
    pub key: Template,
    /// Whether `key` is written in base64.
    #[serde(default, skip_serializing_if = "is_default")]
    pub key_base64: bool,
    /// The claims.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>")]
    pub claims: IndexMap<String, Scalar>,
    /// Extra headers of the token.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>")]
    pub token_headers: IndexMap<String, Scalar>,
    /// How long a token lives. Default `10m`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lifetime: Option<Duration>,
    /// The header that carries it. Default `Authorization`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub header: Option<String>,
    /// Text before it. Default `Bearer `.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: Option<String>,
    /// Where it is exchanged for an access token (RFC 7523), for service accounts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exchange: Option<JwtExchange>,
}

/// How a JSON Web Token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub enum JwtAlgorithm {
    /// HMAC with SHA-256.
    HS256,
    /// HMAC with SHA-384.
    HS384,
    /// HMAC with SHA-512.
    HS512,
    /// RSA with SHA-256.
    RS256,
    /// ECDSA P-256 with SHA-256.
    ES256,
}

/// Where a signed assertion is exchanged for an access token.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct JwtExchange {
    /// The token URL.
    pub token_url: Template,
}

/// A login request whose answer carries the token.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SessionAuth {
    /// The login request.
    pub login: Request,
    /// A JSONPath to the token in its answer, or `headers.NAME`.
    pub token: String,
    /// How long a token lives, where the answer does not say.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lifetime: Option<Duration>,
    /// Where the token goes.
    pub send: ApiKeyAuth,
    /// The second step, where the answer asks for one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub second_factor: Option<SecondFactor>,
}

/// The second step of a login.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    /// An expression over `response` that is true when a code is asked for.
    pub when: Template,
    /// The request that carries the code, as `{{ code }}`.
    pub request: Request,
}

/// AWS Signature Version 4.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct AwsSigV4Auth {
    /// The access key's id.
    pub access_key_id: Template,
    /// The secret access key.
    pub secret_access_key: Template,
    /// The session token, for temporary credentials.
    #[serde(default, skip_serializing_if = "is_default")]
    pub session_token: Option<Template>,
    /// The region.
    pub region: Template,
    /// The service's short name.
    pub service: Template,
}

/// One of several ways, chosen by a config value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SelectAuth {
    /// The expression whose text chooses.
    pub by: Template,
    /// The ways, by that text.
    #[ts(as = "std::collections::BTreeMap<String, Auth>")]
    pub options: IndexMap<String, Auth>,
}
