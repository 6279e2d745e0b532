//! What the program is started with: files, links and switches. The same words come from a second start.

use crate::events::Pump;
use api::contract::AppEvent;
use std::path::{Path, PathBuf};

/// What the program is started with.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Launch {
    /// Draw without what graphics drivers may get wrong.
    pub safe_rendering: bool,
    /// Files, whole paths, and links, in their order.
    pub opens: Vec<String>,
    /// To be printed instead of opening a window.
    pub says: Option<String>,
}

impl Launch {
    /// Reads the words behind the program's name.
    pub fn read(words: impl IntoIterator<Item = String>, folder: &Path) -> Self {
        let mut launch = Self::default();
        for word in words {
            match word.as_str() {
                "--safe-rendering" => launch.safe_rendering = true,
                "--version" | "-V" => launch.says = Some(format!("tapwright-app {}", env!("CARGO_PKG_VERSION"))),
                "--help" | "-h" => launch.says = Some(HELP.to_owned()),
                // A desktop's own switches, and an empty %u.
                switch if switch.is_empty() || switch.starts_with("--") => {}
                link if link.starts_with("tapwright:") => launch.opens.push(word),
                file => launch.opens.push(whole(file, folder).display().to_string()),
            }
        }
        launch
    }
}

const HELP: &str = "Opens Tapwright's window.

Usage: tapwright-app [--safe-rendering] [FILE or tapwright://open?url=…]

  --safe-rendering  Draws in software, where the window stays blank (also TAPWRIGHT_SAFE_RENDERING=1)

A window that is open already opens the file instead. The command line is called `tapwright`.";

/// The whole path of a file, or of a `file://` address.
fn whole(word: &str, folder: &Path) -> PathBuf {
    let path =
        tauri::Url::parse(word).ok().filter(|url| url.scheme() == "file").and_then(|url| url.to_file_path().ok());
    folder.join(path.unwrap_or_else(|| PathBuf::from(word)))
}

/// Opens what was named, in the page. Nothing runs by it: a connector shows its sheet, a link asks first.
pub fn open(pump: &Pump, opens: &[String]) {
    // One thing stands in front: the last one named would cover the others.
    let Some(first) = opens.first() else { return };
    pump.send_or_keep(event(first));
}

fn event(word: &str) -> AppEvent {
    if word.starts_with("tapwright:") {
        return match link(word) {
            Some(url) => AppEvent::LinkAsked { url },
            None => AppEvent::Notify {
                title: "Tapwright".to_owned(),
                text: "A link was followed that this version does not know. Nothing was opened.".to_owned(),
            },
        };
    }
    let path = Path::new(word);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    AppEvent::Dropped { text: api::openable(path), name, of: 1 }
}

/// Where `tapwright://open?url=…` leads.
fn link(word: &str) -> Option<String> {
    let url = tauri::Url::parse(word).ok()?;
    if url.host_str() != Some("open") {
        return None;
    }
    let found = url.query_pairs().find(|(name, _)| name == "url").map(|(_, value)| value.into_owned());
    found.filter(|url| !url.is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]
    use super::{Launch, link};
    use std::path::Path;

    fn read(words: &[&str]) -> Launch {
        Launch::read(words.iter().map(|word| (*word).to_owned()), Path::new("/home/ann"))
    }

    #[test]
    fn words_are_files_links_and_switches() {
        let launch =
            read(&["--safe-rendering", "a.connector.yaml", "file:///tmp/b%20c.yaml", "tapwright://open?url=x", ""]);
        assert!(launch.safe_rendering);
        assert_eq!(launch.opens, ["/home/ann/a.connector.yaml", "/tmp/b c.yaml", "tapwright://open?url=x"]);
        assert!(read(&["--help"]).says.unwrap().contains("--safe-rendering"));
        assert_eq!(read(&["--gapplication-service"]), Launch::default());
    }

    #[test]
    fn a_link_says_where_it_leads() {
        let leads = link("tapwright://open?url=https%3A%2F%2Facme.test%2Fa.yaml%3Fv%3D2&x=1");
        assert_eq!(leads.as_deref(), Some("https://acme.test/a.yaml?v=2"));
        for other in
            ["tapwright://run?url=https://acme.test", "tapwright://open", "tapwright://open?url=", "tapwright:"]
        {
            assert_eq!(link(other), None, "{other}");
        }
    }
}
