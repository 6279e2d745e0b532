//! `import`: a definition becomes a connector.

use super::Context;
use crate::{args, exit, target};
use definition::Problem;
use serde_json::json;

/// Takes a definition in. Nothing is sent.
pub async fn run(context: &Context, args: &args::OneFile) -> Result<u8, Problem> {
    let document = target::read_document(&args.file)?;
    let definition = document.definition();
    let (name, hosts) = (
        definition.name.clone(),
        definition.http.as_ref().map_or_else(|| "nothing".to_owned(), |http| http.base_url.as_str().to_owned()),
    );
    let app = context.app().await?;
    let id = api::headless::import(&app, document.text().to_owned()).await?;
    app.close().await;
    if context.out.json {
        context.out.answer(&json!({"connector": id, "name": name}));
    } else {
        context.out.line(&format!("{name} is imported, as {id}. It calls {hosts}. Nothing was sent."));
    }
    Ok(exit::DONE)
}
