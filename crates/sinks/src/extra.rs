//! The members that no column took, read without building a tree.

use definition::{Problem, ProblemKind, Stage};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// One member: its name and the JSON text of its value.
pub(crate) type Member<'a> = (Cow<'a, str>, &'a RawValue);

/// The members of a JSON object, in order.
pub(crate) fn members(object: &str) -> Result<Vec<Member<'_>>, Problem> {
    let mut reader = serde_json::Deserializer::from_str(object);
    reader.deserialize_map(Members).map_err(|error| {
        Problem::new("bad_extras", ProblemKind::Internal, Stage::Write, "The rest of a record is not a JSON object.")
            .detail(error.to_string())
    })
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<Member<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
            members.push((name, value));
        }
        Ok(members)
    }
}

/// A name that borrows where it holds no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::members;

    #[test]
    fn members_keep_their_order_and_their_text() {
        let read = members(r#"{"b\n": 1.10, "a": {"x": [1, 2]}, "": null}"#).unwrap();
        let read: Vec<_> = read.iter().map(|(name, value)| (name.as_ref(), value.get())).collect();
        assert_eq!(read, [("b\n", "1.10"), ("a", r#"{"x": [1, 2]}"#), ("", "null")]);
        assert!(members("[1]").is_err());
    }
}
