//! Tapwright's window. No logic lives here: the api answers, the page shows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod dialogs;
mod drop;
mod events;
mod graphics;
mod notifications;
mod rpc;

use api::schedules::{self, Which};
use api::{App, AppOptions};
use std::path::PathBuf;
use tauri::{Manager, RunEvent};

fn main() {
    if rustls::crypto::aws_lc_rs::default_provider().install_default().is_err() {
        eprintln!("Another TLS provider was installed first; going on with it.");
    }
    graphics::avoid_blank_window();
    let pump = events::Pump::default();
    let for_app = pump.clone();
    let options = AppOptions {
        data_dir: std::env::var_os("TAPWRIGHT_DATA_DIR").map(PathBuf::from),
        events: std::sync::Arc::new(move |event| {
            notifications::show(&event);
            for_app.send(&event);
        }),
    };
    let opened = tauri::async_runtime::block_on(async {
        let app = App::open(options).await?;
        app.called("the window");
        schedules::work(&app, Which::WhileSet);
        Ok(app)
    });
    let app = match opened {
        Ok(app) => app,
        Err(problem) => dialogs::refuse_to_start(&problem),
    };
    tauri::async_runtime::block_on(async { api::listen::resume(&app) });
    let built = tauri::Builder::default()
        .manage(app)
        .manage(pump)
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            events::subscribe,
            dialogs::pick_source,
            dialogs::pick_folder,
            dialogs::save_share,
            dialogs::pick_rows,
            dialogs::save_rows,
            dialogs::open_url,
            dialogs::copy_text,
        ])
        .on_window_event(drop::on_window_event)
        .build(tauri::generate_context!());
    match built {
        Ok(shell) => shell.run(|handle, event| {
            if let RunEvent::Exit = event {
                tauri::async_runtime::block_on(handle.state::<App>().close());
            }
        }),
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            std::process::exit(1);
        }
    }
}
