//! The `Link` header (RFC 8288).

/// The target of the first link with a relation. Targets may hold commas; parameters may be quoted; one link may name
/// several relations.
pub(super) fn target(header: &str, rel: &str) -> Option<String> {
    let mut rest = header;
    while let Some(open) = rest.find('<') {
        let close = open + rest[open..].find('>')?;
        let target = rest[open + 1..close].trim();
        let (relations, behind) = parameters(&rest[close + 1..]);
        if relations.iter().any(|have| have.eq_ignore_ascii_case(rel)) {
            return Some(target.to_owned());
        }
        rest = behind;
    }
    None
}

/// A link's relations, and what stands behind the link.
fn parameters(text: &str) -> (Vec<String>, &str) {
    let mut relations = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(parameter) = rest.strip_prefix(';') else { break };
        let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
        let name = parameter[..end].trim();
        rest = &parameter[end..];
        let Some(value) = rest.strip_prefix('=') else { continue };
        let (value, behind) = value_of(value.trim_start());
        // Only the first `rel` counts (RFC 8288, 3.3).
        if name.eq_ignore_ascii_case("rel") && relations.is_empty() {
            relations = value.split_ascii_whitespace().map(str::to_owned).collect();
        }
        rest = behind;
    }
    (relations, rest)
}

/// A parameter's value, quoted or not, and what stands behind it.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, character) in quoted.char_indices() {
        match character {
            '"' if !escaped => return (value, &quoted[at + 1..]),
            '\\' if !escaped => escaped = true,
            other => {
                value.push(other);
                escaped = false;
            }
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn links_are_read_as_the_standard_says() {
        for (header, expected) in [
            ("<https://a.test/?page=2>; rel=\"next\"", Some("https://a.test/?page=2")),
            ("<https://a.test/?page=2>; rel=next, <https://a.test/?page=9>; rel=last", Some("https://a.test/?page=2")),
            ("</p1>; rel=\"prev\", </p,3?a=1,2>; title=\"a, b; rel=next\"; rel=\"start next\"", Some("/p,3?a=1,2")),
            ("</x>; rel=\"last\"", None),
            ("</x>; title=\"say \\\"next\\\"\"; REL=Next", Some("/x")),
            ("</x>; rel=prev; rel=next", None),
            ("</x>;rel=\"prev\",</y>;rel=\"next\"", Some("/y")),
            ("</x>; crossorigin; rel=next", Some("/x")),
            ("", None),
            ("<broken; rel=next", None),
            ("</x>; rel=\"next", Some("/x")),
        ] {
            assert_eq!(target(header, "next").as_deref(), expected, "{header}");
        }
    }
}
