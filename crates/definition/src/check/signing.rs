//! The kinds of `http.auth` that sign, log in or choose.

use super::Checker;
use super::template::{CODE, LOGIN, Names, SHARED, TOKEN};
use crate::model::{AwsSigV4Auth, JwtAuth, SelectAuth, SessionAuth};
use indexmap::IndexMap;
use serde_json::Value;

impl Checker<'_> {
    pub(super) fn jwt(&mut self, jwt: &JwtAuth) {
        self.secret("key", &jwt.key);
        self.values("claims", &jwt.claims, SHARED);
        self.values("token_headers", &jwt.token_headers, SHARED);
        self.some("lifetime", jwt.lifetime.as_ref(), |checker, lifetime| checker.duration(lifetime));
        self.some("header", jwt.header.as_ref(), |checker, name| checker.header_name(name));
        self.some("exchange", jwt.exchange.as_ref(), |checker, exchange| {
            checker.at("token_url", |checker| {
                checker.url(&exchange.token_url);
                checker.template(&exchange.token_url, SHARED);
            });
            checker.at("token_params", |checker| {
                for (name, value) in &exchange.token_params {
                    checker.at(name, |checker| checker.scalar(value, SHARED));
                }
            });
        });
    }

    fn values(&mut self, part: &str, values: &IndexMap<String, Value>, names: Names) {
        self.at(part, |checker| {
            for (name, value) in values {
                checker.at(name, |checker| checker.json(value, names));
            }
        });
    }

    pub(super) fn session(&mut self, session: &SessionAuth) {
        self.at("login", |checker| checker.request(&session.login, SHARED));
        self.at("token", |checker| checker.token_place(&session.token));
        self.some("lifetime", session.lifetime.as_ref(), |checker, lifetime| checker.duration(lifetime));
        self.some("expires", session.expires.as_ref(), |checker, path| checker.json_path(path));
        self.at("send", |checker| {
            checker.key_place(session.send.place, &session.send.name);
            checker.some("value", session.send.value.as_ref(), |checker, value| checker.template(value, TOKEN));
        });
        self.some("second_factor", session.second_factor.as_ref(), |checker, second| {
            checker.at("when", |checker| checker.condition(&second.when, LOGIN));
            checker.at("request", |checker| checker.request(&second.request, CODE));
        });
    }

    /// A JSONPath, `headers.NAME` or `cookies.NAME`.
    fn token_place(&mut self, place: &str) {
        match (place.strip_prefix("headers."), place.strip_prefix("cookies.")) {
            (Some(name), _) => self.header_name(name),
            (_, Some("")) => self.fault("empty", "The cookie's name is empty."),
            (_, Some(_)) => {}
            (None, None) => self.json_path(place),
        }
    }

    pub(super) fn aws(&mut self, aws: &AwsSigV4Auth) {
        for (key, value) in [
            ("access_key_id", Some(&aws.access_key_id)),
            ("session_token", aws.session_token.as_ref()),
            ("region", Some(&aws.region)),
            ("service", Some(&aws.service)),
        ] {
            self.some(key, value, |checker, value| {
                if value.as_str().trim().is_empty() {
                    checker.fault("empty", format!("`{key}` is empty; a signature needs it."));
                }
                checker.template(value, SHARED);
            });
        }
        if let Some(token) = aws.session_token.as_ref().filter(|token| token.is_literal()) {
            self.secret("session_token", token);
        }
        self.secret("secret_access_key", &aws.secret_access_key);
    }

    pub(super) fn select(&mut self, select: &SelectAuth) {
        self.at("by", |checker| {
            if select.by.is_literal() {
                let message = "`by` is plain text, so that nothing is chosen: it needs an expression.";
                checker.fault_near("not_an_expression", message, Some("{{ config.NAME }}"));
            }
            checker.template(&select.by, SHARED);
        });
        self.at("options", |checker| {
            if select.options.is_empty() {
                checker.fault("empty", "There is nothing to choose from.");
            }
            for (name, auth) in &select.options {
                checker.at(name, |checker| checker.auth(auth));
            }
        });
    }
}
