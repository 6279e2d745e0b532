//! The connector definition, version 1: what the file may say, as Rust types.
//!
//! These types hold a definition that may still be wrong. [`crate::check`] finds every fault in
//! one; the engine compiles a faultless one to a plan. The doc comments on the fields are the
//! user documentation: the published JSON Schema carries them.

mod action;
mod auth;
mod body;
mod config;
mod decode;
mod destination;
mod field;
mod hook;
mod http;
mod incremental;
mod job;
mod paginate;
mod partition;
mod record_step;
mod request;
mod response_rule;
mod scalar;
mod source;
mod stream;
mod transform;
mod webhook;
mod webhook_verify;

pub use action::{Action, ActionKind, ActionResponse, DatabaseWrite, Param, WriteKind};
pub use auth::{
    ApiKeyAuth, ApiKeyPlace, Auth, AwsSigV4Auth, BasicAuth, BearerAuth, CredentialPlace, DigestAuth, JwtAlgorithm,
    JwtAuth, JwtExchange, OAuth2Auth, OAuth2Grant, SecondFactor, SelectAuth, SessionAuth, SessionSend, TokenEncoding,
};
pub use body::{Body, GraphqlBody, MultipartPart};
pub use config::{ConfigInput, ConfigType};
pub use decode::{Compression, CsvDecode, Decode, TableDecode, XmlDecode};
pub use destination::{Destination, PushAction};
pub use field::{Field, FieldType, OnError, Rest};
pub use hook::{Hook, HookDo, HookWhen};
pub use http::{Backoff, Check, Http, Limits, RateLimit, RateLimits, Retry};
pub use incremental::{CursorFormat, CursorKind, Incremental, IncrementalInject};
pub use job::{Download, Job, Poll};
pub use paginate::{
    CursorPaginate, LinkHeaderPaginate, NextUrlPaginate, OffsetPaginate, PagePaginate, PageSize, Paginate,
};
pub use partition::{ListPartition, ParentPartition, Partition, WindowPartition};
pub use record_step::{KeyCase, KeywordsStep, RecordStep, Relation, RelationKind};
pub use request::{Inject, Method, Request};
pub use response_rule::{HeaderPattern, HeaderWhen, ResponseRule, ResponseThen, ResponseWait, ResponseWhen};
pub use scalar::{Distance, Duration, Scalar, Template, is_default};
pub use source::{CsvEscape, FilesCsv};
pub use source::{DatabaseSource, FilesFormat, FilesSource, Source};
pub use stream::{Deletions, Records, Stream};
pub use transform::{
    Arithmetic, ArithmeticOp, Base64Direction, CastArgs, EntriesArgs, FlattenArgs, HashAlgorithm, HashArgs, MapArgs,
    MarkdownArgs, MarkdownShape, ParseDateArgs, ParseNumberArgs, PercentAs, PhoneArgs, RegexArgs, ReplaceArgs,
    SliceArgs, Transform,
};
pub use webhook::{Locator, RouteThen, Webhook, WebhookAnswer, WebhookChallenge, WebhookRoute, WebhookSample};
pub use webhook_verify::{Encoding, HmacAlgorithm, HmacVerify, SecretEncoding, TimestampPlace, WebhookVerify};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The format version that this program writes.
pub const FORMAT_VERSION: u32 = 1;

/// A connector: how to talk to one system. Holds no secret, no code and nothing of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The version of this format: `1`.
    pub tapwright: u32,
    /// The connector's short name: lower-case letters, digits, `-` and `_`, up to 64 characters.
    pub name: String,
    /// The name that people see.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: String,
    /// The connector's own version, semantic (`0.1.0`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub version: String,
    /// What the connector reads, in a sentence.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// Where the vendor documents the API.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: String,
    /// What a person fills in. Drawn as a form; secrets go to the keyring.
    #[serde(default, skip_serializing_if = "is_default")]
    pub config: Vec<ConfigInput>,
    /// What all HTTP requests share. Needed as soon as one stream reads over HTTP.
    #[serde(default, skip_serializing_if = "is_default")]
    pub http: Option<Http>,
    /// A cheap request that proves the credentials.
    #[serde(default, skip_serializing_if = "is_default")]
    pub check: Option<Check>,
    /// The collections of records that can be read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub streams: Vec<Stream>,
    /// Named calls that write or look up.
    #[serde(default, skip_serializing_if = "is_default")]
    pub actions: Vec<Action>,
    /// Events that the other system sends.
    #[serde(default, skip_serializing_if = "is_default")]
    pub webhooks: Vec<Webhook>,
    /// What happens around a run: a request, a log line or a notification.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hooks: Vec<Hook>,
    /// Tables that are written to the API, by actions.
    #[serde(default, skip_serializing_if = "is_default")]
    pub destinations: Vec<Destination>,
}

impl Default for Definition {
    /// An empty connector of this format's version: without a name and streams it is not a whole one yet.
    fn default() -> Self {
        Self {
            tapwright: FORMAT_VERSION,
            name: String::new(),
            title: String::new(),
            version: String::new(),
            description: String::new(),
            docs: String::new(),
            config: Vec::new(),
            http: None,
            check: None,
            streams: Vec::new(),
            actions: Vec::new(),
            webhooks: Vec::new(),
            hooks: Vec::new(),
            destinations: Vec::new(),
        }
    }
}

impl Definition {
    /// A copy without the streams, which are nearly all of a large one.
    pub(crate) fn without_streams(&self) -> Self {
        Self {
            tapwright: self.tapwright,
            name: self.name.clone(),
            title: self.title.clone(),
            version: self.version.clone(),
            description: self.description.clone(),
            docs: self.docs.clone(),
            config: self.config.clone(),
            http: self.http.clone(),
            check: self.check.clone(),
            streams: Vec::new(),
            actions: self.actions.clone(),
            webhooks: self.webhooks.clone(),
            hooks: self.hooks.clone(),
            destinations: self.destinations.clone(),
        }
    }

    /// The stream called `name`.
    pub fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.name == name)
    }

    /// The action called `name`.
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name == name)
    }

    /// The input called `name`.
    pub fn input(&self, name: &str) -> Option<&ConfigInput> {
        self.config.iter().find(|input| input.name == name)
    }

    /// Whether `config.NAME` is a secret.
    pub fn is_secret(&self, name: &str) -> bool {
        self.input(name).is_some_and(|input| input.kind == ConfigType::Secret)
    }
}
