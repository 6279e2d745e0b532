//! One page at a time: the loop, and the proofs of detection, step by these.

mod arriving;
mod parts;
pub(crate) mod whole;

pub(crate) use parts::{PageEnd, PageHead, PagePart, PageStream};

use crate::detect::more;
use crate::event::LogLevel;
use crate::expr::{Expressions, Scope};
use crate::http::{
    Answer, GraphqlErrors, Opened, OutRequest, SendWatch, first_words, graphql_errors, header_values, looks_like_html,
    shown_host, take_off, total_pages, total_records, web_page,
};
use crate::job::JobRuns;
use crate::json::{Selected, members};
use crate::paginate::{PageFacts, Placed, done};
use crate::partition::Partition;
use crate::plan::{Plan, StreamPlan};
use crate::run::units::Unit;
use crate::source::files::{FilePart, FilesRun};
use definition::{Problem, ProblemKind, Stage};
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use url::Url;

/// Reads single pages of a stream.
#[derive(Debug, Clone)]
pub struct Pager {
    plan: Arc<Plan>,
    stream: usize,
    size: Option<u64>,
    interval: Interval,
    /// `name`, as expressions see it.
    name: Arc<Value>,
    partition: Option<Arc<Partition>>,
    /// What is known of its jobs.
    jobs: JobRuns,
    /// What is known of its files.
    files: FilesRun,
    /// The members of the first record that came. Clones share them.
    members: Arc<OnceLock<Vec<String>>>,
    /// What says that a read which ended was not whole. Clones share it.
    more: Arc<MoreSaid>,
    watch: SendWatch,
}

/// What answers said of more.
#[derive(Debug, Default)]
struct MoreSaid {
    problem: OnceLock<Problem>,
    /// Answers that were parsed for it.
    looked: AtomicU32,
}

/// Answers of a read that are parsed to see whether they say that there is more.
const MOST_LOOKS: u32 = 32;

/// Where an incremental read starts and ends, as cursor values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interval {
    /// Where it starts.
    pub start: Option<String>,
    /// Where it ends.
    pub end: Option<String>,
}

/// What an answer says about itself and the next page.
#[derive(Debug, Clone)]
pub struct PageRead {
    /// Where the records are in the answer's body.
    pub selected: Selected,
    /// What comes next.
    pub next: Next,
    /// How many records there are in all, where the answer says so.
    pub total: Option<u64>,
}

/// What comes after a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Another page; the token is the paginator's memory and can be kept as state.
    Page(Value),
    /// None, and why: `no next token`, `empty page`, `short page`, `until`, `one page`.
    Done(String),
}

impl Pager {
    /// A pager of one stream of a plan. Starts where the definition says that a first read starts.
    pub fn new(plan: Arc<Plan>, stream: &str) -> Result<Self, Problem> {
        let index = plan.streams.iter().position(|known| known.name == stream).ok_or_else(|| {
            let message = format!("There is no stream `{stream}`. There are {}.", plan.streams().join(", "));
            Problem::new("unknown_stream", ProblemKind::Config, Stage::Plan, message)
        })?;
        let interval = first_interval(&plan, &plan.streams[index])?;
        let size = page_size(&plan, &plan.streams[index])?;
        let watch = SendWatch { stream: stream.to_owned(), ..SendWatch::default() };
        let name = Arc::new(json!({"name": stream}));
        Ok(Self {
            plan,
            stream: index,
            size,
            interval,
            name,
            partition: None,
            jobs: JobRuns::default(),
            files: FilesRun::default(),
            members: Arc::default(),
            more: Arc::default(),
            watch,
        })
    }

    /// The pager of one span of one partition.
    #[must_use]
    pub(crate) fn of(&self, unit: &Unit) -> Self {
        Self { interval: unit.interval.clone(), partition: unit.partition.clone(), ..self.clone() }
    }

    /// The pager whose tries are told and counted.
    #[must_use]
    pub fn watched(mut self, watch: SendWatch) -> Self {
        self.watch = watch;
        self
    }

    /// The pager that sends a request at most so often: for when a person waits.
    #[must_use]
    pub fn tries(mut self, most: u32) -> Self {
        self.watch.tries = Some(most);
        self
    }

