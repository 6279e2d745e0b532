//! The grid's windows over what was synced.

use crate::rig::{Rig, opened, server};
use rusqlite::Connection;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn windows_sort_and_filter() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/customers").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let connection = bench["connection"].clone();
    assert_eq!(rig.call("data_tables", json!({"id": connection})).await, json!([]), "nothing was synced yet");
    rig.sync(&connection).await;
    let tables = rig.call("data_tables", json!({"id": connection})).await;
    assert_eq!((tables.as_array().map(Vec::len), &tables[0]["rows"]), (Some(1), &json!(450)), "{tables}");

    let window = |extra: Value| {
        let mut window = json!({"connection": connection, "table": "customers", "offset": 0, "limit": 50});
        window.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        window
    };
    let plain = rig.call("data_rows", window(json!({"offset": 440}))).await;
    assert_eq!((plain["rows"].as_array().map(Vec::len), &plain["total"]), (Some(10), &json!(450)));
    let names: Vec<&str> =
        plain["columns"].as_array().expect("columns").iter().filter_map(|column| column["name"].as_str()).collect();
    let id = names.iter().position(|name| *name == "id").expect("an id");
    let sorted = rig.call("data_rows", window(json!({"sort": {"column": "id", "descending": true}}))).await;
    let ids: Vec<String> =
        sorted["rows"].as_array().expect("rows").iter().filter_map(|row| row[id].as_str().map(str::to_owned)).collect();
    assert_eq!(ids.len(), 50);
    let one = json!({"filters": [{"column": "id", "op": "equals", "value": ids[3]}]});
    let found = rig.call("data_rows", window(one)).await;
    assert_eq!((&found["total"], &found["rows"][0][id]), (&json!(1), &json!(ids[3])));
    let any = json!({"filters": [{"column": "", "op": "contains", "value": "100%_'\"; DROP TABLE customers"}]});
    assert_eq!(rig.call("data_rows", window(any)).await["total"], 0);
    let none = json!({"sort": {"column": "no\" such", "descending": false}});
    assert_eq!(rig.refused("data_rows", window(none)).await.code, "no_column");
    let hidden = rig.call("data_rows", window(json!({"table": "_tapwright_state"}))).await;
    assert_eq!(hidden["total"], 0);
    rig.app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_place_of_a_large_table_is_the_right_one() {
    let server = server();
    let rig = Rig::new().await;
    let bench = opened(&rig, &server, "/open/products").await;
    let bench = rig.call("accept", json!({"id": bench["id"]})).await;
    let run = rig.sync(&bench["connection"]).await;
    let database = Connection::open(run["destination"].as_str().expect("a file")).expect("a database");
    database
        .execute_batch(
            "CREATE TABLE large (n INTEGER, t TEXT);
             WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM c WHERE x < 199999)
             INSERT INTO large SELECT x, 'row ' || x FROM c;
             DELETE FROM large WHERE n % 7 = 3;",
        )
        .expect("rows");
    let kept: Vec<u64> = (0..200_000).filter(|n| n % 7 != 3).collect();
    for offset in [0, 999, 1_000, 123_456, kept.len() - 5] {
        let window = json!({"connection": bench["connection"], "table": "large", "offset": offset, "limit": 5});
        let rows = rig.call("data_rows", window).await;
        assert_eq!(rows["total"], kept.len());
        assert_eq!(rows["rows"][0][0], kept[offset].to_string(), "{offset}");
        let sort = json!({"column": "n", "descending": true});
        let window =
            json!({"connection": bench["connection"], "table": "large", "offset": offset, "limit": 5, "sort": sort});
        let rows = rig.call("data_rows", window).await;
        assert_eq!(rows["rows"][0][0], kept[kept.len() - 1 - offset].to_string(), "{offset}");
    }
    rig.app.close().await;
}
