//! Signing in: what was given, or what the server asks for. One try per answer of the person.

use crate::args::{AuthWord, New};
use crate::commands::{Context, call};
use crate::values::{Given, ask_line, ask_secret, can_ask, usage};
use api::App;
use api::contract::{AuthAsk, AuthKind, Workbench, WorkbenchStage};
use definition::{Problem, ProblemKind, Secret, Stage};
use serde_json::{Value, json};

/// Names that mean the user name.
const USERS: [&str; 5] = ["user", "username", "user_name", "login", "email"];

/// How often somebody at a terminal is asked.
const TRIES: usize = 3;

/// What the person called their values: the definition's inputs are called so too.
#[derive(Debug, Default)]
pub struct Names {
    /// The user name.
    pub user: Option<String>,
    /// The key, the token or the password.
    pub secret: Option<String>,
}

impl Names {
    /// The names of what was given.
    pub fn of(given: &Given) -> Self {
        let is_user = |name: &&String| USERS.contains(&name.to_ascii_lowercase().as_str());
        Self {
            user: given.secrets.keys().chain(given.values.keys()).find(is_user).cloned(),
            secret: given.secrets.keys().find(|name| !is_user(name)).cloned(),
        }
    }
}

/// Signs in where a key was given or is asked for.
///
/// # Errors
/// Where the server asks for a key and there is none, or refuses it.
pub async fn sign_in(
    context: &Context,
    app: &App,
    args: &New,
    given: Given,
    bench: Workbench,
) -> Result<Workbench, Problem> {
    let asked = bench.stage == WorkbenchStage::Key;
    let has_given = !given.secrets.is_empty() || args.auth.is_some_and(|auth| auth != AuthWord::None);
    if !asked && !has_given {
        return Ok(bench);
    }
    if args.auth == Some(AuthWord::None) {
        return Err(needed(args, bench.ask.as_ref(), AuthKind::None));
    }
    let mut bench = bench;
    for tried in 0..TRIES {
        // What was given is sent once; whoever sits at a terminal may type again.
        let refused = tried > 0 || bench.ask.as_ref().is_some_and(|ask| ask.refused && !has_given);
        if refused {
            let reason = bench.ask.as_ref().map_or_else(String::new, |ask| ask.reason.clone());
            if !can_ask() || !given.secrets.is_empty() {
                return Err(rejected(&reason));
            }
            context.out.say(&format!("The server refused the credentials. {reason}"));
        }
        let request = request(args, &given, bench.ask.as_ref())?;
        bench = call(app, "auth_give", json!({"id": bench.id, "auth": request})).await?;
        if bench.stage != WorkbenchStage::Key {
            return Ok(bench);
        }
    }
    Err(rejected(bench.ask.as_ref().map_or("", |ask| ask.reason.as_str())))
}

fn rejected(reason: &str) -> Problem {
    let message = format!("The server refused the credentials. {reason}");
    Problem::new("auth_rejected", ProblemKind::Auth, Stage::Auth, message.trim().to_owned())
        .hint("Check the key, and choose another kind with --auth where it is the wrong one.")
}

