//! From the file's words to compiled steps.

use super::Op;
use super::entries::Entries;
use super::hash::Hashing;
use super::markdown::Markdown;
use super::number::Calculation;
use super::phone::Phone;
use crate::expr::Expressions;
use crate::json::Path;
use crate::map::value::Val;
use definition::Fault;
use definition::model::{FieldType, ParseDateArgs, RegexArgs, Transform};
use jiff::tz::TimeZone;
use regex::Regex;

/// Compiles one step; `target` is the column's type where it is the last.
pub(crate) fn compile(
    transform: &Transform,
    path: &str,
    target: Option<FieldType>,
    expressions: &Expressions,
) -> Result<Op, Fault> {
    Ok(match transform {
        Transform::Trim => Op::Trim,
        Transform::Lower => Op::Lower,
        Transform::Upper => Op::Upper,
        Transform::Title => Op::Title,
        Transform::Replace(args) => Op::Replace { find: args.find.clone(), with: args.with.clone() },
        Transform::Regex(args) => regex(args, path)?,
        Transform::Split(separator) => Op::Split(separator.clone()),
        Transform::Join(separator) => Op::Join(separator.clone()),
        Transform::Slice(args) => Op::Slice { from: args.from, to: args.to },
        Transform::Default(value) => Op::Default(value.into()),
        Transform::Cast(kind) => Op::Cast(*kind),
        Transform::ParseNumber(args) => Op::ParseNumber(args.clone()),
        Transform::ParseDate(args) => parse_date(args, path, target)?,
        Transform::FormatDate(format) => Op::FormatDate(format.clone()),
        Transform::Map(args) => Op::Map {
            values: args.values.iter().map(|(old, new)| (old.clone(), new.into())).collect(),
            other: args.other.as_ref().map(Val::from),
        },
        Transform::First => Op::Nth(0),
        Transform::Last => Op::Nth(-1),
        Transform::Nth(place) => Op::Nth(*place),
        Transform::Flatten(args) => Op::Flatten(args.separator.clone()),
        Transform::StripHtml => Op::StripHtml,
        Transform::Json => Op::Json,
        Transform::Base64(direction) => Op::Base64(*direction),
        Transform::Arithmetic(arithmetic) => {
            Op::Arithmetic(Box::new(Calculation::compile(arithmetic, path, expressions)?))
        }
        Transform::Entries(args) => Op::Entries(Box::new(Entries::compile(args, path)?)),
        Transform::Pairs(args) => Op::Pairs { key: args.key.clone(), value: args.value.clone() },
        Transform::Coalesce(paths) => Op::Coalesce(coalesce(paths, path)?),
        Transform::Each(steps) => {
            let steps = steps.iter().enumerate();
            let steps = steps.map(|(place, step)| compile(step, &format!("{path}.each[{place}]"), None, expressions));
            Op::Each(steps.collect::<Result<_, _>>()?)
        }
        Transform::Unique => Op::Unique,
        Transform::Template(template) => {
            let fault = |message| Fault::new("bad_template", format!("{path}.template"), message);
            let compiled = expressions.compile(template).map_err(fault)?;
            if compiled.secret() {
                return Err(Fault::new("secret_in_record", path, "A secret can't become part of a record."));
            }
            Op::Template(compiled)
        }
        Transform::Phone(args) => Op::Phone(Phone::compile(args, path, expressions)?),
        Transform::Hash(args) => Op::Hash(Hashing::compile(args, path, expressions)?),
        Transform::Markdown(args) => Op::Markdown(Markdown::new(args)),
    })
}

fn coalesce(paths: &[String], path: &str) -> Result<Vec<Path>, Fault> {
    let read = |(place, text): (usize, &String)| {
        Path::parse(text).map_err(|why| Fault::new("bad_path", format!("{path}.coalesce[{place}]"), why))
    };
    paths.iter().enumerate().map(read).collect()
}

fn regex(args: &RegexArgs, path: &str) -> Result<Op, Fault> {
    let pattern = Regex::new(&args.pattern).map_err(|error| {
        let message = format!("`{}` is not a regular expression: {}.", args.pattern, last_line(&error.to_string()));
        Fault::new("bad_regex", format!("{path}.regex.pattern"), message)
    })?;
    Ok(Op::Regex { pattern, with: args.with.clone() })
}

fn last_line(text: &str) -> String {
    let line = text.lines().last().unwrap_or_default();
    line.trim_start_matches("error: ").trim_end_matches('.').to_owned()
}

fn parse_date(args: &ParseDateArgs, path: &str, target: Option<FieldType>) -> Result<Op, Fault> {
    let zone = match args.timezone.as_deref() {
        None => None,
        Some("UTC" | "Z") => Some(TimeZone::UTC),
        Some(name) => Some(TimeZone::get(name).map_err(|_| {
            let message = format!("`{name}` is not a time zone. One looks like `Europe/Berlin` or `UTC`.");
            Fault::new("bad_timezone", format!("{path}.parse_date.timezone"), message)
        })?),
    };
    Ok(Op::ParseDate { format: args.format.clone(), zone, target })
}
