//! What the command line needs and the window does not: a definition's file that is read without being kept first, and
//! connections by their names.

mod alone;
mod database;
mod destination;
mod faults;
mod kept;
mod plan;
mod read;
mod sign_in;

pub(crate) use alone::take_turn;
pub use database::{Catalogue, CatalogueTable, DatabaseDraft, database_draft, is_database, tables_at, tables_of};
pub use destination::{Destination, is_local_database};
pub use faults::compile_faults;
pub(crate) use kept::DESTINATION_PASSWORD;
pub use kept::{
    KeptConnection, Made, NewConnection, connect, connection, delete_connection, give_secrets, import, local_database,
};
pub use plan::plan;
pub use read::{Read, StreamEnd, check, columns, read};
pub use sign_in::{file_host, keeps_tokens, sign_in};
