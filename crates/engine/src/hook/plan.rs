//! A hook, compiled.

use crate::expr::{Compiled, Expressions};
use crate::plan::RequestPlan;
use definition::Fault;
use definition::model::{Hook, HookDo, HookWhen, Http};

/// A compiled hook.
#[derive(Debug)]
pub(crate) struct HookPlan {
    pub when: HookWhen,
    pub action: HookAction,
    /// Its path in the definition: `hooks[0]`.
    pub field: String,
}

/// What it does.
#[derive(Debug)]
pub(crate) enum HookAction {
    Request(Box<RequestPlan>),
    Log(Compiled),
    Notify(Compiled),
}

impl HookPlan {
    /// Compiles all hooks, or tells every fault.
    pub(crate) fn compile_all(hooks: &[Hook], http: &Http, expressions: &Expressions) -> Result<Vec<Self>, Vec<Fault>> {
        let mut faults = Vec::new();
        let compile = |(index, hook): (usize, &Hook)| {
            let field = format!("hooks[{index}]");
            let action = HookAction::compile(&hook.action, http, &field, expressions);
            action.map(|action| Self { when: hook.when, action, field }).map_err(|more| faults.extend(more)).ok()
        };
        let compiled = hooks.iter().enumerate().filter_map(compile).collect();
        if faults.is_empty() { Ok(compiled) } else { Err(faults) }
    }

    /// The request, where it sends one.
    pub(crate) fn request(&self) -> Option<&RequestPlan> {
        match &self.action {
            HookAction::Request(request) => Some(request),
            HookAction::Log(_) | HookAction::Notify(_) => None,
        }
    }
}

impl HookAction {
    fn compile(action: &HookDo, http: &Http, field: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let text = |template, part: &str| {
            let place = format!("{field}.do.{part}");
            expressions.compile(template).map_err(|why| vec![Fault::new("bad_template", place, why)])
        };
        match action {
            HookDo::Request(request) => {
                let place = format!("{field}.do.request");
                let shared = (&http.query, &http.headers);
                RequestPlan::compile(request, shared, &place, expressions).map(Box::new).map(Self::Request)
            }
            HookDo::Log(template) => text(template, "log").map(Self::Log),
            HookDo::Notify(template) => text(template, "notify").map(Self::Notify),
        }
    }
}
