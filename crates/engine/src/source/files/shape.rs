//! What files have in common: columns, names, and how their numbers are written.

use crate::json::{Members, Scanner, items_at};
use definition::model::{ReplaceArgs, Transform};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How numbers of a column are written in text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Decimal {
    /// What makes them readable.
    pub transform: Vec<Transform>,
}

pub(super) type Decimals = BTreeMap<String, Decimal>;

/// Records whose texts are what they mean, and the columns whose numbers stood in texts.
pub(super) struct Shape {
    pub records: Vec<String>,
    pub decimals: Decimals,
}

/// What the texts of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Whole,
    /// With a point.
    Point,
    /// With a comma.
    Comma,
    /// A comma every three digits, a point or nothing behind.
    ThousandsComma,
    /// A point every three digits, a comma behind.
    ThousandsPoint,
    Flag,
    Other,
}

fn written(text: &str) -> Written {
    let text = text.trim();
    let bare = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = |text: &str| digits(text) && (text.len() == 1 || !text.starts_with('0')) && text.len() <= 30;
    let grouped = |text: &str, by: char| {
        let mut parts = text.split(by);
        let first = parts.next().unwrap_or_default();
        digits(first) && first.len() <= 3 && text.contains(by) && parts.all(|part| part.len() == 3 && digits(part))
    };
    let (point, comma) = (bare.split_once('.'), bare.rsplit_once(','));
    match () {
        () if whole(bare) => Written::Whole,
        () if matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "yes" | "no") => Written::Flag,
        () if point.is_some_and(|(front, back)| whole(front) && digits(back)) => Written::Point,
        () if bare.parse::<f64>().is_ok()
            && bare.contains(['e', 'E'])
            && bare.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            Written::Point
        }
        () if bare.contains('.')
            && bare.rsplit_once('.').is_some_and(|(front, back)| grouped(front, ',') && digits(back)) =>
        {
            Written::ThousandsComma
        }
        () if comma.is_some_and(|(front, back)| grouped(front, '.') && digits(back)) => Written::ThousandsPoint,
        () if grouped(bare, ',') => Written::ThousandsComma,
        () if comma.is_some_and(|(front, back)| whole(front) && digits(back)) => Written::Comma,
        () => Written::Other,
    }
}

/// Reads the texts of CSV as what they mean, where all of a column agree.
pub(super) fn typed(sample: &[(&str, bool)]) -> Shape {
    let parsed: Vec<(Value, bool)> =
        sample.iter().filter_map(|(text, csv)| Some((serde_json::from_str(text).ok()?, *csv))).collect();
    let mut columns: BTreeMap<String, BTreeMap<u8, usize>> = BTreeMap::new();
    for (record, _) in parsed.iter().filter(|(_, csv)| *csv) {
        for (name, value) in record.as_object().into_iter().flatten() {
            if let Some(text) = value.as_str().filter(|text| !text.is_empty()) {
                *columns.entry(name.clone()).or_default().entry(written(text) as u8).or_default() += 1;
            }
        }
    }
    let mut decimals = Decimals::new();
    let mut flags = BTreeSet::new();
    for (name, seen) in &columns {
        let has = |kind: Written| seen.contains_key(&(kind as u8));
        if has(Written::Other) || (has(Written::Flag) && seen.len() > 1) {
            continue;
        }
        if has(Written::Flag) {
            flags.insert(name.clone());
            continue;
        }
        if let Some(transform) = transform(&has) {
            decimals.insert(name.clone(), Decimal { transform });
        }
    }
    let records = sample.iter().zip(parsed).map(|((text, _), (record, csv))| match csv {
        false => (*text).to_owned(),
        true => meant(&record, &decimals, &flags),
    });
    Shape { records: records.collect(), decimals }
}

/// What makes numbers readable. Nothing: it can't be told what they are.
fn transform(has: &dyn Fn(Written) -> bool) -> Option<Vec<Transform>> {
    let replace =
        |find: &str, with: &str| Transform::Replace(ReplaceArgs { find: find.to_owned(), with: with.to_owned() });
    let (comma, point) = (has(Written::Comma), has(Written::Point));
    match (has(Written::ThousandsComma), has(Written::ThousandsPoint)) {
        (false, false) if comma => Some(vec![replace(",", ".")]),
        (false, false) => Some(Vec::new()),
        // `1,234` alone may be either.
        (true, false) if point && !comma => Some(vec![replace(",", "")]),
        (false, true) if !point => Some(vec![replace(".", ""), replace(",", ".")]),
        // Commas with other than three digits behind say what the others are.
        (true, false) if comma && !point => Some(vec![replace(",", ".")]),
        _ => None,
    }
}

fn meant(record: &Value, decimals: &Decimals, flags: &BTreeSet<String>) -> String {
    let mut out = String::from("{");
    for (index, (name, value)) in record.as_object().into_iter().flatten().enumerate() {
        if index > 0 {
            out.push(',');
        }
        out.push_str(&Value::from(name.as_str()).to_string());
        out.push(':');
        let text = value.as_str().map(str::trim);
        match text {
            Some("") => out.push_str("null"),
            Some(text) if flags.contains(name) => {
                out.push_str(if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("yes") {
                    "true"
                } else {
                    "false"
                });
            }
            Some(text) if decimals.contains_key(name) => out.push_str(&number(text, &decimals[name])),
            _ => out.push_str(&value.to_string()),
        }
    }
    out.push('}');
    out
}

