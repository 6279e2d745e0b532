//! Text in any charset, turned into UTF-8 as it arrives.

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at for an XML declaration.
const DECLARATION: usize = 200;

/// How one begins.
const DECLARED: &[u8] = b"<?xml";

/// Turns bytes into UTF-8. A byte order mark decides; then what the definition says, what the header says, what the
/// bytes look like, what an XML declaration says; else it is UTF-8.
pub(super) struct Charset {
    asked: Option<&'static Encoding>,
    declared: bool,
    held: Vec<u8>,
    state: State,
}

enum State {
    /// The first bytes are held back until they are enough to tell.
    Start,
    /// UTF-8 passes as it is; whether it is valid is seen later.
    Utf8,
    Other(Box<Decoder>),
}

impl Charset {
    /// `setting` is the definition's word, `header` the `Content-Type`; `declared`: whether to look for an XML
    /// declaration.
    pub(super) fn new(setting: Option<&str>, header: Option<&str>, declared: bool) -> Self {
        let label = |text: &str| Encoding::for_label(text.as_bytes());
        let asked = setting.and_then(label).or_else(|| label(&parameter(header?)?));
        Self { asked, declared, held: Vec::new(), state: State::Start }
    }

    /// Takes bytes; UTF-8 is added to `out`.
    pub(super) fn feed(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        match &mut self.state {
            State::Utf8 => out.extend_from_slice(bytes),
            State::Other(decoder) => decode(decoder, bytes, false, out),
            State::Start => {
                self.held.extend_from_slice(bytes);
                let seen = self.held.len().min(DECLARED.len());
                let declared = self.declared && self.held[..seen] == DECLARED[..seen] && !self.held.contains(&b'>');
                if self.held.len() >= if declared { DECLARATION } else { 4 } {
                    self.begin(out);
                }
            }
        }
    }

    /// The end of the text.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        if matches!(self.state, State::Start) {
            self.begin(out);
        }
        if let State::Other(decoder) = &mut self.state {
            decode(decoder, &[], true, out);
        }
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        let held = std::mem::take(&mut self.held);
        let (encoding, mark) = match Encoding::for_bom(&held) {
            Some(found) => found,
            None => (self.asked.or_else(|| looks(&held)).or_else(|| self.declaration(&held)).unwrap_or(UTF_8), 0),
        };
        let rest = &held[mark..];
        if encoding == UTF_8 {
            self.state = State::Utf8;
            out.extend_from_slice(rest);
        } else {
            let mut decoder = Box::new(encoding.new_decoder_without_bom_handling());
            decode(&mut decoder, rest, false, out);
            self.state = State::Other(decoder);
        }
    }

    /// The encoding that an XML declaration names.
    fn declaration(&self, held: &[u8]) -> Option<&'static Encoding> {
        if !self.declared || !held.starts_with(DECLARED) {
            return None;
        }
        let text = String::from_utf8_lossy(&held[..held.len().min(DECLARATION)]).into_owned();
        let text = text.split('>').next()?;
        let after = text.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let found = Encoding::for_label(after[1..].split(quote).next()?.as_bytes())?;
        // It was read as plain ASCII, so it can't be one of two bytes a character.
        (found != UTF_16LE && found != UTF_16BE).then_some(found)
    }
}

/// Every second byte is null: UTF-16 without its mark.
fn looks(held: &[u8]) -> Option<&'static Encoding> {
    match held {
        [0, first, ..] if *first != 0 => Some(UTF_16BE),
        [first, 0, third, ..] if *first != 0 && *third != 0 => Some(UTF_16LE),
        _ => None,
    }
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], last: bool, out: &mut Vec<u8>) {
    let mut buffer = [0u8; 4096];
    loop {
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut buffer, last);
        out.extend_from_slice(&buffer[..written]);
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

/// The `charset` of a media type.
fn parameter(header: &str) -> Option<String> {
    let mut parts = header.split(';').skip(1).filter_map(|part| part.split_once('='));
    let (_, value) = parts.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches(['"', '\'']).to_owned())
}

/// A whole text as UTF-8, by its mark and its header alone. `None`: it is UTF-8 already, or may be.
pub(crate) fn to_utf8(body: &[u8], content_type: Option<&str>) -> Option<Vec<u8>> {
    let marked = Encoding::for_bom(body).is_some();
    let mut charset = Charset::new(None, content_type, false);
    if !marked && charset.asked.is_none_or(|asked| asked == UTF_8) && looks(body).is_none() {
        return None;
    }
    // Western servers often name a charset that is not theirs: what is valid UTF-8 is not touched.
    if !marked && charset.asked.is_some_and(Encoding::is_single_byte) && std::str::from_utf8(body).is_ok() {
        return None;
    }
    let mut out = Vec::with_capacity(body.len() + body.len() / 8);
    charset.feed(body, &mut out);
    charset.finish(&mut out);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{Charset, to_utf8};

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let mark = if mark { Some(0xfeff) } else { None };
        mark.into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn charsets_are_told() {
        let western = "Zürich €".chars().map(|c| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).unwrap() });
        let western: Vec<u8> = western.collect();
        let xml = "<?xml version=\"1.0\" encoding='windows-1252'?><a>Z\u{fc}rich</a>";
        let declared: Vec<u8> = xml.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        type Case<'a> = (&'a [u8], Option<&'a str>, Option<&'a str>, bool, &'a str);
        let cases: &[Case<'_>] = &[
            ("Zürich €".as_bytes(), None, None, false, "Zürich €"),
            (b"\xef\xbb\xbfa,b", Some("windows-1252"), None, false, "a,b"),
            (&western, Some("windows-1252"), None, false, "Zürich €"),
            (&western, None, Some("text/csv; Charset=\"cp1252\""), false, "Zürich €"),
            (&western, Some("windows-1252"), Some("text/csv; charset=utf-8"), false, "Zürich €"),
            (&utf16("{\"ä\": 1}", true), None, Some("application/json"), false, "{\"ä\": 1}"),
            (&utf16("<a>ä</a>", false), None, None, true, "<a>ä</a>"),
            (&declared, None, None, true, xml),
            (b"\x82\xa0", Some("shift_jis"), None, false, "あ"),
            (b"", Some("utf-16"), None, true, ""),
            (b"a", None, None, true, "a"),
        ];
        for (bytes, setting, header, declared, wanted) in cases {
            for size in [1, 2, 3, 7, 1000] {
                let mut charset = Charset::new(*setting, *header, *declared);
                let mut out = Vec::new();
                for chunk in bytes.chunks(size) {
                    charset.feed(chunk, &mut out);
                }
                charset.finish(&mut out);
                assert_eq!(String::from_utf8(out).unwrap(), *wanted, "{setting:?} {header:?} by {size}");
            }
        }
    }

    #[test]
    fn whole_bodies_are_touched_only_where_they_must_be() {
        assert_eq!(to_utf8("é".as_bytes(), Some("text/plain; charset=iso-8859-1")), None);
        assert_eq!(to_utf8(b"\xe9", Some("text/plain; charset=iso-8859-1")), Some("é".into()));
        assert_eq!(to_utf8(b"\xef\xbb\xbf{}", None), Some(b"{}".to_vec()));
        assert_eq!(to_utf8(b"{}", None), None);
    }
}
