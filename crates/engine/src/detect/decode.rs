//! What an answer is that is not JSON: JSON lines, XML or CSV, told by its first lines and its `Content-Type`.

use super::node::Node;
use super::place::Place;
use super::records;
use super::words::{grouped, id_name};
use crate::decode::{DecodePlan, Decoded, Decoder, ENTRY_KEY, to_utf8};
use crate::http::{Answer, looks_like_html};
use bytes::Bytes;
use definition::Problem;
use definition::model::{CsvDecode, Decode, Stream, XmlDecode};
use serde::de::IgnoredAny;
use std::collections::VecDeque;
use std::sync::Arc;

/// Lines that are looked at.
const LINES: usize = 20;
/// The charset of text that is not UTF-8 and does not say what it is.
const WESTERN: &str = "windows-1252";
/// What may stand between values, the likeliest first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// The decoding that an answer needs, with the words for it. `None`: it is JSON, or nothing that is known.
pub(super) fn sniff(answer: &Answer) -> Option<(Decode, String)> {
    let converted = to_utf8(&answer.body, None);
    let text = String::from_utf8_lossy(converted.as_deref().unwrap_or(&answer.body));
    let text = text.trim_start_matches('\u{feff}');
    let content_type = answer.header("content-type").unwrap_or_default().to_ascii_lowercase();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let first = lines.first()?.trim_start();
    if looks_like_html(&answer.body) {
        return None;
    }
    if first.starts_with("<?xml") || (first.starts_with('<') && content_type.contains("xml")) {
        return Some((Decode::Xml(XmlDecode::default()), "The answer is XML.".to_owned()));
    }
    if lines.len() > 1 && lines.iter().take(2).all(|line| is_container(line)) {
        return Some((Decode::Jsonl { compression: None, encoding: None }, "The answer is JSON lines.".to_owned()));
    }
    let named = content_type.contains("csv") || content_type.contains("tab-separated") || named_table(answer);
    let whole = records_of_lines(text);
    let (mut csv, mut words) = csv(&whole, named).or_else(|| csv(&lines, named))?;
    if converted.is_none() && std::str::from_utf8(&answer.body).is_err() {
        csv.encoding = Some(WESTERN.to_owned());
        words.push_str(" It is not UTF-8; windows-1252 is taken, which programs of the office write.");
    }
    Some((Decode::Csv(csv), words))
}

/// Lists of one length side by side in an object, and nothing that looks more like records: what decodes them, with the
/// words for it.
pub(super) fn side_by_side(root: &Node) -> Option<(Decode, String)> {
    if records::of_objects(root) {
        return None;
    }
    let mut found: Vec<(usize, Place)> = Vec::new();
    look(root, &Place::default(), 0, &mut found);
    found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    let (length, place) = found.first()?;
    let path = place.path();
    let others: Vec<String> = found.iter().skip(1).take(3).map(|(_, place)| format!("`{}`", place.path())).collect();
    let besides =
        if others.is_empty() { String::new() } else { format!(" There are more such lists at {}.", others.join(", ")) };
    let words = format!(
        "`{path}` holds lists side by side: the values at one place of them are taken as one record, {} in all.{besides}",
        grouped(*length as u64)
    );
    Some((Decode::Json { compression: None, encoding: None, columns: Some(path), entries: None, table: None }, words))
}

/// Records under their own names, where nothing looks more like records: what decodes them, so that the names are kept,
/// with the words for it.
pub(super) fn by_name(root: &Node, stream: &str) -> Option<(Decode, String)> {
    let (place, number) = records::keyed_best(root, stream)?;
    let path = place.path();
    let words = format!(
        "`{path}` holds {} records, each under its own name: the name is kept as the column `{ENTRY_KEY}`.",
        grouped(number as u64)
    );
    Some((Decode::Json { compression: None, encoding: None, columns: None, entries: Some(path), table: None }, words))
}

fn look(node: &Node, place: &Place, depth: usize, found: &mut Vec<(usize, Place)>) {
    let Some(members) = node.members() else { return };
    let lists: Vec<&[Node]> = members.iter().filter_map(|(_, member)| member.items()).collect();
    let plain = lists.iter().all(|items| items.iter().all(|item| item.items().is_none() && item.members().is_none()));
    let length = lists.first().map_or(0, |items| items.len());
    // A record of its own has lists too: tags, labels. What is measured are numbers, by moments.
    let measured = |items: &&[Node]| {
        let numbers = items.iter().any(|item| matches!(item, Node::Number(_)));
        numbers && items.iter().all(|item| matches!(item, Node::Number(_) | Node::Null))
    };
    let known = members.iter().any(|(name, _)| id_name(name, ""));
    let even = lists.len() >= 2 && length >= 3 && lists.iter().all(|items| items.len() == length);
    if even && plain && !known && lists.iter().any(measured) {
        found.push((length, place.clone()));
    }
    for (name, member) in members.iter().filter(|_| depth < 3) {
        look(member, &place.key(name), depth + 1, found);
    }
}

