//! Records path, key, types, pagination and cursor, told from one answer and the proving second page.
//!
//! Nothing is guessed in silence: what is not proved says so, and shows its other readings. At most 12 requests are
//! sent beside the first, all to the connector's own hosts, each once.

mod amounts;
mod auth_hint;
mod by_id;
mod choice;
mod columns;
mod cursor;
mod decode;
mod facts;
mod filter;
mod inside;
mod key;
mod moments;
pub(crate) mod more;
mod node;
mod offer;
mod paging;
mod pair;
mod place;
mod probe;
mod propose;
mod records;
mod report;
mod table;
mod types;
mod words;

pub use auth_hint::{AuthHint, AuthHintKind, auth_hint};
pub use choice::apply;
pub use filter::try_filter;
pub use offer::{
    FoundParent, Offer, OfferPlace, OfferWay, TakenAs, belonging, offers, read_parent, take as take_offer,
};
pub use probe::{PagerProbe, Probe, first_request};
pub use report::{Candidate, Choice, Confidence, Detected, Detection, Part, TypeEvidence};

use crate::http::{Answer, first_words, looks_like_html, refusal, shown_host, web_page};
use crate::json::not_json;
use definition::model::{Auth, Decode, Paginate};
use definition::{Definition, Problem, ProblemKind, Stage};
use node::Node;
use place::Place;
use probe::Prober;
use serde::de::IgnoredAny;

/// The most records that types and keys are told from.
const MOST_RECORDS: usize = 5_000;

