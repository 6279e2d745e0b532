//! A job's steps as pages: create, files, clean-up.

use super::JobPlan;
use crate::capture::{RequestSnapshot, ResponseSnapshot};
use crate::event::LogLevel;
use crate::expr::Scope;
use crate::http::{Answer, OutRequest, header_values};
use crate::page::{Next, PageEnd, PageHead, PagePart, PageStream, Pager};
use crate::paginate::done;
use bytes::Bytes;
use definition::{Problem, ProblemKind, Stage};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use url::Url;

/// The longest creation answer that is kept as state, in bytes.
const LONGEST: usize = 256 * 1024;
/// Headers of the creation answer that may tell where to ask.
const KEPT_HEADERS: [&str; 4] = ["location", "operation-location", "content-location", "azure-asyncoperation"];

/// What is known of the jobs of a read in this process.
#[derive(Clone, Default)]
pub(crate) struct JobRuns(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// Jobs that are ready, by their creation answers.
    ready: HashMap<String, Ready>,
    /// Jobs of a preview that were not removed yet.
    open: Vec<(Pager, Token)>,
}

/// A job that is ready.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    /// The answer that said so.
    pub poll: Arc<Value>,
    /// The files' addresses; one that is empty stands for a request without one.
    pub urls: Arc<Vec<String>>,
}

/// A page's token of a stream with a job.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// The answer that created the job, and its telling headers.
    pub job: Value,
    pub headers: Value,
    /// Which file. `None`: all are read.
    pub file: Option<usize>,
}

impl Token {
    /// Reads a token. `None`: nothing was created yet.
    fn read(token: &Value) -> Option<Self> {
        let created = token.get("created")?;
        let file = token.get("file").and_then(Value::as_u64).and_then(|file| usize::try_from(file).ok());
        Some(Self { job: created.get("answer")?.clone(), headers: created.get("headers")?.clone(), file })
    }

    fn write(&self) -> Value {
        json!({"created": {"answer": self.job, "headers": self.headers}, "file": self.file})
    }

    fn key(&self) -> String {
        format!("{}{}", self.job, self.headers)
    }

    pub(super) fn scope<'a>(&'a self, around: Scope<'a>) -> Scope<'a> {
        Scope { job: Some(&self.job), headers: Some(&self.headers), ..around }
    }
}

impl std::fmt::Debug for JobRuns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JobRuns")
    }
}

