//! A small WebDriver client (W3C WebDriver): what the journeys need of the protocol, over JSON.

use serde_json::{Value, json};
use std::fmt;
use std::path::Path;
use std::time::Duration;

/// The key that marks an element in answers (W3C WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What the driver refused.
#[derive(Debug, Clone)]
pub struct WebDriverError(pub String);

impl fmt::Display for WebDriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WebDriverError {}

/// An element of the page.
#[derive(Debug, Clone)]
pub struct Element(String);

/// One session: one window.
#[derive(Debug, Clone)]
pub struct Session {
    http: reqwest::Client,
    base: String,
}

impl Session {
    /// Starts a program through a driver that listens at `driver` (`http://127.0.0.1:4445`).
    pub async fn start(driver: &str, program: &Path) -> Result<Self, WebDriverError> {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(60))
            .no_proxy()
            .build()
            .map_err(|error| WebDriverError(error.to_string()))?;
        let options = json!({"binary": program.to_string_lossy(), "args": []});
        let capabilities = json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let answer = send(&http, reqwest::Method::POST, &format!("{driver}/session"), Some(capabilities)).await?;
        let id = answer["sessionId"].as_str().ok_or_else(|| WebDriverError(format!("no session: {answer}")))?;
        Ok(Self { http, base: format!("{driver}/session/{id}") })
    }

    /// Ends the session and closes the window.
    pub async fn end(&self) -> Result<(), WebDriverError> {
        send(&self.http, reqwest::Method::DELETE, &self.base, None).await.map(|_| ())
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value, WebDriverError> {
        send(&self.http, reqwest::Method::POST, &format!("{}{path}", self.base), Some(body)).await
    }

    async fn get(&self, path: &str) -> Result<Value, WebDriverError> {
        send(&self.http, reqwest::Method::GET, &format!("{}{path}", self.base), None).await
    }

    /// The first element that fits a CSS selector, if there is one now.
    pub async fn find(&self, css: &str) -> Result<Option<Element>, WebDriverError> {
        let found = self.post("/elements", json!({"using": "css selector", "value": css})).await?;
        Ok(found[0][ELEMENT].as_str().map(|id| Element(id.to_owned())))
    }

    /// Clicks an element as a person does: scrolled into view, at its centre.
    pub async fn click(&self, element: &Element) -> Result<(), WebDriverError> {
        self.post(&format!("/element/{}/click", element.0), json!({})).await.map(|_| ())
    }

    /// Types into an element.
    pub async fn type_into(&self, element: &Element, text: &str) -> Result<(), WebDriverError> {
        self.post(&format!("/element/{}/value", element.0), json!({"text": text})).await.map(|_| ())
    }

    /// Presses keys together, wherever the focus is: `["Control", "Enter"]`.
    pub async fn press(&self, keys: &[&str]) -> Result<(), WebDriverError> {
        let codes: Vec<String> = keys.iter().map(|key| key_code(key)).collect();
        let down = codes.iter().map(|code| json!({"type": "keyDown", "value": code}));
        let up = codes.iter().rev().map(|code| json!({"type": "keyUp", "value": code}));
        let actions: Vec<Value> = down.chain(up).collect();
        self.post("/actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})).await?;
        Ok(())
    }

    /// An element's visible text.
    pub async fn text(&self, element: &Element) -> Result<String, WebDriverError> {
        let text = self.get(&format!("/element/{}/text", element.0)).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// A property of an element (`value`, `disabled`), as text.
    pub async fn property(&self, element: &Element, name: &str) -> Result<Value, WebDriverError> {
        self.get(&format!("/element/{}/property/{name}", element.0)).await
    }

    /// Runs a script and gives what it returns.
    pub async fn run(&self, script: &str) -> Result<Value, WebDriverError> {
        self.post("/execute/sync", json!({"script": script, "args": []})).await
    }

    /// Runs a script that answers through its last argument, a callback.
    pub async fn run_async(&self, script: &str) -> Result<Value, WebDriverError> {
        self.post("/execute/async", json!({"script": script, "args": []})).await
    }

    /// Sets the window's size.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), WebDriverError> {
        self.post("/window/rect", json!({"width": width, "height": height})).await.map(|_| ())
    }

    /// Where the window is: `x`, `y`, `width`, `height`.
    pub async fn rect(&self) -> Result<Value, WebDriverError> {
        self.get("/window/rect").await
    }
}

/// The code point of a named key (W3C WebDriver, section 17.4.2); other keys stand for themselves.
fn key_code(key: &str) -> String {
    let code = match key {
        "Enter" => '\u{E007}',
        "Tab" => '\u{E004}',
        "Escape" => '\u{E00C}',
        "Shift" => '\u{E008}',
        "Control" => '\u{E009}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        "Backspace" => '\u{E003}',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "F2" => '\u{E032}',
        other => return other.to_owned(),
    };
    code.to_string()
}

async fn send(
    http: &reqwest::Client,
    method: reqwest::Method,
    url: &str,
    body: Option<Value>,
) -> Result<Value, WebDriverError> {
    let failed = |error: &dyn fmt::Display| WebDriverError(format!("{url}: {error}"));
    let mut request = http.request(method, url);
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let answer = request.send().await.map_err(|error| failed(&error))?;
    let ok = answer.status().is_success();
    let text = answer.text().await.map_err(|error| failed(&error))?;
    let mut answer: Value = serde_json::from_str(&text).map_err(|error| failed(&error))?;
    let value = answer["value"].take();
    if ok { Ok(value) } else { Err(WebDriverError(format!("{url}: {value}"))) }
}
