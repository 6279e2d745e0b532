//! How there is more: proposals from the answer's own words, then from habit, each proved by fetching page 2.

use super::by_id;
use super::facts::Facts;
use super::node::Node;
use super::pair::{self, Kin, Verdict};
use super::place::Place;
use super::probe::{Brought, Prober};
use super::propose::{self, Kind, Proposal};
use super::words::{count, grouped, round};
use super::{Candidate, Choice, Confidence, Detected, Part, apply};
use crate::http::Answer;
use crate::page::Next;
use definition::Definition;
use definition::model::{Inject, Method, Paginate, Scalar};
use serde_json::Value;

/// The first answer and what is known of it.
pub(super) struct First<'a> {
    /// The definition as it stands, its records path set.
    pub draft: &'a Definition,
    /// The answer.
    pub answer: &'a Answer,
    /// Its tree.
    pub root: &'a Node,
    /// Where the records are.
    pub records: &'a Place,
    /// The column by which records are told apart.
    pub key: Option<Place>,
    /// Whether the answer is one object.
    pub single: bool,
}

/// What was found out.
pub(super) struct Paged {
    /// The part for the report.
    pub part: Detected,
    /// The second page, where one was fetched and proved.
    pub second: Option<Node>,
    /// What the person should know besides.
    pub notes: Vec<String>,
}

/// A proposal with what came of it.
struct Tried {
    proposal: Proposal,
    confidence: Confidence,
    evidence: String,
}

/// Detects the paging.
pub(super) async fn detect(first: &First<'_>, prober: &mut Prober<'_>) -> Paged {
    let request = &first.draft.streams[0].request;
    let facts = Facts::gather(first.root, first.records, first.answer, request);
    let mut paging = Paging::new(first, facts, prober);
    let second = paging.run(request.method).await;
    if second.is_none() && request.method == Method::Get {
        paging.fewer().await;
    }
    let part = paging.part();
    Paged { part, second, notes: paging.notes }
}

struct Paging<'a, 'p> {
    first: &'a First<'a>,
    facts: Facts,
    prober: &'a mut Prober<'p>,
    tried: Vec<Tried>,
    /// Proposals that the server ignored or refused, in words.
    ignored: Vec<String>,
    notes: Vec<String>,
    /// Whether fewer records were asked for than came at first.
    fewer: bool,
}

/// Records that are asked for where all that there are fit one page.
const FEW: usize = 2;
/// Requests that are left to others.
const SPARED: usize = 4;

impl<'a, 'p> Paging<'a, 'p> {
    fn new(first: &'a First<'a>, facts: Facts, prober: &'a mut Prober<'p>) -> Self {
        let (tried, ignored, notes) = (Vec::new(), Vec::new(), Vec::new());
        Self { first, facts, prober, tried, ignored, notes, fewer: false }
    }

    fn records(&self) -> Vec<&Node> {
        self.first.records.select(self.first.root)
    }

    async fn run(&mut self, method: Method) -> Option<Node> {
        let number = self.records().len();
        let proposals = propose::from_answer(&self.facts, number, self.first.single, self.has_id());
        let mut guesses = propose::from_habit(&self.facts, self.suspicious(number));
        if self.fewer {
            guesses.truncate(2);
        } else if self.suspicious(number) && self.hidden().is_none() {
            // Behind what is more common, before what is less.
            let by_id = by_id::order(&self.records()).map(by_id::guesses).unwrap_or_default();
            let at = guesses.len().min(2);
            guesses.splice(at..at, by_id);
        }
        let may_guess = method == Method::Get && number > 0 && !self.first.single;
        for proposal in proposals.into_iter().chain(guesses.into_iter().filter(|_| may_guess)) {
            if number == 0 || proposal.ended {
                let told = if number == 0 { "the answer has no records to prove it with" } else { &proposal.told };
                let confidence = if proposal.ended && proposal.sure { Confidence::Likely } else { Confidence::Unsure };
                let evidence = told.to_owned();
                if !self.tried.iter().any(|tried| tried.proposal.kind == proposal.kind) {
                    self.tried.push(Tried { proposal, confidence, evidence });
                }
                continue;
            }
            if let Some(second) = self.prove(proposal).await {
                return Some(second);
            }
            if self
                .tried
                .iter()
                .any(|tried| tried.confidence == Confidence::Likely && tried.proposal.kind != Kind::Link)
            {
                return None;
            }
        }
        None
    }

