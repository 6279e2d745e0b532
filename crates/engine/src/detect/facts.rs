//! What an answer and its request say about paging, found by the field's usual names.

use super::node::Node;
use super::place::{Place, Step};
use super::words::plain_name;
use crate::http::{Answer, total_records};
use definition::model::{Body, Inject, Method, Request};

/// Where the next page's address stands in a body.
const NEXT_URL: &[&str] = &[
    "next",
    "nexturl",
    "nextpageurl",
    "nextlink",
    "nexthref",
    "nextpage",
    "nexturi",
    "nextpageuri",
    "nextpagelink",
    "@odatanextlink",
    "odatanextlink",
    "@nextlink",
];
/// What the next page's token is called.
const TOKEN: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpage",
    "continuation",
    "continuationtoken",
    "after",
    "endcursor",
    "cursor",
    "next",
    "scrollid",
    "nextkey",
    "nextmarker",
    "marker",
    "nextoffset",
    "nextstart",
    "bookmark",
    "cursornext",
    "nextpagecursor",
    "paginationtoken",
    "aftercursor",
    "pagetoken",
    "nextpageid",
    "cursorafter",
    "nextid",
    "nextbatch",
    "startingafter",
    "nextstartcursor",
    "nextrecordsid",
];
/// Members under `next` that speak of the page, not of where it begins.
const PAGE_WORDS: &[&str] = &["limit", "perpage", "pagesize", "size", "count", "title", "name", "type", "label", "rel"];
/// Totals that are as often how many records this page has.
const OF_PAGE: &[&str] = &["count", "itemcount", "resultcount"];
/// Headers that hold the next page's token.
const HEADERS: &[&str] = &[
    "x-continuation",
    "x-ms-continuation",
    "x-continuation-token",
    "x-next-token",
    "x-next-cursor",
    "x-next-page-token",
];
const TOTAL: &[&str] = &[
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalelements",
    "totalrecords",
    "recordstotal",
    "@odatacount",
    "resultcount",
    "numfound",
    "totalsize",
    "totalrows",
    "totalhits",
    "count",
    "itemcount",
];
const PAGES: &[&str] = &["totalpages", "pagecount", "pages", "lastpage", "numpages", "pagestotal", "totalpagecount"];
const PAGE: &[&str] = &["page", "currentpage", "pagenumber", "pageindex", "pageno", "number"];
const OFFSET: &[&str] = &["offset", "skip", "start", "startat", "startindex", "from"];
const MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "more",
    "moreresults",
    "hasmoreitems",
    "moreavailable",
    "moreitemsincollection",
];
const LAST: &[&str] = &["islast", "islastpage", "last", "isfinal", "exhausted", "done"];

/// Something that stands at a place of the answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct At<T> {
    /// The place.
    pub place: Place,
    /// The member's name as it is written.
    pub name: String,
    /// The value.
    pub value: T,
}

/// A parameter of the request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parameter {
    /// Where it stands.
    pub inject: Inject,
    /// Its name.
    pub name: String,
    /// Its value, where it is a whole number.
    pub value: Option<i64>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    /// The target of `Link: …; rel="next"`.
    pub link: Option<String>,
    /// Whether there are paging links at all.
    pub links: bool,
    /// Addresses of the next page in the body; `None`: the member is null.
    pub next_urls: Vec<At<Option<String>>>,
    /// Tokens of the next page.
    pub tokens: Vec<At<Option<String>>>,
    /// Whether there is more: the answer's word, `true` for more.
    pub more: Option<At<bool>>,
    /// Whether `more` stands the other way round in the answer: `last: true`.
    pub inverted: bool,
    /// How many records there are in all.
    pub total: Option<At<u64>>,
    /// The same, from a header.
    pub total_header: Option<u64>,
    /// How many pages there are.
    pub pages: Option<At<u64>>,
    /// The number of this page.
    pub page: Option<At<i64>>,
    /// The offset of this page.
    pub offset: Option<At<i64>>,
    /// Whether the answer calls itself a list: `object: "list"`, as Stripe's do.
    pub listed: bool,
    /// Headers that hold a token.
    pub header_tokens: Vec<String>,
    /// What may name a next page in a way that is not known.
    pub unexplained: Option<String>,
    /// Whether the request sends a JSON body: what is asked for goes there.
    pub json_body: bool,
    /// Whether the answer is that of a search that counts by `from`.
    pub by_from: bool,
    /// The request's parameters.
    pub parameters: Vec<Parameter>,
}

