//! `listen` and `webhook`.

use super::Values;
use clap::{Args, Subcommand, ValueEnum};

/// `listen`.
#[derive(Debug, Args)]
#[command(
    after_help = "The address of a webhook is http://ADDRESS:PORT/hooks/CONNECTION/WEBHOOK. Give the sender that address, \
                        through a tunnel or a proxy with TLS where it is on the internet.\n\n\
                        An event is safe on disk before its sender is answered; its records are stored right afterwards."
)]
pub struct Listen {
    /// Only these connections [default: all]
    #[arg(value_name = "CONNECTION")]
    pub connections: Vec<String>,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = api::listen::PORT)]
    pub port: u16,
    /// The address of this computer to listen at
    #[arg(long, default_value = "127.0.0.1")]
    pub address: String,
    /// Allows an address that other computers reach, such as 0.0.0.0
    #[arg(long)]
    pub allow_remote: bool,
    /// Secrets for this call, such as the webhook's
    #[command(flatten)]
    pub values: Values,
}

/// `webhook`.
#[derive(Debug, Subcommand)]
pub enum Webhook {
    /// Lists a connection's webhooks, with their addresses and samples
    List {
        /// The connection's name
        connection: String,
    },
    /// Lists what came, newest first, with the verdicts
    Events {
        /// The connection's name [default: all connections]
        connection: Option<String>,
        /// Only these (repeatable)
        #[arg(long, value_enum)]
        status: Vec<StatusWord>,
        /// How many
        #[arg(long, short = 'n', default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=500))]
        limit: u32,
    },
    /// Shows one event with all that came
    Show {
        /// The connection's name
        connection: String,
        /// The event's number
        event: i64,
    },
    /// Lists the dead letters: events whose records could not be stored, with the reasons
    Dead {
        /// The connection's name
        connection: String,
    },
    /// Works on events again, by the definition as it is now: on one, or on all dead ones
    Replay {
        /// The connection's name
        connection: String,
        /// The event's number
        #[arg(required_unless_present_any = ["all", "unknown"])]
        event: Option<i64>,
        /// All dead ones
        #[arg(long, conflicts_with = "event")]
        all: bool,
        /// All that no route took
        #[arg(long, conflicts_with = "event")]
        unknown: bool,
    },
    /// Signs a test event by the webhook's own rules and sends it
    Test(WebhookTest),
}

/// `webhook test`.
#[derive(Debug, Args)]
pub struct WebhookTest {
    /// The connection's name
    pub connection: String,
    /// The webhook [default: the first]
    pub webhook: Option<String>,
    /// The sample of the definition [default: the first]
    #[arg(long)]
    pub sample: Option<String>,
    /// A file with the body to send in place of the sample's, as it is; - reads standard input
    #[arg(long, value_name = "FILE")]
    pub payload: Option<String>,
    /// The event's name, where a header or the query carries it
    #[arg(long, value_name = "NAME")]
    pub event: Option<String>,
    /// Where to; the listener's address alone will do [default: a listener that is started for this event]
    #[arg(long)]
    pub url: Option<String>,
    /// Shows the request and sends nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Secrets for this call
    #[command(flatten)]
    pub values: Values,
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusWord {
    /// Verified and kept; its records are not stored yet
    Waiting,
    /// Its records are stored
    Done,
    /// No route takes it
    Unknown,
    /// Its records could not be stored
    Dead,
    /// It was refused
    Refused,
    /// It came before
    Duplicate,
    /// The sender asked whether the address is wanted
    Challenge,
}
