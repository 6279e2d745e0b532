//! What a CSV file is like, told from its start: what stands between values and around them, what lies above the
//! header, and whether there is one.

use super::row::{Dialect, Row, Rows, Step};
use super::window::Window;
use definition::model::{CsvEscape, FilesCsv};
use std::collections::{HashMap, HashSet};

/// Rows that are looked at.
const ROWS: usize = 200;
/// Lines above a header, at most.
const ABOVE: usize = 30;
/// What may stand between values, the most usual first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a file is like.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Told {
    pub dialect: Dialect,
    /// Lines above the header, or above the first row.
    pub above: u64,
    pub header: bool,
    /// The values of the first row.
    pub first: Vec<String>,
}

/// How well a dialect fits, what it is, and the rows that it gives with their lines.
type Reading = (f64, Dialect, Vec<Vec<String>>, Vec<u64>);

/// Tells it from a file's start; what the definition says is not asked.
pub(super) fn tell(sample: &[u8], whole: bool, asked: &FilesCsv) -> Told {
    let text = if whole { sample } else { up_to_last_line(sample) };
    let named = separator_line(text);
    let comment = match asked.comment_byte() {
        Ok(Some(comment)) => comment,
        _ => text.trim_ascii_start().starts_with(b"#").then_some(b'#'),
    };
    let base = Dialect { comment, ..Dialect::default() };
    let delimiter = asked.delimiter_byte().ok().flatten().or(named.map(|(delimiter, _)| delimiter));
    let quotes: Vec<Option<u8>> = match asked.quote_byte() {
        Ok(Some(quote)) => vec![quote],
        _ => vec![Some(b'"'), Some(b'\'')],
    };
    let body = &text[named.map_or(0, |(_, length)| length)..];
    let skip = asked.skip_lines.map(|lines| lines as usize);
    let body = skip_lines(body, skip.unwrap_or(0));
    let mut best: Option<Reading> = None;
    for delimiter in delimiter.map_or(DELIMITERS.to_vec(), |one| vec![one]) {
        for quote in &quotes {
            let quote = quote.filter(|quote| *quote != b'\'' || single_quotes(body, delimiter));
            let backslash = match asked.escape {
                Some(escape) => escape == CsvEscape::Backslash,
                None => quote.is_some_and(|quote| backslashes(body, quote)),
            };
            let spaced = quote.is_some_and(|quote| spaced(body, delimiter, quote));
            let dialect = Dialect { delimiter, quote: quote.or(Some(b'"')), backslash, spaced, ..base.clone() };
            let dialect =
                if asked.quote_byte() == Ok(Some(None)) { Dialect { quote: None, ..dialect } } else { dialect };
            let (rows, lines) = rows_of(body, &dialect);
            let score = score(&rows, delimiter) + if dialect.quote == Some(b'\'') { 0.01 } else { 0.0 };
            if best.as_ref().is_none_or(|(least, ..)| score > *least + 1e-9) {
                best = Some((score, dialect, rows, lines));
            }
        }
    }
    let Some((_, dialect, rows, lines)) = best else { return Told::default() };
    let skipped = u64::from(named.is_some()) + skip.unwrap_or(0) as u64;
    let above = if skip.is_some() { 0 } else { above(&rows) };
    let rows = &rows[above.min(rows.len())..];
    let first_line = if above == 0 { 1 } else { lines.get(above).copied().unwrap_or(1) };
    let header = asked.header.unwrap_or_else(|| has_header(rows));
    Told { dialect, above: skipped + first_line - 1, header, first: rows.first().cloned().unwrap_or_default() }
}

/// The first line that Excel writes: `sep=;`.
fn separator_line(text: &[u8]) -> Option<(u8, usize)> {
    let end = memchr::memchr2(b'\n', b'\r', text)?;
    match &text[..end] {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] => {
            let crlf = text.get(end..end + 2) == Some(b"\r\n");
            Some((*delimiter, end + 1 + usize::from(crlf)))
        }
        _ => None,
    }
}

fn up_to_last_line(sample: &[u8]) -> &[u8] {
    let end = sample.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    end.map_or(sample, |end| &sample[..=end])
}

fn skip_lines(mut text: &[u8], lines: usize) -> &[u8] {
    for _ in 0..lines {
        let Some(end) = memchr::memchr2(b'\n', b'\r', text) else { return &[] };
        let crlf = text.get(end..end + 2) == Some(b"\r\n");
        text = &text[end + 1 + usize::from(crlf)..];
    }
    text
}

/// The first rows as text, and the lines that they begin in.
pub(super) fn rows_of(text: &[u8], dialect: &Dialect) -> (Vec<Vec<String>>, Vec<u64>) {
    let mut window = Window::new(Box::new(std::io::Cursor::new(text.to_vec())), 0);
    let (mut reader, mut row) = (Rows::new(dialect.clone(), 1), Row::default());
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    while rows.len() < ROWS {
        match reader.next(&mut window, &mut row, None) {
            Ok(Step::Row) => {
                let text = |value: Option<&[u8]>| String::from_utf8_lossy(value.unwrap_or_default()).into_owned();
                rows.push(row.values().map(text).collect());
                lines.push(row.line);
            }
            // A broken row speaks against the dialect that breaks it.
            Ok(Step::Broken { line, .. }) => {
                rows.push(Vec::new());
                lines.push(line);
            }
            _ => break,
        }
    }
    (rows, lines)
}

