//! `batch` and `push`.

use super::Values;
use clap::Args;
use std::path::PathBuf;

/// `batch`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tapwright batch crm create_contact --from csv:people.csv --validate-only\n  \
    tapwright batch crm create_contact --from csv:people.csv --map email=E-Mail --set source=import --skip-errors\n  \
    tapwright batch crm create_contact --from table:shop/customers --where \"country = 'DE'\"\n  \
    tapwright batch crm --resume --failed-to failed.csv\n\n\
    A batch can be stopped with Ctrl-C, or killed: --resume goes on, and sends no row twice. It stops at the first row \
    that fails, unless --skip-errors or --max-errors is given.\n\n\
    Exit codes: 0 all rows were sent, 2 usage, 5 rows don't fit and nothing was sent, 6 some rows were not taken or are \
    left, 130 interrupted.")]
pub struct Batch {
    /// A connection's name, or a definition's file
    pub target: Option<String>,
    /// The action
    pub action: Option<String>,
    /// The rows: csv:FILE, jsonl:FILE, FILE (told by its content), table:CONNECTION/TABLE (as it was synced),
    /// stream:CONNECTION/STREAM (read now), or - for standard input
    #[arg(long, value_name = "SOURCE")]
    pub from: Option<String>,
    /// Only rows of the table where this holds, as behind WHERE in SQL
    #[arg(long = "where", value_name = "CONDITION")]
    pub condition: Option<String>,
    /// The column that a parameter is given (repeatable) [default: proposed by name and type]
    #[arg(long, value_name = "PARAM=COLUMN")]
    pub map: Vec<String>,
    /// A value, or a template such as "{{ record.first }} {{ record.last }}", that a parameter is given (repeatable)
    #[arg(long, value_name = "PARAM=VALUE")]
    pub set: Vec<String>,
    /// What is done to a parameter's value: transforms as YAML or JSON, in order: email=[trim, lower] (repeatable)
    #[arg(long, value_name = "PARAM=TRANSFORMS")]
    pub transform: Vec<String>,
    /// What stands between the values of a CSV file [default: detected]
    #[arg(long, value_name = "CHARACTER")]
    pub delimiter: Option<String>,
    /// The charset of a CSV file [default: detected]
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// The first line of the CSV file is a row, not names; its columns are column_1, column_2 … [default: detected]
    #[arg(long)]
    pub no_header: bool,
    /// Checks all rows, tells all faults, and sends nothing
    #[arg(long)]
    pub validate_only: bool,
    /// Shows what each parameter is given and the first request, and sends nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Goes on where rows fail: they are left behind, with their reasons
    #[arg(long)]
    pub skip_errors: bool,
    /// How many rows may fail before it stops [default: none]
    #[arg(long, value_name = "N", conflicts_with = "skip_errors")]
    pub max_errors: Option<u64>,
    /// Requests on the way at once; the rate limit holds all the same [default: the connector's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub concurrency: Option<u32>,
    /// Rows that are read and checked at once [default: 500]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub chunk: Option<u32>,
    /// Goes on with a batch [default: the last one that was not finished]
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "")]
    pub resume: Option<String>,
    /// With --resume: sends rows again that failed before
    #[arg(long, requires = "resume")]
    pub retry_failed: bool,
    /// With --resume: sends rows again of which nobody knows whether they arrived
    #[arg(long, requires = "resume")]
    pub resend_uncertain: bool,
    /// Begins anew though a batch of the same rows was not finished
    #[arg(long, conflicts_with = "resume")]
    pub anew: bool,
    /// Writes the rows that were not taken to a file, with _row and _error
    #[arg(long, value_name = "FILE")]
    pub failed_to: Option<PathBuf>,
    /// Lists batches
    #[arg(long)]
    pub list: bool,
    /// The definition's values
    #[command(flatten)]
    pub values: Values,
}

/// `push`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tapwright push crm contacts --from table:shop/customers --dry-run\n  \
    tapwright push crm contacts --from table:shop/customers\n\n\
    Rows that were pushed before and did not change are not sent. Rows that failed are tried again by the next push.")]
pub struct Push {
    /// The connection's name
    pub connection: String,
    /// The destination
    pub destination: String,
    /// The rows: table:CONNECTION/TABLE, csv:FILE or jsonl:FILE [default: the connection's table of the destination's stream]
    #[arg(long, value_name = "SOURCE")]
    pub from: Option<String>,
    /// Only rows of the table where this holds. Rows that it leaves out count as gone
    #[arg(long = "where", value_name = "CONDITION")]
    pub condition: Option<String>,
    /// Shows the difference and the first requests, and sends nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Deletes rows that are gone from the table [default: as the destination says]
    #[arg(long)]
    pub delete: bool,
    /// Goes on where rows fail [default: stops at the first 10]
    #[arg(long)]
    pub skip_errors: bool,
    /// Requests on the way at once; the rate limit holds all the same [default: the connector's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=256))]
    pub concurrency: Option<u32>,
    /// Sends rows again of which nobody knows whether they arrived
    #[arg(long)]
    pub resend_uncertain: bool,
}
