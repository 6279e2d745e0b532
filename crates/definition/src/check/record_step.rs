//! `steps` and `relations`: what is done to a whole record.

use super::Checker;
use super::names::short;
use super::template::{RECORD, STEP};
use crate::model::{KeywordsStep, RecordStep, Relation, RelationKind, Stream};
use crate::suggest::closest;

/// The column that relations stand in.
const RELATIONS: &str = "_relations";

impl Checker<'_> {
    pub(super) fn record_step(&mut self, step: &RecordStep) {
        match step {
            RecordStep::Add(members) => self.at("add", |checker| {
                checker.something(members.is_empty(), "a member and its expression, such as `{region: \"…\"}`");
                for (name, template) in members {
                    checker.at(name, |checker| {
                        checker.member_name(name);
                        checker.template(template, RECORD);
                        checker.no_secret(template);
                    });
                }
            }),
            RecordStep::Remove(paths) => self.at("remove", |checker| {
                checker.something(paths.is_empty(), "a path such as `$.junk`");
                checker.paths(paths);
            }),
            RecordStep::Rename(names) => self.at("rename", |checker| {
                checker.something(names.is_empty(), "an old name and its new one");
                for (old, new) in names {
                    checker.at(old, |checker| {
                        checker.member_or_path(old);
                        checker.member_name(new);
                    });
                }
            }),
            RecordStep::KeyCase(_) => {}
            RecordStep::Flatten(separator) => self.at("flatten", |checker| {
                if separator.chars().any(char::is_control) {
                    checker.fault("bad_separator", "A control character can't stand between names.");
                }
            }),
            RecordStep::Keywords(args) => self.at("keywords", |checker| checker.keywords(args)),
            RecordStep::Change(members) => self.at("change", |checker| {
                checker.something(members.is_empty(), "a path and its transforms");
                for (path, steps) in members {
                    checker.at(path, |checker| checker.member_or_path(path));
                    checker.each(path, steps, Checker::transform);
                }
            }),
        }
    }

    fn something(&mut self, empty: bool, needed: &str) {
        if empty {
            self.fault("empty", format!("There is nothing to do: this needs {needed}."));
        }
    }

    fn member_name(&mut self, name: &str) {
        if name.is_empty() {
            self.fault("empty", "The member's name is empty.");
        }
    }

    fn paths(&mut self, paths: &[String]) {
        let length = self.path.len();
        for (index, path) in paths.iter().enumerate() {
            crate::path::push_index(&mut self.path, index);
            if path.trim() == "$" {
                self.fault("bad_path", "The whole record can't be removed. `records.filter` leaves records out.");
            } else {
                self.json_path(path);
            }
            self.path.truncate(length);
        }
    }

    fn keywords(&mut self, args: &KeywordsStep) {
        self.at("from", |checker| checker.something(args.from.is_empty(), "a member to read, such as `title`"));
        self.each("from", &args.from, |checker, name| checker.member_or_path(name));
        self.some("as", args.name.as_ref(), |checker, name| checker.member_name(name));
        self.some("limit", args.limit.as_ref(), |checker, limit| {
            if *limit == 0 {
                checker.fault("out_of_range", "At least one word must be kept.");
            }
        });
        for (index, language) in args.languages.iter().flatten().enumerate() {
            if language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
                let message = format!("`{}` is no language: two small letters such as `en`.", short(language));
                self.at("languages", |checker| {
                    crate::path::push_index(&mut checker.path, index);
                    checker.fault("bad_language", message);
                });
            }
        }
    }

    pub(super) fn relations(&mut self, stream: &Stream) {
        let names: Vec<&str> = self.definition.streams.iter().map(|stream| stream.name.as_str()).collect();
        self.each("relations", &stream.relations, |checker, relation| {
            checker.some("each", relation.each.as_ref(), |checker, path| checker.json_path(path));
            checker.at("to", |checker| checker.relation_to(relation, &names));
        });
        if !stream.relations.is_empty()
            && let Some(place) = stream.fields.iter().position(|field| field.name.eq_ignore_ascii_case(RELATIONS))
        {
            self.at("fields", |checker| {
                crate::path::push_index(&mut checker.path, place);
                let message = format!("`{RELATIONS}` is the column that the relations stand in.");
                checker.at("name", |checker| checker.fault("duplicate_name", message));
            });
        }
    }

    fn relation_to(&mut self, relation: &Relation, streams: &[&str]) {
        self.template(&relation.to, if relation.each.is_some() { STEP } else { RECORD });
        self.no_secret(&relation.to);
        let text = relation.to.as_str();
        let stream = text.split_once(':').map(|(stream, _)| stream.trim());
        match stream {
            None if relation.to.is_literal() => {
                self.fault(
                    "bad_relation",
                    "The other record is written `stream:key`, such as `users:{{ record.author }}`.",
                );
            }
            // A stream of another connector may be meant; a near miss of one of these is a slip.
            Some(stream)
                if relation.kind != RelationKind::Tag && !stream.contains('{') && !streams.contains(&stream) =>
            {
                if let Some(near) = closest(stream, streams.iter().copied()) {
                    let message = format!("There is no stream `{}`.", short(stream));
                    self.fault_near("unknown_stream", message, Some(near));
                }
            }
            _ => {}
        }
    }
}
