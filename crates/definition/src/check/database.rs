//! `source` of a stream that is read from a database.

use super::Checker;
use super::names::short;
use super::template::SHARED;
use crate::Fault;
use crate::model::{DatabaseSource, Stream, Template};
use crate::suggest::closest;

/// The schemes of the databases that are read.
const SCHEMES: [&str; 5] = ["postgres", "postgresql", "mysql", "mariadb", "sqlite"];

/// Checks the address of a database, its expressions filled in.
///
/// # Errors
/// Where it is none of a database that is read, or holds a password.
pub fn database_url(text: &str, path: &str) -> Result<(), Fault> {
    let scheme = text.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let usual = "An address starts with `postgres://`, `mysql://`, `mariadb://` or `sqlite:`.";
    if !text.contains(':') || !SCHEMES.contains(&scheme.as_str()) {
        let message = format!("`{}` is no database that is read. {usual}", short(text));
        let mut fault = Fault::new("bad_url", path, message);
        fault.suggestion = closest(&scheme, SCHEMES).map(|near| format!("{near}://"));
        return Err(fault);
    }
    if scheme == "sqlite" {
        let file = text.split_once(':').map(|(_, rest)| rest.trim_start_matches("//")).unwrap_or_default();
        if file.is_empty() {
            return Err(Fault::new("bad_url", path, "The file is missing: `sqlite:/folder/file.db`."));
        }
        return Ok(());
    }
    let url = url::Url::parse(text)
        .map_err(|error| Fault::new("bad_url", path, format!("`{}` is no address: {error}.", short(text))))?;
    if url.password().is_some() {
        let message = "A password must not stand in the address, which is shared and shown. Put it into `password`.";
        return Err(Fault::new("credentials_in_url", path, message));
    }
    if url.host_str().is_none_or(str::is_empty) && !url.query_pairs().any(|(name, _)| name == "host") {
        return Err(Fault::new("bad_url", path, format!("`{}` names no host. {usual}", short(text))));
    }
    Ok(())
}

impl Checker<'_> {
    /// A database of a stream, and what of the stream has no meaning with it.
    pub(super) fn database_stream(&mut self, stream: &Stream, source: &DatabaseSource) {
        self.at("source", |checker| checker.database(source));
        let http = "This is of HTTP requests; the records are rows of a database.";
        let unused = [
            ("partitions", !stream.partitions.is_empty()),
            ("job", stream.job.is_some()),
            ("decode", stream.decode != Default::default()),
            ("paginate", stream.paginate != Default::default()),
            ("responses", !stream.responses.is_empty()),
        ];
        for (key, _) in unused.into_iter().filter(|(_, used)| *used) {
            self.at(key, |checker| checker.fault("unused", http));
        }
        if stream.records.path.is_some() {
            self.at("records", |checker| checker.at("path", |checker| checker.fault("unused", http)));
        }
        self.some("incremental", stream.incremental.as_ref(), |checker, incremental| {
            if incremental.inject != Default::default() {
                checker
                    .at("inject", |checker| checker.fault("unused", "The database is asked by the cursor's column."));
            }
            if incremental.data_feed {
                checker.at("data_feed", |checker| checker.fault("unused", http));
            }
            if !is_column(&incremental.cursor) {
                let message = "The cursor of a table is one of its columns: `$.updated_at`, `$['Changed at']`.";
                checker.at("cursor", |checker| checker.fault("no_column", message));
            }
        });
    }

    /// The database, and what is read of it.
    fn database(&mut self, source: &DatabaseSource) {
        self.database_server(&source.url, source.username.as_ref(), source.password.as_ref());
        self.some("timeout", source.timeout.as_ref(), |checker, timeout| checker.duration(timeout));
        match (&source.table, &source.query) {
            (Some(table), None) => self.at("table", |checker| checker.table(table)),
            (None, Some(query)) if query.trim().is_empty() => {
                self.at("query", |checker| checker.fault("empty", "The query is empty."));
            }
            (None, Some(_)) => {}
            (Some(_), Some(_)) => self.at("query", |checker| {
                checker.fault("two_sources", "A stream reads either a `table` or a `query`, not both.");
            }),
            (None, None) => self.at("table", |checker| {
                checker.fault("missing", "What is read? Name a `table` (`schema.table`) or write a `query`.");
            }),
        }
    }

    /// A server with its credentials.
    pub(super) fn database_server(&mut self, url: &Template, username: Option<&Template>, password: Option<&Template>) {
        self.at("url", |checker| {
            if url.is_literal() {
                let path = checker.path.clone();
                checker.faults.extend(database_url(url.as_str().trim(), &path).err());
            }
            checker.template(url, SHARED);
        });
        self.some("username", username, |checker, name| checker.template(name, SHARED));
        self.some("password", password, |checker, password| {
            if password.is_literal() {
                checker.literal_secret();
            } else {
                checker.template(password, SHARED);
            }
        });
    }

    /// A table's name: parts between dots, each as it stands or in double quotes.
    pub(super) fn table(&mut self, text: &str) {
        if table_parts(text).is_none() {
            let message = format!(
                "`{}` is no table. Write `table` or `schema.table`; parts with dots or quotes stand in double quotes.",
                short(text)
            );
            self.fault("bad_table", message);
        }
    }
}

