//! Every fault of a definition that has the right shape: one file an area, one `Checker` that knows where it is.

mod action;
mod auth;
mod config;
mod database;
mod database_action;
mod decode;
mod destination;
mod extras;
mod field;
mod files;
mod hook;
mod http;
mod incremental;
mod job;
mod names;
mod oauth2;
mod paginate;
mod partition;
mod record_step;
mod request;
mod response;
mod signing;
mod stream;
mod template;
mod transform;
mod values;
mod webhook;

pub use database::{database_url, table_name, table_parts};
pub use names::{valid_connector_name, valid_field_name, valid_input_name, valid_name};

use crate::model::FORMAT_VERSION;
use crate::path::{push_index, push_key};
use crate::{Definition, Fault};

/// All faults: names, references, expressions' syntax, JSONPaths, durations, patterns, and kinds that this version
/// can't run yet. An empty list means that the engine's plan compiles.
pub fn check(definition: &Definition) -> Vec<Fault> {
    let mut checker = Checker::new(definition);
    checker.header();
    checker.config();
    checker.http();
    checker.streams();
    checker.extras();
    checker.hooks();
    checker.destinations();
    checker.faults
}

/// The walk over a definition: what was found so far, and where it is.
struct Checker<'a> {
    definition: &'a Definition,
    templates: minijinja::Environment<'static>,
    faults: Vec<Fault>,
    path: String,
    /// The parameters of the action that is looked at.
    params: Option<Vec<String>>,
}

impl<'a> Checker<'a> {
    fn new(definition: &'a Definition) -> Self {
        Self {
            definition,
            templates: minijinja::Environment::new(),
            faults: Vec::new(),
            path: String::new(),
            params: None,
        }
    }

    /// Works on a member.
    fn at(&mut self, key: &str, work: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_key(&mut self.path, key);
        work(self);
        self.path.truncate(length);
    }

    /// Works on a member that is there.
    fn some<T>(&mut self, key: &str, value: Option<&T>, work: impl FnOnce(&mut Self, &T)) {
        if let Some(value) = value {
            self.at(key, |checker| work(checker, value));
        }
    }

    /// Works on an item of this list.
    fn at_index(&mut self, index: usize, work: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_index(&mut self.path, index);
        work(self);
        self.path.truncate(length);
    }

    /// Works on each item of a list.
    fn each<T>(&mut self, key: &str, items: &[T], mut work: impl FnMut(&mut Self, &T)) {
        self.at(key, |checker| {
            let length = checker.path.len();
            for (index, item) in items.iter().enumerate() {
                push_index(&mut checker.path, index);
                work(checker, item);
                checker.path.truncate(length);
            }
        });
    }

    /// Notes a fault here.
    fn fault(&mut self, code: &str, message: impl Into<String>) {
        self.faults.push(Fault::new(code, self.path.clone(), message));
    }

    /// Notes a fault here, and what was likely meant.
    fn fault_near(&mut self, code: &str, message: impl Into<String>, near: Option<impl Into<String>>) {
        let mut fault = Fault::new(code, self.path.clone(), message);
        fault.suggestion = near.map(Into::into);
        self.faults.push(fault);
    }

    fn header(&mut self) {
        if self.definition.tapwright != FORMAT_VERSION {
            let version = self.definition.tapwright;
            let message = format!("This program runs format version {FORMAT_VERSION}, not {version}.");
            self.at("tapwright", |checker| checker.fault("unknown_version", message));
        }
        let name = self.definition.name.as_str();
        self.at("name", |checker| checker.connector_name(name));
    }
}
