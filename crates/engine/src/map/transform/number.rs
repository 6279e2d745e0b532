//! `arithmetic`: decimal, so that no digit is lost to a float.

use super::Context;
use crate::expr::{Compiled, Expressions};
use crate::map::types::{Typed, fit};
use crate::map::value::Val;
use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, ToPrimitive, Zero};
use definition::Fault;
use definition::model::{Arithmetic, ArithmeticOp, FieldType, Scalar};
use std::str::FromStr;

/// The digits of a quotient that does not end: those of a decimal of 128 bits.
const QUOTIENT: u64 = 34;
/// The most digits, before and behind the point, that are calculated with: `1e999999999` is a short text of a number
/// that fills the memory.
const LONGEST: i64 = 1_000;

/// A compiled calculation.
#[derive(Debug)]
pub(crate) struct Calculation {
    op: ArithmeticOp,
    by: Operand,
}

#[derive(Debug)]
enum Operand {
    Number(BigDecimal),
    Template(Compiled),
}

impl Calculation {
    pub fn compile(arithmetic: &Arithmetic, path: &str, expressions: &Expressions) -> Result<Self, Fault> {
        let fault = |code: &str, message: String| Fault::new(code, format!("{path}.arithmetic.by"), message);
        let by = match &arithmetic.by {
            Scalar::Text(template) if !template.is_literal() => {
                let compiled = expressions.compile(template).map_err(|why| fault("bad_template", why))?;
                if compiled.secret() {
                    return Err(fault("secret_in_record", "A secret can't become part of a record.".to_owned()));
                }
                Operand::Template(compiled)
            }
            number => {
                Operand::Number(read(&number.as_text()).map_err(|why| fault("bad_number", format!("It {why}.")))?)
            }
        };
        Ok(Self { op: arithmetic.op, by })
    }

    pub fn uses_record(&self) -> bool {
        matches!(&self.by, Operand::Template(template) if template.uses("record"))
    }

    /// Calculates with a number, or with a text that is one.
    pub fn apply(&self, value: &Val<'_>, context: &Context<'_>) -> Result<Val<'static>, String> {
        let Typed::Decimal(text) = fit(FieldType::Decimal, value.clone())? else { return Ok(Val::Null) };
        let number = read(&text)?;
        let result = match &self.by {
            Operand::Number(by) => calculate(number, self.op, by)?,
            Operand::Template(template) => {
                let by = Val::from(&template.value(context.expressions, &context.scope)?);
                if by == Val::Null {
                    return Ok(Val::Null);
                }
                calculate(number, self.op, &read(&by.plain())?)?
            }
        };
        Ok(Val::Number(written(&result).into()))
    }
}

/// A number of a text; only such as can be written out.
fn read(text: &str) -> Result<BigDecimal, String> {
    let too_long = || format!("has more than {LONGEST} digits, which are not calculated with");
    let text = text.trim();
    if text.len() as i64 > LONGEST {
        return Err(too_long());
    }
    let number = BigDecimal::from_str(text).map_err(|_| format!("`{text}` is not a number"))?;
    let (_, scale) = number.as_bigint_and_scale();
    if scale.abs() > LONGEST { Err(too_long()) } else { Ok(number) }
}

/// All digits, without an exponent.
fn written(number: &BigDecimal) -> String {
    if number.is_zero() { "0".to_owned() } else { number.to_plain_string() }
}

/// One spelling for equal numbers: no exponent, no zeros at the end. A number that is too long stays as it is.
pub(super) fn canonical(text: &str) -> String {
    read(text).map_or_else(|_| text.to_owned(), |number| written(&number.normalized()))
}

fn calculate(number: BigDecimal, op: ArithmeticOp, by: &BigDecimal) -> Result<BigDecimal, String> {
    let result = match op {
        ArithmeticOp::Add => number + by,
        ArithmeticOp::Subtract => number - by,
        ArithmeticOp::Multiply => number * by,
        ArithmeticOp::Divide => quotient(&number, by)?,
        ArithmeticOp::Round => round(number, by, RoundingMode::HalfUp)?,
        ArithmeticOp::RoundHalfEven => round(number, by, RoundingMode::HalfEven)?,
    };
    let (digits, scale) = result.as_bigint_and_scale();
    if scale.abs() > 2 * LONGEST || digits.bits() > 4 * 2 * LONGEST as u64 {
        return Err("becomes too long a number".to_owned());
    }
    Ok(result)
}

/// The quotient: exact where it ends within the digits kept, else rounded, a half to the even neighbour.
fn quotient(number: &BigDecimal, by: &BigDecimal) -> Result<BigDecimal, String> {
    if by.is_zero() {
        return Err("can't be divided by 0".to_owned());
    }
    if number.is_zero() {
        return Ok(BigDecimal::zero());
    }
    let (above, above_scale) = number.as_bigint_and_scale();
    let (below, below_scale) = by.as_bigint_and_scale();
    // Enough digits for the quotient and one that decides on the rounding; what is left behind it makes a half uneven.
    let keep = QUOTIENT.max(number.digits()) as i64 + 2;
    let shift = (keep + by.digits() as i64 - number.digits() as i64).max(0);
    let scaled = above.as_ref() * BigInt::from(10).pow(shift as u32);
    let (whole, left) = (&scaled / below.as_ref(), &scaled % below.as_ref());
    let scale = above_scale - below_scale + shift;
    let result = if left.is_zero() {
        BigDecimal::new(whole, scale)
    } else {
        // A digit that stands for all those behind: never a half, never nothing.
        let behind = if above.sign() == below.sign() { 1 } else { -1 };
        BigDecimal::new(whole * 10 + behind, scale + 1)
    };
    let precision = std::num::NonZeroU64::new(QUOTIENT.max(number.digits())).ok_or("has no digits")?;
    Ok(result.with_precision_round(precision, RoundingMode::HalfEven).normalized())
}

/// Rounding takes digits away; it adds none.
fn round(number: BigDecimal, by: &BigDecimal, mode: RoundingMode) -> Result<BigDecimal, String> {
    let places = by.to_i64().filter(|places| by.is_integer() && places.abs() <= LONGEST);
    let places = places.ok_or_else(|| "can't be rounded to that many decimals".to_owned())?;
    Ok(if number.fractional_digit_count() <= places { number } else { number.with_scale_round(places, mode) })
}
