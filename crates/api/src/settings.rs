//! settings

use crate::app::{App, unbuilt};
use crate::contract::{AppInfo, KeyringStatus, Nothing, Passphrase, SetSettings, Settings};
use definition::Problem;

pub(crate) async fn info(_app: &App, _request: Nothing) -> Result<AppInfo, Problem> {
    Err(unbuilt())
}

pub(crate) async fn set(_app: &App, _request: SetSettings) -> Result<Settings, Problem> {
    Err(unbuilt())
}

pub(crate) async fn unlock(_app: &App, _request: Passphrase) -> Result<KeyringStatus, Problem> {
    Err(unbuilt())
}
