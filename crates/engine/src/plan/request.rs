//! A request's compiled templates, and the request that is made of them.

use super::body::{BodyPlan, DraftBody};
use crate::expr::{Compiled, Expressions, Scope};
use crate::http::{OutRequest, SecretParts, header_name};
use definition::model::{Body, Inject, Method, Request, Scalar, Template};
use definition::{Fault, Problem, ProblemKind, Stage};
use indexmap::IndexMap;
use serde_json::Value;
use url::Url;

/// A compiled request.
#[derive(Debug)]
pub(crate) struct RequestPlan {
    method: Method,
    path: Compiled,
    query: Vec<(String, Compiled)>,
    headers: Vec<(String, Compiled)>,
    body: Option<BodyPlan>,
    field: String,
    /// Whether the path's template encodes what it puts there itself.
    encodes: bool,
    /// Whether the path's template ends with a slash, and whether it has an empty segment.
    slashes: (bool, bool),
}

/// A request that is being made.
#[derive(Debug)]
pub(crate) struct Draft {
    method: Method,
    pub url: Url,
    headers: Vec<(String, String)>,
    body: DraftBody,
    secrets: SecretParts,
}

impl RequestPlan {
    /// Compiles a request. `shared` are the query and the headers of `http`; the request's own stand before them.
    pub(crate) fn compile(
        request: &Request,
        shared: (&IndexMap<String, Scalar>, &IndexMap<String, Scalar>),
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut compile = |template: &Template, path: String| match expressions.compile(template) {
            Ok(compiled) => Some(compiled),
            Err(why) => {
                faults.push(Fault::new("bad_template", path, why));
                None
            }
        };
        let path = compile(&request.path, format!("{field}.path"));
        let mut merge = |shared: &IndexMap<String, Scalar>, own: &IndexMap<String, Scalar>, part: &str| {
            let mut merged = Vec::new();
            for (name, value) in shared.iter().filter(|(name, _)| !has(own, name, part)) {
                merged.push((name.clone(), compile(&Template(value.as_text()), format!("http.{part}.{name}"))));
            }
            for (name, value) in own {
                merged.push((name.clone(), compile(&Template(value.as_text()), format!("{field}.{part}.{name}"))));
            }
            merged
        };
        let query = merge(shared.0, &request.query, "query");
        let headers = merge(shared.1, &request.headers, "headers");
        let body = request.body.as_ref().map(|body| BodyPlan::compile(body, &format!("{field}.body"), expressions));
        let body = body.transpose().map_err(|fault| faults.push(fault)).ok().flatten();
        for (name, _) in headers.iter().filter(|(name, _)| !header_name(name)) {
            faults.push(Fault::new(
                "bad_header",
                format!("{field}.headers.{name}"),
                format!("`{name}` is no header name."),
            ));
        }
        match path {
            Some(path) if faults.is_empty() => {
                let keep = |pairs: Vec<(String, Option<Compiled>)>| {
                    pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
                };
                let (query, headers) = (keep(query), keep(headers));
                let method = method(request);
                let slashes = empty_segments(request.path.as_str());
                let encodes = request.path.as_str().contains("urlencode");
                Ok(Self { method, path, query, headers, body, field: field.to_owned(), encodes, slashes })
            }
            _ => Err(faults),
        }
    }

    /// Whether it asks by GraphQL, and whether that only reads.
    pub(crate) fn graphql(&self) -> Option<bool> {
        self.body.as_ref().and_then(BodyPlan::graphql)
    }

    /// The names of headers and query parameters that a secret goes into.
    pub(crate) fn secret_places(&self) -> impl Iterator<Item = &str> {
        self.query.iter().chain(&self.headers).filter(|(_, value)| value.secret()).map(|(name, _)| name.as_str())
    }

    /// Makes the request from what is in scope.
    pub(crate) fn draft(&self, base: &Url, expressions: &Expressions, scope: &Scope<'_>) -> Result<Draft, Problem> {
        let path = match scope.params {
            Some(params) => self.action_path(params, expressions, scope)?,
            None => self.render(&self.path, "path", expressions, scope)?,
        };
        let mut draft = self.bare(join(base, &path).map_err(|why| self.bad("path", &why))?);
        draft.secrets.elsewhere |= self.path.secret();
        for (name, value) in &self.query {
            let Some(text) = self.given(value, &format!("query.{name}"), expressions, scope)? else { continue };
            set_query(&mut draft.url, name, &text);
            if value.secret() {
                draft.secrets.query.push(name.clone());
            }
        }
        self.dress(draft, expressions, scope)
    }

    /// The names of query parameters that a secret goes into.
    pub(crate) fn secret_query(&self) -> impl Iterator<Item = &str> {
        self.query.iter().filter(|(_, value)| value.secret()).map(|(name, _)| name.as_str())
    }

