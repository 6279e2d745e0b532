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
    let editor = window.wait_css(".cm-content").await;
    window.press(&["Control", "End"]).await;
    window.type_text(&editor, "\n# mine").await;
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
