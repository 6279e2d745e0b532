//! The workbench: one connector being made, looked at or changed.

use super::{DatabaseAsk, EndpointsAsk, TrustSheet};
use definition::model::{Auth, ConfigInput, FieldType};
use definition::{Definition, Fault, Problem, Secret};
use engine::capture::{RequestSnapshot, ResponseSnapshot};
use engine::detect::{Detection, Offer};
use engine::state::StreamState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a workbench waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WorkbenchStage {
    /// A definition from elsewhere: the person looks at whom it calls and gives what it asks for.
    Trust,
    /// The server asked for a key.
    Key,
    /// A database: its tables are chosen from, or it asks for a password first.
    Tables,
    /// A file of many requests: those that are read are chosen.
    Endpoints,
    /// There are records to look at.
    Ready,
    /// The request failed; `problem` says why.
    Failed,
}

/// One connector on the bench. Its responses stay on the Rust side; views ask for the part that they show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct Workbench {
    /// Its id: the connector's.
    pub id: String,
    /// What it waits for.
    pub stage: WorkbenchStage,
    /// The definition as it stands.
    pub definition: Definition,
    /// Its text, as it would be saved; as it was typed, while `text_faults` has any.
    pub yaml: String,
    /// Tells this text from any other: a change names the one that it was made to.
    pub revision: String,
    /// Why the text as typed is no definition. The definition is the last one that could be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Fault>>", optional)]
    pub text_faults: Vec<Fault>,
    /// Its faults. While there are any, previews show the last good one.
    pub faults: Vec<Fault>,
    /// Whether it was accepted: it has a connection, and can be synced.
    pub accepted: bool,
    /// The connection's id, once accepted.
    pub connection: Option<String>,
    /// The key that the server asks for, at stage `key`.
    pub ask: Option<AuthAsk>,
    /// Whom it calls and what it asks for, at stage `trust`.
    pub trust: Option<TrustSheet>,
    /// The database whose tables are chosen from, at stage `tables`.
    pub database: Option<DatabaseAsk>,
    /// The file whose requests are chosen from, at stage `endpoints`.
    pub endpoints: Option<EndpointsAsk>,
    /// What was detected of the first stream, where it came from a URL or a curl command.
    pub detection: Option<Detection>,
    /// What stands fixed in the requests and could be loosened: an id in the path, a date in the query.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Offer>>", optional)]
    pub offers: Vec<Offer>,
    /// What was told about what was pasted: `A key in the curl command went to the keyring.`
    pub notes: Vec<String>,
    /// Why there are no records.
    pub problem: Option<Problem>,
    /// The preview of the first stream.
    pub preview: Option<StreamPreview>,
    /// Whether an edit can be undone.
    pub can_undo: bool,
    /// Whether an undone edit can be done again.
    pub can_redo: bool,
    /// What undo would take back, in words.
    pub undo: Option<String>,
    /// What redo would do again, in words.
    pub redo: Option<String>,
}

/// The kinds of auth that a person chooses from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AuthKind {
    /// Nothing.
    None,
    /// A key in a header or the query.
    ApiKey,
    /// User name and password.
    Basic,
    /// A token.
    Bearer,
    /// User name and password by challenge.
    Digest,
    /// OAuth 2.0.
    #[serde(rename = "oauth2")]
    OAuth2,
    /// A JSON Web Token made here.
    Jwt,
    /// A login request whose answer carries the token.
    Session,
    /// AWS Signature Version 4.
    #[serde(rename = "aws_sigv4")]
    AwsSigV4,
}

