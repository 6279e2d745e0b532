//! What a part of an address looks like: an id, a date, a name that somebody chose, or a word of the API itself.

use crate::detect::moments::{self, Form};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// A whole number.
    Number,
    /// A UUID, a hash, a token, `PROJ-12`, an e-mail address.
    Id,
    /// A word that names one thing: `octocat`.
    Slug,
    /// `2024-01-31`.
    Date,
    /// A moment in text.
    Moment,
    /// Seconds since 1970.
    Epoch,
    /// Milliseconds since 1970.
    EpochMs,
}

/// Words in front of a number that is no id: a place in a list, a version, a part of a date.
const BEFORE_NUMBERS: &[&str] = &[
    "page", "p", "pg", "offset", "limit", "size", "top", "last", "first", "count", "version", "v", "api", "rest",
    "release", "revision", "rev", "year", "month", "day", "week", "season", "years", "seasons", "hours", "days",
    "zoom", "tiles", "level", "radius", "per", "per_page", "start", "end",
];

/// Words of APIs that stand where a name could stand.
const OWN_WORDS: &[&str] = &[
    "search",
    "list",
    "query",
    "all",
    "any",
    "export",
    "exports",
    "index",
    "get",
    "find",
    "filter",
    "latest",
    "recent",
    "popular",
    "trending",
    "featured",
    "top",
    "new",
    "newest",
    "hot",
    "best",
    "active",
    "inactive",
    "archived",
    "deleted",
    "open",
    "closed",
    "pending",
    "me",
    "self",
    "mine",
    "current",
    "today",
    "default",
    "public",
    "private",
    "count",
    "counts",
    "stats",
    "statistics",
    "summary",
    "overview",
    "report",
    "reports",
    "bulk",
    "batch",
    "lookup",
    "settings",
    "config",
    "configuration",
    "preferences",
    "meta",
    "metadata",
    "schema",
    "status",
    "health",
    "info",
    "about",
    "details",
    "history",
    "timeline",
    "feed",
    "random",
    "upcoming",
    "now_playing",
    "top_rated",
    "nearby",
    "compact",
    "simple",
    "full",
    "basic",
    "extended",
    "detailed",
    "by",
    "with",
    "from",
    "to",
    "json",
    "xml",
    "csv",
    "api",
    "rest",
    "admin",
    "public_repos",
    "data",
    "results",
    "records",
    "items",
    "events",
    "comments",
    "messages",
    "files",
    "images",
    "tags",
    "categories",
    "members",
    "changes",
    "updates",
    "daily",
    "weekly",
    "monthly",
    "hourly",
    "forecast",
    "archive",
    "markets",
    "market",
    "prices",
    "price",
    "transactions",
    "balance",
    "balances",
    "orders",
    "users",
    "customers",
    "products",
    "invoices",
    "tickets",
    "issues",
];

/// Collections whose things are known by a name, and may be called anything.
const NAMED: &[&str] = &[
    "orgs",
    "organizations",
    "organisations",
    "users",
    "repos",
    "repositories",
    "teams",
    "groups",
    "projects",
    "workspaces",
    "accounts",
    "channels",
    "countries",
    "states",
    "cities",
    "stores",
    "shops",
    "sites",
    "boards",
    "databases",
    "datasets",
    "packages",
    "crates",
    "gems",
    "languages",
    "currencies",
    "symbols",
    "stocks",
    "coins",
    "leagues",
    "competitions",
    "tenants",
    "spaces",
    "subreddits",
    "artists",
    "series",
    "species",
];

/// Words that are several though they do not end so, or that end so though they are one.
const MANY: &[&str] = &["people", "children", "media", "series", "species", "staff", "persons", "men", "women"];
const ONE: &[&str] = &["news", "analysis", "status", "address", "process", "access", "business", "class", "basis"];

/// A word in small letters, its parts joined by `_`: `orderItems` and `order-items` are `order_items`.
pub(super) fn snake(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 2);
    let mut lower_before = false;
    for c in word.chars() {
        if c.is_ascii_uppercase() && lower_before {
            out.push('_');
        }
        lower_before = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    }
    out.trim_matches('_').to_owned()
}

