//! Databases without a workbench: their tables, and definitions of them.

use definition::{Definition, Problem, Secret, to_yaml};
use engine::source::database::DatabaseServer;
pub use sources::{Catalogue, CatalogueTable, is_database};

/// A database's definition, ready to be written.
#[derive(Debug)]
pub struct DatabaseDraft {
    /// The definition.
    pub definition: Definition,
    /// Its text.
    pub text: String,
    /// What was proposed and why.
    pub notes: Vec<String>,
}

/// The tables of a pasted address. `password` counts where the address holds none.
///
/// # Errors
/// Where the address is none, or the database refuses.
pub async fn tables_at(address: &str, password: Option<Secret>) -> Result<Catalogue, Problem> {
    sources::catalogue(&server(address, password)?.server).await
}

/// The tables of the first database that a definition reads.
///
/// # Errors
/// Where it reads none, or the database refuses.
pub async fn tables_of(definition: &Definition, config: &engine::config::ConfigValues) -> Result<Catalogue, Problem> {
    let servers = super::plan(definition, config)?.database_servers()?;
    let Some(server) = servers.first() else {
        let message = "This connector reads no database.";
        return Err(Problem::new("no_database", definition::ProblemKind::Config, definition::Stage::Open, message));
    };
    sources::catalogue(server).await
}

/// A definition of the tables named; of all, where none is. `actions`: the tables that actions write to, too; none
/// named: all of them.
///
/// # Errors
/// Where the database refuses, or has no such table.
pub async fn database_draft(
    address: &str,
    password: Option<Secret>,
    tables: &[String],
    actions: Option<&[String]>,
    name: Option<&str>,
) -> Result<DatabaseDraft, Problem> {
    let pasted = server(address, password)?;
    let catalogue = sources::catalogue(&pasted.server).await?;
    let mut proposal = sources::definition(name.unwrap_or(&pasted.name), &pasted.server, &catalogue, tables)?;
    if let Some(actions) = actions {
        proposal = proposal.with_actions(&catalogue, actions)?;
    }
    let text = to_yaml(&proposal.definition);
    Ok(DatabaseDraft { definition: proposal.definition, text, notes: proposal.notes })
}

fn server(address: &str, password: Option<Secret>) -> Result<sources::Pasted, Problem> {
    let pasted = sources::pasted(address)?;
    let DatabaseServer { url, username, password: own } = pasted.server;
    Ok(sources::Pasted { server: DatabaseServer { url, username, password: own.or(password) }, ..pasted })
}
