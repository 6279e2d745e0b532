//! Files of many requests: chosen from, taken, signed in to and read from a server that is really there.

use crate::rig::{CANARY, Rig, server};
use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

/// A description of a part of the sample API.
pub fn description(base: &str) -> String {
    format!(
        r##"
openapi: 3.0.3
info: {{title: Sample shop, description: Customers and what they bought.}}
servers: [{{url: "{base}"}}]
security: [{{bearer: []}}]
paths:
  /v1/customers:
    get:
      tags: [People]
      summary: List customers
      parameters: [{{name: page, in: query, schema: {{type: integer}}}}, {{name: per_page, in: query, schema: {{type: integer, maximum: 100}}}}]
      responses: {{200: {{content: {{application/json: {{schema: {{type: object, properties: {{data: {{type: array, items: {{$ref: "#/components/schemas/Customer"}}}}, total: {{type: integer}}}}}}}}}}}}}}
  /v1/customers/{{id}}:
    get:
      tags: [People]
      summary: One customer
      parameters: [{{name: id, in: path, required: true, schema: {{type: integer}}}}]
      responses: {{200: {{content: {{application/json: {{schema: {{$ref: "#/components/schemas/Customer"}}}}}}}}}}
  /v1/orders:
    get:
      tags: [Sales]
      parameters: [{{name: offset, in: query, schema: {{type: integer}}}}, {{name: limit, in: query, schema: {{type: integer, maximum: 100}}}}]
      responses: {{200: {{content: {{application/json: {{schema: {{type: object, properties: {{items: {{type: array, items: {{type: object, properties: {{id: {{type: integer, description: Its number}}}}}}}}}}}}}}}}}}}}
  /open/products:
    get:
      tags: [Sales]
      security: []
      responses: {{200: {{content: {{application/json: {{schema: {{type: array, items: {{type: object}}}}}}}}}}}}
  /v1/nothing:
    get:
      tags: [Sales]
      responses: {{200: {{content: {{application/json: {{schema: {{type: array, items: {{type: object, properties: {{id: {{type: integer}}, at: {{type: string, format: date-time}}}}}}}}}}}}}}}}
  /v1/search:
    post: {{responses: {{200: {{}}}}}}
components:
  securitySchemes: {{bearer: {{type: http, scheme: bearer}}}}
  schemas:
    Customer: {{type: object, required: [id], properties: {{id: {{type: integer, description: Who it is}}, name: {{type: string}}, churned_at: {{type: string, format: date-time}}}}}}
"##
    )
}

fn streams(bench: &Value) -> Vec<&str> {
    let streams = bench["definition"]["streams"].as_array().map(Vec::as_slice).unwrap_or_default();
    streams.iter().filter_map(|stream| stream["name"].as_str()).collect()
}

