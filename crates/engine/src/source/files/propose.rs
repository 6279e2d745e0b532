//! A connector for a folder nobody described: its files are looked at, those with the same columns become a stream, and
//! columns get types by what stands in them.

use super::file::{Asked, FileReader, Kind, Page, facts, names};
use super::list::{Listed, list, words};
use super::own::{Own, Wanted};
use super::shape::{self, Shape};
use crate::detect::{Candidate, Choice, Confidence, Detected, Detection, Part, from_records};
use definition::model::{ConfigInput, FieldType, FilesFormat, FilesSource, Records, Source, Stream};
use definition::model::{Field, Template};
use definition::{Definition, Problem, ProblemKind, Stage};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// Files that are looked at, spread over all.
const FILES: usize = 300;
/// Records of a stream that types are told from.
const RECORDS: usize = 5_000;

/// What was made of a folder.
#[derive(Debug, Clone)]
pub struct ProposedFiles {
    /// A connector with a stream for each kind of file.
    pub definition: Definition,
    /// The folder, for the input `folder`.
    pub folder: String,
    /// What was found of the first stream, with what the person should know.
    pub detection: Detection,
}

/// Whether a path is a folder, or a file that looks like data.
pub fn looks_like_data(path: &Path) -> bool {
    path.is_dir() || (path.is_file() && super::list::is_data(&path.to_string_lossy()))
}

/// Whether a folder has files that look like data right in it.
pub fn has_data(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names = entries.filter(|entry| entry.path().is_file()).map(|entry| entry.file_name());
    names.any(|name| super::list::looks_like_data(&name.to_string_lossy()))
}

/// A file that was looked at.
struct Looked {
    file: Listed,
    kind: &'static str,
    columns: BTreeSet<String>,
    records: Vec<String>,
    /// Whether its columns have names of their own.
    named: bool,
    /// The list that its records are in, where that is not the document itself.
    records_path: Option<String>,
}

/// Looks at a folder, or at one file, and proposes a connector.
pub fn propose(path: &Path) -> Result<ProposedFiles, Problem> {
    let listing = list(path, "")?;
    let single = path.is_file();
    let root = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = if single { root.parent().unwrap_or(&root).to_owned() } else { root };
    if listing.files.is_empty() {
        let message = format!("There are no data files in {}.", folder.display());
        return Err(Problem::new("no_files", ProblemKind::Config, Stage::Open, message)
            .hint("CSV, TSV, JSON and JSON lines are read, also packed with gzip or zstd. Name others with a glob."));
    }
    let mut notes: Vec<String> =
        listing.unread.iter().map(|(path, why)| format!("{path} can't be read: {why}.")).collect();
    let all = listing.files.len();
    let mut looked = Vec::new();
    for file in spread(listing.files) {
        match look(&file, &mut notes) {
            Ok(Some(one)) => looked.push(one),
            Ok(None) => {}
            Err(error) => notes.push(format!("{} can't be read: {}.", file.path, words(&error))),
        }
    }
    if looked.is_empty() {
        let message = format!("None of the {all} files of {} has records.", folder.display());
        return Err(Problem::new("no_files", ProblemKind::Data, Stage::Open, message).detail(notes.join("\n")));
    }
    if all > looked.len() {
        notes.push(format!("{} of {all} files were looked at.", looked.len()));
    }
    let folder_name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(build(looked, &folder_name, &folder.display().to_string(), single, notes))
}

/// The first, the last and some between.
fn spread(files: Vec<Listed>) -> Vec<Listed> {
    let count = files.len();
    if count <= FILES {
        return files;
    }
    let mut chosen: Vec<usize> = (0..FILES).map(|index| index * (count - 1) / (FILES - 1)).collect();
    chosen.dedup();
    let chosen: HashSet<usize> = chosen.into_iter().collect();
    files.into_iter().enumerate().filter(|(index, _)| chosen.contains(index)).map(|(_, file)| file).collect()
}

