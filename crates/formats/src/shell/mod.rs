//! A command line cut into words, as the shell it was written for would cut it.

mod bash;
mod cmd;

/// Cuts a command into words. What stands behind a pipe, a redirection or a `;` is left out and told in `rest`.
pub(crate) fn words(text: &str) -> Words {
    if cmd::looks_like(text) { Words { words: cmd::words(text), rest: false } } else { bash::words(text) }
}

/// The words of one command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// The words, quotes taken off.
    pub words: Vec<String>,
    /// Whether there was more behind the command.
    pub rest: bool,
}