    fn has_id(&self) -> bool {
        self.records().first().is_some_and(|record| record.get("id").is_some())
    }

    /// Whether there may well be more than what came.
    fn suspicious(&self, number: usize) -> bool {
        let asked = self.facts.parameter(propose::SIZE).and_then(|one| one.value);
        let full = asked.is_some_and(|asked| usize::try_from(asked).is_ok_and(|asked| asked == number));
        let more = self.facts.all().is_some_and(|all| all > number as u64);
        !self.facts.last() && (full || more || round(number) || self.facts.more.as_ref().is_some_and(|more| more.value))
            || more
            || self.hidden().is_some()
    }

    /// What may name a next page, and was not understood.
    fn hidden(&self) -> Option<&str> {
        self.facts.unexplained.as_deref().or(self.facts.header_tokens.first().map(String::as_str))
    }

    fn candidate(&self, paginate: &Paginate) -> Definition {
        let mut definition = self.first.draft.clone();
        let stream = definition.streams[0].name.clone();
        apply(&Choice::Pages { paginate: paginate.clone() }, &mut definition, &stream);
        definition
    }

    async fn prove(&mut self, proposal: Proposal) -> Option<Node> {
        match proposal.kind {
            Kind::Link | Kind::Url | Kind::Token | Kind::LastId => self.prove_named(proposal).await,
            Kind::Page | Kind::Offset => self.prove_counted(proposal).await,
            Kind::Behind => self.prove_behind(proposal).await,
        }
    }

    /// The last page is here: what is asked for behind the first record must be the rest of it.
    async fn prove_behind(&mut self, proposal: Proposal) -> Option<Node> {
        let id = self.records().first().and_then(|record| record.get("id")).map(|id| id.shown(1_000));
        let Some(id) = id.filter(|_| self.records().len() > 1) else {
            return self.unproved(proposal, "there is too little to prove it with");
        };
        let candidate = self.candidate(&proposal.paginate);
        let why = format!("Fetching what stands behind the first record by {}", proposal.bare());
        let brought = self.prober.fetch(&candidate, Some(Value::from(id.as_str())), &why).await;
        match self.kin(&brought, 1) {
            Ok(Kin::Same) => {
                let rest = count(self.records().len() - 1, "record");
                let evidence = format!("{}; {}{id} brings the {rest} behind it", proposal.told, proposal.label);
                self.tried.push(Tried { proposal, confidence: Confidence::Likely, evidence });
                None
            }
            Ok(_) => self.unproved(proposal, "it does not bring what stands behind the first record"),
            Err(why) => self.unproved(proposal, &why),
        }
    }

    /// All that there is fits one page today. Asked for fewer records at once, there is a second page to prove the
    /// paging with.
    async fn fewer(&mut self) {
        let number = self.records().len();
        let known = self.tried.iter().any(|tried| tried.confidence > Confidence::Unsure);
        if known || self.first.single || number <= FEW {
            return;
        }
        let asked = self.facts.parameter(propose::SIZE).filter(|one| matches!(one.inject, Inject::Query(_)));
        let names = asked.map_or_else(|| vec!["limit".to_owned(), "per_page".to_owned()], |one| vec![one.name.clone()]);
        for name in names {
            if self.prober.left() <= SPARED {
                return;
            }
            let mut draft = self.first.draft.clone();
            draft.streams[0].request.query.insert(name.clone(), Scalar::Integer(FEW as i64));
            let why = format!("Asking for {FEW} records by {name}={FEW}, to see what a second page is");
            let Brought::Page(answer, root) = self.prober.fetch(&draft, None, &why).await else { continue };
            let few = self.first.records.select(&root);
            let begins = pair::kin(&few, &self.records(), self.first.key.as_ref()) == Kin::Same;
            if few.len() != FEW || !begins {
                continue;
            }
            let facts = Facts::gather(&root, self.first.records, &answer, &draft.streams[0].request);
            let key = self.first.key.clone();
            let first =
                First { draft: &draft, answer: &answer, root: &root, records: self.first.records, key, single: false };
            let mut paging = Paging { fewer: true, ..Paging::new(&first, facts, &mut *self.prober) };
            Box::pin(paging.run(Method::Get)).await;
            let sure = paging.tried.into_iter().find(|tried| tried.confidence > Confidence::Unsure);
            let Some(mut tried) = sure else { return };
            propose::without_size(&mut tried.proposal);
            tried.evidence = format!("with {name}={FEW}: {}", tried.evidence);
            self.tried.retain(|other| other.proposal.label != tried.proposal.label);
            self.tried.insert(0, tried);
            return;
        }
    }

