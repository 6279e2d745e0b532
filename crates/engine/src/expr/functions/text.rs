//! Text: names, slugs, and ids.

use super::{both, text_of, within};
use crate::expr::sandbox::wire;
use crate::expr::values::bad;
use minijinja::{Environment, Error, Value};

pub(super) fn register(environment: &mut Environment<'static>) {
    both(environment, "slugify", |value: &Value| Ok::<_, Error>(joined(&text_of(value)?, '-')));
    for name in ["snake_case", "camel_case_to_snake_case"] {
        both(environment, name, |value: &Value| within(snake(&text_of(value)?)));
    }
    both(environment, "string", |value: &Value| wire(value).map_err(bad));
    both(environment, "truncate", |value: &Value, length: usize| {
        Ok::<_, Error>(text_of(value)?.chars().take(length).collect::<String>())
    });
    for name in ["uuid", "generate_uuid"] {
        environment.add_function(name, || uuid::Uuid::new_v4().to_string());
    }
}

/// Words in lower case, joined; what is no letter and no digit parts them.
fn joined(text: &str, joint: char) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(joint) {
            out.push(joint);
        }
    }
    out.trim_end_matches(joint).to_owned()
}

/// `createdAt`, `Created At` and `HTTPServer` as `created_at`, `created_at` and `http_server`.
fn snake(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut parted = String::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let starts = c.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || (before.is_uppercase() && chars.get(at + 1).is_some_and(|next| next.is_lowercase()))
            });
        if starts {
            parted.push('_');
        }
        parted.push(*c);
    }
    joined(&parted, '_')
}
