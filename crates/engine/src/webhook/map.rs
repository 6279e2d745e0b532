//! From an event to records: the routes that take it, and the ordinary mapping of their streams.

use super::incoming::{Incoming, Parts, payload_of};
use super::plan::RoutePlan;
use super::route::fits;
use crate::batch::Batch;
use crate::expr::Scope;
use crate::http::header_values;
use crate::json::Selector;
use crate::map::{Mapped, PageScope};
use crate::plan::Plan;
use crate::sink::StreamShape;
use bytestring::ByteString;
use definition::model::RouteThen;
use definition::{Problem, ProblemKind, Stage};
use serde_json::json;

/// Faults of one event that are told.
const FAULTS: usize = 5;

/// An event as it was kept.
#[derive(Debug, Clone)]
pub struct KeptEvent {
    /// Its name.
    pub name: String,
    /// The request.
    pub request: Incoming,
}

/// An event's records for one stream.
#[derive(Debug)]
pub struct MappedRoute {
    /// The stream.
    pub shape: StreamShape,
    /// The records.
    pub batch: Batch,
    /// What becomes of them.
    pub then: RouteThen,
    /// Values that did not fit, in words.
    pub faults: Vec<String>,
}

impl Plan {
    /// Maps an event by its webhook's routes. Empty: no route takes it.
    ///
    /// # Errors
    /// Where the body can't be read, a route's path leads nowhere, or a record has no key.
    pub fn map_event(&self, webhook: &str, event: &KeptEvent) -> Result<Vec<MappedRoute>, Problem> {
        let Some(webhook) = self.webhook(webhook) else { return Err(gone(webhook)) };
        let parts = Parts::new(&event.request);
        let mut taken: Vec<&RoutePlan> = Vec::new();
        for route in &webhook.routes {
            // Of the routes to one stream the first that fits counts.
            let first = taken.iter().all(|other| other.route.stream != route.route.stream);
            if first && fits(&route.event, &event.name) && self.takes(route, &parts, &event.name)? {
                taken.push(route);
            }
        }
        if taken.is_empty() {
            return Ok(Vec::new());
        }
        let body = payload_of(&event.request.body, event.request.header("content-type")).ok_or_else(unreadable)?;
        let body = ByteString::from(body.into_owned());
        taken.into_iter().map(|route| self.map_route(route, &body, &event.request)).collect()
    }

    fn takes(&self, route: &RoutePlan, parts: &Parts<'_>, name: &str) -> Result<bool, Problem> {
        let Some(when) = &route.when else { return Ok(true) };
        let name = json!(name);
        let scope = Scope { event: Some(&name), ..parts.scope(|used| when.uses(used)) };
        when.is_true(&self.expressions, &scope).map_err(|why| {
            let message = format!("Whether the route for `{}` takes the event can't be told: {why}.", route.event);
            Problem::new("bad_route", ProblemKind::Data, Stage::Select, message)
                .hint("A member that some events lack needs a default: `{{ payload.state | default('') }}`.")
        })
    }

    fn map_route(&self, route: &RoutePlan, body: &ByteString, request: &Incoming) -> Result<MappedRoute, Problem> {
        let stream = self.stream(&route.route.stream).ok_or_else(|| gone(&route.route.stream))?;
        let records = Selector::new(route.records.as_ref(), &[]).select(body)?.records;
        let mut batch = stream.mapper.batch(body.clone(), records.len());
        let headers = stream.uses_headers.then(|| header_values(&request.headers));
        let name = json!({"name": stream.name});
        let scope = PageScope { headers: headers.as_ref(), partition: None, stream: Some(&name) };
        let (mut faults, mut told) = (Vec::new(), Vec::new());
        for range in records {
            let Some(record) = body.get(range) else { continue };
            let mapped = stream.mapper.map(&self.expressions, &scope, record, &mut batch, &mut faults)?;
            if mapped == Mapped::Skipped {
                told.push("A record was left out, as `on_error: skip` says.".to_owned());
            }
        }
        told.extend(
            faults
                .iter()
                .map(|fault| format!("{}: {} ({})", stream.mapper.place(fault.column), fault.message, fault.value)),
        );
        told.truncate(FAULTS);
        let shape = StreamShape {
            name: stream.name.clone(),
            columns: stream.mapper.columns().to_vec(),
            key: stream.key.clone(),
            extras: stream.mapper.extras(),
            full: false,
            deletions: stream.deletions,
            // Events of a stream without a key are put behind the others.
            incremental: true,
        };
        let faults = told.iter().map(|text| self.sender.redactor().text(text)).collect();
        Ok(MappedRoute { shape, batch, then: route.route.then, faults })
    }
}

fn gone(name: &str) -> Problem {
    let message = format!("The definition has no `{name}` any more.");
    Problem::new("route_gone", ProblemKind::Config, Stage::Select, message)
        .hint("Bring it back in the definition, then replay the event.")
}

fn unreadable() -> Problem {
    let message = "The body is empty, or neither JSON nor a form.";
    Problem::new("bad_body", ProblemKind::Data, Stage::Decode, message)
        .hint("Choose JSON where the sender lets you choose the content type.")
}
