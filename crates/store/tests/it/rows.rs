//! Connectors, connections, runs: kept, listed, deleted together.

use std::collections::BTreeMap;
use store::{ActionRow, Connection, Connector, HealthRow, LogLine, Run, Store, StreamRow};

fn connector(id: &str) -> Connector {
    Connector {
        id: id.to_owned(),
        name: "acme".to_owned(),
        text: "tapwright: 1".to_owned(),
        draft: true,
        extra: "{}".to_owned(),
        changed_at: String::new(),
    }
}

fn connection(id: &str, name: &str) -> Connection {
    Connection {
        id: id.to_owned(),
        name: name.to_owned(),
        connector: "c1".to_owned(),
        values: BTreeMap::from([("subdomain".to_owned(), serde_json::json!("acme"))]),
        secret_names: vec!["api_token".to_owned()],
        destination: "/tmp/x.db".to_owned(),
        created_at: "2026-01-01T00:00:00Z".to_owned(),
    }
}

fn run(id: &str) -> Run {
    Run {
        id: id.to_owned(),
        connection: "n1".to_owned(),
        started_at: "2026-01-01T00:00:00Z".to_owned(),
        ended_at: None,
        outcome: None,
        counts: "{}".to_owned(),
        problem: None,
    }
}

#[tokio::test]
async fn what_was_kept_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.put_connector(&connector("c1")).await.unwrap();
    store.put_connection(&connection("n1", "acme")).await.unwrap();
    store.put_state("n1", "orders", "{\"cursor\":\"5\"}").await.unwrap();
    store.put_setting("theme", "\"dark\"").await.unwrap();
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.connector("c1").await.unwrap().unwrap().text, "tapwright: 1");
    assert_eq!(store.connection("acme").await.unwrap(), Some(connection("n1", "acme")));
    assert_eq!(store.state("n1", "orders").await.unwrap().as_deref(), Some("{\"cursor\":\"5\"}"));
    assert_eq!(store.setting("theme").await.unwrap().as_deref(), Some("\"dark\""));
}

#[tokio::test]
async fn a_connector_goes_with_all_that_hangs_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.put_connector(&connector("c1")).await.unwrap();
    store.put_connection(&connection("n1", "acme")).await.unwrap();
    let stream = StreamRow { stream: "orders".to_owned(), view: "{}".to_owned() };
    store.put_run(&run("r1"), std::slice::from_ref(&stream)).await.unwrap();
    store.append_log("r1", &[line("info", "started")]).await.unwrap();
    store.delete_connector("c1").await.unwrap();
    assert_eq!(store.connection("n1").await.unwrap(), None);
    assert_eq!(store.run("r1").await.unwrap(), None);
    assert_eq!(store.log("r1", 0, 10).await.unwrap(), []);
}

fn line(level: &str, message: &str) -> LogLine {
    LogLine { at: "t".to_owned(), level: level.to_owned(), stream: None, message: message.to_owned() }
}

#[tokio::test]
async fn a_name_that_is_taken_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.put_connector(&connector("c1")).await.unwrap();
    store.put_connection(&connection("n1", "acme")).await.unwrap();
    let problem = store.put_connection(&connection("n2", "acme")).await.unwrap_err();
    assert_eq!(problem.code, "name_taken");
}

#[tokio::test]
async fn old_runs_and_chatty_logs_are_pruned_and_errors_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.put_connector(&connector("c1")).await.unwrap();
    store.put_connection(&connection("n1", "acme")).await.unwrap();
    for n in 0..205 {
        store.put_run(&run(&format!("r{n:04}")), &[]).await.unwrap();
    }
    assert_eq!(store.runs(Some("n1"), 1000).await.unwrap().len(), 200);
    assert_eq!(store.run("r0000").await.unwrap(), None);
    let mut lines = vec![line("error", "first")];
    lines.extend((0..10_050).map(|n| line("info", &n.to_string())));
    store.append_log("r0204", &lines).await.unwrap();
    let kept = store.log("r0204", 0, 20_000).await.unwrap();
    assert_eq!(kept.len(), 10_001);
    assert!(kept[10_000].message.contains("left out"), "{:?}", kept[10_000]);
    assert_eq!((kept[0].message.as_str(), kept[1].message.as_str()), ("first", "51"));
}

