//! Parts that are not sure: the person chooses.

use super::tell;
use crate::commands::{Context, call};
use crate::values::{ask_line, can_ask};
use api::App;
use api::contract::Workbench;
use definition::Problem;
use engine::detect::{Confidence, Detected};
use serde_json::json;

/// Asks about each part that is not sure; without a terminal, nothing changes.
///
/// # Errors
/// Where the terminal goes away, or a choice can't be taken.
pub async fn unsure_parts(context: &Context, app: &App, bench: Workbench) -> Result<Workbench, Problem> {
    let mut bench = bench;
    let mut asked = Vec::new();
    while can_ask() {
        let parts = bench.detection.iter().flat_map(|detection| &detection.parts);
        let is_open = |part: &&Detected| {
            part.candidates.len() > 1
                && !asked.contains(&part.part)
                && part.best().is_some_and(|best| best.confidence == Confidence::Unsure)
        };
        let Some(part) = parts.into_iter().find(is_open).cloned() else { break };
        asked.push(part.part);
        context.out.note(&format!("\n{} is not sure:", tell::part_name(part.part)));
        for (place, candidate) in part.candidates.iter().enumerate() {
            context.out.note(&format!("  {}  {}  ({})", place + 1, candidate.label, candidate.evidence));
        }
        let choice = loop {
            let answer = ask_line(&format!("Which one? [1-{}, 1 where you press Enter] ", part.candidates.len()))?;
            let number = if answer.is_empty() { Ok(1) } else { answer.parse::<usize>() };
            match number.ok().and_then(|number| part.candidates.get(number.checked_sub(1)?)) {
                Some(candidate) => break candidate.choice.clone(),
                None => context.out.note("That is none of them."),
            }
        };
        bench = call(app, "choose", json!({"id": bench.id, "choice": choice})).await?;
    }
    Ok(bench)
}
