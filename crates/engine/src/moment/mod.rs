//! Dates, moments and times in one place: read in any usual form or by a format, written by a format, compared.
//!
//! Formats are strftime as Python knows it, with the extensions that connectors use (`%s`, `%ms`, `%_ms`,
//! `%s_as_float`, `%epoch_microseconds`), and the words `rfc3339`, `rfc2822`, `epoch`, `epoch_ms`, `epoch_us`, `date`.

mod cursor;
mod names;
mod parse;
mod read;
mod recognise;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub(crate) use cursor::{CursorValue, before, timestamp};
pub use parse::parse_moment;
pub use read::{read_any, read_clock, read_moment};
pub(crate) use recognise::read_form;
pub use recognise::{recognise_epoch, recognise_moment};
pub use value::{Moment, MomentForm};
pub use write::format_moment;