/// What the server asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AuthAsk {
    /// The kind that is preselected.
    pub kind: AuthKind,
    /// The header or parameter, for `api_key`.
    pub name: String,
    /// Whether `name` is a query parameter.
    pub in_query: bool,
    /// Text before the key in a header, for `api_key`: `Token `.
    #[serde(default)]
    pub prefix: String,
    /// Why, in one line: `The server answered 401 with WWW-Authenticate: Bearer.`
    pub reason: String,
    /// The only host that the key will be sent to.
    pub host: String,
    /// Where one signs in for OAuth 2.0, where the server named it.
    #[serde(default)]
    pub authorize_url: Option<String>,
    /// Where tokens are had, where the server named it.
    #[serde(default)]
    pub token_url: Option<String>,
    /// Where the addresses of the sign-in can be asked for (RFC 9728), where the server named it. It is asked only on
    /// a click.
    #[serde(default)]
    pub metadata: Option<String>,
    /// The user name, where it is known.
    pub username: Option<String>,
    /// A key that may be tried: the sample API's own, which is no secret.
    pub suggestion: Option<String>,
    /// Whether a key was sent and refused.
    pub refused: bool,
}

/// What the person gave.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct AuthGiven {
    /// The kind.
    pub kind: AuthKind,
    /// The header or parameter, for `api_key`.
    pub name: Option<String>,
    /// Whether `name` is a query parameter.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub in_query: bool,
    /// Text before the key in a header, for `api_key`; what the server told where it is left out.
    #[serde(default)]
    pub prefix: Option<String>,
    /// The user name, for `basic`.
    pub username: Option<String>,
    /// The key, the token or the password. Empty where `form` holds it.
    #[ts(type = "string")]
    pub secret: Secret,
    /// A kind with more settings, as its form was filled in.
    pub form: Option<AuthForm>,
}

/// A kind of auth with its settings, and the inputs that it refers to.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AuthForm {
    /// The kind. What is secret in it is a reference to one of `inputs`.
    pub auth: Auth,
    /// The inputs that it needs.
    pub inputs: Vec<ConfigInput>,
    /// Their values that are no secrets, as text.
    pub values: BTreeMap<String, String>,
    /// Their secrets.
    #[ts(type = "Record<string, string>")]
    pub secrets: BTreeMap<String, Secret>,
}

/// A stream's preview: the loop with small limits and a sink that keeps what it gets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StreamPreview {
    /// The stream.
    pub stream: String,
    /// Grows with every change of what is shown; rows and nodes of an older one are stale.
    pub version: u32,
    /// The pages read.
    pub pages: Vec<PagePreview>,
    /// The requests beside them: for tokens, for logins. Masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<PreviewAside>>", optional)]
    pub asides: Vec<PreviewAside>,
    /// How many more of these requests there were than are kept.
    pub asides_left: u32,
    /// What was asked for: how much, and of which part.
    pub asked: PreviewAsked,
    /// Which of these limits ended it.
    pub ended: Option<PreviewEnd>,
    /// Requests that were sent for it, repeats included.
    pub requests: u32,
    /// Raw records in the pages.
    pub read: u32,
    /// The first parts of the stream as far as they are known, each its values as JSON.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub parts: Vec<String>,
    /// Mapped records at hand.
    pub rows: u32,
    /// Whether a limit ended it: there is more.
    pub limited: bool,
    /// How many records there are in all, where the server says so.
    pub total: Option<u64>,
    /// The columns, as they are declared: also hidden ones.
    pub fields: Vec<FieldSample>,
    /// Records left out by `on_error: skip`.
    pub skipped: u32,
    /// Why it ended early, if it did.
    pub problem: Option<Problem>,
    /// The log's lines.
    pub log: Vec<String>,
    /// The state that it started from; none: from the beginning.
    pub from: Option<StreamState>,
    /// The state after it, as a sync would keep it.
    pub state: Option<StreamState>,
    /// What was detected of the stream.
    pub detection: Option<Detection>,
}

/// How much of a stream a preview was to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewAsked {
    /// Pages at most.
    pub pages: u32,
    /// Records at most.
    pub records: u32,
    /// The one part, its values as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub part: Option<String>,
}

