//! The members of a record that a mapping with listed fields knows of. What is none of them goes nowhere.

use crate::json::{Path, Walk};
use crate::source::files::OWN_NAMES;
use definition::model::{Field, Rest, Stream};
use serde::Serialize;
use std::collections::HashSet;

/// The names of a record's members that something in the definition uses.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    names: HashSet<String>,
    /// Expressions and queries: a name that stands in one as a word is used.
    texts: Vec<String>,
}

impl Listed {
    /// What a stream uses. `None`: it takes all, or keeps what no field took.
    pub fn of(stream: &Stream) -> Option<Self> {
        if stream.fields.is_empty() || !matches!(stream.rest, None | Some(Rest::Drop)) {
            return None;
        }
        let mut listed = Self::default();
        OWN_NAMES.iter().for_each(|name| _ = listed.names.insert((*name).to_owned()));
        stream.fields.iter().for_each(|field| listed.field(field));
        if let Some(incremental) = &stream.incremental {
            listed.path(&incremental.cursor);
        }
        listed.text(&stream.records);
        listed.text(&stream.steps);
        listed.text(&stream.relations);
        Some(listed)
    }

    fn field(&mut self, field: &Field) {
        match (&field.from, &field.template) {
            (Some(from), _) => self.path(from),
            (None, Some(template)) => self.text(template),
            (None, None) => _ = self.names.insert(field.name.clone()),
        }
        self.text(&field.transform);
    }

    fn path(&mut self, path: &str) {
        match Path::parse(path).ok().as_ref().and_then(Path::walk).and_then(<[Walk]>::first) {
            Some(Walk::Key(name)) => _ = self.names.insert(name.clone()),
            _ => self.texts.push(path.to_owned()),
        }
    }

    fn text(&mut self, part: &impl Serialize) {
        // The model's own types: they always serialize.
        self.texts.extend(serde_json::to_string(part).ok().filter(|text| text.contains("{{") || text.contains("{%")));
    }

    /// Whether a member is used.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name) || self.texts.iter().any(|text| stands_in(name, text))
    }
}

/// Whether a name stands in a text as a word of its own.
fn stands_in(name: &str, text: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::Listed;
    use definition::model::Stream;
    use serde_json::json;

    #[test]
    fn what_the_definition_uses_is_listed() {
        let stream: Stream = serde_json::from_value(json!({
            "name": "items", "request": {"path": "/items"}, "records": {"path": "$.items[*]", "filter": "{{ record.state != 'gone' }}"},
            "incremental": {"cursor": "$.changed_at"},
            "fields": [
                {"name": "id"}, {"name": "mail", "from": "$.author.mail"}, {"name": "tags", "from": "$['my tags'][*].name"},
                {"name": "label", "template": "{{ record.first }} {{ record['last-name'] }}"},
            ],
        }))
        .unwrap();
        let listed = Listed::of(&stream).unwrap();
        for name in ["id", "author", "my tags", "first", "last-name", "state", "changed_at"] {
            assert!(listed.has(name), "{name}");
        }
        for name in ["mail", "label", "fir", "fresh"] {
            assert!(!listed.has(name), "{name}");
        }
        let keeps = Stream { rest: Some(definition::model::Rest::Keep), ..stream };
        assert!(Listed::of(&keeps).is_none());
    }
}
