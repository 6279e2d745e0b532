//! Faults on request: what bad networks and bad servers do.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 429 with `Retry-After` (`seconds`, 1 where not said).
    #[serde(alias = "429")]
    RateLimit,
    /// 500, or `status`.
    #[serde(alias = "500")]
    ServerError,
    /// The answer waits for `ms` (1000 where not said), and is right.
    Slow,
    /// `Content-Length` promises more than is sent, then the connection is cut.
    Truncated,
    /// The connection is reset before an answer.
    Reset,
    /// 200 with an error in the body.
    #[serde(rename = "error_in_200")]
    ErrorIn200,
    /// 200 with a web page.
    Html,
    /// 200 that says JSON and is not.
    NotJson,
    /// The first page, whichever was asked for.
    RepeatPage,
    /// Pages without an end.
    Endless,
    /// 401, though the credentials are right.
    #[serde(alias = "401")]
    Unauthorized,
}

impl FaultKind {
    /// The kind of a word, as it stands in a query.
    pub fn named(word: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
    }
}

/// When and how something goes wrong. Without `every` and `at`, always.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The collection; all where not said.
    #[serde(default)]
    pub collection: Option<String>,
    /// What goes wrong.
    pub kind: FaultKind,
    /// At every n-th request, counted from when the fault was set.
    #[serde(default)]
    pub every: Option<u64>,
    /// At the n-th request, from 1, and those after it up to `times`. `times` is 1 where not said.
    #[serde(default)]
    pub at: Option<u64>,
    /// How often at most.
    #[serde(default)]
    pub times: Option<u64>,
    /// Milliseconds of `slow`.
    #[serde(default)]
    pub ms: Option<u64>,
    /// Seconds of `rate_limit`'s `Retry-After`.
    #[serde(default)]
    pub seconds: Option<u64>,
    /// The status of `server_error`.
    #[serde(default)]
    pub status: Option<u16>,
}

impl Fault {
    /// A fault that always happens, everywhere.
    pub fn new(kind: FaultKind) -> Self {
        Self { collection: None, kind, every: None, at: None, times: None, ms: None, seconds: None, status: None }
    }

    /// The fault that a query asks for: `fault=rate_limit&fault_every=5&fault_times=2&fault_seconds=1`.
    pub fn of_query(query: &[(String, String)]) -> Option<Self> {
        let find = |name: &str| query.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str());
        let number = |name: &str| find(name).and_then(|value| value.parse::<u64>().ok());
        let mut fault = Self::new(FaultKind::named(find("fault")?)?);
        fault.every = number("fault_every");
        fault.at = number("fault_at");
        fault.times = number("fault_times");
        fault.ms = number("fault_ms");
        fault.seconds = number("fault_seconds");
        fault.status = number("fault_status").and_then(|status| u16::try_from(status).ok());
        Some(fault)
    }

    fn fits(&self, collection: &str) -> bool {
        self.collection.as_deref().is_none_or(|wanted| wanted == collection)
    }

    fn happens(&self, count: &mut Count) -> bool {
        count.seen += 1;
        let times = self.times.or(self.at.map(|_| 1));
        let due = match (self.every, self.at) {
            (Some(every), _) => count.seen.is_multiple_of(every.max(1)),
            (None, Some(at)) => count.seen >= at,
            (None, None) => true,
        };
        let happens = due && times.is_none_or(|times| count.made < times);
        count.made += u64::from(happens);
        happens
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    seen: u64,
    made: u64,
}

/// The faults that are set, and how often each was met.
#[derive(Debug, Default)]
pub struct Faults {
    set: Vec<(Fault, Count)>,
    asked: HashMap<String, Count>,
}

impl Faults {
    /// At most so many different faults by query are counted.
    const MOST: usize = 1000;

    /// Sets one more.
    pub fn set(&mut self, fault: Fault) {
        self.set.push((fault, Count::default()));
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.set.clear();
        self.asked.clear();
    }

    /// The fault that a request meets, if any: what its query asks for, else the first that is set and due.
    pub fn meet(&mut self, collection: &str, path: &str, query: &[(String, String)]) -> Option<Fault> {
        if let Some(fault) = Fault::of_query(query) {
            if self.asked.len() >= Self::MOST {
                self.asked.clear();
            }
            let count = self.asked.entry(format!("{path} {fault:?}")).or_default();
            if fault.happens(count) {
                return Some(fault);
            }
        }
        let due = self
            .set
            .iter_mut()
            .filter(|(fault, _)| fault.fits(collection))
            .map(|(fault, count)| (fault.happens(count), fault));
        // All counts go on, also those of faults that lose to an earlier one.
        let met: Vec<Fault> = due.filter(|(happens, _)| *happens).map(|(_, fault)| fault.clone()).collect();
        met.into_iter().next()
    }
}
