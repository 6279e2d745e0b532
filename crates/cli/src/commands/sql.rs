//! `sql`: the data of a connection, asked in SQL.

use super::{Context, list};
use crate::values::usage;
use crate::{args, exit, stop, table};
use api::data::{SqlOut, sql_first, sql_to};
use definition::Problem;
use definition::model::FieldType;
use std::io::Read;

/// Asks.
pub async fn run(context: &Context, args: args::data::Sql) -> Result<u8, Problem> {
    let out = &context.out;
    let mut sql = args.sql;
    if sql == "-" {
        sql.clear();
        let read = std::io::stdin().read_to_string(&mut sql);
        read.map_err(|error| usage(format!("Standard input can't be read: {error}.")))?;
    }
    if let Some(file) = args.out.as_ref().filter(|file| file.exists() && !args.force) {
        return Err(usage(format!("{} is there already.", file.display())).hint("Overwrite it with --force."));
    }
    let app = context.app().await?;
    let (_, connection) = list::find_connection(&app, &args.name).await?.ok_or_else(|| {
        usage(format!("There is no connection `{}`.", args.name)).hint("`tapwright list` shows what there is.")
    })?;
    let place = match args.out {
        Some(file) => Some(SqlOut::File(file)),
        None if out.json => Some(SqlOut::Jsonl(Box::new(out.writer()))),
        None if args.csv => Some(SqlOut::Csv(Box::new(out.writer()))),
        None => None,
    };
    let Some(place) = place else {
        let answer = sql_first(&app, &connection.id, &sql, args.limit).await;
        app.close().await;
        let answer = answer?;
        let names: Vec<String> = answer.columns.iter().map(|column| column.name.clone()).collect();
        let number = |kind| matches!(kind, FieldType::Integer | FieldType::Number);
        let right: Vec<bool> = answer.columns.iter().map(|column| number(column.kind)).collect();
        out.line(&table::render(&names, &answer.rows, &right));
        if answer.more {
            out.say(&format!("There are more rows than these {}: --csv and --json give all.", answer.rows.len()));
        }
        return Ok(exit::DONE);
    };
    let written = sql_to(&app, &connection.id, &sql, place, stop::on_signal(&out.quietly())).await;
    app.close().await;
    out.say(&format!("{} rows", written?));
    Ok(exit::DONE)
}
