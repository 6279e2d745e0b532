//! Names from a URL: the connector's from the host, the stream's from the path.

use url::{Host, Url};

/// Labels of a host that say nothing of whose it is.
const PLAIN_LABELS: &[&str] = &[
    "api",
    "www",
    "app",
    "rest",
    "gateway",
    "data",
    "services",
    "service",
    "developer",
    "dev",
    "public",
    "open",
    "v1",
    "v2",
    "v3",
    "apis",
    "staging",
    "sandbox",
    "us",
    "eu",
    "m",
];
/// Second labels of a country's domain.
const SECOND_LABELS: &[&str] = &["co", "com", "org", "net", "gov", "ac", "edu", "ne", "or", "go"];
/// Segments of a path that name no collection.
const PLAIN_SEGMENTS: &[&str] =
    &["search", "list", "query", "all", "export", "index", "get", "find", "json", "api", "rest"];
/// Segments with which an API's own part of the path begins.
const API_SEGMENTS: &[&str] = &["api", "rest", "odata", "wp-json", "services", "gateway", "public", "jsonapi"];

/// The connector's name: `api.acme.test` → `acme`.
pub(crate) fn connector(url: &Url) -> String {
    let host = match url.host() {
        Some(Host::Domain(host)) => host,
        _ => return "local-api".to_owned(),
    };
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let country =
        labels.len() >= 3 && labels[labels.len() - 1].len() == 2 && SECOND_LABELS.contains(&labels[labels.len() - 2]);
    let keep = labels.len().saturating_sub(if country { 2 } else { usize::from(labels.len() > 1) });
    let own = &labels[..keep];
    let label = own.iter().rev().find(|label| !PLAIN_LABELS.contains(label)).or(own.last()).copied().unwrap_or(host);
    identifier(&label.to_ascii_lowercase(), "api").replace('_', "-")
}

/// Words that are written in capitals.
const CAPITALS: &[&str] = &["api", "crm", "erp", "hr", "id", "sql", "usgs"];

