//! Ways to page that an answer suggests, or that are common, before anything is proved.

use super::facts::{At, Facts, Parameter};
use super::place::Step;
use super::words::plain_name;
use definition::model::{
    CursorPaginate, Inject, LinkHeaderPaginate, NextUrlPaginate, OffsetPaginate, PagePaginate, PageSize, Paginate,
    Scalar, Template,
};

/// What the size of a page is called in a request.
pub(super) const SIZE: &[&str] = &[
    "limit",
    "perpage",
    "pagesize",
    "size",
    "count",
    "top",
    "first",
    "take",
    "maxresults",
    "rows",
    "itemsperpage",
    "num",
    "per",
    "pagelimit",
    "sysparmlimit",
    "resultsperpage",
    "variableslimit",
    "pagecount",
    "maxrecords",
];
const PAGE: &[&str] = &["page", "p", "pagenumber", "pageno", "pageindex", "currentpage", "pagenum", "pg"];
const OFFSET: &[&str] =
    &["offset", "skip", "start", "startat", "startindex", "from", "pageoffset", "sysparmoffset", "startrow"];

/// The kinds, by how they are proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The `Link` header.
    Link,
    /// A URL in the body.
    Url,
    /// A token in the body.
    Token,
    /// Pages are counted.
    Page,
    /// Records are counted.
    Offset,
    /// The id of the last record, which nothing speaks for but the ids.
    LastId,
    /// The id of the last record; on an answer that is the last page.
    Behind,
}

/// A way to page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    /// How it is proved.
    pub kind: Kind,
    /// What it is called: `?page=`.
    pub label: String,
    /// The setting.
    pub paginate: Paginate,
    /// What speaks for it.
    pub told: String,
    /// The number of the first answer, for what is counted.
    pub start: i64,
    /// Whether the request itself says that number.
    pub told_start: bool,
    /// Whether the first answer is the first page.
    pub within: bool,
    /// Whether nothing but habit speaks for it.
    pub guess: bool,
    /// Whether the answer says that it is the last page: there is nothing to prove it with.
    pub ended: bool,
    /// Whether the setting is sure, were there more.
    pub sure: bool,
}

impl Proposal {
    pub fn new(kind: Kind, label: String, paginate: Paginate, told: String) -> Self {
        let (start, told_start, within, guess) = (0, false, true, false);
        Self { kind, label, paginate, told, start, told_start, within, guess, ended: false, sure: true }
    }

    /// The label without what stands behind a parameter's name.
    pub fn bare(&self) -> &str {
        self.label.trim_end_matches('=')
    }
}

/// What the answer and the request suggest, best first. `records`: how many there are.
pub(super) fn from_answer(facts: &Facts, records: usize, single: bool, has_id: bool) -> Vec<Proposal> {
    let mut found = Vec::new();
    if facts.link.is_some() || facts.links {
        let paginate = Paginate::LinkHeader(LinkHeaderPaginate::default());
        let told = "the answer has a Link header";
        let mut link = Proposal::new(Kind::Link, "Link header".to_owned(), paginate, told.to_owned());
        if facts.link.is_none() {
            link.ended = true;
            link.told = "the Link header names no next page: this is the last".to_owned();
        }
        found.push(link);
    }
    for at in &facts.next_urls {
        found.push(next_url(at));
    }
    found.sort_by_key(|proposal| proposal.ended);
    // Of several the one that is no number of a page: that one is tried as such anyway.
    let (numbers, texts): (Vec<_>, Vec<_>) = facts.tokens.iter().partition(|at| plain_name(&at.name) == "page");
    for at in texts.into_iter().chain(numbers) {
        found.extend(tokens(at, facts));
    }
    for name in &facts.header_tokens {
        found.extend(header_token(name));
    }
    let told_next = facts.link.is_some()
        || facts.next_urls.iter().any(|at| at.value.is_some())
        || facts.tokens.iter().any(|at| at.value.is_some())
        || !facts.header_tokens.is_empty();
    let more = facts.more.as_ref().is_some_and(|more| more.value);
    if more && !told_next && has_id && records > 0 {
        found.extend(last_id(facts));
    }
    if !single {
        found.extend(pages(facts));
        found.extend(offsets(facts));
    }
    let ended = facts.more.as_ref().is_some_and(|more| !more.value);
    if ended && facts.tokens.is_empty() && facts.next_urls.is_empty() && has_id && records > 0 {
        found.extend(behind(facts));
    }
    found
}

/// A token in a header goes back in the same header, or in a parameter.
fn header_token(name: &str) -> Vec<Proposal> {
    let make = |inject: Inject| {
        let next = Template(format!("{{{{ headers['{name}'] }}}}"));
        let paginate = Paginate::Cursor(CursorPaginate { next, inject: inject.clone(), size: None, until: None });
        Proposal::new(Kind::Token, label(&inject), paginate, format!("the header `{name}` holds a token"))
    };
    let names = ["continuation", "continuation_token", "cursor", "page_token"];
    let places = names.iter().map(|name| Inject::Query((*name).to_owned()));
    [Inject::Header(name.to_owned())].into_iter().chain(places).map(make).collect()
}

