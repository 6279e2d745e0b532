//! A filter's parameter that a person names: it is tried as those are that are guessed.

use super::columns::columns;
use super::node::Node;
use super::place::Place;
use super::probe::{Probe, Prober};
use super::{Candidate, MOST_RECORDS, cursor, decode, read};
use crate::http::Answer;
use definition::model::{Auth, Decode};
use definition::{Definition, Problem, ProblemKind, Stage};

/// Tries whether a parameter filters the first stream by its cursor, or by the column that may best be one: a far future
/// must bring nothing, and a value from the middle only what is not older.
pub async fn try_filter(
    draft: &Definition,
    first: &Answer,
    name: &str,
    probe: &dyn Probe,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<Candidate, Problem> {
    let Some(stream) = draft.streams.first() else { return Err(not("The definition has no stream to read.")) };
    let decoded = match stream.decode == Decode::default() {
        true => None,
        false => Some(decode::decoded(stream, first)?),
    };
    let signed = draft.http.as_ref().is_some_and(|http| http.auth != Auth::None);
    let root = read(decoded.as_ref().unwrap_or(first), signed)?;
    let path = stream.records.path.as_deref().unwrap_or("$[*]");
    let place = Place::parse(path).ok_or_else(|| not("The records' path is none that can be tried."))?;
    let records: Vec<&Node> = place.select(&root).into_iter().take(MOST_RECORDS).collect();
    let wanted = stream.incremental.as_ref().map(|incremental| incremental.cursor.as_str());
    let mut bare = draft.clone();
    bare.streams.truncate(1);
    bare.streams.iter_mut().for_each(|stream| stream.incremental = None);
    let mut prober = Prober::new(Some(probe), progress);
    let tried = cursor::try_name(&bare, &columns(&records), &place, (wanted, name), &mut prober).await;
    tried.map_err(|column| match column {
        Some(column) => not(&format!("{name} does not filter by {column}."))
            .hint("A far future has to bring no records, and a moment from the middle none that is older. Look into the API's documentation for the parameter's name."),
        None => not("No column of the first page may be a cursor: none has moments in every record, with different ones among them."),
    })
}

fn not(message: &str) -> Problem {
    Problem::new("filter_not_proved", ProblemKind::Data, Stage::Select, message)
}