/// Which limit ended a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PreviewEnd {
    /// The pages that were asked for.
    Pages,
    /// The records that were asked for.
    Records,
    /// The memory that a preview may take.
    Bytes,
    /// The person.
    Stopped,
}

/// A request beside a preview's pages: for a token, a login, a job, a parent. Masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct PreviewAside {
    /// What it was for, in a word: `token`, `login`, `job`, `parent`.
    pub what: String,
    /// The stream that was read, of a parent.
    pub stream: Option<String>,
    /// The request as sent.
    pub request: RequestSnapshot,
    /// The request as a curl command.
    pub curl: String,
    /// The answer's facts, where there was one.
    pub response: Option<ResponseSnapshot>,
    /// The beginning of the answer's body.
    pub body: String,
    /// Whether more of the body is at hand.
    pub more: bool,
    /// Why it did not end well.
    pub problem: Option<String>,
}

/// A value, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WholeValue {
    /// Its text: of a JSON text what it says, of a list or an object its JSON. None: null.
    pub text: Option<String>,
    /// Whether it was too long, and its end is left out.
    pub cut: bool,
}

/// One page of a preview.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PagePreview {
    /// The request as sent, masked.
    pub request: RequestSnapshot,
    /// The request as a curl command, masked.
    pub curl: String,
    /// The answer.
    pub response: ResponseSnapshot,
    /// Raw records in it.
    pub records: u32,
    /// The values of the partition that it belongs to, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub partition: Option<String>,
}

/// A column with what it makes of the first records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FieldSample {
    /// The column's name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Before and after, of the first records, at most 5.
    pub samples: Vec<SampleValue>,
    /// Values that did not fit.
    pub faults: u32,
    /// Some of them, at most 5.
    pub fault_samples: Vec<ValueFault>,
    /// Whether the type that was detected is another one.
    pub detected: Option<FieldType>,
}

/// A value before and after its mapping, as text to show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SampleValue {
    /// The source value, as JSON text, shortened. `None`: missing.
    pub before: Option<String>,
    /// The column's value. `None`: null.
    pub after: Option<String>,
    /// The value after each transform, up to the one that failed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<Option<String>>>", optional)]
    pub steps: Vec<Option<String>>,
    /// Why nothing fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub why: Option<String>,
}

/// A value that did not fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ValueFault {
    /// The record, from 0.
    pub row: u32,
    /// The value as it came, shortened.
    pub value: String,
    /// Why it does not fit.
    pub message: String,
}

/// One mapped record, as text to show. `None` is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PreviewRow {
    /// Which record it is, from 0, in the order in which they came.
    pub at: u32,
    /// The values of the columns that are not hidden, in order.
    pub cells: Vec<Option<String>>,
    /// The places in `cells` of values that did not fit.
    pub faulty: Vec<u32>,
}

/// A node of a response, as a tree shows it. Numbers are text: no digit is lost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TreeNode {
    /// Its path, RFC 9535, normalised to the dotted form where possible: `$.data[0].id`.
    pub path: String,
    /// Its member name or its place.
    pub key: String,
    /// `object`, `array`, `string`, `number`, `boolean` or `null`.
    pub kind: String,
    /// The value as JSON text, shortened to 200 characters. Empty for objects and arrays.
    pub value: String,
    /// How many children it has.
    pub children: u32,
    /// What it is to the definition, if anything.
    pub marks: Vec<Mark>,
}

/// What a node is to the definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Mark {
    /// The role.
    pub role: Role,
    /// The column's name, for `column`.
    pub name: String,
}

/// What a value can be used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The records: an array, or anything in it.
    Records,
    /// The key.
    Key,
    /// The value that grows.
    Cursor,
    /// The next page's token or URL.
    NextPage,
    /// A column.
    Column,
}

/// The state that the next sync starts from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct StatePreview {
    /// The stream.
    pub stream: String,
    /// Its state, where there is one.
    pub state: Option<StreamState>,
}
