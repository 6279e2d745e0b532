//! One value, whole: for what shows or copies more than a line of it.

use super::nodes::steps;
use super::shown;
use super::table::shorten;
use crate::app::{App, blocking};
use crate::contract::{AskValue, ValuePlace, WholeValue};
use definition::{Problem, ProblemKind, Stage};
use std::sync::Arc;

/// Characters of a value at most: what a view and a clipboard can take.
const MOST: usize = 4_000_000;

/// A value of a response or of a mapped record.
pub(crate) async fn whole(app: &App, request: AskValue) -> Result<WholeValue, Problem> {
    let shown = shown(app, &request.id, &request.stream).await?;
    match request.place {
        ValuePlace::Record { row, column } => {
            let column = column as usize;
            let row = shown.table.rows.get(row as usize).filter(|_| column < shown.table.columns.len());
            row.map(|row| bounded(row.cell(column).map(str::to_owned))).ok_or_else(gone)
        }
        ValuePlace::Raw { row } => {
            let row = shown.table.rows.get(row as usize);
            let text = row.and_then(|row| shown.trees.text(row.page as usize)?.get(row.place()));
            text.map(|text| bounded(Some(text.to_owned()))).ok_or_else(gone)
        }
        ValuePlace::Aside { at } => {
            let aside = shown.asides.get(at as usize);
            aside.map(|aside| bounded(Some(aside.body.clone()))).ok_or_else(gone)
        }
        ValuePlace::Response { page, path } => {
            let steps = steps(&path)?;
            let trees = Arc::clone(&shown.trees);
            blocking(move || {
                let page = page as usize;
                let value = match steps.as_slice() {
                    [] => trees.text(page),
                    steps => trees.value(page, steps),
                };
                value.map(|text| bounded(said(text))).ok_or_else(gone)
            })
            .await
        }
    }
}

/// What a JSON value says. What is no JSON says itself.
fn said(text: &str) -> Option<String> {
    match text.trim() {
        "null" => None,
        quoted if quoted.starts_with('"') => Some(serde_json::from_str(quoted).unwrap_or_else(|_| quoted.to_owned())),
        _ => Some(text.to_owned()),
    }
}

fn bounded(text: Option<String>) -> WholeValue {
    let cut = text.as_ref().is_some_and(|text| text.len() > MOST && text.chars().nth(MOST).is_some());
    WholeValue { text: text.map(|text| if cut { shorten(&text, MOST) } else { text }), cut }
}

fn gone() -> Problem {
    Problem::new("no_node", ProblemKind::Config, Stage::Select, "There is no such value at hand.")
        .hint("The response was read anew: open it again.")
}

#[cfg(test)]
mod tests {
    use super::{bounded, said};

    #[test]
    fn a_value_says_what_it_is() {
        for (json, text) in [
            ("null", None),
            (r#""a\n\u00e9""#, Some("a\n\u{e9}")),
            (" 12.50 ", Some(" 12.50 ")),
            (r#"{"a": 1}"#, Some(r#"{"a": 1}"#)),
            ("id,name\n1,Ann\n", Some("id,name\n1,Ann\n")),
        ] {
            assert_eq!(said(json).as_deref(), text, "{json}");
        }
        assert!(!bounded(Some("x".repeat(1_000))).cut);
        assert!(bounded(Some("é".repeat(4_000_001))).cut);
    }
}
