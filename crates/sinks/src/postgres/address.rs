//! Which server, database and schema.

use definition::{Problem, ProblemKind, Secret, Stage};
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr;
use url::Url;

/// A place in a PostgreSQL server: `postgres://USER@HOST:PORT/DATABASE?schema=SCHEMA`.
///
/// The password is never part of the address. It is given apart, or found where PostgreSQL's own programs look for it:
/// the environment variable `PGPASSWORD` and the file `~/.pgpass`. `sslmode` and the other parameters are libpq's; TLS
/// is used where the server has it, unless `sslmode` says more.
#[derive(Clone)]
pub struct PostgresAddress {
    pub(super) options: PgConnectOptions,
    pub(super) schema: Option<String>,
    shown: String,
}

impl std::fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PostgresAddress").field(&self.shown).finish()
    }
}

impl PostgresAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// Where it is none, names no database, or holds a password.
    pub fn parse(text: &str, password: Option<&Secret>) -> Result<Self, Problem> {
        let mut url = Url::parse(text).map_err(|error| bad(&format!("it is no URL: {error}")))?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(bad("it must start with postgres://"));
        }
        if url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password") {
            return Err(Problem::new(
                "password_in_address",
                ProblemKind::Config,
                Stage::Open,
                "The address holds a password: it would be shown and kept.",
            )
            .hint("Leave it out, and give it apart: PGPASSWORD, ~/.pgpass, or where the password is asked for."));
        }
        if url.path().trim_matches('/').is_empty() && !url.query_pairs().any(|(name, _)| name == "dbname") {
            return Err(bad("it names no database: postgres://USER@HOST/DATABASE"));
        }
        let schema = url.query_pairs().find(|(name, _)| name == "schema").map(|(_, schema)| schema.into_owned());
        let shown = url.to_string();
        let rest: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| name != "schema")
            .map(|(n, v)| (n.into_owned(), v.into_owned()))
            .collect();
        url.set_query(None);
        if !rest.is_empty() {
            url.query_pairs_mut().extend_pairs(rest);
        }
        let options = PgConnectOptions::from_str(url.as_str()).map_err(|error| bad(&error.to_string()))?;
        let options = options.application_name("tapwright");
        let options = match password {
            Some(password) => options.password(password.open()),
            None => options,
        };
        Ok(Self { options, schema, shown })
    }

    /// The address without a password.
    pub fn shown(&self) -> &str {
        &self.shown
    }
}

fn bad(why: &str) -> Problem {
    Problem::new(
        "bad_address",
        ProblemKind::Config,
        Stage::Open,
        format!("This is no address of a PostgreSQL database: {why}."),
    )
    .hint("Write postgres://USER@HOST:PORT/DATABASE, with ?schema=NAME where it is not the usual schema.")
}

#[cfg(test)]
mod tests {
    use super::PostgresAddress;

    #[test]
    fn addresses_name_a_database_and_hold_no_password() {
        let code = |text: &str| PostgresAddress::parse(text, None).err().map(|problem| problem.code);
        assert_eq!(code("postgres://ann@db.test/sales?schema=raw&sslmode=require"), None);
        assert_eq!(code("postgresql://db.test:5433/sales"), None);
        for wrong in ["mysql://db.test/sales", "postgres://db.test", "sales", "postgres://db.test/sales?sslmode=maybe"]
        {
            assert_eq!(code(wrong).as_deref(), Some("bad_address"), "{wrong}");
        }
        for leak in ["postgres://ann:pw-1@db.test/sales", "postgres://db.test/sales?password=pw-1"] {
            let problem = PostgresAddress::parse(leak, None).unwrap_err();
            assert_eq!(problem.code, "password_in_address");
            assert!(!format!("{problem:?}").contains("pw-1"));
        }
        let address = PostgresAddress::parse("postgres://db.test/sales?schema=raw", None).unwrap();
        assert_eq!((address.schema.as_deref(), address.shown()), (Some("raw"), "postgres://db.test/sales?schema=raw"));
    }
}
