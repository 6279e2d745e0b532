use crate::{query, refused, rows, table};
use engine::source::database::DatabaseServer;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};

/// A file of its own, filled by some SQL.
async fn database(sql: &str) -> (DatabaseServer, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd name.db");
    let mut conn = SqliteConnectOptions::new().filename(&path).create_if_missing(true).connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut conn).await.unwrap();
    (DatabaseServer { url: format!("sqlite:{}", path.display()), username: None, password: None }, folder)
}

#[tokio::test]
async fn each_value_has_its_own_type() {
    let sql = "CREATE TABLE t (k, v); INSERT INTO t VALUES (1, 9223372036854775807), (2.5, 0.1), ('a', 'é\"'), (x'00', x'00ff'),
        ('b', NULL), ('c', 1e300)";
    let (server, _folder) = database(sql).await;
    let expected = [
        json!({"k": 1, "v": 9_223_372_036_854_775_807_i64}),
        json!({"k": 2.5, "v": 0.1}),
        json!({"k": "a", "v": "é\""}),
        json!({"k": "b", "v": null}),
        json!({"k": "c", "v": 1e300}),
        json!({"k": "AA==", "v": "AP8="}),
    ];
    let read = crate::DatabaseRead { rows: 1, ..table(&server, "t", &["k"]) };
    assert_eq!(rows(read).await, expected);
}

#[tokio::test]
async fn a_cursor_is_compared_as_the_table_writes_it() {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, at TEXT, n INTEGER);
        INSERT INTO t VALUES (1, '2024-01-01 10:00:00', 100), (2, '2024-01-02 10:00:00', 200), (3, '2024-01-02 12:00:00', 300)";
    let (server, _folder) = database(sql).await;
    for (cursor, since, found) in [
        ("at", json!("2024-01-02T10:00:00Z"), 2),
        ("at", json!("2024-01-02 10:00:00"), 2),
        ("n", json!(200), 2),
        ("n", json!("300"), 1),
    ] {
        let read = crate::DatabaseRead { cursor: Some(cursor.into()), since, ..table(&server, "t", &["id"]) };
        assert_eq!(rows(read).await.len(), found, "{cursor}");
    }
}

#[tokio::test]
async fn what_writes_is_refused_and_files_are_never_made() {
    let (server, folder) = database("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)").await;
    for text in [
        "DELETE FROM t",
        "DELETE FROM t RETURNING id",
        "SELECT 1 AS id) AS q; DELETE FROM t; SELECT * FROM (SELECT 1 AS id",
    ] {
        let problem = refused(query(&server, text, &[])).await;
        assert!(matches!(problem.code.as_str(), "query_writes" | "bad_query"), "{text}: {problem:?}");
    }
    assert_eq!(rows(table(&server, "t", &["id"])).await, [json!({"id": 1})]);
    let missing = folder.path().join("missing.db");
    let server = DatabaseServer { url: format!("sqlite:{}", missing.display()), username: None, password: None };
    assert_eq!(refused(table(&server, "t", &[])).await.code, "no_file");
    assert!(!missing.exists());
}

#[tokio::test]
async fn many_rows_are_read_page_by_page() {
    let sql = "CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO t SELECT i / 7, 'k' || i FROM n";
    let (server, _folder) = database(sql).await;
    let read = crate::DatabaseRead { rows: 5_000, ..table(&server, "t", &["a", "b"]) };
    assert_eq!(rows(read).await.len(), 100_000);
}

#[tokio::test]
async fn rows_are_written() {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INTEGER);
        CREATE TABLE \"a.\"\"b\" (id INTEGER PRIMARY KEY, \"x \"\"y`;--\" TEXT)";
    let (server, _folder) = database(sql).await;
    crate::writes::alike(&server, "t").await;
    crate::writes::any_text(&server, "\"a.\"\"b\"", "x \"y`;--", true).await;
}

#[tokio::test]
async fn a_row_is_written_by_its_columns_types() {
    let sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB, r REAL, j, s INTEGER REFERENCES t (id)); INSERT INTO t (id) VALUES (1)";
    let (server, _folder) = database(sql).await;
    use definition::model::WriteKind::{Delete, Insert};
    let write = |values| crate::writes::write(&server, "t", Insert, &[], &values);
    let all = json!({"id": "9223372036854775807", "b": "AP8=", "r": 0.1, "j": {"a": [1]}, "s": 1});
    let back = crate::RowWrite { returning: vec!["id".into(), "b".into()], ..write(all) };
    let written = crate::writes::send(back).await.unwrap();
    assert_eq!((written.rows, &written.body[..]), (1, &br#"[{"id":9223372036854775807,"b":"AP8="}]"#[..]));
    for (values, code) in [
        (json!({"id": "9223372036854775808"}), "bad_value"),
        (json!({"b": "é"}), "bad_value"),
        (json!({"s": 77}), "foreign_key"),
    ] {
        assert_eq!(crate::writes::send(write(values.clone())).await.unwrap_err().code, code, "{values}");
    }
    let gone = crate::writes::write(&server, "t", Delete, &["id"], &json!({"id": 1}));
    assert_eq!(crate::writes::send(gone).await.unwrap_err().code, "foreign_key");
}
