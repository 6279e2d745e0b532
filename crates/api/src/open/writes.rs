//! Whether a request that was pasted may change something on the server: then nobody but the person sends it.

use definition::model::{Body, Method, Request};
use definition::{Definition, Problem, ProblemKind, Stage};
use serde_json::Value;

/// What the address of a POST that reads speaks of.
const READS: [&str; 26] = [
    "search",
    "searches",
    "query",
    "queries",
    "graphql",
    "list",
    "filter",
    "find",
    "fetch",
    "lookup",
    "report",
    "reports",
    "export",
    "exports",
    "read",
    "select",
    "scan",
    "browse",
    "get",
    "retrieve",
    "aggregate",
    "stats",
    "runreport",
    "batchget",
    "analytics",
    "explore",
];
/// What the address of one that writes speaks of.
const WRITES: [&str; 19] = [
    "create", "add", "insert", "update", "upsert", "delete", "remove", "send", "submit", "upload", "import", "cancel",
    "charge", "pay", "refund", "approve", "publish", "archive", "invite",
];
/// What the body of one that reads holds.
const ASKS: [&str; 48] = [
    "query",
    "q",
    "filter",
    "filters",
    "filtergroups",
    "search",
    "searchterm",
    "limit",
    "page",
    "pagesize",
    "perpage",
    "offset",
    "cursor",
    "startcursor",
    "sort",
    "sorts",
    "sortby",
    "orderby",
    "start",
    "startat",
    "size",
    "from",
    "to",
    "after",
    "before",
    "fields",
    "select",
    "daterange",
    "dateranges",
    "startdate",
    "enddate",
    "metrics",
    "dimensions",
    "where",
    "maxresults",
    "pagination",
    "paging",
    "count",
    "top",
    "skip",
    "take",
    "pagetoken",
    "nextpagetoken",
    "pagenumber",
    "jql",
    "sql",
    "since",
    "until",
];

/// What speaks against sending a draft's first request by itself. `None`: it reads.
pub(super) fn may_write(definition: &Definition) -> Option<Problem> {
    let request = &definition.streams.first()?.request;
    let problem = |code: &str, message: String| {
        Problem::new(code, ProblemKind::Config, Stage::Open, message).field("streams[0].request.method")
    };
    let mutates = matches!(&request.body, Some(Body::Graphql(body)) if body.query.trim_start().starts_with("mutation"));
    match request.method {
        Method::Get if !mutates => None,
        Method::Post if !mutates && asks(request) => None,
        Method::Get | Method::Post => {
            let message =
                "A POST to this address may create something on the server, so it was not sent yet.".to_owned();
            let hint =
                "If it only reads, send it once: what it answers is shown, and nothing more is sent to find out more.";
            Some(problem("may_write", message).hint(hint))
        }
        method => {
            let message = format!("{} changes something on the server, so it was not sent.", method.as_str());
            let hint = "Paste the request that reads the records: a GET, or a POST that searches.";
            Some(problem("not_a_read", message).hint(hint))
        }
    }
}

/// Whether a POST asks for records, by its address and its body.
fn asks(request: &Request) -> bool {
    let path = request.path.as_str().split(['?', '#']).next().unwrap_or_default();
    let words = words(path);
    if words.iter().any(|word| WRITES.contains(&word.as_str())) {
        return false;
    }
    let keys = match &request.body {
        Some(Body::Graphql(_)) => return true,
        Some(Body::Json(Value::Object(map))) => map.keys().cloned().collect(),
        Some(Body::Form(map)) => map.keys().cloned().collect(),
        Some(_) | None => Vec::new(),
    };
    words.iter().any(|word| READS.contains(&word.as_str()))
        || keys.iter().any(|key| ASKS.contains(&plain(key).as_str()))
}

/// The words of a path: `/v1/runReport` has `v1`, `run`, `report` and `runreport`.
fn words(path: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        all.push(part.to_ascii_lowercase());
        let mut word = String::new();
        for c in part.chars() {
            if c.is_ascii_uppercase() && !word.is_empty() {
                all.push(std::mem::take(&mut word));
            }
            word.push(c.to_ascii_lowercase());
        }
        all.push(word);
    }
    all
}

fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::may_write;
    use definition::Document;

    fn code(request: &str) -> Option<String> {
        let text = format!(
            "tapwright: 1\nname: a\nhttp: {{base_url: 'http://a.test'}}\nstreams: [{{name: b, request: {request}}}]\n"
        );
        let document = Document::parse(&text).unwrap_or_else(|faults| panic!("{request}: {faults:?}"));
        may_write(document.definition()).map(|problem| problem.code)
    }

    #[test]
    fn a_post_that_may_write_is_told_from_one_that_searches() {
        for reads in [
            "{path: /a}",
            "{method: POST, path: /crm/v3/objects/contacts/search}",
            "{method: POST, path: /v1/databases/x/query}",
            "{method: POST, path: /graphql, body: {graphql: {query: '{ a }'}}}",
            "{method: POST, path: '/v1beta/properties/1:runReport'}",
            "{method: POST, path: /v1/items, body: {json: {page_size: 10}}}",
            "{method: POST, path: /v1/items, body: {form: {limit: 10}}}",
            "{method: POST, path: /api/getCustomers}",
        ] {
            assert_eq!(code(reads), None, "{reads}");
        }
        for (writes, why) in [
            ("{method: POST, path: /v1/customers, body: {json: {name: x, email: y}}}", "may_write"),
            ("{method: POST, path: /v1/customers, body: {form: {name: x}}}", "may_write"),
            ("{method: POST, path: /v1/customers}", "may_write"),
            ("{method: POST, path: /graphql, body: {graphql: {query: 'mutation { a }'}}}", "may_write"),
            ("{method: POST, path: /v1/messages/send, body: {json: {to: a, limit: 1}}}", "may_write"),
            ("{method: POST, path: /v1/createReport}", "may_write"),
            ("{method: PUT, path: /v1/search}", "not_a_read"),
            ("{method: DELETE, path: /v1/customers/1}", "not_a_read"),
        ] {
            assert_eq!(code(writes).as_deref(), Some(why), "{writes}");
        }
    }
}
