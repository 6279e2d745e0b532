//! Two runs side by side.

use super::facts::{self, Columns};
use super::get;
use crate::app::App;
use crate::contract::{Id, RunComparison, RunPair, SchemaChange};
use definition::Problem;
use std::collections::BTreeSet;

/// Two runs of any connections: what they did stands in their views, what their columns were is compared here.
pub(crate) async fn compare(app: &App, request: RunPair) -> Result<RunComparison, Problem> {
    let columns = (facts::columns(app, &request.before).await?, facts::columns(app, &request.after).await?);
    let before = get(app, Id { id: request.before }).await?;
    let after = get(app, Id { id: request.after }).await?;
    let (schema, schema_known) = match columns {
        (Some(before), Some(after)) => (changes(&before, &after), true),
        _ => (Vec::new(), false),
    };
    Ok(RunComparison { before, after, schema, schema_known })
}

fn changes(before: &Columns, after: &Columns) -> Vec<SchemaChange> {
    let streams: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut all = Vec::new();
    for stream in streams {
        let change = |column: &str, before: Option<&str>, after: Option<&str>| SchemaChange {
            stream: stream.clone(),
            column: column.to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        match (before.get(stream), after.get(stream)) {
            (Some(old), Some(new)) => {
                let kind = |columns: &[(String, String)], name: &str| {
                    columns.iter().find(|(other, _)| other == name).map(|(_, kind)| kind.clone())
                };
                for (name, was) in old {
                    let is = kind(new, name);
                    if is.as_ref() != Some(was) {
                        all.push(change(name, Some(was), is.as_deref()));
                    }
                }
                let fresh = new.iter().filter(|(name, _)| kind(old, name).is_none());
                all.extend(fresh.map(|(name, is)| change(name, None, Some(is))));
            }
            (Some(old), None) => all.push(change("", Some(&format!("{} columns", old.len())), None)),
            (None, Some(new)) => all.push(change("", None, Some(&format!("{} columns", new.len())))),
            (None, None) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Columns, changes};

    #[test]
    fn columns_that_came_went_or_changed_are_told() {
        let columns = |streams: &[(&str, &[(&str, &str)])]| -> Columns {
            let of = |all: &[(&str, &str)]| {
                all.iter().map(|(name, kind)| ((*name).to_owned(), (*kind).to_owned())).collect::<Vec<_>>()
            };
            streams.iter().map(|(name, all)| ((*name).to_owned(), of(all))).collect()
        };
        let before = columns(&[("a", &[("id", "integer"), ("name", "string"), ("old", "json")]), ("gone", &[])]);
        let after = columns(&[("a", &[("id", "integer"), ("name", "integer"), ("new", "date")]), ("fresh", &[])]);
        let told: Vec<_> = changes(&before, &after)
            .into_iter()
            .map(|one| format!("{}.{} {:?} {:?}", one.stream, one.column, one.before, one.after))
            .collect();
        assert_eq!(
            told,
            [
                "a.name Some(\"string\") Some(\"integer\")",
                "a.old Some(\"json\") None",
                "a.new None Some(\"date\")",
                "fresh. None Some(\"0 columns\")",
                "gone. Some(\"0 columns\") None",
            ]
        );
        assert!(changes(&before, &before).is_empty());
    }
}
