//! What can be typed. The help texts are for people who never read our docs.

pub mod action;
pub mod batch;
pub mod data;
mod databases;
mod examples;
pub mod fixtures;
mod health;
pub mod manage;
pub mod webhooks;

pub use health::{Check, Describe, Docs, Metrics};

pub use databases::Tables;
pub use examples::Examples;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads records from web APIs into tables.
#[derive(Debug, Parser)]
#[command(
    name = "tapwright",
    version,
    max_term_width = 100,
    after_help = "Try it, with no account and no network:\n  tapwright sample-api --port 8080 &\n  \
                  tapwright new http://127.0.0.1:8080/open/customers --out customers.connector.yaml\n  \
                  tapwright sync customers.connector.yaml --to sqlite:customers.db\n\n\
                  Exit codes: 0 done, 1 the run failed, 2 usage or a faulty definition, 3 credentials, 4 network or rate \
                  limit, 5 the answer is not what the definition says, 6 partly done and the state saved, 130 interrupted.\n\n\
                  Environment: TAPWRIGHT_DATA_DIR is the data folder; TAPWRIGHT_PASSPHRASE opens the encrypted file of \
                  secrets where there is no keyring; NO_COLOR turns colours off."
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The folder of connectors, connections, runs and their databases [default: Tapwright's folder among your data]
    #[arg(long, global = true, env = "TAPWRIGHT_DATA_DIR", hide_env_values = true, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// Answers as JSON, for programs
    #[arg(long, global = true)]
    pub json: bool,
    /// Says nothing but answers and problems
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Says more: every retry and every log line
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// Without colours (also with the environment variable NO_COLOR)
    #[arg(long, global = true)]
    pub no_color: bool,
}

/// The values that a definition asks for.
#[derive(Debug, Clone, Default, Args)]
pub struct Values {
    /// A value that the definition asks for
    #[arg(long = "config", value_name = "NAME=VALUE")]
    pub config: Vec<String>,
    /// A file of such values: a map in YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub config_file: Option<PathBuf>,
    /// Where a secret is to be read: NAME=env:VARIABLE, NAME=file:PATH or NAME=- for standard input. Never the value itself
    #[arg(long = "secret", value_name = "NAME=env:VAR")]
    pub secret: Vec<String>,
    /// The code that a login asks for as a second factor [default: asks on the terminal]
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes a definition from a URL or a curl command: sends it, and detects records, key, pages, cursor and types. Or from
    /// the address of a database: reads its tables
    New(New),
    /// Looks for faults in definitions, and lists them all; without a file in those of this workspace
    Validate(fixtures::Validate),
    /// Lists a database's tables: columns, types, keys, about how many rows
    Tables(Tables),
    /// Checks a connection: whether it is reachable, signed in as whom, how many requests are left, every stream readable
    Check(Check),
    /// Reads the first records and shows them
    Preview(Preview),
    /// Prints the JSON Schema of definitions
    Schema,
    /// Prints the kinds of every area (auth, paginate, transform …), or the kinds of one with settings and examples
    Kinds {
        /// The area
        area: Option<String>,
    },
    /// Lists what expressions may use: names, functions, filters, tests and methods, with examples
    Expressions {
        /// Only what has this word in its name or its words
        word: Option<String>,
    },
    /// Lists the bundled examples (definitions of well-known public APIs), prints one, or writes it to a file
    Examples(Examples),
    /// Runs the sample API on this machine, until Ctrl-C
    SampleApi(SampleApi),
    /// Reads records and writes them to a database or to files
    Sync(Sync),
    /// Records the answers of a connector into a folder, without secrets, to be replayed with no network
    Record(fixtures::Record),
    /// Proves connectors on their recordings, with no network: every request answered, keys unique, required fields
    /// there, types as declared, schema and records as in the snapshots
    Test(fixtures::Test),
    /// Makes a folder a workspace: connectors, recordings and a lock file, for Git
    Init(fixtures::Init),
    /// Writes the lock file of this workspace, or tells with --check whether it is current
    Lock(fixtures::Lock),
    /// Lists the actions of a connector (create, update, delete …), shows what one would send, or calls it
    Action(action::Action),
    /// Does an action for each row of a file, a table or a stream, and never sends a row twice
    Batch(Box<batch::Batch>),
    /// Writes a table to an API: new rows are created there, changed ones updated, as far as they changed since the last push
    Push(batch::Push),
    /// Makes a connection: a definition with your values, kept in the data folder, its secrets in the keyring
    Connect(Connect),
    /// Signs in at the provider of a definition that uses OAuth, with the browser or with a code. The tokens are kept in
    /// the keyring, for the connection or the file
    SignIn(SignIn),
    /// Lists connectors and their connections
    List,
    /// Shows a connector or a connection
    Show(Named),
    /// Shows the runs of a connection, or the log of a run
    Logs(Logs),
    /// Lists the runs of a connection; shows one with what it did over time and its errors, or compares two
    Runs(data::Runs),
    /// Asks the data of a connection in SQL. It is only read: nothing can be changed
    Sql(data::Sql),
    /// Describes a connector: what it reads, its inputs, sign-in, actions, webhooks and limits
    Describe(Describe),
    /// Writes a README of a connector: inputs and how to get the key, streams and their columns, actions, webhooks
    Docs(Docs),
    /// What runs counted: records, requests, retries, bytes, latency; for people, as JSON, or for Prometheus
    Metrics(Metrics),
    /// Deletes a connection, or a connector with its connections: their secrets, runs and databases too
    Delete(Delete),
    /// Takes a definition in as a connector, without a connection
    Import(OneFile),
    /// Writes a connector's definition to a file, to share. It holds no secrets
    Export(Export),
    /// Looks after connectors: rename, duplicate, versions, differences, roll back, update, delete
    #[command(subcommand)]
    Connector(manage::Connector),
    /// Looks after connections: rename, duplicate, values, secrets, database, delete
    #[command(subcommand)]
    Connection(manage::Connection),
    /// Replaces a connector's definition by a newer one and keeps its connections; says what changes for them first
    Update(manage::Update),
    /// Syncs connections by themselves: every so long, or when the clock shows it
    #[command(subcommand)]
    Schedule(manage::Schedule),
    /// Runs the schedules until Ctrl-C or SIGTERM
    Serve(manage::Serve),
    /// Tells where secrets are kept; unlocks the encrypted file where there is no keyring
    #[command(subcommand)]
    Keyring(Keyring),
    /// Takes webhooks' events until Ctrl-C: verifies, keeps, answers, and stores their records
    Listen(webhooks::Listen),
    /// Webhooks' events: lists, shows and replays them; sends a signed test event
    #[command(subcommand)]
    Webhook(webhooks::Webhook),
    /// Tells versions and numbers of this program and what it runs on, for a report of a fault; nothing private
    About,
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints the manual page
    Man,
}

