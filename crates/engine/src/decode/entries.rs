//! An object whose members are records under their own names, turned into a list: `{"900": {"price": 12}}` into
//! `[{"_key":"900","price":12}]`. Every value keeps its own text, so that no digit is lost.

use super::columns::object;
use crate::json::push_string;
use definition::Problem;

/// What a record's own name is called in it.
pub(crate) const KEY: &str = "_key";

/// A document, with a list of records in the place of the object at `path`. Where that is missing or no object the
/// document stays as it is: an answer may have nothing to tell.
pub(super) fn rows(text: &str, path: &str) -> Result<Vec<u8>, Problem> {
    let Some((range, members)) = object(text, path)? else { return Ok(text.as_bytes().to_vec()) };
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(text.len() + text.len() / 4);
    out.extend_from_slice(&bytes[..range.start]);
    out.push(b'[');
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(b"{\"_key\":");
        push_string(&mut out, name.as_bytes());
        let value = text[value.clone()].trim();
        match value.strip_prefix('{').map(str::trim_start) {
            Some("}") => out.push(b'}'),
            Some(rest) => {
                out.push(b',');
                out.extend_from_slice(rest.as_bytes());
            }
            None => {
                out.extend_from_slice(b",\"value\":");
                out.extend_from_slice(value.as_bytes());
                out.push(b'}');
            }
        }
    }
    out.push(b']');
    out.extend_from_slice(&bytes[range.end..]);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn members_become_records_with_their_names() {
        for (text, path, expected) in [
            (
                r#"{"ok":true,"stock":{"9":{"p":1.50},"a b":{ },"x":7}}"#,
                "$.stock",
                r#"{"ok":true,"stock":[{"_key":"9","p":1.50},{"_key":"a b"},{"_key":"x","value":7}]}"#,
            ),
            (r#" {"a":{"x":1},"b":{"x":{"y":[2]}}} "#, "$", r#" [{"_key":"a","x":1},{"_key":"b","x":{"y":[2]}}] "#),
            (r#"{"stock":{}}"#, "$.stock", r#"{"stock":[]}"#),
            (r#"{"stock":[]}"#, "$.stock", r#"{"stock":[]}"#),
            (r#"{"other":1}"#, "$.stock", r#"{"other":1}"#),
        ] {
            assert_eq!(String::from_utf8(rows(text, path).unwrap()).unwrap(), expected, "{text}");
        }
        assert!(rows("{\"a\":{}}", "$.a[*]").is_err());
    }
}
