//! `about`: what this program is and runs on.

use super::{Context, call};
use crate::exit;
use api::contract::About;
use definition::Problem;
use serde_json::json;

/// Tells it. Nothing in it is private.
pub async fn run(context: &Context) -> Result<u8, Problem> {
    let app = context.app().await?;
    let about: Result<About, Problem> = call(&app, "about", json!({})).await;
    app.close().await;
    let about = about?;
    if context.out.json {
        context.out.answer(&about);
    } else {
        context.out.text(&about.text);
    }
    Ok(exit::DONE)
}
