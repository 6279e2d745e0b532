//! Versions: kept at the moments that count (accepted, synced, shared, closed), so that typing is not one each.

use crate::app::App;
use crate::contract::{Difference, Id, OneVersion, VersionPair, VersionView};
use crate::preview;
use crate::workbench::{Bench, keep};
use definition::difference::{difference, text_lines};
use definition::{Definition, Document, Problem, ProblemKind, Stage};
use store::{Cause, Version};

/// Why a version is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The workbench was accepted.
    Accepted,
    /// It was changed, and then synced, shared or closed.
    Edited,
    /// It came from a file.
    Imported,
    /// A newer definition took its place.
    Updated,
    /// It is an older version again.
    RolledBack,
    /// It has another name.
    Renamed,
}

impl Why {
    fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Edited => "edited",
            Self::Imported => "imported",
            Self::Updated => "updated",
            Self::RolledBack => "rolled_back",
            Self::Renamed => "renamed",
        }
    }
}

/// Causes whose text another program put in place of what a workbench here holds.
const REPLACE: [&str; 3] = ["updated", "rolled_back", "renamed"];

/// Keeps a connector's text as a version, unless the newest one has it. A draft that nobody took has none.
pub(crate) async fn note(app: &App, connector: &str, why: Why, more: &str) -> Result<(), Problem> {
    let Some(kept) = app.store().connector(connector).await? else { return Ok(()) };
    let begins = matches!(why, Why::Accepted | Why::Imported);
    if kept.draft && !begins && app.store().newest_version(connector, &[]).await?.is_none() {
        return Ok(());
    }
    let cause = Cause { cause: why.word(), made_by: app.program(), note: more };
    let number = app.store().add_version(connector, &kept.text, cause).await?;
    if let (Some(number), Some(bench)) = (number, app.open_bench(connector)) {
        bench.with(|state| state.seen = state.seen.max(number));
    }
    Ok(())
}

/// Keeps what was edited, as the program ends.
pub(crate) async fn note_all(app: &App) {
    for bench in app.all_benches() {
        if let Err(problem) = note(app, bench.id(), Why::Edited, "").await {
            tracing::warn!(connector = bench.id(), %problem, "a version could not be kept");
        }
    }
}

/// Takes in what another program made of the connector: an update, a roll back, another name. It can be taken back.
pub(crate) async fn follow(app: &App, bench: &Bench) -> Result<(), Problem> {
    let Some(newest) = app.store().newest_version(bench.id(), &REPLACE).await? else { return Ok(()) };
    if newest.number <= bench.with(|state| state.seen) {
        return Ok(());
    }
    let Ok(document) = Document::parse_shape(&newest.text) else { return Ok(()) };
    bench.with(|state| {
        state.seen = newest.number;
        state.edit_text(document.definition().clone(), newest.text.clone());
        state.shown.clear();
    });
    Ok(())
}

/// A connector's versions, newest first.
pub(crate) async fn versions(app: &App, request: Id) -> Result<Vec<VersionView>, Problem> {
    let bench = app.bench(&request.id).await?;
    let text = bench.with(|state| state.text.clone());
    let all = app.store().versions(&request.id).await?;
    let definitions: Vec<Option<Definition>> = all.iter().map(|version| read(&version.text)).collect();
    let mut views = Vec::with_capacity(all.len());
    for (place, version) in all.iter().enumerate() {
        let pair = definitions[place].as_ref().zip(definitions.get(place + 1).and_then(Option::as_ref));
        views.push(VersionView {
            number: version.number,
            at: version.at.clone(),
            why: why(version),
            cause: version.cause.clone(),
            made_by: version.made_by.clone(),
            current: place == 0 && version.text == text,
            changes: pair.map(|(new, old)| u32::try_from(difference(old, new).len()).unwrap_or(u32::MAX)),
        });
    }
    Ok(views)
}

fn read(text: &str) -> Option<Definition> {
    Document::parse_shape(text).ok().map(|document| document.definition().clone())
}

/// Why a version was made, in words.
fn why(version: &Version) -> String {
    let (word, note) = (version.cause.as_str(), version.note.as_str());
    match (word, note) {
        ("updated", note) if !note.is_empty() => format!("updated from {note}"),
        ("rolled_back", note) => format!("rolled back to version {note}"),
        ("imported", note) if !note.is_empty() => format!("imported from {note}"),
        ("kept", _) => "kept from before versions".to_owned(),
        (word, _) => word.to_owned(),
    }
}

/// What is different between two versions, or between one and the connector as it is.
pub(crate) async fn diff(app: &App, request: VersionPair) -> Result<Difference, Problem> {
    let old = version(app, &request.id, request.from).await?.text;
    let new = match request.to {
        Some(number) => version(app, &request.id, number).await?.text,
        None => app.bench(&request.id).await?.with(|state| state.text.clone()),
    };
    Ok(between(&old, &new))
}

/// The difference of two texts. One that is no definition any more has its lines alone.
pub(super) fn between(old: &str, new: &str) -> Difference {
    let changes = read(old).zip(read(new)).map(|(old, new)| difference(&old, &new)).unwrap_or_default();
    Difference { changes, lines: text_lines(old, new) }
}

async fn version(app: &App, connector: &str, number: u32) -> Result<Version, Problem> {
    app.store().version(connector, number).await?.ok_or_else(|| {
        let message = format!("There is no version {number} of this connector.");
        Problem::new("no_version", ProblemKind::Config, Stage::Open, message)
            .hint("The list of versions shows what there is; the newest 200 are kept.")
    })
}

/// Goes back to a version. It becomes the newest one, and can be taken back like an edit.
pub(crate) async fn restore(app: &App, request: OneVersion) -> Result<Vec<VersionView>, Problem> {
    let bench = app.bench(&request.id).await?;
    let wanted = version(app, &request.id, request.number).await?;
    let document = Document::parse_shape(&wanted.text).map_err(Problem::faulty)?;
    let turns = super::apply::hold_all(app, &request.id).await?;
    // What stands now is not lost by going back.
    note(app, &request.id, Why::Edited, "").await?;
    let before = bench.with(|state| {
        let before = state.definition.clone();
        state.edit_text(document.definition().clone(), wanted.text.clone());
        state.problem = None;
        before
    });
    preview::remap(&bench, &before).await?;
    keep(app, &bench).await?;
    note(app, &request.id, Why::RolledBack, &request.number.to_string()).await?;
    super::apply::forget_cursors(app, &request.id, &before, document.definition()).await?;
    drop(turns);
    versions(app, Id { id: request.id }).await
}
