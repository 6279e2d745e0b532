//! A database source, compiled: what a page asks for, and its parts as the loop knows them.

use super::Parts;
use super::database::{DatabaseFrom, DatabaseRead, DatabaseServer, Rows};
use crate::capture::{RequestSnapshot, ResponseSnapshot};
use crate::event::LogLevel;
use crate::expr::{Compiled, Expressions, Scope};
use crate::json::{Path, Step};
use crate::page::{Next, PageEnd, PageHead, PagePart, PageStream, Pager};
use definition::model::{DatabaseSource, Stream, Template};
use definition::{Fault, Problem, ProblemKind, Secret, Stage};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a server may take to give the next rows, where the definition does not say.
const TIMEOUT: Duration = Duration::from_secs(5 * 60);
/// Rows of a first page: while a person waits, and else.
const FIRST: (u64, u64) = (200, 2_000);
/// Bytes of JSON that a page should have, and its rows at least and at most.
const PAGE_BYTES: u64 = 2 * 1024 * 1024;
const ROWS: (u64, u64) = (100, 20_000);

/// A server, compiled: its address, and where the credentials come from.
#[derive(Debug)]
pub(crate) struct ServerPlan {
    url: String,
    username: Option<Compiled>,
    password: Option<Compiled>,
    field: String,
}

impl ServerPlan {
    /// `given`: the address, the user name and the password.
    pub(crate) fn compile(
        given: (&Template, Option<&Template>, Option<&Template>),
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let url = crate::plan::render(given.0, &format!("{field}.url"), expressions)
            .and_then(|url| definition::database_url(&url, &format!("{field}.url")).map(|()| url))
            .map_err(|fault| faults.push(fault))
            .ok();
        let mut template = |given: Option<&Template>, part: &str| {
            let compiled = given.map(|template| expressions.compile(template)).transpose();
            let bad = |why| Fault::new("bad_template", format!("{field}.{part}"), why);
            compiled.map_err(|why| faults.push(bad(why))).ok().flatten()
        };
        let (username, password) = (template(given.1, "username"), template(given.2, "password"));
        match url {
            Some(url) if faults.is_empty() => Ok(Self { url, username, password, field: field.to_owned() }),
            _ => Err(faults),
        }
    }

    /// The server, with the credentials.
    pub(crate) fn server(&self, expressions: &Expressions) -> Result<DatabaseServer, Problem> {
        let text = |given: &Option<Compiled>, part: &str| {
            let Some(compiled) = given else { return Ok(None) };
            // Credentials that a person did not give are none.
            if compiled.names().iter().any(|name| name.starts_with("config.") && !expressions.has(name)) {
                return Ok(None);
            }
            let rendered = compiled.text(expressions, &Scope::default()).map_err(|why| {
                let field = format!("{}.{part}", self.field);
                Problem::new("bad_template", ProblemKind::Config, Stage::Build, format!("{field}: {why}.")).field(field)
            })?;
            Ok(Some(rendered.text).filter(|text| !text.is_empty()))
        };
        let (username, password) = (text(&self.username, "username")?, text(&self.password, "password")?);
        Ok(DatabaseServer { url: self.url.clone(), username, password: password.map(Secret::new) })
    }
}

/// A compiled database source.
#[derive(Debug)]
pub(crate) struct DatabasePlan {
    pub server: ServerPlan,
    from: DatabaseFrom,
    /// The columns of the key, in order. None: the rows can't be told apart, or not by columns.
    key: Vec<String>,
    cursor: Option<String>,
    timeout: Duration,
    field: String,
    /// Rows that fit a page, learned from the pages before; 0: nothing is known yet.
    rows: Arc<AtomicU64>,
    /// What was told already.
    told: Arc<Mutex<HashSet<String>>>,
}

