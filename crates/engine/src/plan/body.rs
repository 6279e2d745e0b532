//! A request's body: its templates, and the bytes.

use super::multipart::{self, Part};
use crate::expr::{Compiled, Expressions, Scope};
use bytes::Bytes;
use definition::Fault;
use definition::model::{Body, Template};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A compiled body.
#[derive(Debug)]
pub(super) enum BodyPlan {
    Json(Node),
    Form(Vec<(String, Compiled)>),
    Multipart(Vec<PartPlan>),
    Text(Compiled),
    Graphql { query: String, variables: Option<Node> },
}

/// One part of a multipart body.
#[derive(Debug)]
pub(super) struct PartPlan {
    name: String,
    value: Compiled,
    file_name: Option<Compiled>,
    content_type: Option<String>,
}

/// JSON with templates in its texts.
#[derive(Debug)]
pub(crate) enum Node {
    Literal(Value),
    Template(Compiled),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// A body that is being made.
#[derive(Debug)]
pub(super) enum DraftBody {
    None,
    Json(Value),
    Form(Vec<(String, String)>),
    Multipart(Vec<Part>),
    Text(String),
}

impl BodyPlan {
    pub(super) fn compile(body: &Body, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let text = |template: &Template, path: String| {
            expressions.compile(template).map_err(|why| Fault::new("bad_template", path, why))
        };
        match body {
            Body::Json(value) => Node::compile(value, &format!("{path}.json"), expressions).map(Self::Json),
            Body::Form(form) => {
                let pairs = form.iter().map(|(name, value)| {
                    Ok((name.clone(), text(&Template(value.as_text()), format!("{path}.form.{name}"))?))
                });
                pairs.collect::<Result<_, _>>().map(Self::Form)
            }
            Body::Text(template) => text(template, format!("{path}.text")).map(Self::Text),
            Body::Graphql(graphql) => {
                let variables = graphql.variables.as_ref();
                let variables = variables
                    .map(|value| Node::compile(value, &format!("{path}.graphql.variables"), expressions))
                    .transpose()?;
                Ok(Self::Graphql { query: graphql.query.clone(), variables })
            }
            Body::Multipart(parts) => {
                let parts = parts.iter().enumerate().map(|(index, part)| {
                    let at = |field: &str| format!("{path}.multipart[{index}].{field}");
                    let value = text(&part.value, at("value"))?;
                    let file_name = part.file_name.as_ref().map(|name| text(name, at("file_name"))).transpose()?;
                    let (name, content_type) = (part.name.clone(), part.content_type.clone());
                    Ok(PartPlan { name, value, file_name, content_type })
                });
                parts.collect::<Result<_, _>>().map(Self::Multipart)
            }
        }
    }

    pub(super) fn secret(&self) -> bool {
        match self {
            Self::Json(node) => node.secret(),
            Self::Form(pairs) => pairs.iter().any(|(_, value)| value.secret()),
            Self::Multipart(parts) => {
                parts.iter().any(|part| part.value.secret() || part.file_name.as_ref().is_some_and(Compiled::secret))
            }
            Self::Text(text) => text.secret(),
            Self::Graphql { variables, .. } => variables.as_ref().is_some_and(Node::secret),
        }
    }

    /// Whether it is a query of GraphQL, and whether that only reads.
    pub(super) fn graphql(&self) -> Option<bool> {
        let Self::Graphql { query, .. } = self else { return None };
        let lines = query.lines().map(str::trim_start);
        Some(!lines.into_iter().any(|line| line.starts_with("mutation") || line.starts_with("subscription")))
    }

    pub(super) fn render(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<DraftBody, String> {
        let text = |compiled: &Compiled| compiled.text(expressions, scope).map(|rendered| rendered.text);
        match self {
            Self::Json(node) => Ok(node.given(expressions, scope)?.map_or(DraftBody::None, DraftBody::Json)),
            Self::Form(pairs) => {
                let pairs = pairs.iter().filter_map(|(name, value)| {
                    let given = given(value, expressions, scope).transpose()?;
                    Some(given.and_then(|_| Ok((name.clone(), text(value)?))))
                });
                pairs.collect::<Result<_, String>>().map(DraftBody::Form)
            }
            Self::Multipart(parts) => {
                let there = |part: &&PartPlan| !matches!(given(&part.value, expressions, scope), Ok(None));
                let parts = parts.iter().filter(there).map(|part| {
                    let file_name = part.file_name.as_ref().map(text).transpose()?;
                    let (name, content_type) = (part.name.clone(), part.content_type.clone());
                    Ok(Part { name, value: text(&part.value)?, file_name, content_type })
                });
                parts.collect::<Result<_, String>>().map(DraftBody::Multipart)
            }
            Self::Text(template) => text(template).map(DraftBody::Text),
            Self::Graphql { query, variables } => {
                let mut body = Map::new();
                body.insert("query".to_owned(), Value::String(query.clone()));
                if let Some(variables) = variables {
                    body.insert("variables".to_owned(), variables.render(expressions, scope)?);
                }
                Ok(DraftBody::Json(Value::Object(body)))
            }
        }
    }
}

impl Node {
    pub(crate) fn compile(value: &Value, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        Ok(match value {
            Value::String(text) => {
                let template = Template(text.clone());
                if template.is_literal() {
                    return Ok(Self::Literal(value.clone()));
                }
                Self::Template(expressions.compile(&template).map_err(|why| Fault::new("bad_template", path, why))?)
            }
            Value::Array(items) => {
                let nodes = items.iter().enumerate();
                let nodes = nodes.map(|(index, item)| Self::compile(item, &format!("{path}[{index}]"), expressions));
                Self::List(nodes.collect::<Result<_, _>>()?)
            }
            Value::Object(map) => {
                let nodes = map.iter().map(|(name, item)| {
                    Ok((name.clone(), Self::compile(item, &format!("{path}.{name}"), expressions)?))
                });
                Self::Object(nodes.collect::<Result<_, Fault>>()?)
            }
            other => Self::Literal(other.clone()),
        })
    }