/// `new`.
#[derive(Debug, Args)]
pub struct New {
    /// A URL, a request (curl, fetch, raw HTTP) in quotes, a file with one or many requests (OpenAPI, Postman, HAR), the
    /// address of a database, or - to read one of them from standard input
    pub source: String,
    /// The file to write, by custom called NAME.connector.yaml
    #[arg(long, short, value_name = "FILE")]
    pub out: PathBuf,
    /// How to sign in [default: as the server asks]
    #[arg(long, value_enum)]
    pub auth: Option<AuthWord>,
    /// The header that takes the key, with --auth api_key
    #[arg(long, value_name = "NAME", conflicts_with = "query_param")]
    pub header: Option<String>,
    /// The query parameter that takes the key, with --auth api_key
    #[arg(long, value_name = "NAME")]
    pub query_param: Option<String>,
    /// The key and other values
    #[command(flatten)]
    pub values: Values,
    /// A table of a database, `schema.table`; several times for several [default: all]
    #[arg(long, value_name = "TABLE")]
    pub table: Vec<String>,
    /// Actions that add, change and remove rows of the tables, too; `--actions=TABLE,TABLE` for some of them
    #[arg(long, value_name = "TABLE,…", num_args = 0.., require_equals = true, value_delimiter = ',')]
    pub actions: Option<Vec<String>>,
    /// A request of a file that describes many, by the name in its list; several times for several
    #[arg(long, value_name = "NAME", conflicts_with = "all")]
    pub stream: Vec<String>,
    /// All requests of a file that describes many
    #[arg(long)]
    pub all: bool,
    /// The address that all requests of such a file begin with, where the file does not say it, or another one
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Takes the best reading where it is unsure, and says so, instead of asking
    #[arg(long, short)]
    pub yes: bool,
    /// Takes an offer to loosen what stands fixed in the URL (an id, a date): its NAME, NAME=WAY for another way than the
    /// first (parent, input, start, now), or `all`. Without it the offers are listed, and nothing of them is taken
    #[arg(long, value_name = "NAME[=WAY]", value_delimiter = ',')]
    pub take: Vec<String>,
    /// Sends a POST that may change something on the server, once; without it such a one is not sent
    #[arg(long)]
    pub send: bool,
    /// The connector's name: small letters, digits and dashes
    #[arg(long)]
    pub name: Option<String>,
    /// Overwrites FILE
    #[arg(long)]
    pub force: bool,
}

/// The kinds of auth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuthWord {
    /// A token in the header Authorization
    Bearer,
    /// A key in a header or a query parameter
    #[value(name = "api_key", alias = "api-key")]
    ApiKey,
    /// User name and password
    Basic,
    /// User name and password, by challenge
    Digest,
    /// Nothing
    None,
}

/// A definition's file.
#[derive(Debug, Args)]
pub struct OneFile {
    /// The definition
    pub file: PathBuf,
}

