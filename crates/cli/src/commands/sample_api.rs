//! `sample-api`: runs the sample API until Ctrl-C.

use super::Context;
use crate::args::SampleApi;
use crate::{exit, stop};
use definition::{Problem, ProblemKind, Stage};
use sample_api::{SAMPLE_KEY, SAMPLE_PASSWORD, SAMPLE_USER, SampleOptions};
use serde_json::json;

/// Runs it.
pub async fn run(context: &Context, args: &SampleApi) -> Result<u8, Problem> {
    let out = &context.out;
    let options = SampleOptions { port: args.port, seed: args.seed, ..SampleOptions::default() };
    let server = sample_api::start(options).map_err(|fault| {
        let message = format!("The sample API can't listen: {fault}.");
        Problem::new("port_taken", ProblemKind::Storage, Stage::Open, message)
            .hint("Take another port, or none for a free one.")
    })?;
    let stop = stop::on_signal(&out.quietly());
    if out.json {
        out.answer(&json!({"url": server.url(""), "port": server.addr.port(), "key": SAMPLE_KEY,
                           "user": SAMPLE_USER, "password": SAMPLE_PASSWORD}));
    } else {
        out.line(&server.url(""));
        out.say(&format!(
            "Start with {}, key: {SAMPLE_KEY}\nUnder /basic: user {SAMPLE_USER}, password {SAMPLE_PASSWORD}. \
             Everything that there is: {}\nCtrl-C ends it. The data is made up, the credentials are published.",
            server.url("/v1/customers"),
            server.url("/")
        ));
    }
    stop.cancelled().await;
    // It was asked to run until then: that is no fault.
    server.stop();
    Ok(exit::DONE)
}
