//! How long detection takes: `detection FILE` prints the milliseconds of each of nine goes over a page's JSON.

use definition::Definition;
use definition::model::Stream;
use engine::capture::{RequestSnapshot, ResponseSnapshot};
use engine::detect::detect_offline;
use engine::http::Answer;
use std::time::Instant;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("which file?")?;
    let body = std::fs::read(file)?;
    let answer = Answer {
        status: 200,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.into(),
        url: "http://127.0.0.1:1/orders".parse()?,
        request: RequestSnapshot::default(),
        response: ResponseSnapshot::default(),
        ignored: false,
    };
    let mut draft = Definition::default();
    draft.http.get_or_insert_default().base_url = "http://127.0.0.1:1".into();
    draft.streams.push(Stream { name: "orders".to_owned(), ..Stream::default() });
    for _ in 0..9 {
        let begin = Instant::now();
        let (_, detection) = detect_offline(draft.clone(), &answer, None).map_err(|problem| problem.message)?;
        println!("{:.1}", begin.elapsed().as_secs_f64() * 1000.0);
        std::hint::black_box(detection);
    }
    Ok(())
}
