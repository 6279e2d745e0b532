//! Which endpoint lists the values that another one's path asks for.

use super::names::{is_variable, singular};
use super::{Endpoint, ParentOf};
use definition::model::Field;
use std::collections::HashMap;

/// Finds the parents of all endpoints.
pub(super) fn find(endpoints: &mut [Endpoint]) {
    let lists: HashMap<String, usize> = endpoints
        .iter()
        .enumerate()
        .filter(|(_, endpoint)| endpoint.list && endpoint.stream.request.body.is_none())
        .map(|(at, endpoint)| (shape(&endpoint.path), at))
        .collect();
    let found: Vec<Vec<ParentOf>> = endpoints.iter().map(|endpoint| parents(endpoint, endpoints, &lists)).collect();
    for (endpoint, parents) in endpoints.iter_mut().zip(found) {
        endpoint.parents = parents;
    }
}

fn parents(endpoint: &Endpoint, all: &[Endpoint], lists: &HashMap<String, usize>) -> Vec<ParentOf> {
    let wanted: Vec<&str> = segments(&endpoint.path);
    let stream: Vec<&str> = segments(endpoint.stream.request.path.as_str());
    // The same segments, once with the file's names and once with the inputs that they became.
    if wanted.len() != stream.len() {
        return Vec::new();
    }
    let mut parents = Vec::new();
    for (at, (part, input)) in wanted.iter().zip(&stream).enumerate() {
        let Some(input) = input.strip_prefix("{{ config.").and_then(|rest| rest.strip_suffix(" }}")) else { continue };
        let Some(parent) = lists.get(&joined(&wanted[..at])).and_then(|at| all.get(*at)) else { continue };
        let before = at.checked_sub(1).and_then(|at| wanted.get(at)).copied().unwrap_or_default();
        if let Some(field) = field(part.trim_matches(['{', '}', ':']), before, &parent.stream.fields) {
            parents.push(ParentOf { input: input.to_owned(), endpoint: parent.name().to_owned(), field });
        }
    }
    parents
}

/// The member of the parent's records that a variable of the path means.
fn field(variable: &str, collection: &str, fields: &[Field]) -> Option<String> {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let (wanted, one) = (plain(variable), plain(&singular(&collection.to_lowercase())));
    let short = wanted.strip_prefix(&one).filter(|rest| !rest.is_empty()).unwrap_or(&wanted).to_owned();
    if fields.is_empty() {
        return Some(if wanted.ends_with("id") || short == one { "id".to_owned() } else { variable.to_owned() });
    }
    let scalar = |field: &&Field| {
        use definition::model::FieldType::{Array, Object};
        !matches!(field.kind, Array | Object)
    };
    let named = |name: &str| fields.iter().filter(scalar).find(|field| plain(&field.name) == name);
    let found = named(&wanted).or_else(|| named(&short));
    let found = found.or_else(|| named("id")).or_else(|| named("name").filter(|_| wanted == one));
    found.map(|field| field.name.clone())
}

fn segments(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty()).collect()
}

fn joined(parts: &[&str]) -> String {
    parts.iter().map(|part| if is_variable(part) { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

/// A path whatever its variables are called.
fn shape(path: &str) -> String {
    joined(&segments(path))
}