    /// A page that the server itself named.
    async fn prove_named(&mut self, proposal: Proposal) -> Option<Node> {
        let candidate = self.candidate(&proposal.paginate);
        let token = match self.prober.next(&candidate, self.first.answer) {
            Ok(Next::Page(token)) => token,
            Ok(Next::Done(why)) => return self.unproved(proposal, &format!("it was not followed: {why}")),
            Err(problem) => return self.unproved(proposal, &problem.message),
        };
        let why = format!("Fetching page 2 by {}", proposal.label);
        let (answer, node) = match self.prober.fetch(&candidate, Some(token), &why).await {
            Brought::Page(answer, node) => (answer, node),
            Brought::Nothing(why) => return self.unproved(proposal, &why),
        };
        let verdict = self.compare(&node);
        let told = format!("page 2 fetched by {}: ", proposal.label);
        if proposal.kind == Kind::LastId {
            let records = self.records();
            let order = by_id::order(&records)?;
            if let Verdict::Some { repeated: 1, .. } = &verdict {
                // It begins with the record that was named.
                let again = by_id::exclusive(&proposal, order);
                return match again {
                    Some(again) => Box::pin(self.prove_named(again)).await,
                    None => self.unproved(proposal, "page 2 begins with the record that was named"),
                };
            }
            let page = self.first.records.select(&node);
            if matches!(verdict, Verdict::New { .. }) && !by_id::beyond(&records, &page, order) {
                return self.unproved(proposal, "page 2 has ids that do not lie behind those of page 1");
            }
        }
        match verdict {
            Verdict::New { count: number, by_key } => {
                let confidence = if by_key || !matches!(proposal.kind, Kind::Token | Kind::LastId) {
                    Confidence::Proved
                } else {
                    Confidence::Likely
                };
                let evidence = format!("{told}{}, 0 repeated{}", count(number, "record"), self.total());
                let second = Facts::gather(&node, self.first.records, &answer, &candidate.streams[0].request);
                let proposal = propose::finish(proposal, &self.facts, Some(&second), self.records().len());
                self.tried.insert(0, Tried { proposal, confidence, evidence });
                Some(node)
            }
            Verdict::Empty if proposal.kind == Kind::LastId => self.unproved(proposal, "page 2 is empty"),
            Verdict::Empty => {
                let evidence = format!("{told}it is empty{}", self.total());
                let mut proposal = proposal;
                propose::end_by_word(&mut proposal, &self.facts);
                self.tried.push(Tried { proposal, confidence: Confidence::Likely, evidence });
                None
            }
            Verdict::Some { repeated, of, .. } => {
                self.unproved(proposal, &format!("page 2 repeats {repeated} of {of} records"))
            }
            Verdict::Same | Verdict::Within => {
                self.ignored.push(format!("{} brought the same records again", proposal.label));
                if proposal.guess {
                    return None;
                }
                let other = |tried: &Tried| tried.proposal.kind == Kind::Token;
                if proposal.kind == Kind::Token && self.tried.iter().any(other) {
                    return None;
                }
                let why = "page 2 has the same records as page 1";
                self.unproved(proposal, why)
            }
        }
    }

