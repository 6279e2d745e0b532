//! Every kind of the model has its form: a title, an example that is sound, and fields that exist.

use definition::forms::{FormControl, FormField, FormGroup, FormKind, FormScope, FormValue, KindForm, descriptors};
use definition::{Document, schema};
use serde_json::{Value, json};

/// How to mend what these tests find.
const MEND: &str = "Write its row in crates/definition/src/forms/words/*.yaml.";

#[test]
fn every_kind_of_the_model_has_a_row_with_a_title_and_an_example() {
    let schema = schema();
    let missing = definition::forms::missing();
    assert!(missing.is_empty(), "{missing:#?}\n{MEND}");
    let chosen = schema["$defs"].as_object().unwrap().values().filter(|def| def["oneOf"].is_array()).count();
    let drawn = descriptors().groups.iter().filter(|group| group.kinds[0].form != KindForm::Settings).count();
    assert!(drawn >= chosen, "{drawn} groups of kinds for {chosen} of the model");
}

#[test]
fn every_example_is_sound_where_it_belongs() {
    for group in descriptors().groups.iter().filter(|group| !group.place.is_empty()) {
        for kind in group.kinds.iter().filter(|kind| !kind.example.is_null()) {
            let text = serde_json::to_string(&whole(group, &kind.example)).unwrap();
            let name = format!("{} {}", group.name, kind.word);
            let document = Document::parse_shape(&text).unwrap_or_else(|faults| panic!("{name}: {faults:#?}\n{MEND}"));
            let faults = document.check();
            assert!(faults.is_empty(), "{name}: {faults:#?}\n{MEND}");
        }
    }
}

/// A definition with an example at its place.
fn whole(group: &FormGroup, example: &Value) -> Value {
    let secrets =
        ["api_token", "api_key", "password", "client_secret", "private_key", "secret_access_key", "webhook_secret"];
    let plain = ["username", "client_id", "access_key_id", "subdomain2", "folder"];
    let mut config = vec![json!({"name": "auth_kind", "type": "enum", "enum": ["token", "key"], "default": "key"})];
    config.splice(0..0, secrets.map(|name| json!({"name": name, "type": "secret"})));
    config.extend(plain.map(|name| json!({"name": name})));
    let mut all = json!({
        "tapwright": 1, "name": "example", "config": config,
        "http": {"base_url": "https://api.acme.test", "retry": {}, "responses": [{"when": {"status": [429]}, "then": "retry"}]},
        "actions": [{
            "name": "create_user", "params": [{"name": "email"}, {"name": "name"}],
            "request": {"method": "POST", "path": "/users"},
        }],
        "streams": [{
            "name": "records", "request": {"path": "/records", "method": "POST", "body": {"json": {"variables": {}}}},
            "records": {"path": "$[*]"}, "fields": [{"name": "id"}],
        }, {"name": "parents", "request": {"path": "/parents"}}],
    });
    if group.name == "fields" {
        all["streams"][0]["fields"] = json!([]);
    }
    if group.place.starts_with("streams[0].source") {
        // What is not read over HTTP has no request.
        all["streams"][0]["records"] = json!({});
        if group.name != "source" || example["type"] != "http" {
            all["streams"][0]["request"] = json!({});
        }
    }
    let mut at = &mut all;
    for part in group.place.split('.') {
        let (key, index) = part.split_once('[').map_or((part, None), |(key, rest)| (key, rest.strip_suffix(']')));
        if at[key].is_null() && index.is_none() {
            at[key] = scaffold(key);
        }
        at = &mut at[key];
        if index.is_some() {
            if !at.is_array() || at.as_array().unwrap().is_empty() {
                *at = json!([scaffold(key)]);
            }
            at = &mut at[0];
        }
    }
    *at = example.clone();
    all
}

/// What must be around a value for it to stand there.
fn scaffold(key: &str) -> Value {
    match key {
        "paginate" => json!({"type": "page", "inject": {"query": "page"}}),
        "incremental" => json!({"cursor": "$.at", "start": "2024-01-01T00:00:00Z"}),
        "job" => json!({"poll": {"request": {"path": "/x"}, "ready": "{{ true }}"}, "download": {"urls": "$.urls[*]"}}),
        "source" => json!({"type": "files", "folder": "{{ config.folder }}", "glob": "*", "format": {"type": "csv"}}),
        "hooks" => json!({"when": "after", "do": {"log": "x"}}),
        "destinations" => json!({"name": "d", "key": ["id"]}),
        "webhooks" => json!({"name": "hook"}),
        _ => json!({}),
    }
}

