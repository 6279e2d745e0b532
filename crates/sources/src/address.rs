//! Addresses of databases.

use crate::sql::Dialect;
use definition::{Problem, ProblemKind, Secret, Stage};
use engine::source::database::DatabaseServer;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::sqlite::SqliteConnectOptions;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;
use url::Url;

/// How long a lock of SQLite is waited for.
const BUSY: Duration = Duration::from_secs(10);

/// A server's address, read.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub dialect: Dialect,
    shown: String,
    pub to: To,
}

/// How it is connected to.
#[derive(Debug, Clone)]
pub(crate) enum To {
    Postgres(Box<PgConnectOptions>),
    MySql(Box<MySqlConnectOptions>),
    Sqlite(PathBuf),
}

impl Address {
    pub fn of(server: &DatabaseServer) -> Result<Self, Problem> {
        let url = server.url.trim();
        definition::database_url(url, "url").map_err(|fault| bad(fault.message))?;
        if url.to_ascii_lowercase().starts_with("sqlite:") {
            return Ok(Self::sqlite(url));
        }
        let mut parsed = Url::parse(url).map_err(|error| bad(format!("The address can't be read: {error}.")))?;
        if let Some(user) = server.username.as_deref().filter(|user| !user.is_empty()) {
            parsed.set_username(user).map_err(|()| bad("The address takes no user name.".to_owned()))?;
        }
        let mut shown = parsed.clone();
        shown.set_query(None);
        let (dialect, to) = if parsed.scheme().starts_with("postgres") {
            (Dialect::Postgres, To::Postgres(Box::new(postgres(&parsed, server.password.as_ref())?)))
        } else {
            (Dialect::MySql, To::MySql(Box::new(mysql(parsed, server.password.as_ref())?)))
        };
        Ok(Self { dialect, shown: shown.to_string(), to })
    }

    fn sqlite(url: &str) -> Self {
        let rest = url.split_once(':').map(|(_, rest)| rest).unwrap_or_default();
        let path = rest.strip_prefix("//").unwrap_or(rest);
        let path = path.split('?').next().unwrap_or_default();
        let path = match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
            (Some(inner), Some(home)) => PathBuf::from(home).join(inner),
            _ => PathBuf::from(path),
        };
        Self { dialect: Dialect::Sqlite, shown: format!("sqlite:{}", path.display()), to: To::Sqlite(path) }
    }

    /// The address as it may be shown: with the user, without a password.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether nothing goes over a network.
    pub fn is_local(&self) -> bool {
        let host = Url::parse(&self.shown).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let host = host.trim_matches(['[', ']']);
        // Without a host it is a file or a socket.
        host.is_empty() || host == "localhost" || host == "::1" || host.starts_with("127.") || host.starts_with('/')
    }

    /// What it is, for people.
    pub fn product(&self) -> &'static str {
        match self.dialect {
            Dialect::Postgres => "PostgreSQL",
            Dialect::MySql => "MySQL or MariaDB",
            Dialect::Sqlite => "SQLite",
        }
    }
}

fn postgres(url: &Url, password: Option<&Secret>) -> Result<PgConnectOptions, Problem> {
    let mut options = PgConnectOptions::from_str(url.as_str()).map_err(|error| unread(&error))?;
    options = options.application_name("tapwright");
    if let Some(password) = password {
        options = options.password(password.open());
    }
    let verifies = matches!(options.get_ssl_mode(), PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    let named = url.query_pairs().any(|(name, _)| matches!(&*name, "sslrootcert" | "ssl-root-cert" | "ssl-ca"));
    Ok(match system_roots().filter(|_| verifies && !named) {
        Some(roots) => options.ssl_root_cert(roots),
        None => options,
    })
}

fn mysql(mut url: Url, password: Option<&Secret>) -> Result<MySqlConnectOptions, Problem> {
    // Both databases' words are taken: people write what they are used to.
    let word = |value: &str| match value.to_ascii_lowercase().as_str() {
        "disable" => "DISABLED".to_owned(),
        "prefer" | "allow" => "PREFERRED".to_owned(),
        "require" => "REQUIRED".to_owned(),
        "verify-ca" => "VERIFY_CA".to_owned(),
        "verify-full" => "VERIFY_IDENTITY".to_owned(),
        _ => value.to_owned(),
    };
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let is_mode = |name: &str| matches!(name, "sslmode" | "ssl-mode");
    let (mut verifies, mut named) = (false, false);
    url.set_query(None);
    for (name, value) in &pairs {
        let value = if is_mode(name) { word(value) } else { value.clone() };
        verifies |= is_mode(name) && value.to_ascii_uppercase().starts_with("VERIFY");
        named |= matches!(name.as_str(), "sslca" | "ssl-ca");
        url.query_pairs_mut().append_pair(name, &value);
    }
    let mut options = MySqlConnectOptions::from_str(url.as_str()).map_err(|error| unread(&error))?;
    // A query means what it means to the database's own tools.
    options = options.pipes_as_concat(false).no_engine_substitution(false).timezone(Some("+00:00".to_owned()));
    if let Some(password) = password {
        options = options.password(password.open());
    }
    Ok(match system_roots().filter(|_| verifies && !named) {
        Some(roots) => options.ssl_ca(roots),
        None => options,
    })
}

/// A file for reading, or for an action's writing. It is never made.
pub(crate) fn sqlite_options(path: &Path, writes: bool) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).read_only(!writes).create_if_missing(false).busy_timeout(BUSY)
}

