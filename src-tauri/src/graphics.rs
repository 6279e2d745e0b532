//! Graphics drivers that leave a WebKitGTK window blank. The renderer that is known for it is off; a window whose page
//! does not paint all the same starts again once, drawn in software, and this is remembered.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tauri::{AppHandle, State};

/// How long a page may take to paint. Generous: a slow machine is no blank window.
const PATIENCE: Duration = Duration::from_secs(30);
/// Says that the window is to be drawn in software.
const SAFE: &str = "TAPWRIGHT_SAFE_RENDERING";
/// Another patience, in seconds; 0 waits for ever.
const SECONDS: &str = "TAPWRIGHT_PAINT_SECONDS";
/// Tells on standard output how many milliseconds it took until the page painted and could be used.
const TIMES: &str = "TAPWRIGHT_START_TIMES";
/// Lets a page seem blank. Only tests set it.
const BLANK: &str = "TAPWRIGHT_SEEM_BLANK";

/// How the window is drawn, and whether its page painted.
pub struct Rendering {
    /// Whether it is drawn in software.
    pub safe: bool,
    painted: AtomicBool,
    remembered: PathBuf,
}

impl Rendering {
    /// Decides how the window is drawn: as asked for, or as remembered.
    pub fn choose(asked: bool, data_dir: &Path) -> Self {
        let remembered = data_dir.join("safe-rendering");
        let set = std::env::var_os(SAFE).map(|value| !value.is_empty() && value != "0");
        let safe = asked || set.unwrap_or_else(|| remembered.exists());
        Self { safe, painted: AtomicBool::new(false), remembered }
    }

    /// As a fact for people.
    pub fn word(&self) -> &'static str {
        if self.safe { "safe, in software" } else { "as usual" }
    }
}

/// Turns off what drivers get wrong, unless the person chose. Must run before any thread starts.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "set_var is sound here: first statements of main, no other thread runs yet")]
pub fn prepare(rendering: &Rendering) {
    let mut wanted = vec![("WEBKIT_DISABLE_DMABUF_RENDERER", "1")];
    if rendering.safe {
        wanted.extend([("WEBKIT_DISABLE_COMPOSITING_MODE", "1"), ("LIBGL_ALWAYS_SOFTWARE", "1")]);
        eprintln!("Safe rendering is on.");
    }
    for (name, value) in wanted {
        if std::env::var_os(name).is_none() {
            // SAFETY: called at the start of main, before any thread is spawned.
            unsafe { std::env::set_var(name, value) };
        }
    }
}

/// Other systems have no such trouble.
#[cfg(not(target_os = "linux"))]
pub fn prepare(_rendering: &Rendering) {}

/// When the program began.
static STARTED: OnceLock<Instant> = OnceLock::new();

/// Remembers when the program began.
pub fn started() {
    STARTED.get_or_init(Instant::now);
}

/// Gives the page the theme that was chosen, before it draws anything: until the page asked for the settings it would have
/// the system's.
pub const THEME: &str = "try { const theme = localStorage.getItem('tapwright.theme'); \
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme; } catch {}";

/// The page tells that it painted, `ago` milliseconds ago; `ready`: also that what the first view shows is there and can
/// be used.
#[tauri::command]
pub fn painted(rendering: State<'_, Rendering>, ready: bool, ago: u64) {
    if std::env::var_os(TIMES).is_some()
        && let Some(since) = STARTED.get()
    {
        println!(
            "{} {}",
            if ready { "ready" } else { "painted" },
            since.elapsed().as_millis().saturating_sub(ago.into())
        );
    }
    if std::env::var_os(BLANK).is_none() || rendering.safe {
        rendering.painted.store(true, Ordering::Release);
    }
}

/// Whether the window is to be drawn in software from the next start on; without a value, only tells.
#[tauri::command]
pub fn safe_rendering(rendering: State<'_, Rendering>, on: Option<bool>) -> bool {
    let done = match on {
        Some(true) => std::fs::write(&rendering.remembered, "1\n"),
        Some(false) if rendering.remembered.exists() => std::fs::remove_file(&rendering.remembered),
        _ => Ok(()),
    };
    if let Err(error) = done {
        tracing::warn!(%error, "The way of drawing was not remembered.");
    }
    rendering.remembered.exists()
}

/// Draws the page larger or smaller: 1 is as it comes.
#[tauri::command]
pub fn zoom(window: tauri::WebviewWindow, factor: f64) {
    if let Err(error) = window.set_zoom(factor.clamp(0.5, 3.0)) {
        tracing::warn!(%error, "The page keeps its size.");
    }
}

/// Names the window after what stands in it.
#[tauri::command]
pub fn title(window: tauri::WebviewWindow, text: String) {
    if let Err(error) = window.set_title(&text) {
        tracing::warn!(%error, "The window keeps its title.");
    }
}

/// Watches whether the page paints.
#[cfg(target_os = "linux")]
pub fn watch(handle: AppHandle) {
    use tauri::Manager;
    let set = std::env::var(SECONDS).ok().and_then(|text| text.parse().ok()).map(Duration::from_secs);
    // A driver of tests waits by itself, and would lose a window that starts again.
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    let patience = match set {
        Some(Duration::ZERO) => return,
        None if driven => return,
        set => set.unwrap_or(PATIENCE),
    };
    std::thread::spawn(move || {
        std::thread::sleep(patience);
        let rendering = handle.state::<Rendering>();
        if rendering.painted.load(Ordering::Acquire) {
            return;
        }
        let seconds = patience.as_secs();
        if rendering.safe {
            eprintln!("The page did not paint within {seconds} s, in software either. See docs/guide/desktop.md.");
            return;
        }
        eprintln!("The page did not paint within {seconds} s: starting again with safe rendering.");
        start_in_software(&handle);
    });
}

/// Other systems have no such trouble.
#[cfg(not(target_os = "linux"))]
pub fn watch(_handle: AppHandle) {}

/// Becomes the same program with the same words, drawn in software from now on.
#[cfg(target_os = "linux")]
pub fn start_in_software(handle: &AppHandle) {
    use std::os::unix::process::CommandExt;
    use tauri::Manager;
    let _ = std::fs::write(&handle.state::<Rendering>().remembered, "1\n");
    tauri::async_runtime::block_on(handle.state::<api::App>().close());
    let Ok(program) = std::env::current_exe() else { return };
    let error = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(SAFE, "1").exec();
    eprintln!("The program did not start again: {error}");
    std::process::exit(1);
}
