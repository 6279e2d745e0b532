//! Functions, and what can be called or stand behind a bar.

use super::ExpressionKind::{FilterOrFunction, Function};
use super::{ExpressionEntry, entry};

const fn function(parts: [&'static str; 6], aliases: &'static [&'static str]) -> ExpressionEntry {
    entry(Function, parts, aliases)
}

const fn both(parts: [&'static str; 6], aliases: &'static [&'static str]) -> ExpressionEntry {
    entry(FilterOrFunction, parts, aliases)
}

pub(super) const FUNCTIONS: &[ExpressionEntry] = &[
    function(
        [
            "now",
            "time",
            "now()",
            "The moment now, in UTC. Lengths of time can be added and taken off; written into text it is RFC 3339.",
            "now() - duration('P7D')",
            "2024-03-08T10:30:00Z",
        ],
        &["now_utc"],
    ),
    function(["today", "time", "today()", "The date today, in UTC.", "today()", "2024-03-15"], &["today_utc"]),
    function(
        [
            "today_with_timezone",
            "time",
            "today_with_timezone(zone)",
            "The date today in a time zone.",
            "today_with_timezone('Pacific/Auckland')",
            "2024-03-15",
        ],
        &[],
    ),
    function(
        [
            "duration",
            "time",
            "duration(text)",
            "A length of time: ISO 8601 (`P7D`, `P1M`, `PT1H30M`) or `7d`, `1h 30m`. Months follow the calendar of the moment that they are added to.",
            "datetime('2024-01-31') + duration('P1M')",
            "2024-02-29T00:00:00Z",
        ],
        &[],
    ),
    function(
        [
            "timedelta",
            "time",
            "timedelta(days, seconds, weeks=, days=, hours=, minutes=, seconds=, milliseconds=)",
            "A length of time in numbers, as Python has it.",
            "today() - timedelta(days=7)",
            "2024-03-08",
        ],
        &[],
    ),
    function(
        [
            "day_delta",
            "time",
            "day_delta(days, format='%Y-%m-%dT%H:%M:%S.%f%z')",
            "The moment so many days from now, as text.",
            "day_delta(-1, format='%Y-%m-%d')",
            "2024-03-14",
        ],
        &[],
    ),
    function(
        [
            "max",
            "numbers",
            "max(a, b, …) or max(list)",
            "The greatest of several values or of a list: numbers, texts or moments.",
            "max(3, 7, 5)",
            "7",
        ],
        &[],
    ),
    function(
        [
            "min",
            "numbers",
            "min(a, b, …) or min(list)",
            "The smallest of several values or of a list.",
            "min(datetime('2024-02-01'), now())",
            "2024-02-01T00:00:00Z",
        ],
        &[],
    ),
    function(
        [
            "range",
            "lists",
            "range(end), range(start, end, step)",
            "Whole numbers from the start (0) up to the end, which is left out; at most 100,000.",
            "range(3) | list",
            "[0,1,2]",
        ],
        &[],
    ),
    function(["dict", "lists", "dict(name=value)", "An object of its named arguments.", "dict(a=1)", "{\"a\":1}"], &[]),
    function(["uuid", "text", "uuid()", "A new random UUID (version 4).", "uuid()", ""], &["generate_uuid"]),
];

pub(super) const BOTH: &[ExpressionEntry] = &[
    both(
        [
            "datetime",
            "time",
            "datetime(value, format) or datetime(year, month, day, hour, minute, second)",
            "A moment, read from text in any usual form, by a format, or from a count of seconds or milliseconds since 1970. A text without an offset is in UTC.",
            "datetime('31/01/2024', '%d/%m/%Y') + duration('PT12H')",
            "2024-01-31T12:00:00Z",
        ],
        &["parse_datetime", "str_to_datetime"],
    ),
    both(
        [
            "format_datetime",
            "time",
            "format_datetime(value, format, input_format)",
            "Writes a moment, a text or a count since 1970 in a form: strftime, `rfc3339`, `epoch`, `epoch_ms`, `date`.",
            "format_datetime(record.updated_at, '%d.%m.%Y')",
            "01.03.2024",
        ],
        &[],
    ),
    both(
        [
            "timestamp",
            "time",
            "timestamp(value)",
            "Whole seconds since 1970 of a moment or of a text in any usual form.",
            "timestamp('2024-03-01T08:00:00Z')",
            "1709280000",
        ],
        &[],
    ),
    both(
        [
            "md5",
            "hashes",
            "value | md5",
            "The MD5 digest in hexadecimal digits; `encoding='base64'` for base64.",
            "'a' | md5",
            "0cc175b9c0f1b6a831c399e269772661",
        ],
        &[],
    ),
    both(
        [
            "sha1",
            "hashes",
            "value | sha1",
            "The SHA-1 digest.",
            "'a' | sha1",
            "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8",
        ],
        &[],
    ),
    both(
        [
            "sha256",
            "hashes",
            "value | sha256",
            "The SHA-256 digest.",
            "'a' | sha256(encoding='base64')",
            "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=",
        ],
        &[],
    ),
    both(["sha384", "hashes", "value | sha384", "The SHA-384 digest.", "('a' | sha384)[:8]", "54a59b9f"], &[]),
    both(["sha512", "hashes", "value | sha512", "The SHA-512 digest.", "('a' | sha512)[:8]", "1f40fc92"], &[]),
    both(
        [
            "hash",
            "hashes",
            "value | hash(hash_type='md5', salt)",
            "A digest of a kind that is named; the salt is put behind the value.",
            "'a' | hash('sha1')",
            "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8",
        ],
        &[],
    ),
    both(
        [
            "hmac",
            "hashes",
            "value | hmac(key, hash_type='sha256', encoding='hex')",
            "A digest with a key (HMAC, RFC 2104).",
            "('a' | hmac('k', encoding='base64'))[:8]",
            "eNqRUR5n",
        ],
        &[],
    ),
    both(
        [
            "base64encode",
            "encodings",
            "value | base64encode",
            "Base64 of a text.",
            "'user:pass' | base64encode",
            "dXNlcjpwYXNz",
        ],
        &["b64encode"],
    ),
    both(
        [
            "base64url",
            "encodings",
            "value | base64url",
            "Base64 for URLs, without padding.",
            "'>>?' | base64url",
            "Pj4_",
        ],
        &[],
    ),
    both(
        [
            "base64decode",
            "encodings",
            "value | base64decode",
            "The text in base64, with or without padding.",
            "'dXNlcjpwYXNz' | base64decode",
            "user:pass",
        ],
        &["b64decode", "base64binascii_decode"],
    ),
    both(
        ["hexencode", "encodings", "value | hexencode", "Hexadecimal digits of a text.", "'az' | hexencode", "617a"],
        &[],
    ),
    both(
        ["hexdecode", "encodings", "value | hexdecode", "The text in hexadecimal digits.", "'617a' | hexdecode", "az"],
        &[],
    ),
    both(
        [
            "urldecode",
            "encodings",
            "value | urldecode",
            "The text without percent-encoding.",
            "'a%20b' | urldecode",
            "a b",
        ],
        &[],
    ),
    both(
        [
            "sanitize_url",
            "encodings",
            "value | sanitize_url",
            "The text encoded for a URL, a space as `+` and `/` too.",
            "'a b/c' | sanitize_url",
            "a+b%2Fc",
        ],
        &[],
    ),
    both(
        [
            "fromjson",
            "encodings",
            "text | fromjson",
            "The value of a JSON text.",
            "('{\"a\": [1, 2]}' | fromjson).a[1]",
            "2",
        ],
        &["json_loads"],
    ),
    both(
        [
            "regex_search",
            "patterns",
            "value | regex_search(pattern)",
            "What a regular expression finds first: its first group, or the whole match without one; nothing where it finds nothing.",
            "'id=42' | regex_search('id=(\\\\d+)')",
            "42",
        ],
        &[],
    ),
    both(
        [
            "regex_match",
            "patterns",
            "value | regex_match(pattern)",
            "Whether a regular expression fits from the start of the text.",
            "'v2.1' | regex_match('v\\\\d')",
            "true",
        ],
        &[],
    ),
    both(
        [
            "regex_findall",
            "patterns",
            "value | regex_findall(pattern)",
            "All that a regular expression finds, at most 10,000.",
            "'a1b22' | regex_findall('\\\\d+')",
            "[\"1\",\"22\"]",
        ],
        &[],
    ),
    both(
        [
            "regex_replace",
            "patterns",
            "value | regex_replace(pattern, replacement)",
            "The text with all matches replaced; `\\\\1` is the first group.",
            "'a-b' | regex_replace('(\\\\w)-(\\\\w)', '\\\\2-\\\\1')",
            "b-a",
        ],
        &[],
    ),
    both(
        [
            "slugify",
            "text",
            "value | slugify",
            "Words in lower case, joined by dashes.",
            "'Hello, World!' | slugify",
            "hello-world",
        ],
        &[],
    ),
    both(
        [
            "snake_case",
            "text",
            "value | snake_case",
            "Words in lower case, joined by underscores.",
            "'createdAt' | snake_case",
            "created_at",
        ],
        &["camel_case_to_snake_case"],
    ),
    both(
        [
            "string",
            "text",
            "value | string",
            "The value as text, as it goes over the wire: true and false in lower case, lists and objects as JSON.",
            "true | string",
            "true",
        ],
        &[],
    ),
    both(
        [
            "truncate",
            "text",
            "value | truncate(length)",
            "At most so many characters.",
            "'abcdef' | truncate(3)",
            "abc",
        ],
        &[],
    ),
];
