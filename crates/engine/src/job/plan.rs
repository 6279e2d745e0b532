//! A job, compiled.

use crate::expr::{Compiled, Expressions};
use crate::json::Path;
use crate::plan::RequestPlan;
use definition::Fault;
use definition::model::{Http, Job, Request, Template};
use indexmap::IndexMap;
use std::time::Duration;

/// The time between two questions, where the definition does not say.
const EVERY: Duration = Duration::from_secs(5);
/// How long to wait in all, where the definition does not say.
const TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// A compiled job.
#[derive(Debug)]
pub(crate) struct JobPlan {
    pub poll: RequestPlan,
    pub every: Duration,
    pub timeout: Duration,
    pub ready: Compiled,
    pub failed: Option<Compiled>,
    /// Where the files' addresses are in the last answer.
    pub urls: Option<Path>,
    /// The request of a file. `None`: a plain `GET` of its address.
    pub download: Option<RequestPlan>,
    /// The plain `GET` of an address, with the headers of `http`.
    pub plain: RequestPlan,
    pub cleanup: Option<RequestPlan>,
    /// Its path in the definition: `streams[0].job`.
    pub field: String,
}

impl JobPlan {
    pub(crate) fn compile(job: &Job, http: &Http, field: &str, expressions: &Expressions) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let shared = (&http.query, &http.headers);
        let mut request = |request: &Request, part: &str| {
            let place = format!("{field}.{part}");
            RequestPlan::compile(request, shared, &place, expressions).map_err(|more| faults.extend(more)).ok()
        };
        let poll = request(&job.poll.request, "poll.request");
        let download = job.download.request.as_ref().map(|given| request(given, "download.request"));
        let cleanup = job.cleanup.as_ref().map(|given| request(given, "cleanup"));
        // The query of `http` is for the API: an address of a file is whole as it is.
        let get = Request { path: Template::from("{{ url }}"), ..Request::default() };
        let plain =
            RequestPlan::compile(&get, (&IndexMap::new(), &http.headers), &format!("{field}.download"), expressions)
                .map_err(|more| faults.extend(more))
                .ok();
        let mut compile = |template: &Template, part: &str| {
            let bad = |why: String| Fault::new("bad_template", format!("{field}.{part}"), why);
            expressions.compile(template).map_err(|why| faults.push(bad(why))).ok()
        };
        let ready = compile(&job.poll.ready, "poll.ready");
        let failed = job.poll.failed.as_ref().map(|failed| compile(failed, "poll.failed"));
        let urls = job.download.urls.as_deref().map(Path::parse).transpose();
        let urls = urls.map_err(|why| faults.push(Fault::new("bad_path", format!("{field}.download.urls"), why))).ok();
        let mut length = |given: Option<&definition::model::Duration>, part: &str, other: Duration| {
            let exact = given.map(definition::model::Duration::exact).transpose();
            exact
                .map_err(|why| faults.push(Fault::new("bad_duration", format!("{field}.poll.{part}"), why)))
                .ok()
                .map(|given| given.unwrap_or(other))
        };
        let every = length(job.poll.every.as_ref(), "every", EVERY);
        let timeout = length(job.poll.timeout.as_ref(), "timeout", TIMEOUT);
        match (poll, plain, ready, urls, every, timeout) {
            (Some(poll), Some(plain), Some(ready), Some(urls), Some(every), Some(timeout)) if faults.is_empty() => {
                let (failed, download, cleanup) = (failed.flatten(), download.flatten(), cleanup.flatten());
                let field = field.to_owned();
                Ok(Self { poll, every, timeout, ready, failed, urls, download, plain, cleanup, field })
            }
            _ => Err(faults),
        }
    }

    /// All its requests.
    pub(crate) fn requests(&self) -> impl Iterator<Item = &RequestPlan> {
        [Some(&self.poll), self.download.as_ref(), Some(&self.plain), self.cleanup.as_ref()].into_iter().flatten()
    }
}
