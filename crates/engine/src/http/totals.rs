//! What headers say of all records and all pages.

/// Headers that count all records.
const RECORDS: &[&str] = &[
    "x-total-count",
    "x-total",
    "total-count",
    "x-total-results",
    "x-wp-total",
    "x-total-records",
    "x-pagination-total-count",
];
/// Headers that count all pages.
const PAGES: &[&str] =
    &["x-wp-totalpages", "x-total-pages", "x-totalpages", "total-pages", "x-pagination-page-count", "x-page-count"];

/// How many records there are in all: by a header that counts them, or by `Content-Range: items 0-9/45` (RFC 9110, 14.4,
/// with another unit than bytes).
pub(crate) fn total_records(headers: &[(String, String)]) -> Option<u64> {
    count(headers, RECORDS).or_else(|| {
        let (range, all) = value(headers, "content-range")?.rsplit_once('/')?;
        let bytes = range.trim_start().to_ascii_lowercase().starts_with("bytes");
        all.trim().parse().ok().filter(|_| !bytes)
    })
}

/// How many pages there are in all.
pub(crate) fn total_pages(headers: &[(String, String)]) -> Option<u64> {
    count(headers, PAGES)
}

fn count(headers: &[(String, String)], names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| value(headers, name)?.trim().parse().ok())
}

fn value<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::{total_pages, total_records};

    #[test]
    fn totals_are_read_from_headers() {
        for (name, value, records, pages) in [
            ("x-total-count", "45", Some(45), None),
            ("x-wp-totalpages", "5", None, Some(5)),
            ("content-range", "items 0-9/45", Some(45), None),
            ("content-range", "0-9/45", Some(45), None),
            ("content-range", "0-9/*", None, None),
            ("content-range", "bytes 0-9/45", None, None),
            ("x-total", "many", None, None),
        ] {
            let headers = [(name.to_owned(), value.to_owned())];
            assert_eq!((total_records(&headers), total_pages(&headers)), (records, pages), "{name}: {value}");
        }
    }
}
