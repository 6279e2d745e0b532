//! curl commands: the options that make the request are taken over, the others are told.

mod call;
mod options;

use crate::RequestDraft;
use crate::{draft, shell};
use call::Reader;
use definition::{Problem, ProblemKind, Stage};

/// Reads a curl command.
pub(crate) fn read(text: &str) -> Result<RequestDraft, Problem> {
    if text.lines().any(|line| line.trim_end().ends_with(" `")) {
        return Err(powershell());
    }
    let words = shell::words(text);
    let mut reader = Reader::default();
    if words.rest {
        reader.call.losses.push("What stands behind the curl command (a pipe or another command) was left out.".into());
    }
    let call = reader.read(words.words.into_iter().skip_while(|word| !is_curl(word)).skip(1))?;
    draft::build(call, "the curl command")
}

/// Whether a word calls curl.
pub(crate) fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word).to_ascii_lowercase();
    name == "curl" || name == "curl.exe"
}

/// PowerShell is not read.
pub(crate) fn powershell() -> Problem {
    Problem::new(
        "powershell_not_read",
        ProblemKind::Config,
        Stage::Open,
        "This is a PowerShell command; Tapwright reads curl commands for bash and for the command prompt.",
    )
    .hint("In the browser choose \"Copy as cURL (bash)\", or paste the URL alone.")
}
