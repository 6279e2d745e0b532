//! `database` of an action: what is written to a table.

use super::Checker;
use super::names::short;
use super::template::ACTION;
use crate::model::{Action, DatabaseSource, DatabaseWrite, Source, Template, WriteKind};
use crate::suggest::{closest, listed};
use serde_json::Value;

impl<'a> Checker<'a> {
    /// What an action writes, and what of the action has no meaning with it.
    pub(super) fn database_action(&mut self, action: &Action, write: &DatabaseWrite) {
        let of_stream = self.stream_database(action);
        self.at("database", |checker| {
            checker.write_server(write, of_stream);
            checker.write_columns(action, write);
            checker.some("timeout", write.timeout.as_ref(), |checker, timeout| checker.duration(timeout));
        });
        let http = "This is of HTTP requests; the action writes to a database.";
        let response = action.response.clone().unwrap_or_default();
        let unused = [
            ("responses", !action.responses.is_empty()),
            ("idempotency_header", action.idempotency_header.is_some()),
            ("response.statuses", !response.statuses.is_empty()),
            ("response.decode", response.decode != Default::default()),
            ("response.path", response.path.is_some()),
        ];
        for (key, _) in unused.into_iter().filter(|(_, used)| *used) {
            match key.split_once('.') {
                Some((outer, inner)) => self.at(outer, |at| at.at(inner, |checker| checker.fault("unused", http))),
                None => self.at(key, |checker| checker.fault("unused", http)),
            }
        }
    }

    /// The database of the action's stream.
    fn stream_database(&self, action: &Action) -> Option<&'a DatabaseSource> {
        let definition: &'a crate::Definition = self.definition;
        match &definition.stream(action.stream.as_deref()?)?.source {
            Source::Database(source) => Some(source),
            Source::Http | Source::Files(_) => None,
        }
    }

    fn write_server(&mut self, write: &DatabaseWrite, of_stream: Option<&DatabaseSource>) {
        match &write.url {
            Some(url) => self.database_server(url, write.username.as_ref(), write.password.as_ref()),
            None if of_stream.is_none() => self.at("url", |checker| {
                let message = "Which database? Write its `url`, or name a `stream` of the action that is read from it.";
                checker.fault("missing", message);
            }),
            None => {
                for (key, used) in [("username", write.username.is_some()), ("password", write.password.is_some())] {
                    if used {
                        let message =
                            "This goes with `url`; without one, the stream's server and credentials are used.";
                        self.at(key, |checker| checker.fault("unused", message));
                    }
                }
            }
        }
        match &write.table {
            Some(table) => self.at("table", |checker| checker.table(table)),
            None if of_stream.is_none_or(|source| source.table.is_none()) => self.at("table", |checker| {
                checker.fault("missing", "Which table? Write `schema.table`.");
            }),
            None => {}
        }
    }

    fn write_columns(&mut self, action: &Action, write: &DatabaseWrite) {
        let (word, columns) = (write.write.as_str(), write.columns(&action.params));
        if write.key.is_empty() && write.write != WriteKind::Insert {
            let message = format!("Which row? `{word}` needs a `key`: the columns that tell a row from all others.");
            self.at("key", |checker| checker.fault("missing_key", message));
        }
        self.each("key", &write.key, |checker, column| {
            checker.written_column(column);
            if !columns.contains_key(column.as_str()) {
                let near = closest(column, columns.keys().map(String::as_str));
                let message = format!("The key's column `{}` has no value. Give it one in `values`.", short(column));
                checker.fault_near("no_value", message, near);
            }
        });
        self.once("key", &write.key);
        self.once("returning", &write.returning);
        self.each("returning", &write.returning, |checker, column| checker.written_column(column));
        let others: Vec<&String> = columns.keys().filter(|column| !write.key.contains(column)).collect();
        self.at("values", |checker| {
            if columns.is_empty() || (write.write == WriteKind::Update && others.is_empty()) {
                checker.fault("missing", format!("`{word}` needs `values`: what the columns become."));
            }
            for (column, value) in &write.values {
                checker.at(column, |checker| {
                    checker.written_column(column);
                    checker.written_value(value);
                });
            }
            if write.write == WriteKind::Delete && !others.is_empty() {
                let message = format!(
                    "`delete` takes the key's columns alone, not {}.",
                    listed(others.iter().map(|one| one.as_str()))
                );
                checker.fault("unused", message);
            }
        });
    }

    fn once(&mut self, key: &str, columns: &[String]) {
        for (at, column) in columns.iter().enumerate() {
            if columns[..at].contains(column) {
                let message = format!("The column `{}` stands here twice.", short(column));
                self.at(key, |checker| checker.at_index(at, |checker| checker.fault("duplicate_name", message)));
            }
        }
    }

    fn written_column(&mut self, column: &str) {
        if column.is_empty() || column.contains('\0') {
            self.fault("bad_column", format!("`{}` is no name of a column.", short(column)));
        }
    }

    fn written_value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.template(&Template(text.clone()), ACTION),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.at_index(index, |checker| checker.written_value(item));
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.at(name, |checker| checker.written_value(member));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}