/// How well the rows go together.
fn score(rows: &[Vec<String>], delimiter: u8) -> f64 {
    let Some(usual) = usual(rows) else { return 0.0 };
    if usual < 2 {
        return 0.1;
    }
    let from = above(rows);
    let rows = &rows[from.min(rows.len())..];
    let fits = rows.iter().filter(|row| row.len() == usual).count() as f64 / rows.len().max(1) as f64;
    // A comma between digits alone is more likely a decimal comma.
    let decimal = delimiter == b',' && rows.iter().all(|row| row.windows(2).all(between_digits));
    let header = rows.first().is_some_and(|row| row.len() == usual);
    fits * 10.0 + (usual.min(40) as f64) / 40.0 + if header { 1.0 } else { 0.0 }
        - if decimal { 5.0 } else { 0.0 }
        - if from > 0 { 2.0 } else { 0.0 }
}

fn between_digits(pair: &[String]) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(pair[0].chars().last())
        && digit(pair[1].chars().next())
        && (pair[0].contains([';', '\t', '|']) || pair[1].contains([';', '\t', '|']))
}

/// The number of values that most rows have.
fn usual(rows: &[Vec<String>]) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    rows.iter().filter(|row| !row.is_empty()).for_each(|row| *counts.entry(row.len()).or_default() += 1);
    counts
        .into_iter()
        .max_by_key(|(width, count)| (*count * if *width > 1 { 2 } else { 1 }, *width))
        .map(|(width, _)| width)
}

/// How many rows stand above the table: fewer values than the rest has, at the very top.
fn above(rows: &[Vec<String>]) -> usize {
    let Some(usual) = usual(rows).filter(|usual| *usual > 1) else { return 0 };
    let filled = |row: &Vec<String>| row.iter().filter(|value| !value.trim().is_empty()).count();
    let titles =
        rows.iter().take(ABOVE).take_while(|row| row.len() != usual || (filled(row) <= 1 && usual > 2)).count();
    let fits = rows.get(titles).is_some_and(|row| row.len() == usual);
    // A broken first line is no title: a title has less than half of the values.
    let small = rows[..titles.min(rows.len())].iter().all(|row| filled(row) * 2 <= usual);
    if fits && small { titles } else { 0 }
}

/// Whether values stand in single quotes, and none in double ones.
fn single_quotes(text: &[u8], delimiter: u8) -> bool {
    let around = |quote: u8| {
        let opens = memchr::memchr_iter(quote, text)
            .filter(|at| at.checked_sub(1).is_none_or(|before| text[before] == delimiter || text[before] == b'\n'));
        let closes = memchr::memchr_iter(quote, text)
            .filter(|at| text.get(at + 1).is_none_or(|next| [delimiter, b'\n', b'\r'].contains(next)));
        opens.count().min(closes.count())
    };
    around(b'\'') >= 2 && around(b'"') == 0
}

/// Whether quotes inside values stand behind a backslash, and none is doubled.
fn backslashes(text: &[u8], quote: u8) -> bool {
    let behind = memchr::memchr_iter(quote, text).filter(|at| *at > 0 && text[at - 1] == b'\\').count();
    let word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b' ');
    let doubled = memchr::memmem::find_iter(text, &[quote, quote])
        .filter(|at| *at > 0 && (word(text.get(at - 1)) || word(text.get(at + 2))))
        .count();
    behind > doubled
}

/// Whether quotes stand behind a delimiter and a space.
fn spaced(text: &[u8], delimiter: u8, quote: u8) -> bool {
    let spaced = memchr::memmem::find_iter(text, &[delimiter, b' ', quote]).count();
    spaced > memchr::memmem::find_iter(text, &[delimiter, quote]).count()
}

/// Whether the first row has names: told by what the rows below have in the same places.
fn has_header(rows: &[Vec<String>]) -> bool {
    let Some((first, below)) = rows.split_first() else { return true };
    let width = first.len();
    let names: Vec<&str> = first.iter().map(|name| name.trim()).collect();
    let told: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    if told.is_empty() || told.len() * 2 < width {
        return false;
    }
    let data = told.iter().filter(|name| kind(name) != Kind::Text).count();
    if data > 0 {
        return years(&told);
    }
    let below: Vec<&Vec<String>> = below.iter().filter(|row| row.len() == width).collect();
    if below.is_empty() {
        return told.iter().all(|name| like_name(name));
    }
    let mut speaks = 0i32;
    for (index, name) in names.iter().enumerate() {
        let values: Vec<&str> = below.iter().map(|row| row[index].trim()).filter(|value| !value.is_empty()).collect();
        if name.is_empty() || values.is_empty() {
            continue;
        }
        let other = values.iter().filter(|value| kind(value) != Kind::Text).count();
        if other * 10 >= values.len() * 8 {
            return true;
        }
        // The very words come again below: they are data.
        speaks += if values.contains(name) { -2 } else { 1 };
    }
    let unique: HashSet<&str> = told.iter().copied().collect();
    let named = told.iter().filter(|name| like_name(name)).count();
    speaks >= 0 && unique.len() * 2 > told.len() && named * 2 >= told.len()
}

