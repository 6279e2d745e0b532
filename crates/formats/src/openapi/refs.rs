//! `$ref`s within the file, however they turn in circles, and schemas laid flat.

use crate::tree::Tree;
use indexmap::IndexMap;
use std::cell::Cell;

/// How many `$ref`s may follow each other.
const HOPS: usize = 32;
/// How deep `allOf` and its kin are followed.
const DEEPEST: usize = 12;
/// The most schemas that one schema is laid flat from.
const MOST_PARTS: usize = 400;

/// A document, and what was met in it.
pub(super) struct Document<'a> {
    pub root: &'a Tree,
    /// `$ref`s that lead out of the file, or nowhere.
    pub lost: Cell<usize>,
}

/// A schema with all that it is put together from.
#[derive(Debug, Default)]
pub(super) struct Flat<'a> {
    pub kind: String,
    pub format: String,
    pub description: String,
    pub properties: IndexMap<&'a str, &'a Tree>,
    pub required: Vec<&'a str>,
    pub items: Option<&'a Tree>,
    pub options: Vec<String>,
    /// Whether its members have names of their own.
    pub open: bool,
}

impl<'a> Document<'a> {
    pub fn new(root: &'a Tree) -> Self {
        Self { root, lost: Cell::new(0) }
    }

    /// What a value is, its `$ref`s followed.
    pub fn real(&self, tree: &'a Tree) -> &'a Tree {
        let mut tree = tree;
        for _ in 0..HOPS {
            let Some(target) = tree.get("$ref").and_then(Tree::str) else { return tree };
            match self.find(target) {
                Some(found) => tree = found,
                None => break,
            }
        }
        if tree.get("$ref").is_some() {
            self.lost.set(self.lost.get() + 1);
            return &Tree::Null;
        }
        tree
    }

    fn find(&self, target: &str) -> Option<&'a Tree> {
        let path = target.strip_prefix('#')?;
        let mut tree = self.root;
        for part in path.split('/').skip(1) {
            let name = decoded(part);
            tree = match tree {
                Tree::List(items) => items.get(name.parse::<usize>().ok()?)?,
                other => other.get(&name)?,
            };
        }
        Some(tree)
    }

    /// A schema laid flat: `allOf` merged, of `oneOf` and `anyOf` the first that says anything.
    pub fn flat(&self, schema: &'a Tree) -> Flat<'a> {
        let mut flat = Flat::default();
        self.add(schema, &mut flat, 0, &Cell::new(0));
        if flat.kind.is_empty() {
            flat.kind = match () {
                () if !flat.properties.is_empty() || flat.open => "object",
                () if flat.items.is_some() => "array",
                () if !flat.options.is_empty() => "string",
                () => "",
            }
            .to_owned();
        }
        flat
    }

    fn add(&self, schema: &'a Tree, flat: &mut Flat<'a>, depth: usize, parts: &Cell<usize>) {
        parts.set(parts.get() + 1);
        if depth > DEEPEST || parts.get() > MOST_PARTS {
            return;
        }
        // What stands beside a `$ref` counts, too, since 3.1.
        if flat.description.is_empty() {
            flat.description = schema.word("description").unwrap_or_default();
        }
        let schema = self.real(schema);
        if flat.kind.is_empty() {
            flat.kind = kind(schema);
        }
        if flat.format.is_empty() {
            flat.format = schema.word("format").unwrap_or_default();
        }
        if flat.description.is_empty() {
            flat.description = schema.word("description").or_else(|| schema.word("title")).unwrap_or_default();
        }
        // What a schema says itself is closer than what it is put together from.
        for part in schema.list("allOf") {
            self.add(part, flat, depth + 1, parts);
        }
        for (name, property) in schema.get("properties").into_iter().flat_map(Tree::members) {
            flat.properties.insert(name, property);
        }
        flat.required.extend(schema.list("required").iter().filter_map(Tree::str));
        flat.items = flat.items.or_else(|| schema.get("items"));
        flat.open |= schema.get("additionalProperties").is_some_and(|more| matches!(more, Tree::Map(_)));
        if flat.options.is_empty() {
            flat.options = schema.list("enum").iter().filter_map(Tree::text).collect();
        }
        for name in ["oneOf", "anyOf"] {
            let says = |part: &&Tree| kind(self.real(part)) != "null";
            if let Some(first) = schema.list(name).iter().find(says) {
                self.add(first, flat, depth + 1, parts);
            }
        }
    }
}

/// A schema's type; of several (3.1) the first that is not null.
fn kind(schema: &Tree) -> String {
    match schema.get("type") {
        Some(Tree::List(kinds)) => kinds.iter().filter_map(Tree::text).find(|kind| kind != "null").unwrap_or_default(),
        Some(one) => one.text().unwrap_or_default(),
        None => String::new(),
    }
}

/// A part of a JSON pointer in a URL.
fn decoded(part: &str) -> String {
    let part = part.replace('+', "%2B");
    let plain = url::form_urlencoded::parse(part.as_bytes()).next().map(|(name, _)| name.into_owned());
    plain.unwrap_or_default().replace("~1", "/").replace("~0", "~")
}
