//! Where a node of content keeps its things: each system has a place of its own for them.

use serde_json::{Map, Value};

/// A node: its own members, and those that stand under its type's name, under `attrs` or under `data`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    pub own: &'a Map<String, Value>,
    /// Notion's `{type: x, x: {…}}`.
    payload: Option<&'a Map<String, Value>>,
    /// ProseMirror's `attrs`.
    attrs: Option<&'a Map<String, Value>>,
    /// The `data` of Editor.js and of Contentful.
    pub data: Option<&'a Map<String, Value>>,
}

impl<'a> Node<'a> {
    pub fn new(own: &'a Map<String, Value>) -> Self {
        let word = own.get("type").and_then(Value::as_str).unwrap_or_default();
        let part = |name: &str| own.get(name).and_then(Value::as_object);
        Self { own, payload: part(word), attrs: part("attrs").or_else(|| part("attributes")), data: part("data") }
    }

    /// The node's type in lower case, without signs: `bulleted_list_item` is `bulletedlistitem`.
    pub fn kind(&self) -> String {
        let word = ["type", "nodeType", "_type", "tagName"].iter().find_map(|name| self.own.get(*name)?.as_str());
        word.unwrap_or_default().chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
    }

    /// A member, wherever it stands.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        let places = [self.payload, self.attrs, self.data, Some(self.own)];
        places.into_iter().flatten().find_map(|place| place.get(name)).filter(|value| !value.is_null())
    }

    /// The first of several members that there is.
    pub fn first(&self, names: &[&str]) -> Option<&'a Value> {
        names.iter().find_map(|name| self.get(name))
    }

    /// The first of several members that is text.
    pub fn text(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.get(name)?.as_str()).filter(|text| !text.is_empty())
    }

    /// The first of several members that is a whole number, or a text that is one.
    pub fn number(&self, names: &[&str]) -> Option<u64> {
        names.iter().find_map(|name| {
            let value = self.get(name)?;
            value.as_u64().or_else(|| value.as_str()?.parse().ok())
        })
    }

    /// Whether one of several members is true.
    pub fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.get(name).and_then(Value::as_bool) == Some(true))
    }

    /// The address of an image, a file or a page.
    pub fn url(&self) -> Option<&'a str> {
        const NAMES: &[&str] = &["url", "href", "uri", "src"];
        self.text(NAMES).or_else(|| {
            let inner = self.first(&["file", "external", "image", "asset", "link", "media", "target"])?.as_object()?;
            let inner = inner.get("fields").and_then(Value::as_object).unwrap_or(inner);
            let inner = inner.get("file").and_then(Value::as_object).unwrap_or(inner);
            NAMES.iter().find_map(|name| inner.get(*name)?.as_str())
        })
    }
}
