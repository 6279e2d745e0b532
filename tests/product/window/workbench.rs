//! The workbench: a connector as a tree, as forms and as text; a crash in the middle of an edit.

use super::forms::{choose, write, yaml_text};
use super::options;
use product_tests::AppWindow;
use sample_api::SampleOptions;

async fn orders(window: &mut AppWindow, address: std::net::SocketAddr) {
    window.paste_and_enter("box", &format!("http://{address}/open/orders")).await;
    window.wait("accept").await;
    window.wait("connector-tree").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_keeps_the_comments_of_the_text_and_undo_says_what_it_took_back() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    orders(&mut window, server.addr).await;
    window.pictures("workbench-table").await;

    // A comment and a key that nobody knows, typed at the end.
    window.click("view-yaml").await;
    window.wait_css(".cm-content").await;
    window.press(&["Control", "End"]).await;
    window.type_text(".cm-content", "\n# mine").await;
    window.pictures("workbench-yaml").await;
    yaml_text(&mut window, |text| text.contains("# mine")).await;

    // A form changes its own line and nothing else.
    window.click("section-about").await;
    window.click("view-form").await;
    write(&mut window, "form-title", "Orders of the shop").await;
    window.pictures("workbench-form").await;
    window.click("view-yaml").await;
    yaml_text(&mut window, |text| text.contains("Orders of the shop") && text.contains("# mine")).await;

    window.click("view-table").await;
    window.click("undo").await;
    window.wait_text("toast", |text| text.contains("title")).await;
    window.click("changes-open").await;
    window.wait("edit-list").await;
    window.pictures("workbench-changes").await;
    window.press(&["Escape"]).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expression_shows_its_value_and_the_panel_tries_a_state() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    orders(&mut window, server.addr).await;
    window.click("section-records").await;
    write(&mut window, "form-streams[0].records.filter", "{{ record.id | string }}").await;
    window.wait_text("expression-value", |text| text.contains('→') && text.len() > 4).await;
    window.pictures("workbench-expression").await;
    write(&mut window, "form-streams[0].records.filter", " ").await;

    window.click("view-table").await;
    for tab in ["mapping", "state", "schema", "response"] {
        window.click(&format!("tab-{tab}")).await;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        window.pictures(&format!("workbench-{tab}")).await;
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_there_after_a_crash() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    orders(&mut window, server.addr).await;
    window.click("section-about").await;
    write(&mut window, "form-title", "Typed before the crash").await;
    window.click("section-paginate").await;
    choose(&mut window, "form-streams[0].paginate", "none").await;
    // The program has it as soon as it can be taken back.
    window.wait_css("[data-testid='undo']:not(:disabled)").await;
    yaml_text(&mut window, |text| text.contains("Typed before the crash")).await;
    // Nothing is closed in order: the driver takes the window down with it.
    window.crash().await;

    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.click_css("[data-connector] button").await;
    window.wait("connector-tree").await;
    yaml_text(&mut window, |text| text.contains("Typed before the crash")).await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_chosen_and_changed_together() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    orders(&mut window, server.addr).await;
    window.click("tab-mapping").await;
    let told = async |window: &AppWindow, script: &str| {
        let script = format!("return [...document.querySelectorAll({script})].map(each => each.value).join(' ')");
        window.session.run(&script).await.expect("the values").as_str().unwrap_or_default().to_owned()
    };
    window.click("choose-1").await;
    window.click("choose-2").await;
    window.wait_text("bulk-bar", |text| text.contains('2')).await;
    window.pictures("mapping-chosen").await;
    choose(&mut window, "bulk-type", "json").await;
    window.wait_css("[data-testid='undo']:not(:disabled)").await;
    write(&mut window, "bulk-prefix", "o_").await;
    window.click("bulk-prefix-put").await;
    let mut names = String::new();
    for _ in 0..100 {
        names = told(&window, "\"[data-testid^='field-name-']\"").await;
        if names.starts_with("id o_") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(names.matches(" o_").count(), 2, "{names}");
    let types = told(&window, "\"[data-testid^='field-type-']\"").await;
    assert_eq!(types.matches("json").count(), 2, "{types}");
    // The key can't go; the others do, and come back by one undo.
    window.click("choose-0").await;
    window.click("bulk-drop").await;
    for wanted in [0, 2] {
        for _ in 0..100 {
            names = told(&window, "\"[data-testid^='field-name-']\"").await;
            if names.matches(" o_").count() == wanted {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!((names.matches(" o_").count(), names.starts_with("id")), (wanted, true), "{names}");
        if wanted == 0 {
            window.click("undo").await;
        }
    }
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_endpoint_is_described_by_its_answer_and_a_value_is_shown_whole() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/open/customers", server.addr)).await;
    window.wait("accept").await;
    window.click("section-request").await;
    let path = window.wait("form-streams[0].request.path").await;
    let path = window.session.property(&path, "value").await.expect("the path");
    let path = path.as_str().expect("a text").replace("customers", "orders");

    window.click("stream-add").await;
    write(&mut window, "form-streams[1].request.path", &path).await;
    window.wait("read-first").await;
    window.pictures("stream-added").await;
    window.click("read-first").await;
    window.says("chip-records", &["$.items[*]"]).await;
    window.says("chip-key", &["id"]).await;
    window.says("chip-pages", &["offset"]).await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    window.pictures("stream-detected").await;

    // A value of its answer, whole.
    window.click("tab-response").await;
    window.click_css("[data-path='$.items[0]']").await;
    window.click("menu-show-value").await;
    window.wait_text("value-text", |text| text.contains("shipping_address") && text.contains("updated_at")).await;
    window.pictures("value-whole").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.close().await;
}