    fn secret(&self) -> bool {
        match self {
            Self::Literal(_) => false,
            Self::Template(template) => template.secret(),
            Self::List(items) => items.iter().any(Self::secret),
            Self::Object(members) => members.iter().any(|(_, node)| node.secret()),
        }
    }

    pub(crate) fn render(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<Value, String> {
        self.given(expressions, scope).map(Option::unwrap_or_default)
    }

    /// `None`: one expression over what an action was not given.
    pub(crate) fn given(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<Option<Value>, String> {
        Ok(Some(match self {
            Self::Literal(value) => value.clone(),
            Self::Template(template) if scope.params.is_some() => match template.given(expressions, scope)? {
                Some(Value::String(digits)) if is_decimal(template, scope) => Value::String(format!("{EXACT}{digits}")),
                Some(value) => value,
                None => return Ok(None),
            },
            Self::Template(template) => template.value(expressions, scope)?,
            Self::List(items) => {
                let items = items.iter().filter_map(|item| item.given(expressions, scope).transpose());
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Self::Object(members) => {
                let members = members.iter().filter_map(|(name, node)| {
                    let value = node.given(expressions, scope).transpose()?;
                    Some(value.map(|value| (name.clone(), value)))
                });
                Value::Object(members.collect::<Result<_, String>>()?)
            }
        }))
    }
}

/// Stands before the digits of a decimal until the body is written: no JSON value of ours holds all of them.
const EXACT: char = '\u{10fffd}';

/// Whether a template is a parameter that is a decimal, and nothing else.
fn is_decimal(template: &Compiled, scope: &Scope<'_>) -> bool {
    template.param().is_some_and(|name| scope.decimals.iter().any(|decimal| decimal == name))
}

/// The value of a form's field; `None` where it is one expression over what an action was not given.
fn given(value: &Compiled, expressions: &Expressions, scope: &Scope<'_>) -> Result<Option<()>, String> {
    if scope.params.is_none() {
        return Ok(Some(()));
    }
    Ok(value.given(expressions, scope)?.filter(|value| !value.is_null()).map(|_| ()))
}

/// JSON with the digits of decimals as they were given.
fn write_json(value: &Value) -> String {
    let text = value.to_string();
    if !text.contains(EXACT) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mark = format!("\"{EXACT}");
    while let Some((before, behind)) = rest.split_once(mark.as_str()) {
        out.push_str(before);
        let digits = behind.find('"').map_or("", |end| &behind[..end]);
        rest = match serde_json::from_str::<Value>(digits).is_ok_and(|value| value.is_number()) {
            true => {
                out.push_str(digits);
                &behind[digits.len() + 1..]
            }
            false => {
                out.push('"');
                behind
            }
        };
    }
    out + rest
}

impl DraftBody {
    /// Puts a value at a dotted place. Without a body one is made.
    pub(super) fn put(&mut self, path: &str, value: &Value) -> Result<(), String> {
        match self {
            Self::Form(pairs) => {
                pairs.retain(|(name, _)| name != path);
                pairs.push((path.to_owned(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
                return Ok(());
            }
            Self::Multipart(parts) => {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                match parts.iter_mut().find(|part| part.name == path) {
                    Some(part) => part.value = text,
                    None => parts.push(Part::value(path, text)),
                }
                return Ok(());
            }
            Self::Text(_) => return Err("a value can't be put into a text body".to_owned()),
            Self::None => *self = Self::Json(Value::Object(Map::new())),
            Self::Json(_) => {}
        }
        let Self::Json(root) = self else { return Ok(()) };
        let mut at = root;
        for name in path.split('.') {
            if at.is_null() {
                *at = Value::Object(Map::new());
            }
            let members = at.as_object_mut().ok_or_else(|| format!("`{path}` leads through what is no object"))?;
            at = members.entry(name.to_owned()).or_insert(Value::Null);
        }
        *at = value.clone();
        Ok(())
    }

    pub(super) fn has(&self, path: &str) -> bool {
        match self {
            Self::Json(root) => {
                path.split('.').try_fold(root, |at, name| at.get(name)).is_some_and(|value| !value.is_null())
            }
            Self::Form(pairs) => pairs.iter().any(|(name, _)| name == path),
            Self::Multipart(parts) => parts.iter().any(|part| part.name == path),
            Self::None | Self::Text(_) => false,
        }
    }

    /// The media type and the bytes.
    pub(super) fn into_bytes(self) -> (Option<Cow<'static, str>>, Option<Bytes>) {
        match self {
            Self::None => (None, None),
            Self::Json(value) => (Some("application/json".into()), Some(Bytes::from(write_json(&value)))),
            Self::Form(pairs) => {
                let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
                (Some("application/x-www-form-urlencoded".into()), Some(Bytes::from(text)))
            }
            Self::Multipart(parts) => {
                let (content_type, body) = multipart::write(&parts);
                (Some(content_type.into()), Some(body))
            }
            Self::Text(text) => (Some("text/plain; charset=utf-8".into()), Some(Bytes::from(text))),
        }
    }

    /// Whether the media type says what only the body knows.
    pub(super) fn owns_media_type(&self) -> bool {
        matches!(self, Self::Multipart(_))
    }
}