#[tokio::test]
async fn a_call_is_completed_in_its_place_and_the_last_thousand_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.put_connector(&connector("c1")).await.unwrap();
    store.put_connection(&connection("n1", "acme")).await.unwrap();
    store.put_connection(&connection("n2", "other")).await.unwrap();
    let call = |id: &str, connection: &str, call: &str| ActionRow {
        id: id.to_owned(),
        connection: connection.to_owned(),
        action: "make".to_owned(),
        at: "2020-01-01T00:00:00Z".to_owned(),
        call: call.to_owned(),
    };
    store.put_action_call(&call("other", "n2", "{}")).await.unwrap();
    for n in 0..1_003 {
        store.put_action_call(&call(&format!("{n:04}"), "n1", "begun")).await.unwrap();
    }
    store.put_action_call(&call("1002", "n1", "ended")).await.unwrap();
    let kept = store.action_calls("n1", 5_000).await.unwrap();
    assert_eq!((kept.len(), kept[0].call.as_str(), kept[1].call.as_str()), (1_000, "ended", "begun"));
    assert_eq!(kept.last().map(|row| row.id.as_str()), Some("0003"));
    assert_eq!(store.action_calls("n2", 9).await.unwrap().len(), 1, "another connection's calls are left alone");
    // Of health only the last report is kept, so nothing grows there.
    for at in ["2020-01-01T00:00:00Z", "2026-01-01T00:00:00Z"] {
        let report = HealthRow {
            connection: "n1".to_owned(),
            state: "pass".to_owned(),
            at: at.to_owned(),
            report: "{}".to_owned(),
        };
        store.put_health(&report).await.unwrap();
    }
    let reports = store.health(None).await.unwrap();
    assert_eq!((reports.len(), reports[0].at.as_str()), (1, "2026-01-01T00:00:00Z"));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tapwright.db");
    std::fs::write(&path, "this is not a database, and it is long enough to be looked at by SQLite ".repeat(20))
        .unwrap();
    let problem = Store::open(folder.path()).await.unwrap_err();
    assert!(problem.message.contains("tapwright.db"), "{problem}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("this is not"));
}

#[tokio::test]
async fn many_open_a_new_folder_at_once_and_write() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let tasks: Vec<_> = (0..6)
        .map(|number| {
            let data = data.clone();
            tokio::spawn(async move {
                let store = Store::open(&data).await.unwrap();
                for round in 0..20 {
                    store.put_setting(&format!("s{number}-{round}"), "1").await.unwrap();
                }
                store.close().await;
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let store = Store::open(&data).await.unwrap();
    assert_eq!(store.setting("s5-19").await.unwrap().as_deref(), Some("1"));
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_made_is_private_and_what_was_there_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let data = folder.path().join("data");
    let store = Store::open(&data).await.unwrap();
    store.put_setting("a", "1").await.unwrap();
    assert_eq!((mode(folder.path()), mode(&data)), (0o755, 0o700));
    for file in ["tapwright.db", "tapwright.db-wal", "tapwright.db-shm"] {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }
    let _there = Store::open(folder.path()).await.unwrap();
    assert_eq!((mode(folder.path()), mode(&folder.path().join("tapwright.db"))), (0o755, 0o600));
}

#[tokio::test]
async fn a_newer_database_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let path = folder.path().join("tapwright.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
        VALUES (9999, 'later', 1, x'00', 0)";
    sqlx::query(newer).execute(&pool).await.unwrap();
    pool.close().await;
    let problem = Store::open(folder.path()).await.unwrap_err();
    assert_eq!(problem.code, "store_version");
    assert!(problem.message.contains("newer") && problem.hint.is_some(), "{problem}");
    assert!(path.exists());
}