impl Facts {
    /// Gathers what an answer says. `records`: where the records are; what stands in them is not asked.
    pub fn gather(root: &Node, records: &Place, answer: &Answer, request: &Request) -> Self {
        let mut facts = Self { parameters: parameters(request), ..Self::default() };
        let links: Vec<&str> =
            answer.headers.iter().filter(|(name, _)| name == "link").map(|(_, text)| text.as_str()).collect();
        facts.link = links.iter().find_map(|text| link(text, "next"));
        facts.links =
            ["next", "prev", "last", "first"].iter().any(|rel| links.iter().any(|text| link(text, rel).is_some()));
        facts.total_header = total_records(&answer.headers);
        let own = |name: &&&str| answer.header(name).is_some_and(|value| !value.trim().is_empty());
        facts.header_tokens = HEADERS.iter().filter(own).map(|name| (*name).to_owned()).collect();
        let is_json = matches!(&request.body, Some(Body::Json(serde_json::Value::Object(_))));
        facts.json_body = request.method == Method::Post && is_json;
        let skip = records.0.iter().position(|step| *step == Step::Each).map(|at| Place(records.0[..at].to_vec()));
        facts.walk(root, &Place::default(), skip.as_ref(), 0);
        let hits = |at: &At<u64>| at.place.0.first() == Some(&Step::Key("hits".to_owned()));
        facts.by_from = facts.total.as_ref().is_some_and(hits);
        // A count that is that of this page is none of all.
        let here = records.select(root).len() as u64;
        let of_page = |at: &At<u64>| OF_PAGE.contains(&plain_name(&at.name).as_str()) && at.value == here;
        let named = !facts.next_urls.is_empty() || !facts.tokens.is_empty();
        let there = facts.next_urls.iter().chain(&facts.tokens).any(|at| at.value.is_some());
        if facts.total.as_ref().is_some_and(of_page) && (there || !named) {
            facts.total = None;
        }
        facts
    }

    fn walk(&mut self, node: &Node, place: &Place, skip: Option<&Place>, depth: usize) {
        let Some(members) = node.members() else {
            if let (Some(items), true) = (node.items(), depth == 0) {
                // `[{"page": 1}, [records]]`
                for (index, item) in items.iter().enumerate().take(2).filter(|_| items.len() <= 3) {
                    self.walk(item, &place.then(Step::Index(index)), skip, 1);
                }
            }
            return;
        };
        for (name, member) in members {
            let at = place.key(name);
            if Some(&at) == skip {
                continue;
            }
            self.member(name, member, &at);
            if depth < 4 && matches!(member, Node::Object(_)) {
                self.walk(member, &at, skip, depth + 1);
            }
        }
    }

    fn member(&mut self, name: &str, member: &Node, place: &Place) {
        let plain = plain_name(name);
        let is = |names: &[&str]| names.contains(&plain.as_str());
        let parent = place.0.len().checked_sub(2).and_then(|at| place.0.get(at));
        let parent = if let Some(Step::Key(parent)) = parent { plain_name(parent) } else { String::new() };
        let under_next = ["href", "url", "link", "uri"].contains(&plain.as_str());
        let of_next = parent == "next" && !under_next && !PAGE_WORDS.contains(&plain.as_str());
        let at = |value| At { place: place.clone(), name: name.to_owned(), value };
        match member {
            Node::Text(text)
                if (like_url(text) || is(NEXT_URL) && like_relative(text))
                    && (is(NEXT_URL) || plain.starts_with("next") || (parent == "next" && under_next)) =>
            {
                self.next_urls.push(at(Some(text.clone())));
            }
            Node::Text(text) if plain == "object" && text == "list" && place.0.len() == 1 => self.listed = true,
            // What stands under `next` are the parameters of the next request.
            Node::Text(text) if of_next && !text.is_empty() && text.len() < 4096 => {
                self.tokens.push(at(Some(text.clone())))
            }
            Node::Number(digits) if of_next => self.tokens.push(at(Some(digits.clone()))),
            Node::Text(text)
                if plain == "offset" && text.len() < 4096 && text.parse::<f64>().is_err() && !text.is_empty() =>
            {
                self.tokens.push(at(Some(text.clone())));
            }
            Node::Text(text) if is(TOKEN) && !text.is_empty() && text.len() < 4096 => {
                self.tokens.push(at(Some(text.clone())))
            }
            Node::Number(digits) if plain.starts_with("next") && is(TOKEN) => {
                self.tokens.push(at(Some(digits.clone())))
            }
            Node::Null
                if ["next", "nexturl", "nextlink", "nextpageurl", "nexthref", "@odatanextlink"]
                    .contains(&plain.as_str()) =>
            {
                self.next_urls.push(at(None));
            }
            Node::Null | Node::Text(_) if plain.starts_with("next") && is(TOKEN) => self.tokens.push(at(None)),
            Node::Bool(value) if is(MORE) => {
                self.more = Some(At { place: place.clone(), name: name.to_owned(), value: *value })
            }
            Node::Bool(value) if is(LAST) && self.more.is_none() => {
                self.inverted = true;
                self.more = Some(At { place: place.clone(), name: name.to_owned(), value: !*value });
            }
            Node::Number(_) => self.number(&plain, member, place, name, &parent),
            Node::Text(_) | Node::Object(_) if may_name_next(&plain) && is_there(member) => {
                self.unexplained.get_or_insert_with(|| name.to_owned());
            }
            _ => {}
        }
    }

