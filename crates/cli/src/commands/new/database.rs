//! `new postgres://…`: from a database to a definition.

use crate::args;
use crate::commands::{Context, export};
use crate::{exit, values};
use api::headless;
use definition::{Problem, Secret};
use serde_json::json;

/// Writes a definition of the tables that were named, or of all.
pub async fn run(context: &Context, args: &args::New, source: &Secret) -> Result<u8, Problem> {
    let mut given = values::read(&args.values)?;
    let password = given.secrets.remove("password");
    let actions = args.actions.as_deref();
    let draft = headless::database_draft(source.open(), password, &args.table, actions, args.name.as_deref()).await?;
    export::write_text(&args.out, &draft.text)?;
    let out = &context.out;
    let streams: Vec<_> = draft.definition.streams.iter().map(|stream| stream.name.as_str()).collect();
    let actions: Vec<_> = draft.definition.actions.iter().map(|action| action.name.as_str()).collect();
    if out.json {
        out.answer(&json!({"file": args.out, "streams": streams, "actions": actions, "notes": draft.notes}));
        return Ok(exit::DONE);
    }
    draft.notes.iter().for_each(|note| out.line(note));
    out.line(&format!("Written to {}", args.out.display()));
    out.say(&format!("Next: tapwright sync {} --to sqlite:{}.db", args.out.display(), draft.definition.name));
    Ok(exit::DONE)
}