/// `preview`.
#[derive(Debug, Args)]
pub struct Preview {
    /// A definition's file, or a connection's name
    pub target: String,
    /// The stream [default: the first]
    #[arg(long)]
    pub stream: Option<String>,
    /// How many records [default: 20; with --pages as many as they have]
    #[arg(long, short = 'n', visible_alias = "records", value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub limit: Option<u64>,
    /// How many pages
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000))]
    pub pages: Option<u64>,
    /// Reads one part of a stream with partitions alone: region=eu, customer_id=17, month=2024-01-15 (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub partition: Vec<String>,
    /// Reads from a recording instead of the network
    #[arg(long, value_name = "FOLDER")]
    pub fixtures: Option<PathBuf>,
    /// The definition's values
    #[command(flatten)]
    pub values: Values,
}

/// `sample-api`.
#[derive(Debug, Args)]
pub struct SampleApi {
    /// The port [default: a free one]
    #[arg(long)]
    pub port: Option<u16>,
    /// The seed: the same one gives the same data
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// `sync`.
#[derive(Debug, Args)]
pub struct Sync {
    /// A definition's file, or a connection's name
    pub target: String,
    /// Only this stream (repeatable) [default: all]
    #[arg(long)]
    pub stream: Vec<String>,
    /// Where to: sqlite:FILE, postgres://USER@HOST/DATABASE?schema=NAME, jsonl:FILE, jsonl:- for standard output,
    /// csv:FOLDER or parquet:FOLDER [default: the connection's own]. Databases keep state: the next sync reads what
    /// changed. The others get everything each time
    #[arg(long, value_name = "DESTINATION")]
    pub to: Option<String>,
    /// Where the database's password is to be read: env:VARIABLE, file:PATH or - [default: PGPASSWORD, ~/.pgpass, or the
    /// connection's]
    #[arg(long, value_name = "env:VAR")]
    pub to_password: Option<String>,
    /// Reads everything anew, whatever was read before
    #[arg(long)]
    pub full: bool,
    /// At most so many records of each stream, for a first try: the next sync into a database goes on behind them. Hooks
    /// are not called
    #[arg(long, value_name = "RECORDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// Reads from a recording instead of the network; needs --to
    #[arg(long, value_name = "FOLDER", requires = "to")]
    pub fixtures: Option<PathBuf>,
    /// Waits while another sync writes to the same place [default: ends with the problem `busy`]
    #[arg(long)]
    pub wait: bool,
    /// The definition's values
    #[command(flatten)]
    pub values: Values,
}

/// `connect`.
#[derive(Debug, Args)]
pub struct Connect {
    /// The definition
    pub file: PathBuf,
    /// The connection's name
    #[arg(long)]
    pub name: String,
    /// Where its records go: sqlite:FILE, postgres://USER@HOST/DATABASE?schema=NAME, csv:FOLDER or parquet:FOLDER
    /// [default: a database of its own in the data folder]
    #[arg(long, value_name = "DESTINATION")]
    pub to: Option<String>,
    /// Where that database's password is to be read: env:VARIABLE, file:PATH or -. It is kept in the keyring
    #[arg(long, value_name = "env:VAR", requires = "to")]
    pub to_password: Option<String>,
    /// The definition's values
    #[command(flatten)]
    pub values: Values,
}

/// `sign-in`.
#[derive(Debug, Args)]
pub struct SignIn {
    /// A definition's file, or a connection's name
    pub target: String,
    /// Prints the page's address and does not open it
    #[arg(long)]
    pub no_browser: bool,
    /// With a code that is typed on any device, where the definition has a place for that
    #[arg(long)]
    pub device: bool,
    /// The definition's values
    #[command(flatten)]
    pub values: Values,
}

/// A connector or a connection.
#[derive(Debug, Args)]
pub struct Named {
    /// The name or the id
    pub name: String,
}

/// `logs`.
#[derive(Debug, Args)]
pub struct Logs {
    /// A connection's name, for its runs
    pub name: String,
    /// A run's id, or `last`, for its log
    pub run: Option<String>,
}

/// `delete`.
#[derive(Debug, Args)]
pub struct Delete {
    /// The name or the id
    pub name: String,
    /// Without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The connector's name or id
    pub connector: String,
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    pub out: PathBuf,
    /// Overwrites FILE
    #[arg(long)]
    pub force: bool,
}

/// `keyring`.
#[derive(Debug, Subcommand)]
pub enum Keyring {
    /// Tells where secrets are kept
    Status,
    /// Opens, or makes, the encrypted file of secrets; the passphrase is asked for
    Unlock {
        /// Where the passphrase is to be read: env:VARIABLE, file:PATH or - [default: asks on the terminal]
        #[arg(long, value_name = "env:VAR")]
        passphrase: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory;

    #[test]
    fn the_list_of_arguments_is_sound() {
        Cli::command().debug_assert();
    }
}
