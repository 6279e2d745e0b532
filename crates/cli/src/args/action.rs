//! `action`.

use super::Values;
use clap::Args;

/// `action`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  tapwright action acme                            lists the actions with their parameters\n  \
                        tapwright action acme create_user --param email=a@b.test --dry-run\n  \
                        echo '{\"email\": \"a@b.test\"}' | tapwright action acme create_user -\n  \
                        tapwright action acme --history\n  \
                        tapwright action acme --again 019aa5d0c2b14f0a9c3e --dry-run"
)]
pub struct Action {
    /// A connection, or a definition's file
    pub target: String,
    /// The action; without it, all are listed
    pub name: Option<String>,
    /// - reads the parameters from standard input, as a JSON object
    #[arg(value_name = "-", value_parser = ["-"], hide_possible_values = true)]
    pub input: Option<String>,
    /// A parameter. Text is turned into what the parameter is: 12, true, 2024-01-31, a,b or JSON
    #[arg(long = "param", short, value_name = "NAME=VALUE")]
    pub param: Vec<String>,
    /// Shows the exact request and sends nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The key by which the server knows a repeated call [default: a new one each call]
    #[arg(long, value_name = "KEY")]
    pub idempotency_key: Option<String>,
    /// Shows the last calls of the connection
    #[arg(long, conflicts_with_all = ["param", "dry_run", "idempotency_key"])]
    pub history: bool,
    /// Calls once more what the history has by this id, with the same parameters; --param changes some of them
    #[arg(long, value_name = "ID", conflicts_with_all = ["name", "input", "history"])]
    pub again: Option<String>,
    /// The key and other values
    #[command(flatten)]
    pub values: Values,
}