    pub(crate) fn watch(&self) -> &SendWatch {
        &self.watch
    }

    pub(crate) fn expressions(&self) -> &Expressions {
        &self.plan.expressions
    }

    /// How many records a page should have, where the definition says so.
    pub(crate) fn size(&self) -> Option<u64> {
        self.size
    }

    /// What expressions call `stream`.
    pub(crate) fn name_value(&self) -> &Value {
        &self.name
    }

    /// The token behind a page's, where it can be told before the page was read; `records` are on a page before it.
    pub(crate) fn following(&self, token: &Value, records: u64) -> Option<Value> {
        self.stream().paginator.following(token, records, self.size)
    }

    /// How many records stand before a page, where the paging counts.
    pub(crate) fn before(&self, token: &Value, records: u64) -> Option<u64> {
        self.stream().paginator.before(token, records)
    }

    /// The names at hand in all of a stream's expressions.
    pub(crate) fn scope(&self) -> Scope<'_> {
        let partition = self.partition.as_ref().map(|partition| &partition.values);
        Scope { partition, stream: Some(&self.name), ..Scope::default() }
    }

    pub(crate) fn jobs(&self) -> &JobRuns {
        &self.jobs
    }

    pub(crate) fn files(&self) -> &FilesRun {
        &self.files
    }

    /// The file that it reads.
    pub(crate) fn file(&self) -> Option<Arc<FilePart>> {
        self.partition.as_ref().and_then(|partition| partition.part.clone())
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Sends a request beside the pages: its answer is not decoded as theirs are.
    pub(crate) async fn ask(&self, request: &OutRequest) -> Result<Answer, Problem> {
        let rules = [&self.stream().rules, &self.plan.rules];
        self.plan.sender.send(request, &rules, &self.plan.expressions, &self.watch).await
    }

    pub(crate) fn stream(&self) -> &StreamPlan {
        &self.plan.streams[self.stream]
    }

    /// The first page's token.
    pub fn first(&self) -> Value {
        let stream = self.stream();
        stream.source.first().unwrap_or_else(|| stream.paginator.first())
    }

    /// The request of a page.
    pub fn request(&self, token: &Value) -> Result<OutRequest, Problem> {
        let stream = self.stream();
        let sent = self.sent_interval()?;
        let interval = json!({"start": sent.0, "end": sent.1});
        let cursor = Value::from(self.interval.start.clone());
        let scope = Scope { interval: Some(&interval), cursor: Some(&cursor), ..self.scope() };
        let expressions = &self.plan.expressions;
        let placed = stream.paginator.place(token);
        if let Placed::Url(text) = placed {
            return Ok(stream.request.draft_at(self.next_url(text)?, expressions, &scope)?.finish());
        }
        let base = &self.plan.base;
        let mut draft = stream.request.draft(base, expressions, &scope)?;
        let bad = |part: &str, why: String| {
            let field = format!("{}.{part}", stream.field);
            let message = format!("A value can't be put into the request: {why}.");
            Problem::new("bad_request", ProblemKind::Config, Stage::Build, message).field(field)
        };
        for (name, place) in stream.partitions.injected() {
            let value = scope.partition.and_then(|values| values.get(name)).filter(|value| !value.is_null());
            if let Some(value) = value {
                draft.put(place, value, base).map_err(|why| bad("partitions", why))?;
            }
        }
        if let Some(incremental) = &stream.incremental {
            for (place, value) in [(&incremental.inject.start, &sent.0), (&incremental.inject.end, &sent.1)] {
                if let (Some(place), false) = (place, value.is_null()) {
                    draft.put(place, value, base).map_err(|why| bad("incremental.inject", why))?;
                }
            }
        }
        if let (Some(size), Some(value)) = (&stream.paginator.size, self.size)
            && let Some(place) = size.inject.as_ref().filter(|place| !draft.has(place))
        {
            draft.put(place, &value.into(), base).map_err(|why| bad("paginate.size.inject", why))?;
        }
        if let Placed::At(place, value) = placed {
            draft.put(place, &value, base).map_err(|why| bad("paginate.inject", why))?;
        }
        Ok(draft.finish())
    }

    /// Sends a request (with auth, retries, pacing, host policy). The answer's body is JSON, whatever it came as.
    pub async fn send(&self, request: &OutRequest) -> Result<Answer, Problem> {
        let opened = self.send_open(request, None).await?;
        Ok(whole::decoded(&self.stream().decode, opened, &self.plan.sender))
    }

    /// Sends a request; of an answer larger than `whole` bytes the rest is still to come.
    async fn send_open(&self, request: &OutRequest, whole: Option<usize>) -> Result<Opened, Problem> {
        let rules = [&self.stream().rules, &self.plan.rules];
        self.plan.sender.open(request, &rules, &self.plan.expressions, &self.watch, whole).await
    }

    /// Reads an answer: records and the next page.
    pub fn read(&self, token: &Value, answer: &Answer) -> Result<PageRead, Problem> {
        let stream = self.stream();
        if answer.ignored {
            let next = done("a rule says to ignore the answer");
            return Ok(PageRead { selected: Selected::default(), next, total: None });
        }
        if looks_like_html(&answer.body) {
            return Err(self.name(web_page(&answer.body, &shown_host(&answer.url)), answer));
        }
        let text = std::str::from_utf8(&answer.body).map_err(|_| self.name(not_text(answer), answer))?;
        let empty = answer.status == 204 && text.trim().is_empty();
        self.graphql(answer, text)?;
        let selected = if empty {
            Selected::default()
        } else {
            let before = self.members.get().map(Vec::as_slice);
            stream.selector.select_after(text, before).map_err(|problem| self.name(problem, answer))?
        };
        if let Some(first) = selected.records.first().filter(|_| self.members.get().is_none()) {
            let names =
                members(&text[first.clone()]).unwrap_or_default().into_iter().map(|(name, _)| name.into_owned());
            let _ = self.members.set(names.collect());
        }
        let last = selected.records.last().and_then(|range| text.get(range.clone()));
        let told = Told { text, facts: &selected.facts, count: selected.records.len() as u64, last };
        let (next, total) = (self.next(token, answer, &told)?, told.total(self, answer));
        Ok(PageRead { selected, next, total })
    }

    /// GraphQL tells its errors with status 200.
    fn graphql(&self, answer: &Answer, text: &str) -> Result<(), Problem> {
        if self.stream().request.graphql().is_none() {
            return Ok(());
        }
        match graphql_errors(text, &shown_host(&answer.url)) {
            GraphqlErrors::None => Ok(()),
            GraphqlErrors::Beside(said) => {
                self.watch.log(LogLevel::Warn, self.plan.sender.redactor().text(&said));
                Ok(())
            }
            GraphqlErrors::Instead(problem) => Err(self.name(*problem, answer)),
        }
    }

    /// Asks `until`, then the paginator.
    fn next(&self, token: &Value, answer: &Answer, told: &Told<'_>) -> Result<Next, Problem> {
        let stream = self.stream();
        if let Some(job) = &stream.job {
            return Ok(job.next(self, token));
        }
        let paginator = &stream.paginator;
        let expressions = [paginator.until.as_ref(), paginator.next_expression()];
        let uses = |name: &str| expressions.iter().flatten().any(|expression| expression.uses(name));
        let count = told.count;
        let response = uses("response").then(|| serde_json::from_str::<Value>(told.text).unwrap_or(Value::Null));
        let headers = uses("headers").then(|| header_values(&answer.headers));
        let last = told.last.filter(|_| uses("last_record"));
        let last = last.and_then(|record| serde_json::from_str::<Value>(record).ok());
        let (number, offset) = paginator.place_of(token, self.size);
        let page = json!({"number": number, "offset": offset, "size": self.size, "count": count});
        let scope = Scope {
            response: response.as_ref(),
            headers: headers.as_ref(),
            last_record: last.as_ref(),
            page: Some(&page),
            cursor: Some(token),
            ..self.scope()
        };
        let bad = |part: &str, why: String| {
            let field = format!("{}.paginate.{part}", stream.field);
            let message = format!("The next page can't be told: {field}: {why}.");
            Problem::new("bad_paging", ProblemKind::Data, Stage::Paginate, message).field(field)
        };
        if let Some(until) = &paginator.until
            && until.is_true(&self.plan.expressions, &scope).map_err(|why| bad("until", why))?
        {
            return Ok(done("until"));
        }
        let next = match paginator.next_expression() {
            Some(next) => Some(next.value(&self.plan.expressions, &scope).map_err(|why| bad("next", why))?),
            None if paginator.next_path().is_some() => fact(told.text, told.facts.first()),
            None => None,
        };
        let links = answer.headers.iter().filter(|(name, _)| name == "link").map(|(_, value)| value.as_str()).collect();
        let next = match paginator.is_page(token, total_pages(&answer.headers)) {
            true => done("the last of all pages"),
            false => paginator.next(&PageFacts { token, count, size: self.size, next, links, url: &answer.url }),
        };
        if let Next::Done(_) = &next {
            self.look_for_more(answer, told);
        }
        Ok(self.without_credentials(next))
    }

    /// What says that a read which ended was not whole.
    pub(crate) fn more(&self) -> Option<Problem> {
        self.more.problem.get().cloned()
    }

    /// Sees whether the last answer says that there is more: then records are missing, and nobody would know.
    fn look_for_more(&self, answer: &Answer, told: &Told<'_>) {
        let stream = self.stream();
        let one_page = stream.paginator.is_none();
        let follows = stream.paginator.next_path().is_some() || one_page;
        if !follows || told.count == 0 || self.more.problem.get().is_some() {
            return;
        }
        let worth = more::may_say(told.text.as_bytes(), answer, told.count);
        if !worth || self.more.looked.fetch_add(1, Ordering::Relaxed) >= MOST_LOOKS {
            return;
        }
        // Where the paging follows what the answer names, that it ended is its word, and a total may be of anything.
        if let Some(found) = more::says(told.text, answer, stream.records.as_deref(), told.count, one_page) {
            let problem = self.name(found.problem(&shown_host(&answer.url), &stream.field), answer);
            let _ = self.more.problem.set(problem);
        }
    }

    /// Sees, where all pages were read, whether fewer records came than the server told. Pages that are counted end at the
    /// first that is empty or short, which may be one in the middle. Where an answer names the next page, that it named
    /// none is its word, and a total may be of anything.
    pub(crate) fn ended_with(&self, end: &Next, came: u64, told: Option<u64>) {
        let stream = self.stream();
        let counted = stream.paginator.counts() && matches!(end, Next::Done(why) if why != "until");
        let Some(told) = told.filter(|told| counted && *told > came) else { return };
        let message =
            format!("The server said that there are {told} records, and {came} came: the pages ended before.");
        let problem = Problem::new("fewer_than_told", ProblemKind::Data, Stage::Paginate, message)
            .hint(format!(
                "A page in the middle may have come empty or short, which ends a read: run it again, and look at the size \
                 and the end of {}.paginate. Nothing is taken for deleted.",
                stream.field
            ))
            .field(format!("{}.paginate", stream.field));
        let _ = self.more.problem.set(problem);
    }

    /// A next page's URL without credentials in its query: it is kept as state, and they are put on anew.
    fn without_credentials(&self, next: Next) -> Next {
        let Next::Page(Value::String(text)) = &next else { return next };
        let Placed::Url(_) = self.stream().paginator.place(&Value::from(text.as_str())) else { return next };
        let Ok(mut url) = Url::parse(text) else { return next };
        let own = self.plan.sender.credential_query();
        take_off(&mut url, own.into_iter().chain(self.stream().request.secret_query()));
        Next::Page(Value::String(url.into()))
    }

    /// The interval as it is sent.
    pub(crate) fn sent_interval(&self) -> Result<(Value, Value), Problem> {
        let Some(incremental) = &self.stream().incremental else { return Ok((Value::Null, Value::Null)) };
        incremental.sent_window(&self.interval)
    }

    /// The URL that a page named, where it may be followed.
    fn next_url(&self, text: &str) -> Result<Url, Problem> {
        let field = format!("{}.paginate", self.stream().field);
        let mut url = Url::parse(text).map_err(|error| {
            let message = format!("The next link is no address: {error}.");
            Problem::new("bad_paging", ProblemKind::Data, Stage::Paginate, message).field(field.clone())
        })?;
        let hosts = self.plan.sender.hosts();
        if !hosts.allows(&url) {
            // A server behind a proxy often writes http for its own https.
            let secure =
                Url::parse(&text.replacen("http://", "https://", 1)).ok().filter(|secure| hosts.allows(secure));
            match secure {
                Some(secure) => url = secure,
                None => return Err(foreign_link(&url, &hosts.shown(), field)),
            }
        }
        Ok(url)
    }

    fn name(&self, mut problem: Problem, answer: &Answer) -> Problem {
        problem.request = Some(format!("{} {}", answer.request.method, answer.request.url));
        problem.detail.get_or_insert_with(|| first_words(&answer.body));
        if problem.field.is_none() && problem.code == "no_records_path" {
            problem.field = Some(format!("{}.records.path", self.stream().field));
        }
        self.plan.sender.redactor().problem(problem)
    }
}

