//! `tables`: what a database has.

use super::Context;
use crate::args::Tables;
use crate::{exit, table, target, values};
use api::headless::{self, Catalogue};
use definition::Problem;

/// Lists tables with their columns, keys and estimates.
pub async fn run(context: &Context, args: Tables) -> Result<u8, Problem> {
    let out = &context.out;
    let catalogue = if headless::is_database(&args.source) {
        let mut given = values::read(&args.values)?;
        headless::tables_at(&args.source, given.secrets.remove("password")).await?
    } else {
        let target = target::load(&args.source, &args.values, context.data_dir(), async || context.app().await).await?;
        headless::tables_of(&target.definition, &target.config).await?
    };
    if out.json {
        out.answer(&catalogue);
        return Ok(exit::DONE);
    }
    if catalogue.tables.is_empty() {
        out.say("There are no tables that this user may read.");
        return Ok(exit::DONE);
    }
    out.line(&listed(&catalogue));
    Ok(exit::DONE)
}

fn listed(catalogue: &Catalogue) -> String {
    let names = ["table", "rows", "key", "columns"].map(str::to_owned);
    let row = |one: &headless::CatalogueTable| {
        let about = one.rows.map(|rows| format!("~{rows}"));
        let rows = if one.view { Some("view".to_owned()) } else { about };
        let columns: Vec<_> =
            one.columns.iter().map(|column| format!("{} {}", column.name, column.type_name)).collect();
        vec![Some(one.name.clone()), rows, Some(one.key.join(", ")), Some(columns.join(", "))]
    };
    let rows: Vec<_> = catalogue.tables.iter().map(row).collect();
    table::render(&names, &rows, &[false, true])
}