    /// Makes the request of a URL that the server named: its query is taken as it is, but for the secrets, which are
    /// put on anew.
    pub(crate) fn draft_at(&self, url: Url, expressions: &Expressions, scope: &Scope<'_>) -> Result<Draft, Problem> {
        let mut draft = self.bare(url);
        for (name, value) in self.query.iter().filter(|(_, value)| value.secret()) {
            let Some(text) = self.given(value, &format!("query.{name}"), expressions, scope)? else { continue };
            set_query(&mut draft.url, name, &text);
            draft.secrets.query.push(name.clone());
        }
        self.dress(draft, expressions, scope)
    }

    fn bare(&self, url: Url) -> Draft {
        let body = DraftBody::None;
        Draft { method: self.method, url, headers: Vec::new(), body, secrets: SecretParts::default() }
    }

    /// Adds headers and body.
    fn dress(&self, mut draft: Draft, expressions: &Expressions, scope: &Scope<'_>) -> Result<Draft, Problem> {
        for (name, value) in &self.headers {
            let Some(text) = self.given(value, &format!("headers.{name}"), expressions, scope)? else { continue };
            let text = legal(&text).map_err(|why| self.bad(&format!("headers.{name}"), &why))?;
            draft.headers.push((name.clone(), text));
            if value.secret() {
                draft.secrets.headers.push(name.clone());
            }
        }
        if let Some(body) = &self.body {
            draft.body = body.render(expressions, scope).map_err(|why| self.bad("body", &why))?;
            draft.secrets.elsewhere |= body.secret();
        }
        Ok(draft)
    }

    fn render(
        &self,
        value: &Compiled,
        part: &str,
        expressions: &Expressions,
        scope: &Scope<'_>,
    ) -> Result<String, Problem> {
        value.text(expressions, scope).map(|rendered| rendered.text).map_err(|why| self.bad(part, &why))
    }

    /// The text of a query parameter or a header; `None` where it is one expression over what an action was not given.
    fn given(
        &self,
        value: &Compiled,
        part: &str,
        expressions: &Expressions,
        scope: &Scope<'_>,
    ) -> Result<Option<String>, Problem> {
        if scope.params.is_some() {
            let given = value.given(expressions, scope).map_err(|why| self.bad(part, &why))?;
            if given.is_none_or(|given| given.is_null()) {
                return Ok(None);
            }
        }
        self.render(value, part, expressions, scope).map(Some)
    }

    /// The path of an action: what it is given stays within the place that it has there.
    fn action_path(&self, params: &Value, expressions: &Expressions, scope: &Scope<'_>) -> Result<String, Problem> {
        let bad = |why: &str| self.bad("path", why);
        let mut inside = params.clone();
        if !self.encodes {
            encode(&mut inside);
        }
        let path = self.render(&self.path, "path", expressions, &Scope { params: Some(&inside), ..*scope })?;
        let (ends, empty) = empty_segments(&path);
        if (ends && !self.slashes.0) || (empty && !self.slashes.1) {
            return Err(bad("a value in it is empty, so that it would lead elsewhere"));
        }
        if has_dots(&path) || (self.encodes && self.leads_elsewhere(&path, params, expressions, scope)?) {
            return Err(bad("a value in it would lead to another path"));
        }
        Ok(path)
    }

    /// Whether a path has other signs than it would have with values that hold none.
    fn leads_elsewhere(
        &self,
        path: &str,
        params: &Value,
        expressions: &Expressions,
        scope: &Scope<'_>,
    ) -> Result<bool, Problem> {
        let mut plain = params.clone();
        flatten(&mut plain);
        let shape = self.render(&self.path, "path", expressions, &Scope { params: Some(&plain), ..*scope })?;
        let signs = |text: &str| ["/", "?", "#", "\\"].map(|sign| text.matches(sign).count());
        Ok(signs(path) != signs(&shape))
    }

    fn bad(&self, part: &str, why: &str) -> Problem {
        let field = format!("{}.{part}", self.field);
        Problem::new(
            "bad_request",
            ProblemKind::Config,
            Stage::Build,
            format!("The request can't be made: {field}: {why}."),
        )
        .hint("Check the value of the connection that it uses, or the expression.")
        .field(field)
    }
}