    fn unproved(&mut self, proposal: Proposal, why: &str) -> Option<Node> {
        let evidence = format!("{}; not proved: {}", proposal.told, why.trim_end_matches('.'));
        if proposal.guess {
            self.ignored.push(format!("{}: {}", proposal.label, why.trim_end_matches('.')));
        } else {
            self.tried.push(Tried { proposal, confidence: Confidence::Unsure, evidence });
        }
        None
    }

    /// A parameter that counts pages or records. A second request shows how it counts, and that the order holds.
    async fn prove_counted(&mut self, mut proposal: Proposal) -> Option<Node> {
        let candidate = self.candidate(&proposal.paginate);
        let number = self.records().len() as i64;
        let step = if proposal.kind == Kind::Page { 1 } else { number };
        let mut asked = proposal.start + step;
        let why = format!("Fetching page 2 by {}={asked}", proposal.bare());
        let mut brought = self.prober.fetch(&candidate, Some(Value::from(asked)), &why).await;
        let mut verdict = self.verdict(&brought);
        if let (Kind::Offset, Ok(Verdict::Some { repeated: 1, last_again: true, .. }), false) =
            (proposal.kind, &verdict, proposal.told_start)
        {
            // Counted from 1: the last record of page 1 came again.
            proposal.start += 1;
            propose::set_start(&mut proposal);
            asked += 1;
            brought = self.prober.fetch(&candidate, Some(Value::from(asked)), &why).await;
            verdict = self.verdict(&brought);
        }
        match verdict {
            Err(why) => self.unproved(proposal, &why),
            Ok(Verdict::Same | Verdict::Within) => {
                self.ignored.push(format!("{}={asked} brought no other records", proposal.bare()));
                None
            }
            Ok(Verdict::Some { repeated, of, .. }) => {
                self.unproved(proposal, &format!("{asked} brings {repeated} of {of} records again"))
            }
            Ok(verdict) => {
                let control = self.control(&mut proposal, &candidate).await;
                self.counted(proposal, asked, &verdict, control, brought)
            }
        }
    }

    fn verdict(&self, brought: &Brought) -> Result<Verdict, String> {
        match brought {
            Brought::Page(_, node) => Ok(self.compare(node)),
            Brought::Nothing(why) => Err(why.clone()),
        }
    }

    fn compare(&self, node: &Node) -> Verdict {
        pair::compare(&self.records(), &self.first.records.select(node), self.first.key.as_ref())
    }

    /// Whether the parameter counts as we think: the first page by number is the first answer; the records from the
    /// second on are those of the first answer without its first.
    async fn control(&mut self, proposal: &mut Proposal, candidate: &Definition) -> Result<(), String> {
        if proposal.kind == Kind::Offset {
            let token = Value::from(proposal.start + 1);
            let why = format!("Fetching {}={} to see how it counts", proposal.bare(), proposal.start + 1);
            let brought = self.prober.fetch(candidate, Some(token), &why).await;
            return match self.kin(&brought, 1)? {
                Kin::Same if proposal.told_start && proposal.start >= 1 => self.first_offset(proposal, candidate).await,
                Kin::Same => Ok(()),
                _ => Err(format!("{}={} does not start at the second record", proposal.bare(), proposal.start + 1)),
            };
        }
        let why = format!("Fetching {}={} to see where it starts", proposal.bare(), proposal.start);
        let brought = self.prober.fetch(candidate, Some(Value::from(proposal.start)), &why).await;
        match self.kin(&brought, 0)? {
            Kin::Same if proposal.told_start && proposal.start >= 1 => self.zero(proposal, candidate).await,
            Kin::Same => Ok(()),
            Kin::Mixed => Err("the order of the records changes between requests".to_owned()),
            Kin::Other if proposal.start == 1 && !proposal.told_start => {
                let brought = self.prober.fetch(candidate, Some(Value::from(0)), "Fetching page 0").await;
                match self.kin(&brought, 0)? {
                    Kin::Same => {
                        proposal.start = 0;
                        propose::set_start(proposal);
                        Ok(())
                    }
                    _ => Err("neither page 0 nor page 1 is the first answer".to_owned()),
                }
            }
            Kin::Other => Err(format!("{}={} is not the first answer", proposal.bare(), proposal.start)),
        }
    }

