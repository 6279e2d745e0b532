use crate::{fresh, query, read_all, refused, rows, table};
use engine::source::database::DatabaseServer;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};

/// A database of its own, filled by some SQL.
async fn database(sql: &str) -> (DatabaseServer, MySqlConnection) {
    let url = std::env::var("TAPWRIGHT_TEST_MARIADB").expect("run this with tools/with-databases.sh");
    let name = fresh("my");
    let mut admin = MySqlConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
    let url = url.rsplit_once('/').map(|(server, _)| format!("{server}/{name}")).unwrap();
    let mut conn = MySqlConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut conn).await.unwrap();
    (sources::pasted(&url).unwrap().server, conn)
}

#[tokio::test]
async fn every_type_is_kept() {
    let sql = r#"
SET sql_mode = '';
CREATE TABLE types (
  id bigint unsigned PRIMARY KEY, d decimal(65,10), dt datetime(6), ts timestamp(3) NULL, da date, ti time(2), y year,
  j json, s set('a','b'), e enum('x','y'), bi bit(10), bl blob, t1 tinyint(1), tb text COLLATE utf8mb4_bin,
  f float, db double, vb varbinary(4), g point, c char(4), mi mediumint, n4 text) CHARACTER SET utf8mb4;
SET time_zone = '+02:00';
INSERT INTO types VALUES (18446744073709551615, 1234567890123456789012345678901234567890.0123456789,
  '2024-01-02 03:04:05.678901', '2024-01-02 03:04:05.500', '2024-02-29', '-838:59:59.00', 2024, '{"a": 1}', 'a,b', 'y',
  b'1000000001', x'00ff10', 2, 'Ünï', 0.1, 0.1, x'ff', POINT(1, 2), 'ab', -5, '😀');
INSERT INTO types (id, dt, da, ts, t1) VALUES (1, '0000-00-00 00:00:00', '0000-00-00', NULL, 1);
"#;
    let (server, _conn) = database(sql).await;
    let (rows, notes) = read_all(table(&server, "types", &["id"]), async |_| {}).await.unwrap();
    assert_eq!(rows.len(), 2);
    let row = &rows[1];
    for (column, expected) in [
        ("id", "18446744073709551615"),
        ("dt", r#""2024-01-02T03:04:05.678901""#),
        ("ts", r#""2024-01-02T01:04:05.5Z""#),
        ("da", r#""2024-02-29""#),
        ("ti", r#""-838:59:59.00""#),
        ("y", "2024"),
        ("j", r#"{"a":1}"#),
        ("s", r#""a,b""#),
        ("e", r#""y""#),
        ("bi", "513"),
        ("bl", r#""AP8Q""#),
        ("t1", "2"),
        ("tb", r#""Ünï""#),
        ("f", "0.1"),
        ("db", "0.1"),
        ("vb", r#""/w==""#),
        ("g", r#""POINT(1 2)""#),
        ("c", r#""ab""#),
        ("mi", "-5"),
        ("n4", r#""😀""#),
    ] {
        assert_eq!(row[column].to_string(), expected, "{column}");
    }
    assert_eq!((&rows[0]["dt"], &rows[0]["da"]), (&Value::Null, &Value::Null));
    assert_eq!(notes.len(), 2, "{notes:?}");
}

#[tokio::test]
async fn odd_names_and_composite_keys_are_read() {
    let sql = "CREATE TABLE `odd ``t` (`Key A` int, `select` varchar(20), v text, PRIMARY KEY (`Key A`, `select`));
        INSERT INTO `odd ``t` SELECT seq DIV 7, CONCAT('k', seq % 7), seq FROM seq_1_to_20000";
    let (server, _conn) = database(sql).await;
    let read = rows(table(&server, "odd `t", &["Key A", "select"])).await;
    let values: std::collections::HashSet<_> = read.iter().map(|row| row["v"].to_string()).collect();
    assert_eq!((read.len(), values.len()), (20_000, 20_000));
    assert_eq!(rows(table(&server, "odd `t", &[])).await.len(), 20_000);
}

#[tokio::test]
async fn what_writes_is_refused_and_changes_nothing() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);
        CREATE FUNCTION w() RETURNS int MODIFIES SQL DATA BEGIN DELETE FROM t; RETURN 1; END";
    let (server, _conn) = database(sql).await;
    for text in ["DELETE FROM t", "INSERT INTO t VALUES (2) RETURNING id", "SELECT w() AS id", "DROP TABLE t"] {
        for key in [vec![], vec!["id"]] {
            let problem = refused(query(&server, text, &key)).await;
            assert!(matches!(problem.code.as_str(), "query_writes" | "bad_query"), "{text}: {problem:?}");
        }
    }
    assert_eq!(rows(table(&server, "t", &["id"])).await, [json!({"id": 1})]);
}

#[tokio::test]
async fn cursors_and_killed_connections() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, at datetime(3));
        INSERT INTO t SELECT seq, TIMESTAMPADD(DAY, seq DIV 3000, '2024-01-01') FROM seq_1_to_9000;
        INSERT INTO t VALUES (0, NULL)";
    let (server, mut conn) = database(sql).await;
    let first = crate::DatabaseRead { cursor: Some("at".into()), ..table(&server, "t", &["id"]) };
    let (read, _) = read_all(first.clone(), async |_| {
        let kill = "SELECT CAST(id AS SIGNED) FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()";
        let ids: Vec<i64> = sqlx::query_scalar(kill).fetch_all(&mut conn).await.unwrap();
        for id in ids {
            let _ = sqlx::raw_sql(AssertSqlSafe(format!("KILL {id}"))).execute(&mut conn).await;
        }
    })
    .await
    .unwrap();
    assert_eq!(read.len(), 9_001);
    let since = crate::DatabaseRead { since: json!("2024-01-04T00:00:00Z"), ..first };
    assert_eq!(rows(since).await.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let (server, _conn) = database("CREATE TABLE t (id int PRIMARY KEY)").await;
    let wrong = DatabaseServer { password: Some(definition::Secret::new("wrong-secret")), ..server.clone() };
    let tls = DatabaseServer { url: format!("{}?ssl-mode=REQUIRED", server.url), ..server.clone() };
    for (read, code) in [
        (table(&wrong, "t", &["id"]), "auth_rejected"),
        (table(&tls, "t", &["id"]), "tls_failed"),
        (table(&server, "missing", &["id"]), "unknown_table"),
    ] {
        let problem = refused(read).await;
        assert_eq!(problem.code, code, "{problem:?}");
        assert!(!format!("{problem:?}").contains("wrong-secret"));
    }
}

#[tokio::test]
async fn rows_are_written() {
    let sql = "CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n int) CHARACTER SET utf8mb4;
        CREATE TABLE `a.\"b` (id int PRIMARY KEY, `x \"y``;--` text) CHARACTER SET utf8mb4";
    let (server, _conn) = database(sql).await;
    crate::writes::alike(&server, "t").await;
    crate::writes::any_text(&server, "\"a.\"\"b\"", "x \"y`;--", true).await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_types_are_kept() {
    use definition::model::WriteKind::{Insert, Update};
    let sql = "CREATE TABLE t (id bigint unsigned PRIMARY KEY AUTO_INCREMENT, d decimal(60, 10), b varbinary(10), at timestamp NULL,
        l datetime(6), j json, e enum('a', 'b'), bo boolean, f float, ti time(3), bi bit(4), v varchar(3), g point, tiny tinyint) CHARACTER SET utf8mb4";
    let (server, _conn) = database(sql).await;
    let row = json!({"id": "18446744073709551615", "d": "12345678901234567890123456789012345678901234567890.0123456789", "b": "AP8=",
        "at": "2024-01-02T03:04:05+02:00", "l": "2024-01-02T03:04:05.678901", "j": {"a": [1]}, "e": "b", "bo": true, "f": 0.5,
        "ti": "23:59:59.125", "bi": 10, "v": "é表🙂", "g": "POINT(1 2)", "tiny": -128});
    let insert = crate::writes::write(&server, "t", Insert, &[], &row);
    let written =
        crate::writes::send(crate::RowWrite { returning: vec!["id".into(), "d".into()], ..insert }).await.unwrap();
    let body = std::str::from_utf8(&written.body).unwrap();
    assert_eq!(
        body,
        r#"[{"id":18446744073709551615,"d":12345678901234567890123456789012345678901234567890.0123456789}]"#
    );
    let read = rows(table(&server, "t", &["id"])).await.remove(0);
    for (column, value) in [
        ("b", json!("AP8=")),
        ("at", json!("2024-01-02T01:04:05Z")),
        ("l", json!("2024-01-02T03:04:05.678901")),
        ("e", json!("b")),
        ("bo", json!(1)),
        ("f", json!(0.5)),
        ("ti", json!("23:59:59.125")),
        ("bi", json!(10)),
        ("v", json!("é表🙂")),
        ("g", json!("POINT(1 2)")),
        ("tiny", json!(-128)),
    ] {
        assert_eq!(read[column], value, "{column}");
    }
    for values in [
        json!({"v": "long"}),
        json!({"tiny": 1000}),
        json!({"tiny": "1.5"}),
        json!({"e": "c"}),
        json!({"at": "never"}),
        json!({"d": "x"}),
        json!({"b": "é"}),
    ] {
        let problem = crate::writes::send(crate::writes::write(&server, "t", Insert, &[], &values)).await.unwrap_err();
        assert_eq!(problem.code, "bad_value", "{values} {problem:?}");
    }
    let back = crate::writes::write(&server, "t", Update, &["id"], &json!({"id": 1, "v": "x"}));
    let problem = crate::writes::send(crate::RowWrite { returning: vec!["id".into()], ..back }).await.unwrap_err();
    assert_eq!(problem.code, "cannot_return");
}
