//! What databases say when they refuse, in words that help.

use crate::address::Address;
use crate::sql::Column;
use definition::{Problem, ProblemKind, Stage};
use sqlx::error::DatabaseError;
use std::time::Duration;

/// What a problem is about, and what to do.
type Told = (&'static str, ProblemKind, bool, String, Option<String>);

/// An error of the library, told.
pub(crate) fn told(error: &sqlx::Error, address: &Address) -> Problem {
    let server = address.shown();
    let (code, kind, retry, message, hint): Told = match error {
        sqlx::Error::Database(refused) => of_database(refused.as_ref(), address),
        sqlx::Error::Io(io) => (
            "unreachable",
            ProblemKind::Network,
            true,
            format!("{server} can't be reached, or the connection broke: {}.", reason(io)),
            Some(where_to_look(io).to_owned()),
        ),
        sqlx::Error::Tls(why) => (
            "tls_failed",
            ProblemKind::Network,
            false,
            format!("An encrypted connection to {server} is not possible: {why}. Nothing was sent without encryption."),
            Some("Check the server's certificate and its TLS settings, or `sslmode` in the address.".to_owned()),
        ),
        sqlx::Error::Configuration(why) => {
            ("bad_address", ProblemKind::Config, false, format!("The address of {server} can't be used: {why}."), None)
        }
        sqlx::Error::Protocol(why) => (
            "not_this_database",
            ProblemKind::Network,
            true,
            format!("{server} does not answer as {} does: {why}.", address.product()),
            Some("Is it the right port?".to_owned()),
        ),
        other => ("database_error", ProblemKind::Server, true, format!("{server} can't be read: {other}."), None),
    };
    let mut problem = Problem::new(code, kind, Stage::Send, message);
    problem.hint = hint;
    problem.retry = retry;
    problem.request = Some(format!("SQL {server}"));
    problem
}

/// Why, without the number of the system.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => "nothing takes connections there (refused)".to_owned(),
        _ if unknown_host(error) => "no computer of this name is known".to_owned(),
        _ => error.to_string(),
    }
}

fn where_to_look(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => {
            "Check the port, and that the database runs and takes connections from other computers."
        }
        _ if unknown_host(error) => "Check the host's name. Is a VPN needed to reach it?",
        _ => "Check host and port, and that the server runs and takes connections from here.",
    }
}

fn unknown_host(error: &std::io::Error) -> bool {
    let text = error.to_string();
    ["lookup", "resolve", "not known", "No such host"].iter().any(|word| text.contains(word))
}

fn of_database(refused: &dyn DatabaseError, address: &Address) -> Told {
    let said = refused.message().trim_end_matches('.');
    let code = class(refused);
    let server = address.shown();
    let message = |text: String| format!("{text} The database says: {said}.");
    match code {
        Class::Auth => (
            "auth_rejected",
            ProblemKind::Auth,
            false,
            message(format!("{server} does not take the user name and the password.")),
            Some("Check both, and that this user may sign in from here.".to_owned()),
        ),
        Class::Denied => (
            "not_allowed",
            ProblemKind::Auth,
            false,
            message(format!("The user may not do that on {server}.")),
            Some("Ask for the right to SELECT from the table.".to_owned()),
        ),
        Class::Writes => (
            "query_writes",
            ProblemKind::Config,
            false,
            message(
                "The query would change the database. It was refused, nothing was changed: sources only read.".into(),
            ),
            Some("Write a query that only reads, and an action for what writes.".to_owned()),
        ),
        Class::Unknown("unknown_database") => (
            "unknown_database",
            ProblemKind::Config,
            false,
            message(format!("{server} does not know what is asked for.")),
            Some(
                "Check the database's name, the last part of the address. Small and capital letters differ.".to_owned(),
            ),
        ),
        Class::Unknown(what) => (
            what,
            ProblemKind::Config,
            false,
            message(format!("{server} does not know what is asked for.")),
            Some("`tapwright tables URL` lists the tables and their columns.".to_owned()),
        ),
        Class::Syntax => {
            ("bad_query", ProblemKind::Config, false, message("The query can't be read by the database.".into()), None)
        }
        Class::Timeout => (
            "too_slow",
            ProblemKind::Server,
            true,
            message(format!("{server} took too long, and was stopped.")),
            Some("Raise the source's `timeout`, or give the key's and the cursor's columns an index.".to_owned()),
        ),
        Class::Broken => {
            ("connection_lost", ProblemKind::Network, true, message(format!("{server} ended the connection.")), None)
        }
        Class::Busy => ("busy", ProblemKind::Server, true, message(format!("{server} is busy.")), None),
        Class::NoFile => (
            "no_file",
            ProblemKind::Storage,
            false,
            message(format!("{server} can't be opened.")),
            Some("Check the path, and that the file may be read.".to_owned()),
        ),
        Class::Row => ("row_refused", ProblemKind::Data, false, message("The database refused the row.".into()), None),
        Class::Other => ("database_error", ProblemKind::Server, false, message(format!("{server} refused.")), None),
    }
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Auth,
    Denied,
    Writes,
    Unknown(&'static str),
    Syntax,
    Timeout,
    Broken,
    Busy,
    NoFile,
    /// A value does not fit, or another row stands against it.
    Row,
    Other,
}

pub(crate) fn class(refused: &dyn DatabaseError) -> Class {
    if let Some(mysql) = refused.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
        return mysql_class(mysql.number());
    }
    let code = refused.code().unwrap_or_default();
    if refused.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        return sqlite_class(&code, refused.message());
    }
    postgres_class(&code, refused.message())
}

/// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn postgres_class(code: &str, message: &str) -> Class {
    match code {
        "28000" | "28P01" => Class::Auth,
        "42501" => Class::Denied,
        "25006" => Class::Writes,
        "0A000" if message.contains("data-modifying") => Class::Writes,
        "3D000" => Class::Unknown("unknown_database"),
        "42P01" | "3F000" => Class::Unknown("unknown_table"),
        "42703" => Class::Unknown("unknown_column"),
        "42601" | "42702" | "42883" | "42701" => Class::Syntax,
        "57014" => Class::Timeout,
        "57P01" | "57P02" | "57P03" | "57P05" => Class::Broken,
        "53300" | "40001" | "40P01" | "55P03" => Class::Busy,
        code if code.starts_with("08") => Class::Broken,
        code if code.starts_with("53") => Class::Busy,
        code if code.starts_with("22") || code.starts_with("23") => Class::Row,
        code if code.starts_with("42") => Class::Syntax,
        _ => Class::Other,
    }
}

/// <https://mariadb.com/kb/en/mariadb-error-code-reference/>
fn mysql_class(number: u16) -> Class {
    match number {
        1045 | 1698 | 1251 => Class::Auth,
        1044 | 1142 | 1143 | 1227 | 1370 => Class::Denied,
        1792 | 1290 => Class::Writes,
        1049 => Class::Unknown("unknown_database"),
        1146 | 1051 => Class::Unknown("unknown_table"),
        1054 => Class::Unknown("unknown_column"),
        1060 | 1064 | 1052 | 1248 => Class::Syntax,
        1969 | 3024 | 1317 => Class::Timeout,
        1053 | 1077 | 1079 | 1927 | 2006 | 2013 | 1158..=1161 | 4031 => Class::Broken,
        1040 | 1203 | 1205 | 1213 => Class::Busy,
        1048 | 1062 | 1216 | 1217 | 1264 | 1265 | 1292 | 1364 | 1366 | 1406 | 1451 | 1452 | 3140 | 3819 | 4025 => {
            Class::Row
        }
        _ => Class::Other,
    }
}

/// <https://www.sqlite.org/rescode.html>
fn sqlite_class(code: &str, message: &str) -> Class {
    let number: u32 = code.parse().unwrap_or_default();
    match number & 0xff {
        8 => Class::Writes,
        5 | 6 => Class::Busy,
        14 | 26 => Class::NoFile,
        19 | 20 => Class::Row,
        1 if message.contains("no such table") => Class::Unknown("unknown_table"),
        1 if message.contains("no such column") => Class::Unknown("unknown_column"),
        1 if message.contains("syntax error") => Class::Syntax,
        _ => Class::Other,
    }
}

/// A query that can't be read and begins as one that writes was refused for that.
pub(crate) fn of_query(problem: Problem, query: &str) -> Problem {
    const READS: [&str; 4] = ["select", "with", "values", "table"];
    let first = first_word(query);
    if problem.code != "bad_query" || READS.contains(&first.as_str()) {
        return problem;
    }
    let message = format!(
        "`{}` is no query that reads. It was refused, nothing was changed: sources only read. {}",
        first.to_uppercase(),
        problem.message
    );
    let hint = "Write a query that begins with SELECT or WITH, and an action for what writes.";
    Problem { code: "query_writes".to_owned(), message, hint: Some(hint.to_owned()), ..problem }
}

/// The first word of a query behind its comments, in lower case.
fn first_word(query: &str) -> String {
    let mut rest = query.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    loop {
        let behind = if let Some(line) = rest.strip_prefix("--") {
            line.split_once('\n').map(|(_, behind)| behind)
        } else if let Some(block) = rest.strip_prefix("/*") {
            block.split_once("*/").map(|(_, behind)| behind)
        } else {
            break;
        };
        rest = behind.unwrap_or_default().trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    }
    rest.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase()
}

/// There is nothing to read.
pub fn no_tables() -> Problem {
    let message = "The database has no tables that this user may read.";
    Problem::new("no_tables", ProblemKind::Config, Stage::Open, message).hint(
        "Is it the right database? Ask its owner for the right to SELECT, give another user name, or write a query.",
    )
}

pub(crate) fn bad_table(text: &str) -> Problem {
    let message = format!("`{text}` is no name of a table.");
    Problem::new("bad_table", ProblemKind::Config, Stage::Build, message)
        .hint("Write `table` or `schema.table`; parts with dots or quotes stand in double quotes.")
}

pub(crate) fn unknown_column(name: &str, columns: &[Column]) -> Problem {
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).take(40).collect();
    let message = format!("There is no column `{name}`. Columns: {}.", names.join(", "));
    Problem::new("unknown_column", ProblemKind::Config, Stage::Build, message)
        .hint("The stream's key and its cursor are columns of the table or the query, as the database writes them.")
}

pub(crate) fn too_slow(address: &Address, timeout: Duration, what: &str) -> Problem {
    let message = format!("{} did not {what} within {} seconds.", address.shown(), timeout.as_secs());
    Problem::new("too_slow", ProblemKind::Network, Stage::Send, message)
        .hint("Is a firewall in the way? For slow queries raise the source's `timeout`, or give the key an index.")
        .retryable()
}

pub(crate) fn stopped(address: &Address) -> Problem {
    let message = format!("Reading {} stopped unexpectedly.", address.shown());
    Problem::new("internal", ProblemKind::Internal, Stage::Send, message)
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn the_first_word_stands_behind_comments() {
        for (query, word) in
            [("DELETE FROM x", "delete"), ("-- a\n /* b */ (select 1)", "select"), ("", ""), ("/* open", "")]
        {
            assert_eq!(first_word(query), word, "{query}");
        }
    }
}
