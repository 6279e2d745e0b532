//! One of several ways, chosen by a config value when the plan is made.

use super::{Authenticator, Making, compile as compile_kind};
use definition::model::SelectAuth;
use definition::{Fault, member_path};

pub(super) fn compile(auth: &SelectAuth, making: &Making<'_>) -> Result<Authenticator, Vec<Fault>> {
    let chosen = making.render(&auth.by, "by")?;
    let chosen = chosen.trim();
    let Some(option) = auth.options.get(chosen) else {
        let known: Vec<String> = auth.options.keys().map(|name| format!("`{name}`")).collect();
        let message = format!("There is no way to sign in named `{chosen}`. There are {}.", known.join(", "));
        return Err(vec![Fault::new("unknown_option", making.at("by"), message)]);
    };
    let field = member_path(&making.at("options"), chosen);
    compile_kind(option, &Making { field, ..making.clone() })
}
