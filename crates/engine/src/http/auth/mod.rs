//! How requests prove who sends them: one file a kind. The sender asks before each request and after each refusal.

mod api_key;
mod aws_sigv4;
mod basic;
mod bearer;
mod body;
mod credentials;
mod digest;
mod jwt;
pub(crate) mod oauth2;
mod select;
mod session;
#[cfg(test)]
mod tests;
mod wire;

pub use credentials::Credentials;
pub(crate) use credentials::take_off;
pub(crate) use wire::{AuthAnswer, AuthLine, AuthRequest, AuthWire, LineParts};

use super::transport::WireRequest;
use super::{Redactor, header_name};
use crate::expr::{Compiled, Expressions, Scope};
use definition::model::{Auth, Http, Template};
use definition::{Fault, Problem};
use url::Url;

/// Which state of the credentials a request was sent with: raised by each renewal. After a refusal it tells whether
/// another request has renewed them meanwhile.
pub(crate) type Generation = u64;

/// A connector's way to prove who sends a request.
#[derive(Debug)]
pub(crate) enum Authenticator {
    /// The same on every request.
    Fixed(Credentials),
    /// By challenge.
    Digest(Box<digest::Digest>),
    /// A token from a token URL.
    OAuth2(oauth2::OAuth2),
    /// A token signed here.
    Jwt(Box<jwt::Jwt>),
    /// A token from a login.
    Session(Box<session::Session>),
    /// A signature over the request.
    AwsSigV4(Box<aws_sigv4::AwsSigV4>),
}

/// A request that was refused for its credentials.
#[derive(Debug)]
pub(crate) struct Refused<'a> {
    /// The status code.
    pub status: u16,
    /// The answer's headers, names in lower case.
    pub headers: &'a [(String, String)],
    /// What [`Authenticator::put_on`] gave for the request.
    pub generation: Generation,
}

/// What a kind is compiled with.
#[derive(Debug, Clone)]
pub(crate) struct Making<'a> {
    /// Templates, and the connection's values.
    pub expressions: &'a Expressions,
    /// What all requests share.
    pub http: &'a Http,
    /// The base URL.
    pub base: &'a Url,
    /// The auth's place in the definition: `http.auth`, `http.auth.options.token`.
    pub field: String,
}

impl Authenticator {
    /// Gets a token where one is needed and none is at hand. Called before a request's own time is counted.
    pub(crate) async fn prepare(&self, via: &AuthWire<'_>) -> Result<(), Box<Problem>> {
        match self {
            Self::OAuth2(kind) => kind.prepare(via).await,
            Self::Jwt(kind) => kind.prepare(via).await,
            Self::Session(kind) => kind.prepare(via).await,
            Self::Fixed(_) | Self::Digest(_) | Self::AwsSigV4(_) => Ok(()),
        }
    }

    /// Puts on a request to an allowed origin what proves who sends it. The request is whole: nothing is changed after.
    pub(crate) async fn put_on(&self, wire: &mut WireRequest, via: &AuthWire<'_>) -> Result<Generation, Box<Problem>> {
        match self {
            Self::Fixed(credentials) => {
                credentials.put_on(wire)?;
                Ok(0)
            }
            Self::Digest(kind) => kind.put_on(wire, via).await,
            Self::OAuth2(kind) => kind.put_on(wire, via).await,
            Self::Jwt(kind) => kind.put_on(wire, via).await,
            Self::Session(kind) => kind.put_on(wire, via).await,
            Self::AwsSigV4(kind) => kind.put_on(wire, via).await,
        }
    }

    /// After a 401, or where a rule says `refresh_auth`: makes ready anew. True where the same request again may be
    /// taken. Asked at most once a request.
    pub(crate) async fn renew(&self, refused: &Refused<'_>, via: &AuthWire<'_>) -> Result<bool, Box<Problem>> {
        match self {
            Self::Fixed(_) => Ok(false),
            Self::Digest(kind) => kind.renew(refused, via).await,
            Self::OAuth2(kind) => kind.renew(refused, via).await,
            Self::Jwt(kind) => kind.renew(refused, via).await,
            Self::Session(kind) => kind.renew(refused, via).await,
            Self::AwsSigV4(kind) => kind.renew(refused, via).await,
        }
    }

    /// Whether a refusal says nothing against the credentials, so that a request may be repeated more than once for it:
    /// several requests at once can use up a server's nonce before one of them is answered.
    pub(crate) fn is_harmless(&self, refused: &Refused<'_>) -> bool {
        matches!(self, Self::Digest(_)) && digest::Digest::is_harmless(refused)
    }

    /// Whether a repeat was refused with a token that was not got for it, so that it may be renewed once more.
    pub(crate) fn is_anothers(&self, refused: &Refused<'_>) -> bool {
        matches!(self, Self::OAuth2(kind) if kind.is_anothers(refused))
    }

    /// Waits until a token that is being renewed is stored: a run that ends must not cut that off.
    pub(crate) async fn settled(&self) {
        if let Self::OAuth2(kind) = self {
            kind.settled().await;
        }
    }

