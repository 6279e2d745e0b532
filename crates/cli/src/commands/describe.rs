//! `describe` and `docs`: what a connector says of itself.

use super::{Context, call};
use crate::values::usage;
use crate::{args, exit, table, target};
use api::contract::Readme;
use definition::Problem;
use definition::describe::{self, Description};
use serde_json::json;
use std::path::Path;

/// Describes.
pub async fn run(context: &Context, args: &args::Describe) -> Result<u8, Problem> {
    let out = &context.out;
    let about: Description = if target::is_file(&args.target) {
        describe::describe(target::read_document(Path::new(&args.target))?.definition())
    } else {
        let app = context.app().await?;
        let about = call(&app, "connector_describe", json!({"name": args.target})).await;
        app.close().await;
        about?
    };
    if out.json {
        out.answer(&about);
    } else {
        out.line(&text(&about));
    }
    Ok(exit::DONE)
}

/// Writes the README.
pub async fn docs(context: &Context, args: &args::Docs) -> Result<u8, Problem> {
    let out = &context.out;
    let readme = if target::is_file(&args.target) {
        let path = Path::new(&args.target);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Readme { text: describe::markdown(target::read_document(path)?.definition(), &name) }
    } else {
        let app = context.app().await?;
        let readme = call(&app, "connector_docs", json!({"name": args.target})).await;
        app.close().await;
        readme?
    };
    let Some(file) = &args.out else {
        if out.json {
            out.answer(&readme);
        } else {
            out.text(&readme.text);
        }
        return Ok(exit::DONE);
    };
    if file.exists() && !args.force {
        return Err(usage(format!("{} is there already.", file.display())).hint("Add --force to overwrite it."));
    }
    std::fs::write(file, &readme.text)
        .map_err(|fault| usage(format!("The file {} can't be written: {fault}.", file.display())))?;
    if out.json {
        out.answer(&json!({"file": file.display().to_string()}));
    } else {
        out.say(&format!("wrote {}", file.display()));
    }
    Ok(exit::DONE)
}

fn text(about: &Description) -> String {
    let mut lines = vec![format!("{} ({}) {}", about.title, about.name, about.version).trim_end().to_owned()];
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            lines.push(format!("{name:<13} {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    };
    fact("about", about.description.clone());
    fact("documentation", about.docs.clone());
    fact("can do", about.capabilities.join(", "));
    fact("hosts", about.hosts.join(", "));
    fact("sign-in", about.auth.iter().map(|way| way.title.clone()).collect::<Vec<_>>().join(", "));
    fact("inputs", about.inputs.iter().map(|input| input.name.clone()).collect::<Vec<_>>().join(", "));
    fact("limits", about.rate_limits.join(", "));
    fact("actions", about.actions.iter().map(|action| action.name.clone()).collect::<Vec<_>>().join(", "));
    fact("webhooks", about.webhooks.iter().map(|webhook| webhook.name.clone()).collect::<Vec<_>>().join(", "));
    fact("destinations", about.destinations.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", "));
    if !about.streams.is_empty() {
        let names = ["stream", "key", "columns", "what changed", "reads"].map(str::to_owned);
        let rows: Vec<Vec<Option<String>>> = about
            .streams
            .iter()
            .map(|stream| {
                vec![
                    Some(stream.name.clone()),
                    Some(stream.key.join(", ")),
                    Some(stream.fields.len().to_string()),
                    stream.incremental.as_ref().map(|by| format!("by {}", by.cursor)),
                    Some(stream.reads.clone()),
                ]
            })
            .collect();
        lines.push(String::new());
        lines.push(table::render(&names, &rows, &[false, false, true]));
    }
    lines.join("\n")
}