/// What is common. All of it where there may well be more.
pub(super) fn from_habit(facts: &Facts, suspicious: bool) -> Vec<Proposal> {
    let all: &[(&str, bool)] = match facts.by_from {
        true => &[("from", false), ("page", true), ("offset", false), ("skip", false)],
        false => &[
            ("page", true),
            ("offset", false),
            ("_page", true),
            ("skip", false),
            ("start", false),
            ("startRow", false),
        ],
    };
    let token = facts.tokens.iter().any(|at| at.value.is_some());
    let most = if suspicious && token {
        2
    } else if suspicious {
        all.len()
    } else {
        1
    };
    let tried: Vec<String> = pages(facts).iter().chain(&offsets(facts)).map(|one| one.label.clone()).collect();
    let mut found = Vec::new();
    for (name, page) in &all[..most] {
        let inject = Inject::Query((*name).to_owned());
        let mut proposal = counted(*page, inject, i64::from(*page), "it is common".to_owned());
        proposal.guess = true;
        if !tried.contains(&proposal.label) {
            found.push(proposal);
        }
    }
    found
}

fn next_url(at: &At<Option<String>>) -> Proposal {
    let path = at.place.path();
    let paginate = Paginate::NextUrl(NextUrlPaginate { next: path.clone(), size: None, until: None });
    let told = if at.value.is_some() {
        format!("`{}` holds a URL", at.name)
    } else {
        format!("`{}` is null: this is the last page", at.name)
    };
    Proposal { ended: at.value.is_none(), ..Proposal::new(Kind::Url, path, paginate, told) }
}

fn tokens(at: &At<Option<String>>, facts: &Facts) -> Vec<Proposal> {
    let path = at.place.path();
    let last = facts.more.as_ref().is_some_and(|more| !more.value);
    let ended = at.value.is_none() || last;
    let plain = plain_name(&at.name);
    let above = at.place.0.len().checked_sub(2).and_then(|index| at.place.0.get(index));
    let of_next = matches!(above, Some(Step::Key(name)) if plain_name(name) == "next");
    let mut names = parameters_for(&plain);
    if of_next || plain == "offset" {
        // It is called as the parameter is.
        names.retain(|name| *name != at.name);
        names.insert(0, &at.name);
    }
    let injects = places(&names, facts);
    let known = facts.parameters.iter().any(|one| injects.first() == Some(&one.inject));
    injects
        .into_iter()
        .take(if ended { 1 } else { 7 })
        .map(|inject| {
            let paginate = Paginate::Cursor(CursorPaginate {
                next: path.as_str().into(),
                inject: inject.clone(),
                size: None,
                until: None,
            });
            let told = match (&at.value, last) {
                (None, _) => format!("`{}` is null: this is the last page; the parameter's name is a guess", at.name),
                (_, true) => format!("`{}` holds a token, and the answer says that there is no more", at.name),
                _ => format!("`{}` holds a token", at.name),
            };
            Proposal { ended, sure: known, ..Proposal::new(Kind::Token, label(&inject), paginate, told) }
        })
        .collect()
}

/// The parameters that a token of this name may go to, likeliest first.
fn parameters_for(name: &str) -> Vec<&str> {
    let own: &[&'static str] = match name {
        "nextcursor" => &["cursor", "start_cursor", "next_cursor", "page_token", "nextCursor"],
        "nextpagetoken" | "pagetoken" => &["page_token", "pageToken", "next_page_token"],
        "nexttoken" => &["next_token", "pagination_token", "page_token", "nextToken", "token", "pageToken"],
        "paginationtoken" => &["pagination_token", "next_token", "page_token", "token"],
        "continuation" | "continuationtoken" => &["continuation", "continuation_token", "continuationToken"],
        "endcursor" | "after" | "aftercursor" | "cursorafter" => &["after", "cursor"],
        "nextpage" | "nextpageid" => &["page", "next_page", "cursor"],
        "nextoffset" => &["offset", "next_offset"],
        "nextstart" => &["start"],
        "scrollid" => &["scroll_id", "scrollId"],
        "nextmarker" | "marker" => &["marker", "next_marker"],
        "nextkey" => &["key", "next_key", "start_key"],
        "bookmark" => &["bookmark"],
        "nextid" => &["next_id", "after", "since_id"],
        "nextbatch" => &["from", "since", "next_batch"],
        "next" => &["cursor", "next", "after", "page", "offset"],
        _ => &["cursor"],
    };
    let common = ["cursor", "after", "page_token", "next_token", "starting_after", "token", "continuation", "page"];
    let mut names: Vec<&str> = own.to_vec();
    names.extend(common.iter().filter(|name| !own.contains(name)));
    names
}

