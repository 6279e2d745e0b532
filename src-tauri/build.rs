//! Lists the shell's commands, so that none is open to the page unless `capabilities/main.json` says so.

/// Every command of the shell.
const COMMANDS: &[&str] = &[
    "rpc",
    "subscribe",
    "painted",
    "zoom",
    "title",
    "notify",
    "safe_rendering",
    "pick_source",
    "pick_folder",
    "save_share",
    "pick_rows",
    "pick_certificate",
    "save_rows",
    "open_url",
    "copy_text",
];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
