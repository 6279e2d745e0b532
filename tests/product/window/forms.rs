//! The definition by forms: a stream with a sign-in and partitions is built by them, read and synced.

use super::options;
use product_tests::AppWindow;
use sample_api::SampleOptions;

/// Chooses an option of a list of choices.
async fn choose(window: &mut AppWindow, id: &str, value: &str) {
    window.wait(id).await;
    let script = format!(
        "const box = document.querySelector('[data-testid=\"{id}\"]');
         const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
         set.call(box, '{value}'); box.dispatchEvent(new Event('change', {{bubbles: true}}));"
    );
    window.session.run(&script).await.unwrap_or_else(|error| panic!("{id}: {error}"));
}

/// Writes into a field in the place of what is there.
async fn write(window: &mut AppWindow, id: &str, text: &str) {
    let field = window.wait(id).await;
    window.session.run(&format!("document.querySelector('[data-testid=\"{id}\"]').select()")).await.expect("select");
    window.type_text(&field, text).await;
}

async fn yaml(window: &mut AppWindow, fits: impl Fn(&str) -> bool) -> String {
    window.click("tab-yaml").await;
    let text = window.wait_text("yaml", fits).await;
    window.click("tab-definition").await;
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connector_is_changed_by_forms_and_faults_stand_at_their_fields() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/open/orders", server.addr)).await;
    window.wait("accept").await;
    window.click("tab-definition").await;
    window.wait("form-section-request").await;
    window.pictures("forms-request").await;

    // Pages: another kind keeps what the two share; an empty place is a fault at its field.
    window.click("section-paginate").await;
    choose(&mut window, "form-streams[0].paginate", "page").await;
    write(&mut window, "form-streams[0].paginate.inject.query", " ").await;
    window.wait_css("[data-testid^='fault-streams[0].paginate']").await;
    window.pictures("forms-fault").await;
    write(&mut window, "form-streams[0].paginate.inject.query", "page").await;
    yaml(&mut window, |text| text.contains("type: page") && text.contains("query: page")).await;

    // Undo takes the way back.
    for _ in 0..4 {
        window.press(&["Control", "z"]).await;
    }
    yaml(&mut window, |text| text.contains("type: offset")).await;

    // A secret becomes an input of its own; the definition only refers to it.
    window.click("section-auth").await;
    choose(&mut window, "form-http.auth", "bearer").await;
    choose(&mut window, "form-http.auth.token", "+").await;
    window.pictures("forms-auth").await;
    let text = yaml(&mut window, |text| text.contains("type: secret")).await;
    assert!(text.contains("config.token"), "{text}");
    choose(&mut window, "form-http.auth", "oauth2").await;
    window.pictures("forms-oauth").await;
    window.click("section-config").await;
    window.wait("trust-input-token").await;
    window.pictures("forms-inputs").await;
    window.click("section-responses").await;
    window.click("form-add-http.responses").await;
    window.pictures("forms-responses").await;
    window.close().await;
}
