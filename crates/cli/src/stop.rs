//! Ctrl-C and SIGTERM: the first one drains, the second one ends at once.

use crate::exit;
use crate::out::Out;
use tokio_util::sync::CancellationToken;

/// A token that the first signal cancels. Must be called within the runtime.
pub fn on_signal(out: &Out) -> CancellationToken {
    let token = CancellationToken::new();
    let (stop, out) = (token.clone(), out.clone());
    tokio::spawn(async move {
        if wait().await.is_err() {
            return;
        }
        out.say("Stopping; what was read is being saved. Once more ends at once.");
        stop.cancel();
        if wait().await.is_ok() {
            std::process::exit(i32::from(exit::INTERRUPTED));
        }
    });
    token
}

#[cfg(unix)]
async fn wait() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = term.recv() => Ok(()),
        _ = hangup.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn wait() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
