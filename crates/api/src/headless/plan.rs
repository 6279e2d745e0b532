//! The one place where the app compiles a definition.

use definition::{Definition, Problem};
use engine::config::ConfigValues;
use engine::plan::Plan;

/// Compiles a definition with a connection's values, for everything that the app does with it.
///
/// # Errors
/// Every fault of the definition and the values, as one problem.
pub fn plan(definition: &Definition, config: &ConfigValues) -> Result<Plan, Problem> {
    let plan = Plan::compile(definition, config).map_err(Problem::faulty)?;
    Ok(plan.with_databases(sources::databases()))
}
