//! What a critical eye finds: pictures of a room in each theme and size, and what can be told without an eye.

use product_tests::AppWindow;

/// What is wrong with how the page looks: what is wider than the window, words that are cut, and buttons that nobody
/// gave a look.
const FLAWS: &str = "
    const flaws = [];
    const name = (one) => `${one.tagName.toLowerCase()}.${one.className} \"${(one.textContent ?? '').slice(0, 40)}\"`;
    const page = document.scrollingElement;
    if (page.scrollWidth > page.clientWidth + 1) flaws.push(`the page is ${page.scrollWidth} wide, the window ${page.clientWidth}`);
    for (const room of document.querySelectorAll('.room, .page, .full, .connection-part, .sheet-body, .forms-section'))
        if (room.scrollWidth > room.clientWidth + 1) flaws.push(`wider than its place: ${name(room).slice(0, 60)}`);
    for (const one of document.querySelectorAll('button')) {
        const style = getComputedStyle(one);
        if (style.borderTopStyle === 'outset') flaws.push(`a button without a look: ${name(one)}`);
    }
    for (const one of document.querySelectorAll('.btn, .tag, .label, .form-label, [role=tab], h2, h3, dt, .segmented button')) {
        if (one.closest('[role=grid], .sr-only, .terse') !== null || one.classList.contains('sr-only') || one.clientWidth === 0) continue;
        if (one.scrollWidth > one.clientWidth + 2) flaws.push(`cut: ${name(one)}`);
    }
    return flaws;";

/// Flaws of the page, once its views have found their sizes.
pub(super) async fn flaws(window: &AppWindow) -> Vec<String> {
    let mut flaws = Vec::new();
    for _ in 0..60 {
        let found = window.session.run(FLAWS).await.unwrap_or_else(|error| panic!("{error}"));
        flaws = found.as_array().into_iter().flatten().filter_map(|one| one.as_str()).map(str::to_owned).collect();
        if flaws.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    flaws
}

/// Shows a theme as it is when its colours have come to rest.
pub(super) async fn theme(window: &AppWindow, theme: &str) {
    let script = format!(
        "document.documentElement.dataset.theme = '{theme}'; document.body.offsetHeight;
         document.getAnimations().filter(one => one instanceof CSSTransition).forEach(one => one.finish());"
    );
    window.session.run(&script).await.expect("the theme");
}

/// Takes a room's pictures. Nothing is wrong with it in either theme, nor in a small window.
pub(super) async fn look(window: &mut AppWindow, room: &str) {
    window.pictures(&format!("room-{room}")).await;
    for colours in ["light", "dark"] {
        theme(window, colours).await;
        assert_eq!(window.axe().await, Vec::<String>::new(), "{room}, {colours}");
    }
    assert_eq!(flaws(window).await, Vec::<String>::new(), "{room}");
    window.session.resize(900, 600).await.expect("a small window");
    assert_eq!(flaws(window).await, Vec::<String>::new(), "{room}, small");
    window.session.resize(1280, 800).await.expect("the usual window");
    theme(window, "light").await;
}
