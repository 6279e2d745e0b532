//! What the kinds of a record a line share: lines out of chunks, and records as a JSON array.

/// Writes records as the items of one JSON array.
#[derive(Debug, Default)]
pub(super) struct Rows {
    begun: bool,
}

impl Rows {
    /// Begins a record: what stands before it.
    pub(super) fn next(&mut self, out: &mut Vec<u8>) {
        out.push(if std::mem::replace(&mut self.begun, true) { b',' } else { b'[' });
    }

    /// Ends the array.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(if std::mem::take(&mut self.begun) { b"]" } else { b"[]" });
    }
}

/// Cuts text into lines as it arrives.
#[derive(Debug, Default)]
pub(super) struct Lines {
    held: Vec<u8>,
}

impl Lines {
    /// Takes text and gives each whole line, without its end.
    pub(super) fn feed<E>(&mut self, mut text: &[u8], mut line: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        while let Some(at) = memchr::memchr(b'\n', text) {
            let (now, later) = (&text[..at], &text[at + 1..]);
            text = later;
            if self.held.is_empty() {
                line(bare(now))?;
            } else {
                self.held.extend_from_slice(now);
                let held = std::mem::take(&mut self.held);
                line(bare(&held))?;
                // The space is used again.
                self.held = held;
                self.held.clear();
            }
        }
        self.held.extend_from_slice(text);
        Ok(())
    }

    /// The last line, where it has no end.
    pub(super) fn finish(&mut self) -> Option<Vec<u8>> {
        let held = std::mem::take(&mut self.held);
        (!held.is_empty()).then(|| bare(&held).to_vec())
    }
}

fn bare(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