/// What is sent to sign in.
fn request(args: &New, given: &Given, ask: Option<&AuthAsk>) -> Result<Value, Problem> {
    let kind = match args.auth {
        Some(AuthWord::Bearer) => AuthKind::Bearer,
        Some(AuthWord::ApiKey) => AuthKind::ApiKey,
        Some(AuthWord::Basic) => AuthKind::Basic,
        Some(AuthWord::Digest) => AuthKind::Digest,
        Some(AuthWord::None) => AuthKind::None,
        None => ask.map_or(AuthKind::Bearer, |ask| ask.kind),
    };
    let names = Names::of(given);
    let same_kind = ask.filter(|ask| ask.kind == kind);
    let name = args.header.clone().or(args.query_param.clone()).or(same_kind.map(|ask| ask.name.clone()));
    let in_query = args.query_param.is_some() || (args.header.is_none() && same_kind.is_some_and(|ask| ask.in_query));
    if kind == AuthKind::ApiKey && name.as_deref().unwrap_or("").is_empty() {
        return Err(usage("Where does the key go?").hint("Add --header NAME or --query-param NAME."));
    }
    let username = match (kind, &names.user) {
        (AuthKind::Basic | AuthKind::Digest, Some(name)) => Some(user(given, name)),
        (AuthKind::Basic | AuthKind::Digest, None) => match ask.and_then(|ask| ask.username.clone()) {
            Some(known) => Some(known),
            None if can_ask() => Some(ask_line("User name: ")?),
            None => return Err(needed(args, ask, kind)),
        },
        _ => None,
    };
    let secret = match &names.secret {
        Some(name) => given.secrets.get(name).cloned().unwrap_or_else(|| Secret::new("")),
        // Some servers take the key as the user name, and no password.
        None if kind == AuthKind::Basic && names.user.as_ref().is_some_and(|user| given.secrets.contains_key(user)) => {
            Secret::new("")
        }
        None if can_ask() => {
            eprintln!("{}", ask.map_or("A key is needed.", |ask| ask.reason.as_str()));
            ask_secret(label(kind))?
        }
        None => return Err(needed(args, ask, kind)),
    };
    Ok(json!({"kind": kind, "name": name, "in_query": in_query, "username": username, "secret": secret.open()}))
}

fn user(given: &Given, name: &str) -> String {
    let secret = given.secrets.get(name).map(|secret| secret.open().to_owned());
    secret.or_else(|| given.values.get(name).and_then(Value::as_str).map(str::to_owned)).unwrap_or_default()
}

fn label(kind: AuthKind) -> &'static str {
    match kind {
        AuthKind::Basic | AuthKind::Digest => "Password",
        AuthKind::Bearer | AuthKind::OAuth2 => "Token",
        AuthKind::ApiKey | AuthKind::None | AuthKind::Jwt | AuthKind::Session | AuthKind::AwsSigV4 => "Key",
    }
}

/// What the server asks for, and the command that gives it.
fn needed(args: &New, ask: Option<&AuthAsk>, kind: AuthKind) -> Problem {
    let kind = ask.filter(|_| kind == AuthKind::None).map_or(kind, |ask| ask.kind);
    let (word, secret) = match kind {
        AuthKind::Basic => ("basic", "--config username=NAME --secret password=env:VARIABLE"),
        AuthKind::ApiKey => ("api_key", "--secret api_key=env:VARIABLE"),
        AuthKind::Digest => ("digest", "--config username=NAME --secret password=env:VARIABLE"),
        _ => ("bearer", "--secret token=env:VARIABLE"),
    };
    let place = match ask.filter(|ask| kind == AuthKind::ApiKey && !ask.name.is_empty()) {
        Some(ask) if ask.in_query => format!(" --query-param {}", ask.name),
        Some(ask) => format!(" --header {}", ask.name),
        None => String::new(),
    };
    // A curl command, or what stands behind a `?` or before an `@`, may hold a key.
    let is_plain = args.source.starts_with("http") && !args.source.contains(['?', '@', ' ', '\'', '"']);
    let source = if is_plain { shown(&args.source) } else { "SOURCE".to_owned() };
    let out = shown(&args.out.display().to_string());
    let reason = ask.map_or_else(|| "A key is needed.".to_owned(), |ask| ask.reason.clone());
    let message = format!("{reason} No key was given, and there is nobody to ask.");
    Problem::new("key_needed", ProblemKind::Auth, Stage::Auth, message).hint(format!(
        "Put it into an environment variable, then: tapwright new {source} --out {out} --auth {word}{place} {secret}"
    ))
}

/// A word as a shell takes it.
fn shown(word: &str) -> String {
    shlex::try_quote(word).map_or_else(|_| "SOURCE".to_owned(), std::borrow::Cow::into_owned)
}
