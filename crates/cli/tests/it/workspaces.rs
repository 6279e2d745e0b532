//! Workspaces: names instead of paths, state apart, a lock file, and nothing secret.

use crate::run::{Place, customers, server};
use sample_api::SAMPLE_KEY;
use serde_json::{Value, json};

/// Runs without a data folder of its own: the workspace's is taken.
fn run(place: &Place, args: &[&str], code: i32) -> crate::run::Ran {
    let ran: crate::run::Ran = place.command(args).env_remove("TAPWRIGHT_DATA_DIR").output().expect("runs").into();
    ran.exits(code)
}

#[test]
fn a_workspace_goes_from_nothing_to_ci() {
    let (place, server) = (Place::new(), server());
    run(&place, &["validate"], 2);
    run(&place, &["init"], 0);
    for name in ["tapwright.yaml", "connectors", "fixtures", "tapwright.lock", ".gitignore", "README.md", ".tapwright"]
    {
        assert!(place.path(name).exists(), "{name}");
    }
    run(&place, &["test"], 2);
    place.write("connectors/any.connector.yaml", &customers(&server));
    run(&place, &["lock", "--check"], 5);
    run(&place, &["lock"], 0);
    run(&place, &["lock", "--check"], 0);
    let sound = run(&place, &["validate", "--json"], 0).json();
    assert_eq!(sound["files"][0]["name"], "sample-customers");
    let secret = ["--secret", "token=env:SAMPLE_KEY"];
    run(&place, &["record", "sample-customers", "--pages", "1", secret[0], secret[1]], 0);
    assert!(place.path("fixtures/sample-customers/manifest.json").is_file());
    run(&place, &["sync", "sample-customers", secret[0], secret[1]], 0);
    assert!(place.path(".tapwright/sample-customers.db").is_file());
    run(&place, &["list"], 0);
    server.stop();
    let report = run(&place, &["test", "--json", "--junit", "report.xml"], 0).json();
    assert_eq!(report["ok"], json!(true));
    let junit = std::fs::read_to_string(place.path("report.xml")).expect("written");
    assert!(junit.contains("<testcase classname=\"sample-customers.customers\" name=\"key\"/>"), "{junit}");
    let shown: Value =
        run(&place, &["preview", "sample-customers", "--fixtures", "fixtures", "--json", "-n", "2"], 0).json();
    assert_eq!(shown["records"].as_array().map(Vec::len), Some(2));
    // A stranger's definition does not hide the workspace's, and deep folders are in it too.
    let inside = place.command(&["validate", "sample-customers"]).current_dir(place.path("connectors")).output();
    assert!(inside.expect("runs").status.success());
    for (path, bytes) in place.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains(SAMPLE_KEY), "{}", path.display());
    }
    let text = std::fs::read_to_string(place.path("connectors/any.connector.yaml")).expect("read");
    place.write("connectors/any.connector.yaml", &text.replace("name: city", "name: town"));
    let ran = run(&place, &["lock", "--check"], 5);
    assert!(ran.stdout.contains("its content changed"), "{ran:?}");
    let ran = run(&place, &["test"], 5);
    assert!(ran.stdout.contains("- column city") && ran.stdout.contains("+ column town"), "{ran:?}");
    run(&place, &["test", "--update"], 0);
    run(&place, &["test"], 0);
}

#[test]
fn what_is_wrong_with_a_workspace_is_said() {
    let place = Place::new();
    run(&place, &["init"], 0);
    place.write("tapwright.yaml", "workspace: 1\nconectors: x\n");
    assert!(run(&place, &["test"], 2).stderr.contains("tapwright.yaml"));
    place.write("tapwright.yaml", "workspace: 99\n");
    assert!(run(&place, &["validate"], 2).stderr.contains("newer"));
    place.write("tapwright.yaml", "workspace: 1\n");
    place.write("connectors/bad.connector.yaml", "tapwright: 1\nname: bad\nstreems: []\n");
    let ran = run(&place, &["test"], 2);
    assert!(ran.stdout.contains("FAIL definition") && ran.stdout.contains("streems"), "{ran:?}");
    run(&place, &["validate"], 2);
}
