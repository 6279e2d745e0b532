//! Requests: path, query, headers, body, and the places that values are put into.

use super::Checker;
use super::template::Names;
use crate::model::{Body, Inject, Request, Scalar};
use indexmap::IndexMap;

/// Headers that carry credentials, in lower case.
const SECRET_HEADERS: [&str; 9] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-api-key",
    "api-key",
    "apikey",
    "x-auth-token",
    "x-access-token",
    "private-token",
];
/// Parameters that carry credentials, in lower case.
const SECRET_PARAMETERS: [&str; 7] =
    ["api_key", "apikey", "api-key", "access_token", "auth_token", "client_secret", "password"];

impl Checker<'_> {
    pub(super) fn request(&mut self, request: &Request, names: Names) {
        self.at("path", |checker| {
            if request.path.as_str().contains("://") && !request.path.as_str().starts_with('/') {
                checker.url(&request.path);
            }
            checker.template(&request.path, names);
        });
        self.query(&request.query, names);
        self.headers(&request.headers, names);
        self.some("body", request.body.as_ref(), |checker, body| {
            checker.body(body, names);
        });
    }

    fn body(&mut self, body: &Body, names: Names) {
        match body {
            Body::Json(value) => self.at("json", |checker| checker.json(value, names)),
            Body::Form(form) => self.at("form", |checker| checker.scalars(form, names)),
            Body::Multipart(parts) => self.each("multipart", parts, |checker, part| {
                checker.at("name", |checker| checker.not_empty(&part.name));
                checker.at("value", |checker| checker.template(&part.value, names));
                checker.some("file_name", part.file_name.as_ref(), |checker, name| checker.template(name, names));
                checker.some("content_type", part.content_type.as_ref(), Checker::media_type);
            }),
            Body::Text(text) => self.at("text", |checker| checker.template(text, names)),
            Body::Graphql(graphql) => self.at("graphql", |checker| {
                checker.at("query", |checker| checker.not_empty(&graphql.query));
                if graphql.variables.as_ref().is_some_and(|variables| !variables.is_object()) {
                    let message = "The variables are an object: `{first: 100}`.";
                    checker.at("variables", |checker| checker.fault("wrong_type", message));
                }
                checker.some("variables", graphql.variables.as_ref(), |checker, value| checker.json(value, names));
            }),
        }
    }

    pub(super) fn headers(&mut self, headers: &IndexMap<String, Scalar>, names: Names) {
        self.at("headers", |checker| {
            for (name, value) in headers {
                checker.at(name, |checker| {
                    checker.header_name(name);
                    checker.no_literal_key(name, value, &SECRET_HEADERS);
                    checker.scalar(value, names);
                });
            }
        });
    }

    pub(super) fn query(&mut self, query: &IndexMap<String, Scalar>, names: Names) {
        self.at("query", |checker| {
            for (name, value) in query {
                checker.at(name, |checker| {
                    checker.no_literal_key(name, value, &SECRET_PARAMETERS);
                    checker.scalar(value, names);
                });
            }
        });
    }

    fn scalars(&mut self, values: &IndexMap<String, Scalar>, names: Names) {
        for (name, value) in values {
            self.at(name, |checker| checker.scalar(value, names));
        }
    }

    fn no_literal_key(&mut self, name: &str, value: &Scalar, secret: &[&str]) {
        let literal = match value {
            Scalar::Text(template) => template.is_literal() && !template.as_str().trim().is_empty(),
            Scalar::Integer(_) | Scalar::Number(_) => true,
            Scalar::Bool(_) => false,
        };
        if literal && secret.contains(&name.to_ascii_lowercase().as_str()) {
            self.literal_secret();
        }
    }

    /// Where a value is put into a request.
    pub(super) fn inject(&mut self, inject: &Inject) {
        match inject {
            Inject::Path => {}
            Inject::Header(name) => self.at("header", |checker| checker.header_name(name)),
            Inject::Query(name) => self.at("query", |checker| checker.not_empty(name)),
            Inject::Body(place) => self.at("body", |checker| {
                checker.not_empty(place);
                if !place.is_empty() && place.split('.').any(str::is_empty) {
                    let message = format!("`{place}` is no place in a body: names joined by dots, `variables.after`.");
                    checker.fault("bad_place", message);
                }
            }),
        }
    }

    fn media_type(&mut self, text: &String) {
        if !text.contains('/') || text.contains(['\r', '\n']) {
            let message = format!("`{text}` is no media type, such as `text/csv`.");
            self.fault("bad_media_type", message);
        }
    }

    fn not_empty(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.fault("empty", "The name is empty.");
        }
    }
}