/// Years over columns: `country,2019,2020`.
fn years(names: &[&str]) -> bool {
    let numbers: Vec<i32> =
        names.iter().filter(|name| kind(name) != Kind::Text).filter_map(|name| name.parse().ok()).collect();
    let others = names.iter().filter(|name| kind(name) != Kind::Text).count();
    let texts = names.len() - others;
    numbers.len() == others
        && numbers.len() >= 2
        && texts > 0
        && numbers.iter().all(|year| (1900..2100).contains(year))
        && numbers.windows(2).all(|pair| pair[1] - pair[0] == numbers[1] - numbers[0] && pair[1] != pair[0])
}

fn like_name(name: &str) -> bool {
    name.chars().count() <= 60
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '\n'])
        && !name.contains("://")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Moment,
    Flag,
}

fn kind(text: &str) -> Kind {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let of = |allowed: &str| digits > 0 && text.chars().all(|c| c.is_ascii_digit() || allowed.contains(c));
    match () {
        () if matches!(text.to_ascii_lowercase().as_str(), "true" | "false") => Kind::Flag,
        () if of("+-.,eE %€$£ '") && text.len() <= 40 => Kind::Number,
        () if of("-/.:TZ +") && digits >= 4 => Kind::Moment,
        () => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Told, tell};
    use definition::model::FilesCsv;

    fn told(text: &str) -> Told {
        tell(text.as_bytes(), true, &FilesCsv::default())
    }

    #[test]
    fn dialects_are_told() {
        // text, delimiter, quote, backslash, lines above, header, first value
        type Case<'a> = (&'a str, u8, u8, bool, u64, bool, &'a str);
        let cases: &[Case<'_>] = &[
            ("id,name\n1,a\n2,b\n", b',', b'"', false, 0, true, "id"),
            ("id;name;price\n1;a;2,5\n2;b;3,75\n", b';', b'"', false, 0, true, "id"),
            ("1;2,5;3,1\n2;4,5;5,9\n", b';', b'"', false, 0, false, "1"),
            ("id\tname\n1\ta, b\n2\tc, d, e\n", b'\t', b'"', false, 0, true, "id"),
            ("id|name\n1|a,b\n2|c,d\n", b'|', b'"', false, 0, true, "id"),
            ("id,text\n1,\"a;b;c\"\n2,\"d;e;f\"\n", b',', b'"', false, 0, true, "id"),
            ("id,text\n1,'a, b'\n2,'c, d'\n", b',', b'\'', false, 0, true, "id"),
            ("id,text\n1,\"a \\\"b\\\" c\"\n2,\"d\"\n", b',', b'"', true, 0, true, "id"),
            ("id,text\n1,\"a \"\"b\"\" c\"\n2,\"d\"\n", b',', b'"', false, 0, true, "id"),
            ("Report of May\n\nid,name,price\n1,a,2\n2,b,3\n", b',', b'"', false, 2, true, "id"),
            ("# made by x\n# on y\nid,name\n1,a\n", b',', b'"', false, 0, true, "id"),
            ("sep=;\nid;name\n1;a\n", b';', b'"', false, 1, true, "id"),
            ("1,2,3\n4,5,6\n", b',', b'"', false, 0, false, "1"),
            ("anna,berlin\nben,paris\nanna,rome\n", b',', b'"', false, 0, false, "anna"),
            ("name,city\nanna,berlin\nben,paris\n", b',', b'"', false, 0, true, "name"),
            ("country,2019,2020\nde,1,2\nfr,3,4\n", b',', b'"', false, 0, true, "country"),
            ("name\nanna\nben\n", b',', b'"', false, 0, true, "name"),
            ("id,name\r\n1,a\r\n2,b\r\n", b',', b'"', false, 0, true, "id"),
            ("id,name\r1,a\r2,b\r", b',', b'"', false, 0, true, "id"),
        ];
        for (text, delimiter, quote, backslash, above, header, first) in cases {
            let told = told(text);
            assert_eq!(
                (told.dialect.delimiter as char, told.dialect.quote, told.dialect.backslash, told.above, told.header),
                (*delimiter as char, Some(*quote), *backslash, *above, *header),
                "{text:?}"
            );
            assert_eq!(told.first.first().map(String::as_str), Some(*first), "{text:?}");
        }
    }

    #[test]
    fn what_is_asked_for_is_taken() {
        let asked = FilesCsv {
            delimiter: Some("|".into()),
            header: Some(false),
            skip_lines: Some(1),
            quote: Some(String::new()),
            ..FilesCsv::default()
        };
        let told = tell(b"a,b\n\"c|d\n", true, &asked);
        assert_eq!((told.dialect.delimiter, told.dialect.quote, told.above, told.header), (b'|', None, 1, false));
        assert_eq!(told.first, ["\"c", "d"]);
    }
}
