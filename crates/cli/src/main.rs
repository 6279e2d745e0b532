//! `tapwright`: the api without a window.

mod args;
mod commands;
mod exit;
mod host;
mod out;
mod progress;
mod stop;
mod summary;
mod table;
mod target;
mod values;

use std::process::ExitCode;

/// Records are many small pieces of memory, made on one thread and dropped on another. Without huge pages, which double
/// the memory that a sync needs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(commands::main())
}
