//! The path that the product exists for, by the keyboard alone; where the focus is, is always seen.

use super::options;
use product_tests::AppWindow;
use serde_json::Value;
use std::path::Path;

/// What has the focus, and whether that is seen: by an outline of its own, or of the cell or row that it stands for.
const FOCUS: &str = "
    const one = document.activeElement;
    if (one === null || one === document.body) return ['nothing', false];
    const outlined = (each) => getComputedStyle(each).outlineStyle !== 'none' && parseFloat(getComputedStyle(each).outlineWidth) > 0;
    // A line between two panes is drawn in the accent; a text has its outline around all of its editor.
    const seen = outlined(one) || outlined(one.closest('.cm-editor') ?? one) || one.matches('.room, .split') || one.querySelector('.here') !== null;
    return [`${one.tagName.toLowerCase()} ${one.dataset.testid ?? one.className}`, seen];";

/// Goes on with Tab until the focus is where it is wanted. No stop on the way is unseen.
async fn tab_to(window: &mut AppWindow, id: &str) {
    let mut stops = Vec::new();
    for _ in 0..90 {
        window.press(&["Tab"]).await;
        let focus = window.session.run(FOCUS).await.expect("the focus");
        let name = focus[0].as_str().unwrap_or_default().to_owned();
        assert!(name == "nothing" || focus[1] == Value::Bool(true), "the focus on {name} is not seen");
        if name.ends_with(&format!(" {id}")) {
            return;
        }
        stops.push(name);
    }
    panic!("Tab never came to {id}: {stops:?}");
}

/// Goes back with Shift and Tab until the focus is where it is wanted.
async fn back_to(window: &mut AppWindow, id: &str) {
    for _ in 0..90 {
        window.press(&["Shift", "Tab"]).await;
        let focus = window.session.run(FOCUS).await.expect("the focus");
        if focus[0].as_str().is_some_and(|name| name.ends_with(&format!(" {id}"))) {
            return;
        }
    }
    panic!("Shift and Tab never came to {id}");
}

/// The type of the second column, once it is as wanted.
async fn typed(window: &mut AppWindow, wanted: impl Fn(&str) -> bool) -> String {
    let script = "return document.querySelector('[data-testid=field-type-1]').value";
    for _ in 0..200 {
        if let Ok(Value::String(now)) = window.session.run(script).await
            && wanted(&now)
        {
            return now;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the type is {:?}", window.session.run(script).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_sample_to_a_shared_file_by_keys_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let shared = folder.path().join("sample.connector.yaml");
    let mut window = AppWindow::open(&options(folder.path(), Some(&shared))).await;
    tab_to(&mut window, "try-sample").await;
    window.picture("keyboard-home").await;
    window.press(&["Enter"]).await;
    window.wait("key-send").await;
    window.press(&["Control", "Enter"]).await;
    window.wait("accept").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;

    // Through the tabs, and back to the mapping.
    tab_to(&mut window, "tab-records").await;
    for tab in ["mapping", "response", "request", "schema", "state", "log"] {
        window.press(&["ArrowRight"]).await;
        window.wait_css(&format!("[data-testid='tab-{tab}'][aria-selected='true']")).await;
    }
    window.press(&["Home"]).await;
    window.press(&["ArrowRight"]).await;
    window.wait_css("[data-testid='tab-mapping'][aria-selected='true']").await;
    window.picture("keyboard-tabs").await;

    // Another name for a column.
    window.wait("field-name-1").await;
    tab_to(&mut window, "field-name-1").await;
    window.press(&["Control", "a"]).await;
    for key in ["o", "w", "n"] {
        window.press(&[key]).await;
    }
    named(&mut window).await;
    window.picture("keyboard-name").await;

    // Another type, and back to what it was.
    tab_to(&mut window, "field-type-1").await;
    let first = typed(&mut window, |_| true).await;
    window.press(&["ArrowDown"]).await;
    let other = typed(&mut window, |now| now != first).await;
    window.picture("keyboard-type").await;
    window.press(&["ArrowUp"]).await;
    assert_eq!(typed(&mut window, |now| now != other).await, first);

    // The window's keys work in the text, too, and do not change it.
    back_to(&mut window, "view-table").await;
    window.press(&["End"]).await;
    window.wait("yaml").await;
    tab_to(&mut window, "yaml").await;
    window.press(&["Control", "/"]).await;
    window.wait_css("[role='dialog']").await;
    window.picture("keyboard-keys").await;
    window.press(&["Escape"]).await;
    let text = "return document.querySelector('[data-testid=yaml]').innerText.includes('# tapwright: 1')";
    assert_eq!(window.session.run(text).await.expect("the text"), Value::Bool(false), "the line is no comment now");
    // Escape, then Shift and Tab, leaves the text.
    window.press(&["Escape"]).await;
    back_to(&mut window, "view-yaml").await;
    window.press(&["Home"]).await;

    window.press(&["Control", "Enter"]).await;
    window.wait("sync-start").await;
    window.press(&["Control", "Enter"]).await;
    window.wait_css("[data-testid='run-outcome'][data-outcome='done']").await;
    tab_to(&mut window, "browse-data").await;
    window.press(&["Enter"]).await;
    window.wait_css("[data-testid='data-rows'] [role='gridcell']").await;
    tab_to(&mut window, "data-rows").await;
    for key in ["ArrowDown", "ArrowDown", "ArrowRight"] {
        window.press(&[key]).await;
    }
    window.picture("keyboard-data").await;
    window.press(&["Enter"]).await;
    window.wait_css("[role='dialog']").await;
    window.press(&["Escape"]).await;

    window.press(&["Control", "s"]).await;
    window.wait_text("share-text", |text| text.contains("tapwright: 1")).await;
    window.picture("keyboard-share").await;
    saved(&shared).await;
    assert_eq!(window.actions(), 0, "nothing was clicked");
    window.close().await;
}

/// Waits until the second column has its name.
async fn named(window: &mut AppWindow) {
    let script = "return document.querySelector('[data-testid=field-name-1]').value";
    for _ in 0..200 {
        if window.session.run(script).await.is_ok_and(|value| value == "own") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the name is {:?}", window.session.run(script).await);
}

async fn saved(path: &Path) {
    for _ in 0..400 {
        if std::fs::read_to_string(path).is_ok_and(|text| text.contains("tapwright: 1")) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{} was not saved", path.display());
}