/// Whether a word names a collection.
pub(super) fn plural(word: &str) -> bool {
    let word = snake(word);
    let last = word.rsplit('_').next().unwrap_or_default();
    MANY.contains(&last)
        || (last.len() > 2
            && last.ends_with('s')
            && !last.ends_with("ss")
            && !last.ends_with("us")
            && !last.ends_with("is")
            && !ONE.contains(&last))
}

/// `projects` → `project`, `orderItems` → `order_item`.
pub(super) fn one(word: &str) -> String {
    let word = snake(word);
    let (head, last) = word.rsplit_once('_').map_or(("", word.as_str()), |(head, last)| (head, last));
    let last = match last {
        "people" => "person".to_owned(),
        "children" => "child".to_owned(),
        "media" | "series" | "species" | "staff" => last.to_owned(),
        "movies" | "cookies" | "zombies" | "ties" => last[..last.len() - 1].to_owned(),
        "repos" => "repo".to_owned(),
        "addresses" | "statuses" | "buses" | "classes" | "processes" | "businesses" => {
            last[..last.len() - 2].to_owned()
        }
        _ if ONE.contains(&last) || last.ends_with("us") => last.to_owned(),
        _ => crate::detect::words::singular(last),
    };
    if head.is_empty() { last } else { format!("{head}_{last}") }
}