/// The span that a stream without partitions is asked for first.
fn first_interval(plan: &Plan, stream: &StreamPlan) -> Result<Interval, Problem> {
    let Some(incremental) = stream.incremental.as_ref().filter(|_| stream.partitions.is_empty()) else {
        return Ok(Interval::default());
    };
    let start = incremental.configured_start(&plan.expressions)?;
    let end = incremental.end(&plan.expressions, plan.clock.now())?;
    Ok(incremental.windows(start.as_deref(), end.as_deref())?.next().unwrap_or_default())
}

/// What a page that was read whole says about itself.
struct Told<'a> {
    /// The answer's JSON; of one that was read in parts, what stood around the records.
    text: &'a str,
    /// The facts that the paging asked for, as places in it.
    facts: &'a [Option<Range<usize>>],
    /// Records, before the filter.
    count: u64,
    /// The last one.
    last: Option<&'a str>,
}

impl Told<'_> {
    /// How many records there are in all: a guess by the usual names.
    fn total(&self, pager: &Pager, answer: &Answer) -> Option<u64> {
        let skip = usize::from(pager.stream().paginator.next_path().is_some());
        let text = |range: &Range<usize>| self.text.get(range.clone())?.parse().ok();
        let told = self.facts.iter().skip(skip).flatten().filter_map(text);
        let named = total_records(&answer.headers);
        told.chain(named).find(|total| *total >= self.count && *total > 0)
    }
}

