//! Sharing: a definition on its way out, and one that came from elsewhere.

use definition::model::ConfigType;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A definition on its way out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Share {
    /// The file's name.
    pub file_name: String,
    /// Its text.
    pub text: String,
    /// What looks like a secret in it. While there is one, it can't be saved or copied.
    pub findings: Vec<Finding>,
    /// What was checked: `2 known secrets, 34 values`.
    pub checked: String,
}

/// Something that looks like a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Finding {
    /// Where: `http.headers.X-Api-Key`.
    pub path: String,
    /// Why it looks like one, without the value.
    pub reason: String,
}

/// What a person should know of a definition from elsewhere before anything is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TrustSheet {
    /// The connector's name.
    pub title: String,
    /// Its description.
    pub description: String,
    /// Whether it came with the app and was not changed.
    pub bundled: bool,
    /// Where the vendor explains the API. Empty where the definition does not say.
    pub docs: String,
    /// The hosts that it calls. A host that hangs on a config value is shown with it in braces.
    pub hosts: Vec<String>,
    /// The requests that it makes: `GET https://…/orders`.
    pub requests: Vec<String>,
    /// What it asks for.
    pub asks: Vec<InputAsk>,
    /// What is worth a second look: `sends over http, unencrypted`, `calls a private address`.
    pub warnings: Vec<String>,
}

/// A value that a definition asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct InputAsk {
    /// The input's name.
    pub name: String,
    /// Its label.
    pub title: String,
    /// Help.
    pub description: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: ConfigType,
    /// Whether it is needed.
    pub required: bool,
    /// Its value where none is given.
    pub default: Option<String>,
    /// The values to choose from.
    pub options: Vec<String>,
    /// Where it may go: `the header Authorization, to api.acme.test only`.
    pub goes_to: String,
    /// Whether there is a value already.
    pub given: bool,
}
