//! Tables for a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The widest a column gets.
const WIDEST: usize = 40;

/// Columns under their names; long values are shortened with `…`. Numbers stand to the right.
pub fn render(names: &[String], rows: &[Vec<Option<String>>], right: &[bool]) -> String {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| shorten(cell.as_deref().unwrap_or(""))).collect()).collect();
    let widest = |column: usize| {
        let values = cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        values.chain([shorten(&names[column]).width()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..names.len()).map(widest).collect();
    let line = |row: &[String]| {
        let padded = row.iter().zip(&widths).enumerate().map(|(place, (cell, width))| {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            if right.get(place).copied().unwrap_or(false) { format!("{space}{cell}") } else { format!("{cell}{space}") }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head: Vec<String> = names.iter().map(|name| shorten(name)).collect();
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    let mut lines = vec![line(&head), line(&rule)];
    lines.extend(cells.iter().map(|row| line(row)));
    lines.join("\n")
}

/// Text on one line, at most [`WIDEST`] cells wide. Control characters would move the cursor: they are shown as `·`.
fn shorten(text: &str) -> String {
    let clean: String = text.chars().take(WIDEST * 4).map(|c| if c.is_control() { '·' } else { c }).collect();
    if clean.width() <= WIDEST && text.chars().count() <= WIDEST * 4 {
        return clean;
    }
    let mut width = 0;
    let kept = clean.chars().take_while(|c| {
        width += c.width().unwrap_or(0);
        width < WIDEST
    });
    kept.collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::{render, shorten};
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn wide_letters_numbers_and_nulls_line_up() {
        let names = ["id".to_owned(), "name".to_owned()];
        let rows = vec![
            vec![Some("7".into()), Some("美咲".into())],
            vec![Some("123".into()), Some("Zoë\u{1b}[31m".into())],
            vec![None, Some("x".into())],
        ];
        let table = render(&names, &rows, &[true, false]);
        assert_eq!(table, " id  name\n───  ────────\n  7  美咲\n123  Zoë·[31m\n     x");
    }

    #[test]
    fn long_values_are_shortened_to_the_width() {
        assert_eq!(shorten(&"é".repeat(40)), "é".repeat(40));
        assert_eq!(shorten(&"é".repeat(41)), "é".repeat(39) + "…");
        assert!(shorten(&"美".repeat(1000)).width() <= 40);
    }
}
