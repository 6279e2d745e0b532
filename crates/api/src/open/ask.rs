//! What a server asks for, as the window asks the person.

use crate::app::App;
use crate::contract::{AuthAsk, AuthKind, WorkbenchStage};
use crate::workbench::{Bench, State};
use definition::model::{ApiKeyAuth, ApiKeyPlace, Auth};
use definition::{Definition, Problem, ProblemKind, Stage};
use engine::detect::{AuthHint, AuthHintKind};
use engine::http::{Answer, refusal_words};
use serde_json::Value;

/// What is asked, and the text that goes before the key.
pub(super) struct Asked {
    pub ask: AuthAsk,
    pub prefix: String,
}

/// What a refusal asks for.
pub(super) fn ask(app: &App, definition: &Definition, answer: &Answer, hint: AuthHint) -> Asked {
    let host = host(answer);
    let sent = definition.http.as_ref().is_some_and(|http| http.auth != Auth::None);
    let kind = match hint.kind {
        AuthHintKind::ApiKey => AuthKind::ApiKey,
        AuthHintKind::Basic => AuthKind::Basic,
        AuthHintKind::Bearer | AuthHintKind::None => AuthKind::Bearer,
        AuthHintKind::Digest => AuthKind::Digest,
        AuthHintKind::OAuth2 => AuthKind::OAuth2,
        AuthHintKind::AwsSigV4 => AuthKind::AwsSigV4,
    };
    let said = refusal_words(&answer.body).map(|words| format!(" It says: “{words}”")).unwrap_or_default();
    let sample = app.is_sample(&host);
    let suggestion = sample.then(|| {
        let key = if kind == AuthKind::Basic { sample_api::SAMPLE_PASSWORD } else { sample_api::SAMPLE_KEY };
        key.to_owned()
    });
    let username = (sample && kind == AuthKind::Basic).then(|| sample_api::SAMPLE_USER.to_owned());
    let name = if hint.name.is_empty() { "X-Api-Key".to_owned() } else { hint.name };
    let reason = format!("{}{said}", hint.reason);
    let ask = AuthAsk {
        kind,
        name,
        in_query: hint.in_query,
        prefix: hint.prefix.clone(),
        reason,
        host,
        authorize_url: hint.authorize_url,
        token_url: hint.token_url,
        metadata: hint.metadata,
        username,
        suggestion,
        refused: sent,
    };
    Asked { ask, prefix: hint.prefix }
}

/// Asks for the key that a connector has already a place for: it was refused, or is not kept here any more.
pub(crate) fn ask_again(bench: &Bench, problem: &Problem) {
    bench.with(|state| {
        let Some(http) = &state.definition.http else { return };
        let (kind, name, in_query) = match &http.auth {
            Auth::Bearer(_) => (AuthKind::Bearer, String::new(), false),
            Auth::Basic(_) => (AuthKind::Basic, String::new(), false),
            Auth::Digest(_) => (AuthKind::Digest, String::new(), false),
            Auth::ApiKey(key) if is_plain(key) => (AuthKind::ApiKey, key.name.clone(), key.place == ApiKeyPlace::Query),
            _ => return,
        };
        if let Auth::ApiKey(key) = &http.auth {
            state.prefix.clone_from(&key.prefix);
        }
        let username = username(state);
        let refused = problem.code == "auth_rejected";
        let host = base_host(state);
        state.stage = WorkbenchStage::Key;
        state.ask = Some(AuthAsk {
            kind,
            name,
            in_query,
            prefix: state.prefix.clone(),
            reason: problem.message.clone(),
            host,
            authorize_url: None,
            token_url: None,
            metadata: None,
            username,
            suggestion: None,
            refused,
        });
    });
}

/// Asks for the key that a description says is needed, before anything is sent.
pub(super) fn ask_declared(bench: &Bench) {
    let message = "The description says that this needs a key.";
    ask_again(bench, &Problem::new("key_needed", ProblemKind::Auth, Stage::Auth, message));
}

/// Whether a key goes where a person may choose that it goes.
pub(super) fn is_plain(key: &ApiKeyAuth) -> bool {
    matches!(key.place, ApiKeyPlace::Header | ApiKeyPlace::Query)
}

fn username(state: &State) -> Option<String> {
    match state.values.get("username") {
        Some(Value::String(name)) => Some(name.clone()),
        _ => None,
    }
}

fn base_host(state: &State) -> String {
    let base = state.definition.http.as_ref().map(|http| http.base_url.as_str()).unwrap_or_default();
    url::Url::parse(base).ok().map(|url| shown(&url)).unwrap_or_else(|| base.to_owned())
}

fn host(answer: &Answer) -> String {
    shown(&answer.url)
}

fn shown(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
