//! Questions for a code that wait for a person: the window or the terminal is told, and gives the code by a command.

use crate::app::{AppEvents, lock, new_id};
use crate::contract::AppEvent;
use definition::{Problem, ProblemKind, Secret, Stage};
use engine::host::CodePrompt;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::oneshot;

/// How long a code is waited for.
const PATIENCE: Duration = Duration::from_secs(300);

/// The questions that wait. Clones share them.
#[derive(Clone)]
pub(crate) struct Codes {
    events: AppEvents,
    waiting: Arc<Mutex<HashMap<String, oneshot::Sender<Secret>>>>,
}

impl Codes {
    pub fn new(events: AppEvents) -> Self {
        Self { events, waiting: Arc::default() }
    }

    /// Asks and waits.
    pub async fn ask(&self, prompt: &CodePrompt) -> Result<Secret, Problem> {
        let (give, given) = oneshot::channel();
        let id = new_id();
        lock(&self.waiting).insert(id.clone(), give);
        (self.events)(AppEvent::CodeAsked { id: id.clone(), who: prompt.who.clone(), message: prompt.message.clone() });
        let code = tokio::time::timeout(PATIENCE, given).await;
        lock(&self.waiting).remove(&id);
        let code = code.ok().and_then(Result::ok).filter(|code| !code.is_empty());
        code.ok_or_else(|| {
            let message = format!("{} asks for a code, and none was given.", prompt.who);
            Problem::new("code_needed", ProblemKind::Auth, Stage::Auth, message).hint("Try again, and type the code.")
        })
    }

    /// Gives the code of a question. One that is over is no problem.
    pub fn give(&self, id: &str, code: Secret) {
        if let Some(give) = lock(&self.waiting).remove(id) {
            let _ = give.send(code);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Codes;
    use crate::app::lock;
    use crate::contract::AppEvent;
    use definition::Secret;
    use engine::host::CodePrompt;
    use std::sync::{Arc, Mutex};

    #[tokio::test]
    async fn a_code_reaches_who_asked_for_it() {
        let asked: Arc<Mutex<Option<Codes>>> = Arc::default();
        let answerer = Arc::clone(&asked);
        let codes = Codes::new(Arc::new(move |event| {
            let AppEvent::CodeAsked { id, .. } = event else { return };
            if let Some(codes) = &*lock(&answerer) {
                codes.give(&id, Secret::new("123456"));
            }
        }));
        *lock(&asked) = Some(codes.clone());
        let prompt = CodePrompt { who: "acme".into(), message: "The code?".into() };
        assert_eq!(codes.ask(&prompt).await.expect("a code"), Secret::new("123456"));
        codes.give("nobody", Secret::new("1"));
    }
}
