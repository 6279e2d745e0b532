//! The real window: the built program, driven by WebKit's own driver in whatever display there is.

use crate::{Element, Session, artifacts, program};
use serde_json::Value;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long something may take to show before a journey gives up. Generous: it never decides what passes quickly.
const PATIENCE: Duration = Duration::from_secs(40);

/// Where an element is and whether it can be used: nothing while it can't.
const PLACE: &str = "const it = document.querySelector(CSS);
    if (it === null || it.disabled) return null;
    const at = it.getBoundingClientRect();
    return [at.x, at.y, at.width, at.height, innerWidth, innerHeight].join(' ');";

/// Takes note of whether the next click meets an element, or takes it away by its first half.
const WATCH: &str = "window.tapwrightMet = document.querySelector(CSS)?.tagName === 'OPTION';
    const met = () => { window.tapwrightMet = true; };
    document.addEventListener('click', (event) => { if (event.target.closest?.(CSS)) met(); }, { capture: true, once: true });
    document.addEventListener('pointerdown', (event) => {
        const it = event.target.closest?.(CSS);
        if (it) setTimeout(() => { if (!it.isConnected) met(); }, 100);
    }, { capture: true, once: true });";

/// Answers when what was changed is painted, on a busy machine, too; soon in any case.
const PAINTED: &str = "const done = arguments[arguments.length - 1];
    document.body.offsetHeight;
    document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
    requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
    setTimeout(() => done(false), 500);";

/// The sizes of the pictures: as the window opens, the smallest that it takes, and that of a large display.
const SIZES: [(&str, u32, u32); 3] = [("", 1280, 800), ("-wide", 1680, 1050), ("-small", 900, 600)];

/// How a window is started.
#[derive(Debug, Clone, Default)]
pub struct WindowOptions {
    /// The data folder.
    pub data_dir: PathBuf,
    /// What the file dialogs answer.
    pub dialog_answer: Option<PathBuf>,
    /// More of the environment.
    pub environment: Vec<(String, String)>,
}

/// A running window. Counts what a person would have done.
pub struct AppWindow {
    /// The WebDriver session.
    pub session: Session,
    driver: Child,
    actions: u32,
}

