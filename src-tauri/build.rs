//! Lists the shell's commands, so that none is open to the page unless `capabilities/main.json` says so.

fn main() {
    let commands = ["rpc", "subscribe", "pick_definition", "save_share", "copy_text"];
    let manifest = tauri_build::AppManifest::new().commands(&commands);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo::error={error:#}");
    }
}
