//! One stream, compiled.

use super::incremental::IncrementalPlan;
use super::request::RequestPlan;
use crate::decode::DecodePlan;
use crate::expr::Expressions;
use crate::http::Rules;
use crate::job::JobPlan;
use crate::json::{Path, Selector};
use crate::map::Mapper;
use crate::paginate::Paginator;
use crate::partition::Partitions;
use crate::source::SourcePlan;
use definition::Fault;
use definition::model::{Decode, Deletions, Http, Source, Stream};
use std::sync::Arc;

/// Where answers usually tell how many records there are in all.
const TOTALS: &[&str] =
    &["$.total", "$.total_count", "$.meta.total", "$.meta.total_count", "$.pagination.total", "$.count"];

/// A compiled stream.
#[derive(Debug)]
pub(crate) struct StreamPlan {
    pub name: String,
    /// Where its records come from.
    pub source: SourcePlan,
    pub request: RequestPlan,
    pub paginator: Paginator,
    pub selector: Selector,
    /// The JSONPath of the records.
    pub records: Option<String>,
    pub decode: Arc<DecodePlan>,
    pub job: Option<JobPlan>,
    pub rules: Rules,
    pub incremental: Option<IncrementalPlan>,
    pub partitions: Partitions,
    pub mapper: Mapper,
    /// Whether an expression over a record asks for the answer's headers.
    pub uses_headers: bool,
    pub key: Vec<String>,
    /// Whether the definition names the key.
    pub own_key: bool,
    /// What becomes of records that a whole read did not meet.
    pub deletions: Deletions,
    /// A mark of the request, the paging and the records' place: a read with another mark is not resumed.
    pub mark: String,
    /// Its path in the definition: `streams[0]`.
    pub field: String,
}

impl StreamPlan {
    pub(super) fn compile(
        stream: &Stream,
        http: &Http,
        base: &str,
        field: String,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let completed = crate::source::files::completed(stream);
        let own_key = !stream.key.is_empty();
        let stream = completed.as_ref();
        let mut faults = Vec::new();
        let mut note = |more: Vec<Fault>| faults.extend(more);
        let at = |part: &str| format!("{field}.{part}");
        let source = SourcePlan::compile(stream, &field, expressions).map_err(&mut note).ok();
        let request = RequestPlan::compile(&stream.request, (&http.query, &http.headers), &at("request"), expressions)
            .map_err(&mut note)
            .ok();
        let paginator = Paginator::compile(&stream.paginate, &at("paginate"), expressions).map_err(&mut note).ok();
        let rules = Rules::compile(&stream.responses, &at("responses"), expressions).map_err(&mut note).ok();
        let incremental = stream.incremental.as_ref();
        let incremental = incremental
            .map(|incremental| {
                let mut incremental = incremental.clone();
                // A database's own types are written in one way, whatever the definition says or not.
                if stream.source != Source::Http && incremental.formats.is_empty() {
                    incremental.formats = vec!["rfc3339".to_owned(), "date".to_owned()];
                }
                IncrementalPlan::compile(&incremental, &at("incremental"), expressions)
            })
            .transpose()
            .map_err(&mut note)
            .ok();
        let partitions = Partitions::compile(stream, &field, expressions).map_err(&mut note).ok();
        let job = stream.job.as_ref();
        let job =
            job.map(|job| JobPlan::compile(job, http, &at("job"), expressions)).transpose().map_err(&mut note).ok();
        let mapper = Mapper::compile(stream, &field, expressions).map_err(&mut note).ok();
        let records = stream.records.path.as_deref().map(Path::parse).transpose();
        let records = records.map_err(|why| note(vec![Fault::new("bad_path", at("records.path"), why)])).ok();
        let mark = mark(stream, http, base);
        let (
            Some(source),
            Some(request),
            Some(paginator),
            Some(rules),
            Some(incremental),
            Some(mapper),
            Some(records),
            Some(partitions),
            Some(job),
        ) = (source, request, paginator, rules, incremental, mapper, records, partitions, job)
        else {
            return Err(faults);
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let facts = facts(&paginator);
        let selector = Selector::new(records.as_ref(), &facts);
        let asked: Vec<_> = paginator.until.iter().chain(paginator.next_expression()).collect();
        let decode = Arc::new(DecodePlan::new(stream, records.as_ref(), &facts, &asked));
        let (name, key) = (stream.name.clone(), stream.key.clone());
        let uses_headers = uses_headers(stream);
        Ok(Self {
            name,
            source,
            own_key,
            request,
            paginator,
            selector,
            records: stream.records.path.clone(),
            decode,
            job,
            rules,
            incremental,
            partitions,
            mapper,
            uses_headers,
            key,
            deletions: stream.deletions,
            mark,
            field,
        })
    }
}

/// The paths whose values a page is asked for: the next page's, where the paging has one, then the totals.
fn facts(paginator: &Paginator) -> Vec<Path> {
    let totals = TOTALS.iter().filter_map(|path| Path::parse(path).ok());
    paginator.next_path().cloned().into_iter().chain(totals).collect()
}

fn uses_headers(stream: &Stream) -> bool {
    let over_records = serde_json::json!([stream.records.filter, stream.steps, stream.fields, stream.relations]);
    over_records.to_string().contains("headers")
}

/// FNV-1a over what decides which pages there are. Stable between versions of the compiler.
fn mark(stream: &Stream, http: &Http, base: &str) -> String {
    let parts =
        serde_json::json!([base, http.query, stream.request, stream.paginate, stream.incremental, stream.records.path]);
    let mut text = parts.to_string();
    if stream.decode != Decode::default() {
        text += &serde_json::json!(stream.decode).to_string();
    }
    if stream.source != Source::Http {
        text += &serde_json::json!([stream.source, stream.key]).to_string();
    }
    if !stream.partitions.is_empty() {
        text += &serde_json::json!(stream.partitions).to_string();
    }
    if let Some(job) = &stream.job {
        text += &serde_json::json!(job).to_string();
    }
    if stream.source != Source::default() {
        text += &serde_json::json!(stream.source).to_string();
    }
    fnv(&text)
}

/// A text's hash, FNV-1a.
pub(crate) fn fnv(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}