/// An answer as the engine sees it once it is decoded.
pub(super) fn decoded(stream: &Stream, answer: &Answer) -> Result<Answer, Problem> {
    let plan = Arc::new(DecodePlan::new(stream, None, &[], &[]).whole());
    // A charset of the header has been read already.
    let charset = std::str::from_utf8(&answer.body).is_ok().then_some("text/plain; charset=utf-8");
    let mut decoder = Decoder::new(plan, charset, u64::MAX);
    let mut out = VecDeque::new();
    decoder.feed(&answer.body, &mut out)?;
    decoder.finish(&mut out)?;
    let text = out.into_iter().find_map(|decoded| match decoded {
        Decoded::Document(text) => Some(text),
        _ => None,
    });
    Ok(Answer { body: Bytes::from(text.unwrap_or_default()), ..answer.clone() })
}

fn is_container(line: &str) -> bool {
    line.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(line).is_ok()
}

/// Whether the file's name or the address says that it is a table.
fn named_table(answer: &Answer) -> bool {
    let disposition = answer.header("content-disposition").unwrap_or_default().to_ascii_lowercase();
    let file = disposition.split("filename").nth(1).unwrap_or_default().trim_end_matches(['"', ';', ' ']).to_owned();
    [file, answer.url.path().to_ascii_lowercase()]
        .iter()
        .any(|name| [".csv", ".tsv", ".tab"].iter().any(|end| name.ends_with(end)))
}

/// The first lines, where a quoted value may hold the end of one.
fn records_of_lines(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        quoted ^= letter == '"';
        if letter == '\n' && !quoted {
            found.push(text[start..at].trim_end_matches('\r'));
            start = at + 1;
        }
        if found.len() > 2 * LINES {
            break;
        }
    }
    if start < text.len() && found.len() < LINES {
        found.push(&text[start..]);
    }
    found.into_iter().filter(|line| !line.trim().is_empty()).take(LINES).collect()
}

/// Lines with the same number of values in each. Where the server names CSV, the first line decides.
fn csv(lines: &[&str], named: bool) -> Option<(CsvDecode, String)> {
    let first = lines.first()?;
    let even = |delimiter: &char| {
        let count = delimiters(first, *delimiter);
        count > 0 && lines.len() > 1 && lines.iter().all(|line| delimiters(line, *delimiter) == count)
    };
    let most = || DELIMITERS.into_iter().rev().max_by_key(|delimiter| delimiters(first, *delimiter));
    let delimiter = DELIMITERS.into_iter().find(even).or_else(|| most().filter(|_| named))?;
    // Names are no numbers and not empty: a first line with one is a record.
    let unnamed = first.split(delimiter).map(|value| value.trim().trim_matches('"'));
    let no_header = unnamed.into_iter().any(|value| value.is_empty() || value.parse::<f64>().is_ok());
    let decode =
        CsvDecode { delimiter: (delimiter != ',').then(|| delimiter.to_string()), no_header, ..CsvDecode::default() };
    let between = match delimiter {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "vertical bars",
    };
    let names = if no_header { ", and the first line has no names" } else { "" };
    Some((decode, format!("The answer is CSV, with {between} between the values{names}.")))
}

/// How often a delimiter stands in a line, outside of quotes.
fn delimiters(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|&found| {
            quoted ^= found == '"';
            found == delimiter && !quoted
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::{Node, csv, side_by_side};

    #[test]
    fn lists_side_by_side_are_told_from_lists_of_a_record() {
        for (text, expected) in [
            (r#"{"lat":1,"hourly":{"time":["a","b","c"],"t":[1,null,3]}}"#, Some("$.hourly")),
            (r#"{"t":[1,2,3],"o":[1,2,3],"s":"ok"}"#, Some("$")),
            (
                r#"{"daily":{"d":["a","b","c"],"v":[1,2,3]},"hourly":{"d":["a","b","c","d"],"v":[1,2,3,4]}}"#,
                Some("$.hourly"),
            ),
            (r#"{"id":7,"sizes":[1,2,3],"tags":["a","b","c"]}"#, None),
            (r#"{"tags":["a","b","c"],"labels":["x","y","z"]}"#, None),
            (r#"{"x":[1,2,3],"y":[1,2]}"#, None),
            (r#"{"items":[{"id":1},{"id":2}],"stats":{"x":[1,2,3],"y":[1,2,3]}}"#, None),
            (r#"{"x":[1,2,3]}"#, None),
        ] {
            let found = side_by_side(&Node::parse(text).unwrap()).map(|(decode, _)| decode);
            let path =
                found.map(|decode| serde_json::to_value(decode).unwrap()["columns"].as_str().unwrap().to_owned());
            assert_eq!(path.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_delimiter_and_the_header_are_told() {
        for (lines, named, expected) in [
            (vec!["id,name", "1,\"Ann, B\""], false, Some((None, false))),
            (vec!["id;price", "1;2,5", "2;3,5"], false, Some((Some(";"), false))),
            (vec!["a\tb", "1\t2"], false, Some((Some("\t"), false))),
            (vec!["1,2", "3,4"], false, Some((None, true))),
            (vec!["id,name"], true, Some((None, false))),
            (vec!["one column", "of text"], false, None),
            (vec!["Hello, you", "How are you?"], false, None),
        ] {
            let found = csv(&lines, named).map(|(csv, _)| (csv.delimiter, csv.no_header));
            assert_eq!(found, expected.map(|(text, bare)| (text.map(str::to_owned), bare)), "{lines:?}");
        }
    }
}
