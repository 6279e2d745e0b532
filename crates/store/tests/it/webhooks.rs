//! Events: kept once within 7 days, settled, replayed, forgotten.

use sqlx::Connection as _;
use std::collections::BTreeMap;
use store::{Connection, Connector, IDS_KEPT, SettledWebhook, Store, WebhookRow};

async fn store(folder: &std::path::Path) -> Store {
    let store = Store::open(folder).await.unwrap();
    let text = |text: &str| text.to_owned();
    let connector = Connector {
        id: text("c1"),
        name: text("acme"),
        text: text(""),
        draft: false,
        extra: text("{}"),
        changed_at: String::new(),
    };
    store.put_connector(&connector).await.unwrap();
    let connection = Connection {
        id: text("n1"),
        name: text("one"),
        connector: text("c1"),
        values: BTreeMap::new(),
        secret_names: Vec::new(),
        destination: text("/tmp/x.db"),
        created_at: text("2026-01-01T00:00:00Z"),
    };
    store.put_connection(&connection).await.unwrap();
    store
}

fn row(event_id: &str) -> WebhookRow {
    WebhookRow {
        connection: Some("n1".to_owned()),
        webhook: "events".to_owned(),
        received_at: "2026-01-01T00:00:00.000Z".to_owned(),
        status: "waiting".to_owned(),
        event_id: event_id.to_owned(),
        body: b"{}".to_vec(),
        ..WebhookRow::default()
    }
}

#[tokio::test]
async fn an_id_counts_for_seven_days() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let now = 1_700_000_000;
    let first = store.keep_webhook(&row("a"), Some(now)).await.unwrap();
    assert_eq!(first.before, None);
    for later in [1, IDS_KEPT - 1, IDS_KEPT] {
        let again = store.keep_webhook(&row("a"), Some(now + later)).await.unwrap();
        assert_eq!(again.before.map(|(id, _)| id), Some(first.id), "{later}");
    }
    assert_eq!(store.keep_webhook(&row("b"), Some(now)).await.unwrap().before, None);
    assert_eq!(store.keep_webhook(&row("a"), Some(now + IDS_KEPT + 1)).await.unwrap().before, None);
    let counts: BTreeMap<String, i64> = store.webhook_counts("n1").await.unwrap().into_iter().collect();
    assert_eq!(counts, BTreeMap::from([("duplicate".to_owned(), 3), ("waiting".to_owned(), 3)]));
}

#[tokio::test]
async fn of_many_at_once_one_is_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let tries = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.keep_webhook(&row("a"), Some(1)).await.unwrap().before.is_none() })
    });
    let mut firsts = 0;
    for one in tries.collect::<Vec<_>>() {
        firsts += u32::from(one.await.unwrap());
    }
    assert_eq!(firsts, 1);
}

#[tokio::test]
async fn events_wait_are_settled_and_wait_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let (one, two) = (
        store.keep_webhook(&row("a"), Some(1)).await.unwrap().id,
        store.keep_webhook(&row("b"), Some(1)).await.unwrap().id,
    );
    let refused = WebhookRow { status: "refused".to_owned(), ..row("c") };
    let refused = store.keep_webhook(&refused, None).await.unwrap().id;
    assert_eq!(store.webhooks_due(0).await.unwrap(), ["n1"]);
    let settle = |status: &str, next_at| SettledWebhook {
        status: status.to_owned(),
        attempt: true,
        reason: Some("why".to_owned()),
        result: "{}".to_owned(),
        next_at,
        ..SettledWebhook::default()
    };
    assert_eq!(store.next_webhook("n1", 0).await.unwrap().map(|row| row.id), Some(one), "the oldest first");
    store.settle_webhook(one, &settle("waiting", 500)).await.unwrap();
    assert_eq!(store.next_webhook("n1", 0).await.unwrap().map(|row| row.id), Some(two));
    store.settle_webhook(two, &settle("dead", 0)).await.unwrap();
    assert_eq!((store.webhooks_due(0).await.unwrap().len(), store.webhooks_next_due().await.unwrap()), (0, Some(500)));
    let dead = ["dead".to_owned()];
    assert_eq!(store.webhook_events(Some("n1"), &dead, None, 9).await.unwrap()[0].reason.as_deref(), Some("why"));
    assert_eq!(store.replay_webhooks("n1", None, &dead).await.unwrap(), [two]);
    assert!(store.replay_webhooks("n1", Some(refused), &[]).await.unwrap().is_empty(), "it was never verified");
    let again = store.webhook_event(two).await.unwrap().unwrap();
    assert_eq!((again.status.as_str(), again.replays, again.attempts, again.body), ("waiting", 1, 1, b"{}".to_vec()));
    store.prune_webhooks(IDS_KEPT + 5).await.unwrap();
    assert_eq!(store.webhook_events(Some("n1"), &[], None, 9).await.unwrap().len(), 2, "refused long ago is forgotten");
    assert_eq!(store.keep_webhook(&row("a"), Some(5)).await.unwrap().before, None, "its id is forgotten");
}

#[tokio::test]
async fn settled_events_are_forgotten_thirty_days_after_and_others_never() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    let day = |days: i64| (jiff::Timestamp::now() - jiff::SignedDuration::from_hours(days * 24)).to_string();
    // the status, the days since it came, the days since it was settled, whether it stays
    let cases = [
        ("done", 29, None, true),
        ("done", 31, None, false),
        ("done", 90, Some(1), true),
        ("done", 90, Some(31), false),
        ("refused", 31, None, false),
        ("refused", 2, None, true),
        ("duplicate", 31, None, false),
        ("challenge", 31, None, false),
        ("waiting", 400, None, true),
        ("unknown", 400, Some(400), true),
        ("dead", 400, Some(400), true),
    ];
    let mut ids = Vec::new();
    for (index, (status, came, settled, stays)) in cases.into_iter().enumerate() {
        let row = WebhookRow { status: status.to_owned(), received_at: day(came), ..row(&format!("e{index}")) };
        let id = store.keep_webhook(&row, None).await.unwrap().id;
        if let Some(days) = settled {
            settled_at(folder.path(), id, &day(days)).await;
        }
        ids.push((id, stays, cases[index]));
    }
    store.prune_webhooks(jiff::Timestamp::now().as_second()).await.unwrap();
    for (id, stays, case) in ids {
        assert_eq!(store.webhook_event(id).await.unwrap().is_some(), stays, "{case:?}");
    }
}

/// Sets when an event was settled, past the store, which knows only now.
async fn settled_at(folder: &std::path::Path, id: i64, at: &str) {
    let url = format!("sqlite://{}", folder.join("tapwright.db").display());
    let mut file = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let query = sqlx::query("UPDATE webhook_events SET settled_at = ? WHERE id = ?").bind(at).bind(id);
    query.execute(&mut file).await.unwrap();
    file.close().await.unwrap();
}
