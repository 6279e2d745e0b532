//! What this program is and runs on, for people and for reports of faults. No secret, no value, no path of a person.

use crate::app::App;
use crate::contract::{About, AboutFact, KeyringKind, Nothing};
use crate::settings;
use definition::Problem;

/// The facts.
pub(crate) async fn about(app: &App, _request: Nothing) -> Result<About, Problem> {
    let info = settings::info(app, Nothing {}).await?;
    let keyring = match info.keyring.kind {
        KeyringKind::System => "the system's",
        KeyringKind::File => "an encrypted file",
        KeyringKind::FileLocked => "an encrypted file, locked",
        KeyringKind::None => "none",
    };
    let settings = &info.settings;
    let proxy = match settings.proxy.as_str() {
        "" => "the system's",
        "none" => "none",
        _ => "set",
    };
    let connectors = app.store().connectors().await?.len();
    let connections = app.store().connections().await?.len();
    let mut facts: Vec<(String, String)> = vec![("System".to_owned(), system())];
    facts.extend(app.facts());
    facts.extend([
        ("SQLite".to_owned(), app.store().sqlite_version().await?),
        ("Keyring".to_owned(), keyring.to_owned()),
        ("Proxy".to_owned(), proxy.to_owned()),
        ("Certificates of your own".to_owned(), settings.certificates.len().to_string()),
        ("Connectors".to_owned(), connectors.to_string()),
        ("Connections".to_owned(), connections.to_string()),
    ]);
    let mut text = format!("Tapwright {}\n", info.version);
    for (name, value) in &facts {
        text.push_str(&format!("{name}: {value}\n"));
    }
    let facts = facts.into_iter().map(|(name, value)| AboutFact { name, value }).collect();
    Ok(About { version: info.version, facts, text })
}

/// `Debian GNU/Linux 12 (bookworm), x86_64`.
fn system() -> String {
    let kept = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let named = kept.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let name = named.map_or(std::env::consts::OS, |name| name.trim_matches('"'));
    format!("{name}, {}", std::env::consts::ARCH)
}