/// The system's file of trusted certificates, beside those that are built in.
fn system_roots() -> Option<PathBuf> {
    const PLACES: [&str; 5] = [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];
    let named = std::env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    named.into_iter().chain(PLACES.map(PathBuf::from)).find(|path| path.is_file())
}

/// The library's words without its own frame around them.
fn unread(error: &sqlx::Error) -> Problem {
    let text = error.to_string().replace("error with configuration: ", "").replace("`ssl_mode`", "`sslmode`");
    bad(format!("The address can't be read: {text}."))
}

fn bad(message: String) -> Problem {
    Problem::new("bad_address", ProblemKind::Config, Stage::Open, message)
        .hint("An address is like `postgres://user@host:5432/database?sslmode=require` or `sqlite:/folder/file.db`.")
}

/// What a person pasted, its password apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The server; the user is part of the address no longer.
    pub server: DatabaseServer,
    /// A short name for it: the database's.
    pub name: String,
}

/// Whether a text is the address of a database.
pub fn is_database(text: &str) -> bool {
    let scheme = text.trim().split(':').next().unwrap_or_default().to_ascii_lowercase();
    text.contains(':') && matches!(scheme.as_str(), "postgres" | "postgresql" | "mysql" | "mariadb" | "sqlite")
}

/// What a server is and its address as it may be shown: with the user, without a password.
///
/// # Errors
/// Where the address is none.
pub fn product(server: &DatabaseServer) -> Result<(&'static str, String), Problem> {
    let address = Address::of(server)?;
    Ok((address.product(), address.shown))
}

/// Takes an address apart: user and password are taken out of it at once.
///
/// # Errors
/// Where it is none.
pub fn pasted(text: &str) -> Result<Pasted, Problem> {
    let text = text.trim();
    if text.to_ascii_lowercase().starts_with("sqlite:") {
        definition::database_url(text, "url").map_err(|fault| bad(fault.message))?;
        let Address { to, .. } = Address::sqlite(text);
        let To::Sqlite(path) = to else { return Err(bad("This is no file.".to_owned())) };
        let path = std::path::absolute(&path).unwrap_or(path);
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let url = format!("sqlite:{}", path.display());
        return Ok(Pasted { server: DatabaseServer { url, username: None, password: None }, name });
    }
    let mut url = Url::parse(text).map_err(|error| bad(format!("The address can't be read: {error}.")))?;
    let decoded = |text: &str| percent(text);
    let mut username = Some(decoded(url.username())).filter(|user| !user.is_empty());
    let mut password = url.password().map(decoded).filter(|password| !password.is_empty());
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    url.set_query(None);
    for (name, value) in pairs {
        match name.as_str() {
            "user" => username = Some(value),
            "password" | "pwd" => password = Some(value),
            _ => {
                url.query_pairs_mut().append_pair(&name, &value);
            }
        }
    }
    let name = percent(url.path().trim_matches('/'));
    let name = if name.is_empty() { url.host_str().unwrap_or("database").to_owned() } else { name };
    let server = DatabaseServer { url: url.to_string(), username, password: password.map(Secret::new) };
    Address::of(&server)?;
    Ok(Pasted { server, name })
}

/// Text without its percent signs.
fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::pasted;

    #[test]
    fn a_pasted_password_is_taken_out_at_once() {
        for (text, url, user, password, name) in [
            ("postgres://a%40b:p%2Fw@db.test/shop", "postgres://db.test/shop", Some("a@b"), Some("p/w"), "shop"),
            ("mysql://root@h:3307/x?ssl-mode=REQUIRED", "mysql://h:3307/x?ssl-mode=REQUIRED", Some("root"), None, "x"),
            ("postgresql://h/d?user=u&password=s", "postgresql://h/d", Some("u"), Some("s"), "d"),
            ("mariadb://h", "mariadb://h", None, None, "h"),
            ("sqlite:///a/shop.db?mode=rwc", "sqlite:/a/shop.db", None, None, "shop"),
        ] {
            let pasted = pasted(text).unwrap();
            assert_eq!(pasted.server.url, url);
            assert_eq!(pasted.server.username.as_deref(), user);
            assert_eq!(pasted.server.password.as_ref().map(|secret| secret.open()), password);
            assert_eq!(pasted.name, name);
        }
        for text in ["postgres://", "oracle://h/x", "postgres://h/x?sslmode=maybe"] {
            assert!(super::pasted(text).is_err(), "{text}");
        }
    }
}
