//! Words of a POSIX shell: `'…'`, `"…"`, `$'…'`, `\`, and lines joined by `\`.

use super::Words;
use std::iter::Peekable;
use std::str::Chars;

/// Cuts a command into words. Never fails: an open quote ends with the text.
pub(super) fn words(text: &str) -> Words {
    let mut out = Words::default();
    let mut chars = text.chars().peekable();
    while let Some(word) = next_word(&mut chars) {
        match word {
            Word::Text(text) => out.words.push(text),
            Word::End => {
                out.rest = chars.any(|c| !c.is_whitespace());
                break;
            }
        }
    }
    out
}

enum Word {
    Text(String),
    End,
}

fn next_word(chars: &mut Peekable<Chars<'_>>) -> Option<Word> {
    blanks(chars);
    chars.peek()?;
    let mut word = String::new();
    let mut quoted = false;
    while let Some(&c) = chars.peek() {
        if c.is_whitespace() {
            break;
        }
        chars.next();
        match c {
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some('\r') => {
                    chars.next_if_eq(&'\n');
                }
                Some(other) => word.push(other),
            },
            '\'' => {
                quoted = true;
                word.extend(chars.by_ref().take_while(|c| *c != '\''));
            }
            '"' => {
                quoted = true;
                double(chars, &mut word);
            }
            '$' if matches!(chars.peek(), Some('\'')) => {
                chars.next();
                quoted = true;
                ansi(chars, &mut word);
            }
            '$' if matches!(chars.peek(), Some('"')) => {}
            other => word.push(other),
        }
    }
    let ends = ["|", "||", "&&", "&", ";"].contains(&word.as_str())
        || word.starts_with('>')
        || word.starts_with("2>")
        || word.starts_with('|');
    if !quoted && ends { Some(Word::End) } else { Some(Word::Text(word)) }
}

/// Skips blanks and joined lines.
fn blanks(chars: &mut Peekable<Chars<'_>>) {
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        let mut ahead = chars.clone();
        if ahead.next() != Some('\\') || !matches!(ahead.next(), Some('\n' | '\r')) {
            return;
        }
        *chars = ahead;
    }
}

fn double(chars: &mut Peekable<Chars<'_>>, word: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '"' => return,
            '\\' => match chars.next() {
                Some('\n') | None => {}
                Some(escaped @ ('"' | '\\' | '$' | '`')) => word.push(escaped),
                Some(other) => word.extend(['\\', other]),
            },
            other => word.push(other),
        }
    }
}

/// `$'…'`: the C escapes, as browsers write them.
fn ansi(chars: &mut Peekable<Chars<'_>>, word: &mut String) {
    while let Some(c) = chars.next() {
        match c {
            '\'' => return,
            '\\' => match chars.next() {
                Some('n') => word.push('\n'),
                Some('t') => word.push('\t'),
                Some('r') => word.push('\r'),
                Some('a') => word.push('\u{7}'),
                Some('b') => word.push('\u{8}'),
                Some('f') => word.push('\u{c}'),
                Some('v') => word.push('\u{b}'),
                Some('e' | 'E') => word.push('\u{1b}'),
                Some('x') => code(chars, word, 16, 2),
                Some('u') => unit(chars, word),
                Some('U') => code(chars, word, 16, 8),
                Some(digit @ '0'..='7') => octal(chars, word, digit),
                Some(other) => word.push(other),
                None => {}
            },
            other => word.push(other),
        }
    }
}

fn digits(chars: &mut Peekable<Chars<'_>>, radix: u32, most: usize) -> Option<u32> {
    let mut value: Option<u32> = None;
    for _ in 0..most {
        let Some(digit) = chars.peek().and_then(|c| c.to_digit(radix)) else { break };
        chars.next();
        value = value.unwrap_or(0).checked_mul(radix).and_then(|v| v.checked_add(digit));
        value?;
    }
    value
}

fn code(chars: &mut Peekable<Chars<'_>>, word: &mut String, radix: u32, most: usize) {
    word.push(digits(chars, radix, most).and_then(char::from_u32).unwrap_or('\u{fffd}'));
}

/// `\uHHHH`; browsers write what is beyond the first plane as two of them.
fn unit(chars: &mut Peekable<Chars<'_>>, word: &mut String) {
    let Some(high) = digits(chars, 16, 4) else { return };
    if !(0xd800..0xdc00).contains(&high) {
        word.push(char::from_u32(high).unwrap_or('\u{fffd}'));
        return;
    }
    let mut ahead = chars.clone();
    let low = (ahead.next() == Some('\\') && ahead.next() == Some('u')).then(|| digits(&mut ahead, 16, 4)).flatten();
    match low.filter(|low| (0xdc00..0xe000).contains(low)) {
        Some(low) => {
            *chars = ahead;
            let point = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            word.push(char::from_u32(point).unwrap_or('\u{fffd}'));
        }
        None => word.push('\u{fffd}'),
    }
}

fn octal(chars: &mut Peekable<Chars<'_>>, word: &mut String, first: char) {
    let mut value = first.to_digit(8).unwrap_or(0);
    for _ in 0..2 {
        let Some(digit) = chars.peek().and_then(|c| c.to_digit(8)) else { break };
        chars.next();
        value = value * 8 + digit;
    }
    word.push(char::from_u32(value).unwrap_or('\u{fffd}'));
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn cuts_words() {
        let cases: &[(&str, &[&str])] = &[
            ("curl a b", &["curl", "a", "b"]),
            ("curl 'a b' \"c d\"", &["curl", "a b", "c d"]),
            (r#"curl -d "{\"a\": \"b\"}""#, &["curl", "-d", r#"{"a": "b"}"#]),
            ("curl \\\n  -X POST \\\r\n u", &["curl", "-X", "POST", "u"]),
            (r"curl $'a\'b\u00e9\n\x41\ud83d\ude00\041'", &["curl", "a'bé\nA😀!"]),
            ("curl 'it'\\''s'", &["curl", "it's"]),
            ("curl https://x/?a=1&b=2 | jq .", &["curl", "https://x/?a=1&b=2"]),
            ("curl u > out.json", &["curl", "u"]),
            ("curl '' x", &["curl", "", "x"]),
            ("curl 'open", &["curl", "open"]),
            ("curl \"|\"", &["curl", "|"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).words, *expected, "{text}");
        }
        assert!(words("curl u | jq .").rest);
    }
}
