//! `sign-in`: the browser or a code, the tokens into the keyring.

use super::Context;
use crate::out::Out;
use crate::{args, exit, target};
use definition::{Problem, ProblemKind, Stage};
use engine::sign_in::SignInPrompt;
use serde_json::json;
use std::process::{Command, Stdio};

/// Signs in.
pub async fn run(context: &Context, args: args::SignIn) -> Result<u8, Problem> {
    let out = &context.out;
    let target = target::load(&args.target, &args.values, context.data_dir(), async || context.app().await).await?;
    let sign_in = api::headless::sign_in(&target.definition, &target.config, args.device).await?;
    tell(out, &sign_in.prompt(), args.no_browser);
    let signed = tokio::select! {
        signed = sign_in.finish() => signed?,
        _ = tokio::signal::ctrl_c() => {
            return Err(Problem::new("interrupted", ProblemKind::Cancelled, Stage::Auth, "The sign-in was given up."));
        }
    };
    if out.json {
        out.answer(&json!({"ok": true, "account": signed.account, "check": signed.check}));
    } else {
        let who = signed.account.map(|account| format!(" as {account}")).unwrap_or_default();
        out.line(&format!("signed in{who}"));
        if let Some(problem) = &signed.check {
            out.say("The tokens are kept, but the definition's check fails:");
            out.problem(problem);
        }
    }
    Ok(exit::DONE)
}

/// Tells the person what to do, and opens the page.
fn tell(out: &Out, prompt: &SignInPrompt, no_browser: bool) {
    match prompt {
        SignInPrompt::Browser { url, expires_in } => {
            if out.json {
                out.answer(&json!({"url": url, "expires_in": expires_in}));
            } else {
                let opened = !no_browser && open(url);
                let words =
                    if opened { "Your browser opens this page to sign in:" } else { "Open this page to sign in:" };
                out.say(words);
                out.line(url);
                out.say("Waiting for you to sign in (Ctrl-C gives up).");
            }
        }
        SignInPrompt::Device { user_code, verification_uri, verification_uri_complete, expires_in } => {
            if out.json {
                out.answer(&json!({"user_code": user_code, "verification_uri": verification_uri,
                                   "verification_uri_complete": verification_uri_complete, "expires_in": expires_in}));
            } else {
                out.say("On any device, open the page and type the code:");
                out.line(&format!("{verification_uri}  {user_code}"));
                out.say(&format!("Waiting for you to sign in, for {} minutes (Ctrl-C gives up).", expires_in / 60));
            }
        }
    }
}

/// Opens a page in the browser. False where there is none to be seen.
fn open(url: &str) -> bool {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
            return false;
        }
        ("xdg-open", &[])
    };
    let quiet = Command::new(program)
        .args(before)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    quiet.is_ok()
}
