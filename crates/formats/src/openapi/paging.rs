//! How a list goes on, as its parameters tell it. What is told here is proved, or put right, by the first answers.

use super::params::Params;
use super::schema::Answer;
use definition::model::{
    CursorPaginate, Inject, NextUrlPaginate, OffsetPaginate, PagePaginate, PageSize, Paginate, Request,
};

const PAGES: [&str; 6] = ["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"];
const OFFSETS: [&str; 5] = ["offset", "skip", "startat", "start", "from"];
const SIZES: [&str; 14] = [
    "perpage",
    "pagesize",
    "limit",
    "size",
    "pagelimit",
    "maxresults",
    "itemsperpage",
    "count",
    "take",
    "top",
    "resultsperpage",
    "rows",
    "max",
    "maxitems",
];
const TOKENS: [&str; 12] = [
    "cursor",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "nextcursor",
    "aftercursor",
    "continuationtoken",
    "continuation",
    "startcursor",
    "pagecursor",
    "after",
    "bookmark",
];
/// What an answer calls the next page's token.
const NEXT: [&str; 12] = [
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "cursor",
    "aftercursor",
    "next",
    "after",
    "endcursor",
    "continuationtoken",
    "continuation",
    "nextpage",
    "bookmark",
];
/// What an answer calls the next page's address.
const NEXT_URLS: [&str; 5] = ["next", "nexturl", "nextpageurl", "nextlink", "odatanextlink"];

/// The paging of a list, as far as its parameters tell it.
pub(super) fn read(params: &Params, answer: &Answer, request: &Request) -> Paginate {
    let by = |words: &[&str]| words.iter().find_map(|word| params.query.iter().find(|name| plain(name) == *word));
    let query = |name: &str| Inject::Query(name.to_owned());
    let size = by(&SIZES).filter(|name| !request.query.contains_key(*name)).and_then(|name| {
        let (_, value) = params.sizes.iter().find(|(own, _)| own == name)?;
        Some(PageSize { value: definition::model::Scalar::Integer((*value).min(100)), inject: Some(query(name)) })
    });
    let around = |words: &[&str]| {
        words.iter().find_map(|word| {
            let last = |path: &str| plain(path.rsplit(['.', '\'']).find(|part| part.len() > 1).unwrap_or(path));
            answer
                .around
                .iter()
                .find(|(path, kind)| kind == "string" && last(path) == *word)
                .map(|(path, _)| path.clone())
        })
    };
    if let Some(token) = by(&TOKENS)
        && let Some(next) = around(&NEXT)
    {
        return Paginate::Cursor(CursorPaginate { next: next.into(), inject: query(token), size, until: None });
    }
    if let Some(page) = by(&PAGES) {
        return Paginate::Page(PagePaginate {
            inject: query(page),
            start: None,
            omit_first: false,
            stop_on_short: None,
            size,
            until: None,
        });
    }
    if let (Some(offset), Some(size)) = (by(&OFFSETS), &size) {
        return Paginate::Offset(OffsetPaginate {
            inject: query(offset),
            start: None,
            omit_first: false,
            size: Some(size.clone()),
            stop_on_short: None,
            until: None,
        });
    }
    match around(&NEXT_URLS) {
        Some(next) => Paginate::NextUrl(NextUrlPaginate { next, size, until: None }),
        None => Paginate::None,
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}
