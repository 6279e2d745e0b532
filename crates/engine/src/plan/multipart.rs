//! Form data in parts (RFC 7578).

use bytes::Bytes;

/// A part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub name: String,
    pub value: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
}

impl Part {
    /// A plain value.
    pub(super) fn value(name: &str, value: String) -> Self {
        Self { name: name.to_owned(), value, file_name: None, content_type: None }
    }
}

/// The media type with its boundary, and the body. The same parts make the same body.
pub(super) fn write(parts: &[Part]) -> (String, Bytes) {
    let boundary = boundary(parts);
    let mut out = String::new();
    for part in parts {
        out.push_str(&format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.name)));
        if let Some(file) = &part.file_name {
            out.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        let default = part.file_name.as_ref().map(|_| "application/octet-stream");
        if let Some(kind) = part.content_type.as_deref().or(default) {
            out.push_str(&format!("\r\nContent-Type: {kind}"));
        }
        out.push_str("\r\n\r\n");
        out.push_str(&part.value);
        out.push_str("\r\n");
    }
    out.push_str(&format!("--{boundary}--\r\n"));
    (format!("multipart/form-data; boundary={boundary}"), Bytes::from(out))
}

/// A name as it stands in quotes, written as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that is in no value.
fn boundary(parts: &[Part]) -> String {
    let mut number = parts.len();
    loop {
        let boundary = format!("----tapwright-{number:012x}");
        if !parts.iter().any(|part| part.value.contains(&boundary)) {
            return boundary;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, write};

    #[test]
    fn parts_are_written_as_browsers_do() {
        let file = Part {
            name: "up\"load".into(),
            value: "a,b\r\n".into(),
            file_name: Some("x\n.csv".into()),
            content_type: Some("text/csv".into()),
        };
        let (kind, body) = write(&[Part::value("a", "1".into()), file]);
        let line = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let wanted = format!(
            "--{line}\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--{line}\r\nContent-Disposition: \
             form-data; name=\"up%22load\"; filename=\"x%0A.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n\r\n--{line}--\r\n"
        );
        assert_eq!(String::from_utf8(body.to_vec()).unwrap(), wanted);
    }

    #[test]
    fn the_boundary_is_in_no_value() {
        let (kind, _) = write(&[Part::value("a", String::new())]);
        let line = kind.rsplit('=').next().unwrap().to_owned();
        let (other, body) = write(&[Part::value("a", line.clone())]);
        assert!(!other.ends_with(&line), "{other} {body:?}");
    }
}
