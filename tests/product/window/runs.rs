//! Runs in the window: charts, the error inspector, going on, two runs side by side.

use super::options;
use product_tests::AppWindow;
use sample_api::{SampleOptions, Sizes};

#[tokio::test(flavor = "multi_thread")]
async fn a_run_shows_its_charts_and_two_runs_are_compared() {
    let sizes = Sizes { customers: 6_000, ..Sizes::default() };
    let server = sample_api::start(SampleOptions { sizes, ..SampleOptions::default() }).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/open/customers", server.addr)).await;
    window.click("accept").await;
    window.click("sync-start").await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    window.wait_css("[data-testid='chart-records'] svg path.chart-line").await;
    window.wait_css("[data-testid='chart-latency'] svg path.chart-line").await;
    // What a chart shows is said for people who do not see it.
    window.wait_css("[data-testid='chart-records'] [role='slider'][aria-valuetext*='6,000']").await;
    window.pictures("run-charts").await;
    assert_eq!(window.axe().await, Vec::<String>::new());

    // The same on the command line, as it is copied.
    let line = window.wait_text("sync-line-here", |text| text.contains(" sync ")).await;
    let ran = std::process::Command::new("sh").args(["-c", &line]).output().expect("a shell");
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && said.contains(", 0 new"), "{line}: {said}");

    window.click("sync-start").await;
    window.wait_css("[data-testid='run-proof'] [data-proof]").await;
    window.wait_css("[data-testid='run-list'] tbody tr:nth-child(2)").await;
    window.picture("run-proof").await;
    window.wait_text("run-outcome", |text| text.contains("Done")).await;
    window.click_css("[data-testid='run-list'] tbody tr:nth-child(1) input").await;
    window.click_css("[data-testid='run-list'] tbody tr:nth-child(2) input").await;
    window.click("run-compare").await;
    window.wait_css("[data-testid='compare'] table").await;
    window.pictures("run-compare").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_part_is_synced_and_then_the_rest() {
    let sizes = Sizes { customers: 6_000, ..Sizes::default() };
    let server = sample_api::start(SampleOptions { sizes, ..SampleOptions::default() }).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = AppWindow::open(&options(folder.path(), None)).await;
    window.paste_and_enter("box", &format!("http://{}/open/customers", server.addr)).await;
    window.click("accept").await;
    window.click("sync-limit").await;
    window.wait("menu-limit-1000").await;
    window.pictures("sync-limit").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("menu-limit-100").await;
    window.wait_css("[data-testid='run-outcome'][data-outcome='limited']").await;
    window.wait_css("[data-testid='run-counts'][data-new='100']").await;
    window.wait("run-proof").await;
    window.wait("sync-full").await;
    window.pictures("run-limited").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    // "Go on" reads the rest, and another one proves that nothing is read twice.
    window.click("sync-start").await;
    window.wait_css("[data-testid='run-counts'][data-new='5900']").await;
    window.click("sync-start").await;
    window.wait_css("[data-testid='run-proof'] [data-proof]").await;
    window.wait_css("[data-testid='run-counts'][data-new='0']").await;
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_is_looked_into_and_leads_to_the_field() {
    let server = sample_api::start(SampleOptions::default()).expect("the sample API");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("orders.connector.yaml");
    let text = |path: &str| {
        format!(
            "tapwright: 1\nname: acme\ntitle: Acme\nhttp: {{base_url: 'http://{}/open'}}\nstreams:\n  - name: orders\n    \
         request: {{path: {path}}}\n    records: {{path: '$.items[*]'}}\n    key: [id]\n",
            server.addr
        )
    };
    std::fs::write(&file, text("/orders")).expect("written");
    let mut window = AppWindow::open(&options(folder.path(), Some(&file))).await;
    window.click("open-file").await;
    window.click("trust-accept").await;
    window.click("accept").await;
    window.wait("sync-start").await;
    std::fs::write(&file, text("/nothing-here")).expect("written");
    window.click("nav-home").await;
    window.click("open-file").await;
    window.click("update-apply").await;
    window.click("sync-start").await;
    window.wait_css("[data-testid='run-outcome'][data-outcome='failed']").await;
    window.wait("run-sent").await;
    window.wait("run-curl").await;
    window.pictures("run-error").await;
    assert_eq!(window.axe().await, Vec::<String>::new());
    window.click("run-error-field").await;
    // The builder stands where the request's path is set.
    window.wait_css("[data-testid='section-request'][aria-current='true'], .builder").await;
    window.pictures("run-error-field").await;
    window.close().await;
}