/// Where parameters of these names can go: first where the request has one already, then the query or the body.
fn places(names: &[&str], facts: &Facts) -> Vec<Inject> {
    let body = facts.json_body || facts.parameters.iter().any(|one| matches!(one.inject, Inject::Body(_)));
    let mut found: Vec<Inject> = Vec::new();
    for one in &facts.parameters {
        let last = one.name.rsplit('.').next().unwrap_or(&one.name);
        if one.name != "query" && names.iter().any(|name| plain_name(name) == plain_name(last)) {
            found.push(one.inject.clone());
        }
    }
    found.sort_by_key(|inject| {
        let (Inject::Query(name) | Inject::Body(name)) = inject else { return names.len() };
        names.iter().position(|known| plain_name(known) == plain_name(name)).unwrap_or(names.len())
    });
    for name in names {
        let inject = if body { Inject::Body((*name).to_owned()) } else { Inject::Query((*name).to_owned()) };
        if !found.contains(&inject) {
            found.push(inject);
        }
    }
    found
}

/// `has_more` without a token: the last record's id is it.
fn last_id(facts: &Facts) -> Vec<Proposal> {
    let names = ["starting_after", "after", "after_id", "since_id", "last_id"];
    let make = |inject: Inject| {
        let next = Template::from("{{ (last_record or {}).id }}");
        let paginate = Paginate::Cursor(CursorPaginate { next, inject: inject.clone(), size: None, until: None });
        let told = "the answer says that there is more and names no page".to_owned();
        Proposal::new(Kind::Token, label(&inject), paginate, told)
    };
    places(&names, facts).into_iter().take(4).map(make).collect()
}

/// The same where the answer says that there is no more now: what stands behind the first record proves it.
fn behind(facts: &Facts) -> Vec<Proposal> {
    let Some(more) = &facts.more else { return Vec::new() };
    let proposals = last_id(facts).into_iter().take(if facts.listed { 1 } else { 2 });
    let made = proposals.map(|mut proposal| {
        if let Paginate::Cursor(cursor) = &mut proposal.paginate {
            cursor.until = Some(no_more(more, facts.inverted));
        }
        let told = format!("`{}` says that there is no more now", more.name);
        Proposal { kind: Kind::Behind, told, guess: !facts.listed, ..proposal }
    });
    made.collect()
}

fn pages(facts: &Facts) -> Vec<Proposal> {
    if let Some(one) = facts.parameter(PAGE).filter(|one| one.value.is_some()) {
        return vec![from_request(true, one)];
    }
    let told = match (&facts.page, &facts.pages) {
        (Some(at), _) => format!("the answer says `{}`: {}", at.name, at.value),
        (_, Some(at)) => format!("the answer says `{}`: {}", at.name, at.value),
        _ => return Vec::new(),
    };
    let start = facts.page.as_ref().map_or(1, |at| at.value).clamp(0, 1);
    let mut names = vec!["page".to_owned()];
    let own =
        facts.page.as_ref().map(|at| at.name.clone()).filter(|name| {
            name.is_ascii() && !["page", "current_page", "currentPage", "number"].contains(&name.as_str())
        });
    names.extend(own);
    names.into_iter().map(|name| counted(true, Inject::Query(name), start, told.clone())).collect()
}

fn offsets(facts: &Facts) -> Vec<Proposal> {
    if let Some(one) = facts.parameter(OFFSET).filter(|one| one.value.is_some()) {
        return vec![from_request(false, one)];
    }
    let Some(at) = &facts.offset else { return Vec::new() };
    let told = format!("the answer says `{}`: {}", at.name, at.value);
    vec![counted(false, Inject::Query(at.name.clone()), at.value.clamp(0, 1), told)]
}

fn from_request(page: bool, one: &Parameter) -> Proposal {
    let value = one.value.unwrap_or_default();
    let told = format!("the request has {}={value}", one.name);
    Proposal { told_start: true, within: value <= 1, ..counted(page, one.inject.clone(), value, told) }
}

fn counted(page: bool, inject: Inject, start: i64, told: String) -> Proposal {
    let (size, until) = (None, None);
    let (kind, paginate) = if page {
        let page =
            PagePaginate { inject: inject.clone(), start: None, omit_first: false, size, stop_on_short: None, until };
        (Kind::Page, Paginate::Page(page))
    } else {
        let offset =
            OffsetPaginate { inject: inject.clone(), start: None, omit_first: false, size, stop_on_short: None, until };
        (Kind::Offset, Paginate::Offset(offset))
    };
    let mut proposal = Proposal::new(kind, label(&inject), paginate, told);
    proposal.start = start;
    set_start(&mut proposal);
    proposal
}

