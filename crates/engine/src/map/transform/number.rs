//! `arithmetic`.

use crate::map::types::{Typed, fit, float_text};
use crate::map::value::Val;
use definition::model::{Arithmetic, ArithmeticOp, FieldType};

/// Calculates with a number. Whole numbers stay exact; the rest are 64-bit floats.
pub(super) fn calculate<'v>(value: &Val<'_>, arithmetic: &Arithmetic) -> Result<Val<'v>, String> {
    let by = arithmetic.by;
    if by.fract() == 0.0
        && by.abs() <= 9_007_199_254_740_992.0
        && let Ok(Typed::Int(number)) = fit(FieldType::Integer, value.clone())
        && let Some(result) = exact(number, arithmetic.op, by as i64)
    {
        return Ok(Val::Number(result.to_string().into()));
    }
    let Typed::Float(number) = fit(FieldType::Number, value.clone())? else { return Ok(Val::Null) };
    let result = match arithmetic.op {
        ArithmeticOp::Add => number + by,
        ArithmeticOp::Subtract => number - by,
        ArithmeticOp::Multiply => number * by,
        ArithmeticOp::Divide if by == 0.0 => return Err("can't be divided by 0".to_owned()),
        ArithmeticOp::Divide => number / by,
        ArithmeticOp::Round => return Ok(Val::Number(rounded(number, by).into())),
    };
    if result.is_finite() { Ok(Val::Number(float_text(result).into())) } else { Err("becomes too large".to_owned()) }
}

fn exact(number: i64, op: ArithmeticOp, by: i64) -> Option<i64> {
    match op {
        ArithmeticOp::Add => number.checked_add(by),
        ArithmeticOp::Subtract => number.checked_sub(by),
        ArithmeticOp::Multiply => number.checked_mul(by),
        ArithmeticOp::Divide => (by != 0 && number % by == 0).then(|| number.checked_div(by))?,
        ArithmeticOp::Round => (by >= 0).then_some(number),
    }
}

/// Rounded half away from zero, to `by` decimals; negative: before the point.
fn rounded(number: f64, by: f64) -> String {
    let places = by.clamp(-18.0, 18.0) as i32;
    let scaled = number * 10f64.powi(places);
    let value = if scaled.is_finite() { scaled.round() / 10f64.powi(places) } else { number };
    if places <= 0 { format!("{value:.0}") } else { format!("{value:.*}", places as usize) }
}