/// Detects everything about a draft's first stream from its first answer; `probe` fetches the proving pages, `progress`
/// is told what is being fetched. Gives the draft with the best readings taken, and the report.
pub async fn detect(
    draft: Definition,
    first: &Answer,
    probe: &dyn Probe,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<(Definition, Detection), Problem> {
    run(draft, first, None, Prober::new(Some(probe), progress)).await
}

/// What records are like that are there already.
#[derive(Debug, Clone)]
pub(crate) struct FoundColumns {
    pub fields: Vec<definition::model::Field>,
    pub types: Vec<TypeEvidence>,
    pub key: Detected,
    pub records: usize,
}

/// Tells columns, types and the key of records (JSON texts) that come from `parts` files.
pub(crate) fn from_records(records: &[String], parts: usize, stream: &str) -> FoundColumns {
    let nodes: Vec<Node> = records.iter().filter_map(|record| Node::parse(record)).take(MOST_RECORDS).collect();
    let nodes: Vec<&Node> = nodes.iter().collect();
    let columns = columns::columns(&nodes);
    let (fields, types) = types::evidence(&columns, false);
    let key = key::detect(&columns, nodes.len(), parts.min(2), stream, false);
    FoundColumns { fields, types, key, records: nodes.len() }
}

/// The columns of records (JSON texts), and what their types are told by.
pub fn columns_of(records: &[String]) -> (Vec<definition::model::Field>, Vec<TypeEvidence>) {
    let nodes: Vec<Node> = records.iter().filter_map(|record| Node::parse(record)).take(MOST_RECORDS).collect();
    let nodes: Vec<&Node> = nodes.iter().collect();
    types::evidence(&columns::columns(&nodes), false)
}

/// Detects what can be told without a request, as when another list is pointed at: `records` is its JSONPath. The
/// paging and the cursor that the draft has are kept.
pub fn detect_offline(
    draft: Definition,
    first: &Answer,
    records: Option<&str>,
) -> Result<(Definition, Detection), Problem> {
    let prober = Prober::new(None, &|_| {});
    let kept = draft.streams.first().map(|stream| (stream.paginate.clone(), stream.incremental.clone()));
    // Without a probe nothing is awaited: the first poll is the last.
    let mut future = std::pin::pin!(run(draft, first, records, prober));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(done) = future.as_mut().poll(&mut context) else {
        return Err(Problem::new("internal", ProblemKind::Internal, Stage::Select, "Detection waited for a request."));
    };
    let (mut definition, detection) = done?;
    if let (Some((paginate, incremental)), Some(stream)) = (kept, definition.streams.first_mut()) {
        if paginate != Paginate::None {
            stream.paginate = paginate;
        }
        stream.incremental = incremental;
    }
    Ok((definition, detection))
}

async fn run(
    mut draft: Definition,
    first: &Answer,
    records: Option<&str>,
    mut prober: Prober<'_>,
) -> Result<(Definition, Detection), Problem> {
    let Some(stream) = draft.streams.first().map(|stream| stream.name.clone()) else {
        return Err(Problem::new(
            "no_stream",
            ProblemKind::Config,
            Stage::Plan,
            "The definition has no stream to read.",
        ));
    };
    let mut detection = Detection::default();
    let other = other_kind(&mut draft, first, &mut detection)?;
    let first = other.as_ref().unwrap_or(first);
    let signed = draft.http.as_ref().is_some_and(|http| http.auth != Auth::None);
    let root = read(first, signed)?;
    if let (None, Some(inside)) = (records, inside::refused(first)) {
        let request = format!("{} {}", first.request.method, first.request.url);
        return Err(inside::problem(&inside, first, &shown_host(&first.url)).request(request));
    }
    detection.requests.push(format!("{} {} → {}", first.request.method, first.request.url, first.status));
    let found = records::find(&root, &stream);
    let mut part = records::detected(&root, &found);
    if matches!(&draft.streams[0].decode, Decode::Json { entries: Some(_), .. })
        && let Some(best) = part.candidates.first_mut()
    {
        // An object may be one thing with alike parts.
        best.confidence = best.confidence.min(Confidence::Likely);
        best.evidence.push_str(", each under its own name, which is kept");
    }
    if let Some(path) = records {
        records::point(&mut part, path, &root);
    }
    let (from, to) = (sent_to(&draft), shown_host(&first.url));
    if from.as_ref().is_some_and(|from| *from != to) {
        let from = from.unwrap_or_default();
        detection.notes.push(format!(
            "{from} sends requests on to {to}, where the key does not go. If {to} is right, use it in base_url."
        ));
    }
    let place = take(&part, &mut draft, &stream).and_then(|path| Place::parse(&path)).unwrap_or_default();
    detection.parts.push(part);
    let rule = draft.http.as_mut().filter(|_| records.is_none()).and_then(|http| inside::rule(&root, &place, http));
    detection.notes.extend(rule);
    draft.streams[0].incremental = None;

    let page: Vec<&Node> = place.select(&root).into_iter().take(MOST_RECORDS).collect();
    let only = columns::columns(&page);
    let single = !place.0.contains(&place::Step::Each);
    let by = key::detect(&only, page.len(), 1, &stream, single);
    let compared = compared(&by, &only);
    detection.echoed = echoed(draft.streams[0].request.path.as_str(), &only);
    let asked = paging::First { draft: &draft, answer: first, root: &root, records: &place, key: compared, single };
    let paged = paging::detect(&asked, &mut prober).await;
    detection.notes.extend(paged.notes);

    let second: Vec<&Node> = paged.second.iter().flat_map(|node| place.select(node)).take(MOST_RECORDS).collect();
    let pages = if second.is_empty() { 1 } else { 2 };
    let all: Vec<&Node> = page.iter().chain(&second).copied().collect();
    let columns = columns::columns(&all);
    let complete = paged.part.best().is_some_and(|best| {
        matches!(best.choice, Choice::Pages { paginate: Paginate::None }) && best.confidence > Confidence::Unsure
    });
    let (fields, evidence) = types::evidence(&columns, complete);
    let key = key::detect(&columns, all.len(), pages, &stream, single);
    let has_key = key.best().is_some_and(|best| matches!(&best.choice, Choice::Key { fields } if !fields.is_empty()));
    let on_first: Vec<_> = if second.is_empty() { columns.clone() } else { columns::columns(&page) };
    let cursor = cursor::detect(&draft, &on_first, &place, has_key, &mut prober).await;
    let types = types::detected(fields, &evidence, all.len());
    for part in [&types, &key, &paged.part, &cursor] {
        take(part, &mut draft, &stream);
    }
    detection.parts.extend([key, paged.part, cursor, types]);
    detection.types = evidence;
    detection.requests.append(&mut prober.requests);
    Ok((draft, detection))
}

/// An answer that is no JSON though the draft says nothing else, or whose JSON is lists side by side: what it is becomes
/// the draft's decoding, and it is decoded.
fn other_kind(draft: &mut Definition, first: &Answer, detection: &mut Detection) -> Result<Option<Answer>, Problem> {
    let Some(stream) = draft.streams.first_mut().filter(|stream| stream.decode == Decode::default()) else {
        return Ok(None);
    };
    let good = (200..300).contains(&first.status);
    let json = first.body.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| b"{[".contains(byte))
        && serde_json::from_slice::<IgnoredAny>(&first.body).is_ok();
    let told = match (good, json) {
        (true, false) => decode::sniff(first),
        (true, true) => {
            let root = std::str::from_utf8(&first.body).ok().and_then(Node::parse);
            root.and_then(|root| {
                let side = || decode::side_by_side(&root).or_else(|| decode::by_name(&root, &stream.name));
                table::table(&root).or_else(side)
            })
        }
        _ => None,
    };
    let Some((decode, words)) = told else { return Ok(None) };
    stream.decode = decode;
    detection.notes.push(words);
    decode::decoded(stream, first).map(Some)
}

