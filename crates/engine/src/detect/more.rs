//! Whether an answer after which nothing more is asked for says itself that there is more.

use super::facts::Facts;
use super::node::Node;
use super::place::Place;
use super::propose;
use super::words::{grouped, plain_name};
use crate::http::{Answer, total_records};
use definition::model::{Paginate, Request};
use definition::{Problem, ProblemKind, Stage};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// Bytes of an answer that is still looked into.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Numbers of an answer that are looked at as totals.
const MOST_NUMBERS: usize = 64;

/// Values that speak of more, found in the text before it is parsed. The third part is a number that may be a total.
static SIGNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)"(?:has_?(?:more|next)(?:_?(?:page|items))?|more(?:_?(?:results|available))?)"\s*:\s*true"#,
        r#"|"(?:is_?last(?:_?page)?|last|is_?final|exhausted)"\s*:\s*false"#,
        r#"|"(?:next[a-z_]*|@(?:odata\.)?nextlink)"\s*:\s*(?:"[^"]|[1-9]|\{)"#,
        r#"|"(?:total[a-z_]*|records_?total|item_?count|result_?count|num_?found|@odata\.count)"\s*:\s*([0-9]+)"#,
    ))
    .ok()
});

/// What an answer says of more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct More {
    /// What was seen, in words.
    seen: String,
    /// What sets it right, as it stands in a definition.
    set: String,
}

impl More {
    /// As a problem of a stream. `field` is its place in the definition.
    pub(crate) fn problem(&self, host: &str, field: &str) -> Problem {
        let message = format!("{host} says that there is more than was read: {}.", self.seen);
        Problem::new("more_to_read", ProblemKind::Data, Stage::Paginate, message)
            .hint(format!("Set how the stream pages, in {field}.paginate: {}.", self.set))
            .field(format!("{field}.paginate"))
    }
}

/// Whether a parse of the text is worth its while: a name that speaks of more stands there with a value that does.
pub(crate) fn may_say(text: &[u8], answer: &Answer, count: u64) -> bool {
    let header = answer.header("link").is_some() || total_records(&answer.headers).is_some();
    let Some(signs) = SIGNS.as_ref().filter(|_| text.len() <= MOST_BYTES) else { return header };
    let total = |digits: &[u8]| std::str::from_utf8(digits).ok()?.parse().ok().filter(|total: &u64| *total > count);
    let mut numbers = signs.captures_iter(text).take(MOST_NUMBERS);
    header || numbers.any(|found| found.get(1).is_none_or(|digits| total(digits.as_bytes()).is_some()))
}

/// What an answer says of more, beside its records. `records`: their JSONPath; `count`: how many there were. `totals`:
/// whether a greater total counts, too.
pub(crate) fn says(text: &str, answer: &Answer, records: Option<&str>, count: u64, totals: bool) -> Option<More> {
    let place = Place::parse(records.unwrap_or("$[*]"))?;
    let root = Node::parse(text).unwrap_or(Node::Null);
    // Of one object that is the record nothing stands beside the records.
    let beside = !place.0.is_empty();
    let facts = Facts::gather(if beside { &root } else { &Node::Null }, &place, answer, &Request::default());
    let has_id = place.select(&root).first().is_some_and(|record| record.get("id").is_some());
    let set = |facts: &Facts| {
        let proposals = propose::from_answer(facts, usize::try_from(count).unwrap_or(1), false, has_id);
        let named = proposals.into_iter().find(|proposal| !proposal.ended).map(|proposal| setting(&proposal.paginate));
        named.flatten().unwrap_or_else(|| "{type: page, inject: {query: page}}".to_owned())
    };
    let seen = if facts.link.is_some() {
        "the header `Link` names a next page".to_owned()
    } else if let Some(at) = facts.next_urls.iter().find(|at| at.value.is_some()) {
        format!("`{}` holds a URL", inner(&at.place))
    } else if let Some(at) = facts.tokens.iter().find(|at| at.value.is_some() && is_next(&at.place)) {
        format!("`{}` holds a token", inner(&at.place))
    } else if let Some(at) = facts.more.as_ref().filter(|more| more.value) {
        format!("`{}` is {}", inner(&at.place), !facts.inverted)
    } else {
        let total = total(&facts, &root).filter(|total| totals && *total > count)?;
        format!("it counts {} records in all, and {} came", grouped(total), grouped(count))
    };
    Some(More { seen, set: set(&facts) })
}

/// The total, where it is surely one of records: `total` alone may be money.
fn total(facts: &Facts, root: &Node) -> Option<u64> {
    let Some(at) = &facts.total else { return facts.total_header };
    let plain = plain_name(&at.name);
    let above = Place(at.place.0[..at.place.0.len().saturating_sub(1)].to_vec());
    let beside = above.select(root).first().and_then(|node| node.members()).unwrap_or_default();
    let paging = |name: &String| {
        let name = plain_name(name);
        ["page", "limit", "offset", "skip", "size", "start", "perpage", "pages", "from", "to"].contains(&name.as_str())
            || ["pagesize", "startat", "maxresults", "totalpages", "currentpage", "pagecount"].contains(&name.as_str())
    };
    let sure = match plain.as_str() {
        "count" | "itemcount" | "resultcount" => false,
        "total" | "value" => beside.iter().any(|(name, _)| paging(name)) || above.0.len() > 1,
        _ => true,
    };
    sure.then_some(at.value)
}

