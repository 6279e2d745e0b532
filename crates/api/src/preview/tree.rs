//! A response as a tree that is read as it is opened: text is walked, values keep every digit, and what was walked is
//! remembered by its place.

use crate::app::lock;
use engine::capture::CapturedPage;
use engine::json::Step;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

/// A child of an object or an array.
#[derive(Debug)]
pub(super) struct Child {
    /// Its member name; an array's items have none.
    pub key: Option<String>,
    /// Its place in the page's text.
    pub range: Range<usize>,
    /// How many children it has, once it was counted.
    count: OnceLock<u32>,
}

/// A page, and the steps to a value in it.
type Place = (usize, String);
type Children = Arc<Vec<Child>>;

/// The pages of a preview with what was walked of them.
#[derive(Debug)]
pub(crate) struct Trees {
    pages: Arc<Vec<CapturedPage>>,
    walked: Mutex<HashMap<Place, Children>>,
}

/// Lists of children that are remembered; a person opens far fewer.
const REMEMBERED: usize = 2_000;

impl Trees {
    pub fn new(pages: Arc<Vec<CapturedPage>>) -> Self {
        Self { pages, walked: Mutex::default() }
    }

    /// A page's text. `None`: there is no such page, or it is no text.
    pub fn text(&self, page: usize) -> Option<&str> {
        std::str::from_utf8(&self.pages.get(page)?.body).ok()
    }

    /// The text of a value at a place.
    pub fn value(&self, page: usize, steps: &[Step]) -> Option<&str> {
        let text = self.text(page)?;
        let Some((last, parents)) = steps.split_last() else { return Some(text.trim()) };
        let children = self.children(page, parents)?;
        let child = match last {
            Step::Index(index) => children.get(usize::try_from(*index).ok()?).filter(|child| child.key.is_none())?,
            Step::Key(name) => children.iter().rev().find(|child| child.key.as_ref() == Some(name))?,
        };
        text.get(child.range.clone())
    }

    /// The children of a value. `None`: there is no such value, or it is not JSON.
    pub(super) fn children(&self, page: usize, steps: &[Step]) -> Option<Children> {
        let key = (page, format!("{steps:?}"));
        if let Some(known) = lock(&self.walked).get(&key) {
            return Some(Arc::clone(known));
        }
        let text = self.text(page)?;
        let value = self.value(page, steps)?;
        let from = value.as_ptr() as usize - text.as_ptr() as usize;
        let children = Arc::new(walk(value, from)?);
        let mut walked = lock(&self.walked);
        if walked.len() >= REMEMBERED {
            walked.clear();
        }
        walked.insert(key, Arc::clone(&children));
        Some(children)
    }
}

impl Child {
    /// How many children it has in turn.
    pub fn count(&self, text: &str) -> u32 {
        *self.count.get_or_init(|| text.get(self.range.clone()).map(count).unwrap_or_default())
    }
}

/// What a value is, by its first character.
pub(crate) fn kind(value: &str) -> &'static str {
    match value.as_bytes().first() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        Some(b'"') => "string",
        Some(b't' | b'f') => "boolean",
        Some(b'n') => "null",
        _ => "number",
    }
}

/// The children of a value that starts at `from`.
fn walk(value: &str, from: usize) -> Option<Vec<Child>> {
    let mut reader = serde_json::Deserializer::from_str(value);
    let places = reader.deserialize_any(Walk { start: value.as_ptr() as usize, from }).ok()?;
    reader.end().ok()?;
    Some(places)
}

struct Walk {
    start: usize,
    from: usize,
}

impl Walk {
    fn child(&self, key: Option<String>, raw: &RawValue) -> Child {
        let at = raw.get().as_ptr() as usize - self.start + self.from;
        Child { key, range: at..at + raw.get().len(), count: OnceLock::new() }
    }
}

impl<'de> Visitor<'de> for Walk {
    type Value = Vec<Child>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut children = Vec::new();
        while let Some(raw) = items.next_element::<&'de RawValue>()? {
            children.push(self.child(None, raw));
        }
        Ok(children)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut children = Vec::new();
        while let Some((key, raw)) = members.next_entry::<String, &'de RawValue>()? {
            children.push(self.child(Some(key), raw));
        }
        Ok(children)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }
}

/// How many children a value has.
fn count(value: &str) -> u32 {
    if !value.starts_with(['{', '[']) {
        return 0;
    }
    struct Count;
    impl<'de> Visitor<'de> for Count {
        type Value = u32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object or an array")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<u32, A::Error> {
            let mut count = 0;
            while items.next_element::<IgnoredAny>()?.is_some() {
                count += 1;
            }
            Ok(count)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<u32, A::Error> {
            let mut count = 0;
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                count += 1;
            }
            Ok(count)
        }
    }
    serde_json::Deserializer::from_str(value).deserialize_any(Count).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Trees;
    use bytes::Bytes;
    use engine::capture::{CapturedPage, RequestSnapshot, ResponseSnapshot};
    use engine::json::Step;
    use std::sync::Arc;

    fn trees(body: &str) -> Trees {
        let page = CapturedPage {
            request: RequestSnapshot::default(),
            response: ResponseSnapshot::default(),
            body: Bytes::from(body.to_owned()),
            records: 0,
            partition: None,
        };
        Trees::new(Arc::new(vec![page]))
    }

    #[test]
    fn values_keep_every_digit_and_their_place() {
        let body = " {\"data\": [ {\"id\": 12345678901234567890123, \"naïve\": \"\\u00e9\"}, [] ], \"n\": 1.10 } ";
        let trees = trees(body);
        let root = trees.children(0, &[]).expect("children");
        let shown: Vec<_> =
            root.iter().map(|child| (child.key.clone(), &body[child.range.clone()], child.count(body))).collect();
        assert_eq!(shown[0].2, 2);
        assert_eq!(shown[1], (Some("n".to_owned()), "1.10", 0));
        let steps = [Step::Key("data".to_owned()), Step::Index(0), Step::Key("id".to_owned())];
        assert_eq!(trees.value(0, &steps), Some("12345678901234567890123"));
        assert!(trees.value(0, &[Step::Key("none".to_owned())]).is_none());
        assert_eq!(trees.children(0, &steps).map(|none| none.len()), Some(0));
    }

    #[test]
    fn text_that_is_no_json_has_no_children() {
        assert!(trees("<html>").children(0, &[]).is_none());
        assert!(trees("{\"a\": 1} x").children(0, &[]).is_none());
    }
}