#[test]
fn every_value_leads_to_a_group_and_no_text_is_empty() {
    let all = descriptors();
    for group in &all.groups {
        assert!(!group.title.is_empty() && !group.help.is_empty(), "{}", group.name);
        for kind in &group.kinds {
            assert!(!kind.title.is_empty(), "{} {}", group.name, kind.word);
            kind.fields.iter().for_each(|field| sound_field(kind, field));
        }
    }
    for section in &all.sections {
        assert!(!section.fields.is_empty(), "{} has no fields: its paths are none of the model's", section.name);
        section.fields.iter().for_each(|field| sound_value(&section.name, &field.value));
    }
}

fn sound_field(kind: &FormKind, field: &FormField) {
    let name = format!("{} {}", kind.word, field.path);
    assert!(!field.label.is_empty() && (!field.help.is_empty() || field.path.is_empty()), "{name} says nothing");
    if let Some(only) = &field.only {
        assert!(kind.fields.iter().any(|other| other.path == only.path), "{name} depends on no field");
    }
    sound_value(&name, &field.value);
}

fn sound_value(name: &str, value: &FormValue) {
    match value.kind {
        FormControl::Kind | FormControl::Settings => {
            let group = value.group.as_deref().and_then(|group| descriptors().group(group));
            assert!(group.is_some(), "{name}: no group {:?}", value.group);
        }
        FormControl::Choice => assert!(!value.options.is_empty(), "{name}: nothing to choose"),
        FormControl::List | FormControl::Map => sound_value(name, value.item.as_deref().unwrap()),
        _ => {}
    }
}

/// What a definition and a stream hold is edited by a section each.
#[test]
fn every_part_of_a_definition_has_a_section() {
    let schema = schema();
    let paths = |scope: FormScope| -> Vec<String> {
        let sections = descriptors().sections.iter().filter(|section| section.scope == scope);
        sections.flat_map(|section| section.fields.iter().map(|field| field.path.clone())).collect()
    };
    let keys = |at: &Value| -> Vec<String> { at["properties"].as_object().unwrap().keys().cloned().collect() };
    let connector = paths(FormScope::Connector);
    // Actions have a room of their own.
    let elsewhere = ["tapwright", "http", "streams", "actions"];
    let mut wanted: Vec<String> = keys(&schema).into_iter().filter(|key| !elsewhere.contains(&key.as_str())).collect();
    wanted.extend(keys(&schema["$defs"]["Http"]).iter().map(|key| format!("http.{key}")));
    let lost: Vec<_> = wanted.iter().filter(|path| !connector.contains(path)).collect();
    assert!(lost.is_empty(), "no section edits {lost:?}: add it to forms/words/sections.yaml");
    let stream = paths(FormScope::Stream);
    let lost: Vec<_> = keys(&schema["$defs"]["Stream"]).into_iter().filter(|path| !stream.contains(path)).collect();
    assert!(lost.is_empty(), "no section edits a stream's {lost:?}: add it to forms/words/sections.yaml");
}

#[test]
fn a_field_carries_what_a_form_needs() {
    let auth = descriptors().group("auth").unwrap();
    let oauth = auth.kind("oauth2").unwrap();
    let field = |path: &str| oauth.fields.iter().find(|field| field.path == path).unwrap();
    assert_eq!(field("token_url").label, "Token URL");
    assert!(field("token_url").required && field("client_secret").secret && field("credentials").advanced);
    assert_eq!(field("grant").value.options[0].value, "authorization_code");
    assert_eq!(field("access_token_field").default.as_deref(), Some("access_token"));
    assert_eq!(field("authorize_url").only.as_ref().unwrap().values, ["authorization_code"]);
    assert_eq!(oauth.docs.as_deref(), Some("auth.md#oauth2"));
    let replace = descriptors().group("transform").unwrap().kind("replace").unwrap();
    assert_eq!((replace.form, replace.fields[0].path.as_str()), (KindForm::Keyed, "find"));
    assert_eq!(replace.fields[0].example, Some(json!("-")));
}
