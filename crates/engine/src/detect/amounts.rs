//! Numbers in text as people write them: told by all values of a column together.

use super::node::Node;
use super::words::count;
use crate::map::Amount;
use definition::model::{FieldType, ParseNumberArgs, PercentAs};

/// How a column is marked whose separators may be either.
pub(super) const EITHER: &str = "number, either way: ";

/// What the values of a column have in common.
pub(super) struct Found {
    pub args: ParseNumberArgs,
    pub kind: FieldType,
    pub told: String,
    /// Whether it is known what the signs mean, and that it is a number at all.
    pub sure: bool,
    /// Whether somebody has to say what it is.
    pub ask: bool,
    /// A value that tells it.
    example: String,
}

/// Whether a text is a number with something beside digits and a point.
pub(super) fn is_written(text: &str) -> bool {
    text.len() <= 40 && ['.', ','].into_iter().any(|decimal| Amount::read(text, decimal, None).is_some())
}

/// What stands before the decimals, and what the column is then. `None`: it is text.
pub(super) fn judge(values: &[&Node]) -> Option<Found> {
    let texts: Vec<&str> = values.iter().filter_map(|value| value.text()).collect();
    let as_numbers =
        |decimal| -> Option<Vec<Amount>> { texts.iter().map(|text| Amount::read(text, decimal, None)).collect() };
    let (point, comma) = (as_numbers('.'), as_numbers(','));
    let (decimal, read) = match (&point, &comma) {
        (Some(point), Some(_)) => ('.', point),
        (Some(point), None) => ('.', point),
        (None, Some(comma)) => (',', comma),
        (None, None) => return None,
    };
    // A zero at the front is a name's, as in a telephone number.
    if texts
        .iter()
        .zip(read)
        .any(|(text, one)| one.group.is_none() && text.starts_with('0') && one.part.is_empty() && text.len() > 1)
    {
        return None;
    }
    let marked = |one: &Amount| one.money || one.percent || !one.part.is_empty();
    let grouped = read.iter().filter_map(|one| one.group);
    // Digits with gaps may be a name as well, and so may a number in parentheses.
    let bare = !read.iter().any(marked) && grouped.clone().all(|group| group.is_whitespace() || group == '_');
    let either = point
        .as_ref()
        .zip(comma.as_ref())
        .is_some_and(|(point, comma)| point.iter().zip(comma).any(|(a, b)| (&a.whole, &a.part) != (&b.whole, &b.part)));
    let of = |wanted: &dyn Fn(&Amount) -> bool| {
        let found = texts.iter().zip(read).find(|(_, one)| wanted(one)).map(|(text, _)| (*text).to_owned());
        found.unwrap_or_else(|| texts.first().copied().unwrap_or_default().to_owned())
    };
    let told = count(texts.len(), "number");
    let kind = kind_of(read);
    let args = args_of(decimal);
    if either {
        let example = of(&|one: &Amount| one.group.is_some() || !one.part.is_empty());
        let told = format!("all {told} in text; whether `{example}` has thousands or decimals can't be told");
        return Some(Found { args, kind, told, sure: false, ask: true, example });
    }
    let example = of(&|one: &Amount| one.group.is_some() || marked(one));
    if bare {
        let told = format!("all {told} in text with gaps, such as `{example}`; kept as text, as it came");
        return Some(Found { args, kind, told, sure: false, ask: false, example });
    }
    let told = format!("all {told} in text, such as `{example}`, read with `{decimal}` before the decimals");
    Some(Found { args, kind, told, sure: true, ask: false, example })
}

fn args_of(decimal: char) -> ParseNumberArgs {
    ParseNumberArgs { decimal: (decimal != '.').then(|| decimal.to_string()), ..ParseNumberArgs::default() }
}

/// Whole numbers where none has decimals and none is money, which may have them tomorrow.
fn kind_of(read: &[Amount]) -> FieldType {
    let whole = read.iter().all(|one| one.part.is_empty() && !one.money && !one.percent && one.whole.len() <= 18);
    if whole { FieldType::Integer } else { FieldType::Decimal }
}

/// The mark of a column.
pub(super) fn format(found: &Found) -> String {
    if found.sure { "number".to_owned() } else { format!("{EITHER}{}", found.example) }
}

/// One of two readings of a column, by a value of it: the type, how it is read, and the words for it. `None`: there is
/// no such reading, or it is the other one.
pub(super) fn reading(example: &str, comma: bool) -> Option<(FieldType, ParseNumberArgs, String, String)> {
    let decimal = if comma { ',' } else { '.' };
    let amount = Amount::read(example, decimal, None)?;
    let same = |other: Amount| (&other.whole, &other.part) == (&amount.whole, &amount.part);
    if comma && Amount::read(example, '.', None).is_some_and(same) {
        return None;
    }
    let value = amount.text(PercentAs::Points);
    let noun = format!("a number: {example} is {value}");
    let kind = if comma { FieldType::Decimal } else { kind_of(std::slice::from_ref(&amount)) };
    Some((kind, args_of(decimal), noun, format!("read with `{decimal}` before the decimals")))
}
