//! `expressions`: what expressions may use, for people and for programs that complete them.

use crate::exit;
use crate::out::Out;
use definition::Problem;
use definition::expression::{ExpressionEntry, catalog};

/// Prints the table, or those of its entries that have a word.
pub fn run(out: &Out, word: Option<&str>) -> Result<u8, Problem> {
    let word = word.map(str::to_lowercase).unwrap_or_default();
    let fits = |entry: &&ExpressionEntry| {
        let texts = [entry.name, entry.group, entry.signature, entry.words];
        texts.iter().chain(entry.aliases).any(|text| text.to_lowercase().contains(&word))
    };
    let entries: Vec<&ExpressionEntry> = catalog().iter().filter(fits).collect();
    if out.json {
        out.answer(&entries);
        return Ok(exit::DONE);
    }
    if entries.is_empty() {
        return Err(crate::values::usage(format!("Nothing of the expressions has `{word}` in it."))
            .hint("`tapwright expressions` lists all."));
    }
    let mut heading = String::new();
    for entry in entries {
        let now = entry.heading();
        if now != heading {
            out.line(&format!("{}{now}", if heading.is_empty() { "" } else { "\n" }));
            heading = now;
        }
        out.line(&text(entry));
    }
    Ok(exit::DONE)
}

fn text(entry: &ExpressionEntry) -> String {
    let aliases = match entry.aliases {
        [] => String::new(),
        aliases => format!(" Also: {}.", aliases.join(", ")),
    };
    let gives =
        if entry.gives.is_empty() { String::new() } else { format!("  →  {}", entry.gives.replace('\n', "⏎")) };
    format!("  {}\n      {}{aliases}\n      {}{gives}", entry.signature, entry.words, entry.example)
}