impl AppWindow {
    /// Starts the program and waits until Home shows.
    ///
    /// # Panics
    /// When there is no display, no driver, or no Home.
    pub async fn open(options: &WindowOptions) -> Self {
        assert!(std::env::var_os("DISPLAY").is_some(), "no display: run the tests by `make test`");
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        command
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("TAPWRIGHT_DATA_DIR", &options.data_dir)
            .env("TAPWRIGHT_DIALOG_ANSWER", options.dialog_answer.clone().unwrap_or_default())
            .envs(options.environment.iter().cloned())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit());
        let driver = command.spawn().unwrap_or_else(|error| panic!("WebKitWebDriver is missing: {error}"));
        let address = format!("http://127.0.0.1:{port}");
        let started = Instant::now();
        let session = loop {
            match Session::start(&address, &program("tapwright-app")).await {
                Ok(session) => break session,
                Err(error) => assert!(started.elapsed() < PATIENCE, "the window did not start: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let mut window = Self { session, driver, actions: 0 };
        window.wait("box").await;
        window.actions = 0;
        window
    }

    /// What a person did so far: clicks, pastes, key presses.
    pub fn actions(&self) -> u32 {
        self.actions
    }

    /// Waits for the element of a test id.
    ///
    /// # Panics
    /// When it does not come; a picture is kept.
    pub async fn wait(&mut self, id: &str) -> Element {
        self.wait_css(&format!("[data-testid='{id}']")).await
    }

    /// Waits for the element of a CSS selector.
    ///
    /// # Panics
    /// When it does not come; a picture is kept.
    pub async fn wait_css(&mut self, css: &str) -> Element {
        let started = Instant::now();
        loop {
            if let Ok(Some(element)) = self.session.find(css).await {
                return element;
            }
            if started.elapsed() > PATIENCE {
                self.picture("missing").await;
                let page = self.session.run("return document.body.innerText").await;
                panic!("{css} did not show. The page says: {page:?}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until an element's text fits.
    ///
    /// # Panics
    /// When it never does; the last text is told.
    pub async fn wait_text(&mut self, id: &str, fits: impl Fn(&str) -> bool) -> String {
        let started = Instant::now();
        loop {
            let element = self.wait(id).await;
            let text = self.session.text(&element).await.unwrap_or_default();
            if fits(&text) {
                return text;
            }
            if started.elapsed() > PATIENCE {
                self.picture("text").await;
                panic!("{id} says {text:?}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until an element says these words, those that its width cuts off among them.
    ///
    /// # Panics
    /// When it never does; the last text is told.
    pub async fn says(&self, id: &str, wanted: &[&str]) {
        let script = format!("return document.querySelector(\"[data-testid='{id}']\")?.textContent ?? ''");
        let started = Instant::now();
        loop {
            let told = self.session.run(&script).await.unwrap_or_default();
            let text = told.as_str().unwrap_or_default();
            if wanted.iter().all(|word| text.contains(word)) {
                return;
            }
            assert!(started.elapsed() < PATIENCE, "{id} says {text:?}, and never {wanted:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether an element of a test id shows now.
    pub async fn shows(&self, id: &str) -> bool {
        matches!(self.session.find(&format!("[data-testid='{id}']")).await, Ok(Some(_)))
    }

    /// Clicks: one action.
    ///
    /// # Panics
    /// When it can't be clicked.
    pub async fn click(&mut self, id: &str) {
        self.actions += 1;
        self.click_css(&format!("[data-testid='{id}']")).await;
    }

    /// Clicks what a selector finds, without counting. It waits until the element stands still and can be used, as a
    /// person does, and clicks again where the click met another element because the page moved under it.
    ///
    /// # Panics
    /// When it can't be clicked.
    pub async fn click_css(&mut self, css: &str) {
        let started = Instant::now();
        let mut fault = String::from("it never stood still");
        while started.elapsed() < PATIENCE {
            let element = self.wait_css(css).await;
            if self.stands_still(css).await {
                let _ = self.session.run(&WATCH.replace("CSS", &Value::from(css).to_string())).await;
                match self.session.click(&element).await {
                    Ok(()) if self.was_met().await => return,
                    Ok(()) => "the click met another element".clone_into(&mut fault),
                    Err(error) => fault = error.to_string(),
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        self.picture("click").await;
        panic!("{css} can't be clicked: {fault}");
    }

    /// Whether the element of a selector can be used and is where it was a moment ago.
    async fn stands_still(&self, css: &str) -> bool {
        let script = PLACE.replace("CSS", &Value::from(css).to_string());
        let before = self.session.run(&script).await.unwrap_or_default();
        tokio::time::sleep(Duration::from_millis(40)).await;
        !before.is_null() && self.session.run(&script).await.is_ok_and(|now| now == before)
    }

    /// Whether the watched click met its element. A page that was left can't tell, and was met.
    async fn was_met(&self) -> bool {
        for _ in 0..20 {
            match self.session.run("return window.tapwrightMet").await {
                Ok(Value::Bool(false)) => tokio::time::sleep(Duration::from_millis(25)).await,
                _ => return true,
            }
        }
        false
    }

    /// Pastes text and presses Enter: one action.
    ///
    /// # Panics
    /// When nothing takes it.
    pub async fn paste_and_enter(&mut self, id: &str, text: &str) {
        self.actions += 1;
        self.type_text(&format!("[data-testid='{id}']"), text).await;
        self.press(&["Enter"]).await;
    }

    /// Types text into what a selector finds, without counting.
    ///
    /// # Panics
    /// When nothing takes it.
    pub async fn type_text(&mut self, css: &str, text: &str) {
        let started = Instant::now();
        loop {
            let element = self.wait_css(css).await;
            match self.session.type_into(&element, text).await {
                Ok(()) => return,
                // Nothing was typed yet: the element went between the look and the first key.
                Err(error) => assert!(started.elapsed() < PATIENCE, "nothing can be typed into {css}: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Presses keys together: one action.
    ///
    /// # Panics
    /// When the driver refuses.
    pub async fn press_as_action(&mut self, keys: &[&str]) {
        self.actions += 1;
        self.press(keys).await;
    }

    /// Presses keys together, without counting.
    ///
    /// # Panics
    /// When the driver refuses.
    pub async fn press(&mut self, keys: &[&str]) {
        self.session.press(keys).await.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Keeps a picture of the window as `artifacts/NAME.png`, as it stands on the display: WebKit's own way waits for a
    /// next frame, which a page at rest never paints.
    pub async fn picture(&mut self, name: &str) {
        tokio::time::sleep(Duration::from_millis(150)).await;
        let Ok(rect) = self.session.rect().await else { return };
        let crop = format!("{}x{}+{}+{}", rect["width"], rect["height"], rect["x"], rect["y"]);
        let path = artifacts().join(format!("{name}.png"));
        let taken = Command::new("import").args(["-window", "root", "-crop", &crop, "+repage"]).arg(&path).status();
        assert!(taken.is_ok_and(|status| status.success()), "no picture: is imagemagick installed? (`make test` does)");
    }

    /// Keeps pictures in both themes at each size, and leaves the window as it was opened: `NAME-light`, `NAME-dark`,
    /// and `small` and `wide` of both.
    pub async fn pictures(&mut self, name: &str) {
        for (size, width, height) in SIZES {
            self.sized(width, height).await;
            for theme in ["light", "dark"] {
                let set = format!("document.documentElement.dataset.theme = '{theme}'; {PAINTED}");
                let _ = self.session.run_async(&set).await;
                self.picture(&format!("{name}{size}-{theme}")).await;
            }
        }
        let _ = self.session.run("document.documentElement.dataset.theme = 'light'").await;
        self.sized(1280, 800).await;
    }

    /// Gives the window a size, and waits until its page has it.
    async fn sized(&self, width: u32, height: u32) {
        let _ = self.session.resize(width, height).await;
        for _ in 0..20 {
            if self.session.run("return innerWidth").await.is_ok_and(|told| told == u64::from(width)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// What axe (axe-core) finds wrong on the page: id, impact and elements.
    ///
    /// # Panics
    /// When axe can't run.
    pub async fn axe(&self) -> Vec<String> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
        self.session.run(&format!("{source};window.axe=axe;")).await.unwrap_or_else(|error| panic!("{error}"));
        let script = "const done = arguments[arguments.length - 1];
            axe.run().then(r => done(r.violations.map(v => v.id + ' (' + v.impact + '): ' +
                v.nodes.map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))),
                e => done(['axe failed: ' + e]));";
        let found = self.session.run_async(script).await.unwrap_or_else(|error| panic!("{error}"));
        found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Kills the window as a crash would: nothing is closed in order, nothing is asked.
    pub async fn crash(self) {
        drop(self);
    }

    /// Closes the window.
    pub async fn close(self) {
        let _ = self.session.end().await;
    }
}

/// The window of a journey that failed must not lie over the next one's.
impl Drop for AppWindow {
    fn drop(&mut self) {
        let parent = self.driver.id();
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let status = std::fs::read_to_string(entry.path().join("status")).unwrap_or_default();
            if status.lines().any(|line| line.strip_prefix("PPid:").is_some_and(|id| id.trim() == parent.to_string())) {
                let id = entry.file_name().to_string_lossy().into_owned();
                let _ = Command::new("kill").args(["-9", &id]).status();
            }
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .unwrap_or(0)
}