fn look(file: &Listed, notes: &mut Vec<String>) -> std::io::Result<Option<Looked>> {
    if file.size == 0 {
        return Ok(None);
    }
    let known = facts(&file.at, file.size, &FilesFormat::Auto)?;
    let records_path = match &known.kind {
        Kind::Json if known.whole => shape::inner_list(&known.sample),
        _ => None,
    };
    let holder = records_path.iter().cloned().collect();
    let asked = Asked { format: FilesFormat::Auto, holder };
    let none = Own::new(Wanted::none(), &file.path, "");
    let mut reader = FileReader::open(&file.at, &known, &asked, none, None, 0)?;
    let mut page = Page::default();
    // What came before a fault is enough to tell columns.
    let read = reader.page(&mut page);
    if page.records.is_empty() {
        return read.map(|()| None);
    }
    let text = |range: &std::ops::Range<usize>| String::from_utf8_lossy(&page.json[range.clone()]).into_owned();
    let records: Vec<String> = page.records.iter().take(RECORDS / 5).map(text).collect();
    let (kind, columns, named): (_, BTreeSet<String>, bool) = match &known.kind {
        Kind::Json => ("json", shape::members(&records), true),
        Kind::Jsonl => ("jsonl", shape::members(&records), true),
        Kind::Csv(told) => ("csv", names(told).into_iter().collect(), told.header),
    };
    if let Kind::Csv(told) = &known.kind
        && told.header
    {
        let doubled =
            told.first.iter().filter(|name| !name.trim().is_empty() && !columns.contains(name.trim())).count();
        let unique: HashSet<&str> = told.first.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
        let filled = told.first.iter().filter(|name| !name.trim().is_empty()).count();
        if unique.len() < filled || doubled > 0 {
            notes.push(format!("{}: columns of the same name were numbered.", file.path));
        }
    }
    if !named {
        notes.push(format!("{} has no header; its columns are column_1 and so on.", file.path));
    }
    let records_path = records_path.map(|name| format!("$['{name}'][*]"));
    Ok(Some(Looked { file: file.clone(), kind, columns, records, named, records_path }))
}

/// Files that belong together.
struct Group {
    columns: BTreeSet<String>,
    files: Vec<Looked>,
}

fn build(looked: Vec<Looked>, name: &str, folder: &str, single: bool, mut notes: Vec<String>) -> ProposedFiles {
    let paths: Vec<String> = looked.iter().map(|one| one.file.path.clone()).collect();
    let groups = group(looked);
    let several = groups.len() > 1;
    let mut streams: Vec<Stream> = Vec::new();
    let mut first: Option<Detection> = None;
    for group in &groups {
        let own: Vec<&str> = group.files.iter().map(|one| one.file.path.as_str()).collect();
        let glob = shape::glob(&own, &paths, several || single);
        let mut name = shape::stream_name(&own, name);
        while streams.iter().any(|stream| stream.name == name) {
            name = format!("{name}_2");
        }
        let (stream, detection) = stream(group, &name, glob, &mut notes);
        streams.push(stream);
        first.get_or_insert(detection);
    }
    let mut detection = first.unwrap_or_default();
    if several {
        let told =
            streams.iter().zip(&groups).map(|(stream, group)| format!("{} ({} files)", stream.name, group.files.len()));
        notes.insert(
            0,
            format!(
                "The files have different columns, so they are {} streams: {}.",
                groups.len(),
                told.collect::<Vec<_>>().join(", ")
            ),
        );
    }
    notes.truncate(40);
    detection.notes.extend(notes);
    let input = ConfigInput {
        name: "folder".to_owned(),
        title: "Folder".to_owned(),
        description: "The folder with the files.".to_owned(),
        required: true,
        ..ConfigInput::default()
    };
    let definition = Definition {
        name: shape::connector_name(name),
        title: name.to_owned(),
        version: "0.1.0".to_owned(),
        config: vec![input],
        streams,
        ..Definition::default()
    };
    ProposedFiles { definition, folder: folder.to_owned(), detection }
}

/// Puts files with the same columns, or nearly, together.
fn group(looked: Vec<Looked>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for one in looked {
        let like = |group: &Group| {
            let shared = group.columns.intersection(&one.columns).count() as f64;
            let least = group.columns.len().min(one.columns.len()).max(1) as f64;
            let path = group.files.first().map(|file| &file.records_path);
            let fits = path == Some(&one.records_path) || (one.kind != "json");
            // Columns without names say nothing of what they are: those of one name pattern belong together.
            let named = one.named == group.files.first().is_none_or(|file| file.named);
            let pattern = group
                .files
                .first()
                .is_some_and(|file| shape::pattern(&file.file.path) == shape::pattern(&one.file.path));
            let close = if named && one.named {
                shared / least >= 0.6
            } else {
                pattern && (!one.named || shared / least >= 0.6)
            };
            (fits && close).then_some(shared / least)
        };
        let best = groups.iter().enumerate().filter_map(|(index, group)| Some((index, like(group)?)));
        let best = best.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(index, _)| index);
        match best.and_then(|index| groups.get_mut(index)) {
            Some(group) => {
                group.columns.extend(one.columns.iter().cloned());
                group.files.push(one);
            }
            None => groups.push(Group { columns: one.columns.clone(), files: vec![one] }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.files.len()));
    groups
}

