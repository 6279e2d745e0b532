//! What stands fixed in a URL is offered, and taken by one click; what goes wrong leads to the field.

use super::options;
use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use product_tests::AppWindow;

/// Projects with issues, teams without a list of their own, and answers of every bad kind. Gives its address.
async fn serve() -> String {
    let json = |text: String| ([(header::CONTENT_TYPE, "application/json")], text);
    let all = |of: &dyn Fn(u32) -> String| format!("[{}]", (1..=5).map(of).collect::<Vec<_>>().join(","));
    let projects = all(&|n| format!(r#"{{"id":{n},"name":"project {n}"}}"#));
    let issues = move |Path(id): Path<String>| async move {
        json(all(&|n| format!(r#"{{"number":{n},"title":"issue {n} of project {id}","state":"open"}}"#)))
    };
    let members = r#"[{"id":7,"name":"Ann"},{"id":8,"name":"Bob"}]"#;
    let routes = Router::new()
        .route("/api/v4/projects", get(move || async move { json(projects) }))
        .route("/api/v4/projects/{id}/issues", get(issues))
        .route("/teams/{id}/members", get(move || async move { json(members.to_owned()) }))
        .route("/bad/{what}", get(|Path(what): Path<String>| async move { bad(&what) }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

fn bad(what: &str) -> Response {
    let html = |title: &str| {
        let page = format!("<!doctype html><html><head><title>{title}</title></head><body></body></html>");
        ([(header::CONTENT_TYPE, "text/html")], page)
    };
    match what {
        "missing" => (StatusCode::NOT_FOUND, "{\"message\":\"No route\"}").into_response(),
        "busy" => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "600")], "{}").into_response(),
        "gateway" => (StatusCode::BAD_GATEWAY, html("502 Bad Gateway")).into_response(),
        "login" => html("Sign in to Acme").into_response(),
        "cut" => "[{\"id\":1},{\"id\":2,\"na".into_response(),
        "plain" => "this is plain text".into_response(),
        "round" => (StatusCode::FOUND, [(header::LOCATION, "/bad/round")]).into_response(),
        _ => String::new().into_response(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_in_the_path_becomes_every_parent_by_one_click() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = serve().await;
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("{base}/api/v4/projects/3/issues")).await;
    window.wait("accept").await;
    window.wait("offer-project_id").await;
    window.pictures("offer").await;
    assert_eq!(window.axe().await, [""; 0]);
    window.click("offer-project_id-parent").await;
    window.wait_css("[data-testid='records-grid'] [role='gridcell']").await;
    gone(&mut window, "offers").await;
    window.click("tab-request").await;
    window.pictures("offer-taken").await;
    window.click("undo").await;
    window.wait("offer-project_id").await;
    window.click("offer-project_id-leave").await;
    gone(&mut window, "offers").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_whose_parents_can_not_be_read_becomes_an_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = serve().await;
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("{base}/teams/12/members")).await;
    window.wait("offer-team_id").await;
    window.click("offer-team_id-parent").await;
    window.wait_text("notes", |text| text.contains("404") && text.contains("team_id")).await;
    gone(&mut window, "offers").await;
    window.pictures("offer-input").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_named_and_leads_to_the_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = serve().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    for (url, code, change) in [
        (format!("{base}/bad/missing"), "not_found", Some("Path")),
        (format!("{base}/bad/busy"), "rate_limited", Some("Rate limit")),
        (format!("{base}/bad/gateway"), "server_error", None),
        (format!("{base}/bad/login"), "html_not_json", Some("Base URL")),
        (format!("{base}/bad/cut"), "not_json", Some("Decode")),
        (format!("{base}/bad/plain"), "not_json", Some("Decode")),
        (format!("{base}/bad/empty"), "not_json", Some("Decode")),
        (format!("{base}/bad/round"), "too_many_redirects", Some("Path")),
        (format!("http://{closed}/things"), "no_answer", Some("Base URL")),
    ] {
        window.paste_and_enter("box", &url).await;
        window.wait_css(&format!("[data-testid='problem'][data-code='{code}']")).await;
        // The field by the name that its form gives it.
        match change {
            Some(field) => window.says("problem-field", &[&format!("Change “{field}”")]).await,
            None => assert!(!window.shows("problem-field").await, "{url}"),
        }
        let name = url.rsplit('/').next().unwrap_or_default();
        window.picture(&format!("error-{name}")).await;
        // A new one: the box is empty again.
        window.press(&["Control", "n"]).await;
        window.wait("box").await;
    }
    window.close().await;
}

/// Waits until something is not shown any more.
async fn gone(window: &mut AppWindow, id: &str) {
    for _ in 0..200 {
        if !window.shows(id).await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{id} is still there");
}
