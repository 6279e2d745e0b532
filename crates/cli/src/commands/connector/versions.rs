//! `connector versions`, `connector diff`, `connector rollback`.

use super::super::{Context, call, list};
use crate::args::manage::{Diff, Rollback};
use crate::values::usage;
use crate::{exit, table};
use api::contract::{Difference, VersionView};
use definition::Problem;
use definition::difference::LineKind;
use serde_json::json;

/// Lists a connector's versions.
pub async fn list_them(context: &Context, name: &str) -> Result<u8, Problem> {
    let app = context.app().await?;
    let card = list::find_connector(&app, name).await?;
    let versions: Vec<VersionView> = call(&app, "versions", json!({"id": card.id})).await?;
    app.close().await;
    tell(context, &card.id, &versions);
    Ok(exit::DONE)
}

fn tell(context: &Context, connector: &str, versions: &[VersionView]) {
    if context.out.json {
        context.out.answer(&json!({"connector": connector, "versions": versions}));
        return;
    }
    if versions.is_empty() {
        context.out.say("There are no versions yet: the first one is made when the connector is accepted.");
        return;
    }
    let names = ["version", "when", "why", "by", "differences"].map(str::to_owned);
    let row = |version: &VersionView| {
        let now = if version.current { " (now)" } else { "" };
        vec![
            Some(format!("{}{now}", version.number)),
            Some(version.at.chars().take(19).collect()),
            Some(version.why.clone()),
            Some(version.made_by.clone()),
            version.changes.map(|changes| changes.to_string()),
        ]
    };
    let rows: Vec<_> = versions.iter().map(row).collect();
    context.out.line(&table::render(&names, &rows, &[]));
}

/// Tells what is different between two versions.
pub async fn diff(context: &Context, args: &Diff) -> Result<u8, Problem> {
    let out = &context.out;
    let app = context.app().await?;
    let card = list::find_connector(&app, &args.name).await?;
    let from = match args.from {
        Some(from) => from,
        None => {
            let versions: Vec<VersionView> = call(&app, "versions", json!({"id": card.id})).await?;
            let newest = versions.first().ok_or_else(|| usage(format!("{} has no versions yet.", card.name)))?;
            // Edits since the newest version are what a person wants to see; else what that version changed.
            let before = if newest.current { versions.get(1).unwrap_or(newest) } else { newest };
            before.number
        }
    };
    let request = json!({"id": card.id, "from": from, "to": args.to});
    let difference: Difference = call(&app, "version_diff", request).await?;
    app.close().await;
    if out.json {
        out.answer(&json!({"connector": card.id, "from": from, "to": args.to, "changes": difference.changes, "lines": difference.lines}));
        return Ok(exit::DONE);
    }
    let changed = difference.lines.iter().any(|line| line.kind != LineKind::Same);
    if difference.changes.is_empty() {
        out.say(if changed { "They mean the same; only the text differs." } else { "There is no difference." });
    }
    difference.changes.iter().for_each(|change| out.line(&change.words));
    if args.lines && changed {
        out.line(&lines(&difference));
    }
    Ok(exit::DONE)
}

/// The lines that differ, each with up to three around it.
fn lines(difference: &Difference) -> String {
    const AROUND: usize = 3;
    let all = &difference.lines;
    let near = |place: usize| {
        all[place.saturating_sub(AROUND)..all.len().min(place + AROUND + 1)]
            .iter()
            .any(|line| line.kind != LineKind::Same)
    };
    let mut text = Vec::new();
    let mut last = None;
    for (place, line) in all.iter().enumerate().filter(|(place, _)| near(*place)) {
        if last.is_none_or(|last| last + 1 != place) {
            text.push(format!("@@ line {}", line.new.or(line.old).unwrap_or(1)));
        }
        last = Some(place);
        let mark = match line.kind {
            LineKind::Same => ' ',
            LineKind::Added => '+',
            LineKind::Removed => '-',
        };
        text.push(format!("{mark} {}", line.text));
    }
    text.join("\n")
}

/// Goes back to a version.
pub async fn rollback(context: &Context, args: &Rollback) -> Result<u8, Problem> {
    let app = context.app().await?;
    let card = list::find_connector(&app, &args.name).await?;
    let versions: Vec<VersionView> =
        call(&app, "version_restore", json!({"id": card.id, "number": args.version})).await?;
    app.close().await;
    if context.out.json {
        tell(context, &card.id, &versions);
    } else {
        let newest = versions.first().map_or(args.version, |version| version.number);
        context.out.line(&format!("{} is version {} again, kept as version {newest}.", card.name, args.version));
    }
    Ok(exit::DONE)
}