/// Takes the best reading. Gives the path, for records.
fn take(part: &Detected, draft: &mut Definition, stream: &str) -> Option<String> {
    let best = part.best()?;
    apply(&best.choice, draft, stream);
    if let Choice::Records { path } = &best.choice { Some(path.clone()) } else { None }
}

/// The column by which pages are compared: an id that is unique on the first.
fn compared(key: &Detected, columns: &[columns::Column<'_>]) -> Option<Place> {
    let best = key.best().filter(|best| best.confidence >= Confidence::Likely)?;
    let Choice::Key { fields } = &best.choice else { return None };
    let [name] = fields.as_slice() else { return None };
    columns.iter().find(|column| column.name == *name).map(|column| column.place.clone())
}

/// Segments of the path that the first record repeats.
fn echoed(path: &str, columns: &[columns::Column<'_>]) -> Vec<String> {
    let says = |segment: &&str| {
        let first = columns.iter().filter_map(|column| column.values.first().copied().flatten());
        let mut texts = first.filter_map(|node| if let Node::Text(text) = node { Some(text.as_str()) } else { None });
        !segment.is_empty() && texts.any(|text| text.eq_ignore_ascii_case(segment))
    };
    let path = path.split('?').next().unwrap_or_default();
    path.split('/').filter(says).map(str::to_owned).collect()
}

/// The answer as a tree, or why it is none. `signed`: whether credentials were sent.
fn read(answer: &Answer, signed: bool) -> Result<Node, Problem> {
    let request = format!("{} {}", answer.request.method, answer.request.url);
    let host = shown_host(&answer.url);
    if !(200..300).contains(&answer.status) {
        return Err(refusal(answer, &host, signed).request(request));
    }
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return Err(empty(answer, &host).request(request));
    }
    if looks_like_html(&answer.body) {
        return Err(web_page(&answer.body, &host).request(request));
    }
    if let Some(error) = serde_json::from_slice::<IgnoredAny>(&answer.body).err() {
        return Err(not_json(&String::from_utf8_lossy(&answer.body), &error).request(request));
    }
    if answer.body.trim_ascii() == b"null" {
        let message = format!("{host} answered {} with `null`: there is nothing in it.", answer.status);
        return Err(nothing(message).request(request));
    }
    std::str::from_utf8(&answer.body).ok().and_then(Node::parse).ok_or_else(|| {
        let message = format!("{host} answered with what is not JSON.");
        Problem::new("not_json", ProblemKind::Data, Stage::Decode, message)
            .hint("Check that the address is the API's, not its page, and that it answers with JSON.")
            .request(request)
            .detail(first_words(&answer.body))
    })
}

/// The problem of a good answer without a body.
fn empty(answer: &Answer, host: &str) -> Problem {
    let message = match answer.status {
        204 => format!("{host} answered 204 No Content: there is no answer body."),
        status => format!("{host} answered {status} with an empty body."),
    };
    nothing(message)
}

/// A good answer with nothing in it.
fn nothing(message: String) -> Problem {
    Problem::new("not_json", ProblemKind::Data, Stage::Decode, message).hint(
        "The address takes the request and gives nothing back: the records stand at another one, or need a parameter.",
    )
}

/// The host that the request is sent to, where the definition names it plainly.
fn sent_to(draft: &Definition) -> Option<String> {
    let base = draft.http.as_ref().map(|http| http.base_url.as_str()).unwrap_or_default();
    let plain = draft.streams.first().is_some_and(|stream| !stream.request.path.as_str().contains("://"));
    url::Url::parse(base).ok().filter(|_| plain && !base.contains("{{")).map(|url| shown_host(&url))
}
