//! Settings and facts of the app.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Facts of the app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AppInfo {
    /// The version.
    pub version: String,
    /// Where everything is kept.
    pub data_dir: String,
    /// Where secrets go.
    pub keyring: KeyringStatus,
    /// The settings.
    pub settings: Settings,
}

/// What a person can set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the system.
    pub theme: Theme,
    /// What the window speaks.
    pub language: Language,
    /// Whether schedules run while the window is open. Default yes. `tapwright serve` runs them whatever this says.
    pub run_schedules: bool,
    /// How many scheduled runs go on at the same time, 1 to 64. Default 4. Those that are due besides wait for their turn.
    pub runs_at_once: u32,
    /// The proxy: empty as the system says, `none`, or `http://HOST:PORT`. Never with a password.
    pub proxy: String,
    /// PEM files of authorities that are trusted beside the system's.
    pub certificates: Vec<String>,
    /// The largest answer in MiB, where a definition does not say. Default 64.
    #[ts(optional = nullable)]
    pub response_mib: Option<u32>,
    /// Shortcuts that were changed: the command's name and its keys (`Ctrl+Shift+K`), empty for none.
    pub keys: std::collections::BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            language: Language::default(),
            run_schedules: true,
            runs_at_once: 4,
            proxy: String::new(),
            certificates: Vec::new(),
            response_mib: None,
            keys: std::collections::BTreeMap::new(),
        }
    }
}

/// Light, dark or as the system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What the window speaks. Messages of the engine are English in all of them, so that they can be searched for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// As the system, where there is a translation, and else English.
    #[default]
    System,
    /// English.
    En,
    /// German.
    De,
}

/// Where secrets go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct KeyringStatus {
    /// The kind of store.
    pub kind: KeyringKind,
    /// In words: `Secret Service`, `No keyring answers on this machine: …`.
    pub message: String,
}

/// The kinds of secret stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringKind {
    /// The system's keyring.
    System,
    /// A file, encrypted with a passphrase, open.
    File,
    /// Such a file that waits for its passphrase.
    FileLocked,
    /// None: keys are used for the call at hand and not kept, until the person makes a file.
    None,
}
