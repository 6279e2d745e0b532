//! Giving the key: it goes to the keyring, the definition gets a reference, and the request is sent once.

use super::first::begin;
use crate::app::{App, Kept};
use crate::contract::{AuthForm, AuthGiven, AuthKind, GiveAuth, Workbench, WorkbenchStage};
use crate::preview;
use crate::workbench::keep;
use definition::model::{
    ApiKeyAuth, ApiKeyPlace, Auth, BasicAuth, BearerAuth, ConfigInput, ConfigType, DigestAuth, Http,
};
use definition::{Definition, Problem, ProblemKind, Secret, Stage};
use regex::Regex;
use serde_json::Value;

/// Gives the key that the server asked for, and sends once.
pub(crate) async fn give_auth(app: &App, request: GiveAuth) -> Result<Workbench, Problem> {
    let bench = app.bench(&request.id).await?;
    bench.trusted()?;
    let (definition, prefix) = bench.with(|state| (state.definition.clone(), state.prefix.clone()));
    check(&request.auth)?;
    let prefix = request.auth.prefix.as_deref().map_or(prefix, scheme);
    let placed = with_auth(definition, &request.auth, &prefix);
    for (name, secret) in &placed.secrets {
        if let Kept::Session(reason) = app.vault().set(&bench.owner(), name, secret).await {
            bench
                .with(|state| state.note(format!("The key is not kept: it is used until the app is closed. {reason}")));
        }
    }
    let known = bench.with(|state| {
        state.put(placed.definition);
        state.values.extend(placed.values.into_iter().map(|(name, value)| (name, Value::String(value))));
        for (name, _) in &placed.secrets {
            if !state.given.contains(name) {
                state.given.push(name.clone());
            }
        }
        state.connection.is_some() || !state.detections.is_empty() || state.origin.is_empty()
    });
    keep_connection(app, &bench).await?;
    if known {
        // What is known of the answers stays: only the key is new.
        bench.with(|state| {
            state.stage = WorkbenchStage::Ready;
            state.problem = None;
        });
        preview::refresh(app, &bench).await;
        keep(app, &bench).await?;
    } else {
        // Giving the key is to say that it is sent.
        begin(app, &bench, true).await?;
    }
    Ok(bench.view())
}

/// The connection's own copy of its values.
pub(super) async fn keep_connection(app: &App, bench: &crate::workbench::Bench) -> Result<(), Problem> {
    let (id, values, given) = bench.with(|state| (state.connection.clone(), state.values.clone(), state.given.clone()));
    let Some(id) = id else { return Ok(()) };
    if let Some(mut connection) = app.store().connection(&id).await? {
        connection.values = values;
        connection.secret_names = given;
        app.store().put_connection(&connection).await?;
    }
    Ok(())
}

fn check(given: &AuthGiven) -> Result<(), Problem> {
    let wrong = |field: &str, message: &str| {
        Err(Problem::new("missing_value", ProblemKind::Config, Stage::Auth, message).field(field))
    };
    if given.form.is_some() {
        return Ok(());
    }
    if matches!(given.kind, AuthKind::OAuth2 | AuthKind::Jwt | AuthKind::Session | AuthKind::AwsSigV4) {
        return wrong("auth.form", "This way to sign in has more settings than a key: write them in the definition.");
    }
    if matches!(given.kind, AuthKind::Basic | AuthKind::Digest)
        && given.username.as_deref().unwrap_or_default().is_empty()
    {
        return wrong("auth.username", "The user name is missing.");
    }
    if !matches!(given.kind, AuthKind::None | AuthKind::Basic | AuthKind::Digest)
        && given.secret.open().trim().is_empty()
    {
        return wrong("auth.secret", "The key is missing.");
    }
    if given.kind == AuthKind::ApiKey && given.name.as_deref().unwrap_or_default().trim().is_empty() {
        return wrong("auth.name", "The name of the header or the parameter is missing.");
    }
    Ok(())
}