/// A number as JSON writes it.
fn number(text: &str, decimal: &Decimal) -> String {
    let mut text = text.trim_start_matches('+').to_owned();
    for transform in &decimal.transform {
        if let Transform::Replace(replace) = transform {
            text = text.replace(&replace.find, &replace.with);
        }
    }
    text
}

/// The names of the records' members.
pub(super) fn members(records: &[String]) -> BTreeSet<String> {
    records.iter().flat_map(|record| Members::of(record).map(|(name, _)| name.to_owned())).collect()
}

/// The name of the one list of objects that a document is about, where it is an object around one.
pub(super) fn inner_list(sample: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(sample).ok()?.trim();
    if !text.starts_with('{') || serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return None;
    }
    let objects = |value: &str| {
        let items = items_at(&mut Scanner::new(value)).unwrap_or_default();
        items.first().is_some_and(|first| value.get(first.clone()).is_some_and(|item| item.starts_with('{')))
    };
    let mut lists = Members::of(text).filter(|(_, value)| value.starts_with('[') && objects(value));
    let (name, _) = lists.next()?;
    (lists.next().is_none() && !name.contains(['\\', '\''])).then(|| name.to_owned())
}

/// A path with what differs from file to file left open: numbers and dates.
pub(super) fn pattern(path: &str) -> String {
    let mut out = String::new();
    for c in path.chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !out.ends_with('*') {
                    out.push('*');
                }
            }
            '[' | ']' | '{' | '}' | '?' | '!' | '\\' => out.push('?'),
            '*' => out.push('?'),
            c => out.push(c),
        }
    }
    out
}

/// A glob for some of all files.
pub(super) fn glob(own: &[&str], all: &[String], narrow: bool) -> String {
    let literal = |path: &&str| path.chars().map(|c| if "[]{}?!*\\".contains(c) { '?' } else { c }).collect::<String>();
    if !narrow {
        let end = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.split_once('.').map(|(_, _)| name.rsplit('.').next().unwrap_or_default().to_owned())
        };
        let ends: BTreeSet<Option<String>> = own.iter().map(|path| end(path)).collect();
        let folder = if own.iter().any(|path| path.contains('/')) { "**/" } else { "" };
        return match ends.into_iter().collect::<Vec<_>>().as_slice() {
            [Some(end)] => format!("{folder}*.{end}"),
            _ => String::new(),
        };
    }
    let patterns: BTreeSet<String> = own.iter().map(|path| pattern(path)).collect();
    let others: BTreeSet<String> =
        all.iter().filter(|path| !own.contains(&path.as_str())).map(|path| pattern(path)).collect();
    let apart = patterns.is_disjoint(&others) && patterns.len() <= 50;
    let globs: Vec<String> =
        if own.len() == 1 || !apart { own.iter().map(literal).collect() } else { patterns.into_iter().collect() };
    match globs.as_slice() {
        [one] => one.clone(),
        several => format!("{{{}}}", several.join(",")),
    }
}

/// A stream's name, of what its files' names have in common.
pub(super) fn stream_name(own: &[&str], folder: &str) -> String {
    let stem = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split('.').next().unwrap_or(name);
        words(stem)
    };
    let mut names = own.iter().map(|path| stem(path));
    let mut common = names.next().unwrap_or_default();
    for name in names {
        let same = common.iter().zip(&name).take_while(|(one, other)| one == other).count();
        common.truncate(same);
    }
    let name = common.join("_");
    let name = if name.is_empty() { words(folder).join("_") } else { name };
    let name: String = name.chars().take(60).collect();
    if name.is_empty() { "records".to_owned() } else { name }
}

/// A connector's name.
pub(super) fn connector_name(folder: &str) -> String {
    let name: String = words(folder).join("-").chars().take(60).collect();
    if name.is_empty() { "files".to_owned() } else { name }
}

/// The words of a name, without numbers.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    parts.map(str::to_ascii_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{Written, glob, inner_list, pattern, stream_name, written};

    #[test]
    fn numbers_are_told() {
        for (text, expected) in [
            ("12", Written::Whole),
            ("-5", Written::Whole),
            ("007", Written::Other),
            ("1.5", Written::Point),
            ("1,5", Written::Comma),
            ("1,234.5", Written::ThousandsComma),
            ("1.234,5", Written::ThousandsPoint),
            ("1,234", Written::ThousandsComma),
            ("TRUE", Written::Flag),
            ("2024-01-01", Written::Other),
            ("", Written::Other),
        ] {
            assert_eq!(written(text), expected, "{text}");
        }
    }

    #[test]
    fn names_and_globs_are_told() {
        assert_eq!(pattern("2024/orders-05.csv"), "*/orders-*.csv");
        let all: Vec<String> = ["orders-1.csv", "orders-2.csv", "x.csv"].map(str::to_owned).to_vec();
        assert_eq!(glob(&["orders-1.csv", "orders-2.csv"], &all, true), "orders-*.csv");
        assert_eq!(glob(&["orders-1.csv", "orders-2.csv", "x.csv"], &all, false), "*.csv");
        assert_eq!(glob(&["orders-1.csv"], &all, true), "orders-1.csv");
        assert_eq!(stream_name(&["orders-1.csv", "orders-22.csv"], "data"), "orders");
        assert_eq!(stream_name(&["1.csv", "22.csv"], "My Data 3"), "my_data");
        assert_eq!(inner_list(br#"{"n": 1, "data": [{"a": 1}]}"#).as_deref(), Some("data"));
        assert_eq!(inner_list(br#"{"a": 1}"#), None);
    }
}
