//! From the chosen requests to a connector.

use super::{Collection, Endpoint};
use definition::model::{ConfigInput, Http, ParentPartition, Partition, Scalar, Stream, Template};
use definition::{Definition, Problem, ProblemKind, Stage};
use url::Url;

/// What stands for an input's value.
pub(crate) fn reference(name: &str) -> String {
    format!("{{{{ config.{name} }}}}")
}

impl Collection {
    /// The endpoints of names, those first that need no other.
    ///
    /// # Errors
    /// Where none is named, or a name is nobody's.
    pub fn chosen(&self, names: &[String]) -> Result<Vec<&Endpoint>, Problem> {
        let wrong = |code: &str, message: String| Problem::new(code, ProblemKind::Config, Stage::Open, message);
        if names.is_empty() {
            return Err(wrong("nothing_chosen", "Nothing is chosen.".to_owned()).hint("Choose at least one."));
        }
        if let Some(unknown) = names.iter().find(|name| !self.endpoints.iter().any(|one| one.name() == *name)) {
            let near = definition::suggest::closest(unknown, self.endpoints.iter().map(Endpoint::name));
            let hint = near
                .map_or_else(|| "Its list names what there is.".to_owned(), |near| format!("Did you mean `{near}`?"));
            return Err(wrong("unknown_endpoint", format!("Nothing here is called `{unknown}`.")).hint(hint));
        }
        let mut all: Vec<&Endpoint> =
            self.endpoints.iter().filter(|one| names.iter().any(|name| name == one.name())).collect();
        let from = |one: &Endpoint| one.parents.iter().filter(|parent| names.contains(&parent.endpoint)).count();
        all.sort_by_key(|one| (from(one), !one.list));
        Ok(all)
    }

    /// The inputs that must have a value before the chosen ones are read, the connector's own first. Those that another
    /// chosen one lists are not asked for.
    ///
    /// # Errors
    /// As `chosen`.
    pub fn asked(&self, names: &[String]) -> Result<Vec<ConfigInput>, Problem> {
        Ok(self.connector(names, None)?.config)
    }

    /// The connector that reads the chosen ones.
    ///
    /// # Errors
    /// As `chosen`; where there is no address, or it is none.
    pub fn take(&self, names: &[String], base_url: Option<&str>) -> Result<Definition, Problem> {
        let definition = self.connector(names, base_url)?;
        let base = definition.http.as_ref().map(|http| http.base_url.as_str()).unwrap_or_default();
        base_ok(base)?;
        Ok(definition)
    }

    /// The file was had from this address: what its own addresses are relative to.
    pub fn reached_at(&mut self, url: &str) {
        let base = self.definition.http.as_ref().map(|http| http.base_url.as_str()).unwrap_or_default();
        let Ok(url) = Url::parse(url) else { return };
        if !base.is_empty() {
            return;
        }
        let path = self.relative.clone().unwrap_or_default();
        let base = format!("{}{}", url.origin().ascii_serialization(), path.trim_end_matches('/'));
        self.definition.http.get_or_insert_with(Http::default).base_url = base.as_str().into();
        self.servers.push(base);
        // It is known now.
        self.notes.retain(|note| !note.starts_with("The file names no host"));
    }

    fn connector(&self, names: &[String], base_url: Option<&str>) -> Result<Definition, Problem> {
        let chosen = self.chosen(names)?;
        let mut definition = self.definition.clone();
        if let Some(base) = base_url.map(|base| base.trim().trim_end_matches('/')).filter(|base| !base.is_empty()) {
            definition.http.get_or_insert_with(Http::default).base_url = base.into();
        }
        let partitioned: Vec<&str> = chosen
            .iter()
            .filter(|one| one.parents.iter().any(|parent| names.contains(&parent.endpoint)))
            .map(|one| one.name())
            .collect();
        for one in &chosen {
            for input in &one.inputs {
                if !definition.config.iter().any(|own| own.name == input.name) {
                    definition.config.push(input.clone());
                }
            }
            // Only the last part of a path: what is before it is shared with the parent.
            let parent =
                one.parents.iter().rev().find(|parent| {
                    names.contains(&parent.endpoint) && !partitioned.contains(&parent.endpoint.as_str())
                });
            let mut stream = one.stream.clone();
            if let Some(parent) = parent {
                by_parent(&mut stream, parent);
            }
            definition.streams.push(stream);
        }
        let mut rest = definition.clone();
        rest.config.clear();
        let text = serde_json::to_string(&rest).unwrap_or_default();
        definition.config.retain(|input| refers(&text, &input.name));
        Ok(definition)
    }
}

/// Whether a text refers to an input.
fn refers(text: &str, name: &str) -> bool {
    let wanted = format!("config.{name}");
    text.match_indices(&wanted).any(|(at, _)| {
        let next = text[at + wanted.len()..].chars().next();
        !next.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// Reads a stream for each record of another one.
fn by_parent(stream: &mut Stream, parent: &super::ParentOf) {
    let (old, new) = (reference(&parent.input), format!("{{{{ partition.{} }}}}", parent.input));
    let change = |template: &mut Template| template.0 = template.0.replace(&old, &new);
    change(&mut stream.request.path);
    for value in stream.request.query.values_mut().chain(stream.request.headers.values_mut()) {
        if let Scalar::Text(template) = value {
            change(template);
        }
    }
    stream.partitions.push(Partition::Parent(ParentPartition {
        stream: parent.endpoint.clone(),
        value: definition::member_path("$", &parent.field),
        name: parent.input.clone(),
        fields: Vec::new(),
        incremental: false,
        inject: None,
    }));
}

fn base_ok(base: &str) -> Result<(), Problem> {
    let wrong = |code: &str, message: &str| {
        Problem::new(code, ProblemKind::Config, Stage::Open, message)
            .field("base_url")
            .hint("Give the address that all requests begin with, such as https://api.example.com/v1.")
    };
    if base.is_empty() {
        return Err(wrong("no_base_url", "The file does not say which address its requests go to."));
    }
    let bare = base.replace("{{", "").replace("}}", "").replace("config.", "").replace(' ', "");
    match Url::parse(&bare) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(()),
        _ => Err(wrong("bad_base_url", "This is no address of an API.")),
    }
}
