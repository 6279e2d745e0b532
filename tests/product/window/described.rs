//! Files that describe many requests, from the paste to the records.

use super::options;
use product_tests::AppWindow;
use sample_api::{SAMPLE_KEY, SampleOptions};
use serde_json::{Value, json};

/// A description of a part of the sample API, with some groups and something that writes.
fn description(base: &str) -> String {
    let list = |member: &str, record: Value| {
        json!({"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object", "properties": {
            member: {"type": "array", "items": record}, "total": {"type": "integer"}}}}}}})
    };
    let customer = json!({"type": "object", "required": ["id"], "properties": {
        "id": {"type": "integer", "description": "Who it is"}, "name": {"type": "string"}, "churned_at": {"type": "string", "format": "date-time"}}});
    let id = json!([{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}]);
    let pages = json!([{"name": "page", "in": "query", "schema": {"type": "integer"}}]);
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Sample shop", "description": "Customers and what they bought."},
        "servers": [{"url": base}],
        "security": [{"bearer": []}],
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
        "paths": {
            "/v1/customers": {"get": {"tags": ["People"], "summary": "List customers", "parameters": pages, "responses": list("data", customer.clone())},
                              "post": {"tags": ["People"], "responses": {"201": {"description": "made"}}}},
            "/v1/customers/{id}": {"get": {"tags": ["People"], "summary": "One customer", "parameters": id,
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": customer}}}}}},
            "/v1/orders": {"get": {"tags": ["Sales"], "summary": "List orders, the newest last", "responses": list("items", json!({"type": "object"}))}},
            "/v1/invoices": {"get": {"tags": ["Sales"], "summary": "List invoices", "responses": list("data", json!({"type": "object"}))}},
            "/open/products": {"get": {"tags": ["Sales"], "summary": "What there is to buy", "security": [],
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}}}}},
        }
    })
    .to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_description_leads_to_the_records_of_what_is_chosen_by_keyboard_alone() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API starts");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    let base = server.url("");
    window.paste_and_enter("box", &description(base.trim_end_matches('/'))).await;
    window.wait_css("[data-testid='endpoint-customers'][data-chosen='false']").await;
    // From the search down into the list, and along it.
    window.press(&["ArrowDown"]).await;
    window.press(&[" "]).await;
    window.wait_css("[data-testid='endpoint-customers'][data-chosen='true']").await;
    window.press(&["ArrowDown"]).await;
    window.press(&["ArrowDown"]).await;
    window.press(&[" "]).await;
    window.wait_css("[data-testid='endpoint-orders'][data-chosen='true']").await;
    window.wait("trust-input-api_token").await;
    window.pictures("described-choice").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.press(&["Enter"]).await;
    window.wait("key-input").await;
    window.pictures("described-key").await;
    assert!(server.log().is_empty(), "nothing was sent yet");
    window.paste_and_enter("key-input", SAMPLE_KEY).await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.wait_css("[data-testid='stream-orders']").await;
    window.pictures("described-records").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_request_needs_is_asked_beside_it_and_a_file_of_nothing_says_so() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API starts");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", "{\"openapi\": \"3.1.0\", \"paths\": {}}").await;
    window.wait_css("[data-testid='problem'][data-code='nothing_to_read']").await;
    window.session.run("document.querySelector('[data-testid=\"box\"]').select()").await.expect("select");
    let base = server.url("");
    window.paste_and_enter("box", &description(base.trim_end_matches('/'))).await;
    window.wait("endpoint-customer").await;
    window.type_text("[data-testid='endpoints-search']", "one customer").await;
    window.click_css("[data-testid='endpoint-customer'] input").await;
    window.click("endpoints-take").await;
    window.wait_css("[data-testid='trust-input-id'][aria-invalid='true']").await;
    window.pictures("described-missing").await;
    window.type_text("[data-testid='trust-input-id']", "7").await;
    window.type_text("[data-testid='trust-input-api_token']", SAMPLE_KEY).await;
    window.click("endpoints-take").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.close().await;
}