/// A definition with auth in it, and what goes to the keyring and the connection.
#[derive(Debug)]
pub(crate) struct Placed {
    pub definition: Definition,
    /// Secret inputs and their values.
    pub secrets: Vec<(String, Secret)>,
    /// Other inputs and their values.
    pub values: Vec<(String, String)>,
}

/// Puts a kind of auth into a definition; the inputs of the old one that nothing else needs go. `prefix` is the text
/// before the key that the server told.
pub(crate) fn with_auth(mut definition: Definition, given: &AuthGiven, prefix: &str) -> Placed {
    let old = definition.http.as_mut().map(|http| std::mem::take(&mut http.auth)).unwrap_or_default();
    let used = names(&old);
    let (wanted, title) = match given.kind {
        AuthKind::ApiKey => ("api_key", "API key"),
        AuthKind::Basic | AuthKind::Digest => ("password", "Password"),
        AuthKind::Bearer => ("api_token", "API token"),
        _ => ("", ""),
    };
    drop_unused(&mut definition, &used);
    if let Some(form) = &given.form {
        return with_form(definition, form);
    }
    let reference = |name: &str| format!("{{{{ config.{name} }}}}");
    let mut placed = Placed { definition, secrets: Vec::new(), values: Vec::new() };
    let auth = match given.kind {
        // Kinds with more settings come with a form, as `check` holds.
        AuthKind::None | AuthKind::OAuth2 | AuthKind::Jwt | AuthKind::Session | AuthKind::AwsSigV4 => Auth::None,
        AuthKind::Bearer => {
            let name = input(&mut placed.definition, wanted, title, ConfigType::Secret, true);
            let token = reference(&name).into();
            placed.secrets.push((name, clean(&given.secret, "Bearer ")));
            Auth::Bearer(BearerAuth { token })
        }
        AuthKind::ApiKey => {
            let name = input(&mut placed.definition, wanted, title, ConfigType::Secret, true);
            let (secret, before, after) = unwrapped(clean(&given.secret, prefix));
            let value = format!("{before}{}{after}", reference(&name)).into();
            let in_front = if given.in_query { before.clone() } else { format!("{prefix}{before}") };
            about(&mut placed.definition, &name, &in_front);
            placed.secrets.push((name, secret));
            let place = if given.in_query { ApiKeyPlace::Query } else { ApiKeyPlace::Header };
            let header = given.name.as_deref().unwrap_or_default().trim().to_owned();
            let prefix = if given.in_query { String::new() } else { prefix.to_owned() };
            Auth::ApiKey(ApiKeyAuth { place, name: header, value, prefix })
        }
        AuthKind::Basic | AuthKind::Digest => {
            let user = input(&mut placed.definition, "username", "User name", ConfigType::String, true);
            // An API key as the user name, with an empty password, is common.
            let name = input(&mut placed.definition, wanted, title, ConfigType::Secret, !given.secret.is_empty());
            let (username, password) = (reference(&user).into(), reference(&name).into());
            placed.values.push((user, given.username.clone().unwrap_or_default().trim().to_owned()));
            placed.secrets.push((name, given.secret.clone()));
            match given.kind {
                AuthKind::Digest => Auth::Digest(DigestAuth { username, password }),
                _ => Auth::Basic(BasicAuth { username, password }),
            }
        }
    };
    placed.definition.http.get_or_insert_with(Http::default).auth = auth;
    placed
}

/// Puts a kind in as its form was filled in. Inputs that are there already stay as they are.
fn with_form(mut definition: Definition, form: &AuthForm) -> Placed {
    let there = |definition: &Definition, name: &str| definition.config.iter().any(|input| input.name == name);
    for input in &form.inputs {
        if !there(&definition, &input.name) {
            definition.config.push(input.clone());
        }
    }
    definition.http.get_or_insert_with(Http::default).auth = form.auth.clone();
    let secrets = form.secrets.iter().filter(|(name, secret)| definition.is_secret(name) && !secret.is_empty());
    let secrets = secrets.map(|(name, secret)| (name.clone(), secret.clone())).collect();
    let values = form.values.iter().filter(|(name, _)| there(&definition, name) && !definition.is_secret(name));
    let values = values.map(|(name, value)| (name.clone(), value.trim().to_owned())).collect();
    Placed { definition, secrets, values }
}

