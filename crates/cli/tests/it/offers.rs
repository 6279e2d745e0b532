//! `new` lists what stands fixed in a URL, and takes it where it is told to.

use crate::nested::nested;
use crate::run::Place;

#[test]
fn offers_are_listed_and_taken_by_name() {
    let (place, base) = (Place::new(), nested());
    let url = format!("{base}/api/v4/projects/3/issues");
    let listed = place.run(&["new", &url, "--out", "a.connector.yaml", "--yes"]).exits(0);
    assert!(listed.stdout.contains("`3` in the path is one project"), "{listed:?}");
    assert!(listed.stdout.contains("--take project_id "), "{listed:?}");
    assert!(listed.stdout.contains("--take project_id=input"), "{listed:?}");
    let text = std::fs::read_to_string(place.path("a.connector.yaml")).expect("a file");
    assert!(text.contains("/projects/3/issues"), "nothing is taken by itself: {text}");
    let as_json = place.run(&["new", &url, "--out", "a.connector.yaml", "--yes", "--force", "--json"]).exits(0).json();
    assert_eq!(as_json["offers"][0]["ways"][0]["take"], "project_id=parent", "{as_json}");

    place.run(&["new", &url, "--out", "b.connector.yaml", "--yes", "--take", "all"]).exits(0);
    let read = place.run(&["sync", "b.connector.yaml", "--stream", "issues", "--to", "jsonl:-"]).exits(0);
    assert_eq!(read.stdout.lines().count(), 20, "{read:?}");

    place.run(&["new", &url, "--out", "c.connector.yaml", "--yes", "--take", "project_id=input"]).exits(0);
    let read = place.run(&["sync", "c.connector.yaml", "--to", "jsonl:-", "--config", "project_id=5"]).exits(0);
    assert!(read.stdout.contains("of 5") && !read.stdout.contains("of 3"), "{read:?}");

    let wrong = place.run(&["new", &url, "--out", "d.connector.yaml", "--yes", "--take", "nope"]).exits(2);
    assert!(wrong.stderr.contains("project_id=parent"), "{wrong:?}");
    assert!(!place.path("d.connector.yaml").exists());
}
