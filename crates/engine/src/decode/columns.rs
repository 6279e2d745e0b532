//! Lists that stand side by side in an object, turned into records: `{"t": [1, 2], "v": [3, 4]}` into
//! `[{"t":1,"v":3},{"t":2,"v":4}]`. Every value keeps its own text, so that no digit is lost.

use super::fault::broken;
use crate::json::trie::Walk;
use crate::json::{Path, Scanner, items_at, members_at, push_string};
use definition::Problem;
use std::ops::Range;

/// The most bytes that values beside the lists come to, repeated in each record.
const MOST_REPEATED: usize = 64 << 20;

/// A document, with a list of records in the place of the object of lists at `path`. Where that is missing or no object
/// the document stays as it is: an answer may have nothing to tell.
pub(super) fn rows(text: &str, path: &str) -> Result<Vec<u8>, Problem> {
    let Some((range, members)) = object(text, path)? else { return Ok(text.as_bytes().to_vec()) };
    let (start, end) = (range.start, range.end);
    let mut out = Vec::with_capacity(text.len() * 2);
    out.extend_from_slice(&text.as_bytes()[..start]);
    write(text, &members, path, &mut out)?;
    out.extend_from_slice(&text.as_bytes()[end..]);
    Ok(out)
}

/// An object's members, and where their values are.
pub(super) type Members<'a> = Vec<(std::borrow::Cow<'a, str>, Range<usize>)>;

/// Where the object at a path of names is, and its members. Nothing: it is missing, or no object.
pub(super) fn object<'a>(text: &'a str, path: &str) -> Result<Option<(Range<usize>, Members<'a>)>, Problem> {
    let parsed = Path::parse(path).ok();
    let Some(steps) = parsed.as_ref().and_then(Path::walk) else {
        return Err(broken("bad_path", format!("`{path}` is no path of names, such as $.hourly.")));
    };
    let mut at = 0;
    for step in steps {
        let Walk::Key(name) = step else {
            return Err(broken("bad_path", format!("`{path}` is no path of names, such as $.hourly.")));
        };
        let Some(members) = members_at(&mut Scanner::at(text, at)) else { return Ok(None) };
        match members.into_iter().find(|(member, _)| member == name) {
            Some((_, range)) => at = range.start,
            None => return Ok(None),
        }
    }
    let mut scanner = Scanner::at(text, at);
    let start = at + text[at..].len() - text[at..].trim_start().len();
    let Some(members) = members_at(&mut scanner) else { return Ok(None) };
    let end = members.last().map_or(start + 1, |(_, range)| range.end);
    let end = text[end..].find('}').map_or(text.len(), |brace| end + brace + 1);
    Ok(Some((start..end, members)))
}

/// What a member gives to each record.
enum Member {
    /// One of its items.
    Items(Vec<Range<usize>>),
    /// All of it.
    Same(Range<usize>),
}

fn write(
    text: &str,
    members: &[(std::borrow::Cow<'_, str>, Range<usize>)],
    path: &str,
    out: &mut Vec<u8>,
) -> Result<(), Problem> {
    let members: Vec<(Vec<u8>, Member)> = members
        .iter()
        .map(|(name, range)| {
            let mut key = Vec::new();
            push_string(&mut key, name.as_bytes());
            let items = items_at(&mut Scanner::at(text, range.start));
            (key, items.map_or_else(|| Member::Same(range.clone()), Member::Items))
        })
        .collect();
    let lengths = || {
        members
            .iter()
            .filter_map(|(_, member)| if let Member::Items(items) = member { Some(items.len()) } else { None })
    };
    let rows = lengths().max().unwrap_or(0);
    if lengths().any(|length| length != rows) {
        let told: Vec<String> = lengths().map(|length| length.to_string()).collect();
        let message = format!(
            "The lists at `{path}` are not of one length ({}): which values belong together can't be told.",
            told.join(", ")
        );
        return Err(broken("uneven_lists", message)
            .hint("Take `columns` out of the stream's `decode`, and map the lists as they are."));
    }
    let same = |(_, member): &(_, Member)| if let Member::Same(range) = member { range.len() } else { 0 };
    let same: usize = members.iter().map(same).sum();
    if same.saturating_mul(rows) > MOST_REPEATED {
        let message = format!(
            "What stands beside the lists at `{path}` has {same} bytes: they are too many to be repeated in each of {rows} \
             records."
        );
        return Err(broken("too_large", message)
            .hint("Take `columns` out of the stream's `decode`, and map the lists as they are."));
    }
    out.push(b'[');
    for row in 0..rows {
        out.extend_from_slice(if row == 0 { b"{" } else { b",{" });
        for (index, (key, member)) in members.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            out.extend_from_slice(key);
            out.push(b':');
            let range = match member {
                Member::Items(items) => items.get(row).cloned().unwrap_or_default(),
                Member::Same(range) => range.clone(),
            };
            out.extend_from_slice(&text.as_bytes()[range]);
        }
        out.push(b'}');
    }
    out.push(b']');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn lists_side_by_side_become_records() {
        for (text, path, expected) in [
            (r#"{"t":[1,2],"v":["a",null]}"#, "$", r#"[{"t":1,"v":"a"},{"t":2,"v":null}]"#),
            (
                r#"{"lat":52.520,"hourly": {"time":["x"], "rain" : [0.10], "unit":"mm"} ,"z":{}}"#,
                "$.hourly",
                r#"{"lat":52.520,"hourly": [{"time":"x","rain":0.10,"unit":"mm"}] ,"z":{}}"#,
            ),
            (r#"{"a":{"b":{"x":[],"y":[]}}}"#, "$.a.b", r#"{"a":{"b":[]}}"#),
            (r#"{"a":{}}"#, "$.a", r#"{"a":[]}"#),
            (r#"{"a":[{"x":1}]}"#, "$.a", r#"{"a":[{"x":1}]}"#),
            (r#"{"error":"no such day"}"#, "$.hourly", r#"{"error":"no such day"}"#),
            (r#"{"q\"":["é",12345678901234567890]}"#, "$", r#"[{"q\"":"é"},{"q\"":12345678901234567890}]"#),
        ] {
            assert_eq!(String::from_utf8(rows(text, path).unwrap()).unwrap(), expected, "{text} {path}");
        }
        let uneven = rows(r#"{"h":{"t":[1,2],"v":[3]}}"#, "$.h").unwrap_err();
        assert_eq!(uneven.code, "uneven_lists", "{uneven:?}");
        assert!(uneven.message.contains("2, 1"), "{uneven:?}");
        assert_eq!(rows(r#"{"a":{}}"#, "$.a[*]").unwrap_err().code, "bad_path");
        let wide = format!(r#"{{"t":[{}1],"about":"{}"}}"#, "1,".repeat(9_999), "x".repeat(10_000));
        assert_eq!(rows(&wide, "$").unwrap_err().code, "too_large");
    }
}