    fn number(&mut self, plain: &str, member: &Node, place: &Place, name: &str, parent: &str) {
        let Some(value) = member.whole() else { return };
        let at = |value| At { place: place.clone(), name: name.to_owned(), value };
        let size = u64::try_from(value).ok();
        let total = TOTAL.contains(&plain) || (parent == "total" && plain == "value");
        if let (true, Some(size)) = (total, size) {
            let better = self.total.as_ref().is_none_or(|have| plain_name(&have.name) == "count" || have.value < size);
            if better {
                self.total = Some(At { place: place.clone(), name: name.to_owned(), value: size });
            }
        }
        if let (true, Some(size)) = (PAGES.contains(&plain), size) {
            self.pages.get_or_insert(At { place: place.clone(), name: name.to_owned(), value: size });
        } else if PAGE.contains(&plain) {
            self.page.get_or_insert(at(value));
        } else if OFFSET.contains(&plain) {
            self.offset.get_or_insert(at(value));
        }
    }

    /// The request's parameter of one of these names.
    pub fn parameter(&self, names: &[&str]) -> Option<&Parameter> {
        self.parameters
            .iter()
            .find(|one| names.contains(&plain_name(one.name.rsplit('.').next().unwrap_or(&one.name)).as_str()))
    }

    /// How many there are in all, as the answer says.
    pub fn all(&self) -> Option<u64> {
        self.total.as_ref().map(|total| total.value).or(self.total_header)
    }

    /// Whether the answer says that it is the last page.
    pub fn last(&self) -> bool {
        let nulls = !self.next_urls.is_empty() && self.next_urls.iter().all(|one| one.value.is_none());
        let no_token = !self.tokens.is_empty() && self.tokens.iter().all(|one| one.value.is_none());
        self.more.as_ref().is_some_and(|more| !more.value)
            || nulls && !self.tokens.iter().any(|one| one.value.is_some())
            || no_token && self.next_urls.iter().all(|one| one.value.is_none())
    }
}

/// Whether a name may be that of a next page's place.
fn may_name_next(plain: &str) -> bool {
    let this = ["start", "prev", "first", "before", "self", "current"].iter().any(|word| plain.contains(word));
    !this
        && ["continuation", "lastevaluated", "scroll", "bookmark", "pagetoken", "nexttoken"]
            .iter()
            .any(|word| plain.contains(word))
}

fn is_there(node: &Node) -> bool {
    match node {
        Node::Text(text) => !text.is_empty(),
        Node::Object(members) => !members.is_empty(),
        _ => false,
    }
}

fn like_url(text: &str) -> bool {
    text.len() < 8192
        && ["http://", "https://", "/", "?"].iter().any(|start| text.starts_with(start))
        && !text.contains(' ')
        && text.len() > 1
}

/// Whether it is a link beside the answer's own address, as RFC 3986 has them: `Orders?$skip=20`.
fn like_relative(text: &str) -> bool {
    let Some((path, query)) = text.split_once('?') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~%/()'@$".contains(c);
    text.len() < 8192
        && path.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
        && path.chars().all(plain)
        && query.contains('=')
        && !query.contains(char::is_whitespace)
}

/// The target of a link in a `Link` header.
fn link(header: &str, rel: &str) -> Option<String> {
    header.split('<').skip(1).find_map(|part| {
        let (target, parameters) = part.split_once('>')?;
        let told = parameters.split([';', ',']).find_map(|parameter| parameter.trim().strip_prefix("rel="))?;
        told.trim()
            .trim_matches('"')
            .split_whitespace()
            .any(|one| one.eq_ignore_ascii_case(rel))
            .then(|| target.to_owned())
    })
}

/// The parameters of the query, and of a JSON body.
fn parameters(request: &Request) -> Vec<Parameter> {
    let mut found: Vec<Parameter> = request
        .query
        .iter()
        .map(|(name, value)| Parameter {
            inject: Inject::Query(name.clone()),
            name: name.clone(),
            value: value.as_text().parse().ok(),
        })
        .collect();
    if let Some(Body::Json(serde_json::Value::Object(members))) = &request.body {
        let inner = members.get("variables").and_then(serde_json::Value::as_object);
        let nested = inner.into_iter().flatten().map(|(name, value)| (format!("variables.{name}"), value));
        for (name, value) in members.iter().map(|(name, value)| (name.clone(), value)).chain(nested) {
            if !value.is_object() && !value.is_array() {
                found.push(Parameter { inject: Inject::Body(name.clone()), name, value: value.as_i64() });
            }
        }
    }
    let query = match &request.body {
        Some(Body::Json(serde_json::Value::Object(members))) => {
            members.get("query").and_then(serde_json::Value::as_str)
        }
        Some(Body::Graphql(graphql)) => Some(graphql.query.as_str()),
        _ => None,
    };
    for name in query.into_iter().flat_map(declared) {
        let name = format!("variables.{name}");
        if !found.iter().any(|one| one.name == name) {
            found.push(Parameter { inject: Inject::Body(name.clone()), name, value: None });
        }
    }
    found
}

/// The variables that a query of GraphQL declares: `query($first: Int, $after: String)`. One that has no value yet can
/// be given one.
fn declared(query: &str) -> impl Iterator<Item = &str> {
    let head = query.split('{').next().unwrap_or_default();
    head.split('$').skip(1).filter_map(|part| {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len());
        (end > 0 && part[end..].trim_start().starts_with(':')).then(|| &part[..end])
    })
}
