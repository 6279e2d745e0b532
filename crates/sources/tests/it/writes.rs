//! Rows that are written: types, odd names and values, refusals.

use crate::{rows, table};
use definition::Problem;
use definition::model::WriteKind;
use engine::source::database::{DatabaseServer, RowValue, RowWrite, Written};
use serde_json::{Value, json};
use std::time::Duration;

/// A write of an object's members.
pub fn write(server: &DatabaseServer, name: &str, kind: WriteKind, key: &[&str], values: &Value) -> RowWrite {
    let one =
        |(column, value): (&String, &Value)| RowValue { column: column.clone(), value: value.clone(), shown: None };
    RowWrite {
        server: server.clone(),
        table: name.to_owned(),
        write: kind,
        key: key.iter().map(|one| (*one).to_owned()).collect(),
        values: values.as_object().expect("an object").iter().map(one).collect(),
        returning: Vec::new(),
        timeout: Duration::from_secs(30),
    }
}

pub async fn send(write: RowWrite) -> Result<Written, Problem> {
    sources::databases().write(write).await?.send().await
}

async fn done(write: RowWrite) -> u64 {
    send(write).await.unwrap_or_else(|problem| panic!("{problem:?}")).rows
}

/// What all databases do alike with `t (id primary key, name text, n integer)`.
pub async fn alike(server: &DatabaseServer, name: &str) {
    use WriteKind::{Delete, Insert, Update, Upsert};
    let with = |kind, key: &[&str], values: Value| write(server, name, kind, key, &values);
    let evil = "Robert'); DROP TABLE t; -- \"`\\ 表 🙂 {{ 1 }} $1 ? :a";
    assert_eq!(done(with(Insert, &[], json!({"id": 1, "name": evil, "n": null}))).await, 1);
    assert_eq!(done(with(Insert, &["id"], json!({"id": 1, "name": "other"}))).await, 0);
    assert_eq!(done(with(Upsert, &["id"], json!({"id": 2, "name": "b", "n": 2}))).await, 1);
    assert_eq!(done(with(Upsert, &["id"], json!({"id": 2, "name": "b", "n": 3}))).await, 1);
    assert_eq!(done(with(Upsert, &["id"], json!({"id": 2, "name": "b", "n": 3}))).await, 1);
    assert_eq!(done(with(Update, &["id"], json!({"id": 1, "n": "7"}))).await, 1);
    assert_eq!(done(with(Update, &["id"], json!({"id": 1, "n": "7"}))).await, 1, "the same again");
    assert_eq!(done(with(Update, &["id"], json!({"id": 9, "n": 7}))).await, 0);
    assert_eq!(done(with(Delete, &["id"], json!({"id": "9"}))).await, 0);
    let expected = [json!({"id": 1, "name": evil, "n": 7}), json!({"id": 2, "name": "b", "n": 3})];
    assert_eq!(rows(table(server, name, &["id"])).await, expected);
    for (write, code) in [
        (with(Insert, &[], json!({"id": 1, "name": "x"})), "unique_violation"),
        (with(Insert, &["id"], json!({"id": 3, "name": null})), "not_null"),
        (with(Insert, &[], json!({"nope": 1})), "unknown_column"),
        (with(Update, &["id"], json!({"id": 1, "ID": 2})), "unknown_column"),
        (with(Upsert, &["n"], json!({"id": 1, "name": "x", "n": 1})), "no_unique_key"),
        (write(server, "no.table", Insert, &[], &json!({"a": 1})), "unknown_table"),
    ] {
        let shown = format!("{write:?}");
        let problem = send(write).await.err().unwrap_or_else(|| panic!("{shown}"));
        assert_eq!(problem.code, code, "{problem:?}");
        assert_ne!(problem.stage, definition::Stage::Send, "its end is known: {problem:?}");
        assert!(!problem.retry, "{problem:?}");
    }
    assert_eq!(rows(table(server, name, &["id"])).await, expected, "what was refused changed nothing");
    assert_eq!(done(with(Delete, &["id"], json!({"id": 2}))).await, 1);
    assert_eq!(rows(table(server, name, &["id"])).await.len(), 1);
}

/// Names and texts of all kinds, made by chance, come back as they were written.
pub async fn any_text(server: &DatabaseServer, name: &str, column: &str, nul: bool) {
    let signs: Vec<char> =
        "'\"`\\;-/*%_?$:{}() \t\n\rabZé表🙂\u{7f}\u{feff}".chars().chain(nul.then_some('\0')).collect();
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % 1_000_003).unwrap()
    };
    let texts: Vec<String> = (0..60).map(|_| (0..next() % 40).map(|_| signs[next() % signs.len()]).collect()).collect();
    let databases = sources::databases();
    for (id, text) in texts.iter().enumerate() {
        let values = json!({"id": id, column: text});
        let kind = if id % 2 == 0 { WriteKind::Insert } else { WriteKind::Upsert };
        let key: &[&str] = if id % 2 == 0 { &[] } else { &["id"] };
        let ready = databases.write(write(server, name, kind, key, &values)).await.unwrap();
        assert!(text.len() < 3 || !ready.statement().text.contains(text.as_str()), "a value is in the statement");
        assert_eq!(ready.send().await.unwrap().rows, 1, "{text:?}");
    }
    let back = rows(table(server, name, &["id"])).await;
    let back: Vec<&str> = back.iter().map(|row| row[column].as_str().unwrap()).collect();
    assert_eq!(back, texts);
}