/// The input of a name and kind: the one that there is, or a new one.
fn input(definition: &mut Definition, wanted: &str, title: &str, kind: ConfigType, required: bool) -> String {
    let mut name = wanted.to_owned();
    let mut next = 2;
    while let Some(input) = definition.config.iter_mut().find(|input| input.name == name) {
        if input.kind == kind {
            input.required = required;
            return name;
        }
        name = format!("{wanted}_{next}");
        next += 1;
    }
    definition.config.push(ConfigInput {
        name: name.clone(),
        kind,
        title: title.to_owned(),
        required,
        ..ConfigInput::default()
    });
    name
}

/// Takes away inputs that only the old auth needed.
fn drop_unused(definition: &mut Definition, used: &[String]) {
    let mut rest = definition.clone();
    rest.config.clear();
    let text = serde_json::to_string(&rest).unwrap_or_default();
    definition.config.retain(|input| !used.contains(&input.name) || text.contains(&format!("config.{}", input.name)));
}

/// The inputs that an auth refers to.
fn names(auth: &Auth) -> Vec<String> {
    let text = serde_json::to_string(auth).unwrap_or_default();
    let Ok(pattern) = Regex::new(r"config\.([A-Za-z_][A-Za-z0-9_]*)") else { return Vec::new() };
    pattern.captures_iter(&text).filter_map(|found| found.get(1)).map(|name| name.as_str().to_owned()).collect()
}

/// Text before a key as it was meant: a bare word is a scheme, which a space ends (RFC 9110, 11.4).
fn scheme(typed: &str) -> String {
    let text = typed.trim();
    if text.ends_with(|c: char| c.is_ascii_alphanumeric()) { format!("{text} ") } else { text.to_owned() }
}

