//! What the records at hand are like, whatever is declared: for what came with later pages.

use super::selected::text;
use super::shown::{Inputs, Shown};
use crate::app::{App, blocking};
use crate::contract::{OneStream, SchemaSeen};
use definition::Problem;
use engine::detect::columns_of;

/// Records that are looked at.
const MOST: usize = 5_000;

/// The columns of the records at hand, with their types.
pub(crate) async fn seen(app: &App, request: OneStream) -> Result<SchemaSeen, Problem> {
    let shown = super::shown(app, &request.id, &request.stream).await?;
    let bench = app.bench(&request.id).await?;
    let inputs = bench.with(|state| Inputs::of(state));
    blocking(move || of(&inputs, &shown)).await
}

fn of(inputs: &Inputs, shown: &Shown) -> Result<SchemaSeen, Problem> {
    let nothing = SchemaSeen { records: 0, of: 0, fields: Vec::new(), types: Vec::new() };
    let Some(place) = inputs.definition.streams.iter().position(|stream| stream.name == shown.stream) else {
        return Ok(nothing);
    };
    let stream = &inputs.definition.streams[place];
    let mut records: Vec<&str> = Vec::new();
    for (number, page) in shown.pages.iter().take(shown.good).enumerate() {
        let text = text(page);
        // An answer without a body has no records.
        let Ok(places) = shown.selected.records(stream, place, number, text) else { continue };
        records.extend(places.iter().filter_map(|range| text.get(range.clone())));
    }
    let of = records.len();
    let some = spread(of);
    let texts: Vec<String> = some.iter().filter_map(|at| records.get(*at)).map(|text| (*text).to_owned()).collect();
    let (fields, types) = columns_of(&texts);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(SchemaSeen { records: count(texts.len()), of: count(of), fields, types })
}

/// The places that are looked at: all, or from the beginning to the end in even steps.
fn spread(of: usize) -> Vec<usize> {
    let most = of.min(MOST);
    (0..most).map(|n| n * of / most.max(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::{MOST, spread};

    #[test]
    fn what_is_looked_at_covers_all() {
        assert!(spread(0).is_empty());
        assert_eq!(spread(3), [0, 1, 2]);
        let many = spread(100_000);
        assert_eq!((many.len(), many[0], many[1]), (MOST, 0, 20));
        assert!(many.last().is_some_and(|last| *last >= 99_980));
    }
}
