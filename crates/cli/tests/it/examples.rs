//! The bundled examples on the command line.

use crate::run::Place;

#[test]
fn examples_are_listed_printed_and_written() {
    let place = Place::new();
    let listed = place.run(&["examples", "--json"]).exits(0).json();
    let cards = listed["examples"].as_array().expect("a list");
    assert!(cards.len() >= 12, "{listed}");
    let github = cards.iter().find(|card| card["name"] == "github").expect("github");
    assert_eq!(github["needs"], "key");
    assert_eq!(github["host"], "api.github.com");
    place.run(&["examples"]).exits(0);

    place.run(&["examples", "jsonplaceholder", "--out", "j.connector.yaml"]).exits(0);
    place.run(&["validate", "j.connector.yaml"]).exits(0);
    // What is there stays.
    place.run(&["examples", "github", "--out", "j.connector.yaml"]).exits(2);
    let text = std::fs::read_to_string(place.path("j.connector.yaml")).expect("written");
    assert!(text.contains("name: jsonplaceholder"));

    let refused = place.run(&["examples", "githbu", "--json"]).exits(2).last_note();
    assert!(refused.to_string().contains("Did you mean `github`?"), "{refused}");
}
