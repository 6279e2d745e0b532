//! SQL over what was synced, exports, and single values.

use crate::rig::{Rig, opened, server};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::time::Duration;

/// An app with a synced connection, and a table `large` of a million rows beside it.
async fn rig_with(rows: u64) -> (Rig, Value, sample_api::SampleServer) {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/products").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let run = rig.sync(&bench["connection"]).await;
    let database = Connection::open(run["destination"].as_str().expect("a file")).expect("a database");
    database
        .execute_batch(&format!(
            "CREATE TABLE large (n INTEGER, t TEXT, doc TEXT, r REAL);
             WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM c WHERE x + 1 < {rows})
             INSERT INTO large SELECT x, CASE x % 10 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'row ' || x END,
               '{{\"a\": [' || x || ', 12345678901234567890]}}', x / 2.0 FROM c;"
        ))
        .expect("rows");
    (rig, bench["connection"].clone(), server)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_million_rows_are_sorted_filtered_and_jumped_in() {
    let (rig, connection, _server) = rig_with(1_000_000).await;
    let window = |extra: Value| {
        let mut window = json!({"connection": connection, "table": "large", "offset": 0, "limit": 50});
        window.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        window
    };
    let first = rig.call("data_rows", window(json!({}))).await;
    assert_eq!((&first["total"], &first["rows"][0][0]), (&json!(1_000_000), &json!("0")));
    let middle = rig.call("data_rows", window(json!({"offset": 500_000}))).await;
    assert_eq!((&middle["rows"][0][0], &middle["ids"][0]), (&json!("500000"), &json!("500001")));
    let sort = json!({"column": "r", "descending": true});
    let sorted = rig.call("data_rows", window(json!({"offset": 999_990, "sort": sort}))).await;
    assert_eq!((&sorted["rows"][9][0], sorted["rows"].as_array().map(Vec::len)), (&json!("0"), Some(10)));
    let filters = |list: Value| window(json!({"filters": list}));
    let both =
        json!([{"column": "t", "op": "contains", "value": "99"}, {"column": "n", "op": "less", "value": "1000"}]);
    let both = rig.call("data_rows", filters(both)).await;
    assert_eq!(both["total"], (0..1_000).filter(|n| n % 10 > 1 && n.to_string().contains("99")).count());
    let empty = rig.call("data_rows", filters(json!([{"column": "t", "op": "is_null", "value": ""}]))).await;
    let full = rig.call("data_rows", filters(json!([{"column": "t", "op": "not_null", "value": ""}]))).await;
    assert_eq!((&empty["total"], &full["total"]), (&json!(200_000), &json!(800_000)));
    // A value is had whole, and as a tree whose numbers keep every digit.
    let cell = json!({"connection": connection, "table": "large", "id": middle["ids"][0], "column": "doc"});
    let whole = rig.call("data_cell", cell.clone()).await;
    assert_eq!((&whole["json"], &whole["text"]), (&json!(true), &json!("{\"a\": [500000, 12345678901234567890]}")));
    let nodes = rig.call("data_cell_nodes", json!({"cell": cell, "path": "$.a", "offset": 0, "limit": 10})).await;
    assert_eq!((&nodes[1]["value"], &nodes[1]["path"]), (&json!("12345678901234567890"), &json!("$.a[1]")));
    let gone = json!({"connection": connection, "table": "large", "id": "-7", "column": "doc"});
    assert_eq!(rig.refused("data_cell", gone).await.code, "no_cell");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sql_reads_and_nothing_else() {
    let (rig, connection, _server) = rig_with(5_000).await;
    let ask = |sql: &str| json!({"connection": connection, "sql": sql});
    let answer = rig.call("data_sql", ask("SELECT n, t, n * 0.5 AS half, n FROM large WHERE n < 3 ORDER BY n")).await;
    let columns: Vec<_> =
        answer["columns"].as_array().expect("columns").iter().map(|one| (&one["name"], &one["type"])).collect();
    let names = json!(["n", "t", "half", "n_2"]);
    assert_eq!(json!(columns.iter().map(|(name, _)| name).collect::<Vec<_>>()), names);
    assert_eq!(
        json!(columns.iter().map(|(_, kind)| kind).collect::<Vec<_>>()),
        json!(["integer", "string", "number", "integer"])
    );
    assert_eq!(answer["rows"], json!([["0", null, "0", "0"], ["1", "", "0.5", "1"], ["2", "row 2", "1", "2"]]));
    let many = rig.call("data_sql", ask("SELECT * FROM large")).await;
    assert_eq!((many["rows"].as_array().map(Vec::len), &many["more"]), (Some(1_000), &json!(true)));
    for reads in [
        "EXPLAIN QUERY PLAN SELECT 1",
        "VALUES (1), (2)",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 5) SELECT * FROM c",
        "SELECT value FROM json_each('[1, 2]')",
        "PRAGMA table_info(large)",
        "SELECT name FROM pragma_table_info('large')",
        "SELECT count(*) FROM large; ",
    ] {
        rig.call("data_sql", ask(reads)).await;
    }
    let other = rig.folder.path().join("other.db").display().to_string();
    for (sql, code) in [
        ("DELETE FROM large".to_owned(), "only_reads"),
        ("UPDATE large SET n = 1".to_owned(), "only_reads"),
        ("INSERT INTO large (n) VALUES (1) RETURNING n".to_owned(), "only_reads"),
        ("DROP TABLE large".to_owned(), "only_reads"),
        ("CREATE TEMP TABLE x AS SELECT 1".to_owned(), "only_reads"),
        (format!("ATTACH '{other}' AS other"), "only_reads"),
        (format!("VACUUM INTO '{other}'"), "only_reads"),
        ("PRAGMA query_only = 0".to_owned(), "only_reads"),
        ("PRAGMA journal_mode = DELETE".to_owned(), "only_reads"),
        ("SELECT load_extension('x')".to_owned(), "only_reads"),
        ("BEGIN".to_owned(), "only_reads"),
        ("SELECT 1; SELECT 2".to_owned(), "bad_sql"),
        ("SELECT zeroblob(500000000)".to_owned(), "bad_sql"),
        (String::new(), "no_sql"),
        ("-- nothing".to_owned(), "no_answer_rows"),
        ("SELECT nope FROM large".to_owned(), "bad_sql"),
        ("SELECT\n  n FRM large".to_owned(), "bad_sql"),
    ] {
        let problem = rig.refused("data_sql", ask(&sql)).await;
        assert_eq!(problem.code, code, "{sql}: {problem:?}");
    }
    assert!(!std::path::Path::new(&other).exists());
    let place = rig.refused("data_sql", ask("SELECT\n  n FRM large x")).await;
    assert_eq!(place.field.as_deref(), Some("sql:2:9"), "{place:?}");
    let tables = rig.refused("data_sql", ask("SELECT * FROM larg")).await;
    assert!(tables.hint.as_deref().is_some_and(|hint| hint.contains("`large`")), "{tables:?}");
    assert_eq!(rig.call("data_sql", ask("SELECT count(*) FROM large")).await["rows"][0][0], "5000");
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_question_is_stopped() {
    let (rig, connection, _server) = rig_with(10).await;
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
    let asked = json!({"connection": connection, "sql": endless, "ask": "q1"});
    let asking = rig.refused("data_sql", asked);
    let stopping = async {
        loop {
            // It may not have begun yet.
            tokio::time::sleep(Duration::from_millis(50)).await;
            rig.call("data_cancel", json!({"id": "q1"})).await;
        }
    };
    let problem = tokio::select! {
        problem = asking => problem,
        () = stopping => unreachable!(),
    };
    assert_eq!(problem.code, "stopped");
    rig.app.close().await;
}

async fn exported(rig: &Rig, ask: Value) -> Value {
    let begun = rig.call("export_start", ask).await;
    loop {
        let view = rig.call("export_get", json!({"id": begun["id"]})).await;
        if !view["outcome"].is_null() {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_filters_and_sql_go_to_files() {
    let (rig, connection, _server) = rig_with(5_000).await;
    let file = |name: &str| rig.folder.path().join(name);
    let ask = |name: &str, extra: Value| {
        let mut ask = json!({"connection": connection, "path": file(name).display().to_string()});
        ask.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        ask
    };
    let table = json!({"table": "large", "columns": ["t", "n"], "sort": {"column": "n", "descending": true}});
    let view = exported(&rig, ask("all.csv", table)).await;
    assert_eq!((&view["outcome"], &view["rows"], &view["total"]), (&json!("done"), &json!(5_000), &json!(5_000)));
    let text = std::fs::read_to_string(file("all.csv")).expect("a file");
    assert!(text.starts_with("t,n\nrow 4999,4999\n"), "{}", &text[..60]);
    assert!(text.ends_with("\"\",1\n\"\",0\n") || text.ends_with(",1\n,0\n"), "{}", &text[text.len() - 40..]);

    let filters = json!([{"column": "n", "op": "less", "value": "3"}]);
    let view = exported(&rig, ask("few.jsonl", json!({"table": "large", "filters": filters}))).await;
    assert_eq!(view["rows"], 3);
    let lines = std::fs::read_to_string(file("few.jsonl")).expect("a file");
    let third: Value = serde_json::from_str(lines.lines().nth(2).expect("three")).expect("json");
    assert_eq!((&third["n"], &third["t"], &third["r"]), (&json!(2), &json!("row 2"), &json!(1.0)));

    let sql = json!({"sql": "SELECT n, t, r FROM large"});
    let view = exported(&rig, ask("sql.parquet", sql)).await;
    assert_eq!((&view["outcome"], &view["rows"]), (&json!("done"), &json!(5_000)), "{view}");
    let bytes = std::fs::read(file("sql.parquet")).expect("a file");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));

    assert_eq!(rig.refused("export_start", ask("x.xyz", json!({"table": "large"}))).await.code, "unknown_format");
    let wrong = exported(&rig, ask("no.csv", json!({"sql": "DROP TABLE large"}))).await;
    assert_eq!((&wrong["outcome"], &wrong["problem"]["code"]), (&json!("failed"), &json!("only_reads")));
    let wrong = exported(&rig, ask("none/there.csv", json!({"table": "large"}))).await;
    assert_eq!(wrong["problem"]["code"], "not_writable");
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c";
    let begun = rig.call("export_start", ask("endless.csv", json!({"sql": endless}))).await;
    rig.call("export_cancel", json!({"id": begun["id"]})).await;
    let stopped = loop {
        let view = rig.call("export_get", json!({"id": begun["id"]})).await;
        if !view["outcome"].is_null() {
            break view;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(stopped["outcome"], "cancelled");
    // What was not made whole left nothing.
    let left: Vec<String> = std::fs::read_dir(rig.folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".tapwright-") || ["no.csv", "endless.csv"].contains(&name.as_str()))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    rig.app.close().await;
}
