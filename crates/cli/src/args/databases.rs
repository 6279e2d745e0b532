//! `tables`.

use clap::Args;

/// What a database has.
#[derive(Debug, Args)]
pub struct Tables {
    /// The address of a database (postgres://, mysql://, mariadb://, sqlite:FILE), a definition's file, or a connection
    pub source: String,
    /// The values that it asks for; the password of an address is `--secret password=env:VARIABLE`
    #[command(flatten)]
    pub values: super::Values,
}
