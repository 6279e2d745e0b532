//! `source: {type: files}`: the folder is a person's own, the glob is one, and what only HTTP has is not there.

use super::Checker;
use super::names::short;
use super::template::SHARED;
use crate::model::{Decode, FilesFormat, FilesSource, Paginate, Request, Stream};

/// A record's own members, which need no `key` in the stream's fields.
pub(super) const OWN: [&str; 4] = ["_path", "_file", "_modified", "_line"];

impl Checker<'_> {
    pub(super) fn files(&mut self, stream: &Stream, files: &FilesSource) {
        self.at("source", |checker| {
            checker.at("folder", |checker| checker.folder(files));
            checker.at("glob", |checker| checker.glob(&files.glob));
            checker.at("format", |checker| checker.files_format(&files.format));
            checker.some("max_broken", files.max_broken.as_ref(), |checker, most| {
                if !(0.0..=100.0).contains(most) {
                    checker.fault("out_of_range", format!("A share is 0 to 100 per cent, not {most}."));
                }
            });
        });
        let parts = [
            ("partitions", stream.partitions.is_empty()),
            ("request", stream.request == Request::default()),
            ("job", stream.job.is_none()),
            ("decode", stream.decode == Decode::default()),
            ("paginate", stream.paginate == Paginate::default()),
            ("incremental", stream.incremental.is_none()),
            ("responses", stream.responses.is_empty()),
        ];
        for (part, _) in parts.into_iter().filter(|(_, unset)| !unset) {
            let hint = match part {
                "decode" => " What the files are stands in `source.format`.",
                "incremental" => " Only new and changed files are read anyway.",
                _ => "",
            };
            let message = format!("`{part}` belongs to a stream over HTTP; this one reads files.{hint}");
            self.at(part, |checker| checker.fault("not_for_files", message));
        }
        let lines = matches!(files.format, FilesFormat::Csv(_) | FilesFormat::Jsonl { .. });
        if lines && stream.records.path.as_deref().is_some_and(|path| path != "$[*]") {
            let message = "Each line is a record here; a path to records is for JSON documents.";
            self.at("records", |checker| checker.at("path", |checker| checker.fault("not_for_files", message)));
        }
        let taken = |name: &str| OWN.contains(&name);
        let misled = |field: &&crate::model::Field| {
            taken(&field.name) && field.from.as_deref().is_some_and(|from| from != format!("$.{}", field.name))
        };
        if let Some(field) = stream.fields.iter().find(misled) {
            let message = format!("`{}` is what the files say of a record; call this column otherwise.", field.name);
            self.at("fields", |checker| checker.fault("bad_name", message));
        }
    }

    /// A definition that is passed on must not choose what of a stranger's disk is read.
    fn folder(&mut self, files: &FilesSource) {
        let text = files.folder.as_str();
        self.template(&files.folder, SHARED);
        if !text.contains("config") || files.folder.is_literal() {
            let message = "The folder is given by the person who reads it, so it comes from an input.";
            return self.fault_near("literal_folder", message, Some("{{ config.folder }}"));
        }
        let outside = text.split("{{").map(|part| part.split_once("}}").map_or(part, |(_, behind)| behind));
        if outside.into_iter().any(|part| part.split(['/', '\\']).any(|part| part == "..")) {
            self.fault("bad_folder", "The folder must not lead out of the one that the person gave (`..`).");
        }
        let definition = self.definition;
        let given = definition.config.iter().filter(|input| text.contains(&format!("config.{}", input.name)));
        if let Some(input) = given.into_iter().find(|input| input.default.is_some()) {
            let message =
                format!("The input `{}` has a default, so a folder could be read that nobody named.", input.name);
            self.fault("literal_folder", message);
        }
    }

    fn glob(&mut self, glob: &str) {
        if glob.starts_with('/') || glob.split('/').any(|part| part == "..") {
            return self.fault("bad_glob", "The glob is a path inside the folder: it has no `/` in front and no `..`.");
        }
        if let Err(error) = globset::GlobBuilder::new(glob).literal_separator(true).build() {
            self.fault("bad_glob", format!("`{}` is no glob: {}.", short(glob), error.kind()));
        }
    }

    fn files_format(&mut self, format: &FilesFormat) {
        match format {
            FilesFormat::Auto => {}
            FilesFormat::Json { encoding } | FilesFormat::Jsonl { encoding } => self.encoding(encoding.as_ref()),
            FilesFormat::Csv(csv) => {
                self.encoding(csv.encoding.as_ref());
                self.at("delimiter", |checker| checker.character(csv.delimiter_byte().err()));
                self.at("quote", |checker| checker.character(csv.quote_byte().err()));
                self.at("comment", |checker| checker.character(csv.comment_byte().err()));
            }
        }
    }
}
