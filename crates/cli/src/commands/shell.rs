//! `schema`, `completions` and `man`: texts for other programs.

use crate::args::Cli;
use crate::exit;
use crate::out::Out;
use clap::CommandFactory;
use definition::Problem;

/// Prints the JSON Schema.
pub fn schema(out: &Out) -> Result<u8, Problem> {
    let text = serde_json::to_string_pretty(&definition::schema()).unwrap_or_default();
    out.line(&text);
    Ok(exit::DONE)
}

/// Prints completions.
pub fn completions(out: &Out, shell: clap_complete::Shell) -> Result<u8, Problem> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "tapwright", &mut bytes);
    out.text(&String::from_utf8_lossy(&bytes));
    Ok(exit::DONE)
}

/// Prints the manual page, with a part for each command.
pub fn man(out: &Out) -> Result<u8, Problem> {
    let mut command = Cli::command();
    command.build();
    let mut bytes = Vec::new();
    let _ = clap_mangen::Man::new(command.clone()).render(&mut bytes);
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let page = clap_mangen::Man::new(sub.clone());
        let name = format!(".SH TAPWRIGHT {}\n", sub.get_name().to_uppercase());
        bytes.extend(name.into_bytes());
        let _ = page.render_description_section(&mut bytes);
        let _ = page.render_synopsis_section(&mut bytes);
        let _ = page.render_options_section(&mut bytes);
    }
    out.text(&String::from_utf8_lossy(&bytes));
    Ok(exit::DONE)
}
