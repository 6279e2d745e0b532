//! `http.auth`: how requests prove who sends them.

use super::{Duration, Request, Scalar, Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
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
    /// The body: a place in a JSON body, or a field of a form. Without a body, a JSON one is made.
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

/// User name and password by challenge (RFC 7616, and RFC 2617 before it): MD5, SHA-256 and SHA-512-256, each also as
/// `-sess`, for the request alone or with its body (`auth-int`). Of several challenges the strongest is answered; the
/// server's nonce serves until the server wants another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct DigestAuth {
    /// The user name.
    pub username: Template,
    /// The password.
    pub password: Template,
}

/// OAuth 2.0 (RFC 6749): a token from a token URL goes on every request. It is asked for once for all streams, renewed
/// shortly before its end (a tenth of its life, at most 60 s), and once more where the server answers 401.
///
/// ```yaml
/// auth:
///   type: oauth2
///   grant: client_credentials
///   token_url: https://id.acme.test/oauth/token
///   client_id: "{{ config.client_id }}"
///   client_secret: "{{ config.client_secret }}"
///   scopes: [read]
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct OAuth2Auth {
    /// How the first token is had.
    pub grant: OAuth2Grant,
    /// Where tokens are asked for. Its host counts as allowed for these requests alone; their redirects are not
    /// followed. Relative to `base_url` where it starts with `/`.
    pub token_url: Template,
    /// Where the person signs in, for `authorization_code`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub authorize_url: Option<Template>,
    /// Where a device code is asked for (RFC 8628), for `device_code`. With `authorization_code` it is a second way to
    /// sign in, for machines without a browser.
    #[serde(default, skip_serializing_if = "is_default")]
    pub device_url: Option<Template>,
    /// The client's id: from the registration of your app with the provider.
    pub client_id: Template,
    /// The client's secret. Public clients have none: leave it out, or its value empty.
    #[serde(default, skip_serializing_if = "is_default")]
    pub client_secret: Option<Template>,
    /// A refresh token that the person has already, for `refresh_token`: `{{ config.refresh_token }}`. Where the
    /// provider gives a new one with each answer, that is kept with the connection and used from then on.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refresh_token: Option<Template>,
    /// The user name, for `password`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub username: Option<Template>,
    /// The password, for `password`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub password: Option<Template>,
    /// What to ask for: `[read, offline_access]`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scopes: Vec<String>,
    /// What stands between scopes. Default a space; some providers want `,`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope_separator: Option<String>,
    /// How the client proves itself at the token URL. Default `body`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub credentials: CredentialPlace,
    /// How the token request is written. Default `form`, as RFC 6749 says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: TokenEncoding,
    /// Extra parameters of the sign-in page and of the request for a device code: `{access_type: offline, prompt: consent}`.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>")]
    pub authorize_params: IndexMap<String, Scalar>,
    /// Extra parameters of the token request: `{audience: "https://api.acme.test"}`.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>")]
    pub token_params: IndexMap<String, Scalar>,
    /// Extra headers of the token request.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>")]
    pub token_headers: IndexMap<String, Scalar>,
    /// The answer's field with the token: a name, a dotted path (`data.token`) or a JSONPath. Default `access_token`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access_token_field: Option<String>,
    /// The answer's field with its life in seconds, or with the moment of its end. Default `expires_in`, else
    /// `expires_at`. Without one a token is used until it is refused.
    #[serde(default, skip_serializing_if = "is_default")]
    pub expires_in_field: Option<String>,
    /// The answer's field with the next refresh token. Default `refresh_token`. An answer without it leaves the old
    /// one in use.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refresh_token_field: Option<String>,
    /// The address that the sign-in page leads back to, where the provider must know it exactly:
    /// `http://localhost:8080/callback`. It must be of this machine and name a port. Default: 127.0.0.1, a free port and
    /// the path `/callback` (RFC 8252).
    #[serde(default, skip_serializing_if = "is_default")]
    pub redirect_uri: Option<String>,
    /// Whether the sign-in is bound to this program by PKCE (RFC 7636, S256). Default true; turn it off only for a
    /// provider that refuses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pkce: Option<bool>,
    /// The header that carries the token. Default `Authorization`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub header: Option<String>,
    /// Text before the token. Default `Bearer `, whatever `token_type` the answer names.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: Option<String>,
}

/// How the first OAuth token is had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum OAuth2Grant {
    /// You sign in on the vendor's page in the browser, and allow the access. For data that belongs to a person's account.
    /// (RFC 8252, with PKCE; on the command line `tapwright sign-in NAME`.)
    AuthorizationCode,
    /// The client ID and the client secret that the vendor gave you are enough; nobody signs in. For access from server
    /// to server. (RFC 6749, 4.4.)
    ClientCredentials,
    /// You have a refresh token already, from the vendor's page or from another program. (RFC 6749, 6.)
    RefreshToken,
    /// You type a short code on another device, such as your telephone. For machines without a browser. (RFC 8628;
    /// on the command line `tapwright sign-in NAME`.)
    DeviceCode,
    /// Your user name and your password are sent to the vendor's token page. Only where it offers nothing else. (RFC
    /// 6749, 4.3.)
    Password,
}