/// The name that people see: `acme-shop` → `Acme Shop`, `local-api` → `Local API`.
pub(crate) fn title(name: &str) -> String {
    let words = name.split(['-', '_']).filter(|word| !word.is_empty()).map(|word| {
        if CAPITALS.contains(&word) {
            return word.to_uppercase();
        }
        let mut chars = word.chars();
        chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The stream's name: the last part of the path that names a collection.
pub(crate) fn stream(segments: &[&str]) -> String {
    let names: Vec<&str> = segments.iter().map(|segment| stem(segment)).filter(|name| names_collection(name)).collect();
    let plain = |name: &&&str| !PLAIN_SEGMENTS.contains(&name.to_ascii_lowercase().as_str());
    names
        .iter()
        .rev()
        .find(plain)
        .or(names.last())
        .map_or_else(|| "records".to_owned(), |name| identifier(name, "records"))
}

/// Where the path behind the base begins: behind the version, or behind `api`. Never behind the last segment.
pub(super) fn base_length(segments: &[&str]) -> usize {
    let most = segments.len().saturating_sub(1);
    let head = &segments[..most];
    let of_api = |at: usize| head[..at].iter().all(|segment| of_api(segment));
    // A bare number is a version only behind an API's own part of the path: elsewhere it is an id.
    let bare = |segment: &str| segment.len() <= 2 && segment.bytes().all(|byte| byte.is_ascii_digit());
    let is_version = |at: usize| match () {
        () if bare(head[at]) => at > 0 && of_api(at),
        () => version(head[at]) && (!whole_date(head[at]) || of_api(at)),
    };
    if let Some(at) = (0..head.len().min(4)).find(|at| is_version(*at)) {
        return at + 1;
    }
    head.iter().take_while(|segment| API_SEGMENTS.contains(&segment.to_ascii_lowercase().as_str())).count()
}

/// A whole date is a version only where an API's own part of the path begins: elsewhere it asks for a day.
fn whole_date(segment: &str) -> bool {
    segment.len() == 10 && segment.bytes().filter(|byte| *byte == b'-').count() == 2
}

fn of_api(segment: &str) -> bool {
    API_SEGMENTS.contains(&segment.to_ascii_lowercase().as_str()) || segment.eq_ignore_ascii_case("admin")
}

fn stem(segment: &str) -> &str {
    match segment.rsplit_once('.') {
        Some((stem, "json" | "csv" | "xml" | "jsonl" | "php" | "aspx" | "ashx")) => stem,
        _ => segment,
    }
}

fn version(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    let rest = lower.strip_prefix('v').unwrap_or(&lower);
    let numeric = rest.starts_with(|c: char| c.is_ascii_digit());
    let dotted = rest.chars().all(|c| c.is_ascii_digit() || c == '.') && (lower.starts_with('v') || rest.contains('.'));
    let beta = lower.starts_with('v')
        && rest.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(['a', 'p'])
        && rest.len() < 10;
    let date = rest.len() >= 7
        && rest.starts_with("20")
        && rest.chars().all(|c| c.is_ascii_digit() || c == '-')
        && rest.contains('-');
    numeric && (dotted || beta || date)
}

fn names_collection(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let hex = name.len() >= 12 && digits > 0 && name.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let opaque = name.len() >= 20 && digits >= 3;
    let letters = name.chars().any(char::is_alphabetic);
    letters && !hex && !opaque && !version(name) && !name.contains(['%', '{', '@', ':'])
}

/// Text as a name: letters, digits and `_` or `-`, at most 63, starting with a letter; camel case parted.
pub(crate) fn identifier(text: &str, empty: &str) -> String {
    let mut out = String::new();
    let mut lower_before = false;
    for c in text.chars() {
        if c.is_ascii_uppercase() && lower_before {
            out.push('_');
        }
        lower_before = c.is_ascii_lowercase() || c.is_ascii_digit();
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('_') {
            out.push('_');
        }
    }
    let start = out.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(out.len());
    let cut: String = out[start..].chars().take(60).collect();
    let cut = cut.trim_matches('_');
    if cut.is_empty() { empty.to_owned() } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{base_length, connector, stream};
    use url::Url;

    #[test]
    fn names_from_urls() {
        let cases = [
            ("https://api.acme.test/api/v2/tickets.json", "acme", "tickets", 2),
            ("https://acme.zendesk.com/api/v2/users/42/orders", "zendesk", "orders", 2),
            ("https://api.github.com/repos/o/rust/issues", "github", "issues", 0),
            ("https://www.shop.co.uk/admin/api/2024-01/orders.json", "shop", "orders", 3),
            ("http://localhost:3000/users", "localhost", "users", 0),
            ("http://127.0.0.1:8080/v1/", "local-api", "records", 0),
            ("https://api.acme.test/", "acme", "records", 0),
            ("https://x.test/wp-json/wp/v2/posts/1234", "x", "posts", 3),
            ("https://x.test/contacts/search", "x", "contacts", 0),
            ("https://x.test/3.0/lists", "x", "lists", 1),
            ("https://x.test/v1beta/things", "x", "things", 1),
            ("https://x.test/api/Order-Items", "x", "order_items", 1),
            ("https://api.x.test/2010-04-01/Accounts/AC1/Calls.json", "x", "calls", 1),
            ("https://x.test/rest/api/3/search", "x", "search", 3),
            ("https://x.test/rest/api/3", "x", "api", 2),
            ("https://x.test/users/3/orders", "x", "orders", 0),
            ("https://x.test/history/2024-01-01/rates", "x", "rates", 0),
        ];
        for (text, name, records, base) in cases {
            let url: Url = text.parse().unwrap();
            let segments: Vec<&str> = url.path().split('/').filter(|s| !s.is_empty()).collect();
            assert_eq!(
                (connector(&url).as_str(), stream(&segments).as_str(), base_length(&segments)),
                (name, records, base),
                "{text}"
            );
        }
    }
}
