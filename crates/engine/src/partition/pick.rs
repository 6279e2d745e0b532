//! The one part of a stream that a person wants to look at.

use super::value::value_of;
use definition::{Problem, ProblemKind, Stage};
use serde_json::{Map, Value};

/// Values by the names of partitions: `{"region": "eu"}`. Of a span of dates any moment in it does.
#[derive(Debug, Clone, PartialEq)]
pub struct PartPick(Map<String, Value>);

impl PartPick {
    /// Of values by name. `None`: there are none.
    #[must_use]
    pub fn new(values: Map<String, Value>) -> Option<Self> {
        (!values.is_empty()).then_some(Self(values))
    }

    /// Of values as a person types them.
    #[must_use]
    pub fn typed(values: impl IntoIterator<Item = (String, String)>) -> Option<Self> {
        Self::new(values.into_iter().map(|(name, text)| (name, typed(&text))).collect())
    }

    /// Its values as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    pub(super) fn names(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(super) fn value(&self, name: &str) -> Option<Value> {
        self.0.get(name).cloned()
    }

    /// Without what some names stand for.
    pub(super) fn without<'a>(&self, names: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut rest = self.0.clone();
        names.for_each(|name| drop(rest.remove(name)));
        Self::new(rest)
    }

    /// Whether a value may be what is wanted under its name.
    pub(super) fn allows(&self, name: &str, value: &Value) -> bool {
        self.0.get(name).is_none_or(|wanted| same(wanted, value))
    }

    /// Whether all that is wanted is there.
    pub(super) fn fits(&self, values: &Map<String, Value>) -> bool {
        self.0.iter().all(|(name, wanted)| values.get(name).is_some_and(|value| same(wanted, value)))
    }
}

/// A typed value: a whole number is one, unless it is written otherwise.
fn typed(text: &str) -> Value {
    let number = value_of(text);
    let written = if let Value::Number(number) = &number { number.to_string() } else { String::new() };
    if written == text { number } else { Value::from(text) }
}

fn same(wanted: &Value, value: &Value) -> bool {
    if wanted == value || plain(wanted) == plain(value) {
        return true;
    }
    let (Some(start), Some(end)) =
        (value.get("start").and_then(Value::as_str), value.get("end").and_then(Value::as_str))
    else {
        return false;
    };
    match wanted {
        // Both are written the same way, so text tells before from after.
        Value::String(text) => start <= text.as_str() && text.as_str() <= end,
        wanted => wanted.get("start").and_then(Value::as_str) == Some(start),
    }
}

/// A value as a person writes it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(span) => {
            match (span.get("start").and_then(Value::as_str), span.get("end").and_then(Value::as_str)) {
                (Some(start), Some(_)) => start.to_owned(),
                _ => value.to_string(),
            }
        }
        other => other.to_string(),
    }
}

pub(super) fn no_such_part(stream: &str, pick: &PartPick, passed: &[String]) -> Problem {
    let wanted: Vec<String> = pick.0.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect();
    let message = format!("`{stream}` has no part with {}.", wanted.join(", "));
    let hint = match passed {
        [] => "Look at the stream's partitions: their names stand behind `as`.".to_owned(),
        some => format!("Some that there are: {}.", some.join(", ")),
    };
    Problem::new("no_partition", ProblemKind::Config, Stage::Build, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::{PartPick, plain};
    use serde_json::{Value, json};

    #[test]
    fn a_part_is_told_by_what_a_person_types() {
        let span = json!({"start": "2024-01-01", "end": "2024-01-31"});
        for (typed, value, fits) in [
            ("17", json!(17), true),
            ("17", json!("17"), true),
            ("017", json!(17), false),
            ("eu", json!("eu"), true),
            ("eu", json!("us"), false),
            ("true", json!(true), true),
            ("2024-01-01", span.clone(), true),
            ("2024-01-15", span.clone(), true),
            ("2024-02-01", span.clone(), false),
            ("12345678901234567890123", json!("12345678901234567890123"), true),
        ] {
            let pick = PartPick::typed([("a".to_owned(), typed.to_owned())]).expect("a part");
            assert_eq!(pick.allows("a", &value), fits, "{typed} {value}");
            assert!(pick.allows("b", &value), "what is not named may be anything");
        }
        assert!(PartPick::typed([]).is_none());
        assert_eq!(plain(&span), "2024-01-01");
    }

    #[test]
    fn a_part_that_was_listed_is_found_again() {
        let Value::Object(values) = json!({"month": {"start": "2024-01-01", "end": "2024-01-31"}, "id": 3}) else {
            return;
        };
        let pick = PartPick::new(values.clone()).expect("a part");
        assert!(pick.fits(&values));
        let rest = pick.without(["month"].into_iter()).expect("the rest");
        assert_eq!(rest.json(), r#"{"id":3}"#);
        assert!(rest.without(["id"].into_iter()).is_none());
    }
}