/// `user` → `users`, `category` → `categories`, `postId`'s `post` → `posts`.
pub(super) fn many(word: &str) -> String {
    if plural(word) {
        return word.to_owned();
    }
    let vowel = |c: char| "aeiouAEIOU".contains(c);
    if let Some(stem) = word.strip_suffix('y').filter(|stem| !stem.ends_with(vowel)) {
        return format!("{stem}ies");
    }
    match word {
        "person" => "people".to_owned(),
        "child" => "children".to_owned(),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// Whether a segment is a version: `v2`, `3.0`, `2024-01`.
pub(super) fn version(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    let rest = lower.strip_prefix('v').unwrap_or(&lower);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let marked = lower.len() > rest.len() && rest.starts_with(|c: char| c.is_ascii_digit());
    let dotted = rest.contains('.') && rest.split('.').all(digits);
    let month = rest.len() == 7 && rest.starts_with("20") && rest.split('-').all(digits) && rest.as_bytes()[4] == b'-';
    (marked && rest.len() <= 10) || dotted || month || ["latest", "beta", "alpha", "stable"].contains(&lower.as_str())
}

/// Whether a segment could name a collection or a kind of thing: a word of letters.
pub(super) fn noun(segment: &str) -> bool {
    segment.chars().any(char::is_alphabetic)
        && !version(segment)
        && strong(segment).is_none()
        && !segment.contains(['%', '{', '@', ':', '$', ','])
}

/// What a segment is by itself, whatever stands around it. `None`: a word.
pub(super) fn strong(text: &str) -> Option<Looks> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    if text.is_empty() || text.len() > 128 {
        return None;
    }
    if digits == text.len() {
        return (digits <= 20).then_some(Looks::Number);
    }
    match moments::form(text) {
        Some(Form::Date) => return Some(Looks::Date),
        Some(Form::Rfc3339 | Form::Local) => return Some(Looks::Moment),
        _ => {}
    }
    let bare = text.bytes().all(|b| b.is_ascii_alphanumeric());
    let hex = text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let uuid = hex && text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let hash = bare && hex && text.len() >= 12 && digits > 0 && letters > 0;
    let token = bare && text.len() >= 16 && digits >= 2 && letters >= 2;
    let prefixed = text.rsplit_once('_').is_some_and(|(head, tail)| {
        (1..=12).contains(&head.len())
            && head.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            && tail.len() >= 6
            && tail.bytes().all(|b| b.is_ascii_alphanumeric())
            && tail.bytes().any(|b| b.is_ascii_digit())
    });
    let issue = text.split_once('-').is_some_and(|(head, tail)| {
        (2..=10).contains(&head.len())
            && head.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && head.starts_with(|c: char| c.is_ascii_uppercase())
            && !tail.is_empty()
            && tail.bytes().all(|b| b.is_ascii_digit())
    });
    let mail = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    (uuid || hash || token || prefixed || issue || mail).then_some(Looks::Id)
}

/// Whether a number is a year behind this word: `/holidays/2024`, `/seasons/2024`, `/f1/2024`.
pub(super) fn yearly(number: u64, before: &str) -> bool {
    const WORDS: &[&str] = &[
        "year",
        "season",
        "holiday",
        "result",
        "standing",
        "race",
        "budget",
        "report",
        "statistic",
        "election",
        "fixture",
        "schedule",
        "draft",
        "vintage",
        "annual",
    ];
    let single = one(before);
    let last = single.rsplit('_').next().unwrap_or_default();
    (1950..=2050).contains(&number) && (WORDS.contains(&last) || !plural(before))
}

/// Whether a number behind a word can be an id.
pub(super) fn counts_things(before: &str) -> bool {
    noun(before) && !BEFORE_NUMBERS.contains(&snake(before).as_str())
}

/// Whether a word can be the name of one thing of a collection. `behind`: the segment after it.
pub(super) fn slug(text: &str, before: &str, behind: Option<&str>) -> bool {
    let plain = snake(text);
    let letters = text.chars().any(char::is_alphabetic);
    if !letters || version(text) || text.len() > 80 || OWN_WORDS.contains(&plain.as_str()) || text.starts_with('$') {
        return false;
    }
    let before = snake(before);
    let named = NAMED.contains(&before.as_str());
    plural(&before) && (named || !plural(text)) && behind.is_none_or(|behind| noun(behind) || behind.contains("{{"))
}

/// Whether a word is one of the API's own.
pub(super) fn own_word(text: &str) -> bool {
    OWN_WORDS.contains(&snake(text).as_str())
}

/// What the value of a parameter says of time, by its looks and by the parameter's name.
pub(super) fn time(name: &str, value: &str) -> Option<Looks> {
    let parts = parts(name);
    if parts.iter().any(|part| ["version", "v", "ver", "id", "token", "cursor"].contains(&part.as_str())) {
        return None;
    }
    match moments::form(value) {
        Some(Form::Date) => return Some(Looks::Date),
        Some(Form::Rfc3339 | Form::Local) => return Some(Looks::Moment),
        _ => {}
    }
    let timely = bound(name).is_some()
        || parts.iter().any(|part| ["time", "timestamp", "date", "ts", "epoch", "at", "day"].contains(&part.as_str()));
    let number: i64 = value.parse().ok().filter(|_| timely)?;
    match number {
        500_000_000..5_000_000_000 => Some(Looks::Epoch),
        500_000_000_000..5_000_000_000_000 => Some(Looks::EpochMs),
        _ => None,
    }
}

/// An end of a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// What is older is left out.
    Start,
    /// What is newer is left out.
    End,
}

/// Which end of a span a parameter's name tells.
pub(super) fn bound(name: &str) -> Option<Bound> {
    const STARTS: &[&str] =
        &["since", "after", "from", "start", "gte", "gt", "ge", "min", "begin", "oldest", "starting", "newer"];
    const ENDS: &[&str] =
        &["until", "before", "to", "end", "lte", "lt", "le", "max", "till", "through", "ending", "older", "latest"];
    let parts = parts(name);
    let has = |words: &[&str]| parts.iter().any(|part| words.contains(&part.as_str()));
    let joined = parts.concat();
    let glued = |words: &[&str]| {
        let rests = ["date", "time", "datetime", "timestamp", "ts", "at", "day", "dt"];
        words.iter().any(|word| {
            joined.strip_prefix(word).or_else(|| joined.strip_suffix(word)).is_some_and(|rest| rests.contains(&rest))
        })
    };
    match (has(STARTS) || glued(STARTS), has(ENDS) || glued(ENDS)) {
        (true, false) => Some(Bound::Start),
        (false, true) => Some(Bound::End),
        _ => None,
    }
}