impl JobRuns {
    fn ready(&self, token: &Token) -> Option<Ready> {
        self.lock().ready.get(&token.key()).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl JobPlan {
    /// Opens a page: creates the job, reads one of its files (waiting until it is ready), or cleans up.
    pub(crate) async fn open(&self, pager: &Pager, token: &Value) -> Result<PageStream, Problem> {
        let Some(at) = Token::read(token) else { return self.create(pager, token).await };
        let Some(file) = at.file else { return self.finish(pager, token, &at).await };
        let ready = match pager.jobs().ready(&at) {
            Some(ready) => ready,
            None => {
                let ready = self.wait(pager, &at).await?;
                pager.jobs().lock().ready.insert(at.key(), ready.clone());
                ready
            }
        };
        let Some(url) = ready.urls.get(file) else {
            let next = self.behind(&at);
            return Ok(empty(pager, token, RequestSnapshot::default(), ResponseSnapshot::default(), next));
        };
        let request = self.file_request(pager, &at, &ready, url)?;
        pager.open_request(token, &request).await
    }

    /// What comes after a page.
    pub(crate) fn next(&self, pager: &Pager, token: &Value) -> Next {
        let Some(at) = Token::read(token) else { return done("one page") };
        let files = pager.jobs().ready(&at).map_or(0, |ready| ready.urls.len());
        match at.file {
            Some(file) if file + 1 < files => Next::Page(Token { file: Some(file + 1), ..at }.write()),
            Some(_) => self.behind(&at),
            None => done("the job is read"),
        }
    }

    /// What comes after the last file.
    fn behind(&self, at: &Token) -> Next {
        if self.cleanup.is_some() {
            Next::Page(Token { file: None, ..at.clone() }.write())
        } else {
            done("the job is read")
        }
    }

    async fn create(&self, pager: &Pager, token: &Value) -> Result<PageStream, Problem> {
        let request = pager.request(token)?;
        let answer = pager.ask(&request).await?;
        if answer.ignored {
            let next = done("a rule says to ignore the answer");
            return Ok(empty(pager, token, answer.request, answer.response, next));
        }
        if answer.body.len() > LONGEST {
            let message = format!("The answer that creates the job is longer than {LONGEST} bytes.");
            return Err(self.problem("job_answer_too_long", message));
        }
        pager.watch().log(LogLevel::Info, "The job was created; its state is asked for until it is ready.".to_owned());
        let headers =
            KEPT_HEADERS.iter().filter_map(|name| Some(((*name).to_owned(), answer.header(name)?.to_owned())));
        let headers: Vec<(String, String)> = headers.collect();
        let created = Token { job: json_or_text(&answer.body), headers: header_values(&headers), file: Some(0) };
        // Small limits mean a preview.
        if pager.watch().tries.is_some() && self.cleanup.is_some() {
            pager.jobs().lock().open.push((pager.clone(), created.clone()));
        }
        Ok(empty(pager, token, answer.request, answer.response, Next::Page(created.write())))
    }

    /// The request of a file.
    fn file_request(&self, pager: &Pager, at: &Token, ready: &Ready, url: &str) -> Result<OutRequest, Problem> {
        let address = Value::from(url);
        let scope = Scope { poll: Some(&ready.poll), url: Some(&address), ..at.scope(pager.scope()) };
        let (base, expressions) = (&pager.plan().base, pager.expressions());
        if let Some(download) = &self.download {
            return Ok(download.draft(base, expressions, &scope)?.finish());
        }
        let parsed = Url::parse(url)
            .map_err(|error| self.problem("bad_job_url", format!("The address of a file can't be read: {error}.")))?;
        if !pager.plan().sender.hosts().allows(&parsed) {
            // A pre-signed address of somebody else's: nothing of ours goes there.
            return Ok(OutRequest::get(parsed));
        }
        Ok(self.plain.draft(base, expressions, &scope)?.finish())
    }

    async fn finish(&self, pager: &Pager, token: &Value, at: &Token) -> Result<PageStream, Problem> {
        let poll = pager.jobs().ready(at).map(|ready| ready.poll);
        let answer = self.clean_up(pager, at, poll.as_deref()).await;
        let (request, response) = answer.map(|answer| (answer.request, answer.response)).unwrap_or_default();
        Ok(empty(pager, token, request, response, done("the job is read")))
    }

    /// Removes the job. That it can't be removed is told, no more.
    pub(super) async fn clean_up(&self, pager: &Pager, at: &Token, poll: Option<&Value>) -> Option<Answer> {
        let cleanup = self.cleanup.as_ref()?;
        let scope = Scope { poll, ..at.scope(pager.scope()) };
        let sent = match cleanup.draft(&pager.plan().base, pager.expressions(), &scope) {
            Ok(draft) => pager.ask(&draft.finish()).await,
            Err(problem) => Err(problem),
        };
        // Only now: a request that is cut off is sent again at the end of a preview.
        pager.jobs().lock().open.retain(|(_, open)| open.key() != at.key());
        match sent {
            Ok(answer) => Some(answer),
            Err(problem) => {
                if problem.code != "not_found" {
                    let message = format!("The job could not be cleaned up: {}", problem.message);
                    pager.watch().log(LogLevel::Warn, message);
                }
                None
            }
        }
    }

    /// Removes the jobs that nobody goes on with: those of a preview, whose state is not kept.
    pub(crate) async fn settle(pager: &Pager) {
        let open = std::mem::take(&mut pager.jobs().lock().open);
        for (pager, at) in open {
            if let Some(job) = &pager.stream().job {
                let poll = pager.jobs().ready(&at).map(|ready| ready.poll);
                job.clean_up(&pager, &at, poll.as_deref()).await;
            }
        }
    }

    pub(super) fn problem(&self, code: &str, message: String) -> Problem {
        Problem::new(code, ProblemKind::Data, Stage::Send, message).field(self.field.clone())
    }
}

/// A page without records.
fn empty(pager: &Pager, token: &Value, request: RequestSnapshot, response: ResponseSnapshot, next: Next) -> PageStream {
    let end = PageEnd { next, total: None, response };
    let part = PagePart { body: Bytes::new(), records: Vec::new(), end: Some(end) };
    PageStream::made(pager.clone(), token.clone(), PageHead { request, headers: Vec::new() }, part)
}

/// An answer as expressions see it: JSON, or its text.
pub(super) fn json_or_text(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| Value::from(String::from_utf8_lossy(body).into_owned()))
}

/// The files' addresses in an answer, relative ones by where the answer came from.
pub(super) fn addresses(plan: &JobPlan, answer: &Answer) -> Result<Vec<String>, Problem> {
    let Some(path) = &plan.urls else { return Ok(vec![String::new()]) };
    let text = std::str::from_utf8(&answer.body).unwrap_or_default();
    let bad =
        |why: &str| plan.problem("bad_job_url", format!("The addresses of the job's files can't be read: {why}."));
    let mut found = Vec::new();
    for raw in path.all(text) {
        match serde_json::from_str(raw).map_err(|error| bad(&error.to_string()))? {
            Value::String(url) => found.push(url),
            Value::Array(urls) => found.extend(urls.into_iter().filter_map(|url| url.as_str().map(str::to_owned))),
            Value::Null => {}
            _ => return Err(bad("what stands there is no text")),
        }
    }
    let whole =
        found.into_iter().map(|url| answer.url.join(&url).map(String::from).map_err(|error| bad(&error.to_string())));
    whole.collect()
}

/// The parts of a pre-signed address that open it are not shown.
pub(super) fn learn_signature(pager: &Pager, url: &Url) {
    if pager.plan().sender.hosts().allows(url) {
        return;
    }
    for (name, value) in url.query_pairs() {
        let name = name.to_ascii_lowercase();
        if ["sig", "token", "credential", "key", "auth"].iter().any(|word| name.contains(word)) {
            pager.plan().sender.redactor().learn_derived(&value);
        }
    }
}
