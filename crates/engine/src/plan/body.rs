//! A request's body: its templates, and the bytes.

use crate::expr::{Compiled, Expressions, Scope};
use bytes::Bytes;
use definition::Fault;
use definition::model::{Body, Template};
use serde_json::{Map, Value};

/// A compiled body.
#[derive(Debug)]
pub(super) enum BodyPlan {
    Json(Node),
    Form(Vec<(String, Compiled)>),
    Text(Compiled),
    Graphql { query: String, variables: Option<Node> },
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
            Body::Multipart(_) => {
                let message = "Multipart bodies can't be sent by this version yet.";
                Err(Fault::new("not_yet", format!("{path}.multipart"), message))
            }
        }
    }

    pub(super) fn secret(&self) -> bool {
        match self {
            Self::Json(node) => node.secret(),
            Self::Form(pairs) => pairs.iter().any(|(_, value)| value.secret()),
            Self::Text(text) => text.secret(),
            Self::Graphql { variables, .. } => variables.as_ref().is_some_and(Node::secret),
        }
    }

    pub(super) fn render(&self, expressions: &Expressions, scope: &Scope<'_>) -> Result<DraftBody, String> {
        let text = |compiled: &Compiled| compiled.text(expressions, scope).map(|rendered| rendered.text);
        match self {
            Self::Json(node) => node.render(expressions, scope).map(DraftBody::Json),
            Self::Form(pairs) => {
                let pairs = pairs.iter().map(|(name, value)| Ok((name.clone(), text(value)?)));
                pairs.collect::<Result<_, String>>().map(DraftBody::Form)
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
        Ok(match self {
            Self::Literal(value) => value.clone(),
            Self::Template(template) => template.value(expressions, scope)?,
            Self::List(items) => {
                Value::Array(items.iter().map(|item| item.render(expressions, scope)).collect::<Result<_, _>>()?)
            }
            Self::Object(members) => {
                let members = members.iter().map(|(name, node)| Ok((name.clone(), node.render(expressions, scope)?)));
                Value::Object(members.collect::<Result<_, String>>()?)
            }
        })
    }
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
            Self::None | Self::Text(_) => false,
        }
    }

    /// The media type and the bytes.
    pub(super) fn into_bytes(self) -> (Option<&'static str>, Option<Bytes>) {
        match self {
            Self::None => (None, None),
            Self::Json(value) => (Some("application/json"), Some(Bytes::from(value.to_string()))),
            Self::Form(pairs) => {
                let text = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
                (Some("application/x-www-form-urlencoded"), Some(Bytes::from(text)))
            }
            Self::Text(text) => (Some("text/plain; charset=utf-8"), Some(Bytes::from(text))),
        }
    }
}
