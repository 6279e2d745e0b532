//! JSON text, written byte by byte.

/// Writes a string with its quotes and escapes. The bytes are UTF-8.
pub fn push_string(out: &mut Vec<u8>, text: impl AsRef<[u8]>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let text = text.as_ref();
    out.push(b'"');
    let mut done = 0;
    while let Some(index) = super::next_special(text, done) {
        let byte = text[index];
        out.extend_from_slice(&text[done..index]);
        done = index + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => {
                let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&digits);
            }
        }
    }
    out.extend_from_slice(&text[done..]);
    out.push(b'"');
}
