//! Getting the next token: what is kept first, then a refresh token, then the grant from its beginning.

use super::spec::Spec;
use super::token::Granted;
use super::{Client, client_credentials, expiry, password, refresh_token};
use crate::event::LogLevel;
use crate::host::{Host, Tokens};
use crate::http::auth::Generation;
use crate::http::auth::wire::AuthLine;
use definition::model::OAuth2Grant;
use definition::{Problem, ProblemKind, Secret, Stage};
use jiff::Timestamp;
use std::sync::Arc;

/// Makes a token ready, unless one is that `refused` was not sent with. Never cut off: it runs on a task of its own.
pub(super) async fn renew(client: &Client, line: &AuthLine, refused: Option<Generation>) -> Result<(), Box<Problem>> {
    if client.is_ready(refused, line.now()) {
        return Ok(());
    }
    let host = Arc::clone(line.host());
    // Held until the new tokens are stored, so that no other process spends the same refresh token meanwhile.
    let _turn = host.lock_tokens().await.map_err(Box::new)?;
    let kept = kept(client, line, &host).await?;
    if let Some(kept) = kept.as_ref().filter(|kept| client.is_news(kept, refused, line.now())) {
        observe(line, kept);
        client.adopt(kept.clone());
        return Ok(());
    }
    let spec = &client.spec;
    let known = kept.or_else(|| client.tokens());
    let refresh = known.as_ref().and_then(|known| known.refresh.clone());
    let refresh = refresh.or_else(|| spec.refresh_token.clone());
    let granted = match refresh {
        Some(refresh) => refreshed(client, line, &host, &refresh).await?,
        None => Some(first(spec, line, &host).await?),
    };
    // Another program was faster, and its tokens were taken.
    let Some((granted, spent)) = granted else { return Ok(()) };
    let tokens = tokens(spec, granted, spent.clone(), known, line.now());
    observe(line, &tokens);
    keep(&host, line, &tokens, spent.as_ref()).await;
    client.set(tokens);
    Ok(())
}

/// A grant's answer, and the refresh token that is still good where the answer has no new one.
type Got = (Granted, Option<Secret>);

/// Spends a refresh token; where it is no longer good, looks whether somebody else has a newer one.
async fn refreshed(
    client: &Client,
    line: &AuthLine,
    host: &Arc<dyn Host>,
    refresh: &Secret,
) -> Result<Option<Got>, Box<Problem>> {
    let spec = &client.spec;
    let problem = match refresh_token::grant(spec, line, refresh).await {
        Ok(granted) => return Ok(Some((granted, Some(refresh.clone())))),
        Err(problem) if problem.code != "oauth_invalid_grant" => return Err(problem),
        Err(problem) => problem,
    };
    let newer = kept(client, line, host).await?.filter(|kept| kept.refresh.as_ref().is_some_and(|one| one != refresh));
    if let Some(newer) = newer {
        if client.is_news(&newer, None, line.now()) {
            observe(line, &newer);
            client.adopt(newer);
            return Ok(None);
        }
        if let Some(refresh) = newer.refresh {
            let granted = refresh_token::grant(spec, line, &refresh).await?;
            return Ok(Some((granted, Some(refresh))));
        }
    }
    match spec.grant {
        OAuth2Grant::ClientCredentials | OAuth2Grant::Password => first(spec, line, host).await.map(Some),
        OAuth2Grant::RefreshToken => {
            let hint =
                "The refresh token is used up, revoked or mistyped. Get a new one and give it to the connection.";
            Err(Box::new(problem.hint(hint)))
        }
        OAuth2Grant::AuthorizationCode | OAuth2Grant::DeviceCode => {
            let again = "The sign-in is no longer good.";
            Err(Box::new(sign_in_needed(again, &host.sign_in_hint()).detail(problem.message)))
        }
    }
}

/// The grant from its beginning.
async fn first(spec: &Spec, line: &AuthLine, host: &Arc<dyn Host>) -> Result<Got, Box<Problem>> {
    let granted = match spec.grant {
        OAuth2Grant::ClientCredentials => client_credentials::grant(spec, line).await?,
        OAuth2Grant::Password => password::grant(spec, line).await?,
        OAuth2Grant::RefreshToken | OAuth2Grant::AuthorizationCode | OAuth2Grant::DeviceCode => {
            return Err(Box::new(sign_in_needed("Nobody is signed in yet.", &host.sign_in_hint())));
        }
    };
    Ok((granted, None))
}

/// What the host keeps for this client. Where the grant can begin anew, a host that can't be asked is no hindrance.
async fn kept(client: &Client, line: &AuthLine, host: &Arc<dyn Host>) -> Result<Option<Tokens>, Box<Problem>> {
    let found = match host.load_tokens().await {
        Ok(found) => found.filter(|tokens| tokens.mark == client.spec.mark),
        Err(problem) if client.spec.needs_person() => return Err(Box::new(problem)),
        Err(problem) => {
            line.log(LogLevel::Warn, &format!("Kept tokens can't be read. {}", problem.message));
            None
        }
    };
    for secret in found.iter().flat_map(|tokens| [&tokens.access, &tokens.refresh]).flatten() {
        line.learn(secret.open());
    }
    Ok(found)
}

/// Stores tokens before the old ones are dropped. That it fails must not lose the run, which has them.
async fn keep(host: &Arc<dyn Host>, line: &AuthLine, tokens: &Tokens, spent: Option<&Secret>) {
    let Err(problem) = host.save_tokens(tokens.clone()).await else { return };
    let hint = problem.hint.map(|hint| format!(" {hint}")).unwrap_or_default();
    if tokens.refresh.is_some() && tokens.refresh.as_ref() != spent {
        let lost = "The provider gave a new refresh token, and it can't be kept: after this run the old one may be no longer good.";
        line.log(LogLevel::Warn, &format!("{lost} {}{hint}", problem.message));
    } else {
        line.log(LogLevel::Info, &format!("The new token is not kept. {}", problem.message));
    }
}

/// A grant's answer as tokens to keep.
pub(super) fn tokens(
    spec: &Spec,
    granted: Granted,
    spent: Option<Secret>,
    known: Option<Tokens>,
    now: Timestamp,
) -> Tokens {
    let (known_account, known_scope) = known.map(|known| (known.account, known.scope)).unwrap_or_default();
    Tokens {
        mark: spec.mark.clone(),
        access: Some(granted.access),
        refresh: granted.refresh.or(spent),
        expires_at: granted.expires_at,
        obtained_at: Some(now),
        account: granted.account.or(known_account),
        // An answer without scopes means those that the token had, and at first those that were asked for.
        scope: granted.scope.or(known_scope).or_else(|| spec.scope.clone()),
    }
}

/// Tells a check which scopes the tokens have, also those of an earlier sign-in.
fn observe(line: &AuthLine, tokens: &Tokens) {
    if let (Some(observed), Some(scope)) = (&line.parts.observed, &tokens.scope) {
        observed.scope(scope);
    }
}

fn sign_in_needed(why: &str, hint: &str) -> Problem {
    Problem::new("sign_in_needed", ProblemKind::Auth, Stage::Auth, why).hint(hint)
}

/// Whether a token is good enough to be sent.
pub(super) fn is_fresh(tokens: &Tokens, now: Timestamp) -> bool {
    let good = |end: Timestamp| now < expiry::renew_from(tokens.obtained_at, end);
    tokens.access.is_some() && tokens.expires_at.is_none_or(good)
}