/// The words of a name: `createdAt[gte]` is `created`, `at`, `gte`.
pub(super) fn parts(name: &str) -> Vec<String> {
    snake(name).split('_').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Bound, Looks, bound, many, one, plural, slug, strong, time, version};

    #[test]
    fn tells_ids_from_words() {
        for (text, looks) in [
            ("3", Some(Looks::Number)),
            ("632910568", Some(Looks::Number)),
            ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", Some(Looks::Id)),
            ("507f1f77bcf86cd799439011", Some(Looks::Id)),
            ("cus_NffrFeUfNV2Hib", Some(Looks::Id)),
            ("01ARZ3NDEKTSV4RRFFQ69G5FAV", Some(Looks::Id)),
            ("PROJ-123", Some(Looks::Id)),
            ("ann@acme.test", Some(Looks::Id)),
            ("2024-01-31", Some(Looks::Date)),
            ("octocat", None),
            ("rust-lang", None),
            ("order_items", None),
            ("v2", None),
            ("2024-13-45", None),
            ("top_rated", None),
            ("oauth2", None),
            ("s3", None),
        ] {
            assert_eq!(strong(text), looks, "{text}");
        }
        for text in ["v2", "v1.1", "3.0", "2023-10", "v18.0", "v1beta1", "latest"] {
            assert!(version(text), "{text}");
        }
        for text in ["3", "users", "vehicles", "2024-01-31", "video"] {
            assert!(!version(text), "{text}");
        }
    }

    #[test]
    fn tells_one_from_many() {
        for (word, single) in [
            ("projects", "project"),
            ("repos", "repo"),
            ("movies", "movie"),
            ("categories", "category"),
            ("orderItems", "order_item"),
            ("people", "person"),
            ("series", "series"),
            ("addresses", "address"),
            ("boxes", "box"),
        ] {
            assert!(plural(word), "{word}");
            assert_eq!(one(word), single, "{word}");
        }
        for word in ["status", "news", "address", "movie", "campus", "analysis", "me"] {
            assert!(!plural(word), "{word}");
        }
        for (word, several) in [("user", "users"), ("category", "categories"), ("box", "boxes"), ("day", "days")] {
            assert_eq!(many(word), several);
        }
    }

    #[test]
    fn tells_names_from_the_apis_own_words() {
        for (text, before, behind) in [
            ("octocat", "users", Some("repos")),
            ("rails", "orgs", Some("repos")),
            ("bitcoin", "coins", None),
            ("de", "countries", Some("cities")),
        ] {
            assert!(slug(text, before, behind), "{text}");
        }
        for (text, before, behind) in [
            ("search", "users", None),
            ("me", "users", Some("repos")),
            ("settings", "users", Some("notifications")),
            ("latest", "rates", None),
            ("v2", "services", Some("users")),
            ("items", "orders", None),
            ("history", "prices", Some("daily")),
            ("tickets", "api", None),
        ] {
            assert!(!slug(text, before, behind), "{text}");
        }
    }

    #[test]
    fn tells_times_by_value_and_name() {
        for (name, value, looks) in [
            ("since", "2024-01-01", Some(Looks::Date)),
            ("updated_after", "2024-01-01T00:00:00Z", Some(Looks::Moment)),
            ("from", "1704067200", Some(Looks::Epoch)),
            ("startTime", "1704067200000", Some(Looks::EpochMs)),
            ("api-version", "2024-01-01", None),
            ("version", "2024-06-01", None),
            ("total", "1704067200", None),
            ("user_id", "1704067200", None),
            ("from", "0", None),
            ("from", "50", None),
        ] {
            assert_eq!(time(name, value), looks, "{name}={value}");
        }
        for (name, which) in [
            ("since", Some(Bound::Start)),
            ("created[gte]", Some(Bound::Start)),
            ("updated_at_min", Some(Bound::Start)),
            ("startdate", Some(Bound::Start)),
            ("dateTo", Some(Bound::End)),
            ("until", Some(Bound::End)),
            ("end_date", Some(Bound::End)),
            ("total", None),
            ("date", None),
            ("status", None),
            ("calendar", None),
        ] {
            assert_eq!(bound(name), which, "{name}");
        }
    }
}
