//! The command line against a certified OpenID provider (npm's `oidc-provider`), driven as a browser drives it.

use product_tests::program;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// The provider, until it is dropped.
pub(crate) struct Provider {
    child: Child,
    pub(crate) origin: String,
    /// Kept open: the provider would end where nobody reads what it says.
    _says: BufReader<ChildStdout>,
}

impl Provider {
    pub(crate) fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("servers");
        assert!(folder.join("node_modules").exists(), "run the tests by `make test`, which installs the servers");
        let mut child = Command::new("node")
            .arg("oidc.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node");
        let mut says = BufReader::new(child.stdout.take().expect("its output"));
        let mut origin = String::new();
        while !origin.starts_with("http://127.0.0.1:") {
            origin.clear();
            assert!(says.read_line(&mut origin).expect("text") > 0, "the provider ended");
        }
        Self { child, origin: origin.trim().to_owned(), _says: says }
    }

    pub(crate) async fn ask(&self, path: &str) -> Value {
        let answer = reqwest::get(format!("{}/api/{path}", self.origin)).await.expect("an answer");
        serde_json::from_str(&answer.text().await.expect("text")).expect("JSON")
    }

    async fn token_requests(&self) -> u64 {
        self.ask("stats").await["token_requests"].as_u64().expect("a number")
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A definition of the provider's API that signs in so.
pub(crate) fn definition(origin: &str, auth: &str) -> String {
    format!(
        "tapwright: 1\nname: provider\nconfig:\n  - {{name: secret, type: secret}}\nhttp:\n  base_url: {origin}/api\n  \
             auth:\n    type: oauth2\n    token_url: {origin}/token\n{auth}\n\
             check: {{request: {{path: /me}}, identity: $.user.email}}\n\
             streams:\n  - name: items\n    request: {{path: /items}}\n    records: {{path: \"$.items[*]\"}}\n    \
             paginate: {{type: page, inject: {{query: page}}}}\n    key: [id]\n    fields:\n      \
             - {{name: id, from: $.id, type: integer}}\n      - {{name: owner, from: $.owner, type: string}}\n"
    )
}

/// A folder with a definition and everything that is kept.
struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    fn with(origin: &str, auth: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let definition = definition(origin, auth);
        std::fs::write(folder.path().join("provider.connector.yaml"), definition).expect("written");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program("tapwright"));
        command
            .args(words)
            .current_dir(self.folder.path())
            .env("TAPWRIGHT_DATA_DIR", self.path("data"))
            .env("TAPWRIGHT_KEYRING", "file")
            .env("TAPWRIGHT_PASSPHRASE", "of the tests")
            .env("SECRET", "the secret of: the machine")
            .stdin(Stdio::null());
        command
    }

    async fn run(&self, words: &[&str]) -> Output {
        let mut command = self.command(words);
        tokio::task::spawn_blocking(move || command.output().expect("it runs")).await.expect("a thread")
    }

    /// Runs a command that must do well. Gives its standard output.
    async fn well(&self, words: &[&str]) -> String {
        let output = self.run(words).await;
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Starts a sign-in. Gives its first line: the page, or the place and the code.
    fn sign_in(&self, words: &[&str]) -> (Child, BufReader<ChildStdout>, String) {
        let mut child = self.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        lines.read_line(&mut line).expect("a line");
        (child, lines, line.trim().to_owned())
    }

    fn rows(&self, file: &str) -> i64 {
        let database = rusqlite::Connection::open(self.path(file)).expect("a database");
        database.query_row("SELECT count(*) FROM items WHERE owner = 'ann'", [], |row| row.get(0)).expect("a count")
    }
}

/// A browser that knows cookies and forms, and nothing else.
#[derive(Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Opens a page (or sends a form), follows redirects, and gives what is shown in the end, and where.
    pub(crate) async fn open(&mut self, url: &str, form: Option<String>) -> (String, String) {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let (mut url, mut form) = (reqwest::Url::parse(url).expect("an address"), form);
        loop {
            let mut request = match form.take() {
                Some(form) => {
                    client.post(url.clone()).header("Content-Type", "application/x-www-form-urlencoded").body(form)
                }
                None => client.get(url.clone()),
            };
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("Cookie", cookies.join("; "));
            let answer = request.send().await.expect("an answer");
            for cookie in answer.headers().get_all("set-cookie") {
                let pair = cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
                if let Some((name, value)) = pair.split_once('=') {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
            match answer.headers().get("location").and_then(|place| place.to_str().ok()) {
                Some(place) => url = url.join(place).expect("an address"),
                None => return (url.to_string(), answer.text().await.unwrap_or_default()),
            }
        }
    }

    /// Sends the form of a page with these fields beside its hidden ones.
    pub(crate) async fn submit(&mut self, at: &str, page: &str, fields: &[(&str, &str)]) -> (String, String) {
        let action = between(page, "action=\"", "\"").unwrap_or(at);
        let url = reqwest::Url::parse(at).expect("an address").join(action).expect("an address");
        let mut pairs: Vec<(String, String)> = Vec::new();
        for input in page.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\"")) {
            let value = |name: &str| between(input, &format!("{name}=\""), "\"").unwrap_or_default().to_owned();
            pairs.push((value("name"), value("value")));
        }
        pairs.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut form = reqwest::Url::parse("http://x/").expect("an address");
        form.query_pairs_mut().extend_pairs(&pairs);
        self.open(url.as_str(), form.query().map(str::to_owned)).await
    }

    /// Logs in and consents, as far as the pages ask for it.
    pub(crate) async fn agree(&mut self, first: (String, String)) -> (String, String) {
        let (mut at, mut page) = first;
        for _ in 0..4 {
            if !at.contains("/interaction/") {
                break;
            }
            let login: &[(&str, &str)] =
                if page.contains("name=\"login\"") { &[("login", "ann"), ("password", "any")] } else { &[] };
            (at, page) = self.submit(&at, &page, login).await;
        }
        (at, page)
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = &text[text.find(before)? + before.len()..];
    rest.find(after).map(|end| &rest[..end])
}

