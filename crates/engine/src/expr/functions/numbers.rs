//! Numbers: the greatest, the smallest, and text as numbers.

use super::text_of;
use crate::expr::values::bad;
use minijinja::value::{Kwargs, Rest, ValueKind};
use minijinja::{Environment, Error, Value};

pub(super) fn register(environment: &mut Environment<'static>) {
    environment.add_function("max", |values: Rest<Value>| best(values.0, |a, b| a > b));
    environment.add_function("min", |values: Rest<Value>| best(values.0, |a, b| a < b));
    environment.add_filter("int", int);
    environment.add_filter("float", float);
}

/// The best of several values, or of one list.
fn best(values: Vec<Value>, better: fn(&Value, &Value) -> bool) -> Result<Value, Error> {
    let all = match values.as_slice() {
        [list] if list.as_str().is_none() && list.try_iter().is_ok() => list.try_iter()?.collect(),
        _ => values,
    };
    let best = all.into_iter().reduce(|best, value| if better(&value, &best) { value } else { best });
    best.ok_or_else(|| bad("there are no values to compare"))
}

/// As Jinja: what is no number becomes the default, 0.
fn int(value: &Value, default: Option<Value>, base: Option<u32>, kwargs: Kwargs) -> Result<Value, Error> {
    let default = default.or(kwargs.get::<Option<Value>>("default")?).unwrap_or_else(|| Value::from(0));
    let base = base.or(kwargs.get::<Option<u32>>("base")?).unwrap_or(10).clamp(2, 36);
    kwargs.assert_all_used()?;
    if value.is_integer() {
        return Ok(value.clone());
    }
    if value.kind() == ValueKind::Bool {
        return Ok(Value::from(i64::from(value.is_true())));
    }
    let text = text_of(value)?;
    let text = text.trim().replace('_', "");
    let digits = match base {
        16 => text.trim_start_matches("0x").trim_start_matches("0X"),
        _ => text.as_str(),
    };
    if let Ok(whole) = i128::from_str_radix(digits, base) {
        return Ok(i64::try_from(whole).map_or_else(|_| Value::from(whole), Value::from));
    }
    let float = text.parse::<f64>().ok().filter(|number| base == 10 && number.is_finite() && number.abs() < 1e18);
    Ok(float.map_or(default, |number| Value::from(number.trunc() as i64)))
}

fn float(value: &Value, default: Option<Value>, kwargs: Kwargs) -> Result<Value, Error> {
    let default = default.or(kwargs.get::<Option<Value>>("default")?).unwrap_or_else(|| Value::from(0.0));
    kwargs.assert_all_used()?;
    if value.kind() == ValueKind::Bool {
        return Ok(Value::from(if value.is_true() { 1.0 } else { 0.0 }));
    }
    let number = text_of(value)?.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    Ok(number.map_or(default, Value::from))
}
