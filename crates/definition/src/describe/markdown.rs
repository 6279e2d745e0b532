//! A connector's README, in Markdown: made of its description, the same text each time.

use super::{ActionDescription, Description, InputDescription, StreamDescription, describe};
use crate::model::{ConfigType, Definition};
use serde_json::Value;
use std::fmt::Write;

/// The README of a connector. `file` is what it is called where people have it.
pub fn markdown(definition: &Definition, file: &str) -> String {
    let about = describe(definition);
    let mut out = format!("# {}\n", plain(&about.title));
    if !about.description.is_empty() {
        let _ = write!(out, "\n{}\n", plain(&about.description));
    }
    facts(&mut out, &about);
    inputs(&mut out, &about);
    streams(&mut out, &about.streams);
    actions(&mut out, &about);
    webhooks(&mut out, &about);
    destinations(&mut out, &about);
    limits(&mut out, &about);
    running(&mut out, &about, file);
    out
}

fn facts(out: &mut String, about: &Description) {
    let mut rows: Vec<(&str, String)> = Vec::new();
    rows.push(("Name", code(&about.name)));
    if !about.version.is_empty() {
        rows.push(("Version", cell(&about.version)));
    }
    if !about.hosts.is_empty() {
        rows.push(("Hosts", about.hosts.iter().map(|host| code(host)).collect::<Vec<_>>().join(", ")));
    }
    let ways: Vec<String> = about.auth.iter().map(|way| cell(&way.title)).collect();
    if !ways.is_empty() {
        rows.push(("Sign-in", ways.join(", ")));
    }
    if !about.capabilities.is_empty() {
        rows.push((
            "Can do",
            about.capabilities.iter().map(|one| cell(&one.replace('_', " "))).collect::<Vec<_>>().join(", "),
        ));
    }
    if !about.docs.is_empty() {
        rows.push((
            "Documentation",
            format!("<{}>", about.docs.replace(['<', '>', ' ', '\n'], "").replace('|', "%7C")),
        ));
    }
    out.push_str("\n| | |\n| --- | --- |\n");
    for (name, value) in rows {
        let _ = writeln!(out, "| {name} | {value} |");
    }
}

fn inputs(out: &mut String, about: &Description) {
    if about.inputs.is_empty() && about.auth.iter().all(|way| way.kind == "none") {
        out.push_str("\n## Getting started\n\nNothing has to be filled in: the API needs no key.\n");
        return;
    }
    if !about.inputs.is_empty() {
        out.push_str("\n## What to fill in\n\n| Name | Type | Needed | What it is |\n| --- | --- | --- | --- |\n");
        for input in &about.inputs {
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} |",
                code(&input.name),
                word(&input.kind),
                if input.required && input.default.is_none() { "yes" } else { "no" },
                help(input)
            );
        }
    }
    let ways: Vec<_> = about.auth.iter().filter(|way| way.kind != "none").collect();
    if ways.is_empty() {
        return;
    }
    out.push_str("\n## How to get the key\n");
    for way in ways {
        let when = way.when.as_ref().map(|when| format!(" (for {})", code(when))).unwrap_or_default();
        let _ = write!(out, "\n**{}**{when}: {}\n", cell(&way.title), steps(way, about));
    }
}

fn help(input: &InputDescription) -> String {
    let mut parts = Vec::new();
    if input.title != input.name {
        parts.push(format!("{}.", cell(input.title.trim_end_matches('.'))));
    }
    if !input.description.is_empty() {
        parts.push(cell(&input.description));
    }
    if let Some(default) = &input.default {
        parts.push(format!("Default {}.", code(&value(default))));
    }
    if !input.options.is_empty() {
        parts.push(format!("One of {}.", input.options.iter().map(|one| code(one)).collect::<Vec<_>>().join(", ")));
    }
    parts.join(" ")
}

/// How a key of a kind is had: what the definition says of its inputs, and what the kind means.
fn steps(way: &super::AuthDescription, about: &Description) -> String {
    let names = || way.inputs.iter().map(|name| code(name)).collect::<Vec<_>>().join(" and ");
    let given = if way.inputs.is_empty() { String::new() } else { format!(" Give it as {}.", names()) };
    let where_ = if about.docs.is_empty() {
        "in the settings of your account".to_owned()
    } else {
        "as the documentation above says".to_owned()
    };
    let text = match way.kind.as_str() {
        "bearer" => format!("create an access token {where_}.{given}"),
        "api_key" => format!("create an API key {where_}.{given}"),
        "basic" | "digest" => format!(
            "use the user name and password (or API token) of your account.{}",
            given.replace("Give it", "Give them")
        ),
        "oauth2" if way.person => {
            let client = if way.inputs.is_empty() {
                String::new()
            } else {
                format!(" Register an application {where_} and give {}.", names())
            };
            format!("sign in once with `tapwright sign-in NAME`, in the browser or with a code.{client}")
        }
        "oauth2" => format!("register an application {where_}.{}", given.replace("Give it", "Give its credentials")),
        "jwt" => format!("create a key for signing tokens {where_}.{given}"),
        "session" => format!("use your login.{given}"),
        "aws_sigv4" => format!("create an access key for a user with the rights that are needed.{given}"),
        _ => format!("see the documentation.{given}"),
    };
    let scopes = if way.scopes.is_empty() {
        String::new()
    } else {
        format!(" Scopes: {}.", way.scopes.iter().map(|scope| code(scope)).collect::<Vec<_>>().join(", "))
    };
    format!("{text}{scopes}")
}