const FILE: &str = "provider.connector.yaml";

pub(crate) fn desktop(origin: &str) -> String {
    format!(
        "    grant: authorization_code\n    authorize_url: {origin}/auth\n    device_url: {origin}/device/auth\n    \
         client_id: desktop\n    scopes: [openid, offline_access, email]\n    authorize_params: {{prompt: consent}}"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_by_the_browser_and_tokens_rotate() {
    let provider = Provider::start();
    let home = Home::with(&provider.origin, &desktop(&provider.origin));
    let before = home.run(&["check", FILE]).await;
    assert_eq!(before.status.code(), Some(3));
    let told = String::from_utf8_lossy(&before.stderr).into_owned();
    assert!(told.contains("Nobody is signed in") && told.contains("tapwright sign-in"), "{told}");

    let (mut child, mut lines, url) = home.sign_in(&["sign-in", FILE, "--no-browser"]);
    let mut browser = Browser::default();
    let first = browser.open(&url, None).await;
    let (at, page) = browser.agree(first).await;
    assert!(at.contains("/callback?") && page.contains("You are signed in"), "{at}: {page}");
    assert!(child.wait().expect("its end").success());
    let mut said = String::new();
    lines.read_line(&mut said).expect("a line");
    assert_eq!(said.trim(), "signed in as ann@acme.test");

    // Each refresh token is good for one use; used again, it would revoke them all.
    for run in 0..3 {
        provider.ask("end-tokens").await;
        home.well(&["sync", FILE, "--to", "sqlite:out.db", "--full"]).await;
        assert_eq!(home.rows("out.db"), 100, "run {run}");
    }
    assert_eq!(provider.token_requests().await, 4);
    // Two programs at once share the tokens.
    provider.ask("end-tokens").await;
    let (one, other) =
        tokio::join!(home.well(&["check", FILE]), home.well(&["sync", FILE, "--to", "sqlite:other.db", "--full"]));
    assert!(one.contains("signed in as ann@acme.test") && other.is_empty(), "{one}");
    assert_eq!(provider.token_requests().await, 5);
    provider.ask("end-tokens").await;
    home.well(&["check", FILE]).await;
    // What is kept is kept encrypted.
    for entry in std::fs::read_dir(home.path("data")).expect("a folder").flatten() {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains("refresh"), "{:?}", entry.path());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_on_another_device() {
    let provider = Provider::start();
    let home = Home::with(&provider.origin, &desktop(&provider.origin));
    home.well(&["connect", FILE, "--name", "mine"]).await;
    let (mut child, mut lines, line) = home.sign_in(&["sign-in", "mine", "--device"]);
    let (place, code) = line.split_once("  ").expect("a place and a code");
    let mut browser = Browser::default();
    let (at, page) = browser.open(place, None).await;
    let (at, page) = browser.submit(&at, &page, &[("user_code", code)]).await;
    let next = browser.submit(&at, &page, &[]).await;
    let (_, page) = browser.agree(next).await;
    assert!(page.contains("Sign-in Success"), "{page}");
    assert!(child.wait().expect("its end").success());
    let mut said = String::new();
    lines.read_line(&mut said).expect("a line");
    assert_eq!(said.trim(), "signed in as ann@acme.test");
    home.well(&["sync", "mine"]).await;
    home.well(&["delete", "mine", "--yes"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_gets_tokens_by_itself() {
    let provider = Provider::start();
    let auth = "    grant: client_credentials\n    client_id: machine\n    client_secret: \"{{ config.secret }}\"\n    \
                credentials: basic\n    scopes: [api]";
    let home = Home::with(&provider.origin, auth);
    let said = home.well(&["check", FILE, "--secret", "secret=env:SECRET"]).await;
    assert!(said.contains("signed in as machine@acme.test"), "{said}");
    assert_eq!(provider.token_requests().await, 1);
    let wrong = home.run(&["check", FILE, "--secret", "secret=env:HOME"]).await;
    assert_eq!(wrong.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("invalid_client"));
}
