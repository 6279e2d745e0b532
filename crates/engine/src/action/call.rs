//! Calling an action: what a plan offers for it.

use super::http::HttpAction;
use super::{ActionPlan, ActionWay, ParamFault, Params};
use crate::capture::{RequestSnapshot, ResponseSnapshot};
use crate::http::{GraphqlErrors, LastAnswer, OutRequest, SendWatch, graphql_errors, rehearse, shown_host};
use crate::page::whole;
use crate::plan::Plan;
use bytes::Bytes;
use definition::model::Method;
use definition::{Problem, ProblemKind, Stage, suggest};
use serde_json::{Map, Value};

/// Stands in a rehearsed request for a key that is made when it is sent.
const MADE_KEY: &str = "(a new key for each call)";

/// What came of a call.
#[derive(Debug, Clone)]
pub struct ActionAnswer {
    /// The answer's status; nothing where the answer is a database's.
    pub status: Option<u16>,
    /// How many rows were touched, where the answer is a database's.
    pub rows: Option<u64>,
    /// What was read from it, mapped.
    pub records: Vec<Value>,
    /// The request as sent, masked.
    pub request: RequestSnapshot,
    /// The answer's facts.
    pub response: ResponseSnapshot,
    /// The answer's body, masked.
    pub body: Bytes,
    /// The idempotency key that was sent, where the action has a header for it.
    pub idempotency_key: Option<String>,
    /// What of the answer could not be read. The call was done all the same.
    pub problem: Option<Problem>,
}

impl Plan {
    /// The actions' names, in order.
    pub fn actions(&self) -> Vec<&str> {
        self.actions.iter().map(|action| action.name.as_str()).collect()
    }

    /// Types what an action is given (text too: `"12"` for an integer), fills in defaults.
    ///
    /// # Errors
    /// All that is wrong at once, also that there is no such action.
    pub fn action_params(&self, action: &str, given: &Map<String, Value>) -> Result<Params, Vec<ParamFault>> {
        let action = self
            .action(action)
            .map_err(|problem| vec![ParamFault { param: String::new(), message: problem.message }])?;
        Params::check(&action.params, given)
    }

    /// A new idempotency key, where a call of the action carries one.
    pub fn action_key(&self, action: &str) -> Option<String> {
        let way = self.action(action).map(|action| &action.way);
        let keyed = matches!(way, Ok(ActionWay::Http(http)) if http.idempotency_header.is_some());
        keyed.then(new_key)
    }

    /// The exact request, masked. Sends nothing: a token that would have to be got is shown by its place.
    pub fn action_request(
        &self,
        action: &str,
        params: &Params,
        idempotency_key: Option<&str>,
    ) -> Result<RequestSnapshot, Problem> {
        let action = self.action(action)?;
        match &action.way {
            ActionWay::Http(http) => {
                let key = idempotency_key.or(http.idempotency_header.as_ref().map(|_| MADE_KEY));
                self.learn(params);
                let request = http.request(self, action, params, key)?;
                rehearse(&self.sender, &request).map_err(|problem| self.sender.redactor().problem(*problem))
            }
            ActionWay::Database(database) => {
                self.learn(params);
                database.sketch(self, params)
            }
        }
    }

    /// As [`Plan::action_request`]; a database is asked for the table's columns, so that the statement is the exact one.
    /// Where it can't be reached, the second is why, and the statement is as far as it is known.
    pub async fn action_rehearsal(
        &self,
        action: &str,
        params: &Params,
        idempotency_key: Option<&str>,
    ) -> Result<(RequestSnapshot, Option<Problem>), Problem> {
        let sketch = self.action_request(action, params, idempotency_key)?;
        let Some(database) = self.action(action)?.database() else { return Ok((sketch, None)) };
        match database.rehearse(self, params).await {
            Ok(exact) => Ok((exact, None)),
            Err(problem) if matches!(problem.kind, ProblemKind::Network | ProblemKind::Server) => {
                Ok((sketch, Some(problem)))
            }
            Err(problem) => Err(problem),
        }
    }

    /// Calls an action and maps its answer. What is no success is a problem; [`SendWatch::last`] has the answer then.
    pub async fn act(
        &self,
        action: &str,
        params: &Params,
        idempotency_key: Option<&str>,
        watch: &SendWatch,
    ) -> Result<ActionAnswer, Problem> {
        let action = self.action(action)?;
        self.learn(params);
        match &action.way {
            ActionWay::Http(http) => self.act_by_http(action, http, params, idempotency_key, watch).await,
            ActionWay::Database(database) => database.act(self, params, watch).await,
        }
    }

    async fn act_by_http(
        &self,
        action: &ActionPlan,
        http: &HttpAction,
        params: &Params,
        key: Option<&str>,
        watch: &SendWatch,
    ) -> Result<ActionAnswer, Problem> {
        // Without a key of the caller's one is made: each repeat of this call sends the same.
        let key = http.idempotency_header.as_ref().map(|_| key.map_or_else(new_key, str::to_owned));
        let request = http.request(self, action, params, key.as_deref())?;
        let mut watch = watch.clone();
        let last = watch.last.get_or_insert_with(LastAnswer::default).clone();
        let rules = [&http.rules, &self.rules];
        let opened = match self.sender.open(&request, &rules, &self.expressions, &watch, None).await {
            Ok(opened) => opened,
            Err(problem) => return gone_already(problem, &request, &last, key),
        };
        let answer = whole::decoded(&http.reading.decode, opened, &self.sender);
        if http.request.graphql().is_some() {
            let text = String::from_utf8_lossy(&answer.body);
            if let GraphqlErrors::Instead(problem) = graphql_errors(&text, &shown_host(&answer.url)) {
                return Err(self.sender.redactor().problem(*problem));
            }
        }
        let (records, problem) = http.reading.records(self, &answer);
        Ok(ActionAnswer {
            status: Some(answer.status),
            rows: None,
            records,
            request: answer.request,
            response: answer.response,
            body: answer.body,
            idempotency_key: key,
            problem,
        })
    }

    fn action(&self, name: &str) -> Result<&ActionPlan, Problem> {
        self.actions.iter().find(|action| action.name == name).ok_or_else(|| {
            let known = self.actions();
            let near = suggest::closest(name, known.iter().copied());
            let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            let message = match known.is_empty() {
                true => format!("There is no action `{name}`: this connector has none."),
                false => format!("There is no action `{name}`.{near} Actions: {}.", suggest::listed(known)),
            };
            Problem::new("unknown_action", ProblemKind::Config, Stage::Build, message)
        })
    }

    /// Private values are masked wherever the server repeats them.
    fn learn(&self, params: &Params) {
        for value in params.private() {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.sender.redactor().learn_derived(&text);
        }
    }
}

/// A key that no other call has.
fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A removal that was repeated, and whose first try may have come through: what is gone is removed.
fn gone_already(
    problem: Problem,
    request: &OutRequest,
    last: &LastAnswer,
    key: Option<String>,
) -> Result<ActionAnswer, Problem> {
    if problem.code != "not_found" || request.method != Method::Delete {
        return Err(problem);
    }
    match last.take() {
        Some(page) if page.response.attempts > 1 => Ok(ActionAnswer {
            status: Some(page.response.status),
            rows: None,
            records: Vec::new(),
            request: page.request,
            response: page.response,
            body: page.body,
            idempotency_key: key,
            problem: None,
        }),
        page => {
            if let Some(page) = page {
                last.put_back(page);
            }
            Err(problem)
        }
    }
}
