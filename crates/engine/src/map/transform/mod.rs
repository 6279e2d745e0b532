//! The steps from a source value to a column's value, compiled once.

mod amount;
mod compile;
mod date;
mod entries;
mod hash;
mod html;
mod list;
mod markdown;
mod number;
mod phone;
mod text;

pub(crate) use amount::Amount;
pub(crate) use compile::compile;
pub(crate) use entries::member_path;
pub(crate) use list::{distinct, flat};

use super::types::fit;
use super::value::Val;
use crate::expr::{Compiled, Expressions, Scope};
use crate::json::Path;
use definition::model::{Base64Direction, FieldType, ParseNumberArgs};
use entries::Entries;
use hash::Hashing;
use indexmap::IndexMap;
use jiff::tz::TimeZone;
use markdown::Markdown;
use number::Calculation;
use phone::Phone;
use regex::Regex;
use std::borrow::Cow;

/// A compiled step.
#[derive(Debug)]
pub(crate) enum Op {
    Trim,
    Lower,
    Upper,
    Title,
    Replace {
        find: String,
        with: String,
    },
    Regex {
        pattern: Regex,
        with: Option<String>,
    },
    Split(String),
    Join(String),
    Slice {
        from: Option<i64>,
        to: Option<i64>,
    },
    Default(Val<'static>),
    Cast(FieldType),
    ParseNumber(ParseNumberArgs),
    /// The target is the column's type where this is the last step: a date becomes its midnight, a moment its day.
    ParseDate {
        format: String,
        zone: Option<TimeZone>,
        target: Option<FieldType>,
    },
    FormatDate(String),
    Map {
        values: IndexMap<String, Val<'static>>,
        other: Option<Val<'static>>,
    },
    Nth(i64),
    Flatten(String),
    StripHtml,
    Markdown(Markdown),
    Json,
    Base64(Base64Direction),
    Arithmetic(Box<Calculation>),
    Phone(Phone),
    Hash(Hashing),
    Entries(Box<Entries>),
    Pairs {
        key: String,
        value: String,
    },
    Coalesce(Vec<Path>),
    Each(Vec<Op>),
    Unique,
    Template(Compiled),
}

/// What a step sees beside the value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub expressions: &'a Expressions,
    pub scope: Scope<'a>,
    /// The record's text.
    pub record: &'a str,
}

impl Op {
    /// Whether it needs the record as a tree.
    pub fn uses_record(&self) -> bool {
        match self {
            Self::Template(template) => template.uses("record"),
            Self::Arithmetic(calculation) => calculation.uses_record(),
            Self::Phone(phone) => phone.uses_record(),
            Self::Hash(hashing) => hashing.uses_record(),
            Self::Each(steps) => steps.iter().any(Self::uses_record),
            _ => false,
        }
    }

    /// Whether it works on an array: what may be one value or several is given to it as an array.
    pub fn takes_list(&self) -> bool {
        matches!(self, Self::Join(_) | Self::Nth(_) | Self::Entries(_) | Self::Each(_) | Self::Unique)
    }

    /// Does the step, or tells why it can't be done.
    pub fn apply<'v>(&self, value: Val<'v>, context: &Context<'_>) -> Result<Val<'v>, String> {
        match (self, value) {
            (Self::Template(template), value) => {
                let tree = value.to_tree();
                let scope = Scope { value: Some(&tree), ..context.scope };
                template.value(context.expressions, &scope).map(|made| Val::from(&made))
            }
            (Self::Default(stand_in), Val::Null) => Ok(stand_in.clone()),
            (Self::Coalesce(paths), Val::Null) => {
                let found = paths.iter().filter_map(|path| path.first(context.record)).map(Val::from_raw);
                Ok(found.into_iter().find(|value| *value != Val::Null).map_or(Val::Null, Val::into_owned))
            }
            (_, Val::Null) => Ok(Val::Null),
            (Self::Arithmetic(calculation), value) => calculation.apply(&value, context),
            (Self::Phone(phone), value) => phone.apply(&value, context),
            (Self::Hash(hashing), value) => hashing.apply(&value, context),
            (Self::Each(steps), value) => {
                list::each(&value, |item| steps.iter().try_fold(item, |item, step| step.apply(item, context)))
            }
            (op, value) => op.step(value),
        }
    }

    fn step<'v>(&self, value: Val<'v>) -> Result<Val<'v>, String> {
        match self {
            Self::Trim => text::change(value, |text| Cow::Owned(text.trim().to_owned())),
            Self::Lower => text::change(value, |text| Cow::Owned(text.to_lowercase())),
            Self::Upper => text::change(value, |text| Cow::Owned(text.to_uppercase())),
            Self::Title => text::change(value, |text| Cow::Owned(text::title(text))),
            Self::Replace { find, with } => text::on_text(&value, |text| Ok(Val::text(text.replace(find, with)))),
            Self::Regex { pattern, with } => text::regex(&value, pattern, with.as_deref()),
            Self::Split(separator) => list::split(&value, separator),
            Self::Join(separator) => list::join(&value, separator),
            Self::Slice { from, to } => list::slice(&value, *from, *to),
            Self::Cast(kind) => fit(*kind, value).map(super::types::Typed::into_val),
            Self::ParseNumber(args) => amount::parse(&value, args),
            Self::ParseDate { format, zone, target } => date::parse(&value, format, zone.as_ref(), *target),
            Self::FormatDate(format) => date::write(&value, format),
            Self::Map { values, other } => Ok(values.get(&*value.plain()).or(other.as_ref()).cloned().unwrap_or(value)),
            Self::Nth(place) => list::nth(&value, *place),
            Self::Flatten(separator) => list::flatten(&value, separator),
            Self::StripHtml => text::on_text(&value, |text| Ok(Val::text(html::strip_html(text)))),
            Self::Markdown(markdown) => markdown.apply(&value),
            Self::Json => text::on_text(&value, |text| {
                serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|_| "is not JSON".to_owned())?;
                Ok(Val::from_raw(text).into_owned())
            }),
            Self::Base64(direction) => text::base64(&value, *direction),
            Self::Entries(entries) => entries.apply(&value),
            Self::Pairs { key, value: held } => entries::pairs(&value, key, held),
            Self::Unique => list::unique(&value),
            Self::Template(_)
            | Self::Default(_)
            | Self::Coalesce(_)
            | Self::Arithmetic(_)
            | Self::Phone(_)
            | Self::Hash(_)
            | Self::Each(_) => Ok(value),
        }
    }
}

#[cfg(test)]
mod tests;