fn stream<'a>(bench: &'a Value, name: &str) -> &'a Value {
    let streams = bench["definition"]["streams"].as_array().expect("streams");
    streams.iter().find(|stream| stream["name"] == name).unwrap_or_else(|| panic!("{name}: {bench}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_requests_ask_for_their_key_and_are_all_read() {
    let (rig, server) = (Rig::new().await, server());
    let bench = rig.call("source_open", json!({"text": description(server.url("").trim_end_matches('/'))})).await;
    assert_eq!(
        (&bench["stage"], &bench["endpoints"]["count"], &bench["endpoints"]["title"]),
        (&json!("endpoints"), &json!(5), &json!("Sample shop")),
        "{bench}"
    );
    assert!(server.log().is_empty(), "nothing is sent before something is chosen");
    let id = bench["id"].clone();
    let list = rig.call("endpoints", json!({"id": id})).await;
    let names: Vec<&str> =
        list["endpoints"].as_array().expect("endpoints").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["customers", "customer", "orders", "products", "nothing"]);
    assert_eq!(list["auth_inputs"], json!(["api_token"]));
    let none = rig.refused("endpoints_take", json!({"id": id, "endpoints": []})).await;
    assert_eq!(none.code, "nothing_chosen");
    let lacking = rig.refused("endpoints_take", json!({"id": id, "endpoints": ["customer"]})).await;
    assert_eq!((lacking.code.as_str(), lacking.field.as_deref()), ("missing_value", Some("config.id")));
    // It outlives the window.
    let again = rig.call("workbench_get", json!({"id": id})).await;
    assert_eq!(again["stage"], "endpoints");

    let chosen = json!({"id": id, "endpoints": ["orders", "customers", "products", "nothing"]});
    let asked = rig.call("endpoints_take", chosen).await;
    assert_eq!((&asked["stage"], &asked["ask"]["kind"]), (&json!("key"), &json!("bearer")), "{asked}");
    assert!(server.log().is_empty());
    let auth = json!({"kind": "bearer", "secret": CANARY});
    let ready = rig.call("auth_give", json!({"id": id, "auth": auth})).await;
    assert_eq!((&ready["stage"], &ready["faults"]), (&json!("ready"), &json!([])), "{ready}");
    assert_eq!(streams(&ready), ["customers", "orders", "products", "nothing"]);
    assert_eq!(stream(&ready, "orders")["paginate"]["type"], "offset", "{ready}");
    assert_eq!(stream(&ready, "orders")["records"]["path"], "$.items[*]");
    let fields = stream(&ready, "customers")["fields"].as_array().expect("fields").clone();
    let field = |name: &str| fields.iter().find(|field| field["name"] == name).cloned().unwrap_or(Value::Null);
    assert_eq!(field("id")["description"], "Who it is");
    assert_eq!(field("churned_at")["type"], "datetime", "a column that no record had is there");
    assert!(ready["notes"].to_string().contains("`nothing` is as the file describes it"), "{}", ready["notes"]);
    let declared = stream(&ready, "nothing")["fields"][1].clone();
    assert_eq!((&declared["name"], &declared["type"]), (&json!("at"), &json!("datetime")));
    assert_eq!(ready["can_undo"], false);

    let mut definition = ready["definition"].clone();
    definition["streams"].as_array_mut().expect("streams").retain(|stream| stream["name"] != "nothing");
    rig.call("definition_set", json!({"id": id, "definition": definition})).await;
    let connection = rig.call("accept", json!({"id": id})).await["connection"].clone();
    let run = rig.sync(&connection).await;
    assert_eq!(
        (&run["run"]["outcome"], &run["run"]["counts"]["new"]),
        (&json!("done"), &json!(450 + 300 + 40)),
        "{run}"
    );
    rig.has_nowhere(CANARY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_with_the_choice_is_used_at_once_and_kept_in_the_keyring_alone() {
    let (rig, server) = (Rig::new().await, server());
    let base = server.url("");
    let base = base.trim_end_matches('/');
    let bench = rig.call("source_open", json!({"text": description(base)})).await;
    let request =
        json!({"id": bench["id"], "endpoints": ["customer"], "values": {"id": "7"}, "secrets": {"api_token": CANARY}});
    let ready = rig.call("endpoints_take", request).await;
    assert_eq!(ready["stage"], "ready", "{ready}");
    assert_eq!(ready["definition"]["streams"][0]["request"]["path"], "/v1/customers/{{ config.id }}");
    rig.has_nowhere(CANARY).await;

    // With a list of them, each is read.
    let bench = rig.call("source_open", json!({"text": description(base)})).await;
    let request = json!({"id": bench["id"], "endpoints": ["customer", "customers"], "secrets": {"api_token": CANARY}});
    let ready = rig.call("endpoints_take", request).await;
    let one = stream(&ready, "customer");
    assert_eq!(
        (&one["partitions"][0]["stream"], &one["request"]["path"]),
        (&json!("customers"), &json!("/v1/customers/{{ partition.id }}")),
        "{ready}"
    );

    // What needs no key is read without one, and an address may be given.
    let elsewhere = description("").replace("servers: [{url: \"\"}]", "x-none: 1");
    let bench = rig.call("source_open", json!({"text": elsewhere})).await;
    let no_base = rig.refused("endpoints_take", json!({"id": bench["id"], "endpoints": ["products"]})).await;
    assert_eq!((no_base.code.as_str(), no_base.field.as_deref()), ("no_base_url", Some("base_url")));
    let request = json!({"id": bench["id"], "endpoints": ["products"], "base_url": base});
    let ready = rig.call("endpoints_take", request).await;
    assert_eq!((&ready["stage"], &ready["preview"]["rows"]), (&json!("ready"), &json!(40)), "{ready}");
    assert_eq!(ready["definition"]["config"], Value::Null, "{}", ready["definition"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_a_description_offers_its_requests() {
    let (rig, sample) = (Rig::new().await, server());
    let relative = description("/").replace("servers: [{url: \"/\"}]", "servers: [{url: /}]");
    let text = relative.clone();
    let router = Router::new()
        .route("/docs/openapi.yaml", get(|| async move { text }))
        .route("/docs/data.json", get(|| async { r#"[{"id": 1, "openapi": "no"}]"# }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let bench = rig.call("source_open", json!({"text": format!("{base}/docs/openapi.yaml")})).await;
    assert_eq!((&bench["stage"], &bench["endpoints"]["count"]), (&json!("endpoints"), &json!(5)), "{bench}");
    let list = rig.call("endpoints", json!({"id": bench["id"]})).await;
    assert_eq!(list["base_url"], base.as_str(), "what is relative is so to the file's own address");
    let request =
        json!({"id": bench["id"], "endpoints": ["products"], "base_url": sample.url("").trim_end_matches('/')});
    let ready = rig.call("endpoints_take", request).await;
    assert_eq!(ready["stage"], "ready", "{ready}");
    let data = rig.call("source_open", json!({"text": format!("{base}/docs/data.json")})).await;
    assert_eq!(data["stage"], "ready", "data that speaks of it is data: {data}");
    serving.abort();
}
