//! `streams`: each one, and what its key refers to.

use super::Checker;
use super::files::OWN;
use super::template::{RECORD, REQUEST};
use crate::model::{Deletions, Rest, Source, Stream};
use crate::suggest::{closest, listed};

impl Checker<'_> {
    pub(super) fn streams(&mut self) {
        let definition = self.definition;
        self.unique("streams", &definition.streams, "stream", |stream| &stream.name);
        self.each("streams", &definition.streams, Checker::stream);
        self.parent_cycles();
    }

    fn stream(&mut self, stream: &Stream) {
        self.at("name", |checker| checker.stream_name(&stream.name));
        self.what_runs(stream);
        if let Source::Files(files) = &stream.source {
            self.files(stream, files);
        }
        self.partitions(stream);
        self.at("request", |checker| checker.request(&stream.request, REQUEST));
        self.at("decode", |checker| checker.decode(&stream.decode));
        self.at("records", |checker| {
            checker.some("path", stream.records.path.as_ref(), |checker, path| checker.json_path(path));
            checker.some("filter", stream.records.filter.as_ref(), |checker, filter| checker.condition(filter, RECORD));
        });
        self.at("paginate", |checker| checker.paginate(&stream.paginate));
        self.some("incremental", stream.incremental.as_ref(), Checker::incremental);
        self.fields(stream);
        self.key(stream);
        let own_key = matches!(stream.source, Source::Files(_));
        if stream.deletions != Deletions::Keep && stream.key.is_empty() && !own_key {
            let message = "Without a `key` records can't be told apart; a full read replaces them all anyway.";
            self.at("deletions", |checker| checker.fault("no_key", message));
        }
        self.each("steps", &stream.steps, Checker::record_step);
        self.relations(stream);
        self.each("responses", &stream.responses, Checker::response_rule);
    }

    fn what_runs(&mut self, stream: &Stream) {
        if let Source::Database(source) = &stream.source {
            return self.database_stream(stream, source);
        }
        self.some("job", stream.job.as_ref(), |checker, job| checker.job(stream, job));
    }

    fn key(&mut self, stream: &Stream) {
        let names: Vec<&str> = stream.fields.iter().map(|field| field.name.as_str()).collect();
        let open = names.is_empty() || stream.rest == Some(Rest::Keep);
        let files = matches!(stream.source, Source::Files(_));
        let mut seen: Vec<&str> = Vec::new();
        self.at("key", |checker| {
            let length = checker.path.len();
            for (index, name) in stream.key.iter().enumerate() {
                crate::path::push_index(&mut checker.path, index);
                if seen.contains(&name.as_str()) {
                    checker.fault("duplicate_name", format!("`{name}` stands twice in the key."));
                } else if name.is_empty() {
                    checker.fault("empty", "The field's name is empty.");
                } else if !(open || names.contains(&name.as_str()) || files && OWN.contains(&name.as_str())) {
                    let message = format!(
                        "The key names `{name}`, which is no field. Fields: {}.",
                        listed(names.iter().copied())
                    );
                    checker.fault_near("unknown_field", message, closest(name, names.iter().copied()));
                }
                seen.push(name);
                checker.path.truncate(length);
            }
        });
    }
}
