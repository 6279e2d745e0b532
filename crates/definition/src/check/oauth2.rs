//! `http.auth` of type `oauth2`: what each grant needs, and where a sign-in may lead back to.

use super::Checker;
use super::template::SHARED;
use crate::model::{OAuth2Auth, OAuth2Grant, Template};
use url::Url;

impl Checker<'_> {
    pub(super) fn oauth2(&mut self, oauth: &OAuth2Auth) {
        self.at("token_url", |checker| checker.oauth_url(&oauth.token_url));
        self.some("authorize_url", oauth.authorize_url.as_ref(), Self::oauth_url);
        self.some("device_url", oauth.device_url.as_ref(), Self::oauth_url);
        self.at("client_id", |checker| {
            if oauth.client_id.as_str().trim().is_empty() {
                checker.fault("empty", "The client's id is empty.");
            }
            checker.template(&oauth.client_id, SHARED);
        });
        self.some("username", oauth.username.as_ref(), |checker, value| checker.template(value, SHARED));
        for (key, value) in [
            ("client_secret", &oauth.client_secret),
            ("refresh_token", &oauth.refresh_token),
            ("password", &oauth.password),
        ] {
            if let Some(value) = value.as_ref().filter(|value| !value.as_str().is_empty()) {
                self.secret(key, value);
            }
        }
        self.oauth_needs(oauth);
        self.at("token_headers", |checker| {
            for (name, value) in &oauth.token_headers {
                checker.at(name, |checker| {
                    checker.header_name(name);
                    checker.scalar(value, SHARED);
                });
            }
        });
        for (key, params) in [("authorize_params", &oauth.authorize_params), ("token_params", &oauth.token_params)] {
            self.at(key, |checker| {
                for (name, value) in params {
                    checker.at(name, |checker| checker.scalar(value, SHARED));
                }
            });
        }
        for (key, field) in [
            ("access_token_field", &oauth.access_token_field),
            ("expires_in_field", &oauth.expires_in_field),
            ("refresh_token_field", &oauth.refresh_token_field),
        ] {
            self.some(key, field.as_ref(), |checker, field| checker.answer_field(field));
        }
        self.some("header", oauth.header.as_ref(), |checker, name| checker.header_name(name));
        self.some("redirect_uri", oauth.redirect_uri.as_ref(), |checker, uri| checker.redirect_uri(uri));
    }

    /// What a grant can't do without.
    fn oauth_needs(&mut self, oauth: &OAuth2Auth) {
        let needs: &[(&str, bool)] = match oauth.grant {
            OAuth2Grant::AuthorizationCode => &[("authorize_url", oauth.authorize_url.is_some())],
            OAuth2Grant::DeviceCode => &[("device_url", oauth.device_url.is_some())],
            OAuth2Grant::RefreshToken => &[("refresh_token", oauth.refresh_token.is_some())],
            OAuth2Grant::Password => &[("username", oauth.username.is_some()), ("password", oauth.password.is_some())],
            OAuth2Grant::ClientCredentials => &[],
        };
        for (key, _) in needs.iter().filter(|(_, there)| !there) {
            self.at(key, |checker| checker.fault("missing", format!("This grant needs `{key}`.")));
        }
    }

    /// A field of the token's answer: a name, names joined by dots, or a JSONPath.
    fn answer_field(&mut self, field: &str) {
        if field.starts_with('$') {
            self.json_path(field);
        } else if field.trim().is_empty() || field.split('.').any(|part| part.trim().is_empty()) {
            self.fault("bad_path", "A field is a name, names joined by dots (`data.token`), or a JSONPath.");
        }
    }

    /// An address, whole or from the root of `base_url`.
    fn oauth_url(&mut self, url: &Template) {
        if !url.as_str().starts_with('/') {
            return self.url(url);
        }
        self.template(url, SHARED);
    }

    /// Where a sign-in leads back to: this machine, and a port that can be listened on.
    fn redirect_uri(&mut self, text: &str) {
        let url = Url::parse(text).ok().filter(|url| url.scheme() == "http" && url.port().is_some());
        let here = |url: &Url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if !url.is_some_and(|url| here(&url) && url.query().is_none() && url.fragment().is_none()) {
            let message = "The address must be of this machine, with a port: `http://localhost:8080/callback`.";
            self.fault("bad_redirect_uri", message);
        }
    }
}