/// Of `token="KEY"` the key, and what stands around it: the key alone is a secret, and what the next person types.
fn unwrapped(secret: Secret) -> (Secret, String, String) {
    let text = secret.open();
    let found = Regex::new(r#"^([A-Za-z_-]*=?["'])([^"']+)(["'])$"#).ok();
    let parts = found.as_ref().and_then(|wrapped| wrapped.captures(text)).map(|parts| {
        let part = |at: usize| parts.get(at).map_or("", |part| part.as_str());
        (Secret::new(part(2)), part(1).to_owned(), part(3).to_owned())
    });
    parts.unwrap_or_else(|| (secret.clone(), String::new(), String::new()))
}

/// Says of an input that the key alone belongs there.
fn about(definition: &mut Definition, name: &str, before: &str) {
    let before = before.trim();
    let input = definition.config.iter_mut().find(|input| input.name == name);
    if let Some(input) = input.filter(|input| !before.is_empty() && input.description.is_empty()) {
        input.description = format!("The key alone: `{before}` is put before it.");
    }
}

/// A key as it was meant: without the spaces, and the scheme, that people copy along.
fn clean(secret: &Secret, scheme: &str) -> Secret {
    let text = secret.open().trim();
    let bare = text.get(..scheme.len()).filter(|head| !scheme.is_empty() && head.eq_ignore_ascii_case(scheme));
    Secret::new(bare.map_or(text, |head| text[head.len()..].trim()))
}

#[cfg(test)]
mod tests {
    use super::with_auth;
    use crate::contract::{AuthForm, AuthGiven, AuthKind};
    use definition::model::{Auth, Http};
    use definition::{Definition, Secret};

    fn given(kind: AuthKind, secret: &str) -> AuthGiven {
        AuthGiven {
            kind,
            name: Some("X-Key".into()),
            in_query: false,
            prefix: None,
            username: Some("ann".into()),
            secret: Secret::new(secret),
            form: None,
        }
    }

    fn draft() -> Definition {
        Definition {
            http: Some(Http { base_url: "https://a.test".into(), ..Http::default() }),
            ..Definition::default()
        }
    }

    #[test]
    fn a_scheme_stands_in_the_definition_and_the_key_alone_is_secret() {
        for (prefix, typed, sent, key) in [
            ("Token ", "abc", "{{ config.api_key }}", "abc"),
            ("Token ", "Token abc", "{{ config.api_key }}", "abc"),
            ("Token ", "Token token=\"abc\"", "token=\"{{ config.api_key }}\"", "abc"),
            ("", "key='abc'", "key='{{ config.api_key }}'", "abc"),
            ("", "a=b", "{{ config.api_key }}", "a=b"),
        ] {
            let placed = with_auth(draft(), &given(AuthKind::ApiKey, typed), prefix);
            let Auth::ApiKey(auth) = placed.definition.http.unwrap().auth else { panic!("another kind") };
            let (name, secret) = &placed.secrets[0];
            assert_eq!((auth.value.as_str(), auth.prefix.as_str()), (sent, prefix), "{typed}");
            assert_eq!((name.as_str(), secret.open()), ("api_key", key), "{typed}");
            let told = !prefix.is_empty() || sent.len() > 21;
            assert_eq!(placed.definition.config[0].description.is_empty(), !told, "{typed}");
        }
        assert_eq!([" Token ", "Token token=", "", "key:"].map(super::scheme), ["Token ", "Token token=", "", "key:"]);
    }

    #[test]
    fn a_key_becomes_a_reference_and_another_kind_takes_its_place() {
        let bearer = with_auth(draft(), &given(AuthKind::Bearer, " Bearer abc\n"), "");
        assert_eq!(bearer.secrets, [("api_token".to_owned(), Secret::new("abc"))]);
        let names =
            |definition: &Definition| definition.config.iter().map(|input| input.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&bearer.definition), ["api_token"]);
        let basic = with_auth(bearer.definition, &given(AuthKind::Basic, ""), "");
        assert_eq!(names(&basic.definition), ["username", "password"]);
        assert!(!basic.definition.config[1].required, "an empty password is allowed");
        let key = with_auth(basic.definition, &given(AuthKind::ApiKey, "Token k"), "Token ");
        assert_eq!(names(&key.definition), ["api_key"]);
        assert_eq!(key.secrets, [("api_key".to_owned(), Secret::new("k"))]);
        let none = with_auth(key.definition, &given(AuthKind::None, ""), "");
        assert!(none.definition.config.is_empty());
        assert_eq!(none.definition.http.map(|http| http.auth), Some(Auth::None));
    }

    #[test]
    fn a_form_brings_its_inputs_and_takes_the_old_ones_away() {
        let bearer = with_auth(draft(), &given(AuthKind::Bearer, "abc"), "");
        let form: AuthForm = serde_json::from_value(serde_json::json!({
            "auth": {"type": "oauth2", "grant": "client_credentials", "token_url": "https://a.test/token",
                     "client_id": "{{ config.client_id }}", "client_secret": "{{ config.client_secret }}"},
            "inputs": [{"name": "client_id"}, {"name": "client_secret", "type": "secret"}],
            "values": {"client_id": " me ", "stranger": "x"},
            "secrets": {"client_secret": "s3cret", "client_id": "never"},
        }))
        .expect("a form");
        let placed = with_auth(bearer.definition, &AuthGiven { form: Some(form), ..given(AuthKind::OAuth2, "") }, "");
        let names: Vec<&str> = placed.definition.config.iter().map(|input| input.name.as_str()).collect();
        assert_eq!(names, ["client_id", "client_secret"]);
        assert_eq!(placed.values, [("client_id".to_owned(), "me".to_owned())]);
        assert_eq!(placed.secrets, [("client_secret".to_owned(), Secret::new("s3cret"))]);
        assert!(matches!(placed.definition.http.map(|http| http.auth), Some(Auth::OAuth2(_))));
    }
}
