//! The type of each column, with what speaks for it and against it.

use super::amounts;
use super::columns::Column;
use super::moments::{self, Form};
use super::node::Node;
use super::words::{count, plain_name};
use super::{Candidate, Choice, Confidence, Detected, Part, TypeEvidence};
use definition::model::{Field, FieldType, ParseDateArgs, Transform};
use std::collections::BTreeMap;

/// From how many values on a type is sure.
const ENOUGH: usize = 20;

/// A kind of value, as it stands in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Whole,
    LongWhole,
    Fraction,
    LongFraction,
    Bool,
    Moment(Form),
    Digits,
    /// A number with signs between its groups, a currency or a percent sign.
    Written,
    Text,
    List,
    Object,
}

impl Seen {
    fn of(node: &Node) -> Option<Self> {
        Some(match node {
            Node::Null => return None,
            Node::Bool(_) => Self::Bool,
            Node::Number(digits) => number(digits),
            Node::Text(text) => match moments::form(text) {
                Some(form) => Self::Moment(form),
                None if text.parse::<f64>().is_ok() && text.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                    Self::Digits
                }
                None if amounts::is_written(text) => Self::Written,
                None => Self::Text,
            },
            Node::List(_) => Self::List,
            Node::Object(_) => Self::Object,
        })
    }

    fn is_number(self) -> bool {
        matches!(self, Self::Whole | Self::LongWhole | Self::Fraction | Self::LongFraction)
    }

    fn is_text(self) -> bool {
        matches!(self, Self::Moment(_) | Self::Digits | Self::Written | Self::Text)
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Whole => "whole number",
            Self::LongWhole => "whole number beyond 64 bits",
            Self::Fraction => "number",
            Self::LongFraction => "number with many digits",
            Self::Bool => "true-or-false value",
            Self::Moment(
                Form::Date | Form::SlashedYearFirst | Form::DayFirst(_) | Form::MonthFirst(_) | Form::Ambiguous(_),
            ) => "date",
            Self::Moment(Form::Time) => "time",
            Self::Moment(_) => "moment",
            Self::Digits => "number in text",
            Self::Written => "written number",
            Self::Text => "text",
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

/// What a number needs: 64 bits, a float, or all of its digits.
fn number(digits: &str) -> Seen {
    if !digits.contains(['.', 'e', 'E']) {
        return if digits.parse::<i64>().is_ok() { Seen::Whole } else { Seen::LongWhole };
    }
    let mantissa = digits.split(['e', 'E']).next().unwrap_or(digits);
    let significant: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let length = significant.trim_start_matches('0').trim_end_matches('0').len();
    let finite = digits.parse::<f64>().is_ok_and(f64::is_finite);
    if length > 15 && !shortest(digits) || !finite { Seen::LongFraction } else { Seen::Fraction }
}

/// Whether a float prints as these very digits: then it was one where it came from.
fn shortest(digits: &str) -> bool {
    digits.parse::<f64>().is_ok_and(|value| value.to_string() == digits || format!("{value:e}") == digits)
}

/// How text is written that is always a decimal number.
const DECIMAL: &str = "decimal";
/// The most second readings that are offered one by one.
const MOST_SECOND: usize = 4;

/// A column's verdict.
struct Verdict {
    kind: FieldType,
    format: Option<String>,
    transform: Vec<Transform>,
    confidence: Confidence,
    evidence: String,
    odd: Vec<String>,
}

/// What was seen of every column.
///
/// `complete`: whether these are all records that there are. If not, another may come that speaks against a type.
pub(super) fn evidence(columns: &[Column<'_>], complete: bool) -> (Vec<Field>, Vec<TypeEvidence>) {
    let most = if complete { Confidence::Proved } else { Confidence::Likely };
    columns.iter().map(|column| one(column, most)).unzip()
}

fn one(column: &Column<'_>, most: Confidence) -> (Field, TypeEvidence) {
    let missing = column.values.iter().filter(|value| value.is_none()).count();
    let nulls = column.values.iter().filter(|value| matches!(value, Some(Node::Null))).count();
    let values: Vec<&Node> = column.values.iter().flatten().copied().filter(|node| **node != Node::Null).collect();
    let mut verdict = judge(&values, &column.name);
    if values.is_empty() {
        verdict.evidence = format!("only null in {}: its type can't be told", count(column.values.len(), "record"));
    } else if nulls + missing > 0 {
        verdict.evidence = format!("{}; {}", verdict.evidence, absent(nulls, missing));
    }
    let path = column.place.path();
    let field = Field {
        name: column.name.clone(),
        from: Some(path.clone()),
        kind: verdict.kind,
        transform: verdict.transform,
        ..Field::default()
    };
    let evidence = TypeEvidence {
        field: column.name.clone(),
        path,
        kind: verdict.kind,
        format: verdict.format,
        confidence: verdict.confidence.min(most),
        seen: values.len() as u64,
        nulls: nulls as u64,
        missing: missing as u64,
        evidence: verdict.evidence,
        counter_examples: verdict.odd,
    };
    (field, evidence)
}

fn absent(nulls: usize, missing: usize) -> String {
    match (nulls, missing) {
        (nulls, 0) => format!("null in {nulls}"),
        (0, missing) => format!("missing in {missing}"),
        (nulls, missing) => format!("null in {nulls}, missing in {missing}"),
    }
}

fn judge(values: &[&Node], name: &str) -> Verdict {
    let kinds: Vec<Seen> = values.iter().filter_map(|value| Seen::of(value)).collect();
    let mut groups: BTreeMap<Seen, usize> = BTreeMap::new();
    kinds.iter().for_each(|kind| *groups.entry(*kind).or_default() += 1);
    let plain = |kind, evidence: String| Verdict {
        kind,
        format: None,
        transform: Vec::new(),
        confidence: if values.len() >= ENOUGH { Confidence::Proved } else { Confidence::Likely },
        evidence,
        odd: Vec::new(),
    };
    let all = |noun: &str| format!("all {}", count(values.len(), noun));
    let only: Vec<Seen> = groups.keys().copied().collect();
    match only.as_slice() {
        [] => Verdict { confidence: Confidence::Unsure, ..plain(FieldType::String, String::new()) },
        [Seen::Bool] => plain(FieldType::Boolean, all("true-or-false value")),
        [Seen::List] => plain(FieldType::Array, all("list")),
        [Seen::Object] => plain(FieldType::Object, all("object")),
        [Seen::Whole] => whole(values, name, plain(FieldType::Integer, all("whole number"))),
        numbers if numbers.iter().all(|kind| kind.is_number()) => mixed_numbers(&groups, values, plain),
        texts if texts.iter().all(|kind| kind.is_text()) => text(&groups, values, &kinds, plain),
        _ => mixed(&groups, values, &kinds, plain),
    }
}

/// Whole numbers; those that look like moments in seconds are pointed out.
fn whole(values: &[&Node], name: &str, mut verdict: Verdict) -> Verdict {
    let name = plain_name(name);
    let timely = ["at", "time", "date", "timestamp", "created", "updated", "modified", "ts"]
        .iter()
        .any(|end| name.ends_with(end));
    let all_in =
        |low: i64, high: i64| values.iter().filter_map(|value| value.whole()).all(|value| (low..high).contains(&value));
    let unit = match () {
        () if timely && all_in(500_000_000, 5_000_000_000) => Some(("epoch", "seconds")),
        () if timely && all_in(500_000_000_000, 5_000_000_000_000) => Some(("epoch_ms", "milliseconds")),
        () => None,
    };
    if let Some((format, unit)) = unit {
        verdict.evidence = format!("{}, they look like moments in {unit} since 1970", verdict.evidence);
        verdict.format = Some(format.to_owned());
        verdict.confidence = verdict.confidence.min(Confidence::Likely);
    }
    verdict
}

fn mixed_numbers(
    groups: &BTreeMap<Seen, usize>,
    values: &[&Node],
    plain: impl Fn(FieldType, String) -> Verdict,
) -> Verdict {
    let has = |kind| groups.contains_key(&kind);
    let beyond = values.iter().filter_map(|value| value.whole()).any(|value| value.unsigned_abs() > 1 << 53);
    let exact = has(Seen::LongWhole) || has(Seen::LongFraction) || (has(Seen::Fraction) && beyond);
    let told = parts(groups);
    if exact {
        return plain(FieldType::Decimal, format!("{told}; a number type that keeps every digit is needed"));
    }
    let verdict = plain(FieldType::Number, told);
    if has(Seen::Whole) {
        Verdict { confidence: verdict.confidence.max(Confidence::Likely), ..verdict }
    } else {
        verdict
    }
}

/// `198 moments, 2 texts`.
fn parts(groups: &BTreeMap<Seen, usize>) -> String {
    let mut nouns: Vec<(&str, usize)> = Vec::new();
    for (kind, number) in groups {
        match nouns.iter_mut().find(|(noun, _)| *noun == kind.noun()) {
            Some((_, have)) => *have += number,
            None => nouns.push((kind.noun(), *number)),
        }
    }
    nouns.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    match nouns.as_slice() {
        [(noun, number)] => format!("all {}", count(*number, noun)),
        many => many.iter().map(|(noun, number)| count(*number, noun)).collect::<Vec<_>>().join(", "),
    }
}

fn text(
    groups: &BTreeMap<Seen, usize>,
    values: &[&Node],
    kinds: &[Seen],
    plain: impl Fn(FieldType, String) -> Verdict,
) -> Verdict {
    let forms: Vec<Form> =
        groups.keys().filter_map(|kind| if let Seen::Moment(form) = kind { Some(*form) } else { None }).collect();
    if forms.len() == groups.len() {
        return written(&forms, groups, plain);
    }
    if groups.len() == 1 && groups.contains_key(&Seen::Digits) {
        // Text that is always a decimal number, as money often is, is named: with a leading 0 or without a point it may
        // be a name as well.
        let decimal = values.iter().filter_map(|value| value.text()).all(is_decimal)
            && values.iter().filter_map(|value| value.text()).any(|text| text.contains('.'));
        return Verdict {
            format: decimal.then(|| DECIMAL.to_owned()),
            ..plain(FieldType::String, format!("{}; kept as text, as it came", parts(groups)))
        };
    }
    let numbers = groups.keys().all(|kind| matches!(kind, Seen::Digits | Seen::Written));
    if numbers && let Some(found) = amounts::judge(values) {
        return amount(found, &plain);
    }
    let moments: usize =
        groups.iter().filter(|(kind, _)| matches!(kind, Seen::Moment(_))).map(|(_, number)| number).sum();
    if moments * 2 > values.len() {
        return mixed(groups, values, kinds, plain);
    }
    plain(FieldType::String, format!("all {}", count(values.len(), "text")))
}

/// Texts that are all numbers as people write them.
fn amount(found: amounts::Found, plain: &impl Fn(FieldType, String) -> Verdict) -> Verdict {
    let format = Some(amounts::format(&found));
    if found.sure {
        let transform = vec![Transform::ParseNumber(found.args)];
        return Verdict { format, transform, ..plain(found.kind, found.told) };
    }
    let verdict = plain(FieldType::String, found.told);
    let confidence = if found.ask { Confidence::Unsure } else { verdict.confidence };
    Verdict { format, confidence, ..verdict }
}

/// Digits without a leading 0, a point perhaps.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part) && (whole == "0" || !whole.starts_with('0'))
}

/// Texts that are all dates of some form.
fn written(forms: &[Form], groups: &BTreeMap<Seen, usize>, plain: impl Fn(FieldType, String) -> Verdict) -> Verdict {
    let told = parts(groups);
    let parsed = |kind, format: String, told: String| Verdict {
        format: Some(format.clone()),
        transform: vec![Transform::ParseDate(ParseDateArgs { format, timezone: None })],
        ..plain(kind, told)
    };
    let unsure = |told: String| Verdict { confidence: Confidence::Unsure, ..plain(FieldType::String, told) };
    match forms {
        [Form::Rfc3339] => {
            Verdict { format: Some("rfc3339".to_owned()), ..plain(FieldType::Datetime, format!("{told}, ISO 8601")) }
        }
        [Form::Local] => Verdict {
            format: Some("iso8601".to_owned()),
            ..plain(FieldType::Datetime, format!("{told}, ISO 8601 without a time zone"))
        },
        [Form::Rfc3339, Form::Local] => unsure(format!("{told}, some with a time zone and some without")),
        [Form::Date] => {
            Verdict { format: Some("date".to_owned()), ..plain(FieldType::Date, format!("{told}, ISO 8601")) }
        }
        [Form::Time] => plain(FieldType::Time, told),
        [Form::SlashedYearFirst] => {
            parsed(FieldType::Date, "%Y/%m/%d".to_owned(), format!("{told}, written year/month/day"))
        }
        many => match order(many) {
            Some((between, true)) => parsed(
                FieldType::Date,
                format!("%d{between}%m{between}%Y"),
                format!("{told}, written day{between}month{between}year"),
            ),
            Some((between, false)) => parsed(
                FieldType::Date,
                format!("%m{between}%d{between}%Y"),
                format!("{told}, written month{between}day{between}year"),
            ),
            None if matches!(many, [Form::Ambiguous(_)]) => {
                unsure(format!("{told}; whether the day or the month stands first can't be told"))
            }
            None => unsure(format!("{told}, written in several ways or in a form that is kept as text")),
        },
    }
}

/// What stands first, the day (`true`) or the month, where some value tells and none speaks against it.
fn order(forms: &[Form]) -> Option<(char, bool)> {
    let mut told = None;
    for form in forms {
        let this = match form {
            Form::DayFirst(between) => Some((*between, true)),
            Form::MonthFirst(between) => Some((*between, false)),
            Form::Ambiguous(_) => None,
            _ => return None,
        };
        if this.is_some() && told.is_some() && told != this {
            return None;
        }
        told = told.or(this);
    }
    let (between, _) = told?;
    let same =
        |form: &Form| matches!(form, Form::Ambiguous(b) | Form::DayFirst(b) | Form::MonthFirst(b) if *b == between);
    forms.iter().all(same).then_some(told).flatten()
}

/// Values of several kinds: text holds them all, JSON where lists and objects are among them.
fn mixed(
    groups: &BTreeMap<Seen, usize>,
    values: &[&Node],
    kinds: &[Seen],
    plain: impl Fn(FieldType, String) -> Verdict,
) -> Verdict {
    let nested = groups.contains_key(&Seen::List) || groups.contains_key(&Seen::Object);
    let mut by_noun: BTreeMap<&str, usize> = BTreeMap::new();
    kinds.iter().for_each(|kind| *by_noun.entry(kind.noun()).or_default() += 1);
    let most = by_noun.iter().max_by_key(|(_, number)| **number).map(|(noun, _)| *noun).unwrap_or_default();
    let odd =
        kinds.iter().zip(values).filter(|(kind, _)| kind.noun() != most).map(|(_, value)| value.shown(80)).take(5);
    Verdict {
        confidence: Confidence::Unsure,
        odd: odd.collect(),
        ..plain(if nested { FieldType::Json } else { FieldType::String }, parts(groups))
    }
}

/// The part for the report.
pub(super) fn detected(fields: Vec<Field>, evidence: &[TypeEvidence], records: usize) -> Detected {
    let unsure: Vec<&str> =
        evidence.iter().filter(|one| one.confidence == Confidence::Unsure).map(|one| one.field.as_str()).collect();
    let least = evidence.iter().map(|one| one.confidence).min().unwrap_or(Confidence::Unsure);
    let mut told = format!("told from {}", count(records, "record"));
    if !unsure.is_empty() {
        let shown = unsure.iter().take(5).copied().collect::<Vec<_>>().join(", ");
        let more = if unsure.len() > 5 { ", …" } else { "" };
        told = format!("{told}, {} uncertain: {shown}{more}", unsure.len());
    }
    let label = count(fields.len(), "column");
    let second = second(&fields, evidence);
    let choice = Choice::Types { fields };
    let mut candidates = vec![Candidate { label, evidence: told, confidence: least, choice }];
    candidates.extend(second);
    Detected { part: Part::Types, candidates }
}

/// What columns may be as well: moments that are counted, numbers in text. All of them at once, and each by itself;
/// nothing of it is taken by itself.
fn second(fields: &[Field], evidence: &[TypeEvidence]) -> Vec<Candidate> {
    let other = |one: &TypeEvidence, comma: bool| {
        let format = one.format.as_deref()?;
        if let Some(example) = format.strip_prefix(amounts::EITHER).filter(|_| one.kind == FieldType::String) {
            let (kind, args, noun, told) = amounts::reading(example, comma)?;
            return Some((kind, vec![Transform::ParseNumber(args)], noun, told));
        }
        if comma {
            return None;
        }
        let plain = |(kind, transform, noun, told): (FieldType, Vec<Transform>, &str, &str)| {
            (kind, transform, noun.to_owned(), told.to_owned())
        };
        let parse =
            |format: &str| vec![Transform::ParseDate(ParseDateArgs { format: format.to_owned(), timezone: None })];
        let found = match (one.kind, format) {
            (FieldType::Integer, "epoch") => Some((
                FieldType::Datetime,
                parse(format),
                "a moment",
                "whole numbers that look like seconds since 1970",
            )),
            (FieldType::Integer, "epoch_ms") => Some((
                FieldType::Datetime,
                parse(format),
                "a moment",
                "whole numbers that look like milliseconds since 1970",
            )),
            (FieldType::String, DECIMAL) => {
                Some((FieldType::Decimal, Vec::new(), "a decimal number", "texts that are always decimal numbers"))
            }
            _ => None,
        };
        found.map(plain)
    };
    let mut all = fields.to_vec();
    let mut found = Vec::new();
    for (one, comma) in evidence.iter().flat_map(|one| [(one, false), (one, true)]) {
        let Some((kind, transform, noun, told)) = other(one, comma) else { continue };
        let read = |fields: &mut [Field]| {
            if let Some(field) = fields.iter_mut().find(|field| field.name == one.field) {
                (field.kind, field.transform) = (kind, transform.clone());
            }
        };
        // Of two readings of one column the first is taken with the others.
        if !comma {
            read(&mut all);
        }
        let mut fields = fields.to_vec();
        read(&mut fields);
        found.push((
            one.field.clone(),
            Candidate {
                label: format!("{} as {noun}", one.field),
                evidence: told,
                confidence: Confidence::Unsure,
                choice: Choice::Types { fields },
            },
        ));
    }
    let mut names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    names.dedup();
    let together = (names.len() > 1).then(|| Candidate {
        label: format!("{} read closer", count(names.len(), "column")),
        evidence: format!("moments and numbers: {}", names.join(", ")),
        confidence: Confidence::Unsure,
        choice: Choice::Types { fields: all },
    });
    together.into_iter().chain(found.into_iter().map(|(_, candidate)| candidate).take(MOST_SECOND)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::columns::columns;
    use super::super::node::Node;
    use super::{Confidence, evidence};
    use definition::model::FieldType;

    fn judge(values: &str) -> (FieldType, Confidence, String, usize) {
        let records: Vec<String> = values
            .split('|')
            .map(|v| if v.is_empty() { "{\"y\":1}".into() } else { format!("{{\"x\":{v},\"y\":1}}") })
            .collect();
        let root = Node::parse(&format!("[{}]", records.join(","))).unwrap();
        let records: Vec<&Node> = root.items().unwrap().iter().collect();
        let (_, evidence) = evidence(&columns(&records), true);
        let one = evidence.iter().find(|one| one.field == "x").unwrap();
        (one.kind, one.confidence, one.evidence.clone(), one.counter_examples.len())
    }

    #[test]
    fn tells_types() {
        use Confidence::{Likely, Proved, Unsure};
        let many = |value: &str| vec![value; 30].join("|");
        let cases = [
            ("1|2|3".to_owned(), FieldType::Integer, Likely, "all 3 whole numbers"),
            (many("1"), FieldType::Integer, Proved, "all 30 whole numbers"),
            ("1|2.5".into(), FieldType::Number, Likely, "1 whole number, 1 number"),
            ("9223372036854775807|1".into(), FieldType::Integer, Likely, "all 2 whole numbers"),
            ("9223372036854775808|1".into(), FieldType::Decimal, Likely, "digit"),
            ("1.2345678901234567890|1".into(), FieldType::Decimal, Likely, "digit"),
            ("0.1|0.30000000000000004".into(), FieldType::Number, Likely, "all 2 numbers"),
            ("9007199254740993|0.5".into(), FieldType::Decimal, Likely, "digit"),
            ("null|null".into(), FieldType::String, Unsure, "only null in 2 records"),
            ("true|false".into(), FieldType::Boolean, Likely, "all 2 true-or-false values"),
            ("1|\"a\"".into(), FieldType::String, Unsure, "1 "),
            ("true|1".into(), FieldType::String, Unsure, "1 "),
            ("\"2024-01-01\"|\"2024-02-01\"".into(), FieldType::Date, Likely, "all 2 dates"),
            (format!("{}|\"soon\"", many("\"2024-01-01T00:00:00Z\"")), FieldType::String, Unsure, "30 moments, 1 text"),
            ("\"01/02/2024\"|\"03/04/2024\"".into(), FieldType::String, Unsure, "can't be told"),
            ("\"01/02/2024\"|\"23/04/2024\"".into(), FieldType::Date, Likely, "day/month/year"),
            ("\"13/02/2024\"|\"03/24/2024\"".into(), FieldType::String, Unsure, "several ways"),
            ("\"2024-01-01\"|\"2024-01-01T00:00:00Z\"".into(), FieldType::String, Unsure, "several ways"),
            ("\"1\"|\"02\"".into(), FieldType::String, Likely, "kept as text"),
            ("\"1,234.50\"|\"7.00\"".into(), FieldType::Decimal, Likely, "read with `.`"),
            ("\"1.234,50 €\"|\"12 €\"".into(), FieldType::Decimal, Likely, "read with `,`"),
            ("\"1,234,567\"|\"12\"".into(), FieldType::Integer, Likely, "read with `.`"),
            ("\"12 %\"|\"(3.5 %)\"".into(), FieldType::Decimal, Likely, "read with `.`"),
            ("\"1,234\"|\"7\"".into(), FieldType::String, Unsure, "whether `1,234` has thousands or decimals"),
            ("\"732 829 320\"|\"732 829 321\"".into(), FieldType::String, Likely, "with gaps"),
            ("\"1,234.50\"|\"n/a\"".into(), FieldType::String, Likely, "all 2 texts"),
            ("\"$5\"|\"INV 7\"".into(), FieldType::String, Likely, "all 2 texts"),
            ("[1]|[]".into(), FieldType::Array, Likely, "all 2 lists"),
            ("{}|{}".into(), FieldType::Object, Likely, "all 2 objects"),
            ("{\"a\":1}|[1]".into(), FieldType::Json, Unsure, "1 "),
            ("\"a\"||null".into(), FieldType::String, Likely, "null in 1, missing in 1"),
            ("\"a\"|\"2024-01-01\"|\"b\"".into(), FieldType::String, Likely, "all 3 texts"),
        ];
        for (values, kind, confidence, told) in cases {
            let got = judge(&values);
            assert_eq!((got.0, got.1), (kind, confidence), "{values} {got:?}");
            assert!(got.2.contains(told), "{values} {got:?}");
        }
    }

    #[test]
    fn both_readings_of_a_number_are_offered() {
        let text = r#"[{"id":1,"n":"1,234","g":"1 234"},{"id":2,"n":"5,678","g":"5 678"}]"#;
        let root = Node::parse(text).unwrap();
        let records: Vec<&Node> = root.items().unwrap().iter().collect();
        let (fields, evidence) = evidence(&columns(&records), false);
        let part = super::detected(fields, &evidence, 2);
        let labels: Vec<&str> = part.candidates.iter().skip(1).map(|one| one.label.as_str()).collect();
        let wanted = [
            "2 columns read closer",
            "n as a number: 1,234 is 1234",
            "n as a number: 1,234 is 1.234",
            "g as a number: 1 234 is 1234",
        ];
        assert_eq!(labels, wanted);
        let super::Choice::Types { fields } = &part.candidates[3].choice else { panic!("types") };
        let transform = serde_json::to_value(&fields[1].transform).unwrap();
        assert_eq!(
            (fields[1].kind, transform.to_string().as_str()),
            (FieldType::Decimal, r#"[{"parse_number":{"decimal":","}}]"#)
        );
    }

    #[test]
    fn second_readings_are_offered_and_not_taken() {
        let text = r#"[{"id":1,"created":1736182800,"at":1735689601000,"price":"12.04","code":"0012","n":"17"},
            {"id":2,"created":1736182900,"at":1735689602000,"price":"-0.50","code":"1.5","n":"18"}]"#;
        let root = Node::parse(text).unwrap();
        let records: Vec<&Node> = root.items().unwrap().iter().collect();
        let (fields, evidence) = evidence(&columns(&records), false);
        let part = super::detected(fields, &evidence, 2);
        let labels: Vec<&str> = part.candidates.iter().map(|one| one.label.as_str()).collect();
        let wanted = [
            "6 columns",
            "3 columns read closer",
            "created as a moment",
            "at as a moment",
            "price as a decimal number",
        ];
        assert_eq!(labels, wanted);
        let kinds = |index: usize| match &part.candidates[index].choice {
            super::Choice::Types { fields } => fields.iter().map(|field| field.kind).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        use FieldType::{Datetime, Decimal, Integer, String};
        assert_eq!(kinds(0), [Integer, Integer, Integer, String, String, String]);
        assert_eq!(kinds(1), [Integer, Datetime, Datetime, Decimal, String, String]);
    }
}
