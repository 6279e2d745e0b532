//! Sharing: a definition on its way out, checked for secrets, and the sheet of one that came from elsewhere.

mod findings;
mod literals;
mod save;
mod trust;

pub use save::save_share;
pub(crate) use trust::trust_sheet;

use crate::app::App;
use crate::contract::{Id, Share};
use definition::Problem;
use findings::check;

/// The definition as it would leave.
pub(crate) async fn share(app: &App, request: Id) -> Result<Share, Problem> {
    share_of(app, &request.id).await
}

/// The definition of a workbench as it would leave, checked for secrets.
///
/// # Errors
/// Where there is no such workbench, or the keyring can't be asked for the secrets to look for.
pub async fn share_of(app: &App, id: &str) -> Result<Share, Problem> {
    let bench = app.bench(id).await?;
    crate::connectors::note(app, id, crate::connectors::Why::Edited, "").await?;
    let owner = bench.owner();
    let (definition, text) = bench.with(|state| (state.definition.clone(), state.text.clone()));
    let secrets = app.vault().all(&owner, &definition).await?;
    let checked = check(&definition, &text, &secrets);
    let name = if definition.name.is_empty() { "connector" } else { &definition.name };
    Ok(Share {
        file_name: format!("{name}.connector.yaml"),
        text,
        findings: checked.findings,
        checked: format!(
            "{} known {}, {} {}",
            secrets.len(),
            if secrets.len() == 1 { "secret" } else { "secrets" },
            checked.values,
            if checked.values == 1 { "value" } else { "values" }
        ),
    })
}