fn streams(out: &mut String, streams: &[StreamDescription]) {
    if streams.is_empty() {
        return;
    }
    out.push_str("\n## What can be read\n\n| Stream | Key | Reads only what changed | Parts | Records |\n| --- | --- | --- | --- | --- |\n");
    for stream in streams {
        let key = stream.key.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        let changed =
            stream.incremental.as_ref().map_or_else(|| "no".to_owned(), |by| format!("by {}", code(&by.cursor)));
        let parts = stream.partitions.iter().map(|part| cell(part)).collect::<Vec<_>>().join("; ");
        let _ =
            writeln!(out, "| {} | {key} | {changed} | {parts} | {} |", code(&stream.name), cell(&stream.description));
    }
    for stream in streams {
        one_stream(out, stream);
    }
}

fn one_stream(out: &mut String, stream: &StreamDescription) {
    let _ = write!(out, "\n### {}\n\n", plain(&stream.name));
    if !stream.description.is_empty() {
        let _ = write!(out, "{}\n\n", plain(&stream.description));
    }
    let mut lines = Vec::new();
    if !stream.reads.is_empty() {
        lines.push(format!("Reads {}.", code(&stream.reads)));
    }
    if let Some(by) = &stream.incremental {
        let start = by.start.as_ref().map(|start| format!(", at first from {}", code(start))).unwrap_or_default();
        let how = if by.by_the_api { "" } else { " Older records are read and left out here." };
        lines.push(format!("Reads only what changed, by {}{start}.{how}", code(&by.cursor)));
    }
    match stream.deletions.as_str() {
        "mark" => lines.push("Records that are gone are marked in `_deleted_at`.".to_owned()),
        "remove" => lines.push("Records that are gone are removed.".to_owned()),
        _ => {}
    }
    match stream.rest.as_str() {
        "keep" if stream.fields.is_empty() => lines.push("Records are kept as they come.".to_owned()),
        "keep" => lines.push("What no column takes is kept as well.".to_owned()),
        "drop" | "" => {}
        column => lines.push(format!("What no column takes is kept in {}.", code(column))),
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "{}", lines.join(" "));
    }
    if stream.fields.is_empty() {
        return;
    }
    out.push_str("\n| Column | Type | |\n| --- | --- | --- |\n");
    for field in &stream.fields {
        let mut notes = Vec::new();
        if field.key {
            notes.push("key".to_owned());
        }
        if field.required {
            notes.push("always there".to_owned());
        }
        if !field.description.is_empty() {
            notes.push(cell(&field.description));
        }
        let _ = writeln!(out, "| {} | {} | {} |", code(&field.name), word(&field.kind), notes.join("; "));
    }
}

fn actions(out: &mut String, about: &Description) {
    if about.actions.is_empty() {
        return;
    }
    out.push_str("\n## Actions\n");
    for action in &about.actions {
        let _ = write!(out, "\n### {}\n\n", plain(&action.name));
        let says =
            if action.description.is_empty() { String::new() } else { format!("{} ", plain(&action.description)) };
        let stream = action.stream.as_ref().map(|name| format!(" Writes to {}.", code(name))).unwrap_or_default();
        let _ = writeln!(out, "{says}Kind {}; sends {}.{stream}", code(&word(&action.kind)), code(&action.sends));
        if !action.params.is_empty() {
            out.push_str("\n| Parameter | Type | Needed | |\n| --- | --- | --- | --- |\n");
            for param in &action.params {
                let default = param
                    .default
                    .as_ref()
                    .map(|given| format!(" Default {}.", code(&value(given))))
                    .unwrap_or_default();
                let needed = if param.required && param.default.is_none() { "yes" } else { "no" };
                let says = format!("{}{default}", cell(&param.description));
                let _ = writeln!(out, "| {} | {} | {needed} | {} |", code(&param.name), word(&param.kind), says.trim());
            }
        }
        if !action.answer.is_empty() {
            let names = action.answer.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
            let _ = write!(out, "\nAnswers with {names}.\n");
        }
        fence(out, &example(action));
    }
}

/// A command that calls an action with what it needs.
fn example(action: &ActionDescription) -> String {
    let mut line = format!("tapwright action NAME {}", action.name);
    for param in action.params.iter().filter(|param| param.required && param.default.is_none()) {
        let _ = write!(line, " --param {}={}", param.name, word(&param.kind).to_uppercase());
    }
    line
}

