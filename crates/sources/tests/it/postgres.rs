use crate::{fresh, query, read_all, refused, rows, table};
use engine::source::database::DatabaseServer;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// A database of its own, filled by some SQL.
async fn database(sql: &str) -> (DatabaseServer, PgConnection) {
    let url = std::env::var("TAPWRIGHT_TEST_POSTGRES").expect("run this with tools/with-databases.sh");
    let name = fresh("pg");
    let mut admin = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let url = url.rsplit_once('/').map(|(server, _)| format!("{server}/{name}")).unwrap();
    let mut conn = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut conn).await.unwrap();
    (DatabaseServer { url, username: None, password: None }, conn)
}

const TYPES: &str = r#"
CREATE EXTENSION IF NOT EXISTS hstore;
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN positive AS int CHECK (value > 0);
CREATE TABLE types (
  id bigint PRIMARY KEY, n numeric, ntz timestamp, tz timestamptz, d date, t time, ttz timetz, i interval,
  j json, jb jsonb, ai int[], at text[], b bytea, u uuid, m mood, ip inet, c money, h hstore, r int4range, p positive,
  pr pair, pt point, bits bit(4), f8 float8, f4 float4, bo boolean, ch char(4), x xml, o oid);
INSERT INTO types VALUES
 (9223372036854775807, 1234567890123456789012345678901234567890.0123456789, '2024-01-02 03:04:05.678901',
  '2024-01-02 03:04:05.5+02', '2024-02-29', '23:59:59.999999', '12:00:00+02', '1 year 2 mons 3 days 04:05:06.7',
  '{"a":  1}', '{"b": [1, 12345678901234567890]}', '{{1,2},{3,NULL}}', '{"a,b","c\"d"}', '\x00ff10',
  '123e4567-e89b-12d3-a456-426614174000', 'happy', '10.0.0.1/8', 12.5, 'a=>1', '[1,5)', 7, '(1,"x y")', '(1,2)',
  B'1010', 0.1, 0.1, true, 'ab', '<a/>', 42),
 (1, 'NaN', 'infinity', '-infinity', 'infinity', '00:00', NULL, NULL, NULL, 'null', '{}', NULL, '', NULL, NULL, NULL, NULL,
  NULL, 'empty', NULL, NULL, NULL, NULL, 'NaN', 'Infinity', false, NULL, NULL, NULL);
"#;

