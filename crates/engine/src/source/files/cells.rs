//! Where cells of a text by columns end.

/// Looks at a text byte by byte. A quote is one only where a cell begins with it: elsewhere it is a sign like others
/// (`5" pipe`).
#[derive(Debug)]
pub(crate) struct CellEnds {
    delimiter: u8,
    quote: Option<u8>,
    begun: bool,
    quoted: bool,
    open: bool,
}

impl CellEnds {
    pub fn new(delimiter: u8, quote: Option<u8>) -> Self {
        Self { delimiter, quote, begun: false, quoted: false, open: false }
    }

    /// Whether a cell ends before this byte: a delimiter or a line's end outside of quotes.
    pub fn at(&mut self, byte: u8) -> bool {
        if Some(byte) == self.quote && (self.quoted || !self.begun) {
            (self.begun, self.quoted, self.open) = (true, true, !self.open);
            return false;
        }
        let ends = !self.open && (byte == self.delimiter || byte == b'\n');
        if ends {
            (self.begun, self.quoted) = (false, false);
        } else if !byte.is_ascii_whitespace() {
            self.begun = true;
        }
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::CellEnds;

    #[test]
    fn quotes_count_where_a_cell_begins_with_them() {
        for (text, expected) in [
            ("a,b\nc", vec![1, 3]),
            ("\"a,b\",c", vec![5]),
            ("\"a\"\"b\nc\",d", vec![8]),
            ("5\" pipe,b\n6\" pipe,c", vec![7, 9, 17]),
            ("a, \"b,c\",d", vec![1, 8]),
        ] {
            let mut ends = CellEnds::new(b',', Some(b'"'));
            let found: Vec<usize> =
                text.bytes().enumerate().filter(|(_, byte)| ends.at(*byte)).map(|(at, _)| at).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