/// Writes the first number into the setting; the default is left out.
pub(super) fn set_start(proposal: &mut Proposal) {
    let start = proposal.start;
    match &mut proposal.paginate {
        Paginate::Page(page) => page.start = (start != 1).then_some(start),
        Paginate::Offset(offset) => offset.start = (start != 0).then_some(start),
        _ => {}
    }
}

fn label(inject: &Inject) -> String {
    match inject {
        Inject::Query(name) => format!("?{name}="),
        Inject::Header(name) | Inject::Body(name) => name.clone(),
        Inject::Path => "path".to_owned(),
    }
}

/// Puts in what else is known: the size of a page, and how the last page is told.
pub(super) fn finish(mut proposal: Proposal, first: &Facts, second: Option<&Facts>, records: usize) -> Proposal {
    let size = page_size(first, records);
    let counted_from = proposal.start;
    match &mut proposal.paginate {
        Paginate::Page(page) => {
            page.until = more(first, second).or_else(|| last_page(first, second, counted_from));
            page.stop_on_short = size.as_ref().map(|_| false);
            page.size = size;
        }
        Paginate::Offset(offset) => {
            offset.until = more(first, second).or_else(|| all_read(first, second, records, counted_from));
            offset.stop_on_short = size.as_ref().map(|_| false);
            offset.size = size;
        }
        Paginate::Cursor(cursor) => {
            cursor.until = more(first, second);
            cursor.size = size;
        }
        // Some name a next page on the last one, too.
        Paginate::NextUrl(next) => next.until = more(first, second),
        Paginate::None | Paginate::LinkHeader(_) => {}
    }
    proposal
}

/// How the last page is told, where this one says that it is, and names a next page nevertheless.
pub(super) fn end_by_word(proposal: &mut Proposal, facts: &Facts) {
    let Some(more) = facts.more.as_ref().filter(|more| !more.value) else { return };
    let until = Some(no_more(more, facts.inverted));
    match &mut proposal.paginate {
        Paginate::NextUrl(next) => next.until = until,
        Paginate::Cursor(cursor) => cursor.until = until,
        _ => {}
    }
}

/// The size that the request asks for, where the answer kept to it.
fn page_size(facts: &Facts, records: usize) -> Option<PageSize> {
    let one = facts.parameter(SIZE)?;
    let value = one.value?;
    let query = matches!(one.inject, Inject::Query(_));
    (query && usize::try_from(value).is_ok_and(|value| value == records))
        .then(|| PageSize { value: Scalar::Integer(value), inject: Some(one.inject.clone()) })
}

/// The answer's own word on whether there is more: it said yes, and there was.
fn more(first: &Facts, second: Option<&Facts>) -> Option<Template> {
    let at = first.more.as_ref().filter(|at| at.value)?;
    second?.more.as_ref().filter(|other| other.place == at.place)?;
    Some(no_more(at, first.inverted))
}

fn no_more(at: &At<bool>, inverted: bool) -> Template {
    let end = if inverted { "true" } else { "false" };
    Template(format!("{{{{ {} == {end} }}}}", at.place.expression()))
}

/// The setting without the size of a page.
pub(super) fn without_size(proposal: &mut Proposal) {
    match &mut proposal.paginate {
        Paginate::Page(page) => (page.size, page.stop_on_short) = (None, None),
        Paginate::Offset(offset) => (offset.size, offset.stop_on_short) = (None, None),
        Paginate::Cursor(cursor) => cursor.size = None,
        Paginate::None | Paginate::NextUrl(_) | Paginate::LinkHeader(_) => {}
    }
}

/// The number of pages, where both pages say the same.
fn last_page(first: &Facts, second: Option<&Facts>, start: i64) -> Option<Template> {
    let at = first.pages.as_ref().filter(|at| at.value >= 2)?;
    same(at, second?.pages.as_ref())?;
    let place = at.place.expression();
    let number = if start == 0 { "page.number + 1" } else { "page.number" };
    Some(Template(format!("{{{{ {place} is number and {number} >= {place} }}}}")))
}

/// The number of records, where both pages say the same and it is more than one page.
fn all_read(first: &Facts, second: Option<&Facts>, records: usize, start: i64) -> Option<Template> {
    let at = first.total.as_ref().filter(|at| at.value > records as u64)?;
    same(at, second?.total.as_ref())?;
    let place = at.place.expression();
    let read = if start == 1 { "page.offset - 1 + page.count" } else { "page.offset + page.count" };
    Some(Template(format!("{{{{ {place} is number and {read} >= {place} }}}}")))
}

fn same(one: &At<u64>, other: Option<&At<u64>>) -> Option<()> {
    other.filter(|other| other.place == one.place && other.value == one.value).map(|_| ())
}
