//! Files of a folder as a source. Each file is a partition: it is read page by page, its place is a page's token, and
//! what it was is remembered, so that the next run reads what is new or changed.

mod archive;
mod cells;
mod content;
mod dialect;
mod file;
mod head;
mod json;
mod list;
mod look;
mod open;
mod own;
mod page;
mod part;
mod propose;
mod row;
mod run;
mod shape;
#[cfg(test)]
mod tests;
mod version;
mod window;

pub(crate) use cells::CellEnds;
pub(crate) use look::FolderLook;
pub(crate) use own::NAMES as OWN_NAMES;
pub(crate) use part::{FilePart, FilesWalk};
pub use propose::{ProposedFiles, has_data, looks_like_data, propose};
pub(crate) use run::FilesRun;

use crate::expr::{Compiled, Expressions};
use definition::Fault;
use definition::model::{Field, FieldType, FilesFormat, FilesSource, Rest, Source, Stream};
use file::Asked;
use own::Wanted;
use std::borrow::Cow;

/// A compiled source of files.
#[derive(Debug)]
pub(crate) struct FilesPlan {
    /// The stream's name, by which a recording knows its files.
    stream: String,
    folder: Compiled,
    glob: String,
    asked: Asked,
    wanted: Wanted,
    /// The share of broken lines above which a file counts as unreadable.
    max_broken: f64,
    /// What the definition makes of a file: where it changes, all are read again.
    mark: String,
}

impl FilesPlan {
    pub(crate) fn compile(
        stream: &Stream,
        files: &FilesSource,
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let at = |part: &str| format!("{field}.source.{part}");
        let folder =
            expressions.compile(&files.folder).map_err(|why| vec![Fault::new("bad_template", at("folder"), why)])?;
        if folder.secret() {
            let message = "A secret can't be a folder: it would be shown.";
            return Err(vec![Fault::new("secret_in_url", at("folder"), message)]);
        }
        if let Some(name) = folder.names().iter().find(|name| name.starts_with("config.") && !expressions.has(name)) {
            let message = format!("The folder is missing; {} needs it.", at("folder"));
            return Err(vec![Fault::new("missing_value", name.as_str(), message)]);
        }
        let holder = match files.format {
            FilesFormat::Json { .. } | FilesFormat::Auto => {
                holder(stream.records.path.as_deref()).ok_or_else(|| {
                    let message = "In files the path to the records is names and a list: `$.data[*]`.";
                    vec![Fault::new("bad_path", format!("{field}.records.path"), message)]
                })?
            }
            FilesFormat::Jsonl { .. } | FilesFormat::Csv(_) => Vec::new(),
        };
        Ok(Self {
            stream: stream.name.clone(),
            folder,
            glob: files.glob.clone(),
            asked: Asked { format: files.format.clone(), holder },
            wanted: Wanted::of(stream),
            max_broken: files.max_broken.unwrap_or(100.0),
            mark: mark(stream, files),
        })
    }
}

/// The names before the list, of `$.data[*]`.
fn holder(path: Option<&str>) -> Option<Vec<String>> {
    let Some(path) = path else { return Some(Vec::new()) };
    let path = crate::json::Path::parse(path).ok()?;
    let walk = path.walk()?;
    let (last, names) = walk.split_last()?;
    if !matches!(last, crate::json::Walk::Every) {
        return None;
    }
    let name =
        |step: &crate::json::Walk| if let crate::json::Walk::Key(name) = step { Some(name.clone()) } else { None };
    names.iter().map(name).collect()
}

/// What of a stream decides what a file's records become.
fn mark(stream: &Stream, files: &FilesSource) -> String {
    let parts = serde_json::json!([files.format, stream.records, stream.steps, stream.fields, stream.key, stream.rest]);
    crate::plan::fnv(&parts.to_string())
}

/// A stream of files as it is compiled: without a key of its own a record is told by its file and its line, and the
/// columns of the key are there.
pub(crate) fn completed(stream: &Stream) -> Cow<'_, Stream> {
    if !matches!(stream.source, Source::Files(_)) {
        return Cow::Borrowed(stream);
    }
    let mut own = stream.clone();
    if own.key.is_empty() {
        own.key = vec!["_path".to_owned(), "_line".to_owned()];
    }
    let open = own.fields.is_empty();
    if open {
        own.rest = own.rest.or(Some(Rest::Keep));
    }
    // The file's path is what tells which records a changed file had before.
    let needed = OWN_NAMES.iter().filter(|name| **name == "_path" || own.key.iter().any(|key| key == **name));
    let missing: Vec<Field> = needed
        .filter(|name| !own.fields.iter().any(|field| field.name == **name))
        .map(|name| Field {
            name: (*name).to_owned(),
            from: Some(format!("$.{name}")),
            kind: if *name == "_line" { FieldType::Integer } else { FieldType::String },
            ..Field::default()
        })
        .collect();
    if open {
        // The members of a key become columns by themselves; those of the file have their types.
        let keys = own.key.iter().filter(|key| !missing.iter().any(|field| field.name == **key));
        let keys: Vec<Field> = keys
            .map(|key| Field { name: key.clone(), from: Some(format!("$['{key}']")), ..Field::default() })
            .collect();
        own.fields.extend(keys);
    }
    own.fields.extend(missing);
    Cow::Owned(own)
}