/// Whether a place is that of the next page's token: `cursor` alone may be this page's own.
fn is_next(place: &Place) -> bool {
    let path = place.path().to_ascii_lowercase();
    path.contains("next") || path.ends_with("continuation") || path.ends_with("continuationtoken")
}

/// A place without what stands before it in every path.
fn inner(place: &Place) -> String {
    let path = place.path();
    path.strip_prefix("$.").unwrap_or(&path).to_owned()
}

/// A setting on one line.
fn setting(paginate: &Paginate) -> Option<String> {
    let value = serde_json::to_value(paginate).ok()?;
    let text = serde_json::to_string(&value).ok()?;
    Some(text.replace("\":", "\": ").replace(",\"", ", \""))
}

#[cfg(test)]
mod tests {
    use super::{may_say, says};
    use crate::http::Answer;

    fn answer(link: &str) -> Answer {
        let headers = if link.is_empty() { Vec::new() } else { vec![("link".to_owned(), link.to_owned())] };
        Answer {
            status: 200,
            headers,
            body: Default::default(),
            url: "https://x.test/a".parse().unwrap(),
            request: Default::default(),
            response: Default::default(),
            ignored: false,
        }
    }

    #[test]
    fn more_is_told_and_nothing_else() {
        for (text, records, link, seen, set) in [
            (r#"{"has_more":true,"data":[{"id":1}]}"#, "$.data[*]", "", "`has_more` is true", "starting_after"),
            (r#"{"hasMore": true,"items":[{"x":1}]}"#, "$.items[*]", "", "`hasMore` is true", "page"),
            (r#"{"isLast":false,"values":[{"id":1}]}"#, "$.values[*]", "", "`isLast` is false", "starting_after"),
            (
                r#"{"results":[{"id":1}],"paging":{"next":{"after":"7","link":"https://x.test/a?after=7"}}}"#,
                "$.results[*]",
                "",
                "`paging.next.link` holds a URL",
                "next_url",
            ),
            (
                r#"{"results":[{"id":1}],"paging":{"next":{"after":"7"}}}"#,
                "$.results[*]",
                "",
                "`paging.next.after` holds a token",
                "$.paging.next.after",
            ),
            (r#"{"items":[1],"nextPageToken":"x"}"#, "$.items[*]", "", "`nextPageToken` holds a token", "page_token"),
            (r#"{"value":[{}],"@odata.nextLink":"https://x/a"}"#, "$.value[*]", "", "holds a URL", "odata.nextLink"),
            ("[1]", "$[*]", "</a?page=2>; rel=\"next\"", "the header `Link` names", "link_header"),
            ("{\"id\":1}", "$", "</a?page=2>; rel=\"next\"", "the header `Link` names", "link_header"),
            (r#"{"items":[1],"total_count":3}"#, "$.items[*]", "", "it counts 3 records in all, and 1 came", "page"),
            (r#"{"items":[1],"page":1,"total":3}"#, "$.items[*]", "", "it counts 3 records in all", "page"),
            (r#"{"data":{"list":[{"id":1}],"meta":{"total":1240}}}"#, "$.data.list[*]", "", "it counts 1,240", "page"),
            (r#"{"has_more":false,"data":[{"id":1}]}"#, "$.data[*]", "", "", ""),
            (r#"{"next":null,"results":[{"id":1}]}"#, "$.results[*]", "", "", ""),
            (r#"{"next":"","next_cursor":"","results":[{"id":1}]}"#, "$.results[*]", "", "", ""),
            (r#"{"items":[1],"total_count":1}"#, "$.items[*]", "", "", ""),
            (r#"{"lines":[1],"total":1250}"#, "$.lines[*]", "", "", ""),
            (r#"{"data":[{"id":1,"next":"https://x.test/b","has_more":true}]}"#, "$.data[*]", "", "", ""),
            (r#"{"id":1,"next":"https://x.test/b"}"#, "$", "", "", ""),
            (r#"{"paging":{"cursors":{"after":"QVF"}},"data":[{"id":1}]}"#, "$.data[*]", "", "", ""),
            ("[1]", "$[*]", "</a?page=1>; rel=\"prev\"", "", ""),
        ] {
            let answer = answer(link);
            let count = 1;
            let found = says(text, &answer, Some(records), count, true);
            let told = found.as_ref().map(|more| (more.seen.as_str(), more.set.as_str())).unwrap_or_default();
            assert_eq!(found.is_some(), !seen.is_empty(), "{text}: {told:?}");
            assert!(told.0.contains(seen) && told.1.contains(set), "{text}: {told:?}");
            assert!(found.is_none() || may_say(text.as_bytes(), &answer, count), "{text}");
        }
        assert!(!may_say(br#"{"next":null,"has_more":false,"total":1,"data":[{"id":1}]}"#, &answer(""), 1));
    }
}