impl DatabasePlan {
    pub(super) fn compile(
        source: &DatabaseSource,
        stream: &Stream,
        field: &str,
        expressions: &Expressions,
    ) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let given = (&source.url, source.username.as_ref(), source.password.as_ref());
        let server = ServerPlan::compile(given, field, expressions).map_err(|more| faults.extend(more)).ok();
        let from = match (&source.table, &source.query) {
            (Some(table), _) => DatabaseFrom::Table(table.clone()),
            (None, Some(query)) => DatabaseFrom::Query(query.clone()),
            (None, None) => DatabaseFrom::Query(String::new()),
        };
        let timeout = source.timeout.as_ref().and_then(|timeout| timeout.exact().ok()).unwrap_or(TIMEOUT);
        let cursor = stream.incremental.as_ref().and_then(|incremental| only_key(&incremental.cursor));
        let (key, rows) = (key_columns(stream), Arc::default());
        match server {
            Some(server) if faults.is_empty() => {
                let field = field.to_owned();
                Ok(Self { server, from, key, cursor, timeout, field, rows, told: Arc::default() })
            }
            _ => Err(faults),
        }
    }

    /// Rows can be found again by their key alone.
    pub(super) fn resumes(&self) -> bool {
        !self.key.is_empty()
    }

    pub(super) async fn open(&self, pager: &Pager, token: &Value) -> Result<PageStream, Problem> {
        let (since, until) = pager.sent_interval()?;
        let stream = pager.stream();
        let bounded = stream.incremental.as_ref().is_some_and(|incremental| incremental.is_bounded());
        let known = self.rows.load(Ordering::Relaxed);
        let first = if pager.watch().tries.is_some() { FIRST.0 } else { FIRST.1 };
        let read = DatabaseRead {
            server: self.server.server(pager.expressions())?,
            from: self.from.clone(),
            key: self.key.clone(),
            cursor: self.cursor.clone(),
            since,
            until: if bounded { until } else { Value::Null },
            token: token.clone(),
            rows: if known == 0 { first } else { known },
            timeout: self.timeout,
        };
        let (begun, mut attempt) = (Instant::now(), 1);
        let plan = pager.plan();
        let databases = plan.databases()?;
        loop {
            pager.watch().tally.requests.fetch_add(1, Ordering::Relaxed);
            let problem = match databases.read(read.clone()).await {
                Ok(rows) => return Ok(self.stream(pager, token, rows, begun, read.rows)),
                Err(problem) => self.name(pager, problem),
            };
            if !plan.sender().may_repeat(attempt, &problem, pager.watch()).await {
                return Err(problem);
            }
            attempt += 1;
        }
    }

    fn name(&self, pager: &Pager, mut problem: Problem) -> Problem {
        problem.field.get_or_insert_with(|| self.field.clone());
        pager.plan().sender().redactor().problem(problem)
    }

    fn stream(&self, pager: &Pager, token: &Value, rows: Box<dyn Rows>, begun: Instant, asked: u64) -> PageStream {
        let redactor = pager.plan().sender().redactor();
        let statement = rows.statement();
        let request = RequestSnapshot {
            method: "SQL".to_owned(),
            url: redactor.text(&statement.server),
            headers: redactor.headers(&statement.params),
            body: Some(redactor.text(&statement.text)),
        };
        let reading = Reading {
            pager: pager.clone(),
            rows,
            begun,
            asked,
            learned: Arc::clone(&self.rows),
            told: Arc::clone(&self.told),
            field: self.field.clone(),
            bytes: 0,
            count: 0,
        };
        PageStream::of_source(pager.clone(), token.clone(), PageHead { request, headers: Vec::new() }, reading)
    }
}

/// A page of rows that is being read.
#[derive(Debug)]
struct Reading {
    pager: Pager,
    rows: Box<dyn Rows>,
    begun: Instant,
    /// Rows that were asked for.
    asked: u64,
    learned: Arc<AtomicU64>,
    told: Arc<Mutex<HashSet<String>>>,
    field: String,
    bytes: u64,
    count: u64,
}

impl Parts for Reading {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<PagePart>, Problem>> {
        self.part().boxed()
    }
}

impl Reading {
    async fn part(&mut self) -> Result<Option<PagePart>, Problem> {
        let redactor = self.pager.plan().sender().redactor();
        let part = self.rows.next().await.map_err(|mut problem| {
            problem.field.get_or_insert_with(|| self.field.clone());
            redactor.problem(problem)
        })?;
        let Some(part) = part else { return Ok(None) };
        for note in part.notes {
            let new = self.told.lock().is_ok_and(|mut told| told.insert(note.clone()));
            if new {
                self.pager.watch().log(LogLevel::Warn, redactor.text(&note));
            }
        }
        self.bytes += part.body.len() as u64;
        self.count += part.records.len() as u64;
        self.pager.watch().tally.bytes.fetch_add(part.body.len() as u64, Ordering::Relaxed);
        let (body, masked) = redactor.body(part.body);
        let records = if masked { self.pager.stream().decode.records_of(&body) } else { part.records };
        let end = part.end.map(|end| {
            self.learn();
            let duration_ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            let response = ResponseSnapshot { bytes: self.bytes, duration_ms, attempts: 1, ..Default::default() };
            let next = end.next.map_or_else(|| crate::paginate::done("no more rows"), Next::Page);
            PageEnd { next, total: None, response }
        });
        Ok(Some(PagePart { body, records, end }))
    }

    /// How many rows make a good page: neither many small questions nor much memory.
    fn learn(&self) {
        if self.count > 0 {
            let fits = PAGE_BYTES * self.count / self.bytes.max(1);
            let next = fits.min(self.asked.saturating_mul(4)).clamp(ROWS.0, ROWS.1);
            self.learned.store(next, Ordering::Relaxed);
        }
    }
}

/// The columns that the stream's key comes from. None where one of them is no column as it stands.
fn key_columns(stream: &Stream) -> Vec<String> {
    let column = |name: &String| match stream.fields.iter().find(|field| field.name == *name) {
        Some(field) if field.template.is_some() => None,
        Some(field) => field.from.as_ref().map_or_else(|| Some(name.clone()), |from| only_key(from)),
        None => Some(name.clone()),
    };
    stream.key.iter().map(column).collect::<Option<_>>().unwrap_or_default()
}

/// The name that a path leads to, where it is a member of the record itself.
fn only_key(path: &str) -> Option<String> {
    match Path::parse(path).ok()?.plain()? {
        [Step::Key(name)] => Some(name.clone()),
        _ => None,
    }
}