impl Draft {
    /// Sets a header.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) -> Result<(), String> {
        let value = legal(value)?;
        self.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value));
        Ok(())
    }

    /// Puts a value into a place.
    pub(crate) fn put(&mut self, place: &Inject, value: &Value, base: &Url) -> Result<(), String> {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match place {
            Inject::Query(name) => set_query(&mut self.url, name, &text),
            Inject::Header(name) => {
                let text = legal(&text)?;
                self.headers.retain(|(have, _)| !have.eq_ignore_ascii_case(name));
                self.headers.push((name.clone(), text));
            }
            Inject::Body(path) => self.body.put(path, value)?,
            Inject::Path => self.url = join(base, &text)?,
        }
        Ok(())
    }

    /// Whether a place has a value already.
    pub(crate) fn has(&self, place: &Inject) -> bool {
        match place {
            Inject::Query(name) => self.url.query_pairs().any(|(have, _)| have == name.as_str()),
            Inject::Header(name) => self.headers.iter().any(|(have, _)| have.eq_ignore_ascii_case(name)),
            Inject::Body(path) => self.body.has(path),
            Inject::Path => false,
        }
    }

    /// The request.
    pub(crate) fn finish(mut self) -> OutRequest {
        if self.body.owns_media_type() {
            self.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        }
        let (content_type, body) = self.body.into_bytes();
        if let Some(content_type) = content_type
            && !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        {
            self.headers.push(("Content-Type".to_owned(), content_type.into_owned()));
        }
        OutRequest {
            method: self.method,
            url: self.url,
            headers: self.headers,
            body,
            secrets: self.secrets,
            reads: false,
            writes: false,
            shown: None,
        }
    }
}

/// Every text percent-encoded but for letters, digits and `-_.~` (RFC 3986, 2.3).
fn encode(value: &mut Value) {
    match value {
        Value::String(text) => {
            let mut out = String::with_capacity(text.len());
            for byte in text.bytes() {
                match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
                    _ => out.push_str(&format!("%{byte:02X}")),
                }
            }
            *text = out;
        }
        Value::Array(items) => items.iter_mut().for_each(encode),
        Value::Object(members) => members.values_mut().for_each(encode),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Every text made of nothing that could change a path.
fn flatten(value: &mut Value) {
    match value {
        Value::String(text) => *text = "x".repeat(text.chars().count().max(1)),
        Value::Array(items) => items.iter_mut().for_each(flatten),
        Value::Object(members) => members.values_mut().for_each(flatten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a path ends with a slash, and whether it has an empty segment before.
fn empty_segments(path: &str) -> (bool, bool) {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, path)| path);
    let bare = |segment: &str| segment.trim().is_empty() || segment.eq_ignore_ascii_case("%20");
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let (last, before) = segments.split_last().unwrap_or((&"", &[]));
    (bare(last), before.iter().any(|segment| bare(segment)))
}

/// Whether a segment of a path leads up or nowhere (`.`, `..`, also encoded).
fn has_dots(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').any(|segment| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

/// GraphQL is posted; with `GET` its body would be lost on the way.
fn method(request: &Request) -> Method {
    match (&request.body, request.method) {
        (Some(Body::Graphql(_)), Method::Get) => Method::Post,
        (_, method) => method,
    }
}

fn has(own: &IndexMap<String, Scalar>, name: &str, part: &str) -> bool {
    if part == "headers" { own.keys().any(|key| key.eq_ignore_ascii_case(name)) } else { own.contains_key(name) }
}

/// The path behind the base URL, or a whole URL.
pub(crate) fn join(base: &Url, path: &str) -> Result<Url, String> {
    let text = if path.starts_with("http://") || path.starts_with("https://") {
        path.to_owned()
    } else if path.is_empty() {
        base.to_string()
    } else {
        let mut root = base.clone();
        root.set_query(None);
        root.set_fragment(None);
        let slash = if path.starts_with('?') { "" } else { "/" };
        format!("{}{slash}{}", root.as_str().trim_end_matches('/'), path.trim_start_matches('/'))
    };
    Url::parse(&text).map_err(|error| error.to_string())
}

/// Sets a query parameter; the others keep their place and their encoding.
fn set_query(url: &mut Url, name: &str, value: &str) {
    let mut query: String = url.query().unwrap_or_default().to_owned();
    if url.query_pairs().any(|(have, _)| have == name) {
        let kept = query
            .split('&')
            .filter(|pair| url::form_urlencoded::parse(pair.as_bytes()).next().is_none_or(|(have, _)| have != name));
        query = kept.collect::<Vec<_>>().join("&");
    }
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(url::form_urlencoded::byte_serialize(name.as_bytes()));
    query.push('=');
    query.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
    url.set_query(Some(&query));
}

/// A value that may stand in a header.
fn legal(value: &str) -> Result<String, String> {
    let value = value.trim();
    if value.bytes().all(|byte| (0x20..0x7f).contains(&byte) || byte == b'\t') {
        Ok(value.to_owned())
    } else {
        Err("a header's value can't have a line break or a character that is no plain ASCII".to_owned())
    }
}