/// The stream of some files, and what was found.
fn stream(group: &Group, name: &str, glob: String, notes: &mut Vec<String>) -> (Stream, Detection) {
    let each = (RECORDS / group.files.len().max(1)).max(20);
    let sample: Vec<(&str, bool)> = group
        .files
        .iter()
        .flat_map(|file| file.records.iter().take(each).map(move |record| (record.as_str(), file.kind == "csv")))
        .collect();
    let Shape { records, decimals } = shape::typed(&sample);
    let mut found = from_records(&records, group.files.len(), name);
    for field in &mut found.fields {
        adjust(field, &decimals, notes);
    }
    for kind in &mut found.types {
        let field = found.fields.iter().find(|field| field.name == kind.field);
        kind.kind = field.map_or(kind.kind, |field| field.kind);
    }
    let sure = found
        .key
        .best()
        .filter(|best| best.confidence > Confidence::Unsure && group.files.iter().all(|file| file.named));
    let key = sure.and_then(|best| if let Choice::Key { fields } = &best.choice { Some(fields.clone()) } else { None });
    let key = key.filter(|key| !key.is_empty());
    let own = Field { name: "_path".to_owned(), from: Some("$._path".to_owned()), ..Field::default() };
    let line = Field {
        name: "_line".to_owned(),
        from: Some("$._line".to_owned()),
        kind: FieldType::Integer,
        ..Field::default()
    };
    let mut fields = found.fields.clone();
    fields.extend([own, line]);
    let kinds: HashSet<&str> = group.files.iter().map(|file| file.kind).collect();
    let format = match kinds.iter().copied().collect::<Vec<_>>().as_slice() {
        ["csv"] => FilesFormat::Csv(Default::default()),
        ["json"] => FilesFormat::Json { encoding: None },
        ["jsonl"] => FilesFormat::Jsonl { encoding: None },
        _ => FilesFormat::Auto,
    };
    let path = group.files.iter().find_map(|file| file.records_path.clone());
    let detection = report(group, &found, &key, fields.clone(), path.as_deref(), &format);
    let source = FilesSource { folder: Template::from("{{ config.folder }}"), glob, format, max_broken: None };
    let stream = Stream {
        name: name.to_owned(),
        source: Source::Files(source),
        records: Records { path, ..Records::default() },
        key: key.unwrap_or_else(|| vec!["_path".to_owned(), "_line".to_owned()]),
        fields,
        ..Stream::default()
    };
    (stream, detection)
}

/// Numbers of a text keep their digits, and a comma becomes a point where it is one.
fn adjust(field: &mut Field, decimals: &shape::Decimals, notes: &mut Vec<String>) {
    let Some(decimal) = decimals.get(&field.name) else { return };
    if matches!(field.kind, FieldType::Number | FieldType::Decimal | FieldType::Integer) {
        if field.kind == FieldType::Number || !decimal.transform.is_empty() {
            field.kind = FieldType::Decimal;
        }
        field.transform.clone_from(&decimal.transform);
        if !decimal.transform.is_empty() {
            notes.push(format!("{}: numbers with a decimal comma are read as such.", field.name));
        }
    }
}

fn report(
    group: &Group,
    found: &crate::detect::FoundColumns,
    key: &Option<Vec<String>>,
    fields: Vec<Field>,
    path: Option<&str>,
    format: &FilesFormat,
) -> Detection {
    let one = |part, label: String, evidence: String, confidence, choice| Detected {
        part,
        candidates: vec![Candidate { label, evidence, confidence, choice }],
    };
    let files = group.files.len();
    let kind = match format {
        FilesFormat::Auto => "several formats",
        FilesFormat::Csv(_) => "CSV",
        FilesFormat::Json { .. } => "JSON",
        FilesFormat::Jsonl { .. } => "JSON lines",
    };
    let label = path.unwrap_or("$[*]").to_owned();
    let records = one(
        Part::Records,
        label.clone(),
        format!("{kind}, {files} file{}", if files == 1 { "" } else { "s" }),
        Confidence::Likely,
        Choice::Records { path: label },
    );
    let key = match key {
        Some(_) => found.key.clone(),
        None => {
            let fields = vec!["_path".to_owned(), "_line".to_owned()];
            let evidence = "no column tells records apart; a changed file replaces its records".to_owned();
            one(Part::Key, "_path, _line".to_owned(), evidence, Confidence::Likely, Choice::Key { fields })
        }
    };
    let label = format!("{} columns", fields.len());
    let types = one(
        Part::Types,
        label,
        format!("told from {} records", found.records),
        Confidence::Likely,
        Choice::Types { fields },
    );
    Detection { parts: vec![records, key, types], types: found.types.clone(), ..Detection::default() }
}
