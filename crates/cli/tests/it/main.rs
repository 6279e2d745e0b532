//! The contract of the command line, from outside: the built program against the sample API.
#![allow(clippy::expect_used, reason = "a test's helper that fails is a test that fails")]

mod actions;
mod batch_sources;
mod batches;
mod codes;
mod connections;
mod counting;
mod data;
mod database_actions;
mod database_pushes;
mod described;
mod destinations;
mod examples;
mod file_corpus;
mod file_parts;
mod files;
mod fixture_sources;
mod fixtures;
mod health;
mod kill;
mod kill_parts;
mod looking;
mod make;
mod management;
mod mapping;
mod monitors;
#[path = "../../../api/tests/it/nested.rs"]
mod nested;
mod offers;
mod pushes;
mod run;
mod schedules;
mod secrets;
mod shell;
mod sign_in;
mod validating;
mod webhook_vendors;
mod webhooks;
mod workspaces;