    /// Whether nothing is put on requests.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Fixed(credentials) if credentials.is_empty())
    }

    /// The names of query parameters that carry credentials.
    pub(crate) fn query_names(&self) -> Vec<&str> {
        match self {
            Self::Fixed(credentials) => credentials.query_names().collect(),
            Self::Session(kind) => kind.query_names(),
            Self::AwsSigV4(_) | Self::Digest(_) | Self::Jwt(_) | Self::OAuth2(_) => Vec::new(),
        }
    }

    /// Puts on what is known before anything is sent; what has to be got first is shown by its place alone.
    pub(crate) fn rehearse(&self, wire: &mut WireRequest) -> Result<(), Box<Problem>> {
        let scheme = match self {
            Self::Fixed(credentials) => return credentials.put_on(wire),
            Self::Session(kind) => return kind.rehearse(wire),
            Self::OAuth2(_) | Self::Jwt(_) => "Bearer",
            Self::Digest(_) => "Digest",
            Self::AwsSigV4(_) => "AWS4-HMAC-SHA256",
        };
        let value = format!("{scheme} {}", super::redact::MASK);
        wire.headers.push(("Authorization".to_owned(), value));
        Ok(())
    }

    /// Tells the redactor the secrets that are known from the start, and the places that secrets go to.
    pub(crate) fn teach(&self, redactor: &Redactor) {
        match self {
            Self::Fixed(credentials) => credentials.teach(redactor),
            Self::Digest(kind) => kind.teach(redactor),
            Self::OAuth2(kind) => kind.teach(redactor),
            Self::Jwt(kind) => kind.teach(redactor),
            Self::Session(kind) => kind.teach(redactor),
            Self::AwsSigV4(kind) => kind.teach(redactor),
        }
    }
}

/// Compiles and renders a connector's auth. Faults tell which value is missing or can't be sent, never the value.
pub(crate) fn compile(auth: &Auth, making: &Making<'_>) -> Result<Authenticator, Vec<Fault>> {
    match auth {
        Auth::None => Ok(Authenticator::Fixed(Credentials::default())),
        Auth::ApiKey(auth) => api_key::compile(auth, making).map(Authenticator::Fixed),
        Auth::Basic(auth) => basic::compile(auth, making).map(Authenticator::Fixed),
        Auth::Bearer(auth) => bearer::compile(auth, making).map(Authenticator::Fixed),
        Auth::Digest(auth) => digest::compile(auth, making).map(|kind| Authenticator::Digest(Box::new(kind))),
        Auth::OAuth2(auth) => oauth2::compile(auth, making).map(Authenticator::OAuth2),
        Auth::Jwt(auth) => jwt::compile(auth, making).map(|kind| Authenticator::Jwt(Box::new(kind))),
        Auth::Session(auth) => session::compile(auth, making).map(|kind| Authenticator::Session(Box::new(kind))),
        Auth::AwsSigV4(auth) => aws_sigv4::compile(auth, making).map(|kind| Authenticator::AwsSigV4(Box::new(kind))),
        Auth::Select(auth) => select::compile(auth, making),
    }
}

impl Making<'_> {
    /// The path of a part of the auth: `http.auth.token`.
    pub(crate) fn at(&self, part: &str) -> String {
        format!("{}.{part}", self.field)
    }

    /// Renders one template of the auth, with the connection's values alone.
    pub(crate) fn render(&self, template: &Template, part: &str) -> Result<String, Vec<Fault>> {
        let (field, expressions) = (self.at(part), self.expressions);
        let compiled: Compiled =
            expressions.compile(template).map_err(|why| vec![Fault::new("bad_template", field.as_str(), why)])?;
        compiled.text(expressions, &Scope::default()).map(|rendered| rendered.text).map_err(|why| {
            let input = compiled.names().iter().find(|name| name.starts_with("config.") && !expressions.has(name));
            vec![match input {
                Some(name) => Fault::new("missing_value", name.as_str(), "The value is missing; auth needs it."),
                None => Fault::new("bad_template", field, why),
            }]
        })
    }

    /// The same of a value that may be left out: of an optional input without a value nothing is left. A required one is
    /// missed before.
    pub(crate) fn render_optional(&self, template: &Template, part: &str) -> Result<String, Vec<Fault>> {
        match self.render(template, part) {
            Err(faults) if faults.iter().all(|fault| fault.code == "missing_value") => Ok(String::new()),
            rendered => rendered,
        }
    }

    /// A header's name.
    pub(crate) fn header_name(&self, name: &str, part: &str) -> Result<String, Vec<Fault>> {
        if header_name(name) {
            return Ok(name.to_owned());
        }
        Err(vec![Fault::new("bad_header", self.at(part), format!("`{name}` is no header name."))])
    }

    /// A value that may stand in a header. White space around it (a pasted line break) is taken off.
    pub(crate) fn header_value(&self, value: &str, part: &str) -> Result<String, Vec<Fault>> {
        let value = value.trim();
        if value.bytes().all(|byte| (0x20..0x7f).contains(&byte) || byte == b'\t') {
            return Ok(value.to_owned());
        }
        let message = "The value can't be sent: it has a line break, or a character that is no plain ASCII.";
        Err(vec![Fault::new("illegal_value", self.at(part), message)])
    }
}