/// The parts of a table's name: `schema.table`, each as it stands or in double quotes (`"a.b"."c ""d"""`). Up to three.
pub fn table_parts(text: &str) -> Option<Vec<String>> {
    let (mut parts, mut rest) = (Vec::new(), text);
    loop {
        let (part, behind) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_part(quoted)?,
            None => match rest.split_once('.') {
                Some((part, behind)) => (part.to_owned(), Some(behind)),
                None => (rest.to_owned(), None),
            },
        };
        if part.is_empty() || part.contains('\0') {
            return None;
        }
        parts.push(part);
        match behind {
            Some(behind) => rest = behind,
            None => return (parts.len() <= 3).then_some(parts),
        }
    }
}

/// A part up to its closing quote, and what stands behind the dot after it.
fn quoted_part(text: &str) -> Option<(String, Option<&str>)> {
    let (mut part, mut rest) = (String::new(), text);
    loop {
        let (before, behind) = rest.split_once('"')?;
        part.push_str(before);
        if let Some(again) = behind.strip_prefix('"') {
            part.push('"');
            rest = again;
        } else if behind.is_empty() {
            return Some((part, None));
        } else {
            return behind.strip_prefix('.').map(|behind| (part, Some(behind)));
        }
    }
}

/// Writes a table's name such that [`table_parts`] reads it.
pub fn table_name(parts: &[String]) -> String {
    let write = |part: &String| {
        if part.contains(['.', '"']) { format!("\"{}\"", part.replace('"', "\"\"")) } else { part.clone() }
    };
    parts.iter().map(write).collect::<Vec<_>>().join(".")
}

/// Whether a path leads to a member of the record itself.
fn is_column(path: &str) -> bool {
    let path = path.trim();
    let rest = path.strip_prefix('$').unwrap_or(path);
    if let Some(inner) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return inner.len() > 2 && (inner.starts_with('\'') || inner.starts_with('"')) && !inner.contains("][");
    }
    let name = rest.strip_prefix('.').unwrap_or(rest);
    !name.is_empty() && !name.contains(['.', '[', '*', '?'])
}

#[cfg(test)]
mod tests {
    use super::{database_url, is_column, table_name, table_parts};

    #[test]
    fn names_of_tables_are_read_and_written() {
        for (text, parts) in [
            ("orders", Some(vec!["orders"])),
            ("sales.Order Lines", Some(vec!["sales", "Order Lines"])),
            ("\"a.b\".\"c \"\"d\"\"\"", Some(vec!["a.b", "c \"d\""])),
            ("größe.表", Some(vec!["größe", "表"])),
            ("", None),
            (".", None),
            ("a.", None),
            ("\"a", None),
            ("\"a\"b", None),
            ("a.b.c.d", None),
        ] {
            let parts: Option<Vec<String>> = parts.map(|parts| parts.into_iter().map(str::to_owned).collect());
            assert_eq!(table_parts(text), parts, "{text}");
            if let Some(parts) = parts {
                assert_eq!(table_parts(&table_name(&parts)), Some(parts));
            }
        }
    }

    #[test]
    fn addresses_are_of_databases_and_without_passwords() {
        for (text, code) in [
            ("postgres://db.test/shop", None),
            ("postgresql://u@db.test:5433/shop?sslmode=require", None),
            ("mysql://root@127.0.0.1/x", None),
            ("mariadb://h/x", None),
            ("sqlite:/a/b.db", None),
            ("sqlite:b.db", None),
            ("sqlite:", Some("bad_url")),
            ("postgres://u:p@db.test/shop", Some("credentials_in_url")),
            ("oracle://db", Some("bad_url")),
            ("https://a.test", Some("bad_url")),
            ("postgres:///x", Some("bad_url")),
            ("", Some("bad_url")),
        ] {
            assert_eq!(database_url(text, "p").err().map(|fault| fault.code).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn a_cursor_is_a_column() {
        for (path, column) in
            [("$.a", true), ("a", true), ("$['a b']", true), ("$.a.b", false), ("$", false), ("$.a[0]", false)]
        {
            assert_eq!(is_column(path), column, "{path}");
        }
    }
}