/// Where client credentials go in a token request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CredentialPlace {
    /// In the body, as `client_id` and `client_secret`.
    #[default]
    Body,
    /// As HTTP basic auth. They are percent-encoded first, as RFC 6749 says; where that is refused and makes a
    /// difference, they are sent as they are.
    Basic,
}

/// How a token request is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenEncoding {
    /// As a form.
    #[default]
    Form,
    /// As a JSON object.
    Json,
}

/// A JSON Web Token made here (RFC 7519), sent as it is or exchanged for an access token.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct JwtAuth {
    /// How it is signed.
    pub algorithm: JwtAlgorithm,
    /// The shared secret (HS256 and its kin), or the private key: PEM in PKCS#8, PKCS#1 or SEC1, also with `\n` in place
    /// of its line breaks, or a service account's whole JSON file, whose `client_email` and `private_key_id` become
    /// `iss` and `kid`.
    pub key: Template,
    /// Whether `key` is written in base64.
    #[serde(default, skip_serializing_if = "is_default")]
    pub key_base64: bool,
    /// The claims; every text may hold expressions, and one whole expression keeps its type. `iat` (now) and `exp` (now
    /// and `lifetime`) are there where not said; null takes one out. A moment in `iat`, `exp` and `nbf` becomes seconds.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "{ [key: string]: unknown }", optional = nullable)]
    pub claims: IndexMap<String, Value>,
    /// Extra headers of the token, such as `kid`. `alg` and `typ` are there where not said.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "{ [key: string]: unknown }", optional = nullable)]
    pub token_headers: IndexMap<String, Value>,
    /// How long a token lives. Default `10m`. A new one is made shortly before.
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

/// How a JSON Web Token is signed (RFC 7518, RFC 8037).
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
    /// RSA with SHA-384.
    RS384,
    /// RSA with SHA-512.
    RS512,
    /// RSA-PSS with SHA-256.
    PS256,
    /// RSA-PSS with SHA-384.
    PS384,
    /// RSA-PSS with SHA-512.
    PS512,
    /// ECDSA P-256 with SHA-256.
    ES256,
    /// ECDSA P-384 with SHA-384.
    ES384,
    /// ECDSA P-521 with SHA-512.
    ES512,
    /// Ed25519.
    EdDSA,
}

/// Where a signed assertion is exchanged for an access token (RFC 7523). Its claims name the token URL as `aud` where
/// they do not say another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct JwtExchange {
    /// The token URL.
    pub token_url: Template,
    /// Extra parameters of the token request.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(as = "std::collections::BTreeMap<String, Scalar>", optional = nullable)]
    pub token_params: IndexMap<String, Scalar>,
    /// The answer's field with the token. Default `access_token`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access_token_field: Option<String>,
    /// The answer's field with its life in seconds. Default `expires_in`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub expires_in_field: Option<String>,
}

/// A login request whose answer carries the token. It is sent before the first request, again when the token's time is
/// over, and once after a 401.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SessionAuth {
    /// The login request.
    pub login: Request,
    /// Where the token stands in its answer: a JSONPath, `headers.NAME`, or `cookies.NAME`.
    pub token: String,
    /// How long a token lives, where the answer does not say. Default: until it is refused.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lifetime: Option<Duration>,
    /// A JSONPath to how long the token lives: a number of seconds, or the moment of its end.
    #[serde(default, skip_serializing_if = "is_default")]
    pub expires: Option<String>,
    /// Where the token goes.
    pub send: SessionSend,
    /// The second step, where the answer asks for one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub second_factor: Option<SecondFactor>,
}

/// Where a login's token goes: `{name: X-Session}`, `{in: cookie, name: sid}`,
/// `{name: Authorization, prefix: "Bearer "}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SessionSend {
    /// Where the token goes. Default `header`.
    #[serde(rename = "in", default, skip_serializing_if = "is_default")]
    pub place: ApiKeyPlace,
    /// The header's, parameter's or cookie's name; for a body the dotted path.
    pub name: String,
    /// What is sent. Default `{{ token }}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub value: Option<Template>,
    /// Text before it, such as `Bearer `.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: String,
}

/// The second step of a login: the person is asked for a code (in the window, in the terminal, or by `--code`), and a
/// second request carries it. The token is then taken from that request's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    /// An expression over `response` and `headers` of the login's answer that is true when a code is asked for:
    /// `{{ response.mfa_required }}`.
    pub when: Template,
    /// The request that carries the code, as `{{ code }}`. The login's answer is at hand as `response`.
    pub request: Request,
    /// What the person is asked. Default: `The code for the second step of the login`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prompt: Option<String>,
}

/// AWS Signature Version 4. Every request is signed with this computer's clock.
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
    /// The service's short name: `s3`, `execute-api`, `es`.
    pub service: Template,
    /// Whether bodies go unsigned (`UNSIGNED-PAYLOAD`), as S3 allows over https.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsigned_payload: bool,
}

/// One of several ways, chosen by a config value when the run starts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct SelectAuth {
    /// The expression whose text chooses.
    pub by: Template,
    /// The ways, by that text.
    #[ts(as = "std::collections::BTreeMap<String, Auth>")]
    pub options: IndexMap<String, Auth>,
}
