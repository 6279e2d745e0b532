//! `examples`: the bundled definitions of well-known public APIs.

use super::{Context, call, export};
use crate::{args, exit, table};
use api::contract::{ExampleCard, ExampleNeeds, ExampleText};
use definition::Problem;
use serde_json::json;

/// Lists them, or prints one.
pub async fn run(context: &Context, args: &args::Examples) -> Result<u8, Problem> {
    let out = &context.out;
    if let Some(file) = &args.out {
        export::refuse_to_overwrite(file, args.force)?;
    }
    let app = context.app().await?;
    let Some(name) = &args.name else {
        let cards: Result<Vec<ExampleCard>, Problem> = call(&app, "examples", json!({})).await;
        app.close().await;
        list(context, &cards?);
        return Ok(exit::DONE);
    };
    let example: Result<ExampleText, Problem> = call(&app, "example_get", json!({"name": name})).await;
    app.close().await;
    let example = example?;
    match &args.out {
        Some(file) => {
            export::write_text(file, &example.text)?;
            if out.json {
                out.answer(&json!({"name": example.name, "file": file}));
            } else {
                out.line(&format!("{} is written to {}.", example.name, file.display()));
            }
        }
        None if out.json => out.answer(&example),
        None => out.text(&example.text),
    }
    Ok(exit::DONE)
}

fn list(context: &Context, cards: &[ExampleCard]) {
    let out = &context.out;
    if out.json {
        out.answer(&json!({"examples": cards}));
        return;
    }
    let names = ["example", "needs", "host", "streams"].map(str::to_owned);
    let row = |card: &ExampleCard| {
        let needs = match card.needs {
            ExampleNeeds::Nothing => "nothing",
            ExampleNeeds::Values => "values",
            ExampleNeeds::Key => "a key",
        };
        [card.name.clone(), needs.to_owned(), card.host.clone(), card.streams.join(", ")].map(Some).to_vec()
    };
    let rows: Vec<Vec<Option<String>>> = cards.iter().map(row).collect();
    out.line(&table::render(&names, &rows, &[]));
    out.say("`tapwright examples NAME --out FILE` writes one to a file.");
}
