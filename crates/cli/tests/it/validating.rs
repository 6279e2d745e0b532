//! `validate`: a definition is judged without anybody's keys.

use crate::run::Place;
use definition::forms::descriptors;
use serde_json::{Value, json};

/// A definition with an auth; every `config.NAME` in it is an input.
fn whole(auth: &Value) -> String {
    let text = auth.to_string();
    let is_name = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let names = text.split("config.").skip(1).map(|rest| rest.split(|char| !is_name(char)).next().unwrap_or_default());
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    let plain = ["username", "client_id", "access_key_id", "issuer", "key_id", "user"];
    let input = |name: &&str| match *name {
        "auth_kind" => json!({"name": name, "type": "enum", "enum": ["token", "key"], "default": "token"}),
        name if plain.contains(&name) => json!({"name": name}),
        name => json!({"name": name, "type": "secret", "required": true}),
    };
    let config: Vec<Value> = names.iter().map(input).collect();
    let streams = json!([{"name": "s", "request": {"path": "/s"}, "records": {"path": "$[*]"}}]);
    json!({"tapwright": 1, "name": "x", "config": config, "http": {"base_url": "https://api.acme.test", "auth": auth},
           "streams": streams})
    .to_string()
}

#[test]
fn every_way_to_sign_in_is_judged_without_its_keys() {
    let place = Place::new();
    let group = |name: &str| descriptors().group(name).expect("a group");
    let mut all: Vec<(String, Value)> =
        group("auth").kinds.iter().map(|kind| (kind.word.clone(), kind.example.clone())).collect();
    let jwt = &group("auth").kind("jwt").expect("jwt").example;
    for algorithm in &group("jwt_algorithm").kinds {
        for base64 in [false, true] {
            let mut auth = jwt.clone();
            auth["algorithm"] = json!(algorithm.word);
            auth["key_base64"] = json!(base64);
            all.push((format!("{}-{base64}", algorithm.word), auth));
        }
    }
    let exchange = json!({"type": "jwt", "algorithm": "RS256", "key": "{{ config.service_account }}", "lifetime": "1h",
                          "claims": {"sub": "{{ config.user }}"}, "exchange": {"token_url": "https://id.acme.test/token"}});
    all.push(("exchange".to_owned(), exchange.clone()));
    all.push((
        "select".to_owned(),
        json!({"type": "select", "by": "{{ config.auth_kind }}",
              "options": {"token": exchange, "key": {"type": "none"}}}),
    ));
    let files: Vec<String> =
        all.iter().map(|(name, auth)| place.write(&format!("{name}.connector.yaml"), &whole(auth))).collect();
    assert!(files.len() > 35, "{files:?}");
    let mut args = vec!["validate", "--json"];
    args.extend(files.iter().map(String::as_str));
    let ran = place.run(&args);
    let answers = ran.json();
    let faulty: Vec<&Value> =
        answers["files"].as_array().expect("files").iter().filter(|answer| answer["ok"] != true).collect();
    assert!(faulty.is_empty() && ran.code == Some(0), "{faulty:#?}");
}

#[test]
fn addresses_and_values_of_a_person_are_made_up_so_that_they_fit() {
    let place = Place::new();
    let definition = json!({
        "tapwright": 1, "name": "x",
        "config": [{"name": "server", "required": true, "pattern": "^https://.*[^/]$"}, {"name": "key", "type": "secret"},
                   {"name": "team", "pattern": "^[0-9]{3}$"}],
        "http": {"base_url": "{{ config.server }}/api",
                 "auth": {"type": "jwt", "algorithm": "RS256", "key": "{{ config.key }}",
                          "exchange": {"token_url": "{{ config.server | trim }}/token"}}},
        "streams": [{"name": "s", "request": {"path": "/{{ config.team }}"}, "records": {"path": "$[*]"}}],
    });
    let validate = |definition: &Value| {
        place.run(&["validate", &place.write("x.connector.yaml", &definition.to_string()), "--json"])
    };
    validate(&definition).exits(0);
    // And what is wrong beside them is still found.
    let mut wrong = definition.clone();
    wrong["http"]["auth"]["exchange"]["token_url"] = json!("id.acme.test/token");
    wrong["http"]["auth"]["header"] = json!("X-Token");
    let faults = validate(&wrong).exits(2).json()["faults"].to_string();
    assert!(faults.contains("http.auth.exchange.token_url") && !faults.contains("bad_key"), "{faults}");
}
