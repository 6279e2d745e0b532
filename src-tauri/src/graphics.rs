//! Graphics drivers that leave a WebKitGTK window blank.

/// Turns off the renderer that shows a blank window on some NVIDIA and Wayland set-ups, unless the person chose one.
/// Must run before any thread starts.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "set_var is sound here: first statement of main, no other thread runs yet")]
pub fn avoid_blank_window() {
    if std::env::var_os("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        // SAFETY: called at the start of main, before any thread is spawned.
        unsafe { std::env::set_var("WEBKIT_DISABLE_DMABUF_RENDERER", "1") };
    }
}

/// Other systems have no such trouble.
#[cfg(not(target_os = "linux"))]
pub fn avoid_blank_window() {}
