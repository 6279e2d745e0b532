//! Parts that are not sure: the person chooses.

use super::tell;
use crate::commands::{Context, call};
use crate::values::{ask_line, can_ask};
use api::App;
use api::contract::Workbench;
use definition::{Problem, ProblemKind, Stage};
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
            !asked.contains(&part.part) && part.best().is_some_and(|best| best.confidence == Confidence::Unsure)
        };
        let Some(part) = parts.into_iter().find(is_open).cloned() else { break };
        asked.push(part.part);
        context.out.note(&format!("\n{} is not sure:", tell::part_name(part.part)));
        for (place, candidate) in part.candidates.iter().enumerate() {
            context.out.note(&format!("  {}  {}  ({})", place + 1, candidate.label, candidate.evidence));
        }
        let chosen = choose(context, &part)?;
        if let Some(other) = part.candidates.get(chosen).filter(|_| chosen > 0) {
            bench = call(app, "choose", json!({"id": bench.id, "choice": other.choice})).await?;
        }
    }
    Ok(bench)
}

/// The place of the reading that the person takes.
fn choose(context: &Context, part: &Detected) -> Result<usize, Problem> {
    let count = part.candidates.len();
    loop {
        if count == 1 {
            match ask_line("Take it? [Y/n] ")?.to_ascii_lowercase().as_str() {
                "" | "y" | "yes" => return Ok(0),
                "n" | "no" => return Err(refused(part)),
                _ => continue,
            }
        }
        let answer = ask_line(&format!("Which one? [1-{count}, 1 where you press Enter] "))?;
        let number = if answer.is_empty() { Ok(1) } else { answer.parse::<usize>() };
        match number {
            Ok(number) if (1..=count).contains(&number) => return Ok(number - 1),
            _ => context.out.note("That is none of them."),
        }
    }
}

fn refused(part: &Detected) -> Problem {
    let message = format!("{} was not taken, so nothing was written.", tell::part_name(part.part));
    Problem::new("not_taken", ProblemKind::Config, Stage::Select, message)
        .hint("Take it with --yes, then change the definition with an editor: `tapwright validate FILE` helps.")
}
