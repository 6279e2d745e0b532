//! The table of what a schema can't say: titles, order, examples, vendors' words. One file an area.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// The files of the table. Each may hold several areas.
const FILES: &[&str] = &[
    include_str!("words/auth.yaml"),
    include_str!("words/connector.yaml"),
    include_str!("words/http.yaml"),
    include_str!("words/paginate.yaml"),
    include_str!("words/read.yaml"),
    include_str!("words/mapping.yaml"),
    include_str!("words/transform.yaml"),
    include_str!("words/others.yaml"),
];

/// The sections of the forms.
const SECTIONS: &str = include_str!("words/sections.yaml");

/// What the table says.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Areas, by the model's type.
    pub areas: IndexMap<String, Area>,
    /// The sections of the forms.
    pub sections: Vec<Section>,
    /// Why a file of the table can't be read. A test holds this empty.
    pub faults: Vec<String>,
}

/// One area.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Area {
    /// Its name to clients.
    pub name: String,
    pub title: String,
    /// Where it stands in a definition.
    pub place: String,
    /// The page of the guide.
    pub docs: String,
    pub kinds: IndexMap<String, Row>,
}

/// One kind.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Row {
    pub title: String,
    /// The part of the guide, where it is not the kind's word.
    pub docs: Option<String>,
    pub example: Value,
    /// Labels that are not just the field's name in words.
    pub label: IndexMap<String, String>,
    /// Texts of several lines.
    pub long: Vec<String>,
    pub secret: Vec<String>,
    pub advanced: Vec<String>,
    /// What vendors call a field.
    pub also: IndexMap<String, String>,
    /// Fields that show only where another has some values: `authorize_url: {grant: [authorization_code]}`.
    pub only: IndexMap<String, IndexMap<String, Vec<String>>>,
}

/// One section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub name: String,
    pub scope: super::FormScope,
    pub title: String,
    pub help: String,
    /// Its fields, from the definition or the stream on.
    pub fields: Vec<String>,
    #[serde(default)]
    pub advanced: Vec<String>,
}

/// Reads the table.
pub(super) fn table() -> Table {
    let mut table = Table::default();
    for file in FILES {
        match serde_saphyr::from_str::<IndexMap<String, Area>>(file) {
            Ok(areas) => table.areas.extend(areas),
            Err(error) => table.faults.push(format!("{error}\nin: {}", file.lines().next().unwrap_or_default())),
        }
    }
    match serde_saphyr::from_str(SECTIONS) {
        Ok(sections) => table.sections = sections,
        Err(error) => table.faults.push(error.to_string()),
    }
    table
}

/// Kinds of the model without a row, and rows that name nothing of the model.
pub(super) fn missing(schema: &Value) -> Vec<String> {
    let table = table();
    let mut found = table.faults.clone();
    let all = super::descriptors();
    let types = schema.get("$defs").and_then(Value::as_object).into_iter().flatten();
    for (name, _) in types.clone() {
        let Some(group) = group_of(all, &table, name) else { continue };
        let area = table.areas.get(name);
        for kind in group.kinds.iter().filter(|kind| kind.form != super::KindForm::Settings) {
            let titled = area.and_then(|area| area.kinds.get(&kind.word)).is_some_and(|row| !row.title.is_empty());
            let wordy = kind.form == super::KindForm::Word;
            if !titled && (!wordy || area.is_some()) {
                found.push(format!("{name}: the kind `{}` has no row", kind.word));
            } else if kind.example.is_null() {
                found.push(format!("{name}: the kind `{}` has no example", kind.word));
            }
        }
    }
    for (name, area) in &table.areas {
        let Some(group) = group_of(all, &table, name) else {
            found.push(format!("{name} is no type of the model"));
            continue;
        };
        for (word, row) in &area.kinds {
            let word = if word == "settings" { "" } else { word };
            match group.kind(word) {
                None => found.push(format!("{name}: the model has no kind `{word}`")),
                Some(kind) => {
                    found.extend(strangers(row, kind).map(|path| format!("{name} {word}: no field `{path}`")))
                }
            }
        }
    }
    found
}

fn group_of<'a>(all: &'a super::Descriptors, table: &Table, name: &str) -> Option<&'a super::FormGroup> {
    let area = table.areas.get(name).filter(|area| !area.name.is_empty());
    let wanted = area.map_or_else(|| super::text::snake(name), |area| area.name.clone());
    all.group(&wanted)
}

/// The fields that a row names and the kind has not.
fn strangers<'a>(row: &'a Row, kind: &'a super::FormKind) -> impl Iterator<Item = &'a String> {
    let lists = row.long.iter().chain(&row.secret).chain(&row.advanced);
    let named = lists.chain(row.label.keys()).chain(row.also.keys()).chain(row.only.keys());
    named.filter(|path| !kind.fields.iter().any(|field| field.path == **path))
}
