//! `http.auth`: kinds that run, and keys that must not stand in the file.

use super::Checker;
use super::template::{SHARED, is_bounded};
use crate::model::{ApiKeyAuth, ApiKeyPlace, Auth, BasicAuth, Template};

impl Checker<'_> {
    pub(super) fn auth(&mut self, auth: &Auth) {
        match auth {
            Auth::None => {}
            Auth::ApiKey(key) => self.api_key(key),
            Auth::Basic(basic) => self.basic(basic),
            Auth::Bearer(bearer) => self.secret("token", &bearer.token),
            Auth::Digest(digest) => {
                self.at("username", |checker| checker.template(&digest.username, SHARED));
                self.secret("password", &digest.password);
            }
            Auth::OAuth2(oauth) => self.oauth2(oauth),
            Auth::Jwt(jwt) => self.jwt(jwt),
            Auth::Session(session) => self.session(session),
            Auth::AwsSigV4(aws) => self.aws(aws),
            Auth::Select(select) => self.select(select),
        }
    }

    fn api_key(&mut self, key: &ApiKeyAuth) {
        self.key_place(key.place, &key.name);
        self.secret("value", &key.value);
    }

    /// Where a key or a token goes.
    pub(super) fn key_place(&mut self, place: ApiKeyPlace, name: &str) {
        self.at("name", |checker| {
            if name.trim().is_empty() {
                checker.fault("empty", "The name that the key goes by is empty.");
            } else if place == ApiKeyPlace::Header {
                checker.header_name(name);
            } else if place == ApiKeyPlace::Body && name.split('.').any(str::is_empty) {
                let message = format!("`{name}` is no place in a body: names joined by dots, `auth.key`.");
                checker.fault("bad_place", message);
            }
        });
    }

    /// Some APIs take the key as the user name and any word as the password: then the word is no secret.
    fn basic(&mut self, basic: &BasicAuth) {
        self.at("username", |checker| checker.template(&basic.username, SHARED));
        let user_is_secret = self.names_secret(&basic.username);
        if basic.password.is_literal() && user_is_secret {
            return;
        }
        if !basic.password.as_str().is_empty() {
            self.secret("password", &basic.password);
        }
    }

    fn names_secret(&self, template: &Template) -> bool {
        if !is_bounded(template.as_str()) {
            return false;
        }
        let names = self.templates.template_from_str(template.as_str()).map(|parsed| parsed.undeclared_variables(true));
        names.is_ok_and(|names| {
            names.iter().filter_map(|name| name.strip_prefix("config.")).any(|name| self.definition.is_secret(name))
        })
    }

    /// A key, a token or a password: an expression, never the thing itself.
    pub(super) fn secret(&mut self, key: &str, value: &Template) {
        self.at(key, |checker| {
            if value.is_literal() {
                checker.literal_secret();
            } else {
                checker.template(value, SHARED);
            }
        });
    }

    /// A secret that stands in the file. The message does not repeat it.
    pub(super) fn literal_secret(&mut self) {
        let name = self.definition.secret_inputs().next().map_or("api_key", |input| input.name.as_str()).to_owned();
        let message = "A key must not stand in the definition, which is shared. Make it an input of type `secret` and \
                       refer to it with `config.NAME`.";
        self.fault_near("literal_secret", message, Some(format!("{{{{ config.{name} }}}}")));
    }
}