fn page_size(plan: &Plan, stream: &StreamPlan) -> Result<Option<u64>, Problem> {
    let Some(size) = &stream.paginator.size else { return Ok(None) };
    let field = format!("{}.paginate.size.value", stream.field);
    let bad = |why: String| {
        let message = format!("The page size can't be told: {why}.");
        Problem::new("bad_page_size", ProblemKind::Config, Stage::Build, message).field(field.clone())
    };
    let text = size.value.text(&plan.expressions, &Scope::default()).map_err(bad)?.text;
    text.trim().parse().map(Some).map_err(|_| bad(format!("`{text}` is not a whole number")))
}

/// A fact as a value. A number stays as its digits.
fn fact(text: &str, range: Option<&Option<Range<usize>>>) -> Option<Value> {
    let raw = text.get(range?.clone()?)?;
    let number = raw.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if number { Some(Value::from(raw)) } else { serde_json::from_str(raw).ok() }
}

fn not_text(answer: &Answer) -> Problem {
    let message = format!("{} answered with what is not text in UTF-8, and so not JSON.", shown_host(&answer.url));
    Problem::new("not_json", ProblemKind::Data, Stage::Decode, message)
        .hint("Check that the address answers with JSON.")
}

fn foreign_link(url: &Url, allowed: &[String], field: String) -> Problem {
    let host = shown_host(url);
    let message = format!(
        "The next page lies at {}://{host}, which is none of the connector's hosts ({}). Nothing was sent there.",
        url.scheme(),
        allowed.join(", ")
    );
    Problem::new("foreign_host", ProblemKind::Data, Stage::Paginate, message)
        .hint(format!("If you trust {host}, add it to http.hosts."))
        .field(field)
}
