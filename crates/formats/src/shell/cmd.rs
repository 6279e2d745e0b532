//! Words of the Windows command prompt, as browsers write them: `^` escapes, `""` quotes, lines joined by `^`.

/// Whether a command was written for the command prompt.
pub(super) fn looks_like(text: &str) -> bool {
    text.contains("^\"")
        || text.trim_start().to_ascii_lowercase().starts_with("curl.exe ")
        || text.lines().any(|line| line.trim_end().ends_with(" ^"))
}

/// Cuts a command into words: the prompt's carets first, then the quotes as a C program reads them.
pub(super) fn words(text: &str) -> Vec<String> {
    arguments(&carets(text))
}

/// Takes the carets off. Inside quotes that are not escaped a caret is itself.
fn carets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().filter(|c| *c != '\r').peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '^' if !quoted => match chars.next() {
                // A joined line; an empty line behind it stands for a line break in the value.
                Some('\n') => out.extend(chars.next_if_eq(&'\n')),
                Some(other) => out.push(other),
                None => {}
            },
            '"' => {
                quoted = !quoted;
                out.push('"');
            }
            other => out.push(other),
        }
    }
    out
}

fn arguments(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chars = text.chars().peekable();
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        if chars.peek().is_none() {
            return words;
        }
        let mut word = String::new();
        let mut quoted = false;
        while let Some(&c) = chars.peek() {
            if c.is_whitespace() && !quoted {
                break;
            }
            chars.next();
            match c {
                '\\' => {
                    let mut count = 1;
                    while chars.next_if_eq(&'\\').is_some() {
                        count += 1;
                    }
                    if chars.peek() == Some(&'"') {
                        word.extend(std::iter::repeat_n('\\', count / 2));
                        if count % 2 == 1 {
                            chars.next();
                            word.push('"');
                        }
                    } else {
                        word.extend(std::iter::repeat_n('\\', count));
                    }
                }
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    word.push('"');
                }
                '"' => quoted = !quoted,
                other => word.push(other),
            }
        }
        words.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::{looks_like, words};

    #[test]
    fn cuts_words() {
        let cases: &[(&str, &[&str])] = &[
            (
                "curl ^\"https://a/?x=^%^7B1^%^7D^\" ^\r\n  -H ^\"a: b^\"",
                &["curl", "https://a/?x=%7B1%7D", "-H", "a: b"],
            ),
            (r#"curl --data-raw ^"^{^\^"a^\^":1^}^" ^"u^""#, &["curl", "--data-raw", r#"{"a":1}"#, "u"]),
            ("curl.exe \"https://a/b\" -d \"{\"\"a\"\":1}\"", &["curl.exe", "https://a/b", "-d", "{\"a\":1}"]),
            ("curl \"https://a\" ^\n -H \"x: y^z\"", &["curl", "https://a", "-H", "x: y^z"]),
        ];
        for (text, expected) in cases {
            assert!(looks_like(text), "{text}");
            assert_eq!(words(text), *expected, "{text}");
        }
    }
}
