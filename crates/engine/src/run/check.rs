//! Whether a connection works: one request.

use super::plain_text;
use crate::expr::Scope;
use crate::http::SendWatch;
use crate::page::Pager;
use crate::plan::Plan;
use definition::Problem;
use std::sync::Arc;

/// Sends the definition's check, or else reads the first page of the first stream. Gives back who is signed in, where
/// the definition says how to tell.
pub async fn check(plan: Arc<Plan>) -> Result<Option<String>, Problem> {
    let Some(check) = &plan.check else {
        // A partition would have to be found first.
        let whole = plan.streams.iter().find(|stream| stream.partitions.is_empty());
        let Some(first) = whole.map(|stream| stream.name.clone()) else { return Ok(None) };
        let pager = Pager::new(Arc::clone(&plan), &first)?.tries(super::TRIES_WHILE_WAITING);
        let token = pager.first();
        if !pager.stream().source.is_http() {
            return pager.open(&token).await?.next().await.map(|_| None);
        }
        let answer = pager.send(&pager.request(&token)?).await?;
        return pager.read(&token, &answer).map(|_| None);
    };
    let request = check.request.draft(&plan.base, &plan.expressions, &Scope::default())?.finish();
    let tries = Some(super::TRIES_WHILE_WAITING);
    let watch = SendWatch { stream: "check".to_owned(), tries, ..SendWatch::default() };
    let answer = plan.sender.send(&request, &[&plan.rules], &plan.expressions, &watch).await?;
    let Some(identity) = &check.identity else { return Ok(None) };
    let text = std::str::from_utf8(&answer.body).unwrap_or_default();
    let found = identity.first(text).filter(|raw| *raw != "null");
    Ok(found.map(|raw| plain_text(raw).into_owned()))
}
