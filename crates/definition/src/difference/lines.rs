//! What is different between two texts, line by line.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most steps of the search for what two texts share. Beyond, what differs is told as one block.
const MOST: usize = 4_000_000;

/// One line of one of two texts, or of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(optional_fields = nullable)]
pub struct TextLine {
    /// Whether it is in both.
    pub kind: LineKind,
    /// Its number in the old text, from 1.
    pub old: Option<u32>,
    /// Its number in the new text, from 1.
    pub new: Option<u32>,
    /// The line.
    pub text: String,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// In both texts.
    Same,
    /// In the new one alone.
    Added,
    /// In the old one alone.
    Removed,
}

/// Two texts as one list of lines; removed ones stand before added ones.
pub fn text_lines(old: &str, new: &str) -> Vec<TextLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = (&old[head..], &new[head..]);
    let tail = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(|(a, b)| a == b).count();
    let (from, to) = (&rest.0[..rest.0.len() - tail], &rest.1[..rest.1.len() - tail]);
    let mut lines = Lines::default();
    old[..head].iter().for_each(|text| lines.push(LineKind::Same, text));
    for (kind, text) in middle(from, to) {
        lines.push(kind, text);
    }
    old[old.len() - tail..].iter().for_each(|text| lines.push(LineKind::Same, text));
    lines.all
}

#[derive(Default)]
struct Lines {
    all: Vec<TextLine>,
    old: u32,
    new: u32,
}

impl Lines {
    fn push(&mut self, kind: LineKind, text: &str) {
        self.old += u32::from(kind != LineKind::Added);
        self.new += u32::from(kind != LineKind::Removed);
        let old = (kind != LineKind::Added).then_some(self.old);
        let new = (kind != LineKind::Removed).then_some(self.new);
        self.all.push(TextLine { kind, old, new, text: text.to_owned() });
    }
}

/// The longest common subsequence of lines, where it is not too long to search for.
fn middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(LineKind, &'a str)> {
    let removed = |lines: &[&'a str]| lines.iter().map(|line| (LineKind::Removed, *line)).collect::<Vec<_>>();
    let added = |lines: &[&'a str]| lines.iter().map(|line| (LineKind::Added, *line)).collect::<Vec<_>>();
    if old.len().saturating_mul(new.len()) > MOST {
        return [removed(old), added(new)].concat();
    }
    let width = new.len() + 1;
    // `longest[i * width + j]`: how many lines the rests from i and from j share.
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            lines.push((LineKind::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            lines.push((LineKind::Removed, old[i]));
            i += 1;
        } else {
            lines.push((LineKind::Added, new[j]));
            j += 1;
        }
    }
    lines.extend(removed(&old[i..]));
    lines.extend(added(&new[j..]));
    lines
}

#[cfg(test)]
mod tests {
    use super::{LineKind, text_lines};
    use proptest::prelude::{prop, proptest};

    proptest! {
        #[test]
        fn the_lines_give_both_texts_back(
            old in prop::collection::vec("[abc]{0,2}", 0..30),
            new in prop::collection::vec("[abc]{0,2}", 0..30),
        ) {
            let lines = text_lines(&old.join("\n"), &new.join("\n"));
            let side = |not: LineKind| lines.iter().filter(|line| line.kind != not).map(|line| line.text.as_str()).collect::<Vec<_>>();
            let text = |lines: &[String]| lines.join("\n").lines().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(side(LineKind::Added), text(&old));
            assert_eq!(side(LineKind::Removed), text(&new));
        }
    }

    #[test]
    fn lines_have_their_numbers() {
        let lines = text_lines("a\nb\nc\n", "a\nx\nc\n");
        let told: Vec<_> = lines.iter().map(|line| (line.kind, line.old, line.new, line.text.as_str())).collect();
        assert_eq!(
            told,
            [
                (LineKind::Same, Some(1), Some(1), "a"),
                (LineKind::Removed, Some(2), None, "b"),
                (LineKind::Added, None, Some(2), "x"),
                (LineKind::Same, Some(3), Some(3), "c")
            ]
        );
    }
}
