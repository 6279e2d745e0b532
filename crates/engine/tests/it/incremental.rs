//! Reading only what changed.

use crate::server::{Reply, Server};
use crate::support::{MemorySink, definition, read};
use engine::event::Outcome;
use serde_json::{Value, json};

fn item(id: u32, updated: &Value) -> Value {
    json!({"id": id, "name": "n", "updated_at": updated})
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_run_asks_from_the_greatest_value() {
    let server = Server::start(|_, _| {
        let moments = ["2024-03-01T10:00:00+02:00", "2024-03-01T09:30:00Z", "not a date"];
        let items: Vec<Value> = moments.iter().zip(1..).map(|(at, id)| item(id, &json!(at))).collect();
        Reply::json(&json!({"items": items}))
    })
    .await;
    for (extra, first, second) in [
        (json!({}), "2024-01-01T00:00:00Z", "2024-03-01T09:30:00Z"),
        (json!({"lookback": "PT1H"}), "2023-12-31T23:00:00Z", "2024-03-01T08:30:00Z"),
        (json!({"formats": ["epoch", "rfc3339"]}), "1704067200", "1709285400"),
        (json!({"formats": ["%d.%m.%Y", "rfc3339"]}), "01.01.2024", "01.03.2024"),
    ] {
        let mut incremental =
            json!({"cursor": "$.updated_at", "start": "2024-01-01T00:00:00Z", "inject": {"start": {"query": "since"}}});
        for (name, value) in extra.as_object().unwrap() {
            incremental[name] = value.clone();
        }
        let definition = definition(&server.url, json!({}), json!({"incremental": incremental}));
        let (sink, before) = (MemorySink::default(), server.seen().len());
        let (result, _) = read(&definition, &sink).await;
        assert_eq!((result.outcome, result.counts.read), (Outcome::Done, 3), "{:?}", result.problem);
        assert_eq!(result.state.cursor.as_deref(), Some("2024-03-01T09:30:00Z"));
        let (result, _) = read(&definition, &sink).await;
        assert_eq!((result.counts.new, result.counts.unchanged), (0, 3));
        let sent: Vec<String> = server.seen()[before..].iter().map(|request| request.query["since"].clone()).collect();
        assert_eq!(sent, [first, second], "{extra}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_place_to_send_it_older_records_are_left_out_here() {
    let server = Server::start(|_, nth| {
        let items: Vec<Value> = if nth == 0 {
            vec![item(1, &json!(5)), item(2, &json!(7))]
        } else {
            vec![item(1, &json!(5)), item(2, &json!(7)), item(3, &json!(7)), item(4, &json!(10)), item(5, &json!(null))]
        };
        Reply::json(&json!({"items": items}))
    })
    .await;
    let incremental = json!({"cursor": "$.updated_at", "type": "integer"});
    let definition = definition(&server.url, json!({}), json!({"incremental": incremental}));
    let sink = MemorySink::default();
    let (first, _) = read(&definition, &sink).await;
    assert_eq!((first.counts.read, first.state.cursor.as_deref()), (2, Some("7")));
    let (second, _) = read(&definition, &sink).await;
    // Equal ones stay: others with the same value may have come since.
    assert_eq!((second.counts.read, second.counts.new, second.state.cursor.as_deref()), (4, 3, Some("10")));
    assert_eq!(sink.ids(), [1, 2, 3, 4, 5]);
}
