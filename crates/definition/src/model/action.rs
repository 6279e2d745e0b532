//! `actions`: named calls that write or look up.

use super::{Decode, Duration, Field, FieldType, RecordStep, Records, Request, ResponseRule, Rest, Stream};
use super::{Template, is_default};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// A named call: it makes, changes, removes, gets or finds something. A write is sent again after trouble only where that
/// can't do it twice: it was never sent; the server refused it (429, or 503 with `Retry-After`); its method is `GET`,
/// `PUT` or `DELETE` (RFC 9110, 9.2.2); or it carries an idempotency key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// What it does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: ActionKind,
    /// What it is for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// The stream that it writes to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stream: Option<String>,
    /// What it is given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub params: Vec<Param>,
    /// The request; `params.NAME` is at hand. A query parameter, a header, a form field or a member of a JSON body whose
    /// value is one expression over a parameter that was not given is left out. In the path, values are percent-encoded:
    /// `a/b` and `..` can't lead elsewhere. An action has either a `request` or a `database`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub request: Option<Request>,
    /// What is written to a database, instead of a request.
    #[serde(default, skip_serializing_if = "is_default")]
    pub database: Option<DatabaseWrite>,
    /// What is read from the answer. Without it the answer's JSON passes as it came.
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: Option<ActionResponse>,
    /// What its answers mean, before the rules of `http`. A rule of `http` never repeats a write that may be done twice;
    /// `then: retry` here does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub responses: Vec<ResponseRule>,
    /// The header that carries a key by which the server knows a repeated call: `Idempotency-Key`. A call has one key,
    /// made by chance where none is given; each repeat of it sends the same.
    #[serde(default, skip_serializing_if = "is_default")]
    pub idempotency_header: Option<String>,
}

/// A row that is written to a table of a database, or removed from it. Names are quoted, values are bound as parameters of
/// the columns' own types: nothing of a value can become a part of the statement.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct DatabaseWrite {
    /// What is done with the row.
    pub write: WriteKind,
    /// The table: `schema.table`, as the database writes it. Parts with dots or quotes stand in double quotes. Default:
    /// the table of the action's `stream`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub table: Option<String>,
    /// The columns that tell the row from all others. `update` and `delete` touch only the row with these values;
    /// `upsert` changes it where it is there; `insert` leaves it as it is then, so that a repeated call adds none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub key: Vec<String>,
    /// What the columns become, those of the key included: a value or a template with `params`. A column whose template
    /// is one expression over a parameter that was not given is left out; null is written as null. Default: each
    /// parameter goes to the column of its name.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "Record<string, unknown>")]
    pub values: IndexMap<String, Value>,
    /// The columns of the written row that the answer gives back, such as a number that the database chose. PostgreSQL and
    /// SQLite do; MariaDB does not for `update`; MySQL does not.
    #[serde(default, skip_serializing_if = "is_default")]
    pub returning: Vec<String>,
    /// The server and the database, without a password, as in a stream's `source`. Default: those of the action's
    /// `stream`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub url: Option<Template>,
    /// The user name, where it is not part of the address.
    #[serde(default, skip_serializing_if = "is_default")]
    pub username: Option<Template>,
    /// The password: `{{ config.password }}`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub password: Option<Template>,
    /// How long the server may take. Default `1m`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub timeout: Option<Duration>,
}

/// What is done with a row of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum WriteKind {
    /// Adds a row.
    #[default]
    Insert,
    /// Changes the row with the key.
    Update,
    /// Changes the row with the key, or adds it where there is none.
    Upsert,
    /// Removes the row with the key.
    Delete,
}

/// What an action does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActionKind {
    /// Makes a record.
    Create,
    /// Changes one.
    Update,
    /// Removes one.
    Delete,
    /// Reads one.
    Get,
    /// Finds some.
    Search,
    /// Anything else.
    #[default]
    Custom,
}

/// What an action is given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// How expressions call it: letters, digits and `_`.
    pub name: String,
    /// What it is. Text from a form, a file or the command line is turned into it: `12`, `true`, `2024-01-31`.
    #[serde(rename = "type", default, skip_serializing_if = "is_default")]
    pub kind: FieldType,
    /// The label in the form.
    #[serde(default, skip_serializing_if = "is_default")]
    pub title: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: String,
    /// Whether it must be given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// Its value where none is given.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(type = "unknown")]
    pub default: Option<Value>,
    /// The values to choose from.
    #[serde(rename = "enum", default, skip_serializing_if = "is_default")]
    pub options: Vec<String>,
    /// A regular expression that the whole text must match.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern: Option<String>,
    /// The least number that it may be.
    #[serde(default, skip_serializing_if = "is_default")]
    pub min: Option<f64>,
    /// The greatest number that it may be.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max: Option<f64>,
    /// Whether its value is private, such as a password to be set: it is sent, but shown and kept nowhere.
    #[serde(default, skip_serializing_if = "is_default")]
    pub secret: bool,
}

/// What is read from an action's answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ActionResponse {
    /// The statuses that are a success: `[201]`. Default 200 to 299.
    #[serde(default, skip_serializing_if = "is_default")]
    pub statuses: Vec<u16>,
    /// What the bytes of the answer are. Default JSON.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decode: Decode,
    /// A JSONPath to the record, or to the records. Default: the items of an array, or the one object.
    #[serde(default, skip_serializing_if = "is_default")]
    pub path: Option<String>,
    /// Changes to a whole record, before its fields are read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub steps: Vec<RecordStep>,
    /// Its columns. Without any, a record passes as it came.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<Field>,
    /// What happens to what no field took. Default `drop`; without fields `keep`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rest: Option<Rest>,
}

impl ActionResponse {
    /// The answer's mapping as that of a stream: it is read by the same means.
    pub fn as_stream(&self, name: &str) -> Stream {
        Stream {
            name: name.to_owned(),
            decode: self.decode.clone(),
            records: Records { path: self.path.clone(), ..Records::default() },
            steps: self.steps.clone(),
            fields: self.fields.clone(),
            rest: self.rest.clone(),
            ..Stream::default()
        }
    }
}

impl Action {
    /// What it does: as the definition says, or as what it writes to a database says.
    pub fn does(&self) -> ActionKind {
        match (self.kind, &self.database) {
            (ActionKind::Custom, Some(write)) => match write.write {
                WriteKind::Insert => ActionKind::Create,
                WriteKind::Update | WriteKind::Upsert => ActionKind::Update,
                WriteKind::Delete => ActionKind::Delete,
            },
            (kind, _) => kind,
        }
    }
}

impl DatabaseWrite {
    /// The columns and what they become: as they are written, or each parameter to the column of its name.
    pub fn columns(&self, params: &[Param]) -> IndexMap<String, Value> {
        if !self.values.is_empty() {
            return self.values.clone();
        }
        params
            .iter()
            .map(|param| (param.name.clone(), Value::from(format!("{{{{ params.{} }}}}", param.name))))
            .collect()
    }

    /// Whether writing twice does the same as writing once.
    pub fn repeatable(&self) -> bool {
        self.write != WriteKind::Insert || !self.key.is_empty()
    }
}

impl WriteKind {
    /// Its word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Upsert => "upsert",
            Self::Delete => "delete",
        }
    }
}

impl ActionKind {
    /// Its word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Get => "get",
            Self::Search => "search",
            Self::Custom => "custom",
        }
    }
}
