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

fn main() -> ExitCode {
    ExitCode::from(commands::main())
}