fn webhooks(out: &mut String, about: &Description) {
    if about.webhooks.is_empty() {
        return;
    }
    out.push_str("\n## Webhooks\n");
    for webhook in &about.webhooks {
        let _ = write!(out, "\n### {}\n\n", plain(&webhook.name));
        let secret = webhook.inputs.iter().map(|name| code(name)).collect::<Vec<_>>().join(" and ");
        let proof = match webhook.verify.as_str() {
            "none" => "Events are not verified: anybody who knows the address can send some.".to_owned(),
            "hmac" => "Each event is signed.".to_owned(),
            "token" => "Each event carries a token.".to_owned(),
            "basic" => "Each event carries a user name and a password.".to_owned(),
            other => format!("Each event is verified by {}.", code(other)),
        };
        let _ = write!(out, "{proof}\n\n1. Start the receiver: `tapwright listen NAME`.\n");
        let _ = writeln!(
            out,
            "2. Let the service send events to {}, where your address leads to this computer.",
            code(&format!("https://YOUR-ADDRESS/hooks/NAME/{}", webhook.name))
        );
        if !secret.is_empty() {
            let _ = writeln!(out, "3. Give the connection the secret that the service shows, as {secret}.");
        }
        if !webhook.events.is_empty() {
            out.push_str("\n| Event | Goes to |\n| --- | --- |\n");
            for event in &webhook.events {
                let _ = writeln!(out, "| {} | {} |", code(&event.event), code(&event.stream));
            }
        }
    }
}

fn destinations(out: &mut String, about: &Description) {
    if about.destinations.is_empty() {
        return;
    }
    out.push_str("\n## Tables that can be pushed back\n\n");
    for destination in &about.destinations {
        let what = if destination.description.is_empty() {
            String::new()
        } else {
            format!(": {}", cell(&destination.description))
        };
        let table =
            destination.stream.as_ref().map_or("any table".to_owned(), |stream| format!("the table {}", code(stream)));
        let key = destination.key.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "- {}{what}\n  - Rows: {table}, told apart by {key}.", code(&destination.name));
        for (word, action) in destination.writes.iter().zip(&destination.actions) {
            let rows = match word.as_str() {
                "create" => "New rows",
                "update" => "Changed rows",
                _ if destination.delete_missing => "Rows that are gone",
                _ => "Rows that are gone, where you ask for it (`--delete-missing`)",
            };
            let _ = writeln!(out, "  - {rows}: {word} by {}.", code(action));
        }
    }
}

fn limits(out: &mut String, about: &Description) {
    if about.hosts.is_empty() {
        return;
    }
    out.push_str("\n## Limits\n\n");
    for limit in &about.rate_limits {
        let _ = writeln!(out, "- At most {}.", cell(limit));
    }
    let many = if about.concurrency == 1 { "request" } else { "requests" };
    let _ = writeln!(out, "- At most {} {many} at once.", about.concurrency);
    out.push_str("- What the API says of its own limits is kept as well.\n");
}

fn running(out: &mut String, about: &Description, file: &str) {
    out.push_str("\n## How to run it\n");
    let mut lines = format!("tapwright connect {} --name NAME", shell(file));
    for input in about.inputs.iter().filter(|input| input.required && input.default.is_none()) {
        let given = match input.kind {
            ConfigType::Secret => format!(" --secret {}=env:{}", input.name, input.name.to_uppercase()),
            _ => format!(" --config {}=VALUE", input.name),
        };
        lines.push_str(&given);
    }
    if about.auth.iter().any(|way| way.person) {
        lines.push_str("\ntapwright sign-in NAME");
    }
    lines.push_str("\ntapwright check NAME");
    if !about.streams.is_empty() {
        lines.push_str("\ntapwright sync NAME");
    }
    fence(out, &lines);
}

fn fence(out: &mut String, text: &str) {
    let _ = write!(out, "\n```sh\n{text}\n```\n");
}

/// A file's name as a shell takes it.
fn shell(file: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !file.is_empty() && file.chars().all(safe) {
        file.to_owned()
    } else {
        format!("'{}'", file.replace('\'', "'\\''"))
    }
}

/// A word of the model: `datetime`.
fn word(kind: &impl serde::Serialize) -> String {
    super::parts::tag(kind)
}

fn value(value: &Value) -> String {
    super::parts::text(value)
}

/// Text on one line, with what Markdown would take for its own escaped.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!') {
            out.push('\\');
        }
        if !c.is_control() {
            out.push(c);
        }
    }
    // A number or a dash at the start would begin a list.
    let listed = out.starts_with(['-', '+', '='])
        || out.split_once('.').is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if listed && out.starts_with(['-', '+', '=']) {
        format!("\\{out}")
    } else if listed {
        out.replacen('.', "\\.", 1)
    } else {
        out
    }
}

/// The same inside a table.
fn cell(text: &str) -> String {
    plain(text)
}

/// Code, in as many backticks as it needs. A bar would end the table's cell.
fn code(text: &str) -> String {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

#[cfg(test)]
mod tests {
    use super::{code, plain, shell};

    #[test]
    fn nothing_of_a_definition_becomes_markdown() {
        assert_eq!(plain("a *b* <script>|x\n# y"), "a \\*b\\* \\<script\\>\\|x \\# y");
        assert_eq!(plain("- no list"), "\\- no list");
        assert_eq!(plain("1. no list"), "1\\. no list");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(shell("my file.yaml"), "'my file.yaml'");
    }
}
