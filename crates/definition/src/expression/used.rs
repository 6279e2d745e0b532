//! Which filters, tests and names a text with expressions uses.

/// A filter, a test or a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used<'a> {
    /// Behind a bar.
    Filter(&'a str),
    /// Behind `is` or `is not`.
    Test(&'a str),
    /// Any other word, with its attributes: `record.address.city`. Words of the language are among them.
    Name(&'a str),
}

/// All that stand in the expressions of a text. Quoted text is left out.
pub fn used(source: &str) -> Vec<Used<'_>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let (open, inside) = rest[at..].split_at(2);
        let close = match open {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        rest = if close == "#}" {
            inside.split_once(close).map_or("", |(_, rest)| rest)
        } else {
            block(inside, close, &mut found)
        };
    }
    found
}

/// Reads one block, and gives what is behind it.
fn block<'a>(mut rest: &'a str, close: &str, found: &mut Vec<Used<'a>>) -> &'a str {
    let (mut depth, mut piped, mut tested, mut dotted) = (0_usize, false, false, false);
    while let Some(first) = rest.chars().next() {
        if depth == 0 && rest.starts_with(close) {
            return &rest[close.len()..];
        }
        match first {
            '"' | '\'' => {
                rest = behind_text(rest, first);
                (piped, tested) = (false, false);
                continue;
            }
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if first.is_alphanumeric() || first == '_' {
            let whole = rest;
            let end = word_end(rest);
            let word = &rest[..end];
            rest = &rest[end..];
            let named = !piped && !tested && !dotted && !first.is_ascii_digit();
            dotted = false;
            match word {
                "not" if tested => {}
                word if piped || tested => {
                    found.push(if piped { Used::Filter(word) } else { Used::Test(word) });
                    (piped, tested) = (false, false);
                }
                word => {
                    tested = word == "is";
                    if named {
                        found.push(Used::Name(&whole[..chain_end(whole, end)]));
                    }
                }
            }
            continue;
        }
        dotted = first == '.';
        piped = first == '|' || (piped && first.is_whitespace());
        tested = tested && first.is_whitespace();
        rest = &rest[first.len_utf8()..];
    }
    rest
}

fn word_end(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}

/// Where a chain of attributes ends whose first word ends at `end`.
fn chain_end(text: &str, mut end: usize) -> usize {
    while let Some(behind) = text[end..].strip_prefix('.') {
        let next = word_end(behind);
        if next == 0 {
            break;
        }
        end += 1 + next;
    }
    end
}

fn behind_text(text: &str, quote: char) -> &str {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return &text[at + c.len_utf8()..],
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::Used::{Filter, Name, Test};
    use super::used;

    #[test]
    fn names_are_found_with_their_attributes() {
        let found = used("{{ record.a.b[:3] ~ 'config.x' | f(config.y[1:].z, n=2) }} stream.name");
        assert_eq!(found, [Name("record.a.b"), Filter("f"), Name("config.y"), Name("n")]);
    }

    #[test]
    fn filters_and_tests_are_found() {
        for (source, expected) in [
            ("{{ a | lower | join(', ') }}", vec![Filter("lower"), Filter("join")]),
            ("a | b {{ 'x | y' ~ z|e }}", vec![Filter("e")]),
            ("{% if a is not none and b is defined %}x{% endif %}", vec![Test("none"), Test("defined")]),
            ("{{ {'a': {}}|length }}", vec![Filter("length")]),
            ("{# a | b #}{{ x.is }}", vec![]),
            ("{{ 'it\\'s | not' }}", vec![]),
            ("{{ a |", vec![]),
        ] {
            let found: Vec<_> = used(source).into_iter().filter(|used| !matches!(used, Name(_))).collect();
            assert_eq!(found, expected, "{source}");
        }
    }
}
