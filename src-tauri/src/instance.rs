//! One window for one data folder: a second start gives what it was to open to the first one, and ends.

use std::path::{Path, PathBuf};

/// A path of a socket has to be shorter.
const LONGEST_PATH: usize = 100;

/// Where the first window listens: in the data folder, which is its owner's alone, or by a short name of it among what
/// lives as long as the session.
fn socket(data_dir: &Path) -> Option<PathBuf> {
    let inside = data_dir.join("window.sock");
    if inside.as_os_str().len() < LONGEST_PATH {
        return Some(inside);
    }
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    data_dir.hash(&mut hasher);
    let session = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from)?;
    Some(session.join(format!("tapwright-{:016x}.sock", hasher.finish())))
}

#[cfg(unix)]
mod unix {
    use super::socket;
    use crate::events::Pump;
    use crate::launch;
    use std::io::{BufRead, BufReader, Read, Write};
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::Path;
    use std::time::Duration;
    use tauri::{AppHandle, Manager, UserAttentionType};

    const PATIENCE: Duration = Duration::from_secs(5);
    /// The most that a second start may say, in bytes.
    const LONGEST: u64 = 64 * 1024;
    const TAKEN: &str = "taken";

    /// Gives what is to be opened to a window that is there already. Whether one took it.
    pub fn hand_over(data_dir: &Path, opens: &[String]) -> bool {
        let Some(mut there) = socket(data_dir).and_then(|path| UnixStream::connect(path).ok()) else { return false };
        let said = serde_json::to_string(opens).unwrap_or_default();
        let patient = there.set_read_timeout(Some(PATIENCE)).and_then(|()| there.set_write_timeout(Some(PATIENCE)));
        if patient.and_then(|()| writeln!(there, "{said}")).is_err() {
            return false;
        }
        let mut answer = String::new();
        BufReader::new(there).read_line(&mut answer).is_ok() && answer.trim() == TAKEN
    }

    /// Listens for second starts. Without a socket each start is a window of its own.
    pub fn listen(data_dir: &Path, handle: AppHandle) {
        let Some(path) = socket(data_dir) else { return };
        // Nobody answered there: what is left of it is a killed window's.
        let _ = std::fs::remove_file(&path);
        let listener = match UnixListener::bind(&path) {
            Ok(listener) => listener,
            Err(error) => {
                tracing::warn!(%error, "A second start will open a window of its own.");
                return;
            }
        };
        std::thread::spawn(move || {
            for there in listener.incoming().flatten() {
                if let Some(opens) = said(&there) {
                    show(&handle);
                    launch::open(&handle.state::<Pump>(), &opens);
                    let _ = writeln!(&there, "{TAKEN}");
                }
            }
        });
    }

    /// Ends listening: the next start is a first one.
    pub fn leave(data_dir: &Path) {
        if let Some(path) = socket(data_dir) {
            let _ = std::fs::remove_file(path);
        }
    }

    fn said(there: &UnixStream) -> Option<Vec<String>> {
        there.set_read_timeout(Some(PATIENCE)).ok()?;
        let mut line = String::new();
        BufReader::new(there.take(LONGEST)).read_line(&mut line).ok()?;
        serde_json::from_str(&line).ok()
    }

    fn show(handle: &AppHandle) {
        let Some(window) = handle.get_webview_window("main") else { return };
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        // A desktop may refuse the focus: then the window asks for attention.
        let asked = window.request_user_attention(Some(UserAttentionType::Informational));
        if let Err(error) = shown.and(asked) {
            tracing::debug!(%error, "The window did not come to the front.");
        }
    }
}

#[cfg(unix)]
pub use unix::{hand_over, leave, listen};

/// Elsewhere each start is a window of its own.
#[cfg(not(unix))]
pub fn hand_over(_data_dir: &Path, _opens: &[String]) -> bool {
    false
}

/// Elsewhere nobody listens.
#[cfg(not(unix))]
pub fn listen(_data_dir: &Path, _handle: tauri::AppHandle) {}

/// Elsewhere nobody listens.
#[cfg(not(unix))]
pub fn leave(_data_dir: &Path) {}
