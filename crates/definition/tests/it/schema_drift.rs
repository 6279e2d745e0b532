use std::path::Path;

/// The committed schema is what the types say. `UPDATE=1 cargo nextest run -p definition` writes it anew.
#[test]
fn the_published_schema_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/connector.schema.json");
    let now = format!("{}\n", serde_json::to_string_pretty(&definition::schema()).unwrap());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == now,
        "schemas/connector.schema.json is not what the types say. \
         Run `UPDATE=1 cargo nextest run -p definition` and commit it."
    );
}

#[test]
fn every_kind_is_closed_and_every_field_explained() {
    let schema = definition::schema();
    assert_eq!(schema["$id"], definition::SCHEMA_ID);
    assert_eq!(schema["title"], "Tapwright connector definition, version 1");
    let defs = schema["$defs"].as_object().unwrap();
    for (name, def) in defs {
        assert!(def.get("description").is_some(), "{name} has no description");
        let branches = def["oneOf"].as_array().cloned().unwrap_or_default();
        for branch in branches.iter().chain([def]).filter(|branch| branch["properties"].is_object()) {
            assert_eq!(branch["additionalProperties"], false, "{name} is open: {branch}");
        }
    }
}
