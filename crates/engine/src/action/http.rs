//! An action over HTTP, compiled; and its request.

use super::answer::Reading;
use super::{ActionPlan, Params};
use crate::expr::{Expressions, Scope};
use crate::http::{OutRequest, Rules, ShownParts};
use crate::plan::{Plan, RequestPlan};
use definition::model::{
    Action, ActionKind, HeaderWhen, Http, Method, Request, ResponseRule, ResponseThen, ResponseWhen,
};
use definition::{Fault, Problem, ProblemKind, Stage};
use serde_json::Value;

/// A compiled action over HTTP.
#[derive(Debug)]
pub(crate) struct HttpAction {
    pub request: RequestPlan,
    pub rules: Rules,
    pub reading: Reading,
    pub idempotency_header: Option<String>,
}

impl HttpAction {
    pub(super) fn compile(
        action: &Action,
        request: &Request,
        http: &Http,
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut note = |more: Vec<Fault>| faults.extend(more);
        let shared = (&http.query, &http.headers);
        let request = RequestPlan::compile(request, shared, &format!("{field}.request"), expressions);
        let request = request.map_err(&mut note).ok();
        let rules = Rules::compile(&rules(action), &format!("{field}.responses"), expressions).map_err(&mut note).ok();
        let reading = Reading::compile(action, field, expressions).map_err(&mut note).ok();
        let (Some(request), Some(rules), Some(reading)) = (request, rules, reading) else { return Err(faults) };
        Ok(Self { request, rules, reading, idempotency_header: action.idempotency_header.clone() })
    }

    /// The request, ready to be sent. `key`: the idempotency key, or what stands for it.
    pub(super) fn request(
        &self,
        plan: &Plan,
        action: &ActionPlan,
        params: &Params,
        key: Option<&str>,
    ) -> Result<OutRequest, Problem> {
        let mut request = self.draft(plan, action, params.values(), params.decimals(), key)?;
        if params.has_private() {
            let shown = Value::Object(params.shown());
            let shown = self.draft(plan, action, &shown, params.decimals(), key)?;
            request.shown = Some(Box::new(ShownParts { url: shown.url, headers: shown.headers, body: shown.body }));
        }
        Ok(request)
    }

    fn draft(
        &self,
        plan: &Plan,
        action: &ActionPlan,
        params: &Value,
        decimals: &[String],
        key: Option<&str>,
    ) -> Result<OutRequest, Problem> {
        let scope = Scope { params: Some(params), decimals, ..Scope::default() };
        let mut draft = self.request.draft(&plan.base, &plan.expressions, &scope)?;
        if let (Some(name), Some(key)) = (&self.idempotency_header, key) {
            draft.set_header(name, key).map_err(|why| {
                let message = format!("The idempotency key can't be sent: {why}.");
                Problem::new("bad_idempotency_key", ProblemKind::Config, Stage::Build, message).field(&action.field)
            })?;
        }
        let mut request = draft.finish();
        let reads = matches!(action.kind, ActionKind::Get | ActionKind::Search)
            || self.request.graphql().unwrap_or(request.method == Method::Get);
        let keyed = key.is_some() && self.idempotency_header.is_some();
        request.writes = !reads;
        // RFC 9110, 9.2.2: the same once or often.
        request.reads = reads || keyed || matches!(request.method, Method::Put | Method::Delete);
        Ok(request)
    }
}

/// The action's own rules, and behind them what `response.statuses` says.
fn rules(action: &Action) -> Vec<ResponseRule> {
    let mut rules = action.responses.clone();
    let wanted = action.response.as_ref().map(|response| response.statuses.clone()).unwrap_or_default();
    if wanted.is_empty() {
        return rules;
    }
    let rule = |status: Vec<u16>, then| ResponseRule {
        when: ResponseWhen { status, header: None::<HeaderWhen>, ..ResponseWhen::default() },
        then,
        wait: None,
        message: None,
    };
    let others = (200..300).filter(|status| !wanted.contains(status)).collect();
    rules.push(rule(wanted, ResponseThen::Success));
    rules.push(rule(others, ResponseThen::Fail));
    rules
}
