//! From the JSON Schema and the table to descriptors.

use super::words::{Area, Row, Section, Table};
use super::{
    Descriptors, FormControl, FormField, FormGroup, FormKind, FormOnly, FormOption, FormScope, FormSection, FormValue,
    KindForm, text,
};
use serde_json::{Map, Value, json};

/// All descriptors.
pub(super) fn all(schema: &'static Value, table: Table) -> Descriptors {
    let derive = Derive { schema, table };
    let types: Vec<&String> = derive.types().keys().collect();
    // The areas of the table in its order, then those that only have settings.
    let mut names: Vec<&str> =
        derive.table.areas.keys().map(String::as_str).filter(|name| derive.types().contains_key(*name)).collect();
    names.extend(types.into_iter().map(String::as_str).filter(|name| !derive.table.areas.contains_key(*name)));
    let groups = names.into_iter().filter_map(|name| derive.group(name)).collect();
    let sections = derive.table.sections.iter().map(|section| derive.section(section)).collect();
    Descriptors { sections, groups }
}

struct Derive {
    schema: &'static Value,
    table: Table,
}

impl Derive {
    fn types(&self) -> &'static Map<String, Value> {
        static NONE: std::sync::OnceLock<Map<String, Value>> = std::sync::OnceLock::new();
        let types = self.schema.get("$defs").and_then(Value::as_object);
        types.unwrap_or_else(|| NONE.get_or_init(Map::new))
    }

    /// The group of a type of the model; none for plain values.
    fn group(&self, name: &str) -> Option<FormGroup> {
        let schema = self.types().get(name)?;
        let area = self.table.areas.get(name).cloned().unwrap_or_default();
        let kinds = self.kinds(schema, &area)?;
        let title = if area.title.is_empty() { text::label(&text::snake(name)) } else { area.title.clone() };
        let titled = |kind: FormKind| match kind.form {
            KindForm::Settings if kind.title.is_empty() => FormKind { title: title.clone(), ..kind },
            _ => kind,
        };
        let kinds = kinds.into_iter().map(titled).collect();
        Some(FormGroup { name: self.area_name(name), title, help: docs(schema), place: area.place, kinds })
    }

    fn area_name(&self, name: &str) -> String {
        let area = self.table.areas.get(name).filter(|area| !area.name.is_empty());
        area.map_or_else(|| text::snake(name), |area| area.name.clone())
    }

    fn kinds(&self, schema: &'static Value, area: &Area) -> Option<Vec<FormKind>> {
        let mut kinds: Vec<FormKind> = match schema.get("oneOf").and_then(Value::as_array) {
            Some(branches) => branches.iter().flat_map(|branch| self.branch(branch, area)).collect(),
            None if schema.get("enum").is_some() => self.branch(schema, area),
            None => vec![self.settings(schema, area)?],
        };
        let place = |kind: &FormKind| area.kinds.get_index_of(&kind.word).unwrap_or(usize::MAX);
        kinds.sort_by_key(place);
        Some(kinds)
    }

    fn settings(&self, schema: &'static Value, area: &Area) -> Option<FormKind> {
        schema.get("properties")?;
        let row = area.kinds.get("settings").cloned().unwrap_or_default();
        Some(self.kind("", KindForm::Settings, schema, area, &row, self.fields(schema, &row, false)))
    }

    /// The kinds of one branch. A branch without docs may hold several words at once.
    fn branch(&self, branch: &'static Value, area: &Area) -> Vec<FormKind> {
        let row = |word: &str| area.kinds.get(word).cloned().unwrap_or_default();
        let bare = |word: &str| self.kind(word, KindForm::Word, branch, area, &row(word), Vec::new());
        if let Some(word) = branch.get("const").and_then(Value::as_str) {
            return vec![bare(word)];
        }
        if let Some(words) = branch.get("enum").and_then(Value::as_array) {
            return words.iter().filter_map(Value::as_str).map(bare).collect();
        }
        if let Some(word) = branch.pointer("/properties/type/const").and_then(Value::as_str) {
            let row = row(word);
            return vec![self.kind(word, KindForm::Tagged, branch, area, &row, self.fields(branch, &row, true))];
        }
        let Some(word) = branch.pointer("/required/0").and_then(Value::as_str) else { return Vec::new() };
        let Some(inner) = branch.get("properties").and_then(|all| all.get(word)) else { return Vec::new() };
        let row = row(word);
        let settings = self.resolve(inner);
        if settings.get("properties").is_some() && settings.get("oneOf").is_none() {
            let fields = self.fields(settings, &row, false);
            return vec![self.kind(word, KindForm::Keyed, branch, area, &row, fields)];
        }
        let mut field = self.field("", inner, true, &row);
        if field.label.is_empty() {
            field.label = text::label(word);
        }
        field.example = row.example.get(word).cloned();
        vec![self.kind(word, KindForm::Value, branch, area, &row, vec![field])]
    }

    fn kind(
        &self,
        word: &str,
        form: KindForm,
        schema: &'static Value,
        area: &Area,
        row: &Row,
        fields: Vec<FormField>,
    ) -> FormKind {
        let title = if row.title.is_empty() { text::label(word) } else { row.title.clone() };
        let anchor = row.docs.clone().or_else(|| (!area.docs.is_empty() && !word.is_empty()).then(|| word.to_owned()));
        let docs = (!area.docs.is_empty()).then(|| match anchor {
            Some(anchor) => format!("{}#{anchor}", area.docs),
            None => area.docs.clone(),
        });
        let example = match form {
            KindForm::Word => json!(word),
            KindForm::Tagged if row.example.is_null() && fields.iter().all(|field| !field.required) => {
                json!({"type": word})
            }
            _ => row.example.clone(),
        };
        FormKind { word: word.to_owned(), form, title, help: self::docs(schema), docs, fields, example }
    }

    fn fields(&self, schema: &'static Value, row: &Row, tagged: bool) -> Vec<FormField> {
        let required = schema.get("required").and_then(Value::as_array);
        let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
        let all = schema.get("properties").and_then(Value::as_object);
        let all = all.into_iter().flatten().filter(|(name, _)| !(tagged && *name == "type"));
        all.map(|(name, schema)| self.field(name, schema, is_required(name), row)).collect()
    }

    fn field(&self, path: &str, schema: &'static Value, required: bool, row: &Row) -> FormField {
        let mut help = docs(schema);
        if help.is_empty() && schema.get("description").is_none() {
            help = docs(self.resolve(schema));
        }
        let label = row.label.get(path).cloned().unwrap_or_else(|| text::label(path));
        let mut value = self.value(schema);
        if row.long.iter().any(|one| one == path) {
            value.kind = FormControl::LongText;
        }
        let held = schema.get("default").filter(|value| !value.is_null()).map(|value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let only = row.only.get(path).and_then(|only| only.first());
        let inner = row.example.as_object().filter(|map| map.len() == 1).and_then(|map| map.values().next());
        FormField {
            path: path.to_owned(),
            label,
            default: text::default(&help).or(held),
            help,
            value,
            required,
            secret: row.secret.iter().any(|one| one == path),
            advanced: row.advanced.iter().any(|one| one == path),
            example: row.example.get(path).or_else(|| inner.and_then(|inner| inner.get(path))).cloned(),
            also: row.also.get(path).cloned(),
            only: only.map(|(path, values)| FormOnly { path: path.clone(), values: values.clone() }),
        }
    }

    /// What can be put into a field of this schema.
    fn value(&self, schema: &'static Value) -> FormValue {
        let of = |kind| FormValue { kind, ..FormValue::default() };
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            let mut some = any.iter().filter(|one| one.get("type").and_then(Value::as_str) != Some("null"));
            return some.next().map_or_else(|| of(FormControl::Json), |one| self.value(one));
        }
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix("#/$defs/")) {
            return self.named(name, schema);
        }
        match type_of(schema) {
            Some("string") => of(FormControl::Text),
            Some("integer") => of(FormControl::Integer),
            Some("number") => of(FormControl::Number),
            Some("boolean") => of(FormControl::Boolean),
            Some("array") => self.holding(FormControl::List, schema.get("items")),
            Some("object") => self.holding(FormControl::Map, schema.get("additionalProperties")),
            _ => of(FormControl::Json),
        }
    }

    fn holding(&self, kind: FormControl, inner: Option<&'static Value>) -> FormValue {
        let item = inner
            .map(|inner| self.value(inner))
            .unwrap_or(FormValue { kind: FormControl::Json, ..FormValue::default() });
        FormValue { kind, item: Some(Box::new(item)), ..FormValue::default() }
    }

    fn named(&self, name: &str, schema: &'static Value) -> FormValue {
        let of = |kind| FormValue { kind, ..FormValue::default() };
        let resolved = self.resolve(schema);
        let words = || {
            let area = self.table.areas.get(name).cloned().unwrap_or_default();
            let kinds = is_plain(resolved).then(|| self.kinds(resolved, &area)).flatten()?;
            Some(kinds.into_iter().map(option).collect::<Vec<_>>())
        };
        match name {
            "Template" => of(FormControl::Expression),
            "Duration" => of(FormControl::Duration),
            "Scalar" => of(FormControl::Scalar),
            _ if resolved.get("oneOf").is_some() || resolved.get("enum").is_some() => match words() {
                Some(options) => FormValue { kind: FormControl::Choice, options, ..FormValue::default() },
                None => {
                    FormValue { kind: FormControl::Kind, group: Some(self.area_name(name)), ..FormValue::default() }
                }
            },
            _ if resolved.get("properties").is_some() => {
                FormValue { kind: FormControl::Settings, group: Some(self.area_name(name)), ..FormValue::default() }
            }
            _ => self.value(resolved),
        }
    }

    fn resolve(&self, schema: &'static Value) -> &'static Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix("#/$defs/"));
        name.and_then(|name| self.types().get(name)).unwrap_or(schema)
    }

    fn section(&self, section: &Section) -> FormSection {
        let root = match section.scope {
            FormScope::Connector => self.schema,
            FormScope::Stream => self.types().get("Stream").unwrap_or(self.schema),
        };
        let row = Row { advanced: section.advanced.clone(), ..Row::default() };
        let fields = section.fields.iter().filter_map(|path| {
            let mut at = root;
            let mut required = true;
            for part in path.split('.') {
                let parent = self.some(self.resolve(self.some(at)));
                at = parent.get("properties")?.get(part)?;
                required = parent
                    .get("required")
                    .and_then(Value::as_array)
                    .is_some_and(|all| all.iter().any(|one| one == part));
            }
            let mut field = self.field(path, at, required, &row);
            field.label = text::label(path.rsplit('.').next().unwrap_or(path));
            Some(field)
        });
        FormSection {
            name: section.name.clone(),
            scope: section.scope,
            title: section.title.clone(),
            help: section.help.clone(),
            fields: fields.collect(),
        }
    }

    /// The schema of a value that may be left out.
    fn some(&self, schema: &'static Value) -> &'static Value {
        let any = schema.get("anyOf").and_then(Value::as_array);
        let one = any.and_then(|any| any.iter().find(|one| one.get("$ref").is_some()));
        one.map_or(schema, |one| self.resolve(one))
    }
}

/// Whether a type is nothing but words.
fn is_plain(schema: &Value) -> bool {
    let is_word = |schema: &Value| schema.get("const").is_some() || schema.get("enum").is_some();
    is_word(schema) || schema.get("oneOf").and_then(Value::as_array).is_some_and(|all| all.iter().all(is_word))
}

fn option(kind: FormKind) -> FormOption {
    FormOption { value: kind.word, label: kind.title, help: kind.help }
}

fn docs(schema: &Value) -> String {
    text::help(schema.get("description").and_then(Value::as_str).unwrap_or_default())
}

/// The one type of a schema, null aside.
fn type_of(schema: &'static Value) -> Option<&'static str> {
    match schema.get("type")? {
        Value::String(one) => Some(one),
        Value::Array(several) => several.iter().filter_map(Value::as_str).find(|one| *one != "null"),
        _ => None,
    }
}
