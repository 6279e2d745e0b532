//! Looking at what was done: runs and their data.

use crate::run::{Place, open_customers, server};
use serde_json::Value;

fn synced() -> (Place, sample_api::SampleServer) {
    let (place, server) = (Place::new(), server());
    let file = place.write("c.connector.yaml", &open_customers(&server));
    place.run(&["connect", &file, "--name", "c"]).exits(0);
    place.run(&["sync", "c"]).exits(0);
    (place, server)
}

#[test]
fn data_is_asked_in_sql_and_stays_as_it_is() {
    let (place, _server) = synced();
    let table = place.run(&["sql", "c", "select id, name from customers order by id limit 2"]).exits(0).stdout;
    assert_eq!(table.lines().count(), 4, "{table}");
    let rows = place.run(&["sql", "c", "select id, name from customers", "--json"]).exits(0).stdout;
    let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    assert!(rows.len() == 600 && rows[0]["id"].is_i64(), "{:?}", rows.first());
    let csv = place.run(&["sql", "c", "select count(*) as n from customers", "--csv"]).exits(0).stdout;
    assert_eq!(csv, "n\n600\n");
    place.run(&["sql", "c", "select * from customers", "--out", "all.parquet"]).exits(0);
    assert!(std::fs::read(place.path("all.parquet")).expect("a file").starts_with(b"PAR1"));
    place.run(&["sql", "c", "select 1", "--out", "all.parquet"]).exits(2);
    assert_eq!(place.run(&["sql", "c", "delete from customers", "--json"]).exits(2).problem(), "only_reads");
    assert_eq!(place.run(&["sql", "c", "selct 1", "--json"]).exits(2).problem(), "bad_sql");
    assert_eq!(place.run_with(&["sql", "c", "-", "--csv"], "select 1 as one").exits(0).stdout, "one\n1\n");
    place.run(&["sql", "nobody", "select 1"]).exits(2);
}

#[test]
fn runs_are_listed_shown_and_compared() {
    let (place, _server) = synced();
    place.run(&["sync", "c", "--full"]).exits(0);
    let list = place.run(&["runs", "c", "--json"]).exits(0).json();
    assert_eq!(list["runs"].as_array().map(Vec::len), Some(2), "{list}");
    assert_eq!(place.run(&["runs", "c", "--result", "failed", "--json"]).exits(0).json()["runs"], Value::Array(vec![]));
    let one = place.run(&["runs", "c", "--run", "last", "--json"]).exits(0).json();
    assert_eq!(one["run"]["run"]["id"], list["runs"][0]["id"]);
    assert!(one["series"]["points"].as_array().is_some_and(|points| !points.is_empty()), "{one}");
    assert!(place.run(&["runs", "c", "--run", "last"]).exits(0).stdout.contains("customers"));
    let two = place.run(&["runs", "c", "--compare", "previous", "last"]).exits(0).stdout;
    assert!(two.contains("records read") && two.contains("unchanged"), "{two}");
    place.run(&["runs", "c", "--run", "nope"]).exits(2);
}
