//! The bare loop: `limit WORK URL [DATABASE]` reads pages one after the other by the cursor in their body and does one
//! fixed piece of work with each. One thread, no retries, no types but the ones written here: what is left when
//! everything that makes an engine general is taken away.
//!
//! WORK  text    copies each record's text to a line of standard output (records found by sonic-rs)
//!       raw     the same, records found by serde_json
//!       splice  the same, with a filter, two added members and the greatest cursor value
//!       mapped  writes twelve typed fields of each record as a line
//!       sqlite  inserts each record, a column for every member, through rusqlite; one transaction a page
//!       wide    inserts the record's text and nine typed columns, as a raw copy with an index of its own would
//!       table   inserts the twelve typed fields
mod database;
mod lines;
mod record;

use std::error::Error;
use std::io::Write;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [work, url, rest @ ..] = words.as_slice() else { return Err("limit WORK URL [DATABASE]".into()) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if let Some(page) = lines::of(work) {
        let mut out = std::io::stdout().lock();
        let mut buffer = Vec::new();
        return runtime.block_on(each_page(url, |body| {
            buffer.clear();
            let next = page(body, &mut buffer)?;
            out.write_all(&buffer)?;
            Ok(next)
        }));
    }
    let file = rest.first().ok_or("which database?")?;
    let mut table = database::Table::open(file, work)?;
    runtime.block_on(each_page(url, |body| table.page(body)))
}

/// Fetches a page, gives it away, and asks for the next one by the cursor that comes back.
async fn each_page(url: &str, mut take: impl FnMut(&[u8]) -> Outcome<Option<String>>) -> Outcome<()> {
    let client = reqwest::Client::builder().build()?;
    let mut address = url.to_owned();
    loop {
        let body = client.get(&address).send().await?.error_for_status()?.bytes().await?;
        match take(&body)? {
            Some(cursor) => address = format!("{url}?cursor={cursor}"),
            None => return Ok(()),
        }
    }
}