    /// Where offsets start: the request asked for one that may be the first, or lie in the middle.
    async fn first_offset(&mut self, proposal: &mut Proposal, candidate: &Definition) -> Result<(), String> {
        let mut before = true;
        if proposal.start == 1 {
            let brought =
                self.prober.fetch(candidate, Some(Value::from(0)), "Fetching offset 0 to see where they start").await;
            before = match &brought {
                Brought::Page(_, node) => {
                    let page = self.first.records.select(node);
                    let expected = self.records();
                    let part = expected.get(..expected.len().saturating_sub(1)).unwrap_or_default();
                    pair::kin(part, page.get(1..).unwrap_or_default(), self.first.key.as_ref()) == Kin::Same
                }
                Brought::Nothing(_) => false,
            };
        }
        if before {
            proposal.within = false;
            proposal.start = 0;
            propose::set_start(proposal);
        }
        Ok(())
    }

    /// Whether there is a page 0 before the page that the request asked for.
    async fn zero(&mut self, proposal: &mut Proposal, candidate: &Definition) -> Result<(), String> {
        let brought =
            self.prober.fetch(candidate, Some(Value::from(0)), "Fetching page 0 to see where pages start").await;
        let other = match &brought {
            Brought::Page(_, node) => matches!(self.compare(node), Verdict::New { .. }),
            Brought::Nothing(_) => false,
        };
        if other && proposal.start > 1 {
            return Err("whether pages are counted from 0 or from 1 can't be told".to_owned());
        }
        proposal.within = !other && proposal.start <= 1;
        proposal.start = i64::from(!other);
        propose::set_start(proposal);
        Ok(())
    }

    fn kin(&self, brought: &Brought, from: usize) -> Result<Kin, String> {
        match brought {
            Brought::Page(_, node) => {
                let records = self.records();
                let part = records.get(from..).unwrap_or_default();
                Ok(pair::kin(part, &self.first.records.select(node), self.first.key.as_ref()))
            }
            Brought::Nothing(why) => Err(why.clone()),
        }
    }

    fn counted(
        &mut self,
        proposal: Proposal,
        asked: i64,
        verdict: &Verdict,
        control: Result<(), String>,
        brought: Brought,
    ) -> Option<Node> {
        let told = format!("page 2 fetched with {}={asked}", proposal.bare());
        match (verdict, control) {
            (Verdict::New { count: number, by_key }, Ok(())) => {
                let confidence = if *by_key && proposal.within { Confidence::Proved } else { Confidence::Likely };
                let evidence = format!("{told}: {}, 0 repeated{}", count(*number, "record"), self.total());
                let Brought::Page(answer, node) = brought else { return None };
                let second = Facts::gather(&node, self.first.records, &answer, &self.first.draft.streams[0].request);
                let proposal = propose::finish(proposal, &self.facts, Some(&second), self.records().len());
                if !proposal.within {
                    self.notes.push("The address starts in the middle; a sync reads from the first page.".to_owned());
                }
                self.tried.insert(0, Tried { proposal, confidence, evidence });
                Some(node)
            }
            (Verdict::New { .. }, Err(why)) => {
                let evidence = format!("{told}: other records, but {}", why.trim_end_matches('.'));
                self.notes.push(format!(
                    "Paging by {} may skip or repeat records: {}.",
                    proposal.label,
                    why.trim_end_matches('.')
                ));
                self.tried.push(Tried { proposal, confidence: Confidence::Unsure, evidence });
                None
            }
            (_, Ok(())) => {
                let evidence = format!("{told}: it is empty, page 1 holds all{}", self.total());
                let proposal = propose::finish(proposal, &self.facts, None, self.records().len());
                self.tried.push(Tried { proposal, confidence: Confidence::Likely, evidence });
                None
            }
            (_, Err(why)) => self.unproved(proposal, &why),
        }
    }

