//! A request's address: as one text, or in parts.

use super::Walk;
use crate::collection::Marks;
use crate::tree::Tree;
use definition::model::ConfigType;
use url::form_urlencoded;

impl Walk<'_> {
    /// The address, with what stands for inputs in it. None: there is none.
    pub(super) fn url(&mut self, url: &Tree) -> Option<String> {
        let raw = match url.text().or_else(|| url.word("raw")) {
            Some(raw) => raw,
            None => joined(url)?,
        };
        let (bare, written) = raw.split_once('?').map_or((raw.as_str(), ""), |(bare, query)| (bare, query));
        let bare = bare.split('#').next().unwrap_or_default();
        let bare = if self.variables.begins_unknown(bare) {
            let behind = bare.split_once("}}").map(|(_, rest)| rest).unwrap_or_default();
            format!("{}{}", Marks::nowhere(), self.variables.fill(behind))
        } else {
            self.variables.fill(bare)
        };
        let path = self.path(&bare, url);
        let query = if matches!(url.get("query"), Some(Tree::List(_))) {
            url.list("query")
                .iter()
                .filter(|pair| !pair.is("disabled"))
                .filter_map(|pair| Some((pair.word("key")?, pair.word("value").unwrap_or_default())))
                .collect()
        } else {
            form_urlencoded::parse(written.as_bytes()).into_owned().collect::<Vec<_>>()
        };
        let mut out = form_urlencoded::Serializer::new(String::new());
        for (key, value) in query.into_iter().filter(|(_, value)| !value.is_empty()) {
            let value = self.variables.header(&key, &value);
            out.append_pair(&key, &value);
        }
        let query = out.finish();
        let address = if query.is_empty() { path } else { format!("{path}?{query}") };
        (!address.trim().is_empty()).then_some(address)
    }

    /// The path's own variables: `:id`.
    fn path(&mut self, bare: &str, url: &Tree) -> String {
        let start = bare.find("://").map_or(0, |at| at + 3);
        let (head, rest) = bare.split_at(start);
        let parts = rest.split('/').enumerate().map(|(at, part)| {
            let name = part.strip_prefix(':').filter(|name| at > 0 && !name.is_empty());
            let Some(name) = name else { return part.to_owned() };
            let told = url.list("variable").iter().find(|one| one.word("key").as_deref() == Some(name));
            let value = told.and_then(|one| one.word("value")).map(|value| self.variables.fill(&value));
            // A value that says what goes there is none.
            let value = value.filter(|value| !value.contains(['<', '{', ' ']) && !value.starts_with("twvar"));
            let help = told.map(super::description).unwrap_or_default();
            self.variables.mark(name, ConfigType::String, value.as_deref(), &help)
        });
        format!("{head}{}", parts.collect::<Vec<_>>().join("/"))
    }
}

/// An address from its parts.
fn joined(url: &Tree) -> Option<String> {
    let words = |name: &str, joint: &str| match url.get(name)? {
        Tree::List(items) => Some(
            items.iter().filter_map(|item| item.text().or_else(|| item.word("value"))).collect::<Vec<_>>().join(joint),
        ),
        other => other.text(),
    };
    let host = words("host", ".")?;
    let protocol = url.word("protocol").map(|protocol| format!("{protocol}://")).unwrap_or_default();
    let port = url.word("port").map(|port| format!(":{port}")).unwrap_or_default();
    let path = words("path", "/").unwrap_or_default();
    Some(format!("{protocol}{host}{port}/{}", path.trim_start_matches('/')))
}
