//! Parameters: those of the path become inputs, those that are needed, too; the others are left to the server.

use super::refs::Document;
use crate::collection::{reference, tidy};
use crate::draft::{identifier, literal, title};
use crate::tree::Tree;
use definition::model::{ConfigInput, ConfigType, Request, Scalar};
use serde_json::Value;

/// What an operation's parameters come to.
#[derive(Debug, Default)]
pub(super) struct Params {
    pub inputs: Vec<ConfigInput>,
    /// The names of all query parameters.
    pub query: Vec<String>,
    /// The largest page that a parameter allows, or its default, by its name.
    pub sizes: Vec<(String, i64)>,
    /// A body is needed: this is no plain read.
    pub body: bool,
}

/// Reads the parameters of a path and of its operation into a request. `own` are the connector's inputs.
pub(super) fn read<'a>(
    document: &Document<'a>,
    item: &'a Tree,
    operation: &'a Tree,
    own: &[ConfigInput],
    request: &mut Request,
) -> Params {
    let mut params = Params::default();
    let all: Vec<&Tree> =
        operation.list("parameters").iter().chain(item.list("parameters")).map(|one| document.real(one)).collect();
    let path = request.path.as_str().to_owned();
    let told = |name: &str| {
        let all = operation.list("parameters").iter().chain(item.list("parameters"));
        all.map(|one| document.real(one)).find(|one| one.word("name").as_deref() == Some(name))
    };
    request.path = in_path(&path, |name| {
        let param = told(name).unwrap_or(&Tree::Null);
        reference(&input(document, param, name, own, &mut params.inputs))
    })
    .into();
    let mut seen: Vec<(String, String)> = Vec::new();
    for param in all {
        let (Some(name), Some(place)) = (param.word("name"), param.word("in")) else { continue };
        if seen.iter().any(|(other, at)| *other == name && *at == place) {
            continue;
        }
        seen.push((name.clone(), place.clone()));
        let needed = param.is("required");
        match place.as_str() {
            "query" => {
                params.query.push(name.clone());
                if let Some(size) = size(document, param) {
                    params.sizes.push((name.clone(), size));
                }
                if needed && let Some(value) = value(document, param, &name, own, &mut params.inputs) {
                    request.query.insert(literal(&name), value);
                }
            }
            "header" if needed && !ours(&name) => {
                if let Some(value) = value(document, param, &name, own, &mut params.inputs) {
                    request.headers.insert(name, value);
                }
            }
            "body" | "formData" if needed => params.body = true,
            _ => {}
        }
    }
    params
}

/// A path with its variables replaced.
fn in_path(path: &str, mut of: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        out.push_str(&literal(before));
        out.push_str(&of(name));
        rest = after;
    }
    out + &literal(rest)
}

/// Headers that are made by other settings.
fn ours(name: &str) -> bool {
    ["accept", "authorization", "content-type", "user-agent", "host"].iter().any(|own| name.eq_ignore_ascii_case(own))
}

/// What a parameter must have: what the file fixes, or an input.
fn value<'a>(
    document: &Document<'a>,
    param: &'a Tree,
    name: &str,
    own: &[ConfigInput],
    inputs: &mut Vec<ConfigInput>,
) -> Option<Scalar> {
    let schema = document.real(param.get("schema").unwrap_or(param));
    let options = schema.list("enum");
    let only = schema.get("const").or(options.first().filter(|_| options.len() == 1));
    if let Some(fixed) = schema.get("default").or_else(|| param.get("default")).or(only) {
        return Some(match fixed {
            Tree::Bool(yes) => Scalar::Bool(*yes),
            Tree::Whole(number) => Scalar::Integer(*number),
            Tree::List(items) => {
                literal(&items.iter().filter_map(Tree::text).collect::<Vec<_>>().join(",")).as_str().into()
            }
            other => literal(&other.text()?).as_str().into(),
        });
    }
    Some(reference(&input(document, param, name, own, inputs)).as_str().into())
}

/// The input of a parameter.
fn input<'a>(
    document: &Document<'a>,
    param: &'a Tree,
    name: &str,
    own: &[ConfigInput],
    inputs: &mut Vec<ConfigInput>,
) -> String {
    let schema = document.real(param.get("schema").unwrap_or(param));
    let flat = document.flat(schema);
    let flat = match flat.items {
        Some(items) if flat.kind == "array" => document.flat(items),
        _ => flat,
    };
    let mut wanted = identifier(name, "value");
    if own.iter().any(|input| input.name == wanted) {
        wanted.push_str("_param");
    }
    if inputs.iter().any(|input| input.name == wanted) {
        return wanted;
    }
    let kind = match (flat.kind.as_str(), flat.format.as_str()) {
        _ if !flat.options.is_empty() => ConfigType::Enum,
        ("integer", _) => ConfigType::Integer,
        ("number", _) => ConfigType::Number,
        ("boolean", _) => ConfigType::Boolean,
        (_, "date") => ConfigType::Date,
        (_, "date-time") => ConfigType::Datetime,
        _ => ConfigType::String,
    };
    inputs.push(ConfigInput {
        name: wanted.clone(),
        kind,
        title: title(&wanted),
        description: tidy(&param.word("description").unwrap_or_default(), 200),
        required: true,
        default: default(document, param, schema, kind, &flat.options),
        options: flat.options,
        ..ConfigInput::default()
    });
    wanted
}

/// The file's own example of a value, where it fits the input.
fn default<'a>(
    document: &Document<'a>,
    param: &'a Tree,
    schema: &'a Tree,
    kind: ConfigType,
    options: &[String],
) -> Option<Value> {
    let examples = param.get("examples").and_then(|all| all.members().next()).map(|(_, one)| document.real(one));
    let found = schema
        .get("default")
        .or_else(|| param.get("example"))
        .or_else(|| param.get("x-example"))
        .or_else(|| examples.and_then(|one| one.get("value")))
        .or_else(|| schema.get("example"))
        .or_else(|| schema.list("examples").first());
    let found = match found {
        Some(Tree::List(items)) => items.first(),
        other => other,
    };
    match (kind, found) {
        (ConfigType::Enum, found) => {
            let text = found.and_then(Tree::text).filter(|text| options.contains(text));
            text.or_else(|| options.first().cloned()).map(Value::from)
        }
        (ConfigType::Integer, Some(Tree::Whole(number))) => Some(Value::from(*number)),
        (ConfigType::Number, Some(Tree::Whole(number))) => Some(Value::from(*number)),
        (ConfigType::Number, Some(Tree::Number(number))) => Some(Value::from(*number)),
        (ConfigType::Boolean, Some(Tree::Bool(yes))) => Some(Value::from(*yes)),
        (ConfigType::String | ConfigType::Date | ConfigType::Datetime, Some(found)) => {
            found.text().filter(|text| !text.contains("{{")).map(Value::from)
        }
        _ => None,
    }
}

/// How many records a page may have by a parameter: the most that is allowed.
fn size<'a>(document: &Document<'a>, param: &'a Tree) -> Option<i64> {
    let schema = document.real(param.get("schema").unwrap_or(param));
    let number = |name: &str| match schema.get(name) {
        Some(Tree::Whole(number)) => Some(*number),
        _ => None,
    };
    number("maximum").or_else(|| number("default")).filter(|size| (1..=1000).contains(size))
}
