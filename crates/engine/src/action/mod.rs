//! Actions: named calls with parameters. A call is checked and typed as a whole before anything is sent.

mod answer;
mod call;
mod database;
mod http;
mod params;

pub use call::ActionAnswer;
pub use params::{ParamFault, Params};

use crate::expr::Expressions;
use crate::plan::RequestPlan;
use database::DatabaseAction;
use definition::Fault;
use definition::model::{Action, ActionKind, Http, Param, Stream};
use http::HttpAction;

/// A compiled action.
#[derive(Debug)]
pub(crate) struct ActionPlan {
    pub name: String,
    pub kind: ActionKind,
    pub params: Vec<Param>,
    /// Its path in the definition: `actions[0]`.
    pub field: String,
    pub way: ActionWay,
}

/// How an action is done. One variant a kind of source.
#[derive(Debug)]
pub(crate) enum ActionWay {
    Http(Box<HttpAction>),
    Database(Box<DatabaseAction>),
}

impl ActionPlan {
    /// Compiles all actions, or tells every fault.
    pub(crate) fn compile_all(
        actions: &[Action],
        streams: &[Stream],
        http: &Http,
        expressions: &Expressions,
    ) -> Result<Vec<Self>, Vec<Fault>> {
        let mut faults = Vec::new();
        let compile = |(index, action): (usize, &Action)| {
            let field = format!("actions[{index}]");
            let way = match (&action.database, &action.request) {
                (Some(write), _) => DatabaseAction::compile(action, write, streams, &field, expressions)
                    .map(|way| ActionWay::Database(Box::new(way))),
                (None, request) => {
                    let request = request.clone().unwrap_or_default();
                    HttpAction::compile(action, &request, http, &field, expressions)
                        .map(|way| ActionWay::Http(Box::new(way)))
                }
            };
            let way = way.map_err(|more| faults.extend(more)).ok()?;
            Some(Self { name: action.name.clone(), kind: action.kind, params: action.params.clone(), field, way })
        };
        let compiled = actions.iter().enumerate().filter_map(compile).collect();
        if faults.is_empty() { Ok(compiled) } else { Err(faults) }
    }

    /// The request, where it sends one.
    pub(crate) fn request(&self) -> Option<&RequestPlan> {
        match &self.way {
            ActionWay::Http(http) => Some(&http.request),
            ActionWay::Database(_) => None,
        }
    }

    /// What it writes, where it writes to a database.
    pub(crate) fn database(&self) -> Option<&DatabaseAction> {
        match &self.way {
            ActionWay::Http(_) => None,
            ActionWay::Database(database) => Some(database),
        }
    }
}