#[tokio::test]
async fn every_type_is_kept() {
    let (server, _conn) = database(TYPES).await;
    let rows = rows(table(&server, "public.types", &["id"])).await;
    assert_eq!(rows.len(), 2);
    let (small, row) = (&rows[0], &rows[1]);
    for (column, expected) in [
        ("id", "9223372036854775807"),
        ("ntz", r#""2024-01-02T03:04:05.678901""#),
        ("tz", r#""2024-01-02T01:04:05.5Z""#),
        ("d", r#""2024-02-29""#),
        ("t", r#""23:59:59.999999""#),
        ("ttz", r#""12:00:00+02""#),
        ("i", r#""P1Y2M3DT4H5M6.7S""#),
        ("j", r#"{"a":1}"#),
        ("ai", "[[1,2],[3,null]]"),
        ("at", r#"["a,b","c\"d"]"#),
        ("b", r#""AP8Q""#),
        ("u", r#""123e4567-e89b-12d3-a456-426614174000""#),
        ("m", r#""happy""#),
        ("ip", r#""10.0.0.1/8""#),
        ("h", r#""\"a\"=>\"1\"""#),
        ("r", r#""[1,5)""#),
        ("p", "7"),
        ("pr", r#""(1,\"x y\")""#),
        ("pt", r#""(1,2)""#),
        ("bits", r#""1010""#),
        ("f8", "0.1"),
        ("f4", "0.1"),
        ("bo", "true"),
        ("ch", r#""ab  ""#),
        ("o", "42"),
    ] {
        assert_eq!(row[column].to_string(), expected, "{column}");
    }
    for (column, expected) in [
        ("n", json!("NaN")),
        ("ntz", json!("infinity")),
        ("tz", json!("-infinity")),
        ("d", json!("infinity")),
        ("f8", json!("NaN")),
        ("f4", json!("Infinity")),
        ("jb", Value::Null),
        ("ai", json!([])),
        ("b", json!("")),
        ("r", json!("empty")),
    ] {
        assert_eq!(small[column], expected, "{column}");
    }
}

#[tokio::test]
async fn odd_names_and_composite_keys_are_read_while_rows_come_and_go() {
    let sql = r#"
CREATE SCHEMA "Odd. Schema";
CREATE TABLE "Odd. Schema"."größe ""x""" ("Key A" int, "key;b" text, "select" text, PRIMARY KEY ("Key A", "key;b"));
INSERT INTO "Odd. Schema"."größe ""x""" SELECT i / 7, 'k' || i % 7, 'v' || i FROM generate_series(1, 20000) i;
"#;
    let (server, mut conn) = database(sql).await;
    let name = r#""Odd. Schema"."größe ""x""""#;
    let (read, _) = read_all(table(&server, name, &["Key A", "key;b"]), async |page| {
        // Rows behind the page go, rows before it come: neither is met, and no other is lost.
        let sql = format!(r#"DELETE FROM {name} WHERE "select" = 'v{page}'"#);
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
    })
    .await
    .unwrap();
    let values: std::collections::HashSet<_> = read.iter().map(|row| row["select"].to_string()).collect();
    assert_eq!((read.len(), values.len()), (20_000, 20_000));
}

#[tokio::test]
async fn without_a_key_all_comes_in_one_go_and_small_memory() {
    let (server, _conn) =
        database("CREATE TABLE t AS SELECT i, repeat('x', 50) s FROM generate_series(1, 100000) i").await;
    assert_eq!(rows(table(&server, "t", &[])).await.len(), 100_000);
}

#[tokio::test]
async fn rows_on_the_cursor_are_neither_lost_nor_endless() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, at timestamptz);
        INSERT INTO t SELECT i, '2024-01-01T00:00:00Z'::timestamptz + (i / 3000) * interval '1 day' FROM generate_series(1, 9000) i;
        INSERT INTO t VALUES (0, NULL)";
    let (server, _conn) = database(sql).await;
    let first = crate::DatabaseRead { cursor: Some("at".into()), ..table(&server, "t", &["id"]) };
    assert_eq!(rows(first.clone()).await.len(), 9_001);
    let since = crate::DatabaseRead { since: json!("2024-01-04T00:00:00Z"), ..first };
    assert_eq!(rows(since).await.len(), 1);
}

#[tokio::test]
async fn what_writes_is_refused_and_changes_nothing() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1); CREATE SEQUENCE s;
        CREATE FUNCTION w() RETURNS int LANGUAGE sql AS 'DELETE FROM t RETURNING id'";
    let (server, _conn) = database(sql).await;
    for text in [
        "DELETE FROM t",
        "delete from t returning id;",
        "WITH x AS (DELETE FROM t RETURNING id) SELECT * FROM x",
        "SELECT w() AS id",
        "SELECT nextval('s') AS id",
        "SELECT 1 AS id) AS q; DELETE FROM t; --",
        "UPDATE t SET id = 2",
    ] {
        for key in [vec![], vec!["id"]] {
            let problem = refused(query(&server, text, &key)).await;
            assert!(matches!(problem.code.as_str(), "query_writes" | "bad_query"), "{text}: {problem:?}");
        }
    }
    assert_eq!(rows(table(&server, "t", &["id"])).await, [json!({"id": 1})]);
    assert_eq!(rows(query(&server, "SELECT id FROM t -- all;", &["id"])).await.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let (server, _conn) = database("CREATE TABLE t (id int PRIMARY KEY)").await;
    let with = |url: String| DatabaseServer { url, ..server.clone() };
    for (read, code) in [
        (table(&server, "missing", &["id"]), "unknown_table"),
        (table(&server, "t", &["nope"]), "unknown_column"),
        (query(&server, "SELEC 1", &[]), "query_writes"),
        (query(&server, "SELECT 1 AS a, 2 AS a", &[]), "duplicate_name"),
        (table(&with(format!("{}?sslmode=require", server.url)), "t", &["id"]), "tls_failed"),
        (table(&with(format!("{}?sslmode=verify-full", server.url)), "t", &["id"]), "tls_failed"),
        (table(&with(server.url.replace("/t_", "/missing_")), "t", &[]), "unknown_database"),
        (table(&with("postgres://tests@127.0.0.1:1/x".into()), "t", &[]), "unreachable"),
    ] {
        let problem = refused(read).await;
        assert_eq!(problem.code, code, "{problem:?}");
    }
}

#[tokio::test]
async fn a_killed_connection_is_made_anew() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 5000)";
    let (server, mut conn) = database(sql).await;
    let (read, _) = read_all(table(&server, "t", &["id"]), async |_| {
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        sqlx::query(kill).execute(&mut conn).await.unwrap();
    })
    .await
    .unwrap();
    assert_eq!(read.len(), 5_000);
}

#[tokio::test]
async fn rows_are_written() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n int);
        CREATE TABLE \"a.\"\"b\" (id int PRIMARY KEY, \"x \"\"y`;--\" text)";
    let (server, _conn) = database(sql).await;
    crate::writes::alike(&server, "public.t").await;
    crate::writes::any_text(&server, "\"a.\"\"b\"", "x \"y`;--", false).await;
}

#[tokio::test]
async fn every_type_that_is_read_is_written_as_it_was() {
    use definition::model::WriteKind::{Insert, Update};
    let (server, mut conn) = database(TYPES).await;
    let before = rows(table(&server, "types", &["id"])).await;
    sqlx::raw_sql("CREATE TABLE copy (LIKE types INCLUDING ALL)").execute(&mut conn).await.unwrap();
    for row in &before {
        let written = crate::writes::send(crate::writes::write(&server, "copy", Insert, &[], row)).await;
        assert_eq!(written.unwrap_or_else(|problem| panic!("{problem:?} {row}")).rows, 1);
    }
    assert_eq!(rows(table(&server, "copy", &["id"])).await, before);
    // A text of JSON keeps its meaning, not its spaces, and its null is no other than the column's. `n` has more digits
    // than a JSON number of this test keeps: it is written as text, below.
    let other = "SELECT a.key || ': ' || a.value::text || ' / ' || b.value::text FROM types old JOIN copy new ON old.id = new.id,
        jsonb_each(to_jsonb(old)) a, jsonb_each(to_jsonb(new)) b WHERE a.key = b.key AND a.key NOT IN ('j', 'n') AND a.value <> b.value";
    let other: Vec<String> = sqlx::query_scalar(other).fetch_all(&mut conn).await.unwrap();
    assert_eq!(other, Vec::<String>::new(), "digit by digit");
    let digits = "1234567890123456789012345678901234567890.0123456789";
    let update = crate::writes::write(
        &server,
        "copy",
        Update,
        &["id"],
        &json!({"id": 1, "n": digits, "ai": [[1, null], [2, 3]]}),
    );
    let update = crate::RowWrite { returning: vec!["n".into(), "ai".into()], ..update };
    let written = crate::writes::send(update).await.unwrap();
    assert_eq!(std::str::from_utf8(&written.body).unwrap(), format!("[{{\"n\":{digits},\"ai\":[[1,null],[2,3]]}}]"));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_told() {
    use definition::model::WriteKind::{Delete, Insert, Update};
    let sql = "CREATE TABLE t (id int PRIMARY KEY, v varchar(3), n numeric(5, 2), at timestamptz, u uuid, parent int REFERENCES t (id),
        CHECK (n < 100)); INSERT INTO t (id) VALUES (1); INSERT INTO t (id, parent) VALUES (2, 1); CREATE ROLE nobody_#;
        GRANT SELECT ON t TO nobody_#";
    let (server, mut conn) = database(&sql.replace('#', &fresh("role"))).await;
    for (write, code) in [
        (json!({"id": 3, "v": "long"}), "bad_value"),
        (json!({"id": 3, "n": 100}), "check_violation"),
        (json!({"id": 3, "n": "1e99"}), "bad_value"),
        (json!({"id": 3, "at": "never"}), "bad_value"),
        (json!({"id": 3, "u": "x"}), "bad_value"),
        (json!({"id": "3.5"}), "bad_value"),
        (json!({"id": "99999999999999999999"}), "bad_value"),
        (json!({"id": 3, "v": "\u{0}"}), "bad_value"),
        (json!({"id": 3, "parent": 77}), "foreign_key"),
    ] {
        let problem = crate::writes::send(crate::writes::write(&server, "t", Insert, &[], &write)).await.unwrap_err();
        assert_eq!(problem.code, code, "{write} {problem:?}");
        assert!(!problem.retry && problem.hint.is_some(), "{problem:?}");
    }
    let gone = crate::writes::write(&server, "t", Delete, &["id"], &json!({"id": 1}));
    assert_eq!(crate::writes::send(gone.clone()).await.unwrap_err().code, "foreign_key");
    // A row that another holds: the server stops, and it is known that nothing was written.
    sqlx::raw_sql("BEGIN; SELECT * FROM t WHERE id = 1 FOR UPDATE").execute(&mut conn).await.unwrap();
    let held = crate::writes::write(&server, "t", Update, &["id"], &json!({"id": 1, "v": "x"}));
    let held = crate::RowWrite { timeout: std::time::Duration::from_millis(300), ..held };
    let problem = crate::writes::send(held).await.unwrap_err();
    assert_eq!((problem.code.as_str(), problem.stage), ("too_slow", definition::Stage::Respond), "{problem:?}");
    // A connection that ends meanwhile: nobody knows.
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
               AND wait_event_type = 'Lock'";
    let waiting = tokio::spawn(crate::writes::send(gone));
    loop {
        if !sqlx::query(sql).fetch_all(&mut conn).await.unwrap().is_empty() {
            break;
        }
        // What a transaction sees of other connections is kept until it is told to look again.
        sqlx::query("SELECT pg_stat_clear_snapshot()").execute(&mut conn).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let problem = waiting.await.unwrap().unwrap_err();
    assert_eq!(problem.stage, definition::Stage::Send, "{problem:?}");
}