    fn total(&self) -> String {
        self.facts
            .all()
            .filter(|all| *all >= self.records().len() as u64)
            .map_or_else(String::new, |all| format!("; total {}", grouped(all)))
    }

    /// All that was tried, best first, and the reading that there is one page.
    fn part(&mut self) -> Detected {
        self.tried.sort_by_key(|tried| std::cmp::Reverse(tried.confidence));
        let best = self.tried.first().map(|tried| tried.confidence);
        let none = self.none(best);
        let mut candidates: Vec<Candidate> = Vec::new();
        for tried in self.tried.iter().take(3) {
            candidates.push(Candidate {
                label: tried.proposal.label.clone(),
                evidence: tried.evidence.clone(),
                confidence: tried.confidence,
                choice: Choice::Pages { paginate: tried.proposal.paginate.clone() },
            });
        }
        let first = best.is_none() || best == Some(Confidence::Unsure) && none.confidence > Confidence::Unsure;
        candidates.insert(if first { 0 } else { candidates.len() }, none);
        Detected { part: Part::Pages, candidates }
    }

    /// What says that there is no more now, where nothing names a next page.
    fn unnamed(&self) -> Option<&str> {
        let named = !self.facts.tokens.is_empty() || !self.facts.next_urls.is_empty() || self.facts.links;
        self.facts
            .more
            .as_ref()
            .filter(|more| !more.value && !named && !self.first.single)
            .map(|more| more.name.as_str())
    }

    fn none(&self, best: Option<Confidence>) -> Candidate {
        let number = self.records().len();
        let all = self.facts.all().filter(|all| *all > 0);
        let whole = all == Some(number as u64);
        let less = all.is_some_and(|all| all > number as u64);
        let tested = !self.ignored.is_empty();
        let mut evidence: Vec<String> = Vec::new();
        if whole && self.hidden().is_none() {
            evidence.push(format!("the answer holds all {}", count(number, "record")));
        } else if less {
            evidence.push(format!(
                "the answer holds {} of {}",
                grouped(number as u64),
                grouped(all.unwrap_or_default())
            ));
        } else if self.first.single {
            evidence.push("the answer is one object".to_owned());
        } else if let Some(name) = self.hidden() {
            evidence.push(format!("`{name}` may name a next page; how it is asked for was not found"));
        } else if let Some(more) = self.unnamed() {
            evidence.push(format!("`{more}` says that there is no more now; how more is asked for was not found"));
        } else if self.facts.last() {
            evidence.push("the answer says that there is no more".to_owned());
        } else if number == 0 {
            evidence.push("the answer has no records".to_owned());
        } else if round(number) {
            evidence.push(format!("{} is a number that pages are cut at: there may be more", grouped(number as u64)));
        } else {
            evidence.push(format!("{}, no sign of more", count(number, "record")));
        }
        evidence.extend(self.ignored.iter().take(3).cloned());
        if self.prober.limited() {
            evidence.push("not all was tried: the server asks for fewer requests".to_owned());
        }
        let confidence = match () {
            () if self.prober.limited() && !whole && !self.first.single => Confidence::Unsure,
            () if self.hidden().is_some() => Confidence::Unsure,
            () if best.is_some() || less || number == 0 => Confidence::Unsure,
            () if whole && tested && self.facts.total.as_ref().is_some_and(|total| total.value > 0) => {
                Confidence::Proved
            }
            () if !whole && self.unnamed().is_some() => Confidence::Unsure,
            () if whole || self.first.single || self.facts.last() => Confidence::Likely,
            () if tested && !round(number) && !self.suspicious(number) => Confidence::Likely,
            () => Confidence::Unsure,
        };
        let choice = Choice::Pages { paginate: Paginate::None };
        Candidate { label: "one page".to_owned(), evidence: evidence.join("; "), confidence, choice }
    }
}
