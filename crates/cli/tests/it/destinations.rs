//! `--to`: Parquet files and a PostgreSQL database, from the built program.

use crate::run::{Place, customers, sample};
use sample_api::SAMPLE_KEY;

fn server_url(schema: &str) -> String {
    let url = std::env::var("TAPWRIGHT_TEST_POSTGRES")
        .expect("TAPWRIGHT_TEST_POSTGRES names no server: run the tests by tools/with-databases.sh");
    format!("{url}?schema={schema}")
}

#[test]
fn a_connection_goes_on_in_postgresql_where_it_stopped() {
    let (place, server) = (Place::new(), sample(500, Vec::new()));
    let file = place.write("c.connector.yaml", &customers(&server));
    let to = server_url(&format!("cli_{}", std::process::id()));
    let sync = |extra: &[&str]| {
        let mut args = vec!["sync", file.as_str(), "--to", to.as_str(), "--secret", "token=-", "--json"];
        args.extend(extra);
        place.run_with(&args, SAMPLE_KEY).exits(0).json()
    };
    let first = sync(&[]);
    assert_eq!((first["new"].as_u64(), first["outcome"].as_str()), (Some(500), Some("done")), "{first}");
    let second = sync(&[]);
    assert_eq!(second["new"].as_u64(), Some(0), "{second}");
    assert!(second["requests"].as_u64() < first["requests"].as_u64(), "the state was kept: {second}");
    let full = sync(&["--full"]);
    assert_eq!((full["unchanged"].as_u64(), full["updated"].as_u64()), (Some(500), Some(0)), "{full}");
}

#[test]
fn parquet_files_come_whole() {
    let (place, server) = (Place::new(), sample(500, Vec::new()));
    let file = place.write("c.connector.yaml", &customers(&server));
    let folder = place.path("lake");
    let to = format!("parquet:{}", folder.display());
    let ran =
        place.run_with(&["sync", &file, "--to", &to, "--secret", "token=-", "--json"], SAMPLE_KEY).exits(0).json();
    assert_eq!(ran["new"].as_u64(), Some(500), "{ran}");
    let bytes = std::fs::read(folder.join("customers.parquet")).expect("a file");
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn what_is_no_destination_is_told_and_a_password_in_it_refused() {
    let (place, server) = (Place::new(), sample(10, Vec::new()));
    let file = place.write("c.connector.yaml", &customers(&server));
    for (to, code) in [
        ("s3:bucket", "usage"),
        ("postgres://ann:pw-canary@127.0.0.1/x", "password_in_address"),
        ("postgres://ann@127.0.0.1", "bad_address"),
    ] {
        let ran = place.run_with(&["sync", &file, "--to", to, "--secret", "token=-", "--json"], SAMPLE_KEY).exits(2);
        assert_eq!(ran.problem(), code, "{to}");
        assert!(!ran.stderr.contains("pw-canary"), "{ran:?}");
    }
}
