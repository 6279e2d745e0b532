//! The sample API keeps its word: every paging ends with every record once, every auth tells what is missing, every
//! fault is a real one.

#![allow(clippy::expect_used, reason = "a test's helper that fails is a test that fails")]

mod auth;
mod client;
mod doors;
mod faults;
mod oauth;
mod paging;
mod writes;

use sample_api::{SampleOptions, SampleServer, Sizes};

/// A server with few records.
fn server() -> SampleServer {
    let sizes =
        Sizes { customers: 230, orders: 230, events: 230, products: 40, invoices: 230, tickets: 230, shipments: 230 };
    sample_api::start(SampleOptions { sizes, ..SampleOptions::default() }).expect("starts")
}

#[test]
fn the_same_seed_gives_the_same_data_and_another_seed_does_not() {
    let body = |seed| {
        let server = sample_api::start(SampleOptions { seed, ..SampleOptions::default() }).expect("starts");
        client::get(&server.url("/open/events?limit=50"), &[]).body
    };
    assert_eq!(body(7), body(7));
    assert_ne!(body(7), body(8));
}

#[test]
fn it_has_the_sizes_that_it_is_known_for_and_describes_itself() {
    let server = sample_api::start(SampleOptions::default()).expect("starts");
    let total = |path: &str| client::get(&server.url(path), &[]).json()["total"].clone();
    assert_eq!(total("/open/customers?per_page=1"), 12_000);
    assert_eq!(total("/open/orders?limit=1"), 30_000);
    assert_eq!(client::get(&server.url("/open/products"), &[]).json().as_array().map(Vec::len), Some(400));
    assert!(client::get(&server.url("/"), &[]).json()["collections"]["events"].is_string());
    let address = server.addr;
    server.stop();
    assert!(std::net::TcpStream::connect(address).is_err(), "a stopped server takes no connections");
}
