//! Journeys through the real window: the built program, its real engine and keyring, servers on loopback.

mod actions;
mod appearance;
mod batches;
mod data;
mod described;
mod desk;
mod fixtures;
mod forms;
mod german;
mod health;
mod keyboard;
mod looks;
mod main_job;
mod management;
mod newcomer;
mod offers;
mod opening;
mod panel;
mod rooms;
mod rough;
mod runs;
mod secrets;
mod sign_in;
mod webhooks;
mod workbench;

use product_tests::WindowOptions;
use std::path::Path;

/// A window of its own data folder, whose file dialogs answer `answer`.
fn options(folder: &Path, answer: Option<&Path>) -> WindowOptions {
    WindowOptions { data_dir: folder.join("data"), dialog_answer: answer.map(Path::to_owned), environment: Vec::new() }
}
