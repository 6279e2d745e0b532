//! `phone`: telephone numbers in E.164.

use super::Context;
use crate::expr::{Compiled, Expressions};
use crate::map::value::Val;
use definition::Fault;
use definition::model::PhoneArgs;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

/// Longer texts are no numbers, and need not be searched for one.
const LONGEST: usize = 250;

/// A compiled reading.
#[derive(Debug)]
pub(crate) enum Phone {
    Fixed(Option<Region>),
    Each(Compiled),
}

impl Phone {
    pub fn compile(args: &PhoneArgs, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let fault = |code: &str, message: String| Fault::new(code, format!("{path}.phone.region"), message);
        if args.region.is_literal() {
            let region = region(args.region.as_str()).map_err(|why| fault("bad_region", format!("{why}.")))?;
            return Ok(Self::Fixed(region));
        }
        let compiled = expressions.compile(&args.region).map_err(|why| fault("bad_template", why))?;
        if compiled.secret() {
            return Err(fault("secret_in_record", "A secret can't become part of a record.".to_owned()));
        }
        Ok(Self::Each(compiled))
    }

    pub fn uses_record(&self) -> bool {
        matches!(self, Self::Each(template) if template.uses("record"))
    }

    /// The number in E.164. Text without a digit or a letter is no number at all: null.
    pub fn apply(&self, value: &Val<'_>, context: &Context<'_>) -> Result<Val<'static>, String> {
        let (Val::Text(text) | Val::Number(text)) = value else {
            return Err(format!("is {}, not a telephone number", value.kind()));
        };
        let text = text.trim();
        if !text.chars().any(char::is_alphanumeric) {
            return Ok(Val::Null);
        }
        let region = match self {
            Self::Fixed(region) => *region,
            // A record without a country still has its numbers with a `+`.
            Self::Each(template) => {
                region(&Val::from(&template.value(context.expressions, &context.scope)?).none_or_plain())?
            }
        };
        if text.len() > LONGEST {
            return Err("is too long for a telephone number".to_owned());
        }
        let number = PHONE_NUMBER_UTIL.parse(text, region).map_err(|_| unread(text, region))?;
        if !PHONE_NUMBER_UTIL.is_valid_number(&number) {
            return Err("is not a telephone number that its country has".to_owned());
        }
        Ok(Val::text(PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned()))
    }
}

fn unread(text: &str, region: Option<Region>) -> String {
    match region {
        None if !text.starts_with('+') => {
            "is a telephone number without a country: it needs a `+` or a `region`".to_owned()
        }
        _ => "is not a telephone number".to_owned(),
    }
}

fn region(name: &str) -> Result<Option<Region>, String> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    let known = name.to_ascii_uppercase().parse::<Region>().ok();
    let known = known.filter(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(*region).is_some());
    known.map(Some).ok_or_else(|| {
        let shown: String = name.chars().take(20).collect();
        format!("`{shown}` is no country of two letters, such as `US` or `DE`")
    })
}
